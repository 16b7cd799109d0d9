"""What people type, as a tree of small values: the whole query language, and nothing of any engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

# A field of None means "where bare words search", which each kind of document decides (schema.FIELDS).


@dataclass(frozen=True, slots=True)
class Words:
    """One word, found in all its forms: parks finds park."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order. A phrase of one word is that very form of the word: "parks" does not find park."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so: bloom*."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Words in any order, with at most distance other words between them: "soda ban"~5."""

    text: str
    distance: int
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """Days from start to end, both included; None is open."""

    field: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Exact:
    """A value as it stands in a keyword field, such as a person's slug; what facets filter by."""

    value: str
    field: str


@dataclass(frozen=True, slots=True)
class Not:
    part: Query


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts; And(()) is everything there is."""

    parts: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts; Or(()) is nothing at all."""

    parts: tuple[Query, ...] = ()


Query: TypeAlias = Words | Phrase | Prefix | Near | Range | Exact | Not | And | Or

EVERYTHING = And(())
