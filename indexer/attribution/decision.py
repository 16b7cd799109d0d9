"""The decision: for each candidate quotation of an article, whether it is one, and who said it.

The text around a stretch between marks, or a block quotation, gives candidates for its speaker (speaker_candidates),
each with named features; the model weighs them (model), and the speaker whose candidates collect the highest odds is
chosen, or nobody. What the winner looks like then helps to tell speech from titles and labels (classifier).
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.attribution import model as scoring
from indexer.attribution.classifier import quotation_features
from indexer.attribution.coreference import Coreference
from indexer.attribution.marked_context import MarkedContext
from indexer.attribution.model import AttributionModel, load_model
from indexer.attribution.parsed_article import ParsedArticle, QuotationCandidate
from indexer.attribution.speaker_candidates import SpeakerCandidate, speaker_candidates
from indexer.models import Article, Person, Quotation, QuotationKind

FRAGMENT_WORDS = 5  # an attributed quotation of fewer words is a fragment


def attribute(
    article: Article, people: Sequence[Person], model: AttributionModel | None = None
) -> tuple[Quotation, ...]:
    """The quotations of an article with their speakers, in the order of the text; people are those that the article
    names. Without a model the one that is installed decides."""
    model = model or load_model()
    parsed = ParsedArticle(article, people)
    context = MarkedContext(parsed)
    coreference = Coreference(parsed, model)
    found: list[Quotation] = []
    for quoted in parsed.quotation_candidates:
        best, share = choose(speaker_candidates(parsed, coreference, quoted), model)
        if quoted.block or is_quotation(quotation_features(context, quoted, best, share), model):
            found.append(_quotation(article.text, quoted, best))
            coreference.remember(quoted, best.speaker)
    return tuple(found)


def choose(candidates: Sequence[SpeakerCandidate], model: AttributionModel) -> tuple[SpeakerCandidate, float]:
    """The best candidate of the speaker who collects the highest odds, and the share of all odds that this is."""
    offers = [(candidate.key, candidate.features) for candidate in candidates]
    best, share = scoring.choose(model.speaker, offers, model.network)
    return candidates[best], share


def is_quotation(features: Sequence[str], model: AttributionModel) -> bool:
    """Whether a marked stretch is somebody's words, not a title, a nickname, a label or a scare quote."""
    return scoring.log_odds(model.quotation, features) > 0


def _quotation(text: str, quoted: QuotationCandidate, best: SpeakerCandidate) -> Quotation:
    words = len(quoted.span.of(text).split())
    kind: QuotationKind = "block" if quoted.block else "fragment" if words < FRAGMENT_WORDS else "direct"
    speaker = best.speaker
    if speaker is None:
        return Quotation(quoted.span, kind)
    return Quotation(
        quoted.span, kind, speaker=speaker.name, speaker_kind=speaker.kind, method=speaker.method, cue=best.cue,
        source=speaker.source,
    )
