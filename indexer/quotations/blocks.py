"""Block quotations and embedded posts: which of the blocks that a page sets apart they are, and whom each credits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.models import Block, Span
from indexer.quotations.marks import MARK
from indexer.quotations.stretches import paragraphs

_NAME = r"([^\s(][^\n(—–]{0,79}?)"
_TWEET_CREDIT = re.compile(r"[—–-][ \n]?" + _NAME + r" ?\((@\w{1,30})\)")
_TWEET_LINE = re.compile(r"(?:—|–|--?) ?[^\n(—]{1,80}\(@\w{1,30}\) [A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}$")
_SHARED_CREDIT = re.compile(
    r"A (?:post|photo|video) (?:shared|posted) by " + _NAME + r" ?\((@[\w.]{1,40})\)|"
    r"A (?:post|photo|video) (?:shared|posted) by (@[\w.]{1,40}) on")
_SHARED_ONLY = re.compile(r"\s*A (?:post|photo|video) (?:shared|posted) by [^\n]{1,160}\s*$")


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
    """The block quotations and embedded posts, outermost ones only, and lines that are signed as posts are; but none
    that only says who shared what."""
    outer: list[Block] = []
    kept = [block for block in blocks if block.kind in ("quotation", "tweet")] + list(_signed_lines(text))
    for block in sorted(kept, key=lambda block: (block.span.start, -block.span.end)):
        if not (outer and block.span in outer[-1].span):
            outer.append(block)
    return [block for block in outer if _SHARED_ONLY.fullmatch(text, block.span.start, block.span.end) is None
            and any(c.isalnum() for c in block.span.of(text))]


def _signed_lines(text: str) -> Iterator[Block]:
    """Paragraphs that end in the credit line of a post, for pages that do not set it apart."""
    if "(@" not in text:
        return
    for line in paragraphs(text):
        match = _TWEET_LINE.search(text, max(line.start, line.end - 160), line.end)
        if match and match.start() > line.start:
            yield Block(line, "tweet")


def unwrapped(text: str, span: Span) -> Span:
    """A block without the marks and blanks around the whole of it."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    first, last = MARK.match(text, start, end), text[end - 1:end]
    if first and last in tuple("\"”»") and end - start > 2:
        return Span(first.end(), end - 1)
    return Span(start, end)
