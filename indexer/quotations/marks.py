"""Quotation marks: what each can do where it is, and which of them belong together.

Marks are paired by what they can do, never odd to even: typewriter marks are judged by the characters on both
sides of them, printers' marks by their kind unless they were plainly set the wrong way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.models import Span

# Straight double, curly double, low and angled double marks, doubled apostrophes and backticks.
MARK = re.compile("[\"“”„«»″]|''|``|’’|‘‘|´´")
_ONLY_OPENS = frozenset("“„«") | {"``", "‘‘"}
_ONLY_CLOSES = frozenset("”»") | {"’’", "´´"}
_OPEN_BEFORE = frozenset("([{/>*‘'|=+&@$#_")       # may come right before an opening mark, besides blanks
_CLOSE_AFTER = frozenset(".,;:!?)]}—–-…/*<|'’\"”")   # may come right behind a closing mark, besides blanks
_FEET = re.compile(r"\d['’′] ?\d{1,2}(?:\.\d)?$")

# Single marks: an opening one comes before a word, a closing one behind a word or a point. '90s, 'em and the
# like begin with an apostrophe.
_SINGLE = re.compile(r"(?<![\w'’‘])['‘](?=[\w\[(.…“\"])(?!\d\ds?\b|(?:em|til|tis|twas|cause|bout|n|round|neath)\b)|(?<=[\w.,!?…\])”\"—–-])['’](?!\w)")
_SINGLE_CLOSED = re.compile(r"(?<=[.,!?…])['’](?=\s|$)")

MarkRole = Literal["opens", "closes", "either", "measures", "apart"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark and what it can do where it is. "either" is glued to words on both sides, "apart" has blanks
    on both; "measures" may close but more often means inches."""

    start: int
    end: int
    text: str
    role: MarkRole


@dataclass(frozen=True, slots=True)
class Pair:
    """An opening mark and the one that closes it; None for a missing side."""

    opening: Mark | None
    closing: Mark | None

    @property
    def start(self) -> int:
        return self._first.start

    @property
    def end(self) -> int:
        return (self.closing or self._first).end

    @property
    def _first(self) -> Mark:
        mark = self.opening or self.closing
        assert mark is not None, "a pair has a mark at least"
        return mark


def marks_of(text: str, line: Span) -> list[Mark]:
    """The double marks of a paragraph that can open or close anything."""
    found = []
    for match in MARK.finditer(text, line.start, line.end):
        role = _role(text, match.start(), match.end(), line)
        if role is not None:
            found.append(Mark(match.start(), match.end(), match.group(), role))
    return found


def _role(text: str, start: int, end: int, line: Span) -> MarkRole | None:
    """What a mark can do where it is; None for feet and inches."""
    mark = text[start:end]
    before = text[start - 1] if start > line.start else " "
    after = text[end] if end < line.end else " "
    if mark in _ONLY_OPENS:
        turned = mark in ("“", "‘‘") and after.isspace() and not before.isspace() and before not in _OPEN_BEFORE
        inward = mark == "«" and not before.isspace() and (after.isspace() or after in _CLOSE_AFTER)     # »so«
        return "closes" if turned or inward else "opens"
    if mark in _ONLY_CLOSES:
        return "either" if before.isspace() and after.isalnum() else "closes"
    if before.isdigit() and (after.isspace() or after in _CLOSE_AFTER):
        return None if _FEET.search(text, max(line.start, start - 7), start) else "measures"
    return _straight_role(before, after)


def _straight_role(before: str, after: str) -> MarkRole:
    """What a typewriter mark can do between two characters."""
    if before.isspace():
        return "apart" if after.isspace() else "opens"
    if after.isspace() or (after in _CLOSE_AFTER and before not in _OPEN_BEFORE):
        return "closes"
    if before in "'‘" and not after.isalnum():
        return "closes"
    return "opens" if before in _OPEN_BEFORE else "either"


def pairs_of(text: str, marks: Sequence[Mark]) -> list[Pair]:
    """The outermost pairs of a paragraph's marks in order, and those marks that have no partner.

    Marks nest as brackets do: an opening mark inside an open quotation is a quotation within it if both are
    closed, and else shows that the first was never closed.
    """
    opened: list[Mark] = []
    pairs: list[Pair] = []
    for number, mark in enumerate(marks):
        if _opens(text, mark, opened, marks[number + 1] if number + 1 < len(marks) else None):
            opened.append(mark)
        elif opened:
            pairs.append(Pair(opened.pop(), mark))
        elif pairs and _closed_too_soon(pairs[-1], mark):
            pairs[-1] = Pair(pairs[-1].opening, mark)
        elif mark.role == "closes":
            pairs.append(Pair(None, mark))
    pairs += [Pair(mark, None) for mark in opened]
    return _outermost(text, pairs)


def _opens(text: str, mark: Mark, opened: Sequence[Mark], following: Mark | None) -> bool:
    """Whether a mark opens, given what is open before it."""
    if mark.role == "opens":
        return not (mark.text == "“" and opened and opened[-1].text == "„")
    if opened or mark.role in ("closes", "measures"):
        return False
    if mark.role == "apart":
        return following is not None and following.role != "opens"
    after = text[mark.end]
    return after.isupper() or (after.isalnum() and not text[mark.start - 1].isalnum())


def _closed_too_soon(pair: Pair, mark: Mark) -> bool:
    """Whether a quotation that seemed closed runs on to this mark: what closed it were inches, or a doubled
    apostrophe that ends a quotation within it."""
    if pair.opening is None or pair.closing is None or mark.role == "measures":
        return False
    return pair.closing.role == "measures" or (pair.closing.text == "''" and pair.opening.text == '"' == mark.text)


REPORT = r" (?:(?:he|she|they) )?(?:said|says|added|adds|told|tells|wrote|writes|explained|asked|recalled)\b"
_REPORT_BEHIND_POINT = re.compile("[.!?,—–-][’']?" + REPORT)


def report_in(text: str, start: int, end: int) -> int | None:
    """Where words end that were opened at start and never closed: behind the first point that somebody is
    named after as saying them."""
    match = _REPORT_BEHIND_POINT.search(text, start, end)
    return match.start() + 1 if match else None


def _outermost(text: str, pairs: list[Pair]) -> list[Pair]:
    """Pairs in order, without those within others. Where somebody is named as speaker before an inner pair
    begins, the outer one was never closed."""
    pairs.sort(key=lambda pair: pair.start)
    kept: list[Pair] = []
    inside = -1
    for number, pair in enumerate(pairs):
        if pair.start < inside:
            continue
        inner = pairs[number + 1].start if number + 1 < len(pairs) else pair.end
        if pair.opening and pair.closing and inner < pair.closing.start and report_in(text, pair.opening.end, inner) is not None:
            pair = Pair(pair.opening, None)
        kept.append(pair)
        inside = pair.end if pair.closing else -1
    return kept


def single_speech(text: str) -> Iterator[int]:
    """Where single marks close behind a point, as those of speech do."""
    return (match.start() for match in _SINGLE_CLOSED.finditer(text))


def single_pairs(text: str, line: Span) -> Iterator[Pair]:
    """The pairs of single marks of a paragraph, as British papers print speech. A plural's apostrophe (the boys' room)
    does not close if a mark behind a point follows before the next one opens."""
    opening: Mark | None = None
    closing: Mark | None = None
    for match in _SINGLE.finditer(text, line.start, line.end):
        mark = Mark(match.start(), match.end(), match.group(), "either")
        if _opens_single(text, mark, line):
            if opening is not None and closing is not None:
                yield Pair(opening, closing)
            if opening is None or closing is not None:
                opening, closing = mark, None
        elif opening is not None and mark.start > opening.end:
            if closing is None or text[mark.start - 1] in ".,!?…—" and text[closing.start - 1] == "s":
                closing = mark
    if opening is not None:
        yield Pair(opening, closing)


def _opens_single(text: str, mark: Mark, line: Span) -> bool:
    before = text[mark.start - 1] if mark.start > line.start else " "
    return mark.text == "‘" or before.isspace() or before in "([{—–-/"
