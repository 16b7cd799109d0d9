"""Choose what meaning and dates are worth beside words, and write the weights: indexer/search/fusion.json.

    python -m training.train_fusion INDEX --queries FILE [--write]

INDEX was built with an encoder (onrecord model), FILE is as for benchmarks.ranking. Every search is made as anybody
makes it; what meaning has a say in are its candidates. Of the weights on a grid those are chosen with which searches
are answered best: by the mean of 1 / rank among the first ten (MRR@10) and how often the right story is among them
(S@10), every kind of search counting the same. Prints both for the weights that ship, for those chosen on all stories,
and for weights that were not chosen on them: the stories are halved in several ways, and each half is searched with
what the other one chose. --write writes those chosen on all.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from benchmarks.ranking import FIRST, KINDS, KnownItem, onrecord, rank
from indexer.engines import open_engine
from indexer.search.engine import Engine
from indexer.search.fusion import Weights, weights
from indexer.search.meaning_search import Candidate, MeaningSearch
from indexer.search.searcher import RankedDocument
from indexer.search.time_limit import unlimited
from training.manifest import FUSION, write_weights

LEARNED = tuple(field.name for field in fields(Weights))
NAMES = ("words", *LEARNED)
GRID = tuple(Weights(passage, dated) for passage in (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5)
             for dated in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5))
SPLITS = 20                       # ways to halve the stories
SEED = 1

Array: TypeAlias = np.ndarray[Any, Any]
Ranks: TypeAlias = "Sequence[tuple[Search, int | None]]"
Asked: TypeAlias = tuple[MeaningSearch[Any], Sequence[Candidate]]


@dataclass(frozen=True, slots=True)
class Search:
    """One search. place: that of the right story among those with all the words, which are so many; else right is the
    number of the candidate that is right, None if none is. evidence: a row of NAMES for each candidate; groups: equal
    for near-duplicates, of which the best alone is shown."""

    story: str
    kind: str
    place: int | None
    complete: int
    evidence: Array
    groups: Sequence[object]
    right: int | None

    def rank(self, worth: Weights) -> int | None:
        """The place of the right story, counted from 1; None if it is not among the first."""
        if self.place or self.right is None:
            return self.place
        order = np.argsort(-scores(self.evidence, worth), kind="stable").tolist()
        before = {self.groups[at] for at in order[:order.index(self.right)]} - {self.groups[self.right]}
        place = self.complete + len(before) + 1
        return place if place <= FIRST else None


def scores(evidence: Array, worth: Weights) -> Array:
    """As Weights.score, of many."""
    words, passage, dated = evidence.T
    found: Array = words + worth.passage * np.maximum(0.0, passage) + worth.dated * dated
    return found


def searches(engine: Engine, tasks: Sequence[KnownItem]) -> Iterator[Search]:
    """Every search of every story."""
    search = onrecord(engine)
    for kind in KINDS:
        for item in tasks:
            if item.get(kind):
                with watched() as asked:
                    found = search(item, kind)
                yield _search(item, kind, found, asked)


@contextmanager
def watched() -> Iterator[list[Asked]]:
    """What meaning is asked meanwhile."""
    asked: list[Asked] = []
    candidates: Callable[..., list[Candidate]] = MeaningSearch.candidates

    def recorded(search: MeaningSearch[Any], by_words: Sequence[RankedDocument], possible: float) -> list[Candidate]:
        found = candidates(search, by_words, possible)
        asked.append((search, found))
        return found

    setattr(MeaningSearch, "candidates", recorded)
    try:
        yield asked
    finally:
        setattr(MeaningSearch, "candidates", candidates)


def _search(item: KnownItem, kind: str, found: Sequence[Mapping[str, Any]], asked: Sequence[Asked]) -> Search:
    if not asked:
        return Search(item["id"], kind, rank(item, kind, found), 0, np.zeros((0, len(NAMES))), (), None)
    (search, candidates), = asked
    documents = [each.document for each in candidates]
    contents = list(search.searcher.documents(documents))
    ids = {each["id"] for each in contents}
    complete = next((at for at, each in enumerate(found) if each["id"] in ids), len(found))
    right = [at for at, each in enumerate(contents) if rank(item, kind, [each])]
    evidence = [[getattr(each.evidence, name) for name in NAMES] for each in candidates]
    groups = [number if each.group is None else each.group for number, each in enumerate(documents)]
    return Search(item["id"], kind, rank(item, kind, found[:complete]), complete,
                  np.array(evidence).reshape(-1, len(NAMES)), groups, right[0] if right else None)


def quality(ranks: Ranks) -> dict[str, tuple[float, float]]:
    """MRR@10 and S@10 of each kind of search."""
    found = {}
    for kind in KINDS:
        places = [place for each, place in ranks if each.kind == kind]
        found[kind] = (statistics.fmean([1 / place if place else 0.0 for place in places] or [0.0]),
                       statistics.fmean([place is not None for place in places] or [0.0]))
    return found


def chosen(by_weights: Mapping[Weights, Ranks], stories: Collection[str]) -> Weights:
    """The weights that do best on these stories; of equals the first of the grid."""
    def worth(each: Weights) -> float:
        among = [(search, place) for search, place in by_weights[each] if search.story in stories]
        return round(sum(map(sum, quality(among).values())), 9)

    return max(by_weights, key=worth)


def halves(by_weights: Mapping[Weights, Ranks]) -> Ranks:
    """Every search in every split, with weights that its half did not choose."""
    stories = sorted({each.story for ranks in by_weights.values() for each, _ in ranks})
    chance, found = random.Random(SEED), []
    for _ in range(SPLITS):
        one = set(chance.sample(stories, len(stories) // 2))
        for half in (one, set(stories) - one):
            worth = chosen(by_weights, set(stories) - half)
            found += [(each, place) for each, place in by_weights[worth] if each.story in half]
    return found


def figures(ranks: Ranks) -> str:
    return "".join(f"{mean:8.3f}{first:7.3f}" for mean, first in quality(ranks).values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--queries", required=True, type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    tasks = [json.loads(line) for line in options.queries.read_text("utf-8").splitlines() if line.strip()]
    found = list(searches(open_engine(options.index), tasks))
    by_weights = {worth: [(each, each.rank(worth)) for each in found] for worth in GRID}
    best = chosen(by_weights, {each.story for each in found})
    print(f"{'MRR@10, S@10':24}" + "".join(f"{kind:>15}" for kind in KINDS))
    for name, worth in (("that ship", weights()), ("chosen on all", best)):
        print(f"{name:24}{figures([(each, each.rank(worth)) for each in found])}   {asdict(worth)}")
    print(f"{'chosen on the others':24}{figures(halves(by_weights))}")
    if options.write:
        write_weights(FUSION, json.dumps(asdict(best)) + "\n", [], outside=[options.queries],
                      seed=f"{SEED}: it halves the stories for the scores; the weights do not depend on it")


if __name__ == "__main__":
    with unlimited():
        main()
