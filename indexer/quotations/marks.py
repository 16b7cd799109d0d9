"""Quotation marks: what each can do where it is, and which of them belong together.

Marks are paired by what they can do, never odd to even: typewriter marks are judged by the characters on both
sides of them, printers' marks by their kind unless they were plainly set the wrong way round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.models import Span

# Straight double, curly double, low and angled double marks, doubled apostrophes and backticks.
MARK = re.compile("[\"“”„«»″]|''|``|’’|‘‘|´´")
_ONLY_OPENS = frozenset("“„") | {"``", "‘‘"}
_ONLY_CLOSES = frozenset("”") | {"’’", "´´"}
_OPEN_BEFORE = frozenset("([{/>*‘'|=+&@$#_")       # may come right before an opening mark, besides blanks
_CLOSE_AFTER = frozenset(".,;:!?)]}—–-…/*<|'’\"”")   # may come right behind a closing mark, besides blanks
_FEET = re.compile(r"\d['’′] ?\d{1,2}(?:\.\d)?$")

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
    if mark in ("«", "»"):
        return _angled_role(mark, before, after)
    if mark in _ONLY_OPENS:
        turned = mark in ("“", "‘‘") and after.isspace() and not before.isspace() and before not in _OPEN_BEFORE
        inward = mark == "«" and not before.isspace() and (after.isspace() or after in _CLOSE_AFTER)     # »so«
        return "closes" if turned or inward else "opens"
    if mark in _ONLY_CLOSES:
        return "either" if before.isspace() and after.isalnum() else "closes"
    if before.isdigit() and (after.isspace() or after in _CLOSE_AFTER):
        return None if _FEET.search(text, max(line.start, start - 7), start) else "measures"
    return _straight_role(before, after)


def _angled_role(mark: str, before: str, after: str) -> MarkRole:
    """What «French», »German« and »Swedish» marks can do: the side without a blank decides, else they are French."""
    outside_before = before.isspace() or before in _OPEN_BEFORE
    outside_after = after.isspace() or after in _CLOSE_AFTER
    if outside_before != outside_after:
        return "opens" if outside_before else "closes"
    return "opens" if mark == "«" else "closes"


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
        return not (mark.text == "“" and opened and opened[-1].text == "„" and not text[mark.start - 1].isspace())
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


_VERB = "(?:said|says|adds|added|told|tells|wrote|writes|explained|asked|recalled)"
_NAME = r"(?:[^\W\d_a-z][\w.'’-]{0,30} ){1,4}"
REPORT = rf" (?:(?:he|she|they) )?{_VERB}\b"
_VERB_FIRST = re.compile("[.!?,—–-][’']?" + REPORT)
_VERB_THEN_NAME = re.compile(rf"[!?,—–-][’']? {_VERB} (?:the )?(?=[^\W\d_a-z])")
_NAME_FIRST = re.compile(rf"[!?,—–-][’']? {_NAME}{_VERB}(?=[.,:])")
_NAME_ENDS = re.compile(rf"[!?,—–-][’']? {_NAME}{_VERB}\.")


def report_in(text: str, start: int, end: int) -> int | None:
    """Where words end that were opened at start and never closed: behind the first point that somebody is
    named after as saying them."""
    return _first_point(text, start, end, _VERB_FIRST, _NAME_FIRST)


def clear_report_in(text: str, start: int, end: int) -> int | None:
    """The same in speech that may run on into the next paragraph, and tell what others said: only before a name."""
    return _first_point(text, start, end, _VERB_THEN_NAME, _NAME_FIRST)


def _first_point(text: str, start: int, end: int, *patterns: re.Pattern[str]) -> int | None:
    found = [match.start() for pattern in patterns if (match := pattern.search(text, start, end))]
    return min(found) + 1 if found else None


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
        if pair.opening and pair.closing and inner < pair.closing.start and (
                _first_point(text, pair.opening.end, inner, _VERB_FIRST, _NAME_ENDS) is not None):
            pair = Pair(pair.opening, None)
        kept.append(pair)
        inside = pair.end if pair.closing else -1
    return kept
