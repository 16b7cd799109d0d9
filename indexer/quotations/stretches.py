"""Stretches between quotation marks, paragraph by paragraph; whether they are quotations is decided elsewhere.

A paragraph's end closes what is open, so that a stray mark spoils one paragraph at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.models import Span
from indexer.quotations.marks import REPORT, Pair, clear_report_in, marks_of, pairs_of, report_in
from indexer.quotations.single_marks import is_speech, is_sure, single_pairs

# Where words begin whose opening mark is missing: behind a colon, or behind a verb of saying and its comma.
_INTRODUCED = re.compile(r": (?=\S)|\b(?:said|says|added|adds|wrote|writes|explained|told [^.,:\n]{1,40}), (?=[A-Z])|(?<!\S)['‘](?=[^\W\d])")
_REPORT = re.compile(REPORT)
_POINTS = tuple(".,!?…")
_SENTENCE_END = re.compile(r"(?<![ .][A-Z])(?<!\b[MD]r)(?<!\b[MS]t)(?<!\bMrs)(?<!\bMs)(?<!\bRev)(?<!\bGov)(?<!\bSen)[.!?…]+[)’”]*(?=\s|$)")
_SPEAKS = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|me|us)\b")


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A stretch between marks. span leaves the marks out, outer takes them in. closed is False if the paragraph
    ended first; continues is True if the next paragraph carries the same quotation on."""

    span: Span
    outer: Span
    closed: bool = True
    continues: bool = False


def paragraphs(text: str) -> Iterator[Span]:
    """The lines of a text that are not blank."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def find_marked_spans(text: str) -> list[MarkedSpan]:
    """Every stretch between quotation marks, in order; they never overlap. Single marks count in a text that quotes with
    them; double ones are then quotations within, or stretches of their own."""
    lines = list(paragraphs(text))
    double = [pairs_of(text, marks_of(text, line)) for line in lines]
    found = _find(text, lines, double)
    if "'" not in text and "‘" not in text:
        return found
    single = [single_pairs(text, line) for line in lines]
    if _quotes_singly(text, [pair for pairs in single for pair in pairs], found):
        return _find(text, lines, [_outermost(*both) for both in zip(single, double, strict=True)])
    return found


def _quotes_singly(text: str, single: Sequence[Pair], double: Sequence[MarkedSpan]) -> bool:
    """Whether a text quotes with single marks: where double ones occur only within them any pair of single ones says
    so, but one that may be two apostrophes; elsewhere there must be more speech between single marks than between
    double ones."""
    closed = [pair for pair in single if pair.opening and pair.closing]
    spans = _apart([Span(pair.start, pair.end) for pair in closed], [each.outer for each in double])
    apart = [pair for pair in closed if pair.start in spans]
    within = _count_within([each.outer for each in double], [Span(pair.start, pair.end) for pair in apart])
    speech = sum(is_speech(text, pair) for pair in apart)
    if within == len(double):
        return any(is_sure(text, pair) for pair in apart)
    return speech > max(1, len(double) - within)


def _apart(inner: Sequence[Span], outer: Sequence[Span]) -> frozenset[int]:
    """Where those spans start that overlap none of the outer ones, but for such as lie in them; both in order."""
    starts, number = [], 0
    for span in inner:
        while number < len(outer) and outer[number].end <= span.start:
            number += 1
        last = number
        while last < len(outer) and outer[last] in span:
            last += 1
        if last == len(outer) or outer[last].start >= span.end:
            starts.append(span.start)
    return frozenset(starts)


def _count_within(inner: Sequence[Span], outer: Sequence[Span]) -> int:
    """How many spans lie within others; both in order."""
    count, number = 0, 0
    for span in inner:
        while number < len(outer) and outer[number].end <= span.start:
            number += 1
        count += number < len(outer) and span in outer[number]
    return count


def _outermost(single: Sequence[Pair], double: Sequence[Pair]) -> list[Pair]:
    """The pairs of both kinds in a paragraph that are in no other. What a single mark opens and nothing closes may hold
    everything behind it."""
    kept: list[Pair] = []
    closed = [pair for pair in double if pair.opening and pair.closing]
    for pair in sorted([*single, *closed], key=_start):
        if kept and (pair.start < kept[-1].end or kept[-1].closing is None and pair in closed):
            continue
        kept.append(pair)
    return kept


def _start(pair: Pair) -> int:
    return pair.start


def _find(text: str, lines: Sequence[Span], pairs: Sequence[Sequence[Pair]]) -> list[MarkedSpan]:
    """The stretches between the pairs of each paragraph."""
    found: list[MarkedSpan] = []
    broken_off = False              # whether the paragraph before ended inside a quotation
    for number, line in enumerate(lines):
        following = pairs[number + 1] if number + 1 < len(lines) else ()
        goes_on = bool(following) and _opens(following[0], lines[number + 1])
        carried = bool(following) and _only_closes(text, following[0])
        stretches = list(_stretches(text, line, pairs[number], broken_off, goes_on, carried))
        broken_off = bool(stretches) and not stretches[-1].closed and stretches[-1].outer.end == line.end
        found += stretches
    return found


def _opens(pair: Pair, line: Span) -> bool:
    return pair.opening is not None and pair.start == line.start


def _only_closes(text: str, pair: Pair) -> bool:
    """Whether a paragraph's first mark closes, behind a point, what was opened in the paragraph before."""
    return pair.opening is None and text[pair.start - 1:pair.start] in _POINTS


def _stretches(
    text: str, line: Span, pairs: Sequence[Pair], broken_off: bool, goes_on: bool, carried: bool
) -> Iterator[MarkedSpan]:
    """The marked stretches of one paragraph: broken_off if the one before ended inside a quotation, goes_on
    if the next one opens with a mark, carried if its first mark only closes."""
    at = line.start
    for number, pair in enumerate(pairs):
        limit = pairs[number + 1].start if number + 1 < len(pairs) else line.end
        if pair.opening is None:
            yield from _unopened(text, pair, at, broken_off and at == line.start, at == line.start)
        elif pair.closing is None:
            whole = goes_on and pair.start == line.start and report_in(text, pair.end, limit) is None
            if whole or limit == line.end:
                yield from _unclosed(text, pair, line.end, goes_on, carried)
                return
            yield from _cut_short(text, pair, limit)
        else:
            yield from _stretch(text, pair.opening.start, pair.opening.end, pair.closing.start, pair.end)
        at = pair.end


def _unopened(text: str, pair: Pair, at: int, continued: bool, first: bool) -> Iterator[MarkedSpan]:
    """The words before a mark that only closes: from the paragraph's start if they continue the one before,
    from where they are introduced, or from the paragraph's start if somebody is named as saying them."""
    introduced = at
    for match in _INTRODUCED.finditer(text, at, pair.start):
        introduced = match.end()
    points = text[pair.start - 1:pair.start] in _POINTS
    if continued or points and (introduced > at or first and _REPORT.match(text, pair.end)):
        start = at if continued else introduced
        yield from _stretch(text, start, start, pair.start, pair.end)


def _unclosed(text: str, pair: Pair, end: int, goes_on: bool, carried: bool) -> Iterator[MarkedSpan]:
    """The words behind a mark that only opens: up to the paragraph's end if the next one carries them on, else up to
    where somebody is named as saying them, or for as long as somebody speaks."""
    if goes_on or carried:
        cut = clear_report_in(text, pair.end, end)
    else:
        cut = report_in(text, pair.end, end) or _speech_end(text, pair.end, end)
    yield from _stretch(text, pair.start, pair.end, cut or end, cut or end, closed=False, continues=goes_on and not cut)


def _cut_short(text: str, pair: Pair, limit: int) -> Iterator[MarkedSpan]:
    """A quotation that was never closed, when the next one opens in the same paragraph."""
    end = report_in(text, pair.end, limit) or _speech_end(text, pair.end, limit)
    if end is not None:
        yield from _stretch(text, pair.start, pair.end, end, end, closed=False)


def _speech_end(text: str, start: int, end: int) -> int | None:
    """Where the sentence ends that starts here, and those behind it that say I, we or you; None if it does not."""
    last = None
    for match in _SENTENCE_END.finditer(text, start, end):
        if last is not None and not _SPEAKS.search(text, last, match.start()):
            break
        last = match.end()
    return last


def _stretch(text: str, first: int, start: int, stop: int, last: int, *, closed: bool = True, continues: bool = False) -> Iterator[MarkedSpan]:
    """The stretch from start to stop, marks outside, if it holds anything to read."""
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if any(character.isalnum() for character in text[start:stop]):
        yield MarkedSpan(Span(start, stop), Span(min(first, start), last), closed, continues)
