"""A query tree becomes words again: a plain description, parts that can each be removed, and text that parses to it."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.query.period import Period, period_as_text, period_in_words
from indexer.query.tree import (
    And, Exact, InArticle, Near, Not, Or, Phrase, Prefix, Query, Range, Words, all_of, parts_of,
)
from indexer.schema import TYPED_KEYWORDS

# How a query in words names the fields of schema.FIELDS.
_IN_FIELD = {
    None: "{}",
    "title": "{} in the headline",
    "text": "{} in the story",
    "author": "written by {}",
    "speaker": "said by {}",
    "said": "{} inside quotation marks",
    "mentions": "naming {}",
    "date": "published {}",
}

# The fields of filters that can be typed, too, and what is typed for them.
_TYPED = {each.name: typed for typed, each in TYPED_KEYWORDS.items()}
_VERBS = ("author", "speaker", "mentions", "date")    # begin with a verb: “not said by”, not “without”


def describe(query: Query) -> str:
    """The query in plain words: “ferry and said by Adeyemi, without fare”."""
    match query:
        case And(()):
            return "everything"
        case Or(()):
            return "nothing"
        case And(parts):
            found = " and ".join(_inner(part) for part in parts if not isinstance(part, Not))
            return ", ".join([found] * bool(found) + [describe(part) for part in parts if isinstance(part, Not)])
        case Or(parts):
            return " or ".join(map(_inner, parts))
        case Not(part):
            return f"{'not' if getattr(part, 'field', None) in _VERBS else 'without'} {_inner(part)}"
        case Range(field, start, end):
            return _in_field(field, period_in_words(Period(start, end)))
        case Exact(value, field) if field in _TYPED:
            return f"{_TYPED[field]}: {value}"
        case Exact(value, field):
            return f"{field.removesuffix('_id').replace('_', ' ')} is {value or 'unknown'}"
        case InArticle(part):
            return f"in an article with {_inner(part)}"
        case Near(text, distance, field):
            return _in_field(field, f"“{text}” in any order, at most {distance} words between")
        case Phrase(text, field):
            return _in_field(field, f"“{text}”")
        case Prefix(text, field):
            return _in_field(field, f"{text}…")
        case Words(text, field):
            return _in_field(field, text)


def _inner(query: Query) -> str:
    return f"({describe(query)})" if isinstance(query, And | Or) and query.parts else describe(query)


def _in_field(field: str | None, words: str) -> str:
    return _IN_FIELD.get(field, f"{field} is {{}}").format(words)


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the query that can be removed: its label in words, and the query without it as text."""

    label: str
    without: str


def chips(query: Query) -> tuple[Chip, ...]:
    """The parts that must all match, each of which can be removed."""
    parts = parts_of(query)
    return tuple(Chip(describe(part), to_text(all_of((*parts[:at], *parts[at + 1:])))) for at, part in enumerate(parts))


def to_text(query: Query) -> str:
    """Text that parses to this query; ValueError for an Exact that cannot be typed."""
    match query:
        case And(parts):
            return " ".join(map(_grouped, parts))
        case Or(parts):
            return " OR ".join(map(_grouped, parts))
        case Not(part):
            return f"-{_grouped(part)}"
        case Range(field, start, end):
            return f"{field}:{period_as_text(Period(start, end))}"
        case Exact(value, field) if field in _TYPED:
            return f"{_TYPED[field]}:{value}"
        case Exact(value, field):
            raise ValueError(f"{field} {value!r} is a filter and cannot be typed")
        case InArticle(part):
            raise ValueError(f"in an article with {to_text(part)} is a filter and cannot be typed")
        case Near(text, distance, field):
            return f'{_prefix(field)}"{text}"~{distance}'
        case Phrase(text, field):
            return f'{_prefix(field)}"{text}"'
        case Prefix(text, field):
            return f"{_prefix(field)}{text}*"
        case Words(text, field):
            return f"{_prefix(field)}{text}"


def can_be_typed(query: Query) -> bool:
    """Whether to_text has a text for it."""
    match query:
        case And(parts) | Or(parts):
            return all(map(can_be_typed, parts))
        case Not(part):
            return can_be_typed(part)
    return not isinstance(query, InArticle) and (not isinstance(query, Exact) or query.field in _TYPED)


def _grouped(query: Query) -> str:
    return f"({to_text(query)})" if isinstance(query, And | Or) else to_text(query)


def _prefix(field: str | None) -> str:
    return f"{field}:" if field else ""
