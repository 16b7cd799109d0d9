"""The page of one person: who they are, what they said and when, and who is quoted alongside."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from indexer import EVERYTHING, Document, Engine, Exact, Or, Results, Sort, fold
from searchui.pages.charts import Chart, chart, counted, span_of_years
from searchui.pages.hits import Day, Quoted, day, quotation_hits, years
from searchui.pages.home import short_role
from searchui.pages.printings import Year, by_year_and_article
from searchui.pages.search_page import SORTS, Link, Pages, last_page, noun_of, page_links
from searchui.pages.share_links import export_fields, exports
from searchui.pages.story import LEVELS
from searchui.request import Filter, SearchRequest, page_sizes


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything the page of a person shows."""

    title: str
    name: str
    slug: str
    roles: tuple[str, ...]
    aliases: tuple[str, ...]
    quotations: int
    reported: int                 # passages that report what they said
    articles: int
    named: tuple[Day, Day]        # the days of the first and the last article that names them
    said: tuple[Day, Day]         # and of the first and the last quotation
    levels: tuple[Link, ...]      # how many quotations are how sure, each with the link to them
    csv_url: str
    mentions_url: str
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
    inferred: Link | None         # leaves out bare names that the archive, not the article, gives this person; or not
    years: tuple[Year, ...]
    told: Link | None             # shows what is only reported, too, or leaves it out again
    not_said: Link | None         # what they are reported not to have said
    first: int
    pages: Pages | None
    exports: tuple[Link, ...]
    export_fields: tuple[tuple[str, str], ...]
    empty: str
    quoted_with: tuple[tuple[str, str, int], ...]
    mentions: tuple[Link, ...]    # whom the paragraphs of their quotations name
    words: tuple[Link, ...]
    namesakes: tuple[Quoted, ...]


INFERRED = "inferred"             # of the keyword field identity
INFERRED_OUT = ("identity", INFERRED)
UNSURE = "unsure"                 # the models.Level that is folded
EITHER = Or((Exact("quotation", "form"), Exact("reported", "form")))      # verbatim or not


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


def count_not_said(engine: Engine, slug: str) -> int:
    """How many quotations and passages a person is reported not to have said, or only imagined to say."""
    return engine.count(Exact(slug, "stance_of_id"), kind="quotation", filters=EITHER)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody besides what a search within their quotations finds. everything: the answer that holds
    all their quotations, counted by speaker, level and people mentioned; words: what distinguishes theirs;
    unsure: how many quotations that answer the search may be somebody else's; not_said: how many of all were, as
    reported, never said (count_not_said)."""

    everything: Results
    words: Sequence[str] = ()
    namesakes: Sequence[Document] = ()
    unsure: int = 0
    not_said: int = 0


def all_they_said(engine: Engine, slug: str) -> Results:
    return engine.search(EVERYTHING, kind="quotation", filters=Exact(slug, "speaker_id"), per_page=1,
                         facets=("speaker_id", "level", "mentioned_id"))


_BESIDES = re.compile(r"\s*\(.*\)|,?\s+(?:[JS]r\.?|I{2,3}|IV)\Z")


def namesakes_of(engine: Engine, person: Document) -> list[Document]:
    """Other people of the same full name, but for what tells them apart in parentheses or behind it."""
    name = fold(_BESIDES.sub("", person["name"]))
    return [other for other in engine.suggest(_BESIDES.sub("", person["name"]), 20)
            if other["id"] != person["id"] and fold(_BESIDES.sub("", other["name"])) == name][:_NAMESAKES]


def person_page(person: Document, search: SearchRequest, year: str, results: Results, known: Known) -> PersonPage:
    """search: the search within this person's quotations, in one year if one is given."""
    slug = person["id"]
    forms = search.forms
    folded = ("level", UNSURE) in search.excluded
    start, end = year or search.start, year or search.end

    def url(**changes: Any) -> str:
        usual = "relevance" if search.typed else "newest"
        values: dict[str, Any] = {
            "q": search.typed or None, "year": year or None, "from": search.start or None, "to": search.end or None,
            "sort": None if search.sort == usual else search.sort, "unsure": None if folded else "1",
            "kind": None if forms == ("quotation",) else forms,
            "not_identity": INFERRED if INFERRED_OUT in search.excluded else None, **changes}
        return url_for("pages.person", slug=slug, **values)

    last = last_page(results.distinct or results.total, search.per_page, search.limits.pages)
    first = (search.page - 1) * search.per_page + 1
    period = start if start == end else f"{start or '…'}–{end or '…'}"
    narrowed = [each for each in (search.typed, period if start or end else "") if each]
    hits = quotation_hits(results.hits, first, search.typed)
    said = next((each for each in known.everything.facets.get("speaker_id", ()) if each.value == slug), None)
    return PersonPage(
        title=", ".join([person["name"], *narrowed]) + (f" (page {search.page} of {last})" if search.page > 1 else ""),
        name=person["name"],
        slug=slug,
        roles=_roles(person["roles"], person["offices"]),
        aliases=tuple(alias for alias in person["aliases"] if alias != person["name"]),
        quotations=person["quotations"],
        reported=person["reported"],
        articles=person["articles"],
        named=(day(person["first"]), day(person["last"])),
        said=(day(said.first), day(said.last)) if said else (day(""), day("")),
        levels=_levels(known.everything, slug),
        csv_url=url_for("exports.as_csv", **{"in": "quotations", "speaker": slug}),
        mentions_url=url_for("pages.search", mentions=slug),
        chart=_chart(person["years"], lambda chosen: url(**_range_with(start, end, chosen)), start, end),
        typed=search.typed,
        year=year,
        start=search.start,
        end=search.end,
        kinds=() if forms == ("quotation",) else forms,
        chips=_chips(search.typed, period if start or end else "", url),
        sorts=_sorts(search, url) if results.total > 1 else (),
        repairs=(*search.repairs, *([str(search.error)] if search.error else [])),
        count_total=results.total,
        count_line=_count_line(results.total, noun_of(search), narrowed),
        unsure=_unsure(known.unsure, results.total, url) if folded else _fold_again(known.unsure, url),
        inferred=_inferred(results, search, url),
        told=_told(count_reported(results), forms, url),
        not_said=_not_said(known.not_said, slug),
        years=by_year_and_article(hits, dated=search.sort in ("newest", "oldest")),
        first=first,
        pages=page_links(search.page, last, lambda number: url(page=number if number > 1 else None)),
        exports=exports(search) if results.total else (),
        export_fields=export_fields(search),
        empty=_empty(search.typed, period if start or end else ""),
        quoted_with=tuple((name, other, count) for other, name, count in person["quoted_with"]),
        mentions=_mentions(known.everything, slug),
        words=tuple(Link(word, url(q=word, page=None)) for word in known.words),
        namesakes=tuple(Quoted(each["name"], each["id"], short_role(each["roles"]), each["quotations"])
                        for each in known.namesakes),
    )


def _range_with(start: str, end: str, chosen: str) -> dict[str, str | None]:
    """The years that pressing a bar leads to: the one alone, unless others are chosen, to which it then is added; one
    within those chosen is then alone."""
    years = [each[:4] for each in (start, end) if each[:4].isdigit()]
    if not years or min(years) <= chosen <= max(years):
        return {"year": chosen, "from": None, "to": None}
    return {"year": None, "from": min(*years, chosen), "to": max(*years, chosen)}


def _levels(everything: Results, slug: str) -> tuple[Link, ...]:
    counts = {each.value: each.count for each in everything.facets.get("level", ())}
    return tuple(Link(level, _quotations(slug, Filter("level", level)), counts[level])
                 for level in LEVELS if counts.get(level))


def _mentions(everything: Results, slug: str) -> tuple[Link, ...]:
    """The people whom the paragraphs of somebody's quotations name most, without the speaker."""
    found = [each for each in everything.facets.get("mentioned_id", ()) if each.value != slug and each.count > 1]
    return tuple(Link(each.label, _quotations(slug, Filter("mentioned_id", each.value)), each.count)
                 for each in found[:_MENTIONED])


def _quotations(slug: str, narrowed: Filter) -> str:
    return SearchRequest(kind="quotation", filters=(Filter("speaker_id", slug), narrowed)).url()


def _unsure(count: int, surer: int, url: Callable[..., str]) -> Link | None:
    """The link to the same page with the quotations that may be somebody else's, if there are any."""
    more = "more " if surer else ""
    return Link(f"{count:,} {more}that we are not sure of", url(unsure="1")) if count else None


def _fold_again(count: int, url: Callable[..., str]) -> Link | None:
    return Link(f"Leave out the {count:,} that we are not sure of", url(unsure=None)) if count else None


def _inferred(results: Results, search: SearchRequest, url: Callable[..., str]) -> Link | None:
    """The link to the same page without bare names that were given to this person, or with them again."""
    if INFERRED_OUT in search.excluded:
        return Link("Show those known by a bare name alone, too", url(not_identity=None))
    count = sum(each.count for each in results.facets.get("identity", ()) if each.value == INFERRED)
    return Link(f"Leave out {count:,} known by a bare name alone", url(not_identity=INFERRED)) if count else None


def _told(count: int, forms: Sequence[str], url: Callable[..., str]) -> Link | None:
    """The link to the same page with what is only reported, or without it again."""
    if not count:
        return None
    if "reported" in forms:
        return Link(f"Leave out the {count:,} reported", url(kind=None))
    return Link(f"Also show {count:,} reported", url(kind=["quotation", "reported"]))


def _not_said(count: int, slug: str) -> Link | None:
    """The link to what somebody is reported not to have said."""
    search = SearchRequest(kind="quotation", filters=(Filter("stance_of_id", slug),)).of_forms("quotation", "reported")
    return Link(f"{count:,} denied or only imagined", search.url()) if count else None


def _roles(found: Sequence[str], offices: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """How articles describe somebody: short descriptions, each once whatever its capitals, none that another holds; of
    an office, from when to when articles give it."""
    held = {role: years(first, last) for role, first, last in offices}
    kept: list[str] = []
    for role in found:
        if len(role) <= _ROLE and not any(role.casefold() in each.casefold() for each in kept):
            kept.append(role)
    return tuple(", ".join(filter(None, (role, held.get(role, "")))) for role in kept[:3])


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


_ROLE = 90                        # characters; longer descriptions are whole sentences
_NAMESAKES = 6
_MENTIONED = 8                    # people whom somebody mentions most
