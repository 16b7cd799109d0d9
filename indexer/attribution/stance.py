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
from indexer.attribution.parsed_article import Paragraph, ParsedArticle, QuotationCandidate
from indexer.attribution.speaker_candidates import SpeakerCandidate
from indexer.attribution.speakers import Speaker
from indexer.attribution.subjects import NO_SPEAKERS
from indexer.attribution.tokens import QUOTE, Tokens
from indexer.language import lexicon
from indexer.models import Span, Stance

_NEVER = frozenset({"never", "not", "hardly", "nowhere", "cannot"})
_LIMITING = frozenset({"only", "just", "merely", "simply", "always"})      # not only said: it was said
_NOBODY = frozenset({"nobody", "none", "neither", "no-one"})
_SUPPOSING = frozenset({"if", "unless", "whether"})
_MAY = frozenset({"might", "may", "should", "ought"})
_WOULD_HAVE = frozenset({"would", "could", "'d"})
_REFUSING = lexicon.all_forms("refuse decline hesitate fail neglect forget")
_DENYING = lexicon.all_forms("deny avoid")
_INSTEAD = frozenset({"without", "instead", "rather"})
_IMAGINING = lexicon.all_forms("imagine picture")
_CHAIN = lexicon.AUXILIARIES | lexicon.ADVERBS | frozenset(
    {"to", "not", "ever", "only", "just", "merely", "cannot", "ought", "so"})

_NAMING = lexicon.all_forms("call describe label brand dub term")       # they take what they name before the words
_LINKING = frozenset({",", ":", "-", "—", "–", "that", "as", "like", "the", "a", "an", "something", "anything"})
_LEADING = frozenset({",", ":", "that", "to"})      # what is before the words behind «told them», «told Roe»
_CLAUSE = 24        # tokens of a clause before its verb
_NAMED = 6          # tokens of what a naming verb names
_LISTENER = 8       # tokens of who is told
_REPORTED = 12      # tokens of a clause behind "that" before the words
_BOUNDS = frozenset({QUOTE, ";", ":", "—", "–", "(", ")"})
_NEAR_SUBJECT = 3   # tokens between «if» and the subject


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
    cue = _cue_of(parsed, quoted, best)
    if cue is None:
        return None
    paragraph = parsed.paragraph(quoted.paragraph)
    stance = stance_of(paragraph, cue)
    if stance == "said":
        return None
    span = paragraph.tokens.span(cue.first, cue.last)
    return Unsaid(stance, span, _subject(parsed, coreference, quoted.paragraph, cue))


# ---- which clause reports the words


def _cue_of(parsed: ParsedArticle, quoted: QuotationCandidate, best: SpeakerCandidate) -> Cue | None:
    """The cue that reports a quotation: its speaker's if that is behind it, else the last before it in its sentence
    that leads to it; None for blocks, and for words of several paragraphs."""
    if quoted.paragraph < 0 or quoted.block or quoted.continued or quoted.continues:
        return None
    paragraph = parsed.paragraph(quoted.paragraph)
    closest = best.ties.closest if best.ties else None
    if closest and closest.cue.first > quoted.token:
        return closest.cue if closest.is_adjacent and _reports_before(paragraph.tokens, closest.cue, quoted) else None
    last = next(reversed(paragraph.cues_between(quoted.token - _CLAUSE, quoted.token)), None)
    return last if last and _introduces(paragraph, last, quoted.token) else None


def _reports_before(tokens: Tokens, cue: Cue, quoted: QuotationCandidate) -> bool:
    """Whether a verb of speech ends the sentence that the quotation begins: not «"Q." Roe would not say who.»"""
    same = tokens.sentences[cue.first] == tokens.sentences[quoted.token]
    return same and tokens.lower[cue.last] in lexicon.SPEECH_VERBS | _NAMING


def _introduces(paragraph: Paragraph, cue: Cue, at: int) -> bool:
    """Whether nothing but what a verb of speech takes is between it and the quotation at a token."""
    tokens = paragraph.tokens
    verb, between = tokens.lower[cue.last], tokens.lower[cue.last + 1:at]
    if QUOTE in between or tokens.sentences[cue.first] != tokens.sentences[max(at - 1, 0)]:
        return False
    if verb in _NAMING:
        return len(between) <= _NAMED and not _BOUNDS & set(between[:-1])
    if verb not in lexicon.SPEECH_VERBS:
        return False
    said, told = _without_be(between), verb in lexicon.LISTENER_VERBS
    return all(word in _LINKING for word in said) or between[0] == "that" and len(between) <= _REPORTED or (
        told and between[-1] in _LEADING and len(between) <= _LISTENER)


def _without_be(between: Sequence[str]) -> Sequence[str]:
    """«What Roe should have said was, "Q"»."""
    return between[1:] if between[:1] in (["was"], ["is"]) else between


def _subject(parsed: ParsedArticle, coreference: Coreference, number: int, cue: Cue) -> Speaker | None:
    """Whose words a cue of a paragraph reports."""
    sources = (parsed.paragraph(number).sources[each] for each, relation in cue.subjects if relation not in NO_SPEAKERS)
    return next((speaker for source in sources if (speaker := coreference.speaker(source, number))), None)


# ---- what the clause says of them


def stance_of(paragraph: Paragraph, cue: Cue) -> Stance:
    """Whether a cue reports that words were said."""
    if cue.strength in ("noun", "according"):
        return "said"
    clause = _clause(paragraph.tokens, cue.first)
    chain = _chain(clause)
    before = clause[:len(clause) - len(chain)]
    return _by_auxiliaries(chain) or _by_governor(chain, before) or _by_clause(paragraph, cue, before) or "said"


def _clause(tokens: Tokens, position: int) -> list[str]:
    """The words before a verb, back to the beginning of its sentence or the last point that ends a clause."""
    first = position
    while first > max(position - _CLAUSE, 0) and tokens.sentences[first - 1] == tokens.sentences[position] \
            and tokens.words[first - 1] not in _BOUNDS:
        first -= 1
    return tokens.lower[first:position]


def _chain(clause: Sequence[str]) -> Sequence[str]:
    """The auxiliaries and adverbs right before a verb, and "to"."""
    first = len(clause)
    while first and (clause[first - 1] in _CHAIN or clause[first - 1].endswith("n't")):
        first -= 1
    return clause[first:]


def _by_auxiliaries(chain: Sequence[str]) -> Stance | None:
    """Did not say, never said; might say, should have said."""
    if _is_negated(chain):
        return "denied"
    if _MAY & set(chain) or (_WOULD_HAVE & set(chain) and "have" in chain):
        return "hypothetical"
    return None


def _is_negated(chain: Sequence[str]) -> bool:
    return any(
        (word in _NEVER or word.endswith("n't")) and not _LIMITING & set(chain[number + 1:number + 2])
        for number, word in enumerate(chain)
    )


def _by_governor(chain: Sequence[str], before: Sequence[str]) -> Stance | None:
    """Refused to say, as if to say; denied saying, without saying, stopped short of saying; imagine her saying. What is
    denied itself was said: did not hesitate to say; it goes without saying."""
    governor, above = before[-1:], _chain(before[:-1])
    if "to" in chain:
        if governor and governor[0] in _REFUSING:
            return None if _is_negated(above) else "denied"
        return "hypothetical" if before[-2:] == ["as", "if"] else None
    if governor and governor[0] in _DENYING | _INSTEAD:
        return None if _is_negated(above) or before[-2:-1] in (["goes"], ["went"]) else "denied"
    if before[-2:] in (["short", "of"], ["instead", "of"], ["rather", "than"]):
        return "denied"
    return "hypothetical" if _IMAGINING & set(before[-4:]) else None


def _by_clause(paragraph: Paragraph, cue: Cue, before: Sequence[str]) -> Stance | None:
    """Nobody said, no one said; if she says; denied that he said."""
    if before[-1:] and before[-1] in _NOBODY or before[-2:] == ["no", "one"]:
        return "denied"
    own = [paragraph.sources[number] for number, relation in cue.subjects if relation not in NO_SPEAKERS]
    first = max((each.first for each in own if each.first < cue.first), default=-1)
    lead = paragraph.tokens.lower[max(first - _NEAR_SUBJECT, 0):max(first, 0)]
    if _SUPPOSING & set(lead[-1:]) or lead[-2:-1] and lead[-2] in _SUPPOSING and lead[-1] in ("the", "a", "an"):
        return "hypothetical"
    return "denied" if _DENYING & set(lead) and cue.strength != "participle" else None
