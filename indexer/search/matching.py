"""What a query asks of a document, whatever the engine: which fields, which words, and what may be left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, TypeGuard

from indexer.errors import QueryError
from indexer.query import (
    SHORTEST_PREFIX, And, Exact, InArticle, Near, Not, Or, Phrase, Prefix, Query, Words, parts_of, words_of,
)
from indexer.schema import FIELDS, field_named
from indexer.search import spellings
from indexer.search.analysis import ASKING_WORDS, QUESTION_WORDS, STOP_WORDS, forms, name_forms, stem
from indexer.search.engine import Kind
from indexer.search.name_variants import variants

NAMED_IN = ("mentions", "text", "title")      # where an article names the person who is sought as a speaker
DEEPEST = 60                       # parts within parts; nobody nests so deep by hand

# Field → the keys of the document that it indexes (the table in schema.py), for each kind.
KEYS: Mapping[Kind, Mapping[str, tuple[str, ...]]] = {
    "article": {"title": ("title",), "text": ("text",), "author": ("author",), "speaker": ("speakers",),
                "said": ("said",), "mentions": ("mentioned",)},
    "quotation": {"title": ("title",), "text": ("context",), "author": ("author",), "speaker": ("names",),
                  "said": ("said",), "mentions": ("mentioned",)},
    "person": {"speaker": ("name", "aliases"), "mentions": ("name", "aliases")},
}

# What a quotation has in common with its article: whether one matches, the other does.
SHARED = frozenset({"title", "author", "date", "author_id", "year", "month"})


def values(document: Mapping[str, Any], field: str) -> list[str]:
    """The texts of a document that a field indexes."""
    keys = KEYS[document["kind"]].get(field, ())
    found = (document.get(key, ()) for key in keys)
    return list(chain.from_iterable([each] if isinstance(each, str) else each for each in found))


def keyword_values(document: Mapping[str, Any], field: str) -> Sequence[str]:
    """The values of a keyword field. A person is its own speaker and its own mention, so that the same filters narrow
    all kinds."""
    if document["kind"] == "person" and field in ("speaker_id", "mentioned_id"):
        field = "id"
    value = document.get(field, ())
    return [value] if isinstance(value, str) else value


def days(document: Mapping[str, Any]) -> tuple[str, str]:
    """The first and last ISO day of a document, "" if it is undated: people have those of the first and the last
    article that names them."""
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
    """The fields that a part of a query searches; none if the kind does not have the field."""
    return tuple(each for each in ((field,) if field else weights(kind)) if each in KEYS[kind])


def indexed_field(field: str, kind: Kind) -> str:
    """The field that engines look into: a person's mentions are the names that it speaks under."""
    return "speaker" if kind == "person" and field == "mentions" else field


def indexed_fields(kind: Kind) -> tuple[str, ...]:
    """The fields that engines index of a kind."""
    return tuple(dict.fromkeys(indexed_field(field, kind) for field in KEYS[kind]))


def scored_words(query: Query, kind: Kind) -> list[tuple[str, Mapping[str, float]]]:
    """The words of a query that score documents, each with the weights of its fields. Prefixes do not score."""
    found: list[tuple[str, Mapping[str, float]]] = []
    for part in words_of(query):
        scored = {part.field: 1.0} if part.field else weights(kind)
        own = {field: weight for field, weight in scored.items() if field in KEYS[kind]}
        if own and not isinstance(part, Prefix):
            found += [(form, own) for form in forms(part.text)]
    return found


def other_words(query: Query, kind: Kind) -> list[tuple[str, Mapping[str, float]]]:
    """Words of other ways to write what is sought, which score documents too."""
    found = (Words(form, part.field) for part in words_of(query) if isinstance(part, Words | Phrase)
             if part.field is None or not is_name(part.field) for form in spellings.other_words(part))
    return [each for word in found for each in scored_words(word, kind)]


def exact_forms(query: Query, kind: Kind) -> list[tuple[str, tuple[str, ...]]]:
    """The forms in which words are typed that may be found in other forms, with the text fields that are searched."""
    found = []
    for part in words_of(query):
        if isinstance(part, Words) and (own := tuple(each for each in fields(part.field, kind) if not is_name(each))):
            found += [(form, own) for form in forms(part.text) if form.isalpha()]
    return found


def is_name(field: str) -> bool:
    return field_named(field).type == "name"


def tells_apart(query: Query, kind: Kind) -> bool:
    """Whether some documents can match a query better than others. Names are in a document or not, but the more a
    person is quoted, the likelier they are meant."""
    scored = {field for _, weighted in scored_words(query, kind) for field in weighted}
    return bool(scored) and (kind == "person" or not all(map(is_name, scored)))


@dataclass(frozen=True, slots=True)
class Proximity:
    """Words that must be together in one field. exact: by form, not by stem. distance: None for this very order, else
    how many other words may be between them. initials may be anywhere in the field."""

    words: tuple[str, ...]
    exact: bool
    distance: int | None = None
    initials: tuple[str, ...] = ()


def proximity(part: Words | Phrase | Near, field: str) -> Proximity | None:
    """What a part of a query asks of one field; None if it contains no word."""
    distance = part.distance if isinstance(part, Near) else None
    if is_name(field):
        found = name_forms(part.text)
        words = tuple(form for form in found if len(form) > 1)
        initials = tuple(form for form in found if len(form) == 1)
        return Proximity(words, True, distance, initials) if found else None
    written = forms(part.text)
    exact = isinstance(part, Phrase) and len(written) == 1
    return Proximity(written if exact else tuple(map(stem, written)), exact, distance) if written else None


def contains(wanted: Proximity, places: Callable[[str], Sequence[int]]) -> bool:
    """Whether one field contains the words as wanted; places gives the sorted positions of a word in it."""
    if not all(places(initial) for initial in wanted.initials):
        return False
    if len(wanted.words) < 2:
        return all(places(word) for word in wanted.words)
    if wanted.distance is None:
        return bool(runs(wanted.words, places))
    return within(wanted.words, places, wanted.distance) is not None


def runs(words: Sequence[str], places: Callable[[str], Sequence[int]]) -> set[int]:
    """The positions from which on the words follow one another in this order."""
    starts = set(places(words[0]))
    for offset, word in enumerate(words[1:], 1):
        if not starts:
            break
        starts &= {place - offset for place in places(word)}
    return starts


def within(words: Sequence[str], places: Callable[[str], Sequence[int]], distance: int) -> tuple[int, int] | None:
    """The first and last position of the first stretch that contains all the words, each as often as it is asked for,
    with at most distance others between them."""
    return next(stretches(words, places, distance), None)


def stretches(
    words: Sequence[str], places: Callable[[str], Sequence[int]], distance: int
) -> Iterator[tuple[int, int]]:
    """All such stretches that do not overlap, each the first behind the one before it."""
    wanted = Counter(words)
    placed = sorted((place, word) for word in wanted for place in places(word))
    longest = len(words) + distance
    inside: Counter[str] = Counter()
    missing, left, last = len(words), 0, -1
    for number, (place, word) in enumerate(placed):
        if place <= last:
            left = number + 1
            continue
        inside[word] += 1
        missing -= inside[word] <= wanted[word]
        while placed[left][0] <= place - longest:
            gone = placed[left][1]
            missing += inside[gone] <= wanted[gone]
            inside[gone] -= 1
            left += 1
        if not missing:
            yield placed[left][0], place
            inside.clear()
            missing, left, last = len(words), number + 1, place


def simplified(query: Query) -> Query:
    """The query without what means nothing: stop words beside other words, and parts without any word. Names are
    sought in all their variants, and a prefix that is too short is a word.

    An empty part asks for nothing in an Or, and restricts nothing in an And; a query that consists of such parts
    alone finds nothing. QueryError if it is nested too deep.
    """
    return _simplified(query, 0) or Or(())


def _simplified(query: Query, depth: int) -> Query | None:
    if depth > DEEPEST:
        raise QueryError("This query has parts within parts within parts: too deep to answer.")
    match query:
        case Phrase(text, field) if field and is_name(field) and forms(text):
            return _any_name(text, field)
        case Phrase(text, field) if "-" in text and len(forms(text)) == 1:
            return Words(text, field)          # e-mail is one word, of which any form is sought
        case Words(text) | Phrase(text) | Near(text):
            return query if forms(text) else None
        case Prefix(text, field):
            letters = len("".join(forms(text)))
            return query if letters >= SHORTEST_PREFIX else Words(text, field) if letters else None
        case Not(part):
            inner = _simplified(part, depth + 1)
            return Not(inner) if inner else None
        case InArticle(part):
            inner = _simplified(part, depth + 1)
            return InArticle(inner) if inner else None
        case Or(parts):
            left = tuple(each for part in parts if (each := _simplified(part, depth + 1)))
            return Or(left) if left or not parts else None
        case And(parts):
            return _all_simplified(parts, depth)
    return query


def _any_name(text: str, field: str) -> Query:
    names = tuple(Phrase(each, field) for each in variants(text))
    return Or(names) if len(names) > 1 else names[0]


def _all_simplified(parts: tuple[Query, ...], depth: int) -> Query | None:
    left: list[Query] = []
    for part in parts:
        inner = _simplified(part, depth + 1)
        left.extend(inner.parts if isinstance(inner, And) else [inner] if inner else [])
    needless = _needless(left)
    if any(is_bare_word(part) and not needless(part) for part in left):
        left = [part for part in left if not needless(part)]
    return And(tuple(dict.fromkeys(left))) if left or not parts else None


def _needless(parts: Sequence[Query]) -> Callable[[Query], bool]:
    """Tells which words carry no subject: of a question, those that ask as well."""
    first = next((part.text.lower() for part in parts if isinstance(part, Words)), "")
    asking = ASKING_WORDS if first in QUESTION_WORDS else frozenset()
    return lambda part: is_stop_word(part) or (
        is_bare_word(part) and all(form in asking for form in forms(part.text)))


def asks_for_speaker(part: Query) -> bool:
    """Whether a part says whose quotations are sought, and nothing else."""
    match part:
        case Or(parts):
            return bool(parts) and all(map(asks_for_speaker, parts))
        case Exact(_, field):
            return field == "speaker_id"
        case Words(_, field) | Phrase(_, field):
            return field == "speaker"
    return False


def naming(speaker: Query, names: Callable[[Sequence[str]], Mapping[str, str]]) -> Query:
    """The quotations in articles that name whom such a part asks for. names: what the people of slugs are called."""
    match speaker:
        case Or(parts):
            return Or(tuple(naming(part, names) for part in parts))
        case Exact(slug):
            name = names((slug,)).get(slug)
            by_name = (naming(Phrase(name, "speaker"), names),) if name else ()
            return Or((Exact(slug, "mentioned_id"), *by_name))
        case Words() | Phrase():
            return InArticle(Or(tuple(replace(speaker, field=field) for field in NAMED_IN)))
    return speaker


def asked_fields(query: Query) -> set[str | None]:
    """The fields that a query asks for; None is "where bare words search"."""
    match query:
        case And(parts) | Or(parts):
            return set().union(*map(asked_fields, parts))
        case Not(part) | InArticle(part):
            return asked_fields(part)
    return {query.field}


def is_bare_word(part: Query) -> TypeGuard[Words]:
    return isinstance(part, Words) and part.field is None


def is_stop_word(part: Query) -> bool:
    """A bare word that carries no subject."""
    return is_bare_word(part) and all(form in STOP_WORDS for form in forms(part.text))


def relaxed(query: Query) -> tuple[tuple[Query, ...], tuple[Words, ...]]:
    """The parts that even an incomplete answer must match, and the words of which it may lack some: those of bare
    words, phrases and nearness at the top of the query."""
    parts = parts_of(query)
    loose = [part for part in parts if isinstance(part, Words | Phrase | Near) and part.field is None]
    words = tuple(dict.fromkeys(Words(form) for part in loose for form in forms(part.text)))
    return tuple(part for part in parts if part not in loose), words_that_count(words)


def words_that_count(words: tuple[Words, ...]) -> tuple[Words, ...]:
    """The words without the stop words, unless there are only those."""
    return tuple(word for word in words if not is_stop_word(word)) or words
