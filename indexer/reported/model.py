"""The learned model of reported speech: weights of named features.

reported.json beside this module is made by training/train_reported.py. It holds linear models (feature → weight):
extent, by which the stretches that a frame may report compete; words, which tells whether the best of them is reported
speech; and two small ones for how sure that and its speaker are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import Any

from indexer.attribution import Weights, probability

PRONOUN = "pronoun"                     # the method whose share is counted, since no text says whom a pronoun means
_LEAST, _MOST = 0.01, 0.99              # nothing is impossible, nothing is beyond doubt


@dataclass(frozen=True, slots=True)
class ReportedModel:
    """All that is learned of reported speech. threshold: the log-odds from which words count as reported speech; sure:
    how probable it is that they are; speaker: how probable that the speaker is right; pronouns: the share of pronouns
    that are resolved rightly."""

    extent: Weights
    words: Weights
    threshold: float = 0.0
    sure: Weights = field(default_factory=dict)
    speaker: Weights = field(default_factory=dict)
    pronouns: float = 1.0

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> ReportedModel:
        """The model that a weights file holds, once it is parsed."""
        return cls(**{each.name: content[each.name] for each in fields(cls)})

    def certainty(self, clause: Mapping[str, float], speaker: Mapping[str, float]) -> float:
        """The probability that words are reported speech and that their speaker is right, in hundredths, by the
        features of both."""
        right = self.pronouns if PRONOUN in speaker else probability(self.speaker, speaker)
        return round(min(max(probability(self.sure, clause) * right, _LEAST), _MOST), 2)


@cache
def load_reported_model() -> ReportedModel:
    """The model that is installed with this package; the file is read once."""
    text = files("indexer.reported").joinpath("reported.json").read_text("utf-8")
    return ReportedModel.from_json(json.loads(text))
