"""The learned weights of named features, and how candidates compete by them.

attribution.json beside this module holds what benchmarks/train_attribution.py learned from annotated articles: three
linear models, "speaker" (who said it), "antecedent" (whom a pronoun means) and "quotation" (whether marks hold speech
at all), and "network", a layer of a few hidden units that judges anew where the linear model is in doubt about the
speaker. A feature is a name of what is true; what is not there weighs nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Model = Literal["speaker", "antecedent", "quotation"]

SURE = 0.9              # the share of all weight from which the linear model's choice stands
_HOPELESS = 0.005       # the share below which a candidate is not judged anew


@cache
def weights() -> Mapping[str, Any]:
    """Model → feature → weight; of "network" what judge() reads."""
    loaded: Mapping[str, Any] = json.loads(files("indexer.attribution").joinpath("attribution.json").read_text("utf-8"))
    return loaded


def weight(model: Model, features: Iterable[str]) -> float:
    """What the features add up to."""
    table = weights().get(model, {})
    return math.fsum(filter(None, map(table.get, features)))      # exact, so that their order is of no account


def judge(network: Mapping[str, Any], features: Iterable[str]) -> float:
    """What a network of one hidden layer makes of some features. Its "rows" give each feature its direct weight and
    what it adds to each unit, its "bias" and "out" are of the units."""
    table = network["rows"]
    rows = [table[feature] for feature in set(features) if feature in table]
    if not rows:
        return 0.0
    direct, *sums = (math.fsum(column) for column in zip(*rows, strict=True))
    units = zip(sums, network["bias"], network["out"], strict=True)
    return math.fsum((direct, *(out * max(total + bias, 0.0) for total, bias, out in units)))


def choose(model: Model, offered: Sequence[tuple[str, Sequence[str]]]) -> tuple[int, float]:
    """The number of the best of some (key, features), and the share of all weight that its key collects (0 to 1).

    Those of one key stand for one answer: their weights, as odds, add up.
    """
    best, share, odds = _compete(offered, [weight(model, features) for _, features in offered])
    network = weights().get("network") if model == "speaker" and share < SURE else None
    if network is None:
        return best, share
    least = _HOPELESS * sum(odds)
    again = [judge(network, features) if odd > least else -math.inf
             for (_, features), odd in zip(offered, odds, strict=True)]
    best, share, _ = _compete(offered, again)
    return best, share


def _compete(offered: Sequence[tuple[str, Sequence[str]]], scores: Sequence[float]) -> tuple[int, float, list[float]]:
    """The best of some (key, features) by their scores, the share that its key collects, and the odds of each."""
    odds = [math.exp(min(score, 50.0)) for score in scores]
    collected: dict[str, float] = {}
    for (key, _), odd in zip(offered, odds, strict=True):
        collected[key] = collected.get(key, 0.0) + odd
    winner = max(collected, key=lambda each: collected[each])
    best = max((number for number, (key, _) in enumerate(offered) if key == winner), key=lambda number: odds[number])
    return best, collected[winner] / sum(odds), odds
