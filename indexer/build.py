"""The build: read and annotate what changed on every core, resolve the people, write the index, switch it in.

An update is a build that finds most of its articles in the ledger: what it writes is what a full build would.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from indexer.articles import MAX_BYTES, walk
from indexer.documents import documents
from indexer.duplicates import groups
from indexer.engine import DEFAULT_ENGINE, writer_of
from indexer.errors import ArticleError, BuildFailed, IndexMissing, OnRecordError
from indexer.identity import People, read_overrides, resolve
from indexer.index_folder import (
    REPORT, build_folder, current_build, ledger_path, locked, new_build, remove_old, report_of, switch_to,
)
from indexer.ledger import Ledger, extractor_version, program_version
from indexer.refresh import Progress, Silence, compared, refresh
from indexer.schema import SCHEMA_VERSION
from indexer.workers import TIMEOUT

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
    changed: bool = True                     # False: the index was up to date and stays
    encodings: Mapping[str, int] = field(default_factory=dict)     # in which how many articles were read


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
    progress: Progress | None = None,
) -> BuildReport:
    """Make the index answer for what the folder data holds now; until it does, what was there answers.

    full reads every file again. jobs is the number of processes, by default one for each core. A file that
    takes longer than timeout seconds or is larger than max_bytes is skipped. overrides is the file that corrects
    who is who, by default people.toml in data. Raises IndexLocked while somebody else builds, and BuildFailed
    where nothing was built.
    """
    started = time.monotonic()
    data, index, progress = Path(data), Path(index), progress or Silence()
    if not data.exists():
        raise BuildFailed(f"There is no folder {data} to read articles from.")
    overrides = overrides or data / OVERRIDES
    corrections = read_overrides(overrides)          # first: a mistake in it is told before anything is read
    corrected = hashlib.sha256(overrides.read_bytes() if overrides.exists() else b"").hexdigest()
    with _explained(index), locked(index), Ledger(ledger_path(index)) as ledger:
        unreadable: list[ArticleError] = []
        paths = list(walk(data, unreadable.append))
        if not paths:                                # a disk that is not mounted must not empty the index
            raise BuildFailed(f"There are no articles in {data}. If there was an index, it still answers.")
        todo, gone = compared(ledger, paths, data, full, max_bytes)
        refresh(ledger, todo, gone, jobs or os.cpu_count() or 1, timeout, progress)
        skipped = (*((error.path, error.reason) for error in unreadable), *ledger.skipped())
        state = _state(ledger, engine, corrected)
        if not full and (standing := _standing(index, state)):
            return replace(standing, skipped=skipped, seconds=time.monotonic() - started, read=len(todo))
        people = resolve(ledger.persons(), corrections)
        report = _write(ledger, people, index, engine, state, progress)
        report = replace(report, skipped=skipped, read=len(todo), removed=len(gone),
                         encodings=ledger.encodings(), seconds=time.monotonic() - started)
        _switch(index, report, {
            "engine": engine, "state": state, "data": str(data.resolve()),
            "unresolved": people.unresolved(MOST_UNRESOLVED),
        })
        return report


def _state(ledger: Ledger, engine: str, corrected: str) -> str:
    """Equal where the same index would be built."""
    parts = (ledger.state(), engine, program_version(), corrected)
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


def _write(
    ledger: Ledger, people: People, index: Path, engine: str, state: str, progress: Progress
) -> BuildReport:
    """Write a build into a folder of its own."""
    articles, quotations, words = ledger.totals()
    id = _build_id(index, state)
    folder = new_build(index, id)
    stream = documents(ledger.annotated(), people, groups(ledger.fingerprints()), ledger.indexed())
    progress.begin("indexing", articles)
    counted = _Counted(stream, progress)
    writer_of(engine, folder).write(counted)
    return BuildReport(id, articles, quotations, counted.people, words, skipped=(), seconds=0.0)


class _Counted:
    """Documents on their way to the engine, counted as they pass."""

    def __init__(self, stream: Iterable[Any], progress: Progress) -> None:
        self._stream = stream
        self._progress = progress
        self.people = 0

    def __iter__(self) -> Iterator[Any]:
        for document in self._stream:
            if document["kind"] == "article":
                self._progress.advance()
            self.people += document["kind"] == "person"
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
