"""The page of one person: who they are, what they said, when, and beside whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from indexer import EVERYTHING, PER_PAGE, STOP_WORDS, Document, Engine, Exact, Hit, Results, Sort
from searchui.pages.charts import Chart, chart, counted, span_of_years
from searchui.pages.hits import QuotationHit, quotation_hit, same_group_url, years
from searchui.pages.search_page import SORTS, Link, Pages, last_page, page_links
from searchui.pages.share_links import export_fields, exports
from searchui.request import Asked, Filter


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything the page of a person shows."""

    title: str
    name: str
    slug: str
    roles: tuple[str, ...]
    aliases: tuple[str, ...]
    quotations: int
    articles: int
    span: str
    mentions_url: str
    chart: Chart | None
    legend: str
    typed: str
    year: str
    chips: tuple[Link, ...]
    sorts: tuple[Link, ...]
    repairs: tuple[str, ...]
    count_line: str
    count_total: int
    hits: tuple[QuotationHit, ...]
    first: int
    pages: Pages | None
    exports: tuple[Link, ...]
    export_fields: tuple[tuple[str, str], ...]
    empty: str
    quoted_with: tuple[tuple[str, str, int], ...]
    words: tuple[Link, ...]


def of_person(asked: Asked, slug: str, year: str = "") -> Asked:
    """The search only in what this person said, in one year or in all; newest first where nothing is typed."""
    sort: Sort = "newest" if asked.sort == "relevance" and not asked.typed else asked.sort
    chosen = (Filter("speaker_id", slug), *([Filter("year", year)] if year else []))
    return replace(asked, kind="quotation", filtering=chosen, sort=sort, anywhere=False)


def said(hits: Iterable[Hit], first: int, typed: str) -> tuple[QuotationHit, ...]:
    """Quotations as the page shows them."""
    return tuple(
        quotation_hit(hit, number, typed, same_group_url("quotation", hit.document["group"]))
        for number, hit in enumerate(hits, first)
    )


def person_page(person: Document, asked: Asked, year: str, results: Results, words: Sequence[str]) -> PersonPage:
    """asked: the search within this person's quotations; words: what they often say."""
    slug = person["id"]

    def url(**changes: Any) -> str:
        usual = "relevance" if asked.typed else "newest"
        sort = None if asked.sort == usual else asked.sort
        values: dict[str, Any] = {"q": asked.typed or None, "year": year or None, "sort": sort, **changes}
        return url_for("pages.person", slug=slug, **values)

    last = last_page(results.distinct or results.total, PER_PAGE, asked.limits.pages)
    first = (asked.page - 1) * PER_PAGE + 1
    narrowed = [each for each in (asked.typed, year) if each]
    return PersonPage(
        title=", ".join([person["name"], *narrowed]) + (f" (page {asked.page} of {last})" if asked.page > 1 else ""),
        name=person["name"],
        slug=slug,
        roles=_roles(person["roles"]),
        aliases=tuple(alias for alias in person["aliases"] if alias != person["name"]),
        quotations=person["quotations"],
        articles=person["articles"],
        span=years(person["first"], person["last"]),
        mentions_url=url_for("pages.search", mentions=slug),
        chart=_chart(person["years"], lambda period: url(year=period), year),
        legend="",
        typed=asked.typed,
        year=year,
        chips=_chips(asked.typed, year, url),
        sorts=_sorts(asked, url) if results.total > 1 else (),
        repairs=(*asked.repairs, *([str(asked.error)] if asked.error else [])),
        count_total=results.total,
        count_line=_count_line(results.total, narrowed),
        hits=said(results.hits, first, asked.typed),
        first=first,
        pages=page_links(asked.page, last, lambda number: url(page=number if number > 1 else None)),
        exports=exports(asked) if results.total else (),
        export_fields=export_fields(asked),
        empty=_empty(asked.typed, year),
        quoted_with=tuple((name, other, count) for other, name, count in person["quoted_with"]),
        words=tuple(Link(word, url(q=word, page=None)) for word in words),
    )


def _roles(found: Sequence[str]) -> tuple[str, ...]:
    """How articles describe somebody: short ones, each once however it is capitalised, none within another."""
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


def _sorts(asked: Asked, url: Callable[..., str]) -> tuple[Link, ...]:
    """By match only where words were typed; then that is how they stand unless asked otherwise."""
    usual: Sort = "relevance" if asked.typed else "newest"
    return tuple(Link(label, url(sort=None if sort == usual else sort), current=sort == asked.sort)
                 for sort, label in SORTS.items() if asked.typed or sort != "relevance")


def _empty(typed: str, year: str) -> str:
    of = f"quotations of {year}" if year else "quotations"
    return f"None of the {of} holds “{typed}”." if typed else f"No {of} are known."


def _count_line(total: int, narrowed: Sequence[str]) -> str:
    of = f" with {', '.join(narrowed)}" if narrowed else ""
    return f"{total:,} {counted(total, 'quotations')}{of}"


_WORD = re.compile(r"[^\W\d_]{5,}")
_ROLE = 90                        # characters; longer descriptions are whole sentences
_READ = 400                       # quotations of one person that are read for their words
_READ_OF_ALL = 2000


def words_of_quotations(engine: Engine, slug: str = "") -> Counter[str]:
    """In how many of somebody's newest quotations each word stands; without a slug, of anybody's. Words with a
    capital are left out: most are names."""
    whose, most = (Exact(slug, "speaker_id"), _READ) if slug else (EVERYTHING, _READ_OF_ALL)
    found: Counter[str] = Counter()
    for hit in engine.search(EVERYTHING, kind="quotation", filters=whose, sort="newest", per_page=most).hits:
        found.update({word for word in _WORD.findall(hit.document["said"]) if word.islower()})
    return found


def often_said(own: Counter[str], everybody: Counter[str], name: str, most: int = 12) -> tuple[str, ...]:
    """Words that stand in several of somebody's quotations, those first that others say least; no name of theirs."""
    names = set(map(str.lower, _WORD.findall(name)))
    several = {word: count for word, count in own.items() if count > 2 and word not in STOP_WORDS | names}
    return tuple(sorted(several, key=lambda word: (-several[word] ** 2 / (1 + everybody[word]), word))[:most])
