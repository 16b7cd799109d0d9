"""The ledger brought up to the files: what changed is read and annotated, on every core."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from indexer.reading import archive_path, article_id, read_file, readings, source_of
from indexer.build.duplicates import fingerprint
from indexer.errors import ArticleError
from indexer.build.code_version import extractor_version
from indexer.build.ledger import Entry, Known, Ledger
from indexer.build.serialization import pack, pack_people
from indexer.pipeline import annotate
from indexer.build.workers import Lost, share

AT_ONCE = 200                    # entries written to the ledger together: what a killed build loses
FRESH_NS = 2_000_000_000         # a file that changed so shortly before it was read may change again unnoticed


class Progress(Protocol):
    """Is told how far a build is."""

    def begin(self, step: str, total: int) -> None: ...

    def advance(self, done: int = 1, words: int = 0) -> None: ...


class Silence:
    """For builds that nobody watches."""

    def begin(self, step: str, total: int) -> None:
        pass

    def advance(self, done: int = 1, words: int = 0) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read. known is the hash of what it held, or "" where it must be read whatever it holds."""

    path: Path
    root: Path
    known: str
    max_bytes: int


def compared(
    ledger: Ledger, paths: Sequence[Path], root: Path, full: bool, max_bytes: int
) -> tuple[list[Job], set[str]]:
    """What must be read again, and what is gone."""
    known = ledger.known()
    found = {archive_path(path, root): path for path in paths}
    jobs = (_job(file, root, None if full else known.get(path), max_bytes) for path, file in found.items())
    return [job for job in jobs if job], known.keys() - found.keys()


def _job(path: Path, root: Path, known: Known | None, max_bytes: int) -> Job | None:
    """What to do about a file: nothing where its size and time are those it had when it was last read."""
    if known is None or known.extractor != extractor_version() or known.id != article_id(path, root):
        return Job(path, root, "", max_bytes)
    if (known.size, known.mtime_ns) == _stamp(path):
        return None
    return Job(path, root, known.sha256, max_bytes)


def _stamp(path: Path) -> tuple[int, int]:
    """A file's size and time; what no file has where there is none."""
    try:
        status = path.stat()
    except OSError:
        return -1, 0
    return status.st_size, status.st_mtime_ns


def refresh(
    ledger: Ledger, todo: Sequence[Job], gone: Iterable[str], jobs: int, timeout: float, progress: Progress
) -> None:
    """Bring the ledger up to the files."""
    ledger.forget(gone)
    progress.begin("reading", len(todo))
    batch: list[Entry] = []
    for entry in examined(todo, jobs, timeout):
        progress.advance(1, entry.words)
        if entry.article or entry.problem is not None:
            batch.append(entry)
        else:
            ledger.touch(entry.path, entry.size, entry.mtime_ns)
        if len(batch) >= AT_ONCE:
            ledger.store(batch, extractor_version())
            batch.clear()
    ledger.store(batch, extractor_version())


def examined(todo: Sequence[Job], jobs: int, timeout: float) -> Iterator[Entry]:
    """What files hold now, as they are read, on so many processes."""
    for job, result in share(examine, todo, jobs, timeout):
        if isinstance(result, Lost):          # remembered by its time, or every update would be held up by it
            path, id = archive_path(job.path, job.root), article_id(job.path, job.root)
            yield Entry(path, id, *_stamp(job.path), "", problem=result.reason)
        else:
            yield result


def examine(job: Job) -> Entry:
    """What a file holds now: this runs in a process of its own. An entry with known's hash and no article says
    that nothing has changed."""
    path, id = archive_path(job.path, job.root), article_id(job.path, job.root)
    try:
        data, status = read_file(job.path, job.max_bytes)
    except ArticleError as error:
        return Entry(path, id, -1, 0, "", problem=error.reason)
    fresh = time.time_ns() - status.st_mtime_ns < FRESH_NS
    entry = Entry(path, id, status.st_size, 0 if fresh else status.st_mtime_ns, hashlib.sha256(data).hexdigest())
    if entry.sha256 == job.known:
        return entry
    try:
        read = next(readings(source_of(data, job.path, job.root)))
        if isinstance(read, ArticleError):
            raise read
        annotated = annotate(read.article)
    except ArticleError as error:
        return replace(entry, problem=f"line {error.line}: {error.reason}" if error.line else error.reason)
    except MemoryError:
        return replace(entry, problem="needs too much memory")
    except Exception as error:           # a mistake of ours: it costs this file and is named
        return replace(entry, problem=f"could not be understood ({type(error).__name__}: {error})")
    article = annotated.article
    return replace(
        entry, words=len(article.text.split()), quotations=len(annotated.quotations),
        published=article.published.isoformat() if article.published else None,
        article=pack(annotated), people=pack_people(annotated.people), fingerprint=fingerprint(article.text),
        encoding=read.encoding,
    )
