"""Quotations one below the other as they were printed: by article, and under years where they are in order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from searchui.pages.hits import Day, QuotationHit


@dataclass(frozen=True, slots=True)
class Printing:
    """An article, and quotations from it. url: of the first of them."""

    title: str
    author: str
    date: Day
    url: str
    hits: tuple[QuotationHit, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The printings of a year; its name is "" where they are in another order than that of time."""

    name: str
    printings: tuple[Printing, ...]


def by_year_and_article(hits: Sequence[QuotationHit], dated: bool) -> tuple[Year, ...]:
    """Neighbours of one article together. dated: the hits are in order of time."""
    years = groupby(hits, key=lambda hit: (hit.date.iso[:4] or "Undated") if dated else "")
    return tuple(Year(name, _by_article(list(each))) for name, each in years)


def _by_article(hits: Sequence[QuotationHit]) -> tuple[Printing, ...]:
    together = groupby(hits, key=lambda hit: hit.id.rpartition("#")[0])
    return tuple(_printing(tuple(each)) for _, each in together)


def _printing(hits: tuple[QuotationHit, ...]) -> Printing:
    first = hits[0]
    return Printing(first.title, first.author, first.date, first.url, hits)
