"""A document as a hit, whatever the engine: its title and its passages, with what matched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from indexer.models import Span
from indexer.query import And, Query, words_of
from indexer.search import snippets
from indexer.search.engine import Document, Hit, Kind, Snippet

Rarity: TypeAlias = Callable[[str], float]        # what a matched word, or a phrase, is worth in a passage


@dataclass(frozen=True, slots=True)
class Marking:
    """What of a query is marked in documents of one kind, worked out once for all hits of an answer."""

    kind: Kind
    heading: snippets.Wanted
    text: snippets.Wanted
    rarity: Rarity

    @classmethod
    def of(cls, query: Query, kind: Kind, rarity: Rarity) -> Marking:
        match kind:
            case "person":
                names = snippets.wanted(query, ("speaker", "mentions"), by_form=True)
                return cls(kind, names, names, rarity)
            case "quotation":
                heading = snippets.wanted(_naming(query, "title"), ("title",))
                return cls(kind, heading, snippets.wanted(query, ("said",)), rarity)
        heading = snippets.wanted(query, ("title",))
        return cls(kind, heading, snippets.wanted(query, ("text", "said")), rarity)

    def hit(self, document: Document, score: float) -> Hit:
        """The hit with its marks and passages."""
        match self.kind:
            case "person":
                return Hit(document, score, snippets.marked(document["name"], self.heading), ())
            case "quotation":
                passages: tuple[Snippet, ...] = (snippets.quotation(document["said"], self.text),)
            case _:
                passages = snippets.passages(document["text"], self.text, self.rarity)
        return Hit(document, score, snippets.marked(document["title"], self.heading), passages)


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
