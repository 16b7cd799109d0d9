"""The decision: which clauses of an article are reported speech, how far their words go, and who said them.

Every cue outside of quotation marks makes a frame (frames), every frame has stretches beside it that it may report
(contents). The model weighs what is true of each (features): one wins, and counts if it looks like speech. The speaker
is whom the frame's subject means.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.attribution import (
    Attributed, Coreference, Paragraph, ParsedArticle, Source, Speaker, Tokens, choose, log_odds, stance_of,
)
from indexer.language import lexicon
from indexer.models import Quotation, Span, Stance
from indexer.reported.contents import Content, contents_of
from indexer.reported.features import is_plain, offers, speech_features, voice_of
from indexer.reported.frames import Frame, frames_of
from indexer.reported.model import ReportedModel, load_reported_model

_SHARES = frozenset("""
    percent half most some many all majority third thirds quarter quarters two three four five six seven eight nine ten
    twenty thirty forty fifty sixty seventy eighty ninety about nearly
""".split())
_NO_MODIFIERS = (
    lexicon.CONJUNCTIONS | lexicon.PREPOSITIONS - {"about"} | lexicon.ADVERBS | frozenset(lexicon.PRONOUNS)
    | lexicon.POSSESSIVE_PRONOUNS | lexicon.SPEECH_VERBS | frozenset("the a an this that these those".split()))
DENIAL = "deny"         # the verb that says that words are not true
_MOST_ODDS = 6.0        # log-odds beyond which more say nothing
_JUST = 0.01            # log-odds above the threshold
_MOST_CONTENTS = 1_500    # of all frames of a paragraph together, that prose stays far below
_FEWEST = 3
_NEAR = 6               # clauses found before one that may share words with it


@dataclass(frozen=True, slots=True)
class Clause:
    """A frame with the words that it would report: the best of its contents, and the log-odds that this is speech."""

    paragraph: int
    frame: Frame
    content: Content
    odds: float


def find_reported(attributed: Attributed, model: ReportedModel | None = None) -> tuple[Quotation, ...]:
    """The reported speech of an article, in the order of the text. Without a model the one that is installed
    decides."""
    model = model or load_reported_model()
    found = [quotation for quotation, _ in decided(attributed, model)]
    return tuple(sorted(_meant(found, attributed.quotations), key=lambda each: (each.span.start, -each.span.end)))


def _meant(found: Sequence[Quotation], quotations: Iterable[Quotation]) -> Iterator[Quotation]:
    """Without what is only supposed, what is part of a denial, and the clause around words between marks
    that nobody said: that is told of them already."""
    unsaid = _merged(each.span for each in quotations if each.stance != "said")
    denied = _merged(each.span for each in found if each.stance == "denied")
    for each in found:
        told = each.stance == "denied" or not _meets(denied, each.span)
        if told and each.stance != "hypothetical" and not _meets(unsaid, each.span):
            yield each


def _meets(merged: Sequence[Span], span: Span) -> bool:
    """Whether a span overlaps one of those that are in order and apart from each other."""
    before = bisect_right(merged, span.end - 1, key=lambda each: each.start) - 1
    return before >= 0 and merged[before].overlaps(span)


def decided(attributed: Attributed, model: ReportedModel) -> Iterator[tuple[Quotation, Clause]]:
    """Every clause that is reported speech, as a quotation and as it was found."""
    parsed, coreference = attributed.parsed, attributed.coreference
    spoken = deque(coreference.restart())
    for clause in clauses(parsed, model):
        place = parsed.paragraph(clause.paragraph).tokens.starts[clause.frame.cue.first]
        while spoken and spoken[0][0].outer.start < place:
            coreference.remember(*spoken.popleft())
        if _is_told(parsed, clause):
            yield _quotation(parsed, coreference, clause, model), clause


def clauses(parsed: ParsedArticle, model: ReportedModel) -> Iterator[Clause]:
    """Every clause in the reporter's own words that is reported speech."""
    apart = _merged(parsed.set_apart)
    starts = [span.start for span in apart]
    for number, line in enumerate(parsed.lines):
        near = bisect_right(starts, line.start) - 1
        if near >= 0 and line in apart[near]:
            continue
        tokens = parsed.paragraph(number).tokens
        for clause in clauses_in(parsed.text, parsed.paragraph(number), number, model):
            span = tokens.span(clause.content.first, clause.content.last)
            if not _meets(apart, span):
                yield clause


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap joined."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda each: each.start):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def clauses_in(text: str, paragraph: Paragraph, number: int, model: ReportedModel) -> list[Clause]:
    """Those of one paragraph."""
    found: list[Clause] = []
    most = max(_MOST_CONTENTS // max(len(paragraph.cues), 1), _FEWEST)
    for frame in frames_of(paragraph):
        contents = contents_of(text, paragraph, frame)[:most]
        if not contents:
            continue
        best, share = choose(model.extent, offers(paragraph, frame, contents))
        content = contents[best]
        odds = log_odds(model.words, speech_features(paragraph, frame, content, share, within(frame, found)))
        if is_plain(paragraph.tokens, frame, content):
            odds = max(odds, model.threshold + _JUST)
        if odds > model.threshold:
            _add(found, Clause(number, frame, content, odds))
    return found


def within(frame: Frame, found: list[Clause]) -> str:
    """What a frame is to the clauses found before it: part of the words of one, or its sentence's second."""
    for each in reversed(found[-_NEAR:]):
        if each.content.first <= frame.cue.first <= each.content.last:
            return "content"
        if each.frame.begin == frame.begin:
            return "sentence"
    return ""


def _add(found: list[Clause], clause: Clause) -> None:
    """Add a clause; of two that share words, one not within the other, the better one stays."""
    near = found[-_NEAR:]
    rivals = [each for each in near if _collide(each.content, clause.content)]
    if all(each.odds < clause.odds for each in rivals):
        found[-_NEAR:] = [each for each in near if each not in rivals]
        found.append(clause)


def _collide(one: Content, other: Content) -> bool:
    if one.last < other.first or other.last < one.first:
        return False
    inner = one.first <= other.first and other.last <= one.last or other.first <= one.first and one.last <= other.last
    size, smaller = sorted((one.last - one.first + 1, other.last - other.first + 1), reverse=True)
    return not inner or smaller > 0.8 * size


# ---- who said it


def _is_told(parsed: ParsedArticle, clause: Clause) -> bool:
    """Whether somebody other than the author says it, or is reported not to have said it: not «I would say that», «it
    is worth noting that», «she did not say when»; but «it was reported that»."""
    tokens, frame, content = parsed.paragraph(clause.paragraph).tokens, clause.frame, clause.content
    voice = voice_of(tokens, frame)
    if frame.source is not None and frame.source.kind == "pronoun" and frame.source.name == "i":
        return False
    if _names_only(parsed.paragraph(clause.paragraph), content):
        return False
    if frame.source is None:
        return voice == "passive" and content.lead.endswith("that")
    return voice != "not" or frame.stem == DENIAL or content.lead.endswith("that") or (
        content.side == "behind" and tokens.lower[content.first] in lexicon.PRONOUNS)


def _names_only(paragraph: Paragraph, content: Content) -> bool:
    """Whether words only name somebody, who then says what is between marks: Vane said [the tenant], Olive Marsden, had
    told him, "Q"."""
    named = {at for source in paragraph.sources if content.first <= source.first <= content.last
             for at in range(source.first, source.last + 1)}
    return all(at in named or paragraph.tokens.words[at] == "," for at in range(content.first, content.last + 1))


def _quotation(
    parsed: ParsedArticle, coreference: Coreference, clause: Clause, model: ReportedModel
) -> Quotation:
    """The quotation that a clause is, with its speaker."""
    frame, tokens = clause.frame, parsed.paragraph(clause.paragraph).tokens
    speaker = _speaker(parsed, coreference, clause)
    stance, doer = _stance(parsed.paragraph(clause.paragraph), frame), speaker.name if speaker else None
    never = stance == "denied" and frame.stem != DENIAL
    found = Quotation(tokens.span(clause.content.first, clause.content.last), "reported",
                      cue=tokens.span(frame.group, frame.cue.last), stance=stance, stance_of=doer if never else None)
    if speaker is not None and not never:
        found = replace(found, speaker=speaker.name, speaker_kind=speaker.kind, method=speaker.method,
                        source=speaker.source)
    return replace(found, certainty=model.certainty(clause_features(clause), speaker_features(found, clause)))


def _stance(paragraph: Paragraph, frame: Frame) -> Stance:
    """Whether the words were said, or are denied: she denied [that it would close]; she never said [that]. What is not
    denied is said."""
    stance = stance_of(paragraph, frame.cue)
    if frame.stem != DENIAL or stance == "hypothetical":
        return stance
    return "said" if stance == "denied" else "denied"


def clause_features(clause: Clause) -> dict[str, float]:
    """What tells how sure it is that a clause is reported speech: name of a feature → its value."""
    content, frame = clause.content, clause.frame
    odds = min(max(clause.odds, 0.0), _MOST_ODDS)
    return {"bias": 1.0, "odds": odds, "odds squared": odds * odds / _MOST_ODDS, f"{content.side} {content.lead}": 1.0,
            frame.cue.strength: 1.0, f"relation {frame.relation or 'nobody'}": 1.0, f"stop {content.stop}": 1.0}


def speaker_features(found: Quotation, clause: Clause) -> dict[str, float]:
    """What tells how sure a speaker is: name of a feature → its value, 1 for what is simply true."""
    frame = clause.frame
    kind = frame.source.kind if frame.source else "nobody"
    return dict.fromkeys([
        "bias", found.method, f"speaker {found.speaker_kind or 'none'}", f"relation {frame.relation or 'nobody'}",
        f"relation {frame.relation or 'nobody'} {kind}", clause.content.side,
    ], 1.0)


def _speaker(parsed: ParsedArticle, coreference: Coreference, clause: Clause) -> Speaker | None:
    """Whom the subject of a frame means."""
    source = clause.frame.source
    if source is None:
        return None
    paragraph = parsed.paragraph(clause.paragraph)
    source = _issuer(paragraph, source) or _whole(paragraph.tokens, source, clause.frame.begin)
    if source.name or source.kind != "unnamed":
        return coreference.speaker(source, clause.paragraph)
    span = parsed.paragraph(clause.paragraph).tokens.span(source.first, source.last)
    described = replace(source, name=span.of(parsed.text))
    return coreference.speaker(described, clause.paragraph) or Speaker(described.name, "unnamed", "description", span)


def _whole(tokens: Tokens, source: Source, begin: int) -> Source:
    """A description with the names and numbers before it, if there are any: [White House] officials, [two in three
    Calder] voters. It then has no name yet."""
    first = source.first
    while source.kind == "unnamed" and first > begin and _is_modifier(tokens, first - 1, begin):
        first -= 1
    return source if first == source.first else replace(source, first=first, head=first, name="")


def _is_modifier(tokens: Tokens, at: int, begin: int) -> bool:
    word, lower = tokens.words[at], tokens.lower[at]
    if lower in ("'", "'s"):
        return at > begin and tokens.words[at - 1][0].isupper()
    if lower in ("in", "of"):
        return at > begin and (tokens.lower[at - 1] in _SHARES or tokens.words[at - 1][0].isdigit())
    if tokens.quotes[at] >= 0 or lower in _NO_MODIFIERS:
        return False
    return word[0].isupper() or word[0].isdigit() or lower in _SHARES


def _issuer(paragraph: Paragraph, source: Source) -> Source | None:
    """Whose a document is that the words behind it name: a study by [the university]."""
    after = source.last + 1
    if source.kind != "unnamed" or paragraph.tokens.lower[after:after + 1] not in (["by"], ["from"]):
        return None
    start = bisect_left(paragraph.sources, after + 1, key=lambda each: each.first)
    return next((each for each in paragraph.sources[start:start + 2]
                 if each.first == after + 1 and each.kind in ("person", "organisation")), None)
