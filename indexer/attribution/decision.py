"""Quoted span + persons → cue, speaker, method: candidates, then a score.

For every stretch between marks, and every block quotation, the text around it gives candidates
(evidence.py). Each has a list of features, names of what is true of it; a feature has a weight (weights.py);
the candidates that name one speaker add up, and the best of them, or nobody, is the speaker.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.attribution import model as weights
from indexer.attribution.classifier import quotation_features
from indexer.attribution.coreference import Coreference
from indexer.attribution.parsed_article import Quoted, Reading
from indexer.attribution.speaker_candidates import Candidate, candidates
from indexer.attribution.speakers import Speaker
from indexer.models import Article, Person, Quotation, QuotationKind

FRAGMENT_WORDS = 5  # an attributed quotation of fewer words is a fragment


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
    best, share = weights.choose("speaker", [(candidate.key, candidate.features) for candidate in offered])
    return offered[best], share


def is_quotation(features: Sequence[str]) -> bool:
    """Whether a marked stretch is somebody's words, not a title, a nickname, a label or a scare quote."""
    return weights.weight("quotation", features) > 0


def _quotation(text: str, quoted: Quoted, best: Candidate) -> Quotation:
    words = len(quoted.span.of(text).split())
    kind: QuotationKind = "block" if quoted.block else "fragment" if words < FRAGMENT_WORDS else "direct"
    speaker: Speaker | None = best.speaker
    if speaker is None:
        return Quotation(quoted.span, kind)
    return Quotation(quoted.span, kind, speaker.name, speaker.kind, speaker.method, best.cue, speaker.source)
