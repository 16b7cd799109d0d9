"""Score known-item searches with and without meaning, and choose what a likeness is worth.

    python -m benchmarks.meaning INDEX --queries FILE [--values 0.5,1,1.5,2]

INDEX was built with an encoder (onrecord model), FILE is as for benchmarks.ranking. Prints for each kind of search the
mean of 1 / rank among the first ten (MRR@10) and how often the right one is among them (S@10), by words alone, with
meaning as it ships, and for other values of fusion.LIKENESS. Then how well a value that was chosen on some of the
stories does on the others: in turn on each fifth, and on the half that the choice never saw. Also what meaning costs:
milliseconds more for a question, to open, and bytes.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.ranking import KINDS, KnownItem, onrecord, ranks
from indexer.engines import open_engine
from indexer.index_folder import build_folder, current_build
from indexer.meaning import open_meaning
from indexer.search import fusion
from indexer.search.engine import Engine
from indexer.search.time_limit import unlimited

VALUES = "0.5,0.75,1,1.25,1.5,2,2.5,3"
FOLDS = 5
SEED = 1

Places = Mapping[str, Mapping[str, float]]     # kind of search → story → 1 / rank, 0 if it is not among the first ten


def places(engine: Engine, tasks: Sequence[KnownItem]) -> tuple[Places, list[float]]:
    """How well each search is answered, and the milliseconds that questions take."""
    found: dict[str, dict[str, float]] = {}
    spent: list[float] = []
    for kind in KINDS:
        answered = list(ranks(tasks, kind, onrecord(engine)))
        found[kind] = {task["id"]: 1 / place if place else 0.0 for task, place, _ in answered}
        spent += [time for *_, time in answered] if kind == "nl" else []
    return found, spent


def figures(places: Places, stories: Iterable[str] | None = None) -> str:
    chosen = None if stories is None else set(stories)
    parts = []
    for kind in KINDS:
        each = [place for story, place in places[kind].items() if chosen is None or story in chosen] or [0.0]
        parts.append(f"{statistics.fmean(each):8.3f}{statistics.fmean(place > 0 for place in each):7.3f}")
    return "".join(parts)


def worth(places: Places, stories: Iterable[str]) -> float:
    """What a value is chosen by: every kind of search counts the same."""
    chosen = set(stories)
    means = (statistics.fmean([place for story, place in found.items() if story in chosen] or [0])
             for found in places.values())
    return sum(means)


def chosen(by_value: Mapping[float, Places], stories: Sequence[str]) -> float:
    """The value that does best on these stories; of equals the least."""
    return max(by_value, key=lambda value: (round(worth(by_value[value], stories), 9), -value))


def cross_validated(by_value: Mapping[float, Places], stories: Sequence[str]) -> Places:
    """The places of every story, with the value that the other folds chose."""
    found: dict[str, dict[str, float]] = {kind: {} for kind in KINDS}
    for fold in range(FOLDS):
        held = set(stories[fold::FOLDS])
        value = chosen(by_value, [story for story in stories if story not in held])
        for kind in KINDS:
            found[kind] |= {story: place for story, place in by_value[value][kind].items() if story in held}
    return found


def cost(index: Path) -> str:
    """What it takes to open, and how much there is."""
    folder = build_folder(index, current_build(index))
    started = time.perf_counter()
    meaning = open_meaning(index, folder)
    lazy = time.perf_counter() - started
    assert meaning, f"{index} was built without an encoder"
    meaning.likeness("what it takes to open", "stories")
    opened = time.perf_counter() - started
    files = [*(index / "vectors").rglob("*"), *folder.glob("meaning*")]
    size = sum(path.stat().st_size for path in files if path.is_file())
    return (f"opening {lazy * 1000:.1f} ms, with the first question {opened * 1000:.0f} ms; "
            f"vectors {size / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", nargs="?", default="index", type=Path)
    parser.add_argument("--queries", required=True, type=Path)
    parser.add_argument("--values", default=VALUES)
    options = parser.parse_args()
    tasks = [json.loads(line) for line in options.queries.read_text("utf-8").splitlines() if line.strip()]
    stories = random.Random(SEED).sample([task["id"] for task in tasks], len(tasks))
    print(cost(options.index))
    engine = open_engine(options.index)
    meaning, engine.meaning = engine.meaning, None
    print(f"{'MRR@10, S@10':24}" + "".join(f"{kind:>15}" for kind in KINDS))
    by_words, before = places(engine, tasks)
    print(f"{'by words':24}{figures(by_words)}")
    engine.meaning = meaning
    with_meaning, after = places(engine, tasks)
    print(f"{f'with meaning, {fusion.LIKENESS:g}':24}{figures(with_meaning)}")
    more = sorted(late - early for early, late in zip(before, after))
    print(f"a question takes {statistics.median(more):.1f} ms more, 95% of them at most "
          f"{more[int(0.95 * len(more))]:.1f} ms")
    by_value = {}
    for value in map(float, options.values.split(",")):
        fusion.LIKENESS = value
        by_value[value], _ = places(engine, tasks)
        print(f"{f'with meaning, {value:g}':24}{figures(by_value[value])}")
    print(f"{'cross-validated':24}{figures(cross_validated(by_value, stories))}")
    half = len(stories) // 2
    value = chosen(by_value, stories[:half])
    print(f"{f'held-out half, {value:g}':24}{figures(by_value[value], stories[half:])}")
    print(f"{'the same, by words':24}{figures(by_words, stories[half:])}")


if __name__ == "__main__":
    with unlimited():
        main()
