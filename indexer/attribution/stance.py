"""Stance: whether a clause reports that words were said, that they were not, or only supposes that they are.

Read from the words to the left of the verb that reports: «Roe never said "Q"», «Roe refused to say that Q», «Roe denied
telling them to "Q"», «If Roe says "Q"», «Roe should have said, "Q"», «Nobody said "Q"». The verb has to be tied to the
quotation: in «Roe, who had not been told of it, was "Q"» nothing is denied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.attribution.coreference import Coreference
from indexer.attribution.cues import Cue
from indexer.attribution.modality import stance_of
from indexer.attribution.parsed_article import Paragraph, ParsedArticle, QuotationCandidate
from indexer.attribution.speaker_candidates import SpeakerCandidate
from indexer.attribution.speakers import Speaker
from indexer.attribution.subjects import NO_SPEAKERS
from indexer.attribution.tokens import QUOTE, Tokens
from indexer.language import lexicon
from indexer.models import Span, Stance

_NAMING = lexicon.all_forms("call describe label brand dub term")       # they take what they name before the words
_LINKING = frozenset({",", ":", "-", "—", "–", "that", "as", "like", "the", "a", "an", "something", "anything"})
_LEADING = frozenset({",", ":", "that", "to"})      # what is before the words behind «told them», «told Roe»
_CLAUSE = 24        # tokens of a clause before its verb
_NAMED = 6          # tokens of what a naming verb names
_CALLED = 2         # of them before a colon: calls it: "Q"
_LISTENER = 8       # tokens of who is told
_UNLINKED = 6       # tokens of one without "that"
_REPORTED = 12      # tokens of a clause behind "that" before the words
_BOUNDS = frozenset({QUOTE, ";", ":", "—", "–", "(", ")"})
_BROKEN = lexicon.CONJUNCTIONS | _BOUNDS | {",", "that"}
_ENDING = frozenset({".", "!", "?"})
_SAYING = lexicon.all_forms("say claim insist")     # they need no "that": say the dam was "Q"
_SAVING = frozenset({"except", "but", "besides", "beyond", "than"})     # won't say anything except "Q"
_WRONGLY = frozenset("wrongly falsely mistakenly incorrectly erroneously".split())
_ATTRIBUTED = frozenset({"attributed", "credited", "ascribed"})


@dataclass(frozen=True, slots=True)
class Unsaid:
    """That nobody said some words, or that they are only supposed: where the cue is, and whose they would be."""

    stance: Stance
    cue: Span
    whose: Speaker | None


def unsaid_of(
    parsed: ParsedArticle, coreference: Coreference, quoted: QuotationCandidate, best: SpeakerCandidate
) -> Unsaid | None:
    """Whether an article reports that a quotation was not said; best is who said it otherwise. None if it was said."""
    wrongly = _misattributed(parsed, quoted)
    if wrongly is not None:
        return Unsaid("denied", wrongly, best.speaker or _named_behind(parsed, coreference, quoted.paragraph, wrongly))
    cue = _cue_of(parsed, quoted, best)
    if cue is None:
        return None
    paragraph = parsed.paragraph(quoted.paragraph)
    stance = stance_of(paragraph, cue)
    if stance == "said":
        return None
    span = paragraph.tokens.span(cue.first, cue.last)
    return Unsaid(stance, span, _subject(parsed, coreference, quoted.paragraph, cue))


def _misattributed(parsed: ParsedArticle, quoted: QuotationCandidate) -> Span | None:
    """Where an article says that a quotation is not the one's who is given as its speaker: "Q" is wrongly attributed to
    Roe. None if it does not."""
    if quoted.paragraph < 0 or quoted.block:
        return None
    tokens = parsed.paragraph(quoted.paragraph).tokens
    for at in range(quoted.token + 1, min(quoted.token + _REPORTED, len(tokens.words) - 1)):
        if tokens.words[at] == QUOTE or tokens.sentences[at] != tokens.sentences[quoted.token]:
            return None
        if tokens.lower[at] in _WRONGLY and tokens.lower[at + 1] in _ATTRIBUTED:
            return tokens.span(at, at + 1)
    return None


def _named_behind(
    parsed: ParsedArticle, coreference: Coreference, number: int, attributed: Span
) -> Speaker | None:
    """Whose the words of a paragraph were taken for: wrongly attributed to [Roe]."""
    paragraph = parsed.paragraph(number)
    first = paragraph.tokens.at(attributed.end) + 1      # behind "to"
    named = next((source for source in paragraph.sources if source.first == first), None)
    return coreference.speaker(named, number) if named else None


# ---- which clause reports the words


def _cue_of(parsed: ParsedArticle, quoted: QuotationCandidate, best: SpeakerCandidate) -> Cue | None:
    """The cue that reports a quotation: its speaker's if that is behind it, else the last before it in its sentence
    that leads to it; None for blocks, and for words of several paragraphs."""
    if quoted.paragraph < 0 or quoted.block or quoted.continued or quoted.continues:
        return None
    paragraph = parsed.paragraph(quoted.paragraph)
    closest = best.ties.closest if best.ties else None
    if closest and closest.cue.first > quoted.token and closest.is_adjacent and (
            _reports_before(paragraph.tokens, closest.cue, quoted)):
        return closest.cue
    last = next(reversed(paragraph.cues_between(quoted.token - _CLAUSE, quoted.token)), None)
    return last if last and _introduces(paragraph, last, quoted.token) else None


def _reports_before(tokens: Tokens, cue: Cue, quoted: QuotationCandidate) -> bool:
    """Whether a verb of speech ends the sentence that the quotation begins: not «"Q." Roe would not say who.»"""
    verb = tokens.lower[cue.last]
    same = tokens.sentences[cue.first] == tokens.sentences[quoted.token]
    return same and (verb in lexicon.SPEECH_VERBS or verb in _NAMING)


def _introduces(paragraph: Paragraph, cue: Cue, at: int) -> bool:
    """Whether nothing but what a verb of speech takes is between it and the quotation at a token."""
    tokens = paragraph.tokens
    verb, between = tokens.lower[cue.last], tokens.lower[cue.last + 1:at]
    if QUOTE in between or tokens.sentences[cue.first] != tokens.sentences[max(at - 1, 0)]:
        return False
    if not (_SAVING.isdisjoint(between) and _ENDING.isdisjoint(between)):
        return False
    if verb in _NAMING:
        longest = _CALLED if between[-1:] == [":"] else _NAMED
        return len(between) <= longest and not _BOUNDS & set(between[:-1])
    if verb not in lexicon.SPEECH_VERBS:
        return False
    said, told = _without_be(between), verb in lexicon.LISTENER_VERBS
    unlinked = verb in _SAYING and len(between) <= _UNLINKED and _BROKEN.isdisjoint(between)   # say the dam was «Q»
    return unlinked or all(word in _LINKING for word in said) or (
        between[0] == "that" and len(between) <= _REPORTED) or (
        told and between[-1] in _LEADING and "to" not in between[:-1] and len(between) <= _LISTENER)


def _without_be(between: Sequence[str]) -> Sequence[str]:
    """«What Roe should have said was, "Q"»."""
    return between[1:] if between[:1] in (["was"], ["is"]) else between


def _subject(parsed: ParsedArticle, coreference: Coreference, number: int, cue: Cue) -> Speaker | None:
    """Whose words a cue of a paragraph reports."""
    sources = (parsed.paragraph(number).sources[each] for each, relation in cue.subjects if relation not in NO_SPEAKERS)
    return next((speaker for source in sources if (speaker := coreference.speaker(source, number))), None)
