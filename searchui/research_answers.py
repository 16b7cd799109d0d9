"""Sources, trends and lines as JSON: what their pages show, with every figure that the pages draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict

from flask import url_for

from indexer import describe
from searchui.pages import (
    Concordance, LineOrder, Place, SourceOrder, Sources, Tally, Trends, answer_of, line_at, quotations_url,
)
from searchui.request import SearchRequest, page_sizes


class SourceAnswer(TypedDict):
    """Somebody who is quoted, or something."""

    name: str
    slug: str                     # "" unless a person of the archive
    kind: str                     # person, organisation or unnamed
    quotations: int
    articles: int                 # in which they stand
    first: str                    # ISO days of the first and last quotation; "" if none is dated
    last: str
    certainty: dict[str, int]     # "sure" → quotations whose speaker is that certain
    years: dict[str, int]         # "2009" → quotations
    url: str                      # the person's page, or ""
    quotations_url: str           # the quotations, on the page


class SourcesAnswer(TypedDict):
    """Everybody quoted in an answer. counted: how many of its quotations were read, the newest first."""

    query: str
    understood: str
    repairs: list[str]
    filters: list[str]
    order: Literal["most", "name", "first", "last"]
    page: int
    total: int                    # sources
    quotations: int
    counted: int
    unknown: int                  # of those counted, how many have no known speaker
    build: str
    url: str
    next: str | None
    sources: list[SourceAnswer]


class SeriesAnswer(TypedDict):
    """One search over time."""

    query: str
    understood: str
    repairs: list[str]
    total: int
    counts: dict[str, int]        # by period
    per_1000: dict[str, float]    # per 1,000 articles of the period; none if the archive has no articles of it
    url: str


class TrendsAnswer(TypedDict):
    """Up to four searches over the same periods."""

    kind: Literal["articles", "quotations"]
    by: Literal["year", "month"]
    periods: list[str]
    articles: dict[str, int]      # of the whole archive, by period
    build: str
    url: str
    series: list[SeriesAnswer]


class LineAnswer(TypedDict):
    """A match with what is printed before and after it."""

    before: str
    word: str
    after: str
    id: str                       # of the article, or of the quotation
    title: str
    published: str
    speaker: str                  # of a quotation; "" if unknown
    speaker_id: str
    url: str


class LinesAnswer(TypedDict):
    """Matches in the best answers. read: how many articles or quotations were looked through, of documents."""

    query: str
    understood: str
    repairs: list[str]
    filters: list[str]
    kind: Literal["article", "quotation"]
    by: Literal["right", "left", "word", "newest", "oldest"]
    page: int
    total: int                    # lines
    read: int
    documents: int
    build: str
    url: str
    next: str | None
    lines: list[LineAnswer]


def sources_answer(
    search: SearchRequest, found: Sources, order: SourceOrder, build: str, url: str, following: str | None
) -> SourcesAnswer:
    """following: the address of the next page, should there be one."""
    shown = found.page(order, search.page)
    more = search.page * page_sizes.SOURCES < len(found.tallies) and search.page < search.limits.pages
    return {
        "query": search.box, "understood": describe(search.query), "repairs": [*search.repairs],
        "filters": search.filters_in_words(), "order": order, "page": search.page, "total": len(found.tallies),
        "quotations": found.total, "counted": found.read, "unknown": found.unknown, "build": build, "url": url,
        "next": following if more else None, "sources": [_source(each, search) for each in shown],
    }


def _source(each: Tally, search: SearchRequest) -> SourceAnswer:
    first, last = each.days
    return {
        "name": each.name, "slug": each.slug, "kind": each.kind, "quotations": len(each.quotations),
        "articles": each.articles, "first": first, "last": last,
        "certainty": dict(sorted(each.levels.items())), "years": dict(sorted(each.years.items())),
        "url": url_for("pages.person", slug=each.slug, _external=True) if each.slug else "",
        "quotations_url": quotations_url(each, answer_of(search), external=True),
    }


def trends_answer(searches: Sequence[SearchRequest], found: Trends, build: str, url: str) -> TrendsAnswer:
    return {
        "kind": "quotations" if found.kind_name == "quotations" else "articles",
        "by": "month" if found.unit == "month" else "year",
        "periods": [*found.periods],
        "articles": {period: found.articles.get(period, 0) for period in found.periods},
        "build": build, "url": url,
        "series": [
            {"query": search.typed, "understood": describe(search.query), "repairs": [*each.repairs],
             "total": each.total, "counts": dict(each.counts),
             "per_1000": {period: round(share, 3) for period, share in each.shares.items()},
             "url": search.url(external=True)}
            for search, each in zip(searches, found.series)
        ],
    }


def lines_answer(
    search: SearchRequest, found: Concordance, by: LineOrder, build: str, url: str, following: str | None
) -> LinesAnswer:
    """following: the address of the next page, should there be one."""
    more = search.page * page_sizes.LINES < len(found.places) and search.page < search.limits.pages
    return {
        "query": search.box, "understood": describe(search.query), "repairs": [*search.repairs],
        "filters": search.filters_in_words(), "kind": "quotation" if search.kind == "quotation" else "article",
        "by": by, "page": search.page, "total": len(found.places), "read": found.read, "documents": found.total,
        "build": build, "url": url, "next": following if more else None,
        "lines": [_line(each, search) for each in found.page(by, search.page)],
    }


def _line(place: Place, search: SearchRequest) -> LineAnswer:
    line = line_at(place, search.typed, external=True)
    return {
        "before": line.before, "word": line.word, "after": line.after, "id": place.document["id"],
        "title": line.title, "published": place.document["date"], "speaker": line.speaker, "speaker_id": line.slug,
        "url": line.url,
    }
