"""Learn what meaning and dates are worth beside words, and write the weights: indexer/search/fusion.json.

    python -m training.train_fusion INDEX --queries FILE … [--write]

INDEX was built with an encoder (onrecord model), each FILE is as for benchmarks.ranking. Every search is made as
anybody makes it; what meaning has a say in are its candidates. The weights are those under which the right candidates
are the likeliest to be preferred to all the others of their search (a conditional logit; McFadden, "Conditional Logit
Analysis of Qualitative Choice Behavior", 1974). Prints the mean of 1 / rank among the first ten (MRR@10) and how often
the right story is among them (S@10), for the weights that ship, for those learned from all stories, and for weights
that were not learned from them: the stories are halved in several ways, and each half is searched with what the other
one taught. --write writes those learned from all.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from scipy.optimize import minimize

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
PENALTY = 0.05                    # of the square of a weight, where the evidence varies by 1
LEAST_OF_WORDS = 0.1              # their weight at least, where they vary by 1: all others are said in its unit
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
    words, opening, passage, related, dated, several, close = evidence.T
    found: Array = (words + worth.opening * np.maximum(0.0, opening) + worth.passage * np.maximum(0.0, passage)
                    + worth.related * related + worth.dated * dated
                    + worth.several * np.maximum(0.0, several) + worth.close * close)
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
    place = rank(item, kind, found[:complete] if right else found)
    evidence = [[getattr(each.evidence, name) for name in NAMES] for each in candidates]
    groups = [number if each.group is None else each.group for number, each in enumerate(documents)]
    return Search(item["id"], kind, place, complete,
                  np.array(evidence).reshape(-1, len(NAMES)), groups, right[0] if right else None)


def quality(ranks: Ranks) -> dict[str, tuple[float, float]]:
    """MRR@10 and S@10 of each kind of search."""
    found = {}
    for kind in KINDS:
        places = [place for each, place in ranks if each.kind == kind]
        found[kind] = (statistics.fmean([1 / place if place else 0.0 for place in places] or [0.0]),
                       statistics.fmean([place is not None for place in places] or [0.0]))
    return found


def learned(searches: Iterable[Search]) -> Weights:
    """The weights that these searches teach, words being worth 1. None is below 0."""
    choices = [(np.maximum(0.0, each.evidence), each.right) for each in searches
               if each.place is None and each.right is not None]
    spread = np.concatenate([evidence for evidence, _ in choices]).std(axis=0) + 1e-9

    def cost(weights: Array) -> tuple[float, Array]:
        total, slope = PENALTY * float(weights @ weights), 2 * PENALTY * weights
        for evidence, right in choices:
            scaled = evidence / spread
            worth = scaled @ weights
            preferred = np.exp(worth - worth.max())
            preferred /= preferred.sum()
            total -= float(np.log(preferred[right] + 1e-300)) / len(choices)
            slope += (preferred @ scaled - scaled[right]) / len(choices)
        return total, slope

    bounds = [(LEAST_OF_WORDS, None), *[(0.0, None)] * len(LEARNED)]
    found = minimize(cost, np.full(len(NAMES), LEAST_OF_WORDS), jac=True, method="L-BFGS-B", bounds=bounds).x / spread
    return Weights(*(round(float(each), 2) for each in found[1:] / found[0]))


def halves(searches: Sequence[Search]) -> Ranks:
    """Every search in every split, with weights that its half did not teach."""
    stories = sorted({each.story for each in searches})
    chance, found = random.Random(SEED), []
    for _ in range(SPLITS):
        one = set(chance.sample(stories, len(stories) // 2))
        for half in (one, set(stories) - one):
            worth = learned(each for each in searches if each.story not in half)
            found += [(each, each.rank(worth)) for each in searches if each.story in half]
    return found


def figures(ranks: Ranks) -> str:
    return "".join(f"{mean:8.3f}{first:7.3f}" for mean, first in quality(ranks).values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--queries", required=True, nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    tasks = [json.loads(line) for file in options.queries for line in file.read_text("utf-8").splitlines()
             if line.strip()]
    found = list(searches(open_engine(options.index), tasks))
    best = learned(found)
    print(f"{'MRR@10, S@10':24}" + "".join(f"{kind:>15}" for kind in KINDS))
    for name, worth in (("that ship", weights()), ("learned from all", best)):
        print(f"{name:24}{figures([(each, each.rank(worth)) for each in found])}   {asdict(worth)}")
    print(f"{'learned from the others':24}{figures(halves(found))}")
    if options.write:
        write_weights(FUSION, json.dumps(asdict(best)) + "\n", [], outside=options.queries,
                      seed=f"{SEED}: it halves the stories for the scores; the weights do not depend on it")


if __name__ == "__main__":
    with unlimited():
        main()
