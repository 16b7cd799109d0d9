"""The story of a saved page, without the menus, comments and advertisements around it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from indexer.models import Block, Link, Span
from indexer.reading import front_matter
from indexer.reading.drafts import Draft, Source
from indexer.reading.encodings import decoded
from indexer.reading.html_text import Text, plain_text, unescape
from indexer.reading.page_metadata import page_fields
from indexer.reading.plain_text import credits_of

MAX_PAGE = 5_000_000          # characters in which a story is looked for
RUN = 4                       # words in a row by which a paragraph is known again
KNOWN = 0.5                   # the share of its runs that make it one of the story's
LEAST_STORY = 25              # words; a shorter story was not found
MANY_PARAGRAPHS = 4_000       # of a page; of more no second opinion is asked, whose time is the square of their number
MOST_HEADINGS = 100           # at the beginning of a page that are compared with its title
MOST_PARAGRAPHS = 20_000      # of a page in which a story is looked for
MOST_OPENING = 20             # lines of a page among which its headline and byline stand
LEAST_SENTENCE = 12           # words of a paragraph that is one without doubt

_TOOLBAR = re.compile(r"<!--\s*BEGIN WAYBACK TOOLBAR INSERT\s*-->.{0,200000}?"
                      r"<!--\s*END WAYBACK TOOLBAR INSERT\s*-->", re.DOTALL)
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,1000})</title>", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_POINTER = re.compile(
    r"(?:(?:also )?read(?: more| next| also)|see also|related(?: \w+)?|don['’]t miss|you (?:may|might) also like"
    r"|recommended)\s*(?::|>|»|\|)\s*\S.*[^.]$", re.IGNORECASE)
_BREAK = re.compile(r"<br\s{0,9}/?>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<(?:blockquote|br|caption|center|col|d[dlt]|div|fieldset|form|h[1-6]|legend|li|opt\w+|p|pre"
                        r"|t[dhr]|ul)\b", re.IGNORECASE)


def read(source: Source) -> Iterator[Draft]:
    """The story of a page, which may have front matter above it."""
    text, encoding = decoded(source.data or b"", source.path)
    found = front_matter.split(text, source.path)
    if found.line is None:
        yield page_draft(found.body, encoding=encoding)
    else:
        warnings = tuple(filter(None, [found.warning]))
        yield Draft(found.body, "html", found.fields, line=found.line, encoding=encoding, warnings=warnings)


def page_draft(page: str, address: str = "", key: str = "", encoding: str = "") -> Draft:
    """The story of a page of that address, wherever it was kept."""
    page = _TOOLBAR.sub("", page)
    fields = fields_of(page)
    if fields.keys().isdisjoint(("author", "date")):
        fields = {**_credits_below(page, str(fields.get("title", ""))), **fields}
    if address:
        fields["url"] = address
    return Draft(page, "page", fields, key, encoding=encoding)


def _opening_lines(page: str) -> list[str]:
    """The first lines of a page as a reader sees them, each break a new one."""
    return plain_text(_BREAK.sub("<br><br>", page[:MAX_PAGE]))[0].split("\n", MOST_OPENING)[:MOST_OPENING]


def _credits_below(page: str, title: str) -> dict[str, object]:
    """The byline and the day on the lines below the headline of a page without marks for either, as old pages are."""
    lines = [line.strip() for line in _opening_lines(page)]
    at = next((number for number, line in enumerate(lines) if title and _words(line) == _words(title)), None)
    return credits_of("\n".join(lines[at + 1:]))[0] if at is not None else {}


def fields_of(page: str) -> dict[str, object]:
    """What a page says of itself."""
    return page_fields(page)


def text_of(page: str) -> Text:
    """The story as a reader of the page sees it: those of its paragraphs that are in what trafilatura takes for the
    story; the whole page where it finds none. The headline is not repeated."""
    whole = plain_text(page)
    story = story_of(page) if len(page) <= MAX_PAGE else ""
    words = len(_words(story))
    if words < LEAST_STORY and words * 2 < len(_words(whole[0])):
        return whole
    found = _below_headline(kept_lines(whole, story), whole, page)
    return only_lines(whole, found) if found else whole


def story_of(page: str) -> str:
    """What trafilatura takes for the story; "" where it finds none."""
    import trafilatura  # late: half a second that an archive without saved pages need not spend

    paragraphs = sum(1 for _ in islice(_PARAGRAPH.finditer(page), MOST_PARAGRAPHS))
    if paragraphs == MOST_PARAGRAPHS:
        return ""
    try:
        return trafilatura.extract(page, include_comments=False, favor_precision=True, deduplicate=False,
                                   fast=paragraphs > MANY_PARAGRAPHS) or ""
    except Exception:        # hostile pages raise what they like; the page is then read whole
        return ""


def kept_lines(whole: Text, story: str) -> list[Span]:
    """The lines of a page that a story holds, in the order of the page, and those among them that belong to it: what
    was embedded, block quotations and posts, and a whole sentence between two of its paragraphs; not «Read more: …»."""
    text, blocks, links = whole
    words = _words(story)
    runs = set(zip(*(words[shift:] for shift in range(RUN))))
    short = {" ".join(_words(line)) for line in story.split("\n")}
    lines = list(_lines(text))
    known = [_is_known(_words(line.of(text)), runs, short) for line in lines]
    if True not in known:
        return []
    first, last = known.index(True), len(known) - known[::-1].index(True)
    quoted = _inside(lines, [block.span for block in blocks if block.kind in ("quotation", "tweet")])
    return [line for number, line in enumerate(lines) if not _POINTER.match(line.of(text)) and (
            known[number] or (first < number < last and (
                quoted[number] or (known[number - 1] and known[number + 1] and _is_prose(line, text, links)))))]


def _inside(lines: Sequence[Span], spans: Sequence[Span]) -> list[bool]:
    """Whether each line lies in one of the spans; both are in order of their start."""
    found, end, number = [], -1, 0
    for line in lines:
        while number < len(spans) and spans[number].start <= line.start:
            end, number = max(end, spans[number].end), number + 1
        found.append(line.end <= end)
    return found


def _is_prose(line: Span, text: str, links: Sequence[Link]) -> bool:
    """A sentence, and not one that is a link to another story."""
    words = line.of(text)
    first = bisect_left(links, line.start, key=_start_of)
    linked = sum(len(link.span) for link in links[first:bisect_left(links, line.end, first, key=_start_of)]
                 if link.span in line)
    is_whole = len(_words(words)) >= LEAST_SENTENCE and words.rstrip("\"”’)").endswith((".", "!", "?"))
    return is_whole and linked * 3 < len(line)


def _below_headline(lines: list[Span], whole: Text, page: str) -> list[Span]:
    """Without headings at the beginning that only say the page's title again."""
    title = " ".join(_words(" ".join(unescape(match[1]) for match in _TITLE.finditer(page[:MAX_PAGE]))))
    headings = [block.span for block in whole[1] if block.kind == "heading"]
    first = 0
    while first + 1 < len(lines) and any(lines[first] in span for span in headings[:MOST_HEADINGS]):
        if " ".join(_words(lines[first].of(whole[0]))) not in title:
            break
        first += 1
    return lines[first:]


def _is_known(words: Sequence[str], runs: set[tuple[str, ...]], short: set[str]) -> bool:
    if len(words) < RUN + 2:
        return " ".join(words) in short
    own = list(zip(*(words[shift:] for shift in range(RUN))))
    return sum(run in runs for run in own) >= KNOWN * len(own)


def only_lines(whole: Text, lines: Sequence[Span]) -> Text:
    """A page's text reduced to some of its lines, and what was set apart within them."""
    text, blocks, links = whole
    moved: list[tuple[Span, int]] = []
    at = 0
    for line in lines:
        moved.append((line, at - line.start))
        at += len(line) + 1
    return (
        "\n".join(line.of(text) for line in lines),
        tuple(Block(span, block.kind) for block in blocks for span in _moved(block.span, moved)),
        tuple(Link(span, link.url) for link in links for span in _moved(link.span, moved)),
    )


def _moved(span: Span, lines: Sequence[tuple[Span, int]]) -> Iterator[Span]:
    """Where what is left of a span stands now."""
    first = bisect_right(lines, span.start, key=_end_of)
    kept = [(max(span.start, line.start) + by, min(span.end, line.end) + by)
            for line, by in lines[first:bisect_left(lines, span.end, first, key=_start_of_line)]]
    if kept:
        yield Span(kept[0][0], kept[-1][1])


def _start_of(link: Link) -> int:
    return link.span.start


def _start_of_line(moved: tuple[Span, int]) -> int:
    return moved[0].start


def _end_of(moved: tuple[Span, int]) -> int:
    return moved[0].end


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
