"""The learned model of attribution: weights of named features, and how candidates compete by them.

attribution.json beside this module is made from annotated articles by training/train_attribution.py. It holds three
linear models (feature → weight). A feature is the name of something that is true of a candidate; a feature without a
weight counts nothing.
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
_MOST_ODDS = 50.0       # log-odds beyond which more are cut off: exp() must not overflow


@dataclass(frozen=True, slots=True)
class AttributionModel:
    """All that attribution has learned. speaker: who said a quotation; antecedent: whom a pronoun means; quotation:
    whether a marked stretch is speech at all."""

    speaker: Weights
    antecedent: Weights
    quotation: Weights

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> AttributionModel:
        """The model that a weights file holds, once it is parsed."""
        return cls(content["speaker"], content["antecedent"], content["quotation"])


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


def probability(weights: Weights, features: Mapping[str, float]) -> float:
    """How probable it is (0 to 1) by a logistic model; features: name → value."""
    odds = math.fsum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-min(max(odds, -_MOST_ODDS), _MOST_ODDS)))


def choose(weights: Weights, offers: Offers) -> tuple[int, float]:
    """The number of the best candidate, and the share of all odds that its answer collects (0 to 1).

    Candidates with the same key give the same answer: their odds add up. offers must not be empty.
    """
    odds = [math.exp(min(log_odds(weights, features), _MOST_ODDS)) for _, features in offers]
    collected: dict[str, float] = {}
    for (key, _), odd in zip(offers, odds, strict=True):
        collected[key] = collected.get(key, 0.0) + odd
    winner = max(collected, key=lambda each: collected[each])
    best = max((number for number, (key, _) in enumerate(offers) if key == winner), key=lambda number: odds[number])
    return best, collected[winner] / sum(odds)
