"""A document as a hit, whatever the engine: its title and its passages, with what matched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from indexer.models import Span
from indexer.query import And, Query, words_of
from indexer.search import snippets
from indexer.search.engine import Document, Hit, Snippet

Rarity: TypeAlias = Callable[[str], float]        # what a matched word, or a phrase, is worth in a passage


def shown(document: Document, score: float, query: Query, rarity: Rarity) -> Hit:
    """The hit with its marks and passages."""
    match document["kind"]:
        case "person":
            names = snippets.wanted(query, ("speaker", "mentions"), by_form=True)
            return Hit(document, score, snippets.marked(document["name"], names, by_form=True), ())
        case "quotation":
            heading = snippets.wanted(_naming(query, "title"), ("title",))
            said = snippets.quotation(document["said"], snippets.wanted(query, ("said",)))
            return Hit(document, score, snippets.marked(document["title"], heading), (said,))
    title = snippets.marked(document["title"], snippets.wanted(query, ("title",)))
    text = snippets.passages(document["text"], snippets.wanted(query, ("text", "said")), rarity)
    return Hit(document, score, title, text)


def by_meaning(hit: Hit, passage: Span) -> Hit:
    """The hit of a document that was found by its meaning. An article shows the passage that is meant."""
    if hit.document["kind"] != "article":
        return replace(hit, by_meaning=True)
    return replace(hit, by_meaning=True, snippets=(snippets.stretch(hit.document["text"], passage),))


def bare(document: Document, score: float) -> Hit:
    """The hit without marks and passages."""
    return Hit(document, score, Snippet(document["name" if document["kind"] == "person" else "title"]), ())


def _naming(query: Query, field: str) -> Query:
    """The parts of a query that name a field."""
    return And(tuple(part for part in words_of(query) if part.field == field))
