"""Every place at which a word stands, one below the other with what stands around it: keyword in context."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, get_args

from indexer import Document, Engine, Query, Span, fold, matches, wanted
from searchui.pages.charts import counted
from searchui.pages.hits import Day, article_url, day
from searchui.pages.search_page import NOUNS, Link, Pages, extended, last_page, page_links
from searchui.request import SearchRequest, page_sizes

Order = Literal["right", "left", "word", "newest", "oldest"]
ORDERS: Mapping[Order, str] = {"right": "What follows", "left": "What precedes", "word": "The word itself",
                               "newest": "Newest", "oldest": "Oldest"}
AROUND = 48                       # characters shown on each side
_MOST_OF_ONE = 20                 # lines of one document


@dataclass(frozen=True, slots=True)
class ContextLine:
    """A match with the text on both sides, as published. speaker: of a quotation, if known."""

    before: str
    word: str
    after: str
    title: str
    url: str
    date: Day
    speaker: str
    slug: str


@dataclass(frozen=True, slots=True)
class Concordance:
    """The lines of the best answers. read: how many documents they come from, of total."""

    lines: tuple[ContextLine, ...]
    read: int
    total: int


@dataclass(frozen=True, slots=True)
class LinesPage:
    """Everything the page of lines shows."""

    title: str
    heading: str
    typed: str
    kind: str
    repairs: tuple[str, ...]
    problem: str
    count_line: str
    partial_line: str
    back: Link
    kinds: tuple[Link, ...]
    orders: tuple[Link, ...]
    lines: tuple[ContextLine, ...]
    number: int
    last: int
    pages: Pages | None
    empty: str


def concordance_of(engine: Engine, search: SearchRequest, most: int = page_sizes.LINES_READ) -> Concordance:
    """Every place at which words of the search stand in its best answers."""
    total = engine.count(search.hit_query, kind=search.kind, filters=search.filter_query)
    found = engine.every(search.hit_query, kind=search.kind, filters=search.filter_query, sort="relevance")
    documents = [hit.document for hit in islice(found, most)]
    lines = tuple(line for each in documents for line in islice(lines_of(each, search), _MOST_OF_ONE))
    return Concordance(lines, len(documents), total)


def lines_of(document: Document, search: SearchRequest) -> Iterator[ContextLine]:
    """The lines of one article, or of one quotation with the paragraph around it."""
    quotation = document["kind"] == "quotation"
    text = document["context"] if quotation else document["text"]
    for span in _spans(document, search.query):
        before = _before(text, span.start)
        after = _after(text, span.end)
        anchor = document["id"].rpartition("#")[2] if quotation else None
        url = article_url(document["article_id"] if quotation else document["id"], search.typed, anchor)
        yield ContextLine(before, span.of(text), after, document["title"], url, day(document["date"]),
                          document["speaker"] if quotation else "", document["speaker_id"] if quotation else "")


def _spans(document: Document, query: Query) -> list[Span]:
    """Where words of the query stand: in an article's text, or between the quotation's marks, in its paragraph."""
    if document["kind"] != "quotation":
        return [each.span for each in matches(document["text"], wanted(query, ("text", "said")))]
    shift = document["start"] - document["context_start"]
    found = matches(document["said"], wanted(query, ("said",)))
    return [Span(each.span.start + shift, each.span.end + shift) for each in found]


def _before(text: str, start: int) -> str:
    """The end of what precedes, in the same paragraph, from a whole word on."""
    begin = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    cut = text[begin:start]
    if begin and text[begin - 1] not in " \n" and " " in cut:
        cut = cut[cut.index(" ") + 1:]
    return cut


def _after(text: str, end: int) -> str:
    """The beginning of what follows, in the same paragraph, up to a whole word."""
    stop = text.find("\n", end)
    limit = min(stop if stop >= 0 else len(text), end + AROUND)
    cut = text[end:limit]
    if limit < len(text) and text[limit] not in " \n" and " " in cut:
        cut = cut[:cut.rindex(" ")]
    return cut


def order_asked(name: str) -> Order:
    return next((each for each in get_args(Order) if each == name), "right")


def in_order(lines: tuple[ContextLine, ...], order: Order) -> list[ContextLine]:
    """Lines by the words that follow, or by those that precede, the nearest first; or by day, undated ones last."""
    if order in ("newest", "oldest"):
        dated = [each for each in lines if each.date.iso]
        rest = [each for each in lines if not each.date.iso]
        return sorted(dated, key=lambda each: each.date.iso, reverse=order == "newest") + rest
    return sorted(lines, key=lambda each: _key(each, order))


def _key(line: ContextLine, order: Order) -> tuple[tuple[str, ...], ...]:
    before = tuple(reversed(fold(line.before).split()))
    after, word = tuple(fold(line.after).split()), tuple(fold(line.word).split())
    last: tuple[str, ...] = ("\U0010ffff",)        # nothing precedes or follows: after all words
    return {"left": (before or last, word, after), "word": (word, after)}.get(order, (after or last, word, before))


def lines_page(search: SearchRequest, found: Concordance | None, by: str) -> LinesPage:
    """found: None if nothing was typed, or nothing that can be understood. by: the order asked for."""
    found, order = found or Concordance((), 0, 0), order_asked(by)
    last = last_page(len(found.lines), page_sizes.LINES, search.limits.pages)
    number = min(search.page, last)
    start = (number - 1) * page_sizes.LINES

    def url(by: Order = order, page: int = 1, kind: str = NOUNS[search.kind]) -> str:
        return lines_url(search, by, page, kind)

    heading = f"{search.typed} in context" if search.typed else "Words in context"
    return LinesPage(
        title=heading + (f" (page {number} of {last})" if number > 1 else ""),
        heading=heading,
        typed=search.typed,
        kind=NOUNS[search.kind],
        repairs=search.repairs,
        problem=str(search.error) if search.error else "",
        count_line=_count_line(found, search),
        partial_line=f"From the best {found.read:,} of {found.total:,} {NOUNS[search.kind]}."
        if found.total > found.read else "",
        back=Link("Back to the results", search.url()),
        kinds=tuple(Link(name.capitalize(), url(kind=name), current=name == NOUNS[search.kind])
                    for name in ("articles", "quotations")),
        orders=tuple(Link(label, url(by), current=by == order) for by, label in ORDERS.items())
        if len(found.lines) > 1 else (),
        lines=tuple(in_order(found.lines, order)[start:start + page_sizes.LINES]),
        number=number,
        last=last,
        pages=page_links(number, last, lambda page: url(page=page)),
        empty="" if found.lines else _empty(search),
    )


def lines_url(search: SearchRequest, by: Order = "right", page: int = 1, kind: str = "") -> str:
    changed = replace(search, kind="quotation" if (kind or NOUNS[search.kind]) == "quotations" else "article",
                      sort="relevance", page=page)
    return extended(changed.url("pages.lines", page=page), by=by if by != "right" else "")


def _count_line(found: Concordance, search: SearchRequest) -> str:
    lines = len(found.lines)
    return (f"{lines:,} {counted(lines, 'lines')} from {found.read:,} {counted(found.read, NOUNS[search.kind])}"
            if lines else "")


def _empty(search: SearchRequest) -> str:
    if not search.typed:
        return "Type a word or a “phrase” to see every place at which it was printed."
    return f"No {NOUNS[search.kind]} contain these words."
