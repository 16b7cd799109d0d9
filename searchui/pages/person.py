"""The page of one person: who they are, what they said and when, and who is quoted alongside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from indexer import EVERYTHING, STOP_WORDS, Document, Engine, Exact, Or, Results, Sort
from searchui.pages.charts import Chart, chart, counted, span_of_years
from searchui.pages.hits import QuotationHit, quotation_hits, years
from searchui.pages.search_page import SORTS, Link, Pages, last_page, noun_of, page_links
from searchui.pages.share_links import export_fields, exports
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
    span: str
    mentions_url: str
    chart: Chart | None
    typed: str
    year: str
    kinds: tuple[str, ...]        # of words, if those are not quotations alone
    chips: tuple[Link, ...]
    sorts: tuple[Link, ...]
    repairs: tuple[str, ...]
    count_line: str
    count_total: int
    unsure: Link | None           # shows the quotations that may be somebody else's, or folds them again
    inferred: Link | None         # leaves out bare names that the archive, not the article, gives this person; or not
    told: Link | None             # shows what is only reported, too, or leaves it out again
    not_said: Link | None         # what they are reported not to have said
    hits: tuple[QuotationHit, ...]
    first: int
    pages: Pages | None
    exports: tuple[Link, ...]
    export_fields: tuple[tuple[str, str], ...]
    empty: str
    quoted_with: tuple[tuple[str, str, int], ...]
    words: tuple[Link, ...]


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


def person_page(
    person: Document, search: SearchRequest, year: str, results: Results, words: Sequence[str], unsure: int,
    not_said: int = 0,
) -> PersonPage:
    """search: the search within this person's quotations; words: what they often say; unsure: how many quotations that
    answer it may be somebody else's; not_said: of all that is in the archive (count_not_said)."""
    slug = person["id"]
    forms = search.forms
    folded = ("level", UNSURE) in search.excluded

    def url(**changes: Any) -> str:
        usual = "relevance" if search.typed else "newest"
        sort = None if search.sort == usual else search.sort
        values: dict[str, Any] = {"q": search.typed or None, "year": year or None, "sort": sort,
                                  "unsure": None if folded else "1",
                                  "kind": None if forms == ("quotation",) else forms,
                                  "not_identity": INFERRED if INFERRED_OUT in search.excluded else None, **changes}
        return url_for("pages.person", slug=slug, **values)

    last = last_page(results.distinct or results.total, search.per_page, search.limits.pages)
    first = (search.page - 1) * search.per_page + 1
    narrowed = [each for each in (search.typed, year) if each]
    return PersonPage(
        title=", ".join([person["name"], *narrowed]) + (f" (page {search.page} of {last})" if search.page > 1 else ""),
        name=person["name"],
        slug=slug,
        roles=_roles(person["roles"]),
        aliases=tuple(alias for alias in person["aliases"] if alias != person["name"]),
        quotations=person["quotations"],
        reported=person["reported"],
        articles=person["articles"],
        span=years(person["first"], person["last"]),
        mentions_url=url_for("pages.search", mentions=slug),
        chart=_chart(person["years"], lambda period: url(year=period), year),
        typed=search.typed,
        year=year,
        kinds=() if forms == ("quotation",) else forms,
        chips=_chips(search.typed, year, url),
        sorts=_sorts(search, url) if results.total > 1 else (),
        repairs=(*search.repairs, *([str(search.error)] if search.error else [])),
        count_total=results.total,
        count_line=_count_line(results.total, noun_of(search), narrowed),
        unsure=_unsure(unsure, results.total, url) if folded else _fold_again(unsure, url),
        inferred=_inferred(results, search, url),
        told=_told(count_reported(results), forms, url),
        not_said=_not_said(not_said, slug),
        hits=quotation_hits(results.hits, first, search.typed),
        first=first,
        pages=page_links(search.page, last, lambda number: url(page=number if number > 1 else None)),
        exports=exports(search) if results.total else (),
        export_fields=export_fields(search),
        empty=_empty(search.typed, year),
        quoted_with=tuple((name, other, count) for other, name, count in person["quoted_with"]),
        words=tuple(Link(word, url(q=word, page=None)) for word in words),
    )


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


def _roles(found: Sequence[str]) -> tuple[str, ...]:
    """How articles describe somebody: short descriptions, each once whatever its capitals, none that another holds."""
    kept: list[str] = []
    for role in found:
        if len(role) <= _ROLE and not any(role.casefold() in each.casefold() for each in kept):
            kept.append(role)
    return tuple(kept[:3])


def _chart(counts: Mapping[str, Sequence[int]], link: Callable[[str], str], current: str) -> Chart | None:
    """Quotations and articles that name the person, by year."""
    if not counts:
        return None
    series = [{year: both[at] for year, both in counts.items()} for at in (0, 1)]
    return chart(list(span_of_years(counts)), series, ("quotations", "articles that name them"), link, current=current)


def _chips(typed: str, year: str, url: Callable[..., str]) -> tuple[Link, ...]:
    found = [Link(f"said about {typed}", url(q=None))] if typed else []
    return tuple(found + ([Link(year, url(year=None))] if year else []))


def _sorts(search: SearchRequest, url: Callable[..., str]) -> tuple[Link, ...]:
    """The orders to choose from. By match only if words were typed, and then it is the usual one."""
    usual: Sort = "relevance" if search.typed else "newest"
    return tuple(Link(label, url(sort=None if sort == usual else sort), current=sort == search.sort)
                 for sort, label in SORTS.items() if search.typed or sort != "relevance")


def _empty(typed: str, year: str) -> str:
    of = f"quotations of {year}" if year else "quotations"
    return f"None of the {of} holds “{typed}”." if typed else f"No {of} are known."


def _count_line(total: int, plural: str, narrowed: Sequence[str]) -> str:
    of = f" with {', '.join(narrowed)}" if narrowed else ""
    return f"{total:,} {counted(total, plural)}{of}"


_WORD = re.compile(r"[^\W\d_]{5,}")
_ROLE = 90                        # characters; longer descriptions are whole sentences
_READ = 400                       # quotations of one person whose words are counted
_READ_OF_ALL = 2000               # and of everybody


def words_of_quotations(engine: Engine, slug: str = "") -> Counter[str]:
    """How many of somebody's newest quotations hold each word; without a slug, of everybody's. Words with a capital
    are left out: most of them are names."""
    whose, most = (Exact(slug, "speaker_id"), _READ) if slug else (EVERYTHING, _READ_OF_ALL)
    found: Counter[str] = Counter()
    for hit in engine.search(EVERYTHING, kind="quotation", filters=whose, sort="newest", per_page=most).hits:
        found.update({word for word in _WORD.findall(hit.document["said"]) if word.islower()})
    return found


def often_said(own: Counter[str], everybody: Counter[str], name: str, most: int = 12) -> tuple[str, ...]:
    """Words of several of somebody's quotations, first those that others say least; not the words of their name."""
    names = set(map(str.lower, _WORD.findall(name)))
    several = {word: count for word, count in own.items() if count > 2 and word not in STOP_WORDS | names}
    return tuple(sorted(several, key=lambda word: (-several[word] ** 2 / (1 + everybody[word]), word))[:most])
