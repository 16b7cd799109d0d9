"""Every match of a search with the words around it, one below the other: keyword in context."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from indexer import Document, Engine, Span, Wanted, fold, matches, wanted
from searchui.pages.charts import counted
from searchui.pages.hits import Day, article_url, day
from searchui.pages.search_page import NOUNS, TEXTS, Link, Pages, extended, last_page, order_of, page_links
from searchui.request import SearchRequest, page_sizes

LineOrder = Literal["right", "left", "word", "newest", "oldest"]
LINE_ORDERS: Mapping[LineOrder, str] = {
    "right": "What follows", "left": "What precedes", "word": "The word itself", "newest": "Newest", "oldest": "Oldest",
}
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
class Place:
    """A match in the text of an article, or in the paragraph around a quotation."""

    document: Document
    text: str
    span: Span

    @property
    def before(self) -> str:
        """The end of what precedes, in the same paragraph, from a whole word on."""
        start, text = self.span.start, self.text
        begin = max(text.rfind("\n", 0, start) + 1, start - AROUND)
        cut = text[begin:start]
        if begin and text[begin - 1] not in " \n" and " " in cut:
            cut = cut[cut.index(" ") + 1:]
        return cut

    @property
    def after(self) -> str:
        """The beginning of what follows, in the same paragraph, up to a whole word."""
        end, text = self.span.end, self.text
        stop = text.find("\n", end)
        limit = min(stop if stop >= 0 else len(text), end + AROUND)
        cut = text[end:limit]
        if limit < len(text) and text[limit] not in " \n" and " " in cut:
            cut = cut[:cut.rindex(" ")]
        return cut

    @property
    def word(self) -> str:
        return self.span.of(self.text)


@dataclass(frozen=True, slots=True)
class Concordance:
    """The matches in the best answers. read: how many documents they come from, of total."""

    places: tuple[Place, ...]
    read: int
    total: int

    def page(self, order: LineOrder, number: int) -> list[Place]:
        """The matches of one page."""
        return in_order(self.places, order)[(number - 1) * page_sizes.LINES:number * page_sizes.LINES]


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
    """Every match of the search in its best answers."""
    total = engine.count(search.hit_query, kind=search.kind, filters=search.filter_query)
    best = engine.every(search.hit_query, kind=search.kind, filters=search.filter_query, sort="relevance")
    documents = [hit.document for hit in islice(best, most)]
    places = _places_in_quotation if search.kind == "quotation" else _places_in_article
    want = wanted(search.query, ("said",) if search.kind == "quotation" else ("text", "said"))
    found = tuple(place for each in documents for place in islice(places(each, want), _MOST_OF_ONE))
    return Concordance(found, len(documents), total)


def _places_in_article(article: Document, want: Wanted) -> Iterator[Place]:
    return (Place(article, article["text"], each.span) for each in matches(article["text"], want))


def _places_in_quotation(quotation: Document, want: Wanted) -> Iterator[Place]:
    """Only what is between its marks matches; what is around it is its paragraph."""
    shift = quotation["start"] - quotation["context_start"]
    for each in matches(quotation["said"], want):
        yield Place(quotation, quotation["context"], Span(each.span.start + shift, each.span.end + shift))


def line_at(place: Place, typed: str, *, external: bool = False) -> ContextLine:
    """A match as the page shows it."""
    document = place.document
    is_quotation = document["kind"] == "quotation"
    anchor = document["id"].rpartition("#")[2] if is_quotation else None
    url = article_url(document["article_id"] if is_quotation else document["id"], typed, anchor, external=external)
    return ContextLine(place.before, place.word, place.after, document["title"], url, day(document["date"]),
                       document["speaker"] if is_quotation else "", document["speaker_id"] if is_quotation else "")


def in_order(places: Sequence[Place], order: LineOrder) -> list[Place]:
    """Matches by the words that follow, or by those that precede, the nearest first; or by day, undated ones last. Of
    equals the one in the better answer comes first."""
    if order in ("newest", "oldest"):
        dated = [each for each in places if each.document["date"]]
        rest = [each for each in places if not each.document["date"]]
        return sorted(dated, key=lambda each: str(each.document["date"]), reverse=order == "newest") + rest
    return sorted(places, key=_KEYS[order])


def _words_before(place: Place) -> list[str]:
    return fold(place.before).split()[::-1] or _LAST


def _words_after(place: Place) -> list[str]:
    return fold(place.after).split() or _LAST


_LAST = ["\U0010ffff"]             # nothing precedes or follows: after all words
_KEYS: Mapping[LineOrder, Callable[[Place], list[str]]] = {
    "right": _words_after, "left": _words_before, "word": lambda place: [fold(place.word), *_words_after(place)],
}


def lines_page(search: SearchRequest, found: Concordance | None, by: str) -> LinesPage:
    """found: None if nothing was typed, or nothing that can be understood. by: the order asked for."""
    found, order = found or Concordance((), 0, 0), order_of(LINE_ORDERS, by)
    last = last_page(len(found.places), page_sizes.LINES, search.limits.pages)
    number = min(search.page, last)

    def url(by: LineOrder = order, page: int = 1, kind: str = NOUNS[search.kind]) -> str:
        return lines_url(search, by, page, kind)

    heading = f"{search.box} in context" if search.box else "Words in context"
    return LinesPage(
        title=heading + (f" (page {number} of {last})" if number > 1 else ""),
        heading=heading,
        typed=search.box,
        kind=NOUNS[search.kind],
        repairs=search.repairs,
        problem=str(search.error) if search.error else "",
        count_line=_count_line(found, search),
        partial_line=f"From the best {found.read:,} of {found.total:,} {NOUNS[search.kind]}."
        if found.total > found.read else "",
        back=Link("Back to the results", search.url()),
        kinds=tuple(Link(name.capitalize(), url(kind=name), current=name == NOUNS[search.kind])
                    for name in TEXTS),
        orders=tuple(Link(label, url(by), current=by == order) for by, label in LINE_ORDERS.items())
        if len(found.places) > 1 else (),
        lines=tuple(line_at(each, search.typed) for each in found.page(order, number)),
        number=number,
        last=last,
        pages=page_links(number, last, lambda page: url(page=page)),
        empty="" if found.places else _empty(search),
    )


def lines_url(search: SearchRequest, by: LineOrder = "right", page: int = 1, kind: str = "") -> str:
    changed = replace(search, kind="quotation" if (kind or NOUNS[search.kind]) == "quotations" else "article",
                      sort="relevance", page=page)
    return extended(changed.url("pages.lines", page=page), by=by if by != "right" else "")


def _count_line(found: Concordance, search: SearchRequest) -> str:
    lines = len(found.places)
    return (f"{lines:,} {counted(lines, 'lines')} from {found.read:,} {counted(found.read, NOUNS[search.kind])}"
            if lines else "")


def _empty(search: SearchRequest) -> str:
    if not search.typed:
        return "Type a word or a “phrase” to see every place at which it was printed."
    return f"No {NOUNS[search.kind]} contain these words."
