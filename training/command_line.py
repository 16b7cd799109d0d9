"""The command line that every training script has: cross-validation, and writing what was learned."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from benchmarks.scoring import Score
from indexer.models import Article
from training.annotations import Annotation, resolve_pairs
from training.manifest import write_weights

Articles = Sequence[tuple[Annotation, Article]]
Model = TypeVar("Model")


def cross_validated(
    articles: Articles, folds: int, learn: Callable[[Articles], Model], evaluate: Callable[[Model, Articles], Score]
) -> Score:
    """The score of all articles, each by a model that learned from the other parts only."""
    total = Score()
    for fold in range(folds):
        rest = [each for number, each in enumerate(articles) if number % folds != fold]
        part = evaluate(learn(rest), articles[fold::folds])
        for name in ("quotations", "people", "speakers"):
            getattr(total, name).update(getattr(part, name))
        total.errors += part.errors
    return total


def files_of(pairs: Sequence[str]) -> list[str]:
    """The FILE of each FILE:ARCHIVE."""
    return [pair.rpartition(":")[0] for pair in pairs]


def run(
    file: str, learn: Callable[[Articles], Model], evaluate: Callable[[Model, Articles], Score],
    as_text: Callable[[Model], str], description: str | None, always: Sequence[str] = (),
) -> None:
    """Do what was typed. file: the weights file, and always: what is learned from whatever is typed, seen from the root
    of the repository."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", metavar="FILE:ARCHIVE")
    parser.add_argument("--folds", type=int, default=0, metavar="N")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = resolve_pairs(options.pairs)
    print("\n".join(found.lines()), file=sys.stderr)
    if not found.articles:
        parser.error("there is nothing to learn from")
    if options.folds:
        print(json.dumps(cross_validated(found.articles, options.folds, learn, evaluate).figures(), indent=1))
    if options.write:
        write_weights(file, as_text(learn(found.articles)), [*files_of(options.pairs), *always])
