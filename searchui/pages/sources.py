"""Everybody who is quoted in an answer: how often, when, and how surely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal, get_args

from flask import url_for

from indexer import Document, Engine
from searchui.pages.charts import counted, span_of_years
from searchui.pages.hits import Day, day
from searchui.pages.search_page import Link, Pages, extended, last_page, page_links
from searchui.pages.sparkline import Sparkline, sparkline
from searchui.pages.story import LEVELS
from searchui.request import Filter, SearchRequest, page_sizes

Order = Literal["most", "name", "first", "last"]
ORDERS: Mapping[Order, str] = {"most": "Most quoted", "name": "Name", "first": "First quoted", "last": "Last quoted"}
# What models.SpeakerKind is called here; a person needs no word.
KINDS = {"organisation": "organisation", "unnamed": "unnamed source"}


@dataclass(slots=True)
class Tally:
    """What is counted of one source while the answer is read. days: ISO, the earliest and the latest known."""

    name: str
    slug: str
    kind: str
    quotations: int = 0
    articles: set[str] = field(default_factory=set)
    years: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    days: tuple[str, str] = ("", "")

    def add(self, quotation: Document) -> None:
        self.quotations += 1
        self.articles.add(quotation["article_id"])
        self.levels[quotation["level"]] += 1
        if date := quotation["date"][:10]:
            self.years[date[:4]] += 1
            first, last = self.days
            self.days = (min(first or date, date), max(last, date))


@dataclass(frozen=True, slots=True)
class Sources:
    """Everybody quoted in an answer, the most quoted first. read: how many of its quotations were counted, of total;
    unknown: how many of them have no known speaker."""

    tallies: tuple[Tally, ...]
    total: int
    read: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Source:
    """A source as the page shows it. levels: how many of the quotations are how sure."""

    name: str
    slug: str
    kind: str
    count: int
    articles: int
    url: str                      # the quotations counted
    first: Day
    last: Day
    spark: Sparkline | None
    levels: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Everything the page of sources shows."""

    title: str
    heading: str
    typed: str
    repairs: tuple[str, ...]
    problem: str
    count_line: str
    unknown_line: str
    partial_line: str
    back: Link
    wider: Link | None            # the same of whole articles, or of the words alone
    orders: tuple[Link, ...]
    sources: tuple[Source, ...]
    number: int
    last: int
    pages: Pages | None
    csv_url: str
    trend_url: str


def of_quotations(search: SearchRequest) -> SearchRequest:
    """The search for the quotations of an answer: for articles, for those of all articles found."""
    whole = search.kind == "article" or search.anywhere
    return replace(search, kind="quotation", anywhere=whole and bool(search.typed), sort="newest", collapse=False)


def sources_of(engine: Engine, search: SearchRequest, most: int = page_sizes.SOURCES_READ) -> Sources:
    """Who is quoted in the answer, counted over its newest quotations, most of them at the utmost."""
    found = of_quotations(search)
    hits = engine.every(found.hit_query, kind="quotation", filters=found.filter_query, sort="newest")
    documents = [hit.document for hit in islice(hits, most)]
    total = len(documents)
    if total == most:
        total = engine.count(found.hit_query, kind="quotation", filters=found.filter_query)
    return tally(documents, total)


def tally(documents: Iterable[Document], total: int) -> Sources:
    tallies: dict[tuple[str, str], Tally] = {}
    read = unknown = 0
    for document in documents:
        read += 1
        if not document["speaker"]:
            unknown += 1
            continue
        key = document["speaker_id"], "" if document["speaker_id"] else document["speaker"]
        if key not in tallies:
            tallies[key] = Tally(document["speaker"], document["speaker_id"], document["speaker_kind"])
        tallies[key].add(document)
    return Sources(in_order(tallies.values(), "most"), total, read, unknown)


def in_order(tallies: Iterable[Tally], order: Order) -> tuple[Tally, ...]:
    if order == "last":
        named = sorted(tallies, key=lambda each: each.name)
        return tuple(sorted(named, key=lambda each: each.days[1], reverse=True))
    keys: Mapping[Order, Callable[[Tally], tuple[object, ...]]] = {
        "most": lambda each: (-each.quotations, -len(each.articles), each.name),
        "name": lambda each: (each.name.split()[-1:], each.name),
        "first": lambda each: (each.days[0] or "9999", each.name),
    }
    return tuple(sorted(tallies, key=keys[order]))


def order_asked(name: str) -> Order:
    return next((each for each in get_args(Order) if each == name), "most")


def sources_page(search: SearchRequest, found: Sources, asked: str) -> SourcesPage:
    """asked: the name of the order asked for."""
    order = order_asked(asked)
    per_page = page_sizes.SOURCES
    last = last_page(len(found.tallies), per_page, search.limits.pages)
    number = min(search.page, last)
    years = [year for each in found.tallies for year in each.years]
    span = list(span_of_years(dict.fromkeys(years))) if years else []
    shown = in_order(found.tallies, order)[(number - 1) * per_page:number * per_page]

    def url(by: Order = order, page: int = 1) -> str:
        return sources_url(search, order=by if by != "most" else "", page=str(page) if page > 1 else "")

    heading = f"Sources for {search.typed}" if search.typed else "Sources"
    return SourcesPage(
        title=heading + (f" (page {number} of {last})" if number > 1 else ""),
        heading=heading,
        typed=search.typed,
        repairs=search.repairs,
        problem=str(search.error) if search.error else "",
        count_line=_count_line(found, search),
        unknown_line=_unknown_line(found),
        partial_line=_partial_line(found),
        back=Link("Back to the results", search.url()),
        wider=_wider(search),
        orders=tuple(Link(label, url(by), current=by == order) for by, label in ORDERS.items()),
        sources=tuple(_source(each, search, span) for each in shown),
        number=number,
        last=last,
        pages=page_links(number, last, lambda page: url(page=page)),
        csv_url=sources_url(search, "exports.sources_csv"),
        trend_url=url_for("pages.trends", q=search.typed) if search.typed else "",
    )


def sources_url(search: SearchRequest, endpoint: str = "pages.sources", **more: str) -> str:
    """The address of the sources of a search; more: what only that page takes."""
    plain = replace(search, sort="relevance", collapse=True, per_page=page_sizes.RESULTS)
    return extended(plain.url(endpoint), **more)


def _wider(search: SearchRequest) -> Link | None:
    if not search.typed:
        return None
    if search.kind == "article" or search.anywhere:
        narrow = replace(search, kind="quotation", anywhere=False, page=1)
        return Link("Count only quotations that contain these words", sources_url(narrow))
    wide = replace(search, kind="quotation", anywhere=True, page=1)
    return Link("Count everybody quoted in articles that contain these words", sources_url(wide))


def _source(each: Tally, search: SearchRequest, span: list[int]) -> Source:
    return Source(
        name=each.name, slug=each.slug, kind=KINDS.get(each.kind, ""), count=each.quotations,
        articles=len(each.articles), url=_quotations_url(each, search), first=day(each.days[0]),
        last=day(each.days[1]), spark=sparkline(each.years, span),
        levels=tuple((level, each.levels[level]) for level in LEVELS if each.levels[level]),
    )


def _quotations_url(each: Tally, search: SearchRequest) -> str:
    """The quotations of one source in the same answer."""
    found = replace(of_quotations(search), sort="relevance", collapse=True)
    if each.slug:
        return replace(found, filters=(*found.filters, Filter("speaker_id", each.slug))).url()
    name = each.name.replace('"', " ").strip()
    return found.with_typed(f'{found.typed} speaker:"{name}"').url()


def _count_line(found: Sources, search: SearchRequest) -> str:
    people, quotations = len(found.tallies), found.read
    where = "in articles that match" if search.kind == "article" or search.anywhere else "that match"
    where = where if search.typed else "of the archive"
    return (f"{people:,} {counted(people, 'sources')} of {quotations:,} {counted(quotations, 'quotations')} {where}."
            if quotations else "No quotations match.")


def _unknown_line(found: Sources) -> str:
    count = found.unknown
    verb = ("has", "is") if count == 1 else ("have", "are")
    return f"{count:,} {verb[0]} no known speaker and {verb[1]} not listed." if count else ""


def _partial_line(found: Sources) -> str:
    return (f"Counted in the newest {found.read:,} of {found.total:,} quotations: narrow the search to count them all."
            if found.total > found.read else "")


def source_columns() -> list[str]:
    """The head of the table to download."""
    return ["name", "slug", "kind", "quotations", "articles", "first", "last", *LEVELS, "years", "url"]


def source_rows(found: Sources) -> Iterator[list[object]]:
    """years: each with its quotations, as “2009: 3; 2010: 5”."""
    for each in found.tallies:
        years = [f"{year}: {count}" for year, count in sorted(each.years.items())]
        url = url_for("pages.person", slug=each.slug, _external=True) if each.slug else ""
        yield [each.name, each.slug, each.kind, each.quotations, len(each.articles), *each.days,
               *(each.levels[level] for level in LEVELS), years, url]
