"""From a search and its answer to the results page: tabs, chips, filters, chart, hits, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from flask import url_for
from markupsafe import Markup

from indexer import EVERYTHING, STOP_WORDS, Engine, Hit, Kind, Results, Words, all_of, chips, describe, fold
from searchui.pages.advice import missing, nothing_found, says_nothing, way_out
from searchui.pages.charts import Chart, counted, histogram, period_name
from searchui.pages.facets import FACETS_OF, OF_PEOPLE, facet_blocks, person_name
from searchui.pages.hits import (
    ArticleHit, PersonHit, QuotationHit, Quoted, article_hit, person_hit, quotation_hit, same_group_url, years,
)
from searchui.pages.search_page import NOUNS, SORTS, Link, Sayer, SearchPage, last_page, page_links, showing
from searchui.pages.share_links import export_fields, exports, feed
from searchui.pages.story import marked
from searchui.request import Asked, parts_of

_SAYERS = 6
_CHIPS = 8                       # more words than this are a question, read better whole
_CHARTED = 4                     # fewer hits are seen at a glance


def ask(engine: Engine, asked: Asked) -> Results:
    """The page of the answer; past its end, the first page."""
    facets = FACETS_OF[asked.kind]
    return engine.search(
        asked.sought, kind=asked.kind, filters=asked.filters, sort=asked.sort, page=asked.page,
        per_page=asked.per_page, facets=facets, histogram=bool(facets), collapse=asked.collapse,
    )


def results_page(asked: Asked, engine: Engine, results: Results, articles_by_month: Mapping[str, int]) -> SearchPage:
    """The page for an answer."""
    found = results.distinct or results.total
    last = last_page(found, asked.per_page, asked.limits.pages)
    first = (asked.page - 1) * asked.per_page + 1
    chart = _chart(asked, results, articles_by_month)
    return replace(
        plain_page(asked, engine),
        suggestion=_suggestion(asked, results),
        person=_person_typed(asked, engine),
        facets=facet_blocks(engine, asked, results, charted=chart is not None),
        chart=chart,
        chart_caption=f"{NOUNS[asked.kind].capitalize()} over time",
        sayers=_sayers(asked, results),
        tabs=_tabs(asked, engine, results.relaxed),
        count_line="" if results.relaxed and not results.total else
        showing(first, len(results.hits), results.total, asked.kind),
        count_total=results.total,
        relaxed=_relaxed(asked, engine, results),
        sorts=_sorts(asked) if results.total > 1 else (),
        hits=tuple(_hits(asked, results.hits, first)),
        whole=sum(not hit.partial for hit in results.hits),
        last=last,
        pages=page_links(asked.page, last, lambda number: asked.url(page=number)),
        exports=exports(asked) if results.total else (),
        export_fields=export_fields(asked),
        feed_url=feed(asked),
        stamp=f"Index {results.build}, {results.seconds * 1000:.0f} ms" if results.build else "",
        empty=None if results.hits else nothing_found(asked, engine),
    )


def plain_page(asked: Asked, engine: Engine) -> SearchPage:
    """What the page shows of a search whatever answers it: also where it cannot be understood."""
    filters = _filters_in_use(asked, engine)
    heading = _heading(asked, filters)
    return SearchPage(
        title=f"{heading}, {NOUNS[asked.kind]}" + (f" (page {asked.page})" if asked.page > 1 else ""),
        heading=heading,
        kind=asked.kind,
        typed=asked.typed,
        tabs=_tabs(asked, engine),
        understood=_understood(asked),
        repairs=asked.repairs,
        anywhere=_anywhere(asked),
        error=str(asked.error or ""),
        shown=_marked(asked) if asked.error else heading,
        chips=(*_typed_chips(asked), *filters),
        clear_url=asked.without_filters().url() if len(filters) > 1 else "",
        active=len(filters),
        empty=way_out(asked) if asked.error else None,
        without_fields=tuple(each for each in asked.params() if each[0] != "page"),
        hidden_fields=tuple(each for each in asked.params() if each[0] not in ("from", "to", "page")),
        date_from=asked.start,
        date_to=asked.end,
        number=asked.page,
    )


def _anywhere(asked: Asked) -> Link | None:
    """The same search for words anywhere in the article, where a speaker and words are sought in one quotation."""
    other = replace(asked, anywhere=True, page=1)
    by = any(field == "speaker_id" for field, _ in asked.included) or other.sought != EVERYTHING
    if asked.kind != "quotation" or asked.anywhere or asked.error or not (by and other.apart):
        return None
    return Link("Find these words anywhere in the articles that quote them", other.url())


def _understood(asked: Asked) -> str:
    """The query said back, where that says more than what was typed."""
    if asked.error or not asked.typed or all(isinstance(part, Words) for part in parts_of(asked.query)):
        return ""
    words = describe(all_of(part for part in parts_of(asked.query) if not says_nothing(part)))
    return "" if words.replace(" and ", " ").casefold() == asked.typed.casefold() else words


def _heading(asked: Asked, filters: Sequence[Link]) -> str:
    said = [asked.typed] if asked.typed else []
    return ", ".join(said + [link.label for link in filters]) or f"All {NOUNS[asked.kind]}"


def _marked(asked: Asked) -> Markup:
    """What was typed, with a mark on the word at which it stops making sense."""
    error = asked.with_typed(asked.typed).error
    word = re.compile(r"[^\s:]+:?").match(asked.typed, error.position) if error else None
    return marked(asked.typed, [word.span()] if word and not asked.too_large else [])


def _tabs(asked: Asked, engine: Engine, relaxed: bool = False) -> tuple[Link, ...]:
    """The kinds of result with their counts. relaxed: what follows holds most of the words, which no count says."""
    if asked.error:
        return ()
    kinds: tuple[Kind, ...] = ("article", "quotation", "person")
    return tuple(
        Link(NOUNS[kind].capitalize(), (other := asked.of_kind(kind)).url(),
             engine.count(other.sought, kind=kind, filters=other.filters) or (None if relaxed else 0),
             kind == asked.kind)
        for kind in kinds
    )


def _typed_chips(asked: Asked) -> tuple[Link, ...]:
    """The parts of the query, where there is more than one: a single part is the heading already."""
    parts = chips(asked.query) if asked.typed and not asked.error else ()
    telling = [part for part in parts if part.label.casefold() not in STOP_WORDS]
    if not 2 <= len(telling) <= _CHIPS:
        return ()
    return tuple(Link(part.label, asked.with_typed(part.without).url(), negative=part.label.startswith("without "))
                 for part in telling)


def _filters_in_use(asked: Asked, engine: Engine) -> tuple[Link, ...]:
    """A chip for each filter; its address is the search without it."""
    def chip(field: str, value: str, negative: bool) -> Link:
        label = "without " * negative + _filter_label(field, value, engine)
        return Link(label, asked.without(field, value).url(), negative=negative)

    found = [chip(*each, False) for each in asked.included] + [chip(*each, True) for each in asked.excluded]
    if asked.apart:
        found.append(Link("words anywhere in the article", replace(asked, anywhere=False, page=1).url()))
    if asked.start or asked.end:
        found.append(Link(_dates(asked.start, asked.end), asked.between("", "").url()))
    return tuple(found)


def _filter_label(field: str, value: str, engine: Engine) -> str:
    if field in OF_PEOPLE:
        value = person_name(engine, value)
    elif field == "month":
        value = period_name(value)
    return _LABELS.get(field, "{}").format(value or "undated")


_LABELS = {"speaker_id": "said by {}", "mentioned_id": "naming {}", "author_id": "written by {}",
           "group": "nearly the same as one another", "method": "speaker known by {}"}


def _dates(start: str, end: str) -> str:
    if start and end:
        return start if start == end else f"{start} to {end}"
    return f"from {start}" if start else f"until {end}"


def _suggestion(asked: Asked, results: Results) -> Link | None:
    return Link(results.suggestion, asked.with_typed(results.suggestion).url()) if results.suggestion else None


def _person_typed(asked: Asked, engine: Engine) -> Quoted | None:
    """The person whose very name was typed."""
    if not asked.typed or asked.page > 1 or ":" in asked.typed:
        return None
    for person in engine.suggest(asked.typed, 3):
        if fold(asked.typed) in map(fold, (person["name"], *person["aliases"])):
            return Quoted(person["name"], person["id"], quotations=person["quotations"])
    return None


def _chart(asked: Asked, results: Results, articles_by_month: Mapping[str, int]) -> Chart | None:
    """Bars that narrow the answer to their year, or to their month within a year."""
    chosen = next((value for field, value in asked.included if field == "month"), "")

    def narrowed(period: str) -> str:
        return asked.including("year" if len(period) == 4 else "month", period).from_here()

    chart = histogram(results.histogram, NOUNS[asked.kind], narrowed, articles_by_month, chosen)
    return chart if chart and results.total >= _CHARTED else None


def _sayers(asked: Asked, results: Results) -> tuple[Sayer, ...]:
    """Who says it most; only where a subject was asked for and more than one person speaks of it."""
    found = results.facets.get("speaker_id", ()) if asked.kind == "quotation" and asked.typed else ()
    if len(found) < 2 or any(field == "speaker_id" for field, _ in asked.included):
        return ()
    return tuple(
        Sayer(value.label, url_for("pages.person", slug=value.value), value.count,
              years(value.first, value.last))
        for value in found[:_SAYERS]
    )


def _relaxed(asked: Asked, engine: Engine, results: Results) -> str:
    if not results.relaxed:
        return ""
    noun = NOUNS[results.kind]
    if results.total:
        return f"These {noun} hold most of these words, not all."
    if lost := missing(asked, engine):
        return f"No {counted(1, noun)} holds {lost.named}; these hold most of the other words."
    return f"No {counted(1, noun)} holds all of these words; these hold most of them."


def _sorts(asked: Asked) -> tuple[Link, ...]:
    return tuple(Link(label, asked.url(sort=sort), current=sort == asked.sort) for sort, label in SORTS.items())


def _hits(asked: Asked, hits: Sequence[Hit], first: int) -> Iterator[ArticleHit | QuotationHit | PersonHit]:
    for number, hit in enumerate(hits, first):
        document = hit.document
        if asked.kind == "person":
            yield person_hit(hit, number)
        else:
            make = article_hit if asked.kind == "article" else quotation_hit
            yield make(hit, number, asked.typed, same_group_url(asked.kind, document["group"]))
