"""Which documents answer a query: our tree as OpenSearch's queries. Its query strings are never used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from indexer.engines.opensearch.index import NOTHING, EngineQuery, all_of, any_of, term
from indexer.engines.opensearch.mapping import FORMS, field_name
from indexer.query import And, Exact, InArticle, Near, Not, Or, Phrase, Prefix, Query, Range, Words
from indexer.schema import KEYWORDS
from indexer.search import Kind, analysis, doc_values, matching


def engine_query(query: Query, kind: Kind) -> EngineQuery:
    """The documents of a kind that match the whole query, and maybe some of other kinds; their scores mean nothing."""
    match query:
        case And(parts):
            wanted = [engine_query(part, kind) for part in parts if not isinstance(part, Not)]
            return all_of(wanted, [engine_query(part.part, kind) for part in parts if isinstance(part, Not)])
        case Or(parts):
            return any_of([engine_query(part, kind) for part in parts])
        case Not(part):
            return all_of([], [engine_query(part, kind)])
        case Exact(value, field):
            return term(field, value) if field in KEYWORDS else NOTHING
        case InArticle(part):
            return in_articles(part, kind)
        case Range(field, start, end):
            return _between(start, end) if field == "date" else NOTHING
    return any_of([in_field(query, kind, field) for field in matching.fields(query.field, kind)])


def in_articles(part: Query, kind: Kind) -> EngineQuery:
    """The documents whose article matches."""
    if kind != "quotation" or matching.asked_fields(part) <= matching.SHARED:
        return engine_query(part, kind)
    return {"has_parent": {"parent_type": "article", "query": engine_query(part, "article")}}


def _between(start: date | None, end: date | None) -> EngineQuery:
    """The documents of these days, both included. Undated documents have no day."""
    latest = {"gte": doc_values.moment(start.isoformat())} if start else {"gte": 1}
    first = [{"range": {"first": {"lte": doc_values.moment(end.isoformat()) + 9999}}}] if end else []
    return all_of([{"range": {"last": latest}}, *first])


def in_field(part: Words | Phrase | Prefix | Near, kind: Kind, field: str) -> EngineQuery:
    """The documents of which one field matches a part."""
    name = field_name(kind, field)
    if isinstance(part, Prefix):
        letters = "".join((analysis.name_forms if matching.is_name(field) else analysis.forms)(part.text))
        return {"prefix": {name + FORMS: {"value": letters}}} if letters else NOTHING
    wanted = matching.proximity(part, field)
    if wanted is None:
        return NOTHING
    by_form = wanted.exact and not matching.is_name(field)
    initials = [term(name + FORMS, each) for each in wanted.initials]
    return all_of([*_close(wanted, name + FORMS if by_form else name), *initials])


def _close(wanted: matching.Proximity, name: str) -> Iterator[EngineQuery]:
    """What an indexed field must match to contain the words together."""
    words = wanted.words
    if len(words) < 2:
        yield from (term(name, word) for word in words)
    elif wanted.distance is None:
        yield phrase(name, words)
    else:
        yield _near(name, words, wanted.distance)


def phrase(name: str, words: Sequence[str], between: int = 0) -> EngineQuery:
    """Words in this order with at most so many others between them."""
    return {"match_phrase": {name: {"query": " ".join(words), "analyzer": "whitespace", "slop": between}}}


def _near(name: str, words: Sequence[str], distance: int) -> EngineQuery:
    """Words in any order, each as often as it is asked for, with at most so many others between."""
    rule: Mapping[str, Any] = {
        "query": " ".join(words), "analyzer": "whitespace", "max_gaps": distance, "mode": "unordered"}
    return {"intervals": {name: {"match": rule}}}
