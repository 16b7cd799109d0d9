"""Everybody who is quoted in an answer: how often, when, and how surely."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, NamedTuple

from flask import url_for

from indexer import Engine
from searchui.pages.charts import counted, span_of_years
from searchui.pages.hits import Day, day
from searchui.pages.search_page import Link, Pages, extended, last_page, order_of, page_links
from searchui.pages.sparkline import Sparkline, sparkline
from searchui.pages.story import LEVELS
from searchui.request import Filter, SearchRequest, page_sizes

SourceOrder = Literal["most", "name", "first", "last"]
SOURCE_ORDERS: Mapping[SourceOrder, str] = {
    "most": "Most quoted", "name": "Name", "first": "First quoted", "last": "Last quoted",
}
# What is counted of each quotation.
_COLUMNS = ("speaker_id", "speaker_name", "speaker_kind", "article_id", "level", "year", "month")
# What models.SpeakerKind is called here; a person needs no word.
KINDS = {"organisation": "organisation", "unnamed": "unnamed source"}


class Counted(NamedTuple):
    """What is counted of one quotation. day: ISO, as far as known."""

    article: str
    level: str
    day: str
    kind: str                     # of the speaker


# From all its values: without a function of Python's in between, which an answer would call tens of thousands of times.
_made = partial(tuple.__new__, Counted)


@dataclass(frozen=True, slots=True)
class Tally:
    """A source and its quotations; what is asked of few of the sources is worked out of them then."""

    name: str
    slug: str
    quotations: Sequence[Counted]

    @property
    def kind(self) -> str:
        return self.quotations[0].kind

    @property
    def articles(self) -> int:
        return len({each.article for each in self.quotations})

    @property
    def levels(self) -> Counter[str]:
        return Counter(each.level for each in self.quotations)

    @property
    def years(self) -> Counter[str]:
        return Counter(each.day[:4] for each in self.quotations if each.day)

    @property
    def days(self) -> tuple[str, str]:
        """The earliest and the latest known, "" if there is none."""
        known = [each.day for each in self.quotations if each.day]
        return min(known, default=""), max(known, default="")


@dataclass(frozen=True, slots=True)
class Sources:
    """Everybody quoted in an answer, the most quoted first. read: how many of its quotations were counted, of total;
    unknown: how many of them have no known speaker; years: those in which any of them was printed."""

    tallies: tuple[Tally, ...]
    total: int
    read: int
    unknown: int
    years: tuple[str, ...]

    def page(self, order: SourceOrder, number: int) -> tuple[Tally, ...]:
        """The sources of one page."""
        per_page = page_sizes.SOURCES
        ordered = self.tallies if order == "most" else in_order(self.tallies, order)
        return ordered[(number - 1) * per_page:number * per_page]


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
    columns = engine.columns(found.hit_query, _COLUMNS, kind="quotation", filters=found.filter_query, most=most)
    sources = _counted(columns)
    if sources.read < most:
        return sources
    return replace(sources, total=engine.count(found.hit_query, kind="quotation", filters=found.filter_query))


def _counted(quotations: Iterable[tuple[str, Sequence[str]]]) -> Sources:
    """The sources of quotations, each given by its day and its values of _COLUMNS."""
    sources: defaultdict[tuple[str, str], list[Counted]] = defaultdict(list)
    years: set[str] = set()
    read = 0
    for read, (when, (slug, name, kind, article, level, year, month)) in enumerate(quotations, 1):
        sources[slug, name].append(_made((article, level, when if month else year, kind)))
        years.add(year)
    unknown = len(sources.pop(("", ""), ()))
    tallies = in_order((Tally(name, slug, found) for (slug, name), found in sources.items()), "most")
    return Sources(tallies, read, read, unknown, tuple(sorted(years - {""})))


def in_order(tallies: Iterable[Tally], order: SourceOrder) -> tuple[Tally, ...]:
    if order == "last":
        named = sorted(tallies, key=lambda each: each.name)
        return tuple(sorted(named, key=lambda each: each.days[1], reverse=True))
    keys: Mapping[SourceOrder, Callable[[Tally], tuple[object, ...]]] = {
        "most": lambda each: (-len(each.quotations), each.name),
        "name": lambda each: (each.name.split()[-1:], each.name),
        "first": lambda each: (each.days[0] or "9999", each.name),
    }
    return tuple(sorted(tallies, key=keys[order]))


def sources_page(search: SearchRequest, found: Sources, asked: str) -> SourcesPage:
    """asked: the name of the order asked for."""
    order = order_of(SOURCE_ORDERS, asked)
    last = last_page(len(found.tallies), page_sizes.SOURCES, search.limits.pages)
    number = min(search.page, last)
    span = list(span_of_years(found.years)) if found.years else []
    answer = answer_of(search)

    def url(by: SourceOrder = order, page: int = 1) -> str:
        return sources_url(search, order=by if by != "most" else "", page=str(page) if page > 1 else "")

    heading = f"Sources for {search.box}" if search.box else "Sources"
    return SourcesPage(
        title=heading + (f" (page {number} of {last})" if number > 1 else ""),
        heading=heading,
        typed=search.box,
        repairs=search.repairs,
        problem=str(search.error) if search.error else "",
        count_line=_count_line(found, search),
        unknown_line=_unknown_line(found),
        partial_line=_partial_line(found),
        back=Link("Back to the results", search.url()),
        wider=_wider(search),
        orders=tuple(Link(label, url(by), current=by == order) for by, label in SOURCE_ORDERS.items()),
        sources=tuple(_source(each, answer, span) for each in found.page(order, number)),
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


def _source(each: Tally, answer: SearchRequest, span: list[int]) -> Source:
    (first, last), levels = each.days, each.levels
    return Source(
        name=each.name, slug=each.slug, kind=KINDS.get(each.kind, ""), count=len(each.quotations),
        articles=each.articles, url=quotations_url(each, answer), first=day(first), last=day(last),
        spark=sparkline(each.years, span), levels=tuple((level, levels[level]) for level in LEVELS if levels[level]),
    )


def answer_of(search: SearchRequest) -> SearchRequest:
    """The search for the quotations that were counted, as the page of results shows them."""
    return replace(of_quotations(search), sort="relevance", collapse=True, page=1)


def quotations_url(each: Tally, answer: SearchRequest, *, external: bool = False) -> str:
    """The quotations of one source in the answer (answer_of)."""
    if each.slug:
        return replace(answer, filters=(*answer.filters, Filter("speaker_id", each.slug))).url(external=external)
    name = each.name.replace('"', " ").strip()
    return replace(answer, typed=f'{answer.typed} speaker:"{name}"'.strip()).url(external=external)


def _count_line(found: Sources, search: SearchRequest) -> str:
    people, quotations = len(found.tallies), found.read
    where = "in articles that match" if search.kind == "article" or search.anywhere else "that match"
    where = where if search.typed else "of the archive"
    return (f"{people:,} {counted(people, 'sources')} of {quotations:,} {counted(quotations, 'quotations')} {where}."
            if quotations else "No quotations match.")


def _unknown_line(found: Sources) -> str:
    count = found.unknown
    verb = ("has", "is") if count == 1 else ("have", "are")
    return f"{count:,} of the quotations {verb[0]} no known speaker and {verb[1]} not listed." if count else ""


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
        levels = each.levels
        yield [each.name, each.slug, each.kind, len(each.quotations), each.articles, *each.days,
               *(levels[level] for level in LEVELS), years, url]
