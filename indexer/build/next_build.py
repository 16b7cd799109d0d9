"""The next build of an index: read and annotate what changed on every core, resolve the people, write the index, switch
it in.

An update is a build that finds most of its articles in the ledger: what it writes is what a full build would.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from indexer.build.annotation_shards import take
from indexer.build.census import Census
from indexer.build.code_version import extractor_version, onrecord_version, program_version
from indexer.build.corrected_articles import CorrectedArticles
from indexer.build.documents import documents
from indexer.build.duplicates import groups
from indexer.build.first_seen import discard
from indexer.build.ledger import Ledger
from indexer.build.manifest import Manifest, changes, digests, outdated, read_manifest
from indexer.build.people_memo import PeopleMemo
from indexer.build.plan import BuildPlan, Progress
from indexer.build.refresh import compared, kept, no_articles, refresh, taken_otherwise
from indexer.build.report import BuildReport, current_report
from indexer.build.safeguards import refuse_loss
from indexer.build.unchanged import FoundFiles
from indexer.engines import writer_of
from indexer.errors import BuildFailed, IndexMissing, LedgerDamaged
from indexer.identity import People
from indexer.index_folder import (
    REPORT, build_folder, current_build, damaged, files_of, new_build, remove_old, report_of, switch_to,
)
from indexer.meaning import encode_build, remove_unused_vectors
from indexer.models import Annotated
from indexer.reading import Options, Unread
from indexer.schema import SCHEMA_VERSION
from indexer.search import Document, EngineWriter

MOST_CHANGED = 0.15              # share of the articles; if more differ, the index is written anew
MOST_UNRESOLVED = 500            # names that belong to nobody, kept in the report


def next_build(plan: BuildPlan, found: FoundFiles, ledger: Path) -> BuildReport:
    """Build with the ledger at a path; one that turns out to be damaged is discarded: it can all be read again."""
    try:
        with Ledger(ledger) as opened:
            return _Build(plan, found, opened).run()
    except LedgerDamaged:
        seen = discard(ledger)
    with Ledger(ledger) as opened:
        opened.remember(seen)
        return _Build(plan, found, opened).run()


@dataclass(frozen=True, slots=True)
class _Build:
    """One build, and the ledger that it brings up to the files."""

    plan: BuildPlan
    found: FoundFiles
    ledger: Ledger

    def run(self) -> BuildReport:
        """Read what changed, resolve who is who, write the index and switch it in; if nothing changed, only read."""
        plan, ledger, unreadable = self.plan, self.ledger, self.found.unreadable
        read, gone = self._read()
        articles = CorrectedArticles(ledger, plan.keeper.corrections)
        left = (*self.found.left, *(Unread(path, number, reason, False) for path, reason, number in ledger.passed()))
        state = _state(ledger, plan, left)
        said: dict[str, Any] = {
            "skipped": (*((error.path, error.reason) for error in unreadable), *ledger.skipped()), "unread": left,
            "warned": tuple(ledger.warned()), "unsure_dates": ledger.unsure(),
            "corrected": articles.corrected(), "gone": articles.gone(),
        }
        if not plan.full and (current := current_report(plan.index, state)):
            return replace(current, seconds=self._seconds(), read=read, **said)
        memo = PeopleMemo.of(articles, plan.keeper, None if plan.full else _answering_build(plan.index))
        people = memo.people(articles, plan.keeper)
        report = self._write(articles, people, _build_id(plan.index, state))
        memo.write(people, build_folder(plan.index, report.build))
        report = replace(report, read=read, removed=gone, encodings=ledger.encodings(), seconds=self._seconds(), **said)
        _switch(plan.index, report, {
            "engine": plan.engine, "state": state, "program": program_version(),
            "data": str(plan.data.resolve()), "unresolved": people.unresolved(MOST_UNRESOLVED),
            "doubtful": [asdict(each) for each in people.doubts],
        })
        return report

    def _read(self) -> tuple[int, int]:
        """Bring the ledger up to date; the numbers of files that were read, and that are gone. What cannot be read now
        stays as it was."""
        plan, ledger, names, unreadable = self.plan, self.ledger, self.found.names, self.found.unreadable
        if not names:                                # a disk that is not mounted must not empty the index
            raise BuildFailed(f"{no_articles(plan.data)} If there was an index, it still answers.")
        if plan.annotations:
            take(ledger, plan.annotations, plan.options)
        full = plan.full and not plan.annotations
        todo, missing = compared(ledger, names, plan.data, full, plan.max_bytes, self._options())
        gone = missing - kept(missing, unreadable, plan.data)
        refuse_loss(ledger.articles_of(gone), ledger.totals()[0], plan.most_lost, plan.data)
        before = ledger.totals()[0]
        unreadable += refresh(ledger, todo, gone, plan.jobs, plan.timeout, plan.progress)
        again = taken_otherwise(ledger, names, plan.data, plan.max_bytes, self._options())
        unreadable += refresh(ledger, again, (), plan.jobs, plan.timeout, plan.progress)
        answering = _answering_build(plan.index)
        held = report_of(plan.index, answering.name).get("articles", 0) if answering else 0
        refuse_loss(max(before, held) - ledger.totals()[0], max(before, held), plan.most_lost, plan.data)
        return len(todo), len(gone)

    def _options(self) -> Options:
        """Where nobody has said which of 3/4/2013 is the day, the dates of the archive that leave no doubt do."""
        return replace(self.plan.options, day_order=self.plan.options.day_order or self.ledger.day_order())

    def _write(self, corrected: CorrectedArticles, people: People, build: str) -> BuildReport:
        """Write the build into a folder of its own."""
        plan = self.plan
        totals = corrected.totals()
        folder = new_build(plan.index, build)
        source = _Source(self.ledger, corrected, people, groups(self.ledger.fingerprints()), plan.progress)
        now = digests(corrected.sources(), people, source.groups)
        writer = writer_of(plan.engine, folder)
        previous = None if plan.full else _reusable_build(plan.index, plan.engine)
        written, census = _update(source, now, writer, previous) if previous else (0, None)
        if census is None:
            written, census = totals.articles, Census()
            writer.write(source.documents(corrected.annotated(), totals.articles, census))
        Manifest(now, census.rolls).write(folder)
        first, last = census.ends()
        return BuildReport(build=build, **totals._asdict(), people=len(census.slugs()), first=first, last=last,
                           written=written, encoded=self._encode(corrected, folder))

    def _encode(self, articles: CorrectedArticles, folder: Path) -> int:
        """Let the build find by meaning, if it is to; how many passages had to be encoded."""
        plan = self.plan
        if not plan.encoder:
            return 0
        versions = {source.id: source.version for source in articles.sources()}
        return encode_build(plan.index, folder, plan.encoder, plan.jobs, versions, articles.annotated_of,
                            _answering_build(plan.index), plan.progress)

    def _seconds(self) -> float:
        return time.monotonic() - self.plan.started


def _state(ledger: Ledger, plan: BuildPlan, left: tuple[Unread, ...]) -> str:
    """Equal if the same index would be built, and the same reported of what is not in it."""
    encoder = plan.encoder.name if plan.encoder else ""
    parts = (ledger.state(), plan.engine, program_version(), plan.keeper.digest, encoder, repr(left))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _answering_build(index: Path) -> Path | None:
    """The folder of the build that answers, if there is one."""
    try:
        return build_folder(index, current_build(index))
    except IndexMissing:
        return None


def _reusable_build(index: Path, engine: str) -> Path | None:
    """The build that answers, if this very program wrote it for this engine, so that parts of it can be taken over."""
    folder = _answering_build(index)
    report = report_of(index, folder.name) if folder else {}
    is_ours = report.get("engine") == engine and report.get("program") == program_version()
    return folder if folder and is_ours and not any(damaged(folder, report)) else None


def _update(
    source: _Source, now: Mapping[str, str], writer: EngineWriter, previous: Path
) -> tuple[int, Census | None]:
    """Write what differs from the previous build: how many articles that is, and the census. If too much differs,
    nothing is written, and there is no census."""
    manifest = read_manifest(previous)
    todo = changes(manifest, now, source.people.identities)
    if len(todo.articles) > MOST_CHANGED * len(now):
        return 0, None
    annotated = source.articles.annotated_of(todo.articles)
    changed = list(source.documents(annotated, len(todo.articles), todo.census))
    done = writer.update(previous, changed, outdated(manifest, todo))
    return len(todo.articles), todo.census if done else None


@dataclass(frozen=True, slots=True)
class _Source:
    """Everything that documents are made from."""

    ledger: Ledger
    articles: CorrectedArticles
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
    """Write the report, which makes the build complete, let it answer, and remove all older builds but the last."""
    try:
        before = current_build(index)
    except IndexMissing:
        before = None
    written = {**asdict(report), **more, "schema": SCHEMA_VERSION, "extractor": extractor_version(),
               "onrecord": onrecord_version(), "built": datetime.now(UTC).isoformat(timespec="seconds")}
    folder, old = build_folder(index, report.build), build_folder(index, before) if before else None
    written["files"] = files_of(folder, old, report_of(index, before).get("files", {}) if before else {})
    text = json.dumps(written, ensure_ascii=False, indent=1)
    (folder / REPORT).write_text(text, "utf-8")
    reports = index / "reports"                 # they are kept when the builds are removed
    reports.mkdir(exist_ok=True)
    (reports / f"{report.build}.json").write_text(text, "utf-8")
    switch_to(index, report.build)
    remove_old(index, report.build, before)
    remove_unused_vectors(index, (build_folder(index, build) for build in (report.build, before) if build))


def _build_id(index: Path, state: str) -> str:
    """An id that sorts by time and differs from those of all builds that still exist."""
    id = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-") + state[:6]
    same = (f"{id}-{number}" if number else id for number in range(1_000))
    return next(each for each in same if not build_folder(index, each).exists())
