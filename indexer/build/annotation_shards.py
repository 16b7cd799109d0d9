"""Annotations as files, so that many machines can read an archive and one build can take what they found.

    DIR/annotations-2-of-8.jsonl     a JSON object a line, for each article of the shard and then for its file

A line holds what the ledger keeps of an article or of a file; of two for one the later counts. It counts for a file
with the same bytes under the same path, read by the same rules; whatever has no such line is read by the build as ever.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from itertools import count
from pathlib import Path
from typing import Any, TextIO

from indexer.build.code_version import extractor_version
from indexer.build.entries import Entry, FileRead
from indexer.build.ledger import Ledger
from indexer.build.plan import TIMEOUT, Progress
from indexer.build.refresh import AT_ONCE, Job, examined, no_articles, rules
from indexer.build.serialization import packed, unpacked
from indexer.errors import ArticleError, BuildFailed
from indexer.index_folder import take_lock
from indexer.reading import MAX_BYTES, Options, Unread, archive_path, unread, walk

_PACKED = ("article", "people")           # of an entry, what is JSON inside
_TUPLES = ("fingerprint", "warnings", "offices")
_KINDS: Mapping[type, str] = {Entry: "article", FileRead: "file"}


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several parts of an archive, counted from 1. Which one a file is of depends on its path alone."""

    number: int = 1
    of: int = 1

    def holds(self, path: str) -> bool:
        digest = blake2b(path.encode(errors="surrogateescape"), digest_size=8).digest()
        return int.from_bytes(digest, "big") % self.of == self.number - 1

    def file(self, folder: Path) -> Path:
        return folder / f"annotations-{self.number}-of-{self.of}.jsonl"


@dataclass(frozen=True, slots=True)
class Annotations:
    """What came of one shard."""

    written: int
    there: int                            # files that were annotated by an earlier run
    skipped: tuple[tuple[str, str], ...]  # path, reason
    unread: tuple[Unread, ...] = ()       # what lies in the whole archive and is not of a kind that is read

    @property
    def missed(self) -> int:
        """How many files may hold articles and were not read."""
        return len(self.skipped) + sum(each.number for each in self.unread if each.may_hold_articles)


def annotate_shard(
    data: Path, folder: Path, shard: Shard, jobs: int, progress: Progress, timeout: float = TIMEOUT,
    max_bytes: int = MAX_BYTES, options: Options = Options(),
) -> Annotations:
    """Annotate the files of a shard that its file does not hold yet, a line each as they are done: a run that was
    killed is taken up where it ended."""
    unreadable: list[ArticleError] = []
    others: list[Path] = []
    found = walk(data, unreadable.append, others.append, options.links_anywhere)
    paths = {archive_path(path, data): path for path in found}
    if not paths:
        raise BuildFailed(no_articles(data))
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(shard.file(folder)) as file:
        known, begun = _written(file, shard.file(folder), rules(options))
        todo = [Job(path, data, known.get(name, ""), max_bytes, options, begun.get(name, {}))
                for name, path in paths.items() if shard.holds(name)]
        progress.begin("annotating", len(todo))
        done = _Done(file, rules(options), skipped=[(error.path, error.reason) for error in unreadable])
        for read in examined(todo, jobs, timeout):
            progress.advance(*((0, read.words) if isinstance(read, Entry) else (1,)))
            done.take(read)
        os.fsync(file.fileno())
    return Annotations(done.written, done.there, tuple(sorted(done.skipped)), unread(others))


@dataclass(slots=True)
class _Done:
    """What has been read, on its way to the file of the shard. Nothing is written of what could not be opened."""

    file: TextIO
    rules: str
    skipped: list[tuple[str, str]]
    written: int = 0
    there: int = 0

    def take(self, read: Entry | FileRead) -> None:
        if read.is_same:
            self.there += isinstance(read, FileRead)
            return
        if read.problem is not None:
            self.skipped.append((read.path, read.problem))
        if read.sha256 or isinstance(read, Entry) and "#!" in read.id:
            self.file.write(_line(read, self.rules))
            self.file.flush()
            self.written += isinstance(read, FileRead)


def _written(file: TextIO, path: Path, code: str) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """The files that were read to their end, with the hash of each; of others the articles that were."""
    known: dict[str, str] = {}
    begun: dict[str, dict[str, str]] = {}
    for read, by in _whole_lines(file, path):
        if by == code and isinstance(read, FileRead):
            known[read.path] = read.sha256
            begun.pop(read.path, None)
        elif by == code and read.problem is None:
            begun.setdefault(read.path, {})[read.id] = read.sha256
    return known, begun


def take(ledger: Ledger, folder: Path, options: Options = Options()) -> None:
    """Bring the annotations of a folder into the ledger, unless it has the same. BuildFailed where they are of
    another version of the rules, or no annotations."""
    files = sorted(folder.glob("annotations-*.jsonl"))
    if not files:
        raise BuildFailed(f"There are no annotations in {folder}.")
    known, code = ledger.known(), rules(options)
    batch: list[Entry | FileRead] = []
    for path in files:
        with path.open(encoding="utf-8", newline="\n") as file:
            stories: list[Entry] = []                 # of a file whose own line has not come yet
            for read, extractor in _whole_lines(file, path):
                if extractor != code:
                    raise BuildFailed(f"{path} was written by another version of onrecord: annotate again.")
                if isinstance(read, Entry):
                    stories.append(read)
                    continue
                before = known.get(read.path)
                if before is None or (before.sha256, before.extractor) != (read.sha256, code):
                    batch += [each for each in stories if each.path == read.path]
                    batch.append(replace(read, mtime_ns=0))        # the files here have other times: look into them
                stories = [each for each in stories if each.path != read.path]
                if len(batch) >= AT_ONCE:
                    ledger.store(batch, code)
                    batch.clear()
    ledger.store(batch, code)


def _alone(path: Path) -> TextIO:
    """The file of a shard, for one process at a time, its last line whole."""
    file = path.open("a+", encoding="utf-8", newline="\n")
    if not take_lock(file):
        file.close()
        raise BuildFailed(f"{path} is being written by another process.")
    with path.open("rb+") as bytes_:
        bytes_.truncate(_end_of_last_line(bytes_.read()))
    return file


def _end_of_last_line(content: bytes) -> int:
    return content.rfind(b"\n") + 1


def _line(read: Entry | FileRead, code: str) -> str:
    """With what is packed for the ledger unpacked: other programs may want it."""
    held: dict[str, Any] = {"extractor": code, "kind": _KINDS[type(read)]}
    held.update({each.name: getattr(read, each.name) for each in fields(read)})
    if isinstance(read, Entry):
        held.update({name: unpacked(held[name]) if held[name] else None for name in _PACKED})
    return _compact({**held, "seal": _seal(held)}) + "\n"


def _compact(held: Mapping[str, Any]) -> str:
    return json.dumps(held, separators=(",", ":"))


def _seal(held: Mapping[str, Any]) -> str:
    """A hash of everything else in a line: no damaged line is taken for what was found."""
    return blake2b(_compact(held).encode(), digest_size=8).hexdigest()


def _whole_lines(file: TextIO, path: Path) -> Iterator[tuple[Entry | FileRead, str]]:
    """Everything that was read with what read it; the torn end of a file that is still being written is left out."""
    file.seek(0)
    for number in count(1):
        try:
            line = file.readline()
            if not line.endswith("\n"):
                return
            held = json.loads(line)
            yield _read(held), str(held["extractor"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BuildFailed(f"{path}, line {number}: no annotations, or damaged. Annotate again.") from None


def _read(held: dict[str, Any]) -> Entry | FileRead:
    seal = held.pop("seal")
    if held["extractor"].startswith(extractor_version()) and seal != _seal(held):
        raise ValueError("another line than was written")
    if held["kind"] == _KINDS[FileRead]:
        values = {each.name: held[each.name] for each in fields(FileRead)}
        return FileRead(**{**values, "stories": tuple(values["stories"])})
    values = {each.name: held[each.name] for each in fields(Entry)}
    values.update({name: packed(values[name]) if values[name] is not None else b"" for name in _PACKED})
    return Entry(**{**values, **{name: tuple(values[name]) for name in _TUPLES}})
