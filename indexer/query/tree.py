"""A query as a tree of small values: what is asked, and nothing of how it was typed or of any engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    """The whole value of a keyword field, such as a person's slug; what facets filter by."""

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


@dataclass(frozen=True, slots=True)
class InArticle:
    """Quotations in an article that matches the part, whoever says what there; filters use it. An article is in
    itself."""

    part: Query


Query: TypeAlias = Words | Phrase | Prefix | Near | Range | Exact | InArticle | Not | And | Or

EVERYTHING = And(())


def words_of(query: Query) -> Iterator[Words | Phrase | Prefix | Near]:
    """The parts with words that are sought, not those that are excluded, in the order typed: what to mark, and what to
    relax."""
    match query:
        case And(parts) | Or(parts):
            for part in parts:
                yield from words_of(part)
        case Words() | Phrase() | Prefix() | Near():
            yield query


def clauses(query: Query) -> int:
    """How many words and conditions a query has; each word of a phrase is one."""
    match query:
        case And(parts) | Or(parts):
            return sum(map(clauses, parts))
        case Not(part) | InArticle(part):
            return clauses(part)
        case Range() | Exact():
            return 1
    return max(1, len(query.text.split()))


def parts_of(query: Query) -> tuple[Query, ...]:
    """The parts that must all match."""
    return query.parts if isinstance(query, And) else (query,)


def all_of(parts: Iterable[Query]) -> Query:
    """All of them, in the form in which equal queries are equal trees."""
    flat = tuple(each for part in parts for each in parts_of(part))
    return flat[0] if len(flat) == 1 else And(flat)


def any_of(parts: Iterable[Query]) -> Query | None:
    flat = tuple(each for part in parts for each in (part.parts if isinstance(part, Or) else (part,)))
    return flat[0] if len(flat) == 1 else Or(flat) if flat else None


def negated(part: Query) -> Query:
    return part.part if isinstance(part, Not) else Not(part)
