"""The decision: which clauses of an article are reported speech, how far their words go, and who said them.

Every cue outside of quotation marks makes a frame (frames), every frame has stretches beside it that it may report
(contents). The model weighs what is true of each (features): one wins, and counts if it looks like speech. The speaker
is whom the frame's subject means.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from indexer.attribution import (
    Attributed, Coreference, Paragraph, ParsedArticle, Source, Speaker, Tokens, choose, log_odds,
)
from indexer.models import Quotation, Span, Stance
from indexer.reported.contents import Content, contents_of
from indexer.reported.features import offers, speech_features, voice_of
from indexer.reported.frames import Frame, frames_of
from indexer.reported.model import ReportedModel, load_reported_model


DENIAL = "deny"         # the verb that says that words are not true
_MOST_ODDS = 6.0        # log-odds beyond which more say nothing
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
    return tuple(sorted(found, key=lambda each: (each.span.start, -each.span.end)))


def decided(attributed: Attributed, model: ReportedModel) -> Iterator[tuple[Quotation, Clause]]:
    """Every clause that is reported speech, as a quotation and as it was found."""
    parsed, coreference = attributed.parsed, attributed.coreference
    spoken = deque(coreference.restart())
    for clause in clauses(parsed, model):
        place = parsed.paragraph(clause.paragraph).tokens.starts[clause.frame.cue.first]
        while spoken and spoken[0][0].outer.start < place:
            coreference.remember(*spoken.popleft())
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
            before = bisect_right(starts, span.end - 1) - 1
            if before < 0 or not apart[before].overlaps(span):
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
    for frame in frames_of(paragraph):
        contents = contents_of(text, paragraph, frame)
        if not contents:
            continue
        best, share = choose(model.extent, offers(paragraph, frame, contents))
        content = contents[best]
        odds = log_odds(model.words, speech_features(paragraph, frame, content, share, within(frame, found)))
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


def _quotation(
    parsed: ParsedArticle, coreference: Coreference, clause: Clause, model: ReportedModel
) -> Quotation:
    """The quotation that a clause is, with its speaker."""
    frame, tokens = clause.frame, parsed.paragraph(clause.paragraph).tokens
    speaker = _speaker(parsed, coreference, clause)
    stance, doer = _stance(tokens, frame), speaker.name if speaker else None
    never = stance == "denied" and frame.stem != DENIAL
    found = Quotation(tokens.span(clause.content.first, clause.content.last), "reported",
                      cue=tokens.span(frame.group, frame.cue.last), stance=stance, stance_of=doer if never else None)
    if speaker is not None and not never:
        found = replace(found, speaker=speaker.name, speaker_kind=speaker.kind, method=speaker.method,
                        source=speaker.source)
    return replace(found, certainty=model.certainty(clause_features(clause), speaker_features(found, clause)))


def _stance(tokens: Tokens, frame: Frame) -> Stance:
    """Whether the words were said, or are denied: she denied [that it would close]; she never said [that]."""
    negated = voice_of(tokens, frame) == "not"
    return "denied" if (frame.stem == DENIAL) != negated else "said"


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
    source = _issuer(parsed.paragraph(clause.paragraph), source) or source
    if source.name or source.kind != "unnamed":
        return coreference.speaker(source, clause.paragraph)
    span = parsed.paragraph(clause.paragraph).tokens.span(source.first, source.last)
    described = replace(source, name=span.of(parsed.text))
    return coreference.speaker(described, clause.paragraph) or Speaker(described.name, "unnamed", "description", span)


def _issuer(paragraph: Paragraph, source: Source) -> Source | None:
    """Whose a document is that the words behind it name: a study by [the university]."""
    after = source.last + 1
    if source.kind != "unnamed" or paragraph.tokens.lower[after:after + 1] not in (["by"], ["from"]):
        return None
    start = bisect_left(paragraph.sources, after + 1, key=lambda each: each.first)
    return next((each for each in paragraph.sources[start:start + 2]
                 if each.first == after + 1 and each.kind in ("person", "organisation")), None)
