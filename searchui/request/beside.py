"""What is shown beside the hits of a search: the best quotations above articles, and who else may be meant."""

from __future__ import annotations

from collections.abc import Sequence

from indexer import Document, Engine, Results, Tenure, best_quotations, holders, namesakes, words_of
from searchui.request.search_request import SearchRequest


def best_of(search: SearchRequest, engine: Engine, results: Results) -> Results | None:
    """The best quotations that answer a search for articles by words; None for other searches, other orders and later
    pages."""
    words = any(part.field is None for part in words_of(search.query))
    if search.kind != "article" or not words or search.page > 1 or search.sort != "relevance" or not results.total:
        return None
    quotations = search.of_kind("quotation")
    return best_quotations(engine, quotations.hit_query, quotations.filter_query)


def namesakes_of(search: SearchRequest, engine: Engine, results: Results) -> Sequence[Document]:
    """The people whom a name may mean that several have: all of them if all are meant, the others if one is. If nothing
    was found, those whose names are nearly what was typed."""
    if found := search.interpretation:
        return found.people if len(found.people) > 1 else found.others
    return namesakes(engine, search.typed, results.total) if search.typed and search.page == 1 else ()


def office_holders(search: SearchRequest, engine: Engine) -> Sequence[Tenure]:
    """Those who held the office that was typed, and nothing else."""
    plain = search.typed and search.page == 1 and not search.asked and search.kind != "person"
    return holders(engine, search.typed) if plain else ()
