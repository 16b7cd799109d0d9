"""Whether files, ledger and index agree: what the next build would change, and what no build should leave behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.build.corrected_articles import CorrectedArticles
from indexer.build.entries import Known
from indexer.build.keeper_files import changed_since, read_keeper_files
from indexer.build.ledger import Ledger
from indexer.build.refresh import digest_of_file, kept
from indexer.build.unchanged import stamp_of
from indexer.build.workers import was_lost
from indexer.engines import open_engine
from indexer.errors import ArticleError, ConfigError, LedgerDamaged, OnRecordError
from indexer.index_folder import build_folder, current_build, damaged, ledger_path, report_of
from indexer.query import EVERYTHING, Exact
from indexer.reading import Options, archive_path, open_source, walk
from indexer.search import Engine, unlimited


def differences(data: Path, index: Path, options: Options = Options()) -> Iterator[str]:
    """Every difference, in words. Changes nothing."""
    build = current_build(index)
    report = report_of(index, build)
    if not data.exists():
        yield f"{data}: no such folder"
        return
    if not ledger_path(index).exists():
        yield f"{ledger_path(index)}: missing; the next build reads every file again"
        return
    try:
        with Ledger(ledger_path(index), only_read=True) as ledger:
            yield from _files(data, ledger, options)
            articles = CorrectedArticles(ledger, read_keeper_files(data).corrections)
            yield from (f"{where}: {reason}" for where, reason in articles.gone())
            wrong = list(damaged(build_folder(index, build), report, thorough=True))
            yield from (f"builds/{build}/{what}; build --full writes the index anew" for what in wrong)
            if not wrong:
                yield from _index(open_engine(index), ledger, articles)
    except (ConfigError, LedgerDamaged) as error:
        yield str(error)
    if Path(report.get("data", data.resolve())) != data.resolve():
        yield f"{data}: the index was built from {report['data']}"
    yield from (f"{name}: changed since the last build"
                for name in changed_since(data, (index / "CURRENT").stat().st_mtime))


def _files(data: Path, ledger: Ledger, options: Options) -> Iterator[str]:
    unreadable: list[ArticleError] = []
    found = {archive_path(path, data): path for path in walk(data, unreadable.append, None, options.links_anywhere)}
    yield from (f"{error.path}: {error.reason}" for error in unreadable)
    known = ledger.known()
    gone = known.keys() - found.keys()
    yield from (f"{path}: new since the last build" for path in sorted(found.keys() - known.keys()))
    yield from (f"{path}: gone since the last build" for path in sorted(gone - kept(gone, unreadable, data)))
    for path in sorted(found.keys() & known.keys()):
        if _differs(found[path], data, known[path], options):
            yield f"{path}: changed since the last build"
    yield from (f"{path}: not read: {reason}; build --full tries again"
                for path, reason in ledger.skipped() if was_lost(reason))


def _differs(path: Path, data: Path, known: Known, options: Options) -> bool:
    """Whether a file has changed: by its stamp, and if that differs, by its content."""
    if stamp_of(path) == known.stamp:
        return False
    try:
        return digest_of_file(open_source(path, data, options)[0]) != known.sha256 and known.size >= 0
    except (ArticleError, OSError):
        return known.size >= 0


def _index(engine: Engine, ledger: Ledger, articles: CorrectedArticles) -> Iterator[str]:
    try:
        with unlimited():              # whoever waits at a terminal can stop it
            held = {hit.document["id"] for hit in engine.every(EVERYTHING, kind="article")}
            counts = [engine.count(Exact(form, "form"), kind="quotation") for form in ("quotation", "reported")]
    except OnRecordError as error:
        yield f"the index cannot be read: {error}"
        return
    finally:
        engine.close()
    read = set(ledger.indexed())
    yield from (f"{id}: read but not in the index" for id in sorted(read - held))
    yield from (f"{id}: in the index but not in the ledger" for id in sorted(held - read))
    totals = articles.totals()
    for noun, indexed, known in zip(("quotations", "passages of reported speech"), counts,
                                    (totals.quotations, totals.reported)):
        if indexed != known:
            yield f"the index holds {indexed:,} {noun}, the ledger {known:,}"
