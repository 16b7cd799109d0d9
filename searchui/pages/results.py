"""The results page, made from a search and its answer: tabs, chips, filters, chart, hits, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from flask import url_for
from markupsafe import Markup

from indexer import (
    EVERYTHING, STOP_WORDS, Engine, Hit, Kind, Results, Tenure, Words, all_of, chips, describe, facets_of, filter_named,
    fold, parts_of,
)
from searchui.pages.advice import is_stop_word, missing, nothing_found, way_out
from searchui.pages.charts import Chart, histogram, period_name
from searchui.pages.facets import UNFOLDED, facet_blocks, person_name
from searchui.pages.hits import (
    ArticleHit, PersonHit, QuotationHit, Quoted, article_hit, person_hit, quotation_hit, quotation_hits, years,
)
from searchui.pages.question import people_of_name, read_question
from searchui.pages.search_page import (
    NOUNS, Link, SearchPage, TopSpeaker, last_page, noun_of, page_links, showing, sorts_of,
)
from searchui.pages.share_links import export_fields, exports, feed
from searchui.pages.story import marked
from searchui.pages.ways_on import ways_on
from searchui.request import SearchRequest, best_of, office_holders

_TOP_SPEAKERS = 6
_MOST_CHIPS = 8                  # more words are a question, which reads better whole
_BESIDE = 1001                   # numbers of the quotations above articles, whose elements need ids of their own
_FEWEST_CHARTED = 4              # fewer hits need no chart
_CHOSEN = {"quotation": "quotations", "reported": "reported speech"}


def find_hits(engine: Engine, search: SearchRequest) -> Results:
    """One page of the answer, with its facets and its histogram."""
    facets = facets_of(search.kind)
    return engine.search(
        search.hit_query, kind=search.kind, filters=search.filter_query, sort=search.sort, page=search.page,
        per_page=search.per_page, facets=facets, facet_values=UNFOLDED + len(search.filters),
        histogram=bool(facets), collapse=search.collapse,
    )


def results_page(
    search: SearchRequest, engine: Engine, results: Results, articles_by_month: Mapping[str, int]
) -> SearchPage:
    """The page of an answer. articles_by_month: those of the whole archive, for the shares in the chart."""
    found = results.distinct or results.total
    last = last_page(found, search.per_page, search.limits.pages)
    first = (search.page - 1) * search.per_page + 1
    chart = _chart(search, results, articles_by_month)
    best = best_of(search, engine, results)
    counts = _counts(search, engine, results, best)
    people = people_of_name(search, engine, results)
    person = people[0] if len(people) == 1 else None if people else _person_typed(search, engine, counts)
    page = _page(search, engine)
    return replace(
        page,
        title=page.title.replace(f"(page {search.page})", f"(page {search.page} of {last})"),
        tabs=_tabs(search, counts, results.relaxed),
        suggestion=_suggestion(search, results),
        person=person,
        namesakes=people if len(people) > 1 else (),
        holders=tuple(_holder(each) for each in office_holders(search, engine)),
        chips=_filters_in_use(search, engine) if person else page.chips,
        facets=facet_blocks(engine, search, results, charted=chart is not None),
        chart=chart,
        chart_caption=f"{noun_of(search).capitalize()} over time",
        top_speakers=_top_speakers(search, results),
        count_line=_count_line(search, results, first),
        count_total=results.total,
        words=words_switch(search, results),
        relaxed=_relaxed(search, engine, results),
        sorts=_sorts(search) if results.total > 1 else (),
        hits=tuple(_hits(search, results.hits, first)),
        whole=sum(not hit.partial for hit in results.hits),
        best=_best_hits(search, best) if best else (),
        best_more=_all_quotations(search, best),
        others=quotation_hits(results.others, first + len(results.hits), search.typed),
        others_line=_others_line(search, engine, results),
        last=last,
        pages=page_links(search.page, last, lambda number: search.url(page=number)),
        exports=exports(search) if results.total else (),
        export_fields=export_fields(search),
        feed_url=feed(search),
        ways_on=ways_on(search, engine) if results.total else (),
        stamp=f"Index {results.build}, {results.seconds * 1000:.0f} ms" if results.build else "",
        empty=None if results.hits or results.others else nothing_found(search, engine, counts),
    )


def error_page(search: SearchRequest, engine: Engine) -> SearchPage:
    """The page of a search that cannot be understood: why, and what to try."""
    return replace(_page(search, engine), error=str(search.error), shown=_marked(search), empty=way_out(search))


def _page(search: SearchRequest, engine: Engine) -> SearchPage:
    """What the page shows of a search, whatever its answer is."""
    filters = _filters_in_use(search, engine)
    heading = _heading(search, filters)
    return SearchPage(
        title=f"{heading}, {noun_of(search)}" + (f" (page {search.page})" if search.page > 1 else ""),
        heading=heading,
        kind=search.kind,
        noun=noun_of(search),
        typed=search.box,
        read=read_question(search),
        understood="" if search.asked else _understood(search),
        repairs=search.repairs,
        anywhere=_anywhere(search),
        shown=heading,
        chips=(*_typed_chips(search), *filters),
        clear_url=search.without_filters().url() if len(filters) > 1 else "",
        active=len(filters),
        without_fields=tuple(each for each in search.params() if each[0] != "page"),
        hidden_fields=tuple(each for each in search.params() if each[0] not in ("from", "to", "page")),
        date_from=search.start,
        date_to=search.end,
        number=search.page,
    )


def _anywhere(search: SearchRequest) -> Link | None:
    """The search for the same words anywhere in the articles, if this one is for a speaker and words."""
    other = replace(search, anywhere=True, page=1)
    by = any(field == "speaker_id" for field, _ in search.included) or other.hit_query != EVERYTHING
    if search.kind != "quotation" or search.anywhere or search.error or not (by and other.searches_articles):
        return None
    return Link("Search whole articles, not just quotations", other.url())


def _understood(search: SearchRequest) -> str:
    """The query in words, if that says more than what was typed."""
    if search.error or not search.typed or all(isinstance(part, Words) for part in parts_of(search.query)):
        return ""
    words = describe(all_of(part for part in parts_of(search.query) if not is_stop_word(part)))
    return "" if words.replace(" and ", " ").casefold() == search.typed.casefold() else words


def _heading(search: SearchRequest, filters: Sequence[Link]) -> str:
    if search.asked:
        return search.asked.typed
    typed = [search.typed] if search.typed else []
    return ", ".join(typed + [link.label for link in filters]) or f"All {noun_of(search)}"


def _marked(search: SearchRequest) -> Markup:
    """What was typed, with a mark on the word at which it stops making sense."""
    error = search.with_typed(search.typed).error
    word = re.compile(r"[^\s:]+:?").match(search.typed, error.position) if error else None
    return marked(search.typed, [word.span()] if word and not search.too_large else [])


def _best_hits(search: SearchRequest, best: Results) -> tuple[QuotationHit, ...]:
    """Those above articles; reference managers take the articles."""
    return tuple(replace(hit, coins=Markup()) for hit in quotation_hits(best.hits, _BESIDE, search.typed))


def _all_quotations(search: SearchRequest, best: Results | None) -> Link | None:
    return Link(f"All {best.total:,} quotations", search.of_kind("quotation").url(), best.total) if (
        best and best.total > len(best.hits)) else None


def _count_line(search: SearchRequest, results: Results, first: int) -> str:
    if results.relaxed and not results.total:
        return ""
    if results.others and not results.total:
        return "The speaker is not quoted with these words."
    return showing(first, len(results.hits), results.total, noun_of(search))


def _others_line(search: SearchRequest, engine: Engine, results: Results) -> str:
    """What sets the quotations of others apart from those of the speaker who is asked for."""
    if not results.others:
        return ""
    names = dict.fromkeys(person_name(engine, value) for field, value in search.included if field == "speaker_id")
    return f"Said by others, in articles that name {' or '.join(names) or 'the speaker'}:"


def _counts(search: SearchRequest, engine: Engine, results: Results, best: Results | None) -> dict[Kind, int]:
    """How many documents of each kind match; of those that were searched, the answers say so themselves."""
    known: dict[Kind, int] = {search.kind: results.total} | ({"quotation": best.total} if best else {})
    others = [search.of_kind(kind) for kind in NOUNS if kind not in known]
    return {**known, **{
        other.kind: engine.count(other.hit_query, kind=other.kind, filters=other.filter_query) for other in others}}


def _tabs(search: SearchRequest, counts: Mapping[Kind, int], relaxed: bool) -> tuple[Link, ...]:
    """The kinds of result with their counts. relaxed: hits that hold most of the words follow, which are not counted,
    so that nothing is shown instead of 0."""
    return tuple(
        Link(noun.capitalize() if kind != search.kind else _tab_name(search), search.of_kind(kind).url(),
             counts[kind] or (None if relaxed else 0), kind == search.kind)
        for kind, noun in NOUNS.items()
    )


def _tab_name(search: SearchRequest) -> str:
    """The tab that is open says what it counts."""
    names = {("reported",): "Reported speech", ("quotation", "reported"): "Quotations and reported speech"}
    return names.get(search.forms, "Quotations") if search.kind == "quotation" else NOUNS[search.kind].capitalize()


def words_switch(search: SearchRequest, results: Results) -> tuple[Link, ...]:
    """Links to the quotations, to the reported speech, and to both, with their counts; none if there is no reported
    speech, or if the query itself says which is sought."""
    counts = {each.value: each.count for each in results.facets.get("form", ())}
    typed = replace(search, filters=()).forms != ("quotation",)
    if not counts.get("reported") or typed:
        return ()
    choices = (("Quotations", ("quotation",)), ("Reported", ("reported",)), ("Both", ("quotation", "reported")))
    return tuple(Link(label, search.of_forms(*forms).query_string(), sum(counts.get(each, 0) for each in forms),
                      current=search.forms == forms) for label, forms in choices)


def _typed_chips(search: SearchRequest) -> tuple[Link, ...]:
    """The parts of the query, if there are several: a single part is the heading already."""
    parts = chips(search.query) if search.typed and not search.error else ()
    telling = [part for part in parts if part.label.casefold() not in STOP_WORDS]
    if not 2 <= len(telling) <= _MOST_CHIPS:
        return ()
    return tuple(Link(part.label, search.with_typed(part.without).url(), negative=part.label.startswith("without "))
                 for part in telling)


def _filters_in_use(search: SearchRequest, engine: Engine) -> tuple[Link, ...]:
    """A chip for each filter; its address is the search without it."""
    def chip(field: str, value: str, negative: bool) -> Link:
        label = "not " * negative + _filter_label(field, value, engine)
        return Link(label, search.without(field, value).url(), negative=negative)

    found = [chip(*each, False) for each in search.included if each[0] != "form"]
    found += [chip(*each, True) for each in search.excluded]
    if chosen := tuple(value for field, value in search.included if field == "form"):
        label = "quotations and reported speech" if len(chosen) > 1 else _CHOSEN.get(chosen[0], chosen[0])
        found.append(Link(label, search.of_forms("quotation").url()))
    if search.searches_articles:
        found.append(Link("words anywhere in the article", replace(search, anywhere=False, page=1).url()))
    if search.start or search.end:
        found.append(Link(_dates(search.start, search.end), search.between("", "").url()))
    return tuple(found)


def _filter_label(field: str, value: str, engine: Engine) -> str:
    if filter_named(field).people:
        value = person_name(engine, value)
    elif field == "month":
        value = period_name(value)
    return filter_named(field).label.format(value or "undated")


def _dates(start: str, end: str) -> str:
    if start and end:
        return start if start == end else f"{start} to {end}"
    return f"from {start}" if start else f"until {end}"


def _suggestion(search: SearchRequest, results: Results) -> Link | None:
    return Link(results.suggestion, search.with_typed(results.suggestion).url()) if results.suggestion else None


def _person_typed(search: SearchRequest, engine: Engine, counts: Mapping[Kind, int]) -> Quoted | None:
    """The person whose whole name was typed, or the only one whose name of several words is nearly that."""
    if not search.typed or search.page > 1 or ":" in search.typed:
        return None
    if len(search.typed.split()) == 1 and not _in_a_name(search, engine, counts):
        return None
    people = engine.suggest(search.typed, 3)
    exact = [each for each in people if fold(search.typed) in map(fold, (each["name"], *each["aliases"]))]
    words = len(search.typed.split())
    nearly = [each for each in people if len(people) == 1 and len(each["name"].split()) == words > 1]
    return next((Quoted(each["name"], each["id"], quotations=each["quotations"]) for each in exact or nearly), None)


def _in_a_name(search: SearchRequest, engine: Engine, counts: Mapping[Kind, int]) -> bool:
    """Whether what was typed is in anybody's name."""
    people = search.of_kind("person")
    unfiltered = people.hit_query == search.query and people.filter_query == EVERYTHING
    return bool(counts["person"] if unfiltered else engine.count(search.query, kind="person"))


def _chart(search: SearchRequest, results: Results, articles_by_month: Mapping[str, int]) -> Chart | None:
    """Bars that narrow the answer to their year, or, if it is of one year, to their month."""
    chosen = next((value for field, value in search.included if field == "month"), "")

    def narrowed(period: str) -> str:
        return search.including("year" if len(period) == 4 else "month", period).query_string()

    chart = histogram(results.histogram, noun_of(search), narrowed, articles_by_month, chosen)
    return chart if chart and results.total >= _FEWEST_CHARTED else None


def _top_speakers(search: SearchRequest, results: Results) -> tuple[TopSpeaker, ...]:
    """Who speaks most of the subject that was typed, if several people do so more than once."""
    found = results.facets.get("speaker_id", ()) if search.kind == "quotation" and search.typed else ()
    if len(found) < 2 or found[1].count < 2 or any(field == "speaker_id" for field, _ in search.included):
        return ()
    return tuple(
        TopSpeaker(value.label, url_for("pages.person", slug=value.value), value.count, years(value.first, value.last))
        for value in found[:_TOP_SPEAKERS]
    )


def _holder(held: Tenure) -> TopSpeaker:
    """Somebody who held the office that was typed, and when."""
    person = held.person
    return TopSpeaker(person["name"], url_for("pages.person", slug=person["id"]), person["quotations"],
                      years(held.first, held.last))


def _relaxed(search: SearchRequest, engine: Engine, results: Results) -> str:
    if not results.relaxed:
        return ""
    noun = noun_of(search)
    if len([part for part in parts_of(search.query) if isinstance(part, Words) and not is_stop_word(part)]) == 1:
        return f"The word is beside these {noun}, not in them."
    if all(hit.by_meaning for hit in results.hits if hit.partial):
        return (f"These {noun} may mean the same in other words." if results.total else
                f"No {noun} match these words; these may mean the same.")
    if results.total:
        return f"These {noun} match most of the words, not all."
    if lost := missing(search, engine):
        return f"No {noun} match {lost.named}; these match most of the other words."
    return f"No {noun} match all of these words; these match most of them."


def _sorts(search: SearchRequest) -> tuple[Link, ...]:
    return tuple(Link(label, search.url(sort=sort), current=sort == search.sort)
                 for sort, label in sorts_of(search.kind).items())


def _hits(search: SearchRequest, hits: Sequence[Hit], first: int) -> Iterator[ArticleHit | QuotationHit | PersonHit]:
    for number, hit in enumerate(hits, first):
        if search.kind == "person":
            yield person_hit(hit, number)
        else:
            make = article_hit if search.kind == "article" else quotation_hit
            yield make(hit, number, search.typed)
