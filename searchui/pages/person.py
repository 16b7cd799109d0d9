"""The page of one person: their portrait, and what they said and when, or what of it answers a search."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from indexer import Document, Engine, Results, Sort
from searchui.pages.charts import Chart, chart, counted, span_of_years
from searchui.pages.hits import quotation_hits
from searchui.pages.portrait import Known, Portrait, portrait_of
from searchui.pages.printings import Year, by_year_and_article
from searchui.pages.search_page import SORTS, Link, Pages, last_page, noun_of, page_links
from searchui.pages.share_links import export_fields, exports
from searchui.request import Filter, SearchRequest, page_sizes


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything the page of a person shows."""

    title: str
    who: Portrait
    chart: Chart | None
    typed: str
    year: str
    start: str
    end: str
    kinds: tuple[str, ...]        # of words, if those are not quotations alone
    chips: tuple[Link, ...]
    sorts: tuple[Link, ...]
    repairs: tuple[str, ...]
    count_line: str
    count_total: int
    unsure: Link | None           # shows the quotations that may be somebody else's, or folds them again
    inferred: Link | None         # leaves out names and offices of which the archive says whose they are; or not
    years: tuple[Year, ...]
    reported: Link | None         # shows what is only reported, too, or leaves it out again
    first: int
    pages: Pages | None
    exports: tuple[Link, ...]
    export_fields: tuple[tuple[str, str], ...]
    empty: str
    words: tuple[Link, ...]       # that distinguish what they say, each with the search for it


INFERRED = "inferred"             # of the keyword field identity
INFERRED_OUT = ("identity", INFERRED)
UNSURE = "unsure"                 # the models.Level that is folded


def of_person(search: SearchRequest, slug: str, year: str = "", *, unsure: bool = True) -> SearchRequest:
    """The search only in what this person said, in one year or in all; newest first if nothing is typed. unsure: also
    in what may be somebody else's."""
    sort: Sort = "newest" if search.sort == "relevance" and not search.typed else search.sort
    chosen = (Filter("speaker_id", slug), *(each for each in search.filters if each.field in ("form", "identity")),
              *([Filter("year", year)] if year else []),
              *([] if unsure else [Filter("level", UNSURE, excluded=True)]))
    return replace(search, kind="quotation", filters=chosen, sort=sort, anywhere=False,
                   per_page=page_sizes.PERSON_QUOTATIONS)


def count_unsure(engine: Engine, search: SearchRequest) -> int:
    """How many quotations answer a search that may be somebody else's."""
    return engine.count(search.query, kind="quotation", filters=search.including("level", UNSURE).filter_query)


def count_reported(results: Results) -> int:
    """How many passages of reported speech answer the search of these results, whether or not it is for them."""
    return sum(each.count for each in results.facets.get("form", ()) if each.value == "reported")


def person_page(person: Document, search: SearchRequest, year: str, results: Results, known: Known) -> PersonPage:
    """search: the search within this person's quotations, in one year if one is given."""
    forms = search.forms
    folded = ("level", UNSURE) in search.excluded
    start, end = year or search.start, year or search.end
    url = _same_page(person["id"], search, year, folded)
    last = last_page(results.distinct or results.total, search.per_page, search.limits.pages)
    first = (search.page - 1) * search.per_page + 1
    period = (start if start == end else f"{start or '…'}–{end or '…'}") if start or end else ""
    narrowed = [each for each in (search.typed, period) if each]
    hits = quotation_hits(results.hits, first, search.typed)
    return PersonPage(
        title=", ".join([person["name"], *narrowed]) + (f" (page {search.page} of {last})" if search.page > 1 else ""),
        who=portrait_of(person, known),
        chart=_chart(person["years"], lambda chosen: url(**_range_with(start, end, chosen)), start, end),
        typed=search.typed,
        year=year,
        start=search.start,
        end=search.end,
        kinds=() if forms == ("quotation",) else forms,
        chips=_chips(search.typed, period, url),
        sorts=_sorts(search, url) if results.total > 1 else (),
        repairs=(*search.repairs, *([str(search.error)] if search.error else [])),
        count_total=results.total,
        count_line=_count_line(results.total, noun_of(search), narrowed),
        unsure=_unsure(known.unsure, results.total, url) if folded else _fold_again(known.unsure, url),
        inferred=_inferred(results, search, url),
        reported=_reported(count_reported(results), forms, url),
        years=by_year_and_article(hits, dated=search.sort in ("newest", "oldest")),
        first=first,
        pages=page_links(search.page, last, lambda number: url(page=number if number > 1 else None)),
        exports=exports(search) if results.total else (),
        export_fields=export_fields(search),
        empty=_empty(search.typed, period),
        words=tuple(Link(word, url(q=word, page=None)) for word in known.words),
    )


def _same_page(slug: str, search: SearchRequest, year: str, folded: bool) -> Callable[..., str]:
    """What gives the address of the page that is shown, with some of its parameters changed."""
    usual = "relevance" if search.typed else "newest"
    kinds = None if search.forms == ("quotation",) else search.forms

    def url(**changes: Any) -> str:
        values: dict[str, Any] = {
            "q": search.typed or None, "year": year or None, "from": search.start or None, "to": search.end or None,
            "sort": None if search.sort == usual else search.sort, "unsure": None if folded else "1",
            "kind": kinds,
            "not_identity": INFERRED if INFERRED_OUT in search.excluded else None, **changes}
        return url_for("pages.person", slug=slug, **values)
    return url


def _range_with(start: str, end: str, chosen: str) -> dict[str, str | None]:
    """The years that pressing a bar leads to: the one alone, unless others are chosen, to which it then is added; one
    within those chosen is then alone."""
    years = [each[:4] for each in (start, end) if each[:4].isdigit()]
    if not years or min(years) <= chosen <= max(years):
        return {"year": chosen, "from": None, "to": None}
    return {"year": None, "from": min(*years, chosen), "to": max(*years, chosen)}


def _unsure(count: int, surer: int, url: Callable[..., str]) -> Link | None:
    """The link to the same page with the quotations that may be somebody else's, if there are any."""
    more = "more " if surer else ""
    return Link(f"{count:,} {more}that we are not sure of", url(unsure="1")) if count else None


def _fold_again(count: int, url: Callable[..., str]) -> Link | None:
    return Link(f"Leave out the {count:,} that we are not sure of", url(unsure=None)) if count else None


def _inferred(results: Results, search: SearchRequest, url: Callable[..., str]) -> Link | None:
    """The link to the same page without bare names and offices that were given to this person, or with them again."""
    if INFERRED_OUT in search.excluded:
        return Link("Show those known by a bare name or office alone, too", url(not_identity=None))
    count = sum(each.count for each in results.facets.get("identity", ()) if each.value == INFERRED)
    label = f"Leave out {count:,} known by a bare name or office alone"
    return Link(label, url(not_identity=INFERRED)) if count else None


def _reported(count: int, forms: Sequence[str], url: Callable[..., str]) -> Link | None:
    """The link to the same page with what is only reported, or without it again."""
    if not count:
        return None
    if "reported" in forms:
        return Link(f"Leave out the {count:,} reported", url(kind=None))
    return Link(f"Also show {count:,} reported", url(kind=["quotation", "reported"]))


def _chart(counts: Mapping[str, Sequence[int]], link: Callable[[str], str], start: str, end: str) -> Chart | None:
    """Quotations and articles that name the person, by year; those from start to end are chosen."""
    if not counts:
        return None
    series = [{year: both[at] for year, both in counts.items()} for at in (0, 1)]
    span = list(span_of_years(counts))
    chosen = [str(year) for year in span if (start or end) and (start[:4] or "0") <= str(year) <= (end[:4] or "9")]
    return chart(span, series, ("quotations", "articles that name them"), link, current=chosen)


def _chips(typed: str, period: str, url: Callable[..., str]) -> tuple[Link, ...]:
    found = [Link(f"said about {typed}", url(q=None))] if typed else []
    return tuple(found + ([Link(period, url(year=None, **{"from": None, "to": None}))] if period else []))


def _sorts(search: SearchRequest, url: Callable[..., str]) -> tuple[Link, ...]:
    """The orders to choose from. By match only if words were typed, and then it is the usual one."""
    usual: Sort = "relevance" if search.typed else "newest"
    return tuple(Link(label, url(sort=None if sort == usual else sort), current=sort == search.sort)
                 for sort, label in SORTS.items() if search.typed or sort != "relevance")


def _empty(typed: str, period: str) -> str:
    of = f"quotations from {period}" if period else "quotations"
    return f"No {of} match “{typed}”." if typed else f"No {of} yet."


def _count_line(total: int, plural: str, narrowed: Sequence[str]) -> str:
    of = f" with {', '.join(narrowed)}" if narrowed else ""
    return f"{total:,} {counted(total, plural)}{of}"
