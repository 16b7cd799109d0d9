"""What meaning brings to known-item searches, and what it costs.

    python -m benchmarks.meaning INDEX --queries FILE [--archive FOLDER]

INDEX was built with an encoder (onrecord model), FILE is as for benchmarks.ranking. Prints for each kind of search the
mean of 1 / rank among the first ten (MRR@10) and how often the right one is among them (S@10), by words alone and with
meaning; what a question takes more; what it takes to open the index, and of memory; and how much is kept on the disk.
With --archive, the sample of articles in FOLDER is also built anew with the encoder, then ten of them are changed.
What the weights are worth on searches that they were not learned from, training/train_fusion.py says.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.build import change
from benchmarks.grown import grown
from benchmarks.ranking import KINDS, KnownItem, onrecord, ranks
from indexer.build import build
from indexer.engines import open_engine
from indexer.index_folder import build_folder, current_build
from indexer.meaning import ArchiveMeaning, open_meaning
from indexer.meaning.passage_table import read_table
from indexer.search.engine import Engine
from indexer.search.time_limit import unlimited

SAMPLE = 500                      # articles of the archive that is built anew

Places = Mapping[str, Sequence[float]]         # kind of search → 1 / rank of each, 0 if it is not among the first ten


def places(engine: Engine, tasks: Sequence[KnownItem]) -> tuple[Places, list[float]]:
    """How well each search is answered, and the milliseconds that questions take."""
    found: dict[str, list[float]] = {}
    spent: list[float] = []
    for kind in KINDS:
        answered = list(ranks(tasks, kind, onrecord(engine)))
        found[kind] = [1 / place if place else 0.0 for _, place, _ in answered]
        spent += [time for *_, time in answered] if kind == "nl" else []
    return found, spent


def figures(places: Places) -> str:
    each = (places[kind] or [0.0] for kind in KINDS)
    return "".join(f"{statistics.fmean(found):8.3f}{statistics.fmean(place > 0 for place in found):7.3f}"
                   for found in each)


def searches(index: Path, tasks: Sequence[KnownItem]) -> None:
    """What meaning brings, and what a question takes more: of three times the shortest."""
    engine = open_engine(index)
    meaning = engine.meaning
    print(f"{'MRR@10, S@10':16}" + "".join(f"{kind:>15}" for kind in KINDS))
    times = []
    for name, each in (("by words", None), ("with meaning", meaning)):
        engine.meaning = each
        (found, first), *again = (places(engine, tasks) for _ in range(3))
        times.append([min(spent) for spent in zip(first, *(others for _, others in again))])
        print(f"{name:16}{figures(found)}")
    more = sorted(late - early for early, late in zip(*times))
    print(f"a question takes {statistics.median(more):.1f} ms more, 95% of them at most {_most(more):.1f} ms "
          f"(by words {statistics.median(times[0]):.1f} ms, 95% at most {_most(sorted(times[0])):.1f} ms)")


def _most(spent: Sequence[float]) -> float:
    return spent[int(0.95 * len(spent))]


def cost(index: Path) -> None:
    """What it takes to open, of memory, and how much there is."""
    folder = build_folder(index, current_build(index))
    before, started = resident(), time.perf_counter()
    meaning = open_meaning(index, folder)
    lazy = time.perf_counter() - started
    assert meaning, f"{index} was built without an encoder"
    meaning.warm()
    opened = time.perf_counter() - started
    _ask(meaning)
    first = time.perf_counter() - started
    print(f"opening takes {lazy * 1000:.1f} ms more; the first question {first * 1000:.0f} ms, of which the encoder "
          f"and the tables {opened * 1000:.0f} ms")
    private, shared = (after - each for after, each in zip(resident(), before))
    print(f"memory {private / 1e6:.0f} MB more, and {shared / 1e6:.0f} MB of files that all processes share")
    files = [*(index / "vectors").rglob("*"), *folder.glob("meaning*")]
    size = sum(path.stat().st_size for path in files if path.is_file())
    table = read_table(folder)
    assert table
    rows = ", ".join(f"{part.length:,} {name}" for name, part in table.parts.items())
    print(f"vectors and tables {size / 1e6:.1f} MB: vectors of {rows}")


def _ask(meaning: ArchiveMeaning) -> None:
    if likeness := meaning.likeness("what it takes to open an archive", "stories"):
        likeness.nearest(10)


def resident() -> tuple[int, int]:
    """The memory of this process in bytes: its own, and that of files which are mapped."""
    _, all, shared, *_ = map(int, Path("/proc/self/statm").read_text().split())
    page = os.sysconf("SC_PAGE_SIZE")
    return (all - shared) * page, shared * page


def updates(index: Path, archive: Path) -> None:
    """A sample is built with the encoder of the index, then ten articles change."""
    table = read_table(build_folder(index, current_build(index)))
    assert table
    with tempfile.TemporaryDirectory() as folder:
        data, new = grown(archive, Path(folder) / "data", SAMPLE), Path(folder) / "index"
        (new / "models").mkdir(parents=True)
        (new / "models" / table.encoder).symlink_to((index / "models" / table.encoder).resolve())
        for changed in (0, 10):
            change(data, changed)
            started = time.process_time()
            report = build(data, new, jobs=1, encoder=new / "models" / table.encoder)
            print(f"{report.articles} articles, {report.read} of them read: {report.encoded} vectors encoded, in "
                  f"{time.process_time() - started:.1f} processor seconds without those of the processes that read")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", nargs="?", default="index", type=Path)
    parser.add_argument("--queries", required=True, type=Path)
    parser.add_argument("--archive", type=Path)
    options = parser.parse_args()
    tasks = [json.loads(line) for line in options.queries.read_text("utf-8").splitlines() if line.strip()]
    cost(options.index)
    searches(options.index, tasks)
    if options.archive:
        updates(options.index, options.archive)


if __name__ == "__main__":
    with unlimited():
        main()
