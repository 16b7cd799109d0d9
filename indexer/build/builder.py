"""The build: read and annotate what changed on every core, resolve the people, write the index, switch it in.

An update is a build that finds most of its articles in the ledger: what it writes is what a full build would.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from indexer.build.annotation_shards import take
from indexer.reading import MAX_BYTES, Options, Unread, unread, walk
from indexer.build.census import Census
from indexer.build.manifest import Contents, changes, digests, read_contents, taken_out
from indexer.build.documents import documents
from indexer.build.duplicates import groups
from indexer.engines import DEFAULT_ENGINE, writer_of
from indexer.search import Document, EngineWriter
from indexer.errors import ArticleError, BuildFailed, IndexMissing, LedgerDamaged, OnRecordError
from indexer.identity import People, read_overrides, resolve
from indexer.index_folder import (
    REPORT, build_folder, current_build, ledger_path, locked, new_build, remove_old, remove_unfinished, report_of,
    switch_to,
)
from indexer.build.code_version import extractor_version, program_version
from indexer.build.ledger import Ledger, discard
from indexer.models import Annotated
from indexer.identity import Overrides
from indexer.build.refresh import Progress, Silence, compared, no_articles, refresh, taken_otherwise
from indexer.schema import SCHEMA_VERSION
from indexer.build.workers import TIMEOUT

MOST_CHANGED = 0.15              # share of the articles; where more differ, the index is written anew
MOST_UNRESOLVED = 500            # names that nobody claims, kept with the report
OVERRIDES = "people.toml"        # beside the articles: what the user knows better about who is who


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did and what the index holds after it."""

    build: str
    articles: int
    quotations: int
    people: int
    words: int
    skipped: tuple[tuple[str, str], ...]     # path, reason
    seconds: float
    read: int = 0                            # files that were read, because they were new or had changed
    removed: int = 0                         # files that are gone
    written: int = 0                         # articles that were indexed; the others were taken over as they were
    changed: bool = True                     # False: the index was up to date and stays
    encodings: Mapping[str, int] = field(default_factory=dict)     # in which how many articles were read
    unread: tuple[Unread, ...] = ()          # what lies there and is not of a kind that is read
    warned: tuple[tuple[str, str], ...] = ()     # articles of which something could not be read: id, what
    unsure_dates: int = 0                    # articles whose date could be taken in two ways

    @property
    def missed(self) -> int:
        """How many files were not read that may hold articles."""
        return len(self.skipped) + sum(each.number for each in self.unread if each.may_hold_articles)


def build(
    data: str | Path,
    index: str | Path,
    *,
    jobs: int | None = None,
    full: bool = False,
    engine: str = DEFAULT_ENGINE,
    overrides: Path | None = None,
    timeout: float = TIMEOUT,
    max_bytes: int = MAX_BYTES,
    annotations: Path | None = None,
    options: Options = Options(),
    progress: Progress | None = None,
) -> BuildReport:
    """Make the index answer for what the folder data holds now; until it does, what was there answers.

    full reads every file again. jobs is the number of processes, by default one for each core. A file that
    takes longer than timeout seconds or is larger than max_bytes is skipped. overrides is the file that corrects
    who is who, by default people.toml in data. annotations is a folder of what annotate_shard wrote, options what the
    user knows about the files. Raises IndexLocked while somebody else builds, and BuildFailed where nothing was built.
    """
    started = time.monotonic()
    data, index, progress = Path(data), Path(index), progress or Silence()
    if not data.exists():
        raise BuildFailed(f"There is no folder {data} to read articles from.")
    overrides = overrides or data / OVERRIDES
    corrections = read_overrides(overrides)          # first: a mistake in it is told before anything is read
    corrected = hashlib.sha256(overrides.read_bytes() if overrides.exists() else b"").hexdigest()

    order = _Order(data, index, jobs or os.cpu_count() or 1, full, engine, corrections, corrected, timeout, max_bytes,
                   annotations, options, progress, started)
    with _explained(index), locked(index), _uncollected():
        remove_unfinished(index)                     # first: the disk may be full of it
        return _with_ledger(ledger_path(index), order.carry_out)


@dataclass(frozen=True, slots=True)
class _Order:
    """A build as it was asked for."""

    data: Path
    index: Path
    jobs: int
    full: bool
    engine: str
    corrections: Overrides
    corrected: str                # equal where the corrections are
    timeout: float
    max_bytes: int
    annotations: Path | None
    options: Options
    progress: Progress
    started: float

    def carry_out(self, ledger: Ledger) -> BuildReport:
        """Read what changed, resolve who is who, write the index and switch it in; less where nothing changed."""
        unreadable: list[ArticleError] = []
        others: list[Path] = []
        todo, gone = self._read(ledger, unreadable, others)
        skipped = (*((error.path, error.reason) for error in unreadable), *ledger.skipped())
        left = (*unread(others), *(Unread(path, number, reason, False) for path, reason, number in ledger.passed()))
        state = _state(ledger, self.engine, self.corrected, left)
        said: dict[str, Any] = {"skipped": skipped, "unread": left, "warned": tuple(ledger.warned()),
                                "unsure_dates": ledger.unsure()}
        if not self.full and (standing := _standing(self.index, state)):
            return replace(standing, seconds=self._seconds(), read=todo, **said)
        people = resolve(ledger.persons(), self.corrections)
        before = None if self.full else _alike(self.index, self.engine)
        report = _write(ledger, people, self.index, self.engine, state, self.progress, before)
        report = replace(report, read=todo, removed=gone, encodings=ledger.encodings(), seconds=self._seconds(), **said)
        _switch(self.index, report, {
            "engine": self.engine, "state": state, "program": program_version(), "data": str(self.data.resolve()),
            "unresolved": people.unresolved(MOST_UNRESOLVED),
        })
        return report

    def _read(self, ledger: Ledger, unreadable: list[ArticleError], others: list[Path]) -> tuple[int, int]:
        """Bring the ledger up to date; the numbers of files that were read, and that are gone."""
        paths = list(walk(self.data, unreadable.append, others.append))
        if not paths:                                # a disk that is not mounted must not empty the index
            raise BuildFailed(f"{no_articles(self.data)} If there was an index, it still answers.")
        if self.annotations:
            take(ledger, self.annotations, self.options)
        todo, gone = compared(ledger, paths, self.data, self.full and not self.annotations, self.max_bytes,
                              self._options(ledger))
        refresh(ledger, todo, gone, self.jobs, self.timeout, self.progress)
        again = taken_otherwise(ledger, paths, self.data, self.max_bytes, self._options(ledger))
        refresh(ledger, again, (), self.jobs, self.timeout, self.progress)
        return len(todo), len(gone)

    def _options(self, ledger: Ledger) -> Options:
        """Where nobody has said which of 3/4/2013 is the day, the dates of the archive that leave no doubt do."""
        return replace(self.options, day_order=self.options.day_order or ledger.day_order())

    def _seconds(self) -> float:
        return time.monotonic() - self.started


def _with_ledger(path: Path, built: Callable[[Ledger], BuildReport]) -> BuildReport:
    """A ledger that turns out to be damaged is begun anew: it can all be read again."""
    try:
        with Ledger(path) as ledger:
            return built(ledger)
    except LedgerDamaged:
        discard(path)
    with Ledger(path) as ledger:
        return built(ledger)


def _state(ledger: Ledger, engine: str, corrected: str, left: tuple[Unread, ...]) -> str:
    """Equal where the same index would be built, and the same said of what is not in it."""
    parts = (ledger.state(), engine, program_version(), corrected, repr(left))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _standing(index: Path, state: str) -> BuildReport | None:
    """The report of the build that answers, if it is of this state."""
    try:
        build = current_build(index)
    except IndexMissing:
        return None
    report = report_of(index, build)
    if report.get("state") != state:
        return None
    return BuildReport(build, articles=report["articles"], quotations=report["quotations"], people=report["people"],
                       words=report["words"], skipped=(), seconds=0.0, changed=False)


def _alike(index: Path, engine: str) -> Path | None:
    """The build that answers, if it was written by this very program for this engine: parts of it can be taken over."""
    try:
        build = current_build(index)
    except IndexMissing:
        return None
    report = report_of(index, build)
    alike = report.get("engine") == engine and report.get("program") == program_version()
    return build_folder(index, build) if alike else None


def _write(
    ledger: Ledger, people: People, index: Path, engine: str, state: str, progress: Progress, before: Path | None
) -> BuildReport:
    """Write a build into a folder of its own."""
    articles, quotations, words = ledger.totals()
    id = _build_id(index, state)
    folder = new_build(index, id)
    source = _Source(ledger, people, groups(ledger.fingerprints()), progress)
    now = digests(ledger.sources(), people, source.groups)
    writer = writer_of(engine, folder)
    written, census = _updated(source, now, writer, before) if before else (0, None)
    if census is None:
        written, census = articles, Census()
        writer.write(source.documents(ledger.annotated(), articles, census))
    Contents(now, census.rolls).write(folder)
    return BuildReport(id, articles, quotations, len(census.slugs()), words, skipped=(), seconds=0.0, written=written)


def _updated(
    source: _Source, now: Mapping[str, str], writer: EngineWriter, before: Path
) -> tuple[int, Census | None]:
    """Write what differs from the build before: how many articles, and the census. No census, and nothing written,
    where too much does."""
    held = read_contents(before)
    todo = changes(held, now, source.people.identities)
    if len(todo.articles) > MOST_CHANGED * len(now):
        return 0, None
    annotated = source.ledger.annotated_of(todo.articles)
    changed = list(source.documents(annotated, len(todo.articles), todo.census))
    done = writer.update(before, changed, taken_out(held, todo))
    return len(todo.articles), todo.census if done else None


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the documents come from."""

    ledger: Ledger
    people: People
    groups: Mapping[str, str]
    progress: Progress

    def documents(self, annotated: Iterable[Annotated], articles: int, census: Census) -> Iterator[Document]:
        """The documents of so many articles, on their way to the engine."""
        self.progress.begin("indexing", articles)
        for document in documents(annotated, self.people, self.groups, self.ledger.indexed(), census):
            if document["kind"] == "article":
                self.progress.advance()
            yield document


def _switch(index: Path, report: BuildReport, more: Mapping[str, Any]) -> None:
    """The report makes a build complete; then it may answer, and those before the last one go."""
    try:
        before = current_build(index)
    except IndexMissing:
        before = None
    written = {**asdict(report), **more, "schema": SCHEMA_VERSION, "extractor": extractor_version(),
               "onrecord": onrecord_version(), "built": datetime.now(UTC).isoformat(timespec="seconds")}
    text = json.dumps(written, ensure_ascii=False, indent=1)
    (build_folder(index, report.build) / REPORT).write_text(text, "utf-8")
    reports = index / "reports"                 # they stay when the builds are gone
    reports.mkdir(exist_ok=True)
    (reports / f"{report.build}.json").write_text(text, "utf-8")
    switch_to(index, report.build)
    remove_old(index, report.build, before)


def _build_id(index: Path, state: str) -> str:
    """Sorts by time, and differs from every build that is still there."""
    id = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-") + state[:6]
    same = (f"{id}-{number}" if number else id for number in range(1_000))
    return next(each for each in same if not build_folder(index, each).exists())


def onrecord_version() -> str:
    try:
        return version("onrecord")
    except PackageNotFoundError:          # run from the source tree
        return "source"


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which looks through millions of values again and again and finds no cycle: a
    quarter of the time that an update takes."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextmanager
def _explained(index: Path) -> Iterator[None]:
    """What the disk refuses is said in words; the build that answered still does."""
    try:
        yield
    except OnRecordError:
        raise
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        where = f" ({error.filename})" if isinstance(error, OSError) and error.filename else ""
        raise BuildFailed(f"The index in {index} could not be built: {reason}{where}. "
                          "If there was one, it still answers.") from error
