"""Certainty: how probable it is that a quotation has the right speaker.

A logistic regression over what the decision was like: how clearly the speaker won, how clearly the words are speech, by
which method the speaker is known, what kind of speaker and of words they are. certainty.json beside this module is made
by training/train_certainty.py from annotated articles that the weights of attribution never saw, since on those that
they did see every decision looks better than it is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from indexer.attribution.model import Weights, probability
from indexer.attribution.parsed_article import QuotationCandidate
from indexer.attribution.speaker_candidates import SpeakerCandidate
from indexer.attribution.stance import Unsaid
from indexer.models import Level, Quotation

NEVER_SURE = "named without a cue"      # the feature of a speaker who is only named beside the words
_NAMED = ("name", "surname", "pronoun", "description")
_LEAST, _MOST = 0.01, 0.99              # nothing is impossible, nothing is beyond doubt
_MOST_ODDS = 6.0                        # log-odds beyond which more say nothing: 0.9975 of all odds
_MOST_SPEECH = 5.0


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of a stretch: the best candidate for its speaker, the share of all odds that this speaker
    collects (0 to 1), the log-odds that the stretch is speech at all (None: a block, which always is), and whose words
    it would be if nobody said them."""

    quoted: QuotationCandidate
    best: SpeakerCandidate
    share: float
    speech: float | None
    unsaid: Unsaid | None = None


@dataclass(frozen=True, slots=True)
class CertaintyModel:
    """The weights, the certainty from which a speaker is sure or likely, and what share of each level was right on
    articles that were not learned from."""

    weights: Weights
    sure: float
    likely: float
    right: Mapping[str, float]

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> CertaintyModel:
        return cls(content["weights"], content["sure"], content["likely"], content["right"])

    def certainty(self, features: Mapping[str, float]) -> float:
        """The probability that the speaker is right, in hundredths, so that what is shown is what decides the level."""
        most = self.sure - 0.01 if NEVER_SURE in features else _MOST
        return round(min(max(probability(self.weights, features), _LEAST), most), 2)

    def level(self, certainty: float) -> Level:
        """In a word how far to trust it."""
        return "sure" if certainty >= self.sure else "likely" if certainty >= self.likely else "unsure"


@cache
def load_certainty() -> CertaintyModel:
    """The model that is installed with this package; the file is read once."""
    text = files("indexer.attribution").joinpath("certainty.json").read_text("utf-8")
    return CertaintyModel.from_json(json.loads(text))


def level_of(certainty: float) -> Level:
    """The level of a certainty, by the installed model."""
    return load_certainty().level(certainty)


def measured_levels() -> Mapping[str, float]:
    """For each level what share of its speakers was right (0 to 1), measured on annotated articles that neither the
    weights of attribution nor the certainty that was measured had seen."""
    return load_certainty().right


def certainty_features(quotation: Quotation, decision: Decision) -> dict[str, float]:
    """What the certainty depends on: name of a feature → its value, 1 for what is simply true."""
    share = min(max(decision.share, 1e-9), 1 - 1e-9)
    odds = math.log(share / (1 - share))
    features = {
        "bias": 1.0,
        "odds": min(max(odds, -_MOST_ODDS), _MOST_ODDS),
        f"speaker {quotation.speaker_kind or 'none'}": 1.0,
        f"method {quotation.method}": 1.0,
        f"stretch {quotation.kind}": 1.0,
    }
    if decision.speech is not None:
        features["speech"] = min(decision.speech, _MOST_SPEECH)
    if quotation.method in _NAMED and quotation.cue is None:
        features[NEVER_SURE] = 1.0
    return features
