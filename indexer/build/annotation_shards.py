"""Annotations as files, so that many machines can read an archive and one build can take what they found.

    DIR/annotations-2-of-8.jsonl     a JSON object a line for each file of the shard; of two for a file the later counts

A line holds what the ledger keeps of a file. It counts for a file with the same bytes under the same path, read by the
same rules; whatever has no such line is read by the build as always.
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

from indexer.reading import MAX_BYTES, archive_path, walk
from indexer.errors import ArticleError, BuildFailed
from indexer.index_folder import take_lock
from indexer.build.code_version import extractor_version
from indexer.build.ledger import Entry, Ledger
from indexer.build.serialization import packed, unpacked
from indexer.build.refresh import AT_ONCE, Job, Progress, examined
from indexer.build.workers import TIMEOUT

_PACKED = ("article", "people")           # of an entry, what is JSON inside


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


def annotate_shard(data: Path, folder: Path, shard: Shard, jobs: int, progress: Progress,
                   timeout: float = TIMEOUT, max_bytes: int = MAX_BYTES) -> Annotations:
    """Annotate the files of a shard that its file does not hold yet, a line each as they are done: a run that was
    killed is taken up where it ended."""
    unreadable: list[ArticleError] = []
    paths = {archive_path(path, data): path for path in walk(data, unreadable.append)}
    if not paths:
        raise BuildFailed(f"There are no articles in {data}.")
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(shard.file(folder)) as file:
        known = {entry.path: entry.sha256 for entry, extractor in _whole_lines(file, shard.file(folder))
                 if extractor == extractor_version()}
        todo = [Job(path, data, known.get(name, ""), max_bytes) for name, path in paths.items() if shard.holds(name)]
        progress.begin("annotating", len(todo))
        written, there, skipped = 0, 0, [(error.path, error.reason) for error in unreadable]
        for entry in examined(todo, jobs, timeout):
            progress.advance(1, entry.words)
            if entry.problem is not None:
                skipped.append((entry.path, entry.problem))
            if entry.article or entry.problem is not None and entry.sha256:
                file.write(_line(entry))
                file.flush()
                written += 1
            there += not entry.article and entry.problem is None
        os.fsync(file.fileno())
    return Annotations(written, there, tuple(sorted(skipped)))


def take(ledger: Ledger, folder: Path) -> None:
    """Bring the annotations of a folder into the ledger, unless it has the same. BuildFailed where they are of
    another version of the rules, or no annotations."""
    files = sorted(folder.glob("annotations-*.jsonl"))
    if not files:
        raise BuildFailed(f"There are no annotations in {folder}.")
    known = ledger.known()
    batch: list[Entry] = []
    for path in files:
        with path.open(encoding="utf-8", newline="\n") as file:
            for entry, extractor in _whole_lines(file, path):
                if extractor != extractor_version():
                    raise BuildFailed(f"{path} was written by another version of onrecord: annotate again.")
                before = known.get(entry.path)
                if before is None or (before.sha256, before.extractor) != (entry.sha256, extractor):
                    batch.append(replace(entry, mtime_ns=0))       # the files here have other times: look into them
                if len(batch) >= AT_ONCE:
                    ledger.store(batch, extractor_version())
                    batch.clear()
    ledger.store(batch, extractor_version())


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


def _line(entry: Entry) -> str:
    """With what is packed for the ledger unpacked: other programs may want it."""
    held: dict[str, Any] = {"extractor": extractor_version()}
    held.update({each.name: getattr(entry, each.name) for each in fields(entry)})
    held.update({name: unpacked(held[name]) if held[name] else None for name in _PACKED})
    return _compact({**held, "seal": _seal(held)}) + "\n"


def _compact(held: Mapping[str, Any]) -> str:
    return json.dumps(held, separators=(",", ":"))


def _seal(held: Mapping[str, Any]) -> str:
    """A hash of everything else in a line: no damaged line is taken for what was found."""
    return blake2b(_compact(held).encode(), digest_size=8).hexdigest()


def _whole_lines(file: TextIO, path: Path) -> Iterator[tuple[Entry, str]]:
    """Every entry with what read it; the torn end of a file that is still being written is left out."""
    file.seek(0)
    for number in count(1):
        try:
            line = file.readline()
            if not line.endswith("\n"):
                return
            yield _entry(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BuildFailed(f"{path}, line {number}: no annotations, or damaged. Annotate again.") from None


def _entry(held: dict[str, Any]) -> tuple[Entry, str]:
    if held["extractor"] == extractor_version() and held.pop("seal") != _seal(held):
        raise ValueError("another line than was written")
    values = {each.name: held[each.name] for each in fields(Entry)}
    values.update({name: packed(values[name]) if values[name] is not None else b"" for name in _PACKED})
    return Entry(**{**values, "fingerprint": tuple(values["fingerprint"])}), str(held["extractor"])
