"""Other views of an answer, linked from its results page: its sources, its lines, its trend."""

from __future__ import annotations

from indexer import Engine
from searchui.pages.concordance import lines_url
from searchui.pages.facets import person_name
from searchui.pages.search_page import Link
from searchui.pages.sources import sources_url
from searchui.pages.trends import trends_url
from searchui.request import SearchRequest, page_sizes


def ways_on(search: SearchRequest, engine: Engine) -> tuple[Link, ...]:
    """People have no sources of their own, and without words or speakers there is nothing to follow over time."""
    if search.kind == "person" or search.error:
        return ()
    found = [Link("Sources", sources_url(search))]
    if search.typed:
        found.append(Link("Lines", lines_url(search)))
    if series := _series(search, engine):
        kind = "quotations" if search.kind == "quotation" else "articles"
        found.append(Link("Trend", trends_url(series, **{"in": kind})))
    return tuple(found)


def _series(search: SearchRequest, engine: Engine) -> list[str]:
    """What the trend compares: the words, said by each of the speakers who are asked for."""
    slugs = [value for field, value in search.included if field == "speaker_id" and value]
    names = [person_name(engine, slug).replace('"', " ") for slug in slugs[:page_sizes.COMPARED_SERIES]]
    return [f'{search.typed} speaker:"{name}"'.strip() for name in names] or [search.typed] * bool(search.typed)
