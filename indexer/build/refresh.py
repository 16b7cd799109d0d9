"""The ledger brought up to the files: what changed is read and annotated, on every core, a story at a time."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.build.code_version import extractor_version
from indexer.build.duplicates import fingerprint
from indexer.build.entries import Entry, FileRead
from indexer.build.ledger import Ledger
from indexer.build.plan import Progress
from indexer.build.serialization import pack, pack_people
from indexer.build.unchanged import FRESH_NS, stamp_of
from indexer.build.workers import BATCH, DIED, Lost, share
from indexer.errors import ArticleError, BuildFailed, Unreadable
from indexer.people import speaking_offices
from indexer.pipeline import annotate
from indexer.reading import (
    MAX_BYTES, Draft, Options, Passed, Source, archive_path, article_id, id_of, is_stream, open_source, reading_of,
    stories, what_is_read,
)

MOST_DEATHS = 20                 # of processes before any file is read: more are no fault of the files
AT_ONCE = 200                    # entries written to the ledger together: what a killed build loses
PART = 2_000_000                 # bytes of a file of many stories from which on all processes share them


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, or a part of its stories.

    known is the hash of what it held, or "" where it must be read whatever it holds; stories are the ids of its
    articles with the hash of what was read of each: those are not annotated again. Of so many parts this is the one of
    that number, from 0; the first stories of it, as many as skipped says, are passed over.
    """

    path: Path
    root: Path
    known: str = ""
    max_bytes: int = MAX_BYTES
    options: Options = Options()
    stories: Mapping[str, str] = field(default_factory=dict)
    part: int = 0
    parts: int = 1
    skipped: int = 0
    was_lost: bool = False


def no_articles(data: Path | str) -> str:
    """What is said of a folder without any."""
    return f"There are no articles in {data}. What is read: {what_is_read()}."


def rules(options: Options) -> str:
    """What reads files: another when a file might be read otherwise."""
    return "-".join(filter(None, [extractor_version(), replace(options, day_order="").digest()]))


def compared(
    ledger: Ledger, names: Sequence[str], root: Path, full: bool, max_bytes: int, options: Options = Options()
) -> tuple[list[Job], set[str]]:
    """What must be read, and what is gone."""
    known, code = ledger.known(), rules(options)
    found = {archive_path(name, root): name for name in names}
    has_same_ids = known.keys() == found.keys()      # an id depends on which other files there are
    todo = []
    for path, name in found.items():
        before = None if full else known.get(path)
        is_known = before and before.extractor == code and (has_same_ids or before.id == article_id(Path(name), root))
        if before and is_known and before.stamp == stamp_of(name):
            continue
        job = Job(Path(name), root, before.sha256 if before and is_known else "", max_bytes, options)
        todo.append(job if full else replace(job, stories=ledger.stories_of(path, code, options.day_order)))
    return todo, known.keys() - found.keys()


def kept(gone: set[str], unreadable: Iterable[ArticleError], root: Path) -> set[str]:
    """Of the files that were not found, those that are in a folder which cannot be read now."""
    folders = [archive_path(Path(error.path), root) for error in unreadable if isinstance(error, Unreadable)]
    return {path for path in gone if any(path == each or path.startswith(f"{each}/") for each in folders)}


def taken_otherwise(ledger: Ledger, names: Iterable[str], root: Path, max_bytes: int, options: Options) -> list[Job]:
    """The files with a date of figures alone in which another one than the options say was taken for the day."""
    files = ledger.taken_otherwise(options.day_order or "month")
    if not files:
        return []
    return [Job(Path(name), root, "", max_bytes, options, ledger.stories_of(path, rules(options), options.day_order))
            for name in names if (path := archive_path(name, root)) in files]


def refresh(
    ledger: Ledger, todo: Sequence[Job], gone: Iterable[str], jobs: int, timeout: float, progress: Progress
) -> list[Unreadable]:
    """Bring the ledger up to the files; those that were read before and cannot be now, which stay as they were.
    BuildFailed where every process dies."""
    ledger.forget(gone)
    progress.begin("reading", len(todo))
    if not todo:
        return []
    code = rules(todo[0].options)
    batch: list[Entry | FileRead] = []
    unreadable, deaths = list[Unreadable](), _Deaths(ledger)
    for read in examined(todo, jobs, timeout):
        deaths.count(read)
        if isinstance(read, Entry):
            progress.advance(0, read.words)
        else:
            progress.advance()
        if isinstance(read, FileRead) and read.is_same:
            ledger.touch(read)
        elif isinstance(read, FileRead) and read.is_unreadable and ledger.knows(read.path):
            unreadable.append(Unreadable(read.path, read.problem or ""))
        elif isinstance(read, FileRead) or not read.is_same:
            batch.append(read)
        if len(batch) >= AT_ONCE:
            ledger.store(batch, code)
            batch.clear()
    deaths.explain()
    ledger.store(batch, code)
    return unreadable


class _Deaths:
    """Whether anything is read at all, or every process dies: then nothing is wrong with the files."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self._read, self._reasons = ledger, 0, list[str]()

    def count(self, read: Entry | FileRead) -> None:
        if read.problem and DIED in read.problem:
            self._reasons.append(read.problem)
            if len(self._reasons) > MOST_DEATHS:
                self.explain()
        elif read.sha256:
            self._read += 1

    def explain(self) -> None:
        if self._reasons and not self._read and (len(self._reasons) > MOST_DEATHS or not self._ledger.totals()[0]):
            raise BuildFailed(f"Nothing could be read: {self._reasons[0]}, of {len(self._reasons)} files in a row. "
                              "Is there enough memory? If there was an index, it still answers.")


def examined(todo: Sequence[Job], jobs: int, timeout: float) -> Iterator[Entry | FileRead]:
    """What files hold now, as they are read, on so many processes: the stories of each, and then the file."""
    large = [replace(job, part=part, parts=jobs) for job in todo if is_stream(job.path) and stamp_of(job.path)[0] > PART
             for part in range(jobs)]
    small = [job for job in todo if not is_stream(job.path) or stamp_of(job.path)[0] <= PART]
    read = _FilesRead()
    for each, batch in (large, 1), (small, BATCH):
        for job, result in share(examine, each, jobs, timeout, batch, remaining):
            yield from read.take(job, result)


def remaining(job: Job, done: int, again: bool) -> Job | None:
    """What is left of a file after a story that killed or held up its process, or from that story on; nothing after two
    on end, which may be one place that is looked at twice."""
    if again:
        return replace(job, skipped=job.skipped + done) if is_stream(job.path) or not done else None
    if not is_stream(job.path) or job.was_lost and not done:
        return None
    return replace(job, skipped=job.skipped + done + 1, was_lost=True)


class _FilesRead:
    """Files of which stories have come and others have not."""

    def __init__(self) -> None:
        self._stories: dict[Path, list[str]] = {}
        self._parts: Counter[Path] = Counter()
        self._problems: dict[Path, str] = {}
        self._unreadable: set[Path] = set()

    def take(self, job: Job, result: Entry | FileRead | Lost) -> Iterator[Entry | FileRead]:
        """What is to be written down, now that a process has said this."""
        if isinstance(result, Entry):
            self._stories.setdefault(job.path, []).append(result.id)
            yield result
        elif isinstance(result, FileRead):
            yield from self._end(job, result)
        else:
            yield from self._lose(job, result)

    def _lose(self, job: Job, lost: Lost) -> Iterator[Entry | FileRead]:
        """The story is named, and the file where nothing of it goes on: remembered by its time, or every update would
        be held up by it."""
        path, id = archive_path(job.path, job.root), article_id(job.path, job.root)
        if is_stream(job.path):
            number = (job.skipped + lost.done) * job.parts + job.part + 1
            yield from self.take(job, Entry(path, f"{id}#!{number}", "", problem=f"article {number}: {lost.reason}"))
        else:
            yield from self.take(job, Entry(path, id, "", problem=lost.reason))
        if not lost.goes_on:
            size, mtime_ns, ctime_ns, inode = stamp_of(job.path)
            yield from self._end(job, FileRead(path, id, size, mtime_ns, "", ctime_ns=ctime_ns, inode=inode))

    def _end(self, job: Job, file: FileRead) -> Iterator[FileRead]:
        """A file is read when all of its parts are."""
        self._parts[job.path] += 1
        if file.problem:
            self._problems[job.path] = file.problem
            self._unreadable |= {job.path} if file.is_unreadable else set()
        if self._parts[job.path] == job.parts:
            problem = self._problems.pop(job.path, None)
            yield replace(file, problem=problem, is_unreadable=job.path in self._unreadable,
                          stories=tuple(self._stories.pop(job.path, ())))


def examine(job: Job) -> Iterator[Entry | FileRead]:
    """What a file holds now: this runs in a process of its own. A story that is as it was comes without its article."""
    path, id = archive_path(job.path, job.root), article_id(job.path, job.root)
    file = FileRead(path, id, -1, 0, "")
    stories = _Stories(job)
    problem: str | None = None
    try:
        source, status = open_source(job.path, job.root, job.options, job.max_bytes)
        fresh = time.time_ns() - status.st_mtime_ns < FRESH_NS
        file = FileRead(path, id, status.st_size, 0 if fresh else status.st_mtime_ns, digest_of_file(source),
                        ctime_ns=status.st_ctime_ns, inode=status.st_ino)
        if file.sha256 == job.known:
            yield replace(file, is_same=True)
            return
        yield from stories.entries(source, file.sha256)
    except (Unreadable, OSError) as error:
        problem = error.reason if isinstance(error, Unreadable) else error.strerror or "cannot be read"
        file = replace(file, is_unreadable=True)
    except ArticleError as error:
        problem = _said(error)
    except MemoryError:
        problem = "needs too much memory"
    except Exception as error:           # a mistake of ours: it costs this file and is named
        problem = f"could not be understood ({type(error).__name__}: {error})"
    if file.is_unreadable:
        yield replace(file, problem=problem, passed=stories.passed)
        return
    if problem and not stories.number and not is_stream(job.path):
        yield Entry(path, id, file.sha256, problem=problem)
        problem = None
    yield replace(file, problem=problem, passed=stories.passed)


class _Stories:
    """The stories of a file while they are read; number counts them, passed what is none."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self.number = 0
        self.passed: Counter[str] = Counter()

    def entries(self, source: Source, sha256: str) -> Iterator[Entry]:
        """Those of the job's part. sha256 is that of the file."""
        for found in stories(source):
            if isinstance(found, Passed):
                self.passed[found.reason] += 1
                continue
            number, self.number = self.number, self.number + 1
            if number % self._job.parts != self._job.part or number // self._job.parts < self._job.skipped:
                continue
            if isinstance(found, ArticleError):
                yield Entry(source.name, f"{source.id}#!{number + 1}", "", problem=_said(found))
            else:
                yield self._entry(found, source, found.digest() if found.key else sha256)

    def _entry(self, draft: Draft, source: Source, sha256: str) -> Entry:
        entry = Entry(source.name, id_of(draft, source), sha256)
        if self._job.stories.get(entry.id) == sha256:
            return replace(entry, is_same=True)
        where = f"{draft.key}: " if draft.key else ""
        try:
            return _annotated(entry, draft, source)
        except ArticleError as error:
            return replace(entry, problem=_said(ArticleError(error.path, where + error.reason, error.line)))
        except MemoryError:
            return replace(entry, problem=f"{where}needs too much memory")
        except Exception as error:           # a mistake of ours: it costs this story and is named
            return replace(entry, problem=f"{where}could not be understood ({type(error).__name__}: {error})")


def _annotated(entry: Entry, draft: Draft, source: Source) -> Entry:
    read = reading_of(draft, source)
    annotated, published = annotate(read.article), read.published
    reported = sum(each.is_reported for each in annotated.quotations)
    return replace(
        entry, words=len(read.article.text.split()), quotations=len(annotated.quotations) - reported, reported=reported,
        published=read.article.published.isoformat() if read.article.published else None,
        article=pack(annotated), people=pack_people(annotated.people), authors=read.article.author,
        offices=speaking_offices(read.article, annotated.quotations), fingerprint=fingerprint(read.article.text),
        encoding=read.encoding, warnings=read.warnings, day_order=published.order,
        taken_as=(source.options.day_order or "month") if published.is_unsure else "",
    )


def digest_of_file(source: Source) -> str:
    digest = hashlib.sha256()
    with source.open() as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _said(error: ArticleError) -> str:
    return f"line {error.line}: {error.reason}" if error.line else error.reason
