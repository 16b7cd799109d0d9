"""What every file of the archive was when it was last read, and what was found in it: makes an update cheap."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from indexer.build.duplicates import Fingerprint, pack_fingerprint, unpack_fingerprint
from indexer.build.entries import Entry, FileRead, Known
from indexer.build.first_seen import discard, seal_of
from indexer.build.ledger_tables import connected, intact, seal
from indexer.build.serialization import names_packed, unpack, unpack_names, unpack_people
from indexer.errors import LedgerDamaged
from indexer.identity import ArticleNames
from indexer.models import Annotated
from indexer.reading import DayOrder

FORGOTTEN_AT_ONCE = 20
DECIDING = 12        # dates of figures alone that can be read in one way only, and show which way the archive writes


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
            self._database = connected(path, only_read)
        except LedgerDamaged:
            if only_read:
                raise
            seen = discard(path)
            self._database = connected(path)
            self.remember(seen)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *error: object) -> None:
        self._database.close()

    def known(self) -> dict[str, Known]:
        """Every file by its path. LedgerDamaged where anything but articles and people is not as it was written;
        those two say it when they are read."""
        found = {}
        for row in self._all("SELECT * FROM files"):
            path, id, sha256, extractor, _, _, sealed, size, mtime_ns, ctime_ns, inode = row
            if sealed != seal(row[:6]):
                raise LedgerDamaged(self._path)
            found[path] = Known(id, size, mtime_ns, sha256, extractor, ctime_ns, inode)
        for row in self._all("SELECT * FROM stories"):
            if not isinstance(row[-2], bytes) or row[-1] != seal(row[:-2], row[-2]):
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
        with intact(self._path), self._database:
            for each in read:
                if isinstance(each, FileRead):
                    self._store_file(each, extractor)
                else:
                    self._store_story(each, extractor, now)

    def _store_file(self, file: FileRead, extractor: str) -> None:
        row = (file.path, file.id, file.sha256, extractor, file.problem, json.dumps(dict(file.passed), sort_keys=True))
        self._database.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                               (*row, seal(row), file.size, file.mtime_ns, file.ctime_ns, file.inode))
        gone = {id for id, in self._database.execute("SELECT id FROM stories WHERE path = ?", (file.path,))}
        self._forget_stories("id = ? AND path = ?", [(id, file.path) for id in gone.difference(file.stories)])

    def _store_story(self, story: Entry, extractor: str, now: str) -> None:
        row = (story.id, story.path, story.sha256, extractor, self._first_seen(story.id, now), story.problem,
               story.words, story.quotations, story.reported, story.published, story.encoding,
               json.dumps(story.warnings), story.day_order, story.taken_as)
        fingerprint = pack_fingerprint(story.fingerprint)
        self._database.execute(f"INSERT OR REPLACE INTO stories VALUES ({', '.join('?' * (len(row) + 2))})",
                               (*row, fingerprint, seal(row, fingerprint)))
        names = names_packed(story.people) if story.people else b""
        self._database.execute("INSERT OR REPLACE INTO persons VALUES (?, ?, ?, ?, ?)",
                               (story.id, story.people, names, story.authors, json.dumps(story.offices)))
        self._database.execute("INSERT OR REPLACE INTO articles VALUES (?, ?)", (story.id, story.article))

    def _first_seen(self, id: str, now: str) -> str:
        """When a story was first seen, which may be now."""
        for indexed, sealed in self._database.execute("SELECT indexed, seal FROM seen WHERE id = ?", (id,)):
            if sealed == seal_of((id, indexed)):
                return str(indexed)
        self._see({id: now})
        return now

    def _see(self, when: Mapping[str, str]) -> None:
        self._database.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)",
                                   ((id, indexed, seal_of((id, indexed))) for id, indexed in when.items()))

    def remember(self, when: Mapping[str, str]) -> None:
        """These stories were first seen then: an earlier ledger says so."""
        with intact(self._path), self._database:
            self._see(when)

    def articles_of(self, paths: Collection[str]) -> int:
        """How many articles were read in these files."""
        if not paths:
            return 0
        return sum(path in paths for path, in self._rows("SELECT path FROM stories WHERE problem IS NULL"))

    def touch(self, file: FileRead) -> None:
        """The file has another time and the same bytes."""
        with intact(self._path), self._database:
            self._database.execute("UPDATE files SET size = ?, mtime_ns = ?, ctime_ns = ?, inode = ? WHERE path = ?",
                                   (file.size, file.mtime_ns, file.ctime_ns, file.inode, file.path))

    def forget(self, paths: Iterable[str]) -> None:
        """These files are gone, and all their stories. A few at a time: taking them all out at once needs room for all
        on the disk."""
        left = iter(paths)
        while some := [(path,) for path in islice(left, FORGOTTEN_AT_ONCE)]:
            with intact(self._path), self._database:
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
        found = [(path, id) for id in ids for path, in self._rows("SELECT path FROM stories WHERE id = ?", id)]
        for _, id in sorted(found):
            for article, people in self._rows("SELECT article, people FROM read WHERE id = ?", id):
                yield self._annotated(article, people)

    def _annotated(self, article: bytes, people: bytes) -> Annotated:
        try:
            return unpack(article, unpack_people(people))
        except ValueError as error:
            raise LedgerDamaged(self._path) from error

    def sources(self) -> list[Source]:
        """Every article, in the order of their paths."""
        return [Source(*row) for row in self._all(
            "SELECT id, path, sha256, extractor, indexed, taken_as FROM stories WHERE problem IS NULL "
            "ORDER BY path, id")]

    def names(self) -> Iterator[ArticleNames]:
        """Whom every article names, without places and texts."""
        rows = self._all("SELECT id, published, names, authors, offices FROM stories LEFT JOIN persons USING (id) "
                         "WHERE problem IS NULL ORDER BY path, id")
        for id, published, names, authors, offices in rows:
            try:
                when = datetime.fromisoformat(published) if published else None
                speaking = () if offices == "[]" else json.loads(offices)
                yield ArticleNames(id, when, unpack_names(names), authors, speaking)
            except (ValueError, TypeError) as error:
                raise LedgerDamaged(self._path) from error

    def names_digest(self) -> str:
        """Equal as long as names gives the same."""
        digest = hashlib.sha256()
        for *row, names in self._all("SELECT id, published, authors, offices, names FROM stories LEFT JOIN persons "
                                     "USING (id) WHERE problem IS NULL ORDER BY path, id"):
            if not isinstance(names, bytes):
                raise LedgerDamaged(self._path)
            digest.update(ascii((row, len(names))).encode() + names)
        return digest.hexdigest()

    def fingerprints(self) -> Iterator[tuple[str, Fingerprint]]:
        """What tells versions of a story."""
        for id, packed in self._all("SELECT id, fingerprint FROM stories WHERE problem IS NULL"):
            yield id, unpack_fingerprint(packed)

    def indexed(self) -> Mapping[str, str]:
        """When each article was first seen."""
        return dict(self._all("SELECT id, indexed FROM stories WHERE problem IS NULL"))

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
            digest.update(ascii(self._all(question)).encode())
        return digest.hexdigest()

    def _all(self, question: str) -> list[Any]:
        """Every row at once: faster, where all are held in memory anyway."""
        with intact(self._path):
            return self._database.execute(question).fetchall()

    def _rows(self, question: str, *values: object) -> Iterator[Any]:
        with intact(self._path):
            for row in self._database.execute(question, values):
                yield row
