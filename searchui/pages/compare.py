"""Two speakers side by side on one subject, their charts to the same scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from indexer import Document, Engine, Exact, NotFound, Results, all_of
from searchui.pages.charts import Chart, by_year, chart, counted, span_of_years
from searchui.pages.hits import QuotationHit, quotation_hits
from searchui.pages.home import most_quoted
from searchui.pages.person import count_reported
from searchui.pages.search_page import Link, noun_of
from searchui.request import SearchRequest, page_sizes


@dataclass(frozen=True, slots=True)
class Side:
    """One of two speakers, on the same subject. reported: what is only reported, if that is not among the hits."""

    name: str
    slug: str
    count_line: str
    reported: Link | None
    chart: Chart | None
    hits: tuple[QuotationHit, ...]
    more_url: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two speakers side by side."""

    title: str
    heading: str
    typed: str
    typed_a: str
    typed_b: str
    repairs: tuple[str, ...]
    sides: tuple[Side, ...]
    pairs: tuple[Link, ...]


def person_meant(engine: Engine, typed: str) -> Document | None:
    """The person of that slug, else the most likely one of that name."""
    if not typed:
        return None
    try:
        return engine.get("person", typed)
    except NotFound:
        return next(iter(engine.suggest(typed, 1)), None)


def pairs_of_speakers(engine: Engine) -> tuple[Link, ...]:
    """Pairs of the most quoted people, as examples."""
    quoted = most_quoted(engine)
    return tuple(
        Link(f"{one.name} and {other.name}", url_for("pages.compare", a=one.slug, b=other.slug))
        for one, other in zip(quoted[:5], quoted[1:6])
    )


def compare_page(engine: Engine, search: SearchRequest, typed: tuple[str, str], pairs: Sequence[Link]) -> ComparePage:
    people = [person_meant(engine, each) for each in typed]
    both = [person for person in people if person]
    repairs = [*search.repairs, *([str(search.error)] if search.error else [])]
    repairs += [f"Nobody called “{name}” is in this archive."
                for name, person in zip(typed, people) if name and not person]
    sides = _sides(engine, search, both) if len(both) == 2 else ()
    names = [person["name"] if person else name for name, person in zip(typed, people)]
    heading = f"{names[0]} and {names[1]}" if sides else "Compare two speakers"
    heading += f" on {search.typed}" if sides and search.typed else ""
    return ComparePage(heading, heading, search.typed, names[0], names[1], tuple(repairs), sides, tuple(pairs))


def _sides(engine: Engine, search: SearchRequest, people: Sequence[Document]) -> tuple[Side, ...]:
    """Both charts show the same years to the same scale."""
    chosen = replace(search, filters=()).of_forms(*search.forms).filter_query
    whose = [all_of((Exact(person["id"], "speaker_id"), chosen)) for person in people]
    answers = [engine.search(search.query, kind="quotation", filters=filters, sort="newest",
                             per_page=page_sizes.COMPARED_QUOTATIONS, histogram=True, facets=("form",), relax=False)
               for filters in whose]
    counts = [by_year(answer.histogram) for answer in answers]
    spanned = list(span_of_years({**counts[0], **counts[1]})) if any(counts) else []
    most = max((value for each in counts for value in each.values()), default=0)
    numbers = (1, 1 + page_sizes.COMPARED_QUOTATIONS)
    return tuple(_side(search, person, answer, each, spanned, most, first)
                 for person, answer, each, first in zip(people, answers, counts, numbers))


def _side(
    search: SearchRequest, person: Document, answer: Results, counts: Mapping[str, int], spanned: list[int], most: int,
    first: int,
) -> Side:
    """first: the number of its first quotation; the numbers of the other side follow."""
    kinds = None if search.forms == ("quotation",) else search.forms

    def link(year: str) -> str:
        return url_for("pages.person", slug=person["id"], q=search.typed or None, year=year, kind=kinds)

    noun = noun_of(search)
    bars = chart(spanned, [counts], (noun,), link, most=most, css=("pen",)) if spanned else None
    line = f"{answer.total:,} {counted(answer.total, noun)}" + (f" on {search.typed}" if search.typed else "")
    more = url_for("pages.person", slug=person["id"], q=search.typed or None, kind=kinds) \
        if answer.total > len(answer.hits) else ""
    return Side(person["name"], person["id"], line, _reported(search, person, answer), bars,
                quotation_hits(answer.hits, first, search.typed), more)


def _reported(search: SearchRequest, person: Document, answer: Results) -> Link | None:
    """The link to what is only reported of somebody on the subject, if there is any and it is not shown."""
    count = count_reported(answer)
    if not count or "reported" in search.forms:
        return None
    return Link(f"and {count:,} reported",
                url_for("pages.person", slug=person["id"], q=search.typed or None, kind="reported"))
