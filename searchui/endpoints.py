"""The table of the API's endpoints: what each takes and gives. Documents of the API and its checks come from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from indexer import FILTERS
from searchui.formats import (
    ArticleWhole, CitationsAnswer, PersonWhole, SearchAnswer, SimilarAnswer, StatsAnswer, SuggestAnswer,
)
from searchui.openapi import Endpoint
from searchui.pages import LINE_ORDERS, SOURCE_ORDERS, TEXTS, UNITS
from searchui.request import PARAMETERS, page_sizes
from searchui.research_answers import LinesAnswer, SourcesAnswer, TrendsAnswer

_SEARCH = {**PARAMETERS, "facets": "1: count speakers, people named, authors, certainties, kinds of words, years and "
                                   "months over the whole answer"}
_OF_ONE_KIND = {name: help for name, help in _SEARCH.items() if name != "in"}
_NOT_OF_PEOPLE = {*(each.parameter for each in FILTERS if not each.people), "all", "anywhere", "facets", "as"}
_OF_PEOPLE = {name: help for name, help in _OF_ONE_KIND.items() if name.removeprefix("not_") not in _NOT_OF_PEOPLE}
_SUGGEST = {"q": "the beginning of any part of a name, or of an alias; one letter may be wrong",
            "limit": "how many people at most"}
_SIMILAR = {"in": "articles or quotations; nothing is like people", "id": "the id of one of them",
            "limit": "how many at most"}

_CITED = {"id": f"the id of a quotation, as in hits; several times, {page_sizes.CITED} at most"}
_TEXTS = "articles or quotations"
_NOT_OF_TABLES = ("sort", "all", "per_page")
_OF_ANSWER = {name: help for name, help in PARAMETERS.items() if name not in _NOT_OF_TABLES}
_SOURCES = {**_OF_ANSWER, "in": _TEXTS,
            "order": "most, the most quoted first; name; first or last, by the day of that quotation"}
_TRENDS = {"q": f"a query; several times, {page_sizes.COMPARED_SERIES} at most",
           "in": _TEXTS, "by": "year or month", "from": PARAMETERS["from"], "to": PARAMETERS["to"]}
_LINES = {**_OF_ANSWER, "in": _TEXTS, "by": "right, by what follows; left, by what precedes; word; newest or oldest"}
_SERIES = {"type": "array", "items": {"type": "string"}, "maxItems": page_sizes.COMPARED_SERIES}


def _enumerated(names: Iterable[str]) -> dict[str, Any]:
    """One of these names; the first is what is meant without the parameter."""
    known = [*names]
    return {"type": "string", "enum": known, "default": known[0]}


ENDPOINTS = (
    Endpoint("/search", "Search articles, quotations or people", SearchAnswer, _SEARCH),
    Endpoint("/quotations", "Search quotations", SearchAnswer, _OF_ONE_KIND),
    Endpoint("/people", "Search people", SearchAnswer, _OF_PEOPLE),
    Endpoint("/people/{slug}", "One person: names, roles, counts by year, who is quoted with them", PersonWhole,
             {"slug": "the last part of the address of the person's page"}, (404,)),
    Endpoint("/articles/{id}", "One article: text, people named, quotations with their evidence", ArticleWhole,
             {"id": "the article's id, which may hold slashes"}, (404,)),
    Endpoint("/similar", "Articles like an article, or quotations of others that say nearly the same", SimilarAnswer,
             _SIMILAR, (400, 404)),
    Endpoint("/suggest", "People whom the beginning of a name may mean, most quoted first", SuggestAnswer, _SUGGEST),
    Endpoint("/citations", "Quotations by their ids, with a citation to paste and as RIS", CitationsAnswer, _CITED),
    Endpoint("/sources", "Everybody quoted in an answer: how often, when, and how surely", SourcesAnswer, _SOURCES,
             schemas={"in": _enumerated(TEXTS), "order": _enumerated(SOURCE_ORDERS)}),
    Endpoint("/trends", "Words or speakers over time, as counts and per 1,000 articles", TrendsAnswer, _TRENDS,
             schemas={"q": _SERIES, "in": _enumerated(TEXTS), "by": _enumerated(UNITS)}),
    Endpoint("/lines", "Every match with what is printed before and after it", LinesAnswer, _LINES,
             schemas={"in": _enumerated(TEXTS), "by": _enumerated(LINE_ORDERS)}),
    Endpoint("/stats", "What the archive holds", StatsAnswer, {}, ()),
    Endpoint("/openapi.json", "This document", None, {}, ()),
)
PARAMETERS_OF: Mapping[str, Mapping[str, str]] = {each.path: each.parameters for each in ENDPOINTS}
