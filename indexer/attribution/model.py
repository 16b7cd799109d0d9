"""The learned model of attribution: weights of named features, and how candidates compete by them.

attribution.json beside this module is made from annotated articles by training/train_attribution.py. It holds three
linear models (feature → weight) and a small network. A feature is the name of something that is true of a candidate;
a feature without a weight counts nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Weights = Mapping[str, float]                   # feature → weight
Offers = Sequence[tuple[str, Sequence[str]]]    # for each candidate the key of its answer, and its features

SURE = 0.9              # the share of all odds from which the network is not asked about the linear model's choice
_HOPELESS = 0.005       # the share below which the network is not asked about a candidate


@dataclass(frozen=True, slots=True)
class Network:
    """A network of one hidden layer of rectified units. A row of rows has the direct weight of a feature, then what
    the feature adds to each unit; bias and out have one number for each unit."""

    bias: Sequence[float]
    out: Sequence[float]
    rows: Mapping[str, Sequence[float]]

    def score(self, features: Iterable[str]) -> float:
        """What the network makes of some features, in log-odds; 0 if it knows none of them."""
        rows = [self.rows[feature] for feature in set(features) if feature in self.rows]
        if not rows:
            return 0.0
        direct, *sums = (math.fsum(column) for column in zip(*rows, strict=True))
        units = zip(sums, self.bias, self.out, strict=True)
        return math.fsum((direct, *(out * max(total + bias, 0.0) for total, bias, out in units)))


@dataclass(frozen=True, slots=True)
class AttributionModel:
    """All that attribution has learned. speaker: who said a quotation; antecedent: whom a pronoun means; quotation:
    whether a marked stretch is speech at all; network: scores the speakers again if speaker leaves them in doubt."""

    speaker: Weights
    antecedent: Weights
    quotation: Weights
    network: Network | None = None

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> AttributionModel:
        """The model that a weights file holds, once it is parsed."""
        network = Network(**content["network"]) if "network" in content else None
        return cls(content["speaker"], content["antecedent"], content["quotation"], network)


@cache
def load_model() -> AttributionModel:
    """The model that is installed with this package; the file is read once."""
    text = files("indexer.attribution").joinpath("attribution.json").read_text("utf-8")
    return AttributionModel.from_json(json.loads(text))


@cache
def measured_accuracy() -> Mapping[str, Any]:
    """What the installed model reached on annotated articles that it never saw (accuracy.json): shares from 0 to 1 by
    measure, the number of "articles", and a "note" that says which articles those were."""
    found: Mapping[str, Any] = json.loads(files("indexer.attribution").joinpath("accuracy.json").read_text("utf-8"))
    return found


def log_odds(weights: Weights, features: Iterable[str]) -> float:
    """The sum of the weights of some features; exact, so that their order does not change the last bit."""
    return math.fsum(filter(None, map(weights.get, features)))


def choose(weights: Weights, offers: Offers, network: Network | None = None) -> tuple[int, float]:
    """The number of the best candidate, and the share of all odds that its answer collects (0 to 1).

    Candidates with the same key give the same answer: their odds add up. A network, if there is one, decides anew
    wherever the linear model is not sure. offers must not be empty.
    """
    scores = [log_odds(weights, features) for _, features in offers]
    best, share, odds = _compete(offers, scores)
    if network is None or share >= SURE:
        return best, share
    least = _HOPELESS * sum(odds)
    again = [network.score(features) if odd > least else -math.inf
             for (_, features), odd in zip(offers, odds, strict=True)]
    best, share, _ = _compete(offers, again)
    return best, share


def _compete(offers: Offers, scores: Sequence[float]) -> tuple[int, float, list[float]]:
    """The best candidate by its score, the share that its answer collects, and the odds of each candidate."""
    odds = [math.exp(min(score, 50.0)) for score in scores]
    collected: dict[str, float] = {}
    for (key, _), odd in zip(offers, odds, strict=True):
        collected[key] = collected.get(key, 0.0) + odd
    winner = max(collected, key=lambda each: collected[each])
    best = max((number for number, (key, _) in enumerate(offers) if key == winner), key=lambda number: odds[number])
    return best, collected[winner] / sum(odds), odds
