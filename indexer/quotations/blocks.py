"""Block quotations and embedded posts: which of the blocks that a page sets apart they are, which words of each are
quoted, and whom it credits."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.models import Block, Span
from indexer.quotations.credit_lines import (
    LONGEST, Credit, dashed_end, dashed_line, is_shared_only, lead_in, named_in, posts_in,
)
from indexer.quotations.marks import MARK, marks_of, pairs_of
from indexer.quotations.stretches import paragraphs

_DASHES = frozenset("—–―-~")
_LAST_DASH = re.compile(r"\s(?:[—–―~]|--?)\s*$")


@dataclass(frozen=True, slots=True)
class BlockQuotation:
    """A block that quotes. span is its words, without the marks and blanks around them and the line that credits them;
    outer is all that was set apart, that line among it; credit is the name of whoever is credited."""

    span: Span
    outer: Span
    credit: Span | None = None


def quoted_blocks(text: str, blocks: Sequence[Block]) -> list[BlockQuotation]:
    """What the block quotations and embedded posts of a text quote, in order, outermost ones only; and lines that are
    signed as posts are, though the page sets nothing apart. Several signed posts in a block are a quotation each."""
    lines = list(paragraphs(text))
    outer = _outermost([block.span for block in blocks if block.kind in ("quotation", "tweet")])
    outer = _outermost(outer + list(_signed_lines(text, lines, outer)))
    marked = [Credit(block.span, name) for block in sorted(blocks, key=lambda block: block.span.start)
              if block.kind == "credit" and len(block.span) <= 2 * LONGEST and (name := named_in(text, block.span))]
    found = [each for span in outer for each in _pieces(text, span, _credits_in(text, span, marked))]
    found = [each for each in found if _says_something(text, each.span)]
    return list(_credited_beside(text, found, lines, marked))


def _outermost(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not (kept and span in kept[-1]):
            kept.append(span)
    return kept


def _start(each: Span) -> int:
    return each.start


def _touches(spans: Sequence[Span], line: Span) -> bool:
    """Whether one of the spans, which are in order, overlaps a line."""
    number = bisect_left(spans, line.end, key=_start)
    return bool(number) and spans[number - 1].end > line.start


def _signed_lines(text: str, lines: Sequence[Span], taken: Sequence[Span]) -> Iterator[Span]:
    """Paragraphs that end in the dated credit line of a post, for pages that do not set it apart; and those before a
    paragraph that is nothing else."""
    if "(@" not in text:
        return
    before: Span | None = None
    for line in lines:
        post = next((each for each in posts_in(text, Span(max(line.start, line.end - LONGEST), line.end))
                     if each.line.end == line.end and text[line.end - 4:line.end].isdecimal()), None)
        alone = post is not None and post.line.start == line.start
        start = line.start if post is not None and not alone else before.start if alone and before else line.end
        if start < line.end and not _touches(taken, Span(start, line.end)):
            yield Span(start, line.end)
        before = None if post is not None else line


def _says_something(text: str, words: Span) -> bool:
    return any(character.isalnum() for character in words.of(text)) and not is_shared_only(text, words)


# ---- the credits in a block


def _credits_in(text: str, span: Span, marked: Sequence[Credit]) -> list[Credit]:
    """The credit lines of a block in order: those that the page marks as such, those of posts, and lines of a dash
    and a name if the last line is one."""
    found = [each for each in _starting_in(span, marked) if each.line in span and _parts_words(text, each.line, span)]
    found += [*posts_in(text, span), *_dashed_in(text, span)]
    kept: list[Credit] = []
    for credit in sorted(found, key=lambda each: (each.line.start, -each.line.end)):
        if not (kept and credit.line.start < kept[-1].line.end):
            kept.append(credit)
    return kept


def _starting_in(span: Span, credits: Sequence[Credit]) -> Sequence[Credit]:
    first = bisect_left(credits, span.start, key=_line_start)
    return credits[first:bisect_left(credits, span.end, lo=first, key=_line_start)]


def _line_start(credit: Credit) -> int:
    return credit.line.start


def _parts_words(text: str, line: Span, block: Span) -> bool:
    """Whether what a page marks as a credit is one, and not the title of a work: at the end, or a line of its own."""
    if line.end == block.end or _introduces(text, line):
        return True
    begins = line.start == block.start or text[line.start - 1] in "\n—–-"
    return begins and text[line.end] == "\n"


def _introduces(text: str, line: Span) -> bool:
    """Whether a credit is of the words behind it: «Petra Yardley wrote:»."""
    return text[line.end - 1] == ":"


def _dashed_in(text: str, span: Span) -> Iterator[Credit]:
    lines = [Span(span.start + line.start, span.start + line.end) for line in paragraphs(span.of(text))]
    if not lines:
        return
    pairs = [(one, line) for one, line in zip(lines, lines[1:], strict=False) if text[one.start] not in _DASHES]
    if pairs and pairs[-1][1] == lines[-1] and dashed_line(text, lines[-1]):
        yield from (credit for _, line in pairs if (credit := dashed_line(text, line)))
    elif credit := dashed_end(text, lines[-1]):
        yield credit


def _pieces(text: str, span: Span, credits: Sequence[Credit]) -> Iterator[BlockQuotation]:
    """A block as one quotation for each of its credits, and one for the words behind the last."""
    at, lead = span.start, None
    for credit in credits:
        if not _introduces(text, credit.line):
            yield _quotation(text, Span(at, credit.line.start), credit.line.end, credit.name)
        elif credit.line.start > at:
            yield _quotation(text, Span(at, credit.line.start), credit.line.start, lead)
        at, lead = credit.line.end, credit.name if _introduces(text, credit.line) else None
    yield _quotation(text, Span(at, span.end), span.end, lead)


def _quotation(text: str, words: Span, end: int, credit: Span | None) -> BlockQuotation:
    start, stop = words.start, words.end
    while start < stop and text[start].isspace():
        start += 1
    if stop < end and (dash := _LAST_DASH.search(text, max(start, stop - 4), stop)):
        stop = dash.start()
    return BlockQuotation(unwrapped(text, Span(start, stop)), Span(start, end), credit)


# ---- the credits beside a block


def _credited_beside(
    text: str, found: Sequence[BlockQuotation], lines: Sequence[Span], marked: Sequence[Credit]
) -> Iterator[BlockQuotation]:
    """Quotations with whom the line behind or before them credits, if nobody in the block is."""
    outer = [each.outer for each in found]
    used = 0
    for number, each in enumerate(found):
        if each.credit is None:
            limit = outer[number + 1].start if number + 1 < len(outer) else len(text)
            behind = _behind(text, Span(each.outer.end, limit), lines, marked)
            before = None if behind else _before(text, each.outer, marked, used)
            if behind:
                each = replace(each, outer=Span(each.outer.start, behind.line.end), credit=behind.name)
            elif before:
                each = replace(each, outer=Span(before.line.start, each.outer.end), credit=before.name)
            else:
                each = replace(each, credit=_led_in(text, each.outer.start, lines))
        used = each.outer.end
        yield each


def _behind(text: str, rest: Span, lines: Sequence[Span], marked: Sequence[Credit]) -> Credit | None:
    """The credit right behind a block, within what is left before the next."""
    following = _starting_in(Span(rest.start, min(rest.end, rest.start + 3)), marked)
    if following and following[0].line in rest and not text[rest.start:following[0].line.start].strip():
        return following[0]
    number = bisect_left(lines, rest.start, key=_start)
    if number == len(lines) or lines[number] not in rest or not 0 < lines[number].start - rest.start < 4:
        return None
    line = lines[number]
    post = next((each for each in posts_in(text, line) if each.line == line), None) if len(line) <= LONGEST else None
    return post or dashed_line(text, line)


def _before(text: str, outer: Span, marked: Sequence[Credit], used: int) -> Credit | None:
    """The credit right before a block, if it is behind what the block before used."""
    number = bisect_left(marked, outer.start, key=_line_start) - 1
    if number < 0 or marked[number].line.start < used or not 0 <= outer.start - marked[number].line.end < 4:
        return None
    return None if text[marked[number].line.end:outer.start].strip() else marked[number]


def _led_in(text: str, start: int, lines: Sequence[Span]) -> Span | None:
    """Whom the line before a block names, if it only says whose words follow."""
    number = bisect_right(lines, start - 1, key=_start) - 1
    return lead_in(text, lines[number]) if start and number >= 0 and lines[number].end < start else None


# ---- its words


def unwrapped(text: str, span: Span) -> Span:
    """A block without the marks and blanks around the whole of it."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    first, last = MARK.match(text, start, end), text[end - 1:end]
    if first and last in tuple("\"”»«“") and first.end() < end - 1 and _is_one_pair(text, Span(start, end)):
        return Span(first.end(), end - 1)
    return Span(start, end)


def _is_one_pair(text: str, span: Span) -> bool:
    """Whether the first and the last mark of a line belong together; those of several lines are taken to."""
    if "\n" in span.of(text):
        return True
    pairs = pairs_of(text, marks_of(text, span))
    return len(pairs) == 1 and None not in (pairs[0].opening, pairs[0].closing) and pairs[0].end == span.end
