"""The learned weights of named features, and how candidates compete by them.

attribution.json beside this module holds three linear models, learned from annotated articles by
benchmarks/train_attribution.py: "speaker" (who said it), "antecedent" (whom a pronoun means) and "quotation"
(whether marks hold speech at all). A feature is a name of what is true; what is not there weighs nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

Model = Literal["speaker", "antecedent", "quotation"]


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """Model → feature → weight."""
    loaded: Mapping[str, Mapping[str, float]] = json.loads(
        files("indexer").joinpath("attribution.json").read_text("utf-8")
    )
    return loaded


def weight(model: Model, features: Iterable[str]) -> float:
    """What the features add up to."""
    table = weights().get(model, {})
    return math.fsum(table.get(feature, 0.0) for feature in features)      # exact, so that their order is of no account


def choose(model: Model, offered: Sequence[tuple[str, Sequence[str]]]) -> tuple[int, float]:
    """The number of the best of some (key, features), and the share of all weight that its key collects (0 to 1).

    Those of one key stand for one answer: their weights, as odds, add up.
    """
    odds = [math.exp(min(weight(model, features), 50.0)) for _, features in offered]
    collected: dict[str, float] = {}
    for (key, _), odd in zip(offered, odds, strict=True):
        collected[key] = collected.get(key, 0.0) + odd
    winner = max(collected, key=lambda each: collected[each])
    best = max((number for number, (key, _) in enumerate(offered) if key == winner), key=lambda number: odds[number])
    return best, collected[winner] / sum(odds)
