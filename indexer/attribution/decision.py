"""The decision: for each candidate quotation of an article, whether it is one, and who said it.

The text around a stretch between marks, or a block quotation, gives candidates for its speaker (speaker_candidates),
each with named features; the model weighs them (model), and the speaker whose candidates collect the highest odds is
chosen, or nobody. What the winner looks like then helps to tell speech from titles and labels (classifier), and says
how sure the speaker is (certainty).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.attribution import model as scoring
from indexer.attribution.certainty import Decision, certainty_features, load_certainty
from indexer.attribution.classifier import quotation_features
from indexer.attribution.coreference import Coreference
from indexer.attribution.cues import Cue
from indexer.attribution.marked_context import MarkedContext
from indexer.attribution.modality import stance_of
from indexer.attribution.model import AttributionModel, load_model
from indexer.attribution.parsed_article import Paragraph, ParsedArticle
from indexer.attribution.speaker_candidates import SpeakerCandidate, speaker_candidates
from indexer.attribution.stance import unsaid_of
from indexer.attribution.turns import asking_before, awaiting
from indexer.language import lexicon
from indexer.models import Article, Person, Quotation, QuotationKind

FRAGMENT_WORDS = 5  # an attributed quotation of fewer words is a fragment
_SAYING = lexicon.LISTENER_VERBS | lexicon.all_forms("say put")     # verbs that do no more than say it
_MOST_PARAGRAPHS = 8  # of one quotation that are looked through for who says it


@dataclass(frozen=True, slots=True)
class Attributed:
    """The quotations of an article with their speakers, in the order of the text, the article as it was parsed to find
    them, and who means whom in it."""

    parsed: ParsedArticle
    coreference: Coreference
    quotations: tuple[Quotation, ...]


def attribute(
    article: Article, people: Sequence[Person], model: AttributionModel | None = None
) -> tuple[Quotation, ...]:
    """The quotations of an article with their speakers, in the order of the text; people are those that the article
    names. Without a model the one that is installed decides."""
    return attributed(article, people, model).quotations


def attributed(article: Article, people: Sequence[Person], model: AttributionModel | None = None) -> Attributed:
    """The same with what was learned of the article on the way."""
    parsed = ParsedArticle(article, people)
    coreference = Coreference(parsed, model or load_model())
    found = ((quotation_of(article.text, each), each) for each in decisions_in(parsed, coreference))
    return Attributed(parsed, coreference, tuple(
        replace(quotation, certainty=load_certainty().certainty(certainty_features(quotation, decision)))
        for quotation, decision in found))


def decisions(article: Article, people: Sequence[Person], model: AttributionModel) -> Iterator[Decision]:
    """What was decided of each stretch and block that is a quotation."""
    parsed = ParsedArticle(article, people)
    return decisions_in(parsed, Coreference(parsed, model))


def decisions_in(parsed: ParsedArticle, coreference: Coreference) -> Iterator[Decision]:
    """The same of an article that is parsed already."""
    context, model = MarkedContext(parsed), coreference.model
    for number, quoted in enumerate(parsed.quotation_candidates):
        offered = _without_quoter(speaker_candidates(parsed, coreference, quoted))
        if not quoted.block:
            offered = _as_introduced(parsed.paragraph(quoted.paragraph), offered)
        candidates = _without_asker(parsed, coreference, number, offered)
        best, share = choose(candidates, model)
        if quoted.continues and not best.is_reported:
            best, share = _at_the_end(parsed, coreference, number, model) or (best, share)
        speech = None if quoted.block else scoring.log_odds(
            model.quotation, quotation_features(context, quoted, best, share))
        if speech is None or speech > 0 or len(candidates) < len(offered):      # an answer is speech, however short
            best = _evident(candidates, best)
            unsaid = unsaid_of(parsed, coreference, quoted, best)
            yield Decision(quoted, best, share, speech, unsaid)
            if unsaid is None:
                coreference.remember(quoted, best.speaker)


def _without_asker(
    parsed: ParsedArticle, coreference: Coreference, number: int, candidates: list[SpeakerCandidate]
) -> list[SpeakerCandidate]:
    """The candidates, less the one who has just spoken where the word is somebody else's."""
    quoted, following = parsed.quotation_candidates[number], parsed.quotation_candidates[number + 1:number + 2]
    if quoted.paragraph < 0 or any(each.is_reported for each in candidates):
        return candidates
    answered = any(each.paragraph == quoted.paragraph and each.token == quoted.token + 1 for each in following)
    paragraph = parsed.paragraph(quoted.paragraph)
    asker = awaiting(coreference.spoken, quoted, paragraph, answered=answered)
    asking = asking_before(paragraph, quoted) if not asker else None
    if asking is not None:
        speaker = coreference.speaker(paragraph.sources[asking], quoted.paragraph)
        asker = speaker.key if speaker else ""
    left = [each for each in candidates if each.key != asker] if asker else candidates
    return left if any(each.speaker for each in left) else candidates


def _without_quoter(candidates: list[SpeakerCandidate]) -> list[SpeakerCandidate]:
    """The candidates, less the one who only quotes another: Roe quoted [her mother]: «Q»."""
    ties = [(each.key, tie) for each in candidates if each.ties for tie in each.ties.all]
    cited = {tie.cue for _, tie in ties if tie.relation == "cited" and tie.rank == 0}
    quoters = {key for key, tie in ties if tie.relation == "raising" and tie.cue in cited}
    return [each for each in candidates if each.key not in quoters] if quoters else candidates


def _as_introduced(paragraph: Paragraph, candidates: list[SpeakerCandidate]) -> list[SpeakerCandidate]:
    """The candidates; where a clause right before the words plainly says who spoke them, less the one who only passes
    them on ([Roe] says that Poe told her, «Q») and those whom no verb ties to them."""
    speak = {each.key for each in candidates if each.ties and each.ties.closest and each.ties.speaks_next
             and _plainly_says(paragraph, each.ties.closest.cue)}
    if not speak:
        return candidates
    others = {each.key for each in candidates if each.ties and each.ties.closest and not each.ties.passes_on}
    return [each for each in candidates if each.speaker is None or each.key in speak | others]


def _plainly_says(paragraph: Paragraph, cue: Cue) -> bool:
    """Whether a cue says no more than that somebody said something, and did."""
    return paragraph.tokens.lower[cue.first] in _SAYING and stance_of(paragraph, cue) == "said"


def _evident(candidates: Sequence[SpeakerCandidate], best: SpeakerCandidate) -> SpeakerCandidate:
    """The best candidate, or the one that names the same speaker in a clause that reports the words: whatever made the
    speaker likely, that clause is what a reader is shown."""
    if best.speaker is None or best.is_reported:
        return best
    return next((each for each in candidates if each.is_reported and each.key == best.key), best)


def _at_the_end(
    parsed: ParsedArticle, coreference: Coreference, number: int, model: AttributionModel
) -> tuple[SpeakerCandidate, float] | None:
    """Who is said to speak behind a later paragraph of a quotation that runs over several; None if nobody is."""
    for quoted in parsed.quotation_candidates[number + 1:number + 1 + _MOST_PARAGRAPHS]:
        if not quoted.continued:
            return None
        best, share = choose(speaker_candidates(parsed, coreference, replace(quoted, continued=False)), model)
        if best.is_reported:
            return best, share
    return None


def choose(candidates: Sequence[SpeakerCandidate], model: AttributionModel) -> tuple[SpeakerCandidate, float]:
    """The best candidate of the speaker who collects the highest odds, and the share of all odds that this is."""
    offers = [(candidate.key, candidate.features) for candidate in candidates]
    best, share = scoring.choose(model.speaker, offers)
    return candidates[best], share


def quotation_of(text: str, decision: Decision) -> Quotation:
    """The quotation that was decided on, before anything is known of its certainty."""
    quoted, best, unsaid = decision.quoted, decision.best, decision.unsaid
    words = len(quoted.span.of(text).split())
    kind: QuotationKind = "block" if quoted.block else "fragment" if words < FRAGMENT_WORDS else "direct"
    if unsaid is not None:
        whose = unsaid.whose
        return Quotation(quoted.span, kind, cue=unsaid.cue, source=whose.source if whose else None,
                         stance=unsaid.stance, stance_of=whose.name if whose else None)
    speaker = best.speaker
    if speaker is None:
        return Quotation(quoted.span, kind)
    return Quotation(
        quoted.span, kind, speaker=speaker.name, speaker_kind=speaker.kind, method=speaker.method, cue=best.cue,
        source=speaker.source,
    )
