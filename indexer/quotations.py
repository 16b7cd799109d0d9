"""Text → quoted spans: pairing the marks, paragraph by paragraph, before anybody is blamed.

Marks are paired by kind, never odd to even: an opening mark may close with its own kind or with a straight
one, a paragraph's end closes what is open, and a stray mark costs one paragraph at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.models import Block, Span

# Straight double, curly double, low and angled double marks, doubled apostrophes and backticks.
_MARK = re.compile(r"[\"“”„«»″]|''|``|’’|‘‘|´´")
_ONLY_OPENS = frozenset("“„«") | {"``", "‘‘"}
_ONLY_CLOSES = frozenset("”»") | {"’’", "´´"}
_OPENING_CONTEXT = frozenset(" \t\u00a0([{—–-/‘'…:;,>*")
_SENTENCE_END = re.compile(r"[.!?,][’']?(?=\s)")
_TWEET_CREDIT = re.compile(r"[—–-]\s*([^\n]{1,80}?)\s*\((@\w{1,30})\)")
_SHARED_CREDIT = re.compile(
    r"A (?:post|photo|video) (?:shared|posted) by ([^\n(]{1,80}?)\s*\((@[\w.]{1,40})\)|"
    r"A (?:post|photo|video) (?:shared|posted) by (@[\w.]{1,40}) on")


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch between marks. span leaves the marks out, outer takes them in. closed is False where the
    paragraph ended first; continues is True where the next paragraph carries the same quotation on."""

    span: Span
    outer: Span
    closed: bool = True
    continues: bool = False


def paragraphs(text: str) -> Iterator[Span]:
    """The lines of a text that hold anything."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def find_marked(text: str) -> list[Marked]:
    """Every stretch between quotation marks, in order; they never overlap."""
    found: list[Marked] = []
    lines = list(paragraphs(text))
    for number, line in enumerate(lines):
        following = text[lines[number + 1].start:lines[number + 1].end] if number + 1 < len(lines) else ""
        found.extend(_pair(text, line, opens_next=bool(following) and _opens(following, 0, _mark_at(following))))
    return found


def _mark_at(line: str) -> str:
    match = _MARK.match(line)
    return match.group() if match else ""


def _pair(text: str, line: Span, *, opens_next: bool) -> Iterator[Marked]:
    """The marked stretches of one paragraph."""
    opened: tuple[int, int] | None = None      # where the mark starts and ends
    for match in _MARK.finditer(text, line.start, line.end):
        at, end, mark = match.start(), match.end(), match.group()
        if opened is None:
            if _opens(text, at, mark, line) and not _inches(text, at, mark, line):
                opened = (at, end)
            continue
        if _closes(text, at, mark, line, opened):
            yield from _stretch(text, opened, at, end)
            opened = None
        elif _opens(text, at, mark, line) and not _nested(text, opened, at, line):
            yield from _cut_short(text, opened, at)
            opened = (at, end)
    if opened is not None and line.end - opened[1] > 0:
        yield from _stretch(text, opened, line.end, line.end, closed=False, continues=opens_next)


def _opens(text: str, at: int, mark: str, line: Span | None = None) -> bool:
    """Whether a mark can open a quotation where it stands."""
    if not mark or mark in _ONLY_CLOSES:
        return False
    after = text[at + len(mark):at + len(mark) + 1]
    if mark in _ONLY_OPENS:
        return bool(after) and after != "\n"
    start = line.start if line else 0
    before = text[at - 1] if at > start else " "
    if before in _OPENING_CONTEXT:
        return bool(after) and not after.isspace()
    # A mark glued to the word before it, as in «he said"No"»: opens only where a letter follows it.
    return before.isalpha() and after.isalpha() and after.isupper()


def _closes(text: str, at: int, mark: str, line: Span, opened: tuple[int, int]) -> bool:
    """Whether a mark closes what is open."""
    if mark in _ONLY_OPENS:
        return False
    if mark in _ONLY_CLOSES:
        return True
    before = text[at - 1]
    after = text[at + len(mark):at + len(mark) + 1] if at + len(mark) < line.end else " "
    if before.isspace() or at == opened[1]:
        # « " word» could open; it closes only where nothing follows that a quotation could begin with.
        return after.isspace() and at > opened[1]
    return not (before in "([—–" and (after.isalpha()))


def _inches(text: str, at: int, mark: str, line: Span) -> bool:
    """5'8", 12" x 14": a straight mark behind a digit measures."""
    return mark in ('"', "''", "″") and at > line.start and text[at - 1].isdigit()


def _nested(text: str, opened: tuple[int, int], at: int, line: Span) -> bool:
    """Whether a mark that opens inside an open quotation is a quotation within it, which only curly marks show."""
    if text[opened[0]:opened[1]] in _ONLY_OPENS and text[at] == '"':
        return True
    return text.count("”", at, line.end) > text.count("“", at, line.end)


def _stretch(text: str, opened: tuple[int, int], start_of_close: int, end: int, *, closed: bool = True,
             continues: bool = False) -> Iterator[Marked]:
    """The stretch from an opening to a closing mark, if it holds anything to read."""
    start, stop = opened[1], start_of_close
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if any(character.isalnum() for character in text[start:stop]):
        yield Marked(Span(start, stop), Span(opened[0], end), closed, continues)


def _cut_short(text: str, opened: tuple[int, int], at: int) -> Iterator[Marked]:
    """A quotation that was never closed, when the next one opens in the same paragraph: it ends at the
    comma, or at the first end of a sentence behind which somebody is named as saying it."""
    end = next((match.start() + 1 for match in _SENTENCE_END.finditer(text, opened[1], at)
                if _REPORT_FOLLOWS.match(text, match.end())), None)
    if end is not None:
        yield from _stretch(text, opened, end, end, closed=False)


_REPORT_FOLLOWS = re.compile(r"\s+(?:(?:he|she|they)\s+(?:said|added|told|wrote)|(?:said|added|says|wrote|explained)\s)")


def credit_of(text: str, block: Block) -> Span | None:
    """The name in the credit line of an embedded post: «— Jane Roe (@roe) May 1, 2012»."""
    for pattern in (_TWEET_CREDIT, _SHARED_CREDIT):
        last = None
        for last in pattern.finditer(text, block.span.start, block.span.end):
            pass
        if last is not None:
            group = next(number for number, value in enumerate(last.groups(), 1) if value)
            return Span(*last.span(group))
    return None


def quoted_blocks(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The block quotations and embedded posts, outermost ones only, without the marks that wrap them."""
    outer: list[Block] = []
    for block in blocks:
        if block.kind in ("quotation", "tweet") and not (outer and block.span in outer[-1].span):
            outer.append(block)
    return [block for block in outer if any(c.isalnum() for c in block.span.of(text))]


def unwrapped(text: str, span: Span) -> Span:
    """A block without the marks and blanks around the whole of it."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    first, last = _MARK.match(text, start, end), text[end - 1:end]
    if first and last in "\"”»" and end - start > 2:
        return Span(first.end(), end - 1)
    return Span(start, end)
