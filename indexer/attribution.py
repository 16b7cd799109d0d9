"""Quoted span + persons → cue, speaker, method: candidates, then a score.

For every stretch between marks, and every block quotation, the text around it gives candidates
(evidence.py). Each has a list of features, names of what is true of it; a feature has a weight; the
candidates that name one speaker add up, and the best of them, or nobody, is the speaker. The weights are
learned from annotated articles by benchmarks/train_attribution.py and stand in attribution.json.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from indexer.evidence import Candidate, candidates
from indexer.coreference import Coreference, Speaker
from indexer.models import Article, Person, Quotation, QuotationKind
from indexer.reading import Quoted, Reading
from indexer.scare import quotation_features

FRAGMENT_WORDS = 5          # an attributed quotation of fewer words is a fragment


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """The learned weights: {"speaker": {feature: weight}, "quotation": {feature: weight}}."""
    loaded: Mapping[str, Mapping[str, float]] = json.loads(files("indexer").joinpath("attribution.json").read_text("utf-8"))
    return loaded


def attribute(article: Article, people: Sequence[Person]) -> tuple[Quotation, ...]:
    """The quotations of an article with their speakers, in the order of the text."""
    reading = Reading(article, people)
    coreference = Coreference(reading)
    found: list[Quotation] = []
    for quoted in reading.quoted:
        best, share = choose(candidates(reading, coreference, quoted))
        if quoted.block or is_quotation(quotation_features(reading, quoted, best, share)):
            found.append(_quotation(article.text, quoted, best))
            coreference.spoke(quoted, best.speaker)
    return tuple(found)


def choose(offered: Sequence[Candidate]) -> tuple[Candidate, float]:
    """The candidate whose speaker collects most, and the share of all that it collects (0 to 1)."""
    table = weights()["speaker"]
    scores = [math.exp(sum(table.get(feature, 0.0) for feature in candidate.features)) for candidate in offered]
    collected: dict[str, float] = {}
    for candidate, score in zip(offered, scores, strict=True):
        collected[candidate.key] = collected.get(candidate.key, 0.0) + score
    key = max(collected, key=lambda each: collected[each])
    best = max((number for number, candidate in enumerate(offered) if candidate.key == key), key=lambda number: scores[number])
    return offered[best], collected[key] / sum(scores)


def is_quotation(features: Sequence[str]) -> bool:
    """Whether a marked stretch is somebody's words, not a title, a nickname, a label or a scare quote."""
    table = weights()["quotation"]
    return sum(table.get(feature, 0.0) for feature in features) > 0


def _quotation(text: str, quoted: Quoted, best: Candidate) -> Quotation:
    words = len(quoted.span.of(text).split())
    kind: QuotationKind = "block" if quoted.block else "fragment" if words < FRAGMENT_WORDS else "direct"
    speaker: Speaker | None = best.speaker
    if speaker is None:
        return Quotation(quoted.span, kind)
    return Quotation(quoted.span, kind, speaker.name, speaker.kind, speaker.method, best.cue, speaker.source)
