"""The learned model of names: how likely a candidate is a person's name, by the weights of the evidence.

people_weights.json beside this module is made from annotated articles by training/train_people.py: two logistic
models over the words of evidence that name_evidence gives ("given=4", "before=the").
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import fsum

from indexer.people.name_candidates import NameCandidate
from indexer.people.name_context import ArticleContext
from indexer.people.name_evidence import full_evidence

Weights = Mapping[str, float]       # evidence → weight, and "bias"

# With these a name is believed even if its words are in no table, neither of names nor of words: "Jaani Korpela (@".
_TELLING = frozenset(("signature", "before role", "before relative", "after role", "age", "credit by", "credit slash",
                      "beside person", "role", "comma relative", "quoted before"))
_AGAINST = frozenset(
    [f"{table} {place}" for table in ("place", "organisation", "nationality", "calendar", "thing", "rank")
     for place in ("first", "last", "inside")]
    + ["always the", "before=the", "before=a", "before=in", "in quotes", "shouted", "all shouted", "digit", "things",
       "characters", "thing or surname last", "beside thing"])
_AGAINST_SINGLE = frozenset({"small elsewhere", "always the", "in quotes", "shouted", "thing", "firm", "before=in"})
_ENOUGH = 0.5
_NEVER = -20.0
# A character, if the article speaks of films or series at all.
_PLAYED = frozenset(("as played", "player behind"))
# What a person does and a brand does not.
_ACTS = frozenset(("after verb", "before role", "before relative", "last alone acts", "honorific", "role", "age"))


@dataclass(frozen=True, slots=True)
class NameModel:
    """Weights for names of two words or more (full), and for those of one (single)."""

    full: Weights
    single: Weights


@cache
def load_model() -> NameModel:
    """The model that is installed with this package; the file is read once."""
    text = files("indexer.people").joinpath("people_weights.json").read_text("utf-8")
    return NameModel(**json.loads(text))


def log_odds(weights: Weights, evidence: Iterable[str]) -> float:
    """How likely a candidate is a person's name: above 0 more likely than not. Exact, since sets have no order."""
    return fsum([weights["bias"], *filter(None, map(weights.get, evidence))])


@dataclass(frozen=True, slots=True)
class NameScorer:
    """Scores the candidates of one article by a model."""

    context: ArticleContext
    model: NameModel

    def full(self, mentions: Sequence[NameCandidate]) -> float:
        """The log-odds of a name of two words or more; whatever the tables decide is decided."""
        evidence = full_evidence(mentions, self.context)
        characters = ("characters" in evidence and self.context.fiction
                      or evidence & _PLAYED and self.context.hints_at_fiction)
        if "firm" in evidence or characters or "brands" in evidence and not evidence & _ACTS:
            return _NEVER
        odds = log_odds(self.model.full, evidence)
        if "words=0" in evidence and evidence & _TELLING and not evidence & _AGAINST:
            return max(odds, _ENOUGH)
        return odds

    def single(self, evidence: Set[str]) -> float:
        """The log-odds of a name of one word, by its evidence. Whoever is called a rapper and speaks is a person,
        however strange the name."""
        odds = log_odds(self.model.single, evidence)
        if "unknown" in evidence and {"before role", "after verb"} <= evidence and not evidence & _AGAINST_SINGLE:
            return max(odds, _ENOUGH)
        return odds
