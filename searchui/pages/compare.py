"""Two speakers side by side on one subject, their charts to one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from indexer import Document, Engine, Exact, NotFound, Results
from searchui.pages.charts import Chart, by_year, chart, counted, span_of_years
from searchui.pages.hits import QuotationHit
from searchui.pages.person import said
from searchui.pages.search_page import Link
from searchui.request import Asked

_SIDE = 8                         # quotations shown of each


@dataclass(frozen=True, slots=True)
class Side:
    """One of two speakers, on the same subject."""

    name: str
    slug: str
    count_line: str
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


def somebody(engine: Engine, typed: str) -> Document | None:
    """The person of that slug, else whom that name means first."""
    if not typed:
        return None
    try:
        return engine.get("person", typed)
    except NotFound:
        return next(iter(engine.suggest(typed, 1)), None)


def compare_page(engine: Engine, asked: Asked, typed: tuple[str, str], pairs: Sequence[Link]) -> ComparePage:
    people = [somebody(engine, each) for each in typed]
    both = [person for person in people if person]
    repairs = [*asked.repairs, *([str(asked.error)] if asked.error else [])]
    repairs += [f"Nobody called “{name}” is in this archive."
                for name, person in zip(typed, people) if name and not person]
    sides = _sides(engine, asked, both) if len(both) == 2 else ()
    names = [person["name"] if person else name for name, person in zip(typed, people)]
    heading = f"{names[0]} and {names[1]}" if sides else "Compare two speakers"
    heading += f" on {asked.typed}" if sides and asked.typed else ""
    return ComparePage(heading, heading, asked.typed, names[0], names[1], tuple(repairs), sides, tuple(pairs))


def _sides(engine: Engine, asked: Asked, people: Sequence[Document]) -> tuple[Side, ...]:
    """Both charts span the same years and stand to the same scale."""
    answers = [engine.search(asked.query, kind="quotation", filters=Exact(person["id"], "speaker_id"), sort="newest",
                             per_page=_SIDE, histogram=True) for person in people]
    counts = [by_year(answer.histogram) for answer in answers]
    spanned = list(span_of_years({**counts[0], **counts[1]})) if any(counts) else []
    most = max((value for each in counts for value in each.values()), default=0)
    return tuple(_side(asked, person, answer, each, spanned, most, first)
                 for person, answer, each, first in zip(people, answers, counts, (1, 1 + _SIDE)))


def _side(
    asked: Asked, person: Document, answer: Results, counts: Mapping[str, int], spanned: list[int], most: int,
    first: int,
) -> Side:
    """first: the number of its first quotation; the other side counts on from it."""
    def link(year: str) -> str:
        return url_for("pages.person", slug=person["id"], q=asked.typed or None, year=year)

    bars = chart(spanned, [counts], ("quotations",), link, most=most, css=("pen",)) if spanned else None
    shown = [hit for hit in answer.hits if not hit.partial]
    line = f"{answer.total:,} {counted(answer.total, 'quotations')}" + (f" on {asked.typed}" if asked.typed else "")
    more = url_for("pages.person", slug=person["id"], q=asked.typed or None) if answer.total > len(shown) else ""
    return Side(person["name"], person["id"], line, bars, said(shown, first, asked.typed), more)
