"""The build, from outside: one at a time, and none where nothing has changed.

What it takes to make one (next_build) is loaded when there is something to be built.
"""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

from indexer.build.keeper_files import read_keeper_files
from indexer.build.plan import TIMEOUT, BuildPlan, Progress, Silence
from indexer.build.report import BuildReport, current_report
from indexer.build.safeguards import MOST_LOST, explained, uncollected
from indexer.build.unchanged import found_files, is_unchanged, note_unchanged
from indexer.engines import DEFAULT_ENGINE, writer_of
from indexer.errors import BuildFailed
from indexer.index_folder import ledger_path, locked, remove_unfinished
from indexer.reading import MAX_BYTES, Options


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
    encoder: Path | None = None,
    progress: Progress | None = None,
    most_lost: float = MOST_LOST,
) -> BuildReport:
    """Make the index hold what the folder data holds now; until that is done, the index answers as before.

    full reads every file again. jobs is the number of processes, by default one for each core. A file that
    takes longer than timeout seconds or is larger than max_bytes is skipped. overrides is the file that corrects
    who is who, by default people.toml in data; corrections.toml in data corrects who said what. annotations is a folder
    that annotate_shard wrote, options what the user knows about the files, encoder the folder of one that was
    prepared: with it, the index finds by meaning as well. most_lost is the share of the articles that may be gone.
    Raises IndexLocked while another process builds, and BuildFailed if nothing was built.
    """
    started = time.monotonic()
    data, index = Path(data), Path(index)
    if not (index / "CURRENT").exists():
        writer_of(engine, index)                     # what is not installed is named before a folder is made
    if not data.exists():
        raise BuildFailed(f"There is no folder {data} to read articles from.")
    keeper = read_keeper_files(data, overrides)      # first: a mistake in it is reported before anything is read
    plan = BuildPlan(
        data=data, index=index, jobs=jobs or os.cpu_count() or 1, full=full, engine=engine, keeper=keeper,
        timeout=timeout, max_bytes=max_bytes, annotations=annotations, options=options, encoder=encoder,
        progress=progress or Silence(), started=started, most_lost=most_lost,
    )
    with explained(index), locked(index), uncollected():
        return _built(plan)


def _built(plan: BuildPlan) -> BuildReport:
    """What a plan comes to: a new build, or the one that is there if nothing has changed."""
    index = plan.index
    remove_unfinished(index)                         # first: the disk may be full of it
    found = found_files(plan.data, plan.options.links_anywhere)
    if plan.takes_what_is_there and is_unchanged(index, found, plan.settings) and (known := current_report(index)):
        return replace(known, seconds=time.monotonic() - plan.started)
    writer_of(plan.engine, index)                    # what is not installed is named before anything is read
    from indexer.build.next_build import next_build

    report = next_build(plan, found, ledger_path(index))
    if (known := current_report(index)) and known.said == report.said:
        note_unchanged(index, found, plan.settings)
    return report
