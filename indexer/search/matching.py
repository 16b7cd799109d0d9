"""What a query asks of a document, whatever the engine: which fields, which words, and what may be left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from indexer.errors import QueryError
from indexer.language import forms
from indexer.query import And, InArticle, Near, Not, Or, Phrase, Prefix, Query, Words, words_of
from indexer.schema import FIELDS, field_named
from indexer.search.analysis import STOP_WORDS, name_forms, stem
from indexer.search.engine import Kind
from indexer.search.name_variants import variants

SHORTEST_PREFIX = 2                # letters; one letter stands for a tenth of the dictionary
DEEPEST = 60                       # parts within parts; nobody nests so deep by hand

# Field → the keys of the document that it indexes (the table in schema.py), for each kind.
KEYS: Mapping[Kind, Mapping[str, tuple[str, ...]]] = {
    "article": {"title": ("title",), "text": ("text",), "author": ("author",), "speaker": ("speakers",),
                "said": ("said",), "mentions": ("mentioned",)},
    "quotation": {"title": ("title",), "text": ("context",), "author": ("author",), "speaker": ("names",),
                  "said": ("said",), "mentions": ("mentioned",)},
    "person": {"speaker": ("name", "aliases"), "mentions": ("name", "aliases")},
}

# What a quotation has in common with its article: asked of the one, it is asked of the other.
SHARED = frozenset({"title", "author", "date", "author_id", "year", "month"})


def values(document: Mapping[str, Any], field: str) -> list[str]:
    """The texts of a document that a field indexes."""
    keys = KEYS[document["kind"]].get(field, ())
    found = (document.get(key, ()) for key in keys)
    return list(chain.from_iterable([each] if isinstance(each, str) else each for each in found))


def keyword_values(document: Mapping[str, Any], field: str) -> Sequence[str]:
    """The values of a keyword field. A person is its own speaker and its own mention, so that the same
    filters narrow all kinds."""
    if document["kind"] == "person" and field in ("speaker_id", "mentioned_id"):
        field = "id"
    value = document.get(field, ())
    return [value] if isinstance(value, str) else value


def days(document: Mapping[str, Any]) -> tuple[str, str]:
    """The first and last ISO day that a document stands for, "" where undated: people stand for the days
    from the first to the last article that names them."""
    if document["kind"] == "person":
        return document["first"], document["last"]
    day = first_day(document["date"])[:10]
    return day, day


def first_day(when: str) -> str:
    """An ISO date, of which only the month or the year may be known, from its first day on: 2012-03 → 2012-03-01."""
    return f"{when}-01" if len(when) == 7 else f"{when}-01-01" if len(when) == 4 else when


def weights(kind: Kind) -> Mapping[str, float]:
    """The fields in which bare words search, and what a match there counts."""
    return {field.name: field.weights[kind] for field in FIELDS if kind in field.weights}


def fields(field: str | None, kind: Kind) -> tuple[str, ...]:
    """The fields that a part of a query searches."""
    return (field,) if field else tuple(weights(kind))


def is_name(field: str) -> bool:
    return field_named(field).type == "name"


@dataclass(frozen=True, slots=True)
class Together:
    """Words that must stand together in one field. exact: by form, not by stem. distance: None for this very
    order, else how many other words may stand between them. initials may stand anywhere in the field."""

    words: tuple[str, ...]
    exact: bool
    distance: int | None = None
    initials: tuple[str, ...] = ()


def sequence(part: Words | Phrase | Near, field: str) -> Together | None:
    """What a part of a query asks of one field; None where it holds no word."""
    distance = part.distance if isinstance(part, Near) else None
    if is_name(field):
        found = name_forms(part.text)
        words = tuple(form for form in found if len(form) > 1)
        initials = tuple(form for form in found if len(form) == 1)
        return Together(words, True, distance, initials) if found else None
    written = forms(part.text)
    exact = isinstance(part, Phrase) and len(written) == 1
    return Together(written if exact else tuple(map(stem, written)), exact, distance) if written else None


def stands(wanted: Together, places: Callable[[str], Sequence[int]]) -> bool:
    """Whether one field holds the words; places gives the sorted positions of a word in it."""
    if not all(places(initial) for initial in wanted.initials):
        return False
    if len(wanted.words) < 2:
        return all(places(word) for word in wanted.words)
    if wanted.distance is None:
        return bool(runs(wanted.words, places))
    return within(wanted.words, places, wanted.distance) is not None


def runs(words: Sequence[str], places: Callable[[str], Sequence[int]]) -> set[int]:
    """The positions at which the words begin to stand in this order."""
    starts = set(places(words[0]))
    for offset, word in enumerate(words[1:], 1):
        if not starts:
            break
        starts &= {place - offset for place in places(word)}
    return starts


def within(words: Sequence[str], places: Callable[[str], Sequence[int]], distance: int) -> tuple[int, int] | None:
    """The first and last position of the first stretch that holds all the words, each as often as it is
    asked for, with at most distance others between them."""
    wanted = Counter(words)
    standing = sorted((place, word) for word in wanted for place in places(word))
    longest = len(words) + distance
    held: Counter[str] = Counter()
    missing, left = len(words), 0
    for place, word in standing:
        held[word] += 1
        missing -= held[word] <= wanted[word]
        while standing[left][0] <= place - longest:
            gone = standing[left][1]
            missing += held[gone] <= wanted[gone]
            held[gone] -= 1
            left += 1
        if not missing:
            return standing[left][0], place
    return None


def meant(query: Query) -> Query:
    """The query without what means nothing: stop words beside other words, and parts without any word.

    What is left empty asks for nothing in an Or, and restricts nothing in an And; a query that consists of
    such parts alone finds nothing.
    """
    return _meant(query, 0) or Or(())


def _meant(query: Query, depth: int) -> Query | None:
    if depth > DEEPEST:
        raise QueryError("This query has parts within parts within parts: too deep to answer.")
    match query:
        case Phrase(text, field) if field and is_name(field) and forms(text):
            return _any_name(text, field)
        case Words(text) | Phrase(text) | Near(text):
            return query if forms(text) else None
        case Prefix(text):
            return _prefix(query, "".join(forms(text)))
        case Not(part):
            inner = _meant(part, depth + 1)
            return Not(inner) if inner else None
        case InArticle(part):
            inner = _meant(part, depth + 1)
            return InArticle(inner) if inner else None
        case Or(parts):
            left = tuple(each for part in parts if (each := _meant(part, depth + 1)))
            return Or(left) if left or not parts else None
        case And(parts):
            return _meant_all(parts, depth)
    return query


def _any_name(text: str, field: str) -> Query:
    names = tuple(Phrase(each, field) for each in variants(text))
    return Or(names) if len(names) > 1 else names[0]


def _prefix(query: Prefix, letters: str) -> Query | None:
    if letters and len(letters) < SHORTEST_PREFIX:
        raise QueryError(f"“{query.text}*” is too short: give at least {SHORTEST_PREFIX} letters before the star.")
    return query if letters else None


def _meant_all(parts: tuple[Query, ...], depth: int) -> Query | None:
    left: list[Query] = []
    for part in parts:
        inner = _meant(part, depth + 1)
        left.extend(inner.parts if isinstance(inner, And) else [inner] if inner else [])
    if any(is_bare_word(part) and not is_stop_word(part) for part in left):
        left = [part for part in left if not is_stop_word(part)]
    return And(tuple(dict.fromkeys(left))) if left or not parts else None


def is_about(part: Query, field: str) -> bool:
    """Whether a part asks for nothing but one field."""
    leaves = list(words_of(part))
    return bool(leaves) and not isinstance(part, Not) and all(leaf.field == field for leaf in leaves)


def in_other_fields(part: Query, fields: Sequence[str]) -> Query:
    """The same words, sought in any of other fields."""
    return Or(tuple(replace(leaf, field=field) for leaf in words_of(part) for field in fields))


def asked_fields(query: Query) -> set[str | None]:
    """The fields that a query asks for; None is "where bare words search"."""
    match query:
        case And(parts) | Or(parts):
            return set().union(*map(asked_fields, parts))
        case Not(part) | InArticle(part):
            return asked_fields(part)
    return {query.field}


def is_bare_word(part: Query) -> bool:
    return isinstance(part, Words) and part.field is None


def is_stop_word(part: Query) -> bool:
    """A bare word that carries no subject."""
    return isinstance(part, Words) and part.field is None and all(form in STOP_WORDS for form in forms(part.text))


def loosened(query: Query) -> tuple[tuple[Query, ...], tuple[Words, ...]]:
    """The parts that even an incomplete answer must have, and the words of which it may lack some: those of
    bare words, phrases and nearness at the top of the query."""
    parts = query.parts if isinstance(query, And) else (query,)
    loose = [part for part in parts if isinstance(part, Words | Phrase | Near) and part.field is None]
    words = tuple(dict.fromkeys(Words(form) for part in loose for form in forms(part.text)))
    return tuple(part for part in parts if part not in loose), words_that_count(words)


def words_that_count(words: tuple[Words, ...]) -> tuple[Words, ...]:
    """The words without the stop words, unless there are only those."""
    return tuple(word for word in words if not is_stop_word(word)) or words
