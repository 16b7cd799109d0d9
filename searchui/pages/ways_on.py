"""Other views of an answer, linked from its results page: its sources, its lines, its trend."""

from __future__ import annotations

from searchui.pages.concordance import lines_url
from searchui.pages.search_page import Link
from searchui.pages.sources import sources_url
from searchui.pages.trends import trends_url
from searchui.request import SearchRequest


def ways_on(search: SearchRequest) -> tuple[Link, ...]:
    """People have no sources of their own, and without words there is nothing to follow over time."""
    if search.kind == "person" or search.error:
        return ()
    found = [Link("Sources", sources_url(search))]
    if search.typed:
        found.append(Link("Lines", lines_url(search)))
        kind = "quotations" if search.kind == "quotation" else "articles"
        found.append(Link("Trend", trends_url([search.typed], **{"in": kind})))
    return tuple(found)
