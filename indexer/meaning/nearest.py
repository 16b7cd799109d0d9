"""The passages nearest to a vector: every one is compared, so that none is missed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from indexer.meaning.extra import VECTORS
from indexer.meaning.passage_table import Part, PassageTable
from indexer.meaning.vector_store import VectorStore
from indexer.models import Span

SEVERAL = 3                       # passages of a document that say more together than its nearest alone

Array: TypeAlias = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Nearest:
    """A document by its id. likeness: the cosine of its best passage with what was sought; opening: that of its first,
    which of a story is its opening; several: the mean of its SEVERAL best, where one that it lacks counts as 0; span:
    its best passage in the article's text."""

    id: str
    likeness: float
    opening: float
    several: float
    span: Span


class PassageIndex:
    """One part of the passages of a build: documents are articles, or quotations. Safe from many threads."""

    def __init__(self, table: PassageTable, part: Part, index: Path) -> None:
        """index: the folder of the index. VectorsDamaged if vectors are missing."""
        self._articles = table.articles
        self._of_quotations = part == "quotations"
        own = table.parts[part]
        self._store = VectorStore(index / VECTORS / table.encoder / own.generation, table.dimension, own.length)
        self._entries = own.entries
        first = np.ones(len(self._entries), bool)        # of each document, its first passage
        first[1:] = ((self._entries["article"][1:] != self._entries["article"][:-1])
                     | (self._entries["quotation"][1:] != self._entries["quotation"][:-1]))
        self._starts = np.flatnonzero(first)

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self._starts)

    def likeness(self, vector: Array) -> Likeness:
        """How near each document is to a vector of length 1."""
        cosines = self._store.cosines(vector)[self._entries["row"]]
        best = np.maximum.reduceat(cosines, self._starts) if len(self._starts) else cosines
        return Likeness(self, cosines, best, cosines[self._starts])

    def vectors(self, id: str) -> Array:
        """The vectors of a document's passages, the first one first; none if it is unknown."""
        document = self.numbers.get(id)
        return self._store.vectors(self._entries["row"][self.passages(document) if document is not None else slice(0)])

    @cached_property
    def ids(self) -> Sequence[str]:
        """The id of each document."""
        first = self._entries[self._starts]
        articles = [self._articles[number] for number in first["article"].tolist()]
        if not self._of_quotations:
            return articles
        return [f"{id}#q{number}" for id, number in zip(articles, first["quotation"].tolist())]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each document, by its id."""
        return {id: number for number, id in enumerate(self.ids)}

    def passages(self, document: int) -> slice:
        """The places of a document's passages."""
        end = self._starts[document + 1] if document + 1 < len(self._starts) else len(self._entries)
        return slice(int(self._starts[document]), int(end))

    def span(self, place: int) -> Span:
        entry = self._entries[place]
        return Span(int(entry["start"]), int(entry["end"]))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near all the documents of a part are to one vector: cosines of passages, of documents and of openings."""

    index: PassageIndex
    of_passages: Array
    of_documents: Array
    of_openings: Array

    def nearest(self, most: int, among: Collection[str] | None = None) -> list[Nearest]:
        """The nearest documents, equally near ones in their order. among: the ids of those that may be found."""
        allowed = np.arange(len(self.index)) if among is None else np.array(sorted(
            self.index.numbers[id] for id in among if id in self.index.numbers), np.int64)
        near = self.of_documents[allowed]
        if len(near) > most:
            edge = np.partition(near, -most)[-most]
            allowed, near = allowed[near >= edge], near[near >= edge]
        order = np.lexsort((allowed, -near))[:most]
        return [self._shown(int(allowed[place])) for place in order]

    def of(self, id: str) -> Nearest | None:
        """One document; None if it has no passages."""
        document = self.index.numbers.get(id)
        return None if document is None else self._shown(document)

    def _shown(self, document: int) -> Nearest:
        places = self.index.passages(document)
        own = self.of_passages[places]
        several = float(np.sort(own)[-SEVERAL:].sum()) / SEVERAL
        return Nearest(self.index.ids[document], float(self.of_documents[document]),
                       float(self.of_openings[document]), several, self.index.span(places.start + int(own.argmax())))
