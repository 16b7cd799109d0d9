"""What every file of the archive was when it was last read, and what was found in it: makes an update cheap."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from indexer.build.duplicates import Fingerprint
from indexer.build.entries import Entry, FileRead, Known
from indexer.build.first_seen import discard, seal_of
from indexer.build.serialization import unpack, unpack_names, unpack_people
from indexer.errors import LedgerDamaged
from indexer.identity import ArticleNames
from indexer.models import Annotated
from indexer.reading import DayOrder

FORGOTTEN_AT_ONCE = 20
DECIDING = 12        # dates of figures alone that can be read in one way only, and show which way the archive writes
VERSION = 7          # of the tables below: a ledger of another is thrown away, but for when stories were first seen

# What is large stands apart: an update asks for the rest of every file, and must not read that over and over.
_TABLES = ("""
    CREATE TABLE files (
        path        TEXT PRIMARY KEY,     -- under the archive
        id          TEXT NOT NULL,        -- what the ids of its articles begin with
        sha256      TEXT NOT NULL,
        extractor   TEXT NOT NULL,        -- what read it
        problem     TEXT,                 -- why it was not read, or not to its end; NULL where it was
        passed      TEXT NOT NULL,        -- what in it is no article and was not meant to be one: reason -> number
        seal        TEXT NOT NULL,        -- a hash of the columns above
        size        INTEGER NOT NULL,
        mtime_ns    INTEGER NOT NULL,     -- 0 where the time proves nothing: look into the file
        ctime_ns    INTEGER NOT NULL,     -- changes with the content, whatever a program sets the other time to
        inode       INTEGER NOT NULL
    ) WITHOUT ROWID
""", """
    CREATE TABLE stories (
        id          TEXT PRIMARY KEY,
        path        TEXT NOT NULL,        -- of the file that it is in
        sha256      TEXT NOT NULL,        -- of what was read of it
        extractor   TEXT NOT NULL,        -- what read it
        indexed     TEXT NOT NULL,        -- when it was first seen, ISO seconds, UTC
        problem     TEXT,                 -- why it is no article; NULL where it is one
        words       INTEGER NOT NULL,
        quotations  INTEGER NOT NULL,
        reported    INTEGER NOT NULL,     -- passages of reported speech
        published   TEXT,
        encoding    TEXT,
        fingerprint TEXT,
        warnings    TEXT NOT NULL,        -- what of it could not be read
        day_order   TEXT NOT NULL,        -- which is the day in a date of figures alone that leaves no doubt
        taken_as    TEXT NOT NULL,        -- which was taken for the day in one that does
        seal        TEXT NOT NULL         -- a hash of the columns above
    ) WITHOUT ROWID
""", "CREATE INDEX stories_of_files ON stories (path)",
           # When a story was first seen, kept when it is gone: it may only be away. seal: a hash of the two others.
           "CREATE TABLE seen (id TEXT PRIMARY KEY, indexed TEXT NOT NULL, seal TEXT NOT NULL) WITHOUT ROWID",
           # offices: by which speakers are named and by nothing else, as JSON
           "CREATE TABLE persons (id TEXT PRIMARY KEY, people BLOB NOT NULL, authors TEXT NOT NULL, "
           "offices TEXT NOT NULL) WITHOUT ROWID",
           "CREATE TABLE articles (id TEXT PRIMARY KEY, article BLOB NOT NULL) WITHOUT ROWID",
           "CREATE VIEW read AS SELECT * FROM stories LEFT JOIN articles USING (id) LEFT JOIN persons USING (id) "
           "WHERE problem IS NULL")


class Source(NamedTuple):
    """Where an article comes from: equal where the same was read of the same file by the same program."""

    id: str
    path: str
    sha256: str
    extractor: str
    indexed: str
    taken_as: str
    corrected: str = ""               # equal if the corrections of its quotations are

    @property
    def version(self) -> str:
        """Equal if the same article, with the same quotations, was read."""
        parts = filter(None, (self.sha256, self.extractor, self.corrected))
        return hashlib.blake2b(" ".join(parts).encode(), digest_size=8).hexdigest()


class Totals(NamedTuple):
    """How much an archive holds. reported: passages of reported speech, which are not among the quotations."""

    articles: int
    quotations: int
    reported: int
    words: int


class Ledger:
    """The tables of files. Everything in it can be read again from the archive, but for when a file was first seen."""

    def __init__(self, path: Path, only_read: bool = False) -> None:
        """A ledger that is damaged or of another version is begun anew; LedgerDamaged where it is only read."""
        self._path = path
        try:
            self._database = _connected(path, only_read)
        except LedgerDamaged:
            if only_read:
                raise
            seen = discard(path)
            self._database = _connected(path)
            self.remember(seen)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *error: object) -> None:
        self._database.close()

    def known(self) -> dict[str, Known]:
        """Every file by its path. LedgerDamaged where anything but articles and people is not as it was written;
        those two say it when they are read."""
        found = {}
        for *row, seal, size, mtime_ns, ctime_ns, inode in self._rows("SELECT * FROM files"):
            if seal != seal_of(row):
                raise LedgerDamaged(self._path)
            path, id, sha256, extractor, *_ = row
            found[path] = Known(id, size, mtime_ns, sha256, extractor, ctime_ns, inode)
        for *row, seal in self._rows("SELECT * FROM stories"):
            if seal != seal_of(row):
                raise LedgerDamaged(self._path)
        return found

    def knows(self, path: str) -> bool:
        """Whether a file was read before."""
        return any(self._rows("SELECT 1 FROM files WHERE path = ?", path))

    def stories_of(self, path: str, extractor: str, order: DayOrder) -> dict[str, str]:
        """The stories of a file that were read by this code, with what was read of each; without those in whose date
        the other one than order says was taken for the day."""
        return dict(self._rows("SELECT id, sha256 FROM stories WHERE path = ? AND extractor = ? AND problem IS NULL "
                               "AND taken_as IN ('', ?)", path, extractor, order or "month"))

    def day_order(self) -> DayOrder:
        """Which is the day in dates of figures alone, as far as this archive shows; "" where it does not."""
        counts = dict(self._rows("SELECT day_order, count(*) FROM stories GROUP BY day_order"))
        day, month = counts.get("day", 0), counts.get("month", 0)
        if max(day, month) < DECIDING or min(day, month) * 10 > max(day, month):
            return ""
        return "day" if day > month else "month"

    def taken_otherwise(self, order: DayOrder) -> set[str]:
        """The files in which a date was taken the other way."""
        return {path for path, in self._rows(
            "SELECT DISTINCT path FROM stories WHERE taken_as NOT IN ('', ?)", order)}

    def store(self, read: Iterable[Entry | FileRead], extractor: str) -> None:
        """Write down what was read, all of it or nothing; when a story was first seen stays."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with _intact(self._path), self._database:
            for each in read:
                if isinstance(each, FileRead):
                    self._store_file(each, extractor)
                else:
                    self._store_story(each, extractor, now)

    def _store_file(self, file: FileRead, extractor: str) -> None:
        row = (file.path, file.id, file.sha256, extractor, file.problem, json.dumps(dict(file.passed), sort_keys=True))
        self._database.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                               (*row, seal_of(row), file.size, file.mtime_ns, file.ctime_ns, file.inode))
        gone = {id for id, in self._database.execute("SELECT id FROM stories WHERE path = ?", (file.path,))}
        self._forget_stories("id = ? AND path = ?", [(id, file.path) for id in gone.difference(file.stories)])

    def _store_story(self, story: Entry, extractor: str, now: str) -> None:
        row = (story.id, story.path, story.sha256, extractor, self._first_seen(story.id, now), story.problem,
               story.words, story.quotations, story.reported, story.published, story.encoding,
               json.dumps(story.fingerprint),
               json.dumps(story.warnings), story.day_order, story.taken_as)
        self._database.execute(f"INSERT OR REPLACE INTO stories VALUES ({', '.join('?' * (len(row) + 1))})",
                               (*row, seal_of(row)))
        self._database.execute("INSERT OR REPLACE INTO persons VALUES (?, ?, ?, ?)",
                               (story.id, story.people, story.authors, json.dumps(story.offices)))
        self._database.execute("INSERT OR REPLACE INTO articles VALUES (?, ?)", (story.id, story.article))

    def _first_seen(self, id: str, now: str) -> str:
        """When a story was first seen, which may be now."""
        for indexed, seal in self._database.execute("SELECT indexed, seal FROM seen WHERE id = ?", (id,)):
            if seal == seal_of((id, indexed)):
                return str(indexed)
        self._see({id: now})
        return now

    def _see(self, when: Mapping[str, str]) -> None:
        self._database.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)",
                                   ((id, indexed, seal_of((id, indexed))) for id, indexed in when.items()))

    def remember(self, when: Mapping[str, str]) -> None:
        """These stories were first seen then: an earlier ledger says so."""
        with _intact(self._path), self._database:
            self._see(when)

    def articles_of(self, paths: Collection[str]) -> int:
        """How many articles were read in these files."""
        return sum(path in paths for path, in self._rows("SELECT path FROM stories WHERE problem IS NULL"))

    def touch(self, file: FileRead) -> None:
        """The file has another time and the same bytes."""
        with _intact(self._path), self._database:
            self._database.execute("UPDATE files SET size = ?, mtime_ns = ?, ctime_ns = ?, inode = ? WHERE path = ?",
                                   (file.size, file.mtime_ns, file.ctime_ns, file.inode, file.path))

    def forget(self, paths: Iterable[str]) -> None:
        """These files are gone, and all their stories. A few at a time: taking them all out at once needs room for all
        on the disk."""
        left = iter(paths)
        while some := [(path,) for path in islice(left, FORGOTTEN_AT_ONCE)]:
            with _intact(self._path), self._database:
                self._forget_stories("path = ?", some)
                self._database.executemany("DELETE FROM files WHERE path = ?", some)

    def _forget_stories(self, which: str, values: Sequence[tuple[str, ...]]) -> None:
        """A story may have gone to another file that has its id now: then it stays. `which` is written here, in this
        module; only `values` come from files."""
        for table in ("persons", "articles"):
            self._database.executemany(
                f"DELETE FROM {table} WHERE id IN (SELECT id FROM stories WHERE {which})", values)  # nosec B608
        self._database.executemany(f"DELETE FROM stories WHERE {which}", values)  # nosec B608

    def annotated(self) -> Iterator[Annotated]:
        """Every article with its people and quotations, in the order of their paths."""
        for article, people in self._rows("SELECT article, people FROM read ORDER BY path, id"):
            yield self._annotated(article, people)

    def annotated_of(self, ids: Collection[str]) -> Iterator[Annotated]:
        """The articles of these ids, in the order of their paths."""
        for id in [source.id for source in self.sources() if source.id in ids]:
            for article, people in self._rows("SELECT article, people FROM read WHERE id = ?", id):
                yield self._annotated(article, people)

    def _annotated(self, article: bytes, people: bytes) -> Annotated:
        try:
            return unpack(article, unpack_people(people))
        except ValueError as error:
            raise LedgerDamaged(self._path) from error

    def sources(self) -> list[Source]:
        """Every article, in the order of their paths."""
        return [Source(*row) for row in self._rows(
            "SELECT id, path, sha256, extractor, indexed, taken_as FROM stories WHERE problem IS NULL "
            "ORDER BY path, id")]

    def names(self) -> Iterator[ArticleNames]:
        """Whom every article names, without places and texts."""
        rows = self._rows("SELECT id, published, people, authors, offices FROM stories LEFT JOIN persons USING (id) "
                          "WHERE problem IS NULL ORDER BY path, id")
        for id, published, people, authors, offices in rows:
            try:
                when = datetime.fromisoformat(published) if published else None
                yield ArticleNames(id, when, unpack_names(people), authors, json.loads(offices))
            except (ValueError, TypeError) as error:
                raise LedgerDamaged(self._path) from error

    def fingerprints(self) -> Iterator[tuple[str, Fingerprint]]:
        """What tells versions of a story."""
        for id, fingerprint in self._rows("SELECT id, fingerprint FROM stories WHERE problem IS NULL"):
            yield id, tuple(json.loads(fingerprint))

    def indexed(self) -> Mapping[str, str]:
        """When each article was first seen."""
        return dict(self._rows("SELECT id, indexed FROM stories WHERE problem IS NULL"))

    def skipped(self) -> list[tuple[str, str]]:
        """What could not be read, files and stories in them, by the file's path, and why."""
        return list(self._rows(
            "SELECT path, problem FROM (SELECT path, '' AS id, problem FROM files UNION ALL "
            "SELECT path, id, problem FROM stories) WHERE problem IS NOT NULL ORDER BY path, id"))

    def warned(self) -> list[tuple[str, str]]:
        """The articles of which something could not be read, by id, and what."""
        rows = self._rows("SELECT id, warnings FROM stories WHERE problem IS NULL AND warnings <> '[]' "
                          "ORDER BY path, id")
        return [(id, warning) for id, warnings in rows for warning in json.loads(warnings)]

    def passed(self) -> list[tuple[str, str, int]]:
        """What files hold that is no article and was not meant to be one: path, reason, number."""
        rows = self._rows("SELECT path, passed FROM files WHERE passed <> '{}' ORDER BY path")
        return [(path, reason, number) for path, passed in rows for reason, number in json.loads(passed).items()]

    def unsure(self) -> int:
        """How many articles have a date that could be taken in two ways."""
        return int(next(self._rows("SELECT count(*) FROM stories WHERE problem IS NULL AND taken_as <> ''"))[0])

    def encodings(self) -> dict[str, int]:
        """How many articles were read in which encoding."""
        return dict(self._rows(
            "SELECT encoding, count(*) FROM stories WHERE problem IS NULL GROUP BY encoding ORDER BY encoding"))

    def totals(self) -> Totals:
        """What all articles hold together."""
        return Totals(*map(int, next(self._rows(
            "SELECT count(*), total(quotations), total(reported), total(words) FROM stories WHERE problem IS NULL"))))

    def state(self) -> str:
        """Equal for ledgers of which the same index would be built."""
        digest = hashlib.sha256()
        for question in ("SELECT id, path, sha256, extractor, problem, taken_as FROM stories ORDER BY id",
                         "SELECT path, problem, passed FROM files WHERE problem IS NOT NULL OR passed <> '{}' "
                         "ORDER BY path"):
            for row in self._rows(question):
                digest.update(json.dumps(row).encode())
        return digest.hexdigest()

    def _rows(self, question: str, *values: object) -> Iterator[Any]:
        with _intact(self._path):
            for row in self._database.execute(question, values):
                yield row


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
