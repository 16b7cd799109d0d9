"""Learn what words, meaning and dates are worth together, and write the weights (search/fusion.py).

    python -m training.train_fusion INDEX --queries FILE [--without opening,story] [--write]

INDEX was built with an encoder (onrecord model), FILE is as for benchmarks.ranking. Every search is made as anybody
makes it; what meaning has a say in are its candidates. The weights are those with which the right one of them would
most likely be drawn, if each were drawn as its score says (a softmax over the candidates, as in ListNet, Cao et al.
2007), held back by a penalty on large ones. Prints how well searches are answered, MRR@10 and S@10, by the weights that
ship, by those learned from all, and by weights that were not learned from them: the stories are halved in several ways,
and each half is searched with what the other one teaches. --without leaves evidence out. --write writes those learned
from all.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from training.manifest import ROOT

FILE = "indexer/search/fusion.json"
LEARNED = tuple(field.name for field in fields(Weights))
NAMES = ("words", *LEARNED)
PENALTY = 0.02                    # on the squares of the weights, of evidence scaled to the same spread
SPLITS = 5                        # ways to halve the stories
SEED = 1

Array: TypeAlias = np.ndarray[Any, Any]
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
    meant = evidence[:, 1:-1] @ [worth.passage, worth.opening, worth.story]
    found: Array = evidence[:, 0] + np.maximum(0.0, meant) + worth.dated * evidence[:, -1]
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


def learned(examples: Sequence[Search], without: Sequence[str] = ()) -> Weights:
    """The weights that put the right candidates first."""
    columns = [at for at, name in enumerate(NAMES) if name not in without]
    lists = [(each.evidence[:, columns], each.right) for each in examples if each.right is not None]
    spread = np.concatenate([rows for rows, _ in lists]).std(axis=0) + 1e-9

    def loss(worth: Array) -> tuple[float, Array]:
        total, slope = 0.0, np.zeros(len(columns))
        for rows, right in lists:
            scaled = rows / spread
            scores = scaled @ worth
            drawn = np.exp(scores - scores.max())
            drawn /= drawn.sum()
            total -= float(np.log(drawn[right] + 1e-300))
            slope -= scaled[right] - drawn @ scaled
        return (total / len(lists) + PENALTY * float(worth @ worth), slope / len(lists) + 2 * PENALTY * worth)

    found = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B").x / spread
    worth = dict(zip((NAMES[at] for at in columns), (found / found[0]).tolist()))
    return Weights(**{name: round(worth.get(name, 0.0), 2) for name in LEARNED})


def figures(ranks: Sequence[tuple[Search, int | None]]) -> str:
    """MRR@10 and S@10 of each kind of search."""
    parts = []
    for kind in KINDS:
        places = [place for each, place in ranks if each.kind == kind]
        reciprocal = statistics.fmean([1 / place if place else 0.0 for place in places] or [0.0])
        first = statistics.fmean([place is not None for place in places] or [0.0])
        parts.append(f"{reciprocal:8.3f}{first:7.3f}")
    return "".join(parts)


def halves(found: Sequence[Search], without: Sequence[str]) -> list[tuple[Search, int | None]]:
    """Every search in every split, with weights that its half did not teach."""
    stories = sorted({each.story for each in found})
    chance, ranks = random.Random(SEED), []
    for _ in range(SPLITS):
        one = set(chance.sample(stories, len(stories) // 2))
        for half in (one, set(stories) - one):
            worth = learned([each for each in found if each.story not in half], without)
            ranks += [(each, each.rank(worth)) for each in found if each.story in half]
    return ranks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--queries", required=True, type=Path)
    parser.add_argument("--without", default="", type=lambda typed: tuple(filter(None, typed.split(","))))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    tasks = [json.loads(line) for line in options.queries.read_text("utf-8").splitlines() if line.strip()]
    found = list(searches(open_engine(options.index), tasks))
    everything = learned(found, options.without)
    print(f"{'MRR@10, S@10':24}" + "".join(f"{kind:>15}" for kind in KINDS))
    for name, worth in (("that ship", weights()), ("learned from all", everything)):
        print(f"{name:24}{figures([(each, each.rank(worth)) for each in found])}   {asdict(worth)}")
    print(f"{'learned from the others':24}{figures(halves(found, options.without))}")
    if options.write:
        (ROOT / FILE).write_text(json.dumps(asdict(everything)) + "\n", "utf-8")
        print(f"wrote {FILE}")


if __name__ == "__main__":
    with unlimited():
        main()
