"""Stretches between quotation marks, paragraph by paragraph; whether they are quotations is decided elsewhere.

A paragraph's end closes what is open, so that a stray mark spoils one paragraph at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.models import Span
from indexer.quotations.marks import REPORT, Pair, marks_of, pairs_of, report_in, single_pairs, single_speech

# Where words begin whose opening mark is missing: behind a colon, or behind a verb of saying and its comma.
_INTRODUCED = re.compile(r": (?=\S)|\b(?:said|says|added|adds|wrote|writes|explained|told [^.,:\n]{1,40}), (?=[A-Z])|(?<!\S)['‘](?=[^\W\d])")
_REPORT = re.compile(REPORT)


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
    """Every stretch between quotation marks, in order; they never overlap. Single marks count
    if the speech is between them, and double ones occur only within it."""
    lines = list(paragraphs(text))
    found = _find(text, lines, single=False)
    speech = list(single_speech(text))
    if len(speech) > max(1, len(found), 4 * _count_within(speech, found)):
        return _find(text, lines, single=True)
    return found


def _count_within(places: Sequence[int], found: Sequence[MarkedSpan]) -> int:
    """How many places are within the stretches; both in order."""
    count, number = 0, 0
    for place in places:
        while number < len(found) and found[number].outer.end <= place:
            number += 1
        count += number < len(found) and found[number].outer.start <= place
    return count


def _find(text: str, lines: Sequence[Span], *, single: bool) -> list[MarkedSpan]:
    """The stretches between double marks, or between single ones."""
    found: list[MarkedSpan] = []
    broken_off = False              # whether the paragraph before ended inside a quotation
    for number, line in enumerate(lines):
        pairs = list(single_pairs(text, line)) if single else pairs_of(text, marks_of(text, line))
        following = lines[number + 1] if number + 1 < len(lines) else None
        goes_on = bool(pairs) and following is not None and _opens_with_mark(text, following, single)
        stretches = list(_stretches(text, line, pairs, broken_off, goes_on))
        broken_off = bool(stretches) and not stretches[-1].closed and stretches[-1].outer.end == line.end
        found += stretches
    return found


def _opens_with_mark(text: str, line: Span, single: bool) -> bool:
    start = Span(line.start, min(line.end, line.start + 3))
    first = text[line.start] in "'‘" if single else any(mark.role == "opens" and mark.start == line.start for mark in marks_of(text, start))
    return first


def _stretches(text: str, line: Span, pairs: Sequence[Pair], broken_off: bool, goes_on: bool) -> Iterator[MarkedSpan]:
    """The marked stretches of one paragraph: broken_off if the one before ended inside a quotation, goes_on
    if the next one opens with a mark."""
    at = line.start
    for number, pair in enumerate(pairs):
        limit = pairs[number + 1].start if number + 1 < len(pairs) else line.end
        if pair.opening is None:
            yield from _unopened(text, pair, at, broken_off and at == line.start, at == line.start)
        elif pair.closing is None:
            whole = goes_on and pair.start == line.start and report_in(text, pair.end, limit) is None
            if whole or limit == line.end:
                yield from _unclosed(text, pair, line.end, goes_on)
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
    points = text[pair.start - 1:pair.start] in tuple(".,!?…")
    if continued or points and (introduced > at or first and _REPORT.match(text, pair.end)):
        start = at if continued else introduced
        yield from _stretch(text, start, start, pair.start, pair.end)


def _unclosed(text: str, pair: Pair, end: int, goes_on: bool) -> Iterator[MarkedSpan]:
    """The words behind a mark that only opens, up to the paragraph's end, or to where somebody is named as saying them."""
    cut = None if goes_on else report_in(text, pair.end, end)
    yield from _stretch(text, pair.start, pair.end, cut or end, cut or end, closed=False, continues=goes_on)


def _cut_short(text: str, pair: Pair, limit: int) -> Iterator[MarkedSpan]:
    """A quotation that was never closed, when the next one opens in the same paragraph."""
    end = report_in(text, pair.end, limit)
    if end is not None:
        yield from _stretch(text, pair.start, pair.end, end, end, closed=False)


def _stretch(text: str, first: int, start: int, stop: int, last: int, *, closed: bool = True, continues: bool = False) -> Iterator[MarkedSpan]:
    """The stretch from start to stop, marks outside, if it holds anything to read."""
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if any(character.isalnum() for character in text[start:stop]):
        yield MarkedSpan(Span(start, stop), Span(min(first, start), last), closed, continues)
