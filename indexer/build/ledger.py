"""What every file of the archive was when it was last read, and what was found in it: makes an update cheap."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from indexer.build.duplicates import Fingerprint
from indexer.errors import LedgerDamaged
from indexer.models import Annotated, Person
from indexer.build.serialization import unpack, unpack_names, unpack_people

FORGOTTEN_AT_ONCE = 20
VERSION = 3          # of the tables below: a ledger of another is thrown away, it can be made again

# What is large stands apart: an update asks for the rest of every file, and must not read that over and over.
_TABLES = ("""
    CREATE TABLE files (
        path        TEXT PRIMARY KEY,     -- under the archive
        id          TEXT NOT NULL,
        sha256      TEXT NOT NULL,
        extractor   TEXT NOT NULL,        -- what read it
        indexed     TEXT NOT NULL,        -- when the path was first seen, ISO seconds, UTC
        problem     TEXT,                 -- why it is no article; NULL where it is one
        words       INTEGER NOT NULL,
        quotations  INTEGER NOT NULL,
        published   TEXT,
        encoding    TEXT,
        fingerprint TEXT,
        seal        TEXT NOT NULL,        -- a hash of the columns above
        size        INTEGER NOT NULL,
        mtime_ns    INTEGER NOT NULL      -- 0 where the time proves nothing: look into the file
    ) WITHOUT ROWID
""", "CREATE TABLE persons (path TEXT PRIMARY KEY, people BLOB NOT NULL) WITHOUT ROWID",
           "CREATE TABLE articles (path TEXT PRIMARY KEY, article BLOB NOT NULL) WITHOUT ROWID",
           "CREATE VIEW read AS SELECT * FROM files LEFT JOIN articles USING (path) LEFT JOIN persons USING (path) "
           "WHERE problem IS NULL")


@dataclass(frozen=True, slots=True)
class Known:
    """What a file was when it was last read."""

    id: str
    size: int
    mtime_ns: int
    sha256: str
    extractor: str


class Source(NamedTuple):
    """Where an article comes from: equal where the same was read of the same file by the same program."""

    id: str
    path: str
    sha256: str
    extractor: str
    indexed: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as it was just read: an article, or the reason why it is none."""

    path: str
    id: str
    size: int
    mtime_ns: int
    sha256: str
    problem: str | None = None
    words: int = 0
    quotations: int = 0
    published: str | None = None
    article: bytes = b""
    people: bytes = b""
    fingerprint: Fingerprint = ()
    encoding: str = ""


class Ledger:
    """The tables of files. Everything in it can be read again from the archive, but for when a file was first seen."""

    def __init__(self, path: Path, only_read: bool = False) -> None:
        """A ledger that is damaged or of another version is begun anew; LedgerDamaged where it is only read."""
        self._path = path
        self._database = _connected(path, only_read) if only_read else _opened(path)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *error: object) -> None:
        self._database.close()

    def known(self) -> dict[str, Known]:
        """Every file by its path. LedgerDamaged where anything but articles and people is not as it was written;
        those two say it when they are read."""
        found = {}
        for *row, seal, size, mtime_ns in self._rows("SELECT * FROM files"):
            path, id, sha256, extractor, *_ = row
            if seal != _seal(row):
                raise LedgerDamaged(self._path)
            found[path] = Known(id, size, mtime_ns, sha256, extractor)
        return found

    def store(self, entries: Iterable[Entry], extractor: str) -> None:
        """Write down what was read, all of it or nothing; when a path was first seen stays."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with _intact(self._path), self._database:
            for each in entries:
                seen = self._database.execute("SELECT indexed FROM files WHERE path = ?", (each.path,)).fetchone()
                row = (each.path, each.id, each.sha256, extractor, seen[0] if seen else now, each.problem, each.words,
                       each.quotations, each.published, each.encoding, json.dumps(each.fingerprint))
                self._database.execute(
                    "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (*row, _seal(row), each.size, each.mtime_ns))
                self._database.execute("INSERT OR REPLACE INTO persons VALUES (?, ?)", (each.path, each.people))
                self._database.execute("INSERT OR REPLACE INTO articles VALUES (?, ?)", (each.path, each.article))

    def touch(self, path: str, size: int, mtime_ns: int) -> None:
        """The file has another time and the same bytes."""
        with _intact(self._path), self._database:
            self._database.execute("UPDATE files SET size = ?, mtime_ns = ? WHERE path = ?", (size, mtime_ns, path))

    def forget(self, paths: Iterable[str]) -> None:
        """These files are gone. A few at a time: taking them all out at once needs room for all on the disk."""
        left = iter(paths)
        while some := [(path,) for path in islice(left, FORGOTTEN_AT_ONCE)]:
            with _intact(self._path), self._database:
                self._database.executemany("DELETE FROM files WHERE path = ?", some)
                self._database.executemany("DELETE FROM persons WHERE path = ?", some)
                self._database.executemany("DELETE FROM articles WHERE path = ?", some)

    def annotated(self) -> Iterator[Annotated]:
        """Every article with its people and quotations, in the order of their paths."""
        for article, people in self._rows("SELECT article, people FROM read ORDER BY path"):
            yield self._annotated(article, people)

    def annotated_of(self, ids: Collection[str]) -> Iterator[Annotated]:
        """The articles of these ids, in the order of their paths."""
        for path in [source.path for source in self.sources() if source.id in ids]:
            for article, people in self._rows("SELECT article, people FROM read WHERE path = ?", path):
                yield self._annotated(article, people)

    def _annotated(self, article: bytes, people: bytes) -> Annotated:
        try:
            return unpack(article, unpack_people(people))
        except ValueError as error:
            raise LedgerDamaged(self._path) from error

    def sources(self) -> list[Source]:
        """Every article, in the order of their paths."""
        return [Source(*row) for row in self._rows(
            "SELECT id, path, sha256, extractor, indexed FROM files WHERE problem IS NULL ORDER BY path")]

    def persons(self) -> Iterator[tuple[str, datetime | None, tuple[Person, ...]]]:
        """The persons of every article, with its id and date: what identity needs, without places and texts."""
        rows = self._rows("SELECT id, published, people FROM files LEFT JOIN persons USING (path) "
                          "WHERE problem IS NULL ORDER BY path")
        for id, published, people in rows:
            try:
                named = unpack_names(people)
            except ValueError as error:
                raise LedgerDamaged(self._path) from error
            yield id, datetime.fromisoformat(published) if published else None, named

    def fingerprints(self) -> Iterator[tuple[str, Fingerprint]]:
        """What tells versions of a story."""
        for id, fingerprint in self._rows("SELECT id, fingerprint FROM files WHERE problem IS NULL"):
            yield id, tuple(json.loads(fingerprint))

    def indexed(self) -> Mapping[str, str]:
        """When each article was first seen."""
        return dict(self._rows("SELECT id, indexed FROM files WHERE problem IS NULL"))

    def skipped(self) -> list[tuple[str, str]]:
        """The files that are no articles, and why."""
        return list(self._rows("SELECT path, problem FROM files WHERE problem IS NOT NULL ORDER BY path"))

    def encodings(self) -> dict[str, int]:
        """How many articles were read in which encoding."""
        return dict(self._rows(
            "SELECT encoding, count(*) FROM files WHERE problem IS NULL GROUP BY encoding ORDER BY encoding"))

    def totals(self) -> tuple[int, int, int]:
        """Articles, quotations and words."""
        row = next(self._rows("SELECT count(*), total(quotations), total(words) FROM files WHERE problem IS NULL"))
        return int(row[0]), int(row[1]), int(row[2])

    def state(self) -> str:
        """Equal for ledgers of which the same index would be built."""
        digest = hashlib.sha256()
        for row in self._rows("SELECT path, id, sha256, extractor, problem FROM files ORDER BY path"):
            digest.update(json.dumps(row).encode())
        return digest.hexdigest()

    def _rows(self, question: str, *values: object) -> Iterator[Any]:
        with _intact(self._path):
            for row in self._database.execute(question, values):
                yield row


def _seal(row: Iterable[object]) -> str:
    return hashlib.blake2b(json.dumps([*row]).encode(), digest_size=8).hexdigest()


@contextmanager
def _intact(path: Path) -> Iterator[None]:
    """What SQLite says of a damaged file, as an error of ours. Without the table as we make it, no question of ours
    makes sense to it."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise LedgerDamaged(path) from error
    except sqlite3.DatabaseError as error:
        said = getattr(error, "sqlite_errorcode", 0) & 0xff
        if said in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR) or "decode" in str(error):
            raise LedgerDamaged(path) from error
        raise


def discard(path: Path) -> None:
    """Without its ledger, the next build reads every file again."""
    for leaving in (path, *path.parent.glob(f"{path.name}-*")):
        leaving.unlink(missing_ok=True)


def _opened(path: Path) -> sqlite3.Connection:
    """The database; one that is damaged or of another version is begun anew."""
    try:
        return _connected(path)
    except LedgerDamaged:
        discard(path)
        return _connected(path)


def _connected(path: Path, only_read: bool = False) -> sqlite3.Connection:
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro" if only_read else path, uri=only_read)
    try:
        with _intact(path):
            version, = database.execute("PRAGMA user_version").fetchone()
            tables, = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if (tables or only_read) and version != VERSION:
                raise LedgerDamaged(path)
            if not tables and not only_read:
                with database, closing(database.cursor()) as cursor:
                    for each in _TABLES:
                        cursor.execute(each)
                    cursor.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        database.close()
        raise
    return database
