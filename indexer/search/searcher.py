"""What an engine gives so that queries can be executed on it: the primitives, and the values that they return.

QueryExecution does everything else: an engine decides neither what is shown nor what follows when little is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias, TypeVar

from indexer.query import Or, Query, Words
from indexer.search.engine import FACET_VALUES, Document, FacetValue
from indexer.search.ranking import RERANKED

# What an engine makes of a tree: a query in its own language, or at once the numbers of the documents that match.
EngineQuery = TypeVar("EngineQuery")

# "certainty" is asked of quotations alone: the surest first, and of equals the newest.
Order: TypeAlias = Literal["best", "newest", "oldest", "certainty"]
Group: TypeAlias = int | str


class RankedDocument(NamedTuple):
    """A document in its place of an order. A tuple, because a deep page makes tens of thousands of them."""

    number: int                    # which document of its kind it is
    score: float                   # 0.0 in every order but the best
    last: int                      # its moment (doc_values.moment)
    group: Group | None            # equal for near-duplicates; None for a document that has none
    place: Any = None              # what the engine reads it by


@dataclass(frozen=True, slots=True)
class Counts:
    """What to count over a whole answer beside its documents."""

    facets: tuple[str, ...] = ()   # keyword fields
    histogram: bool = False
    distinct: bool = False         # the documents that are left when near-duplicates are collapsed
    values: int = FACET_VALUES     # of each facet, at least so many of the most frequent values


@dataclass(frozen=True, slots=True)
class Answer:
    """The first documents of an answer in their order, and what was counted over all of it."""

    found: Sequence[RankedDocument]
    total: int
    distinct: int = 0              # only if it was asked for and found is not the whole answer
    facets: Mapping[str, Sequence[FacetValue]] = field(default_factory=dict)       # labels are the values themselves
    histogram: Mapping[str, int] = field(default_factory=dict)


class Searcher(Protocol[EngineQuery]):
    """The documents of one kind in one build, for one query and within its deadline."""

    def matching(self, query: Query) -> EngineQuery:
        """The documents that match a tree."""
        ...

    def count(self, documents: EngineQuery) -> int:
        """How many documents match."""
        ...

    def scores(self, query: Query) -> bool:
        """Whether some documents can match the query better than others."""
        ...

    def answer(
        self, documents: EngineQuery, query: Query, order: Order, most: int, counts: Counts = Counts()
    ) -> Answer:
        """The first documents in an order, at least so many unless there are fewer, and what is counted over all.
        "best" is by the scores of the query, and gives at least ranking.RERANKED."""
        ...

    def every(self, documents: EngineQuery, query: Query, order: Order) -> Iterator[RankedDocument]:
        """All the documents in the same order."""
        ...

    def rerank(self, found: Sequence[RankedDocument], words: Sequence[str]) -> Sequence[RankedDocument]:
        """The documents once more in the order of their scores, which now also say how close together, or how
        prominent, the words are in them."""
        ...

    def containing_enough(
        self, words: Sequence[Words], among: EngineQuery, without: EngineQuery, most: int
    ) -> Sequence[RankedDocument]:
        """Of the documents in among but not in without, those that contain enough of the words
        (ranking.SHARE_OF_WORDS), the best first; if there are no words, the latest first. most: how many are needed."""
        ...

    def matched(self, queries: Sequence[EngineQuery], found: Sequence[RankedDocument]) -> Sequence[Set[int]]:
        """For each query, the numbers of the found documents that match it."""
        ...

    def containing_any(
        self, words: Sequence[Sequence[str]], found: Sequence[RankedDocument]
    ) -> Sequence[Set[int]]:
        """For each of some lists of words, the numbers of the found documents that contain any of them where bare
        words search."""
        ...

    def group_sizes(self, documents: EngineQuery, groups: Sequence[Group]) -> Mapping[Group, int]:
        """How many of the documents are in each group."""
        ...

    def documents(self, found: Sequence[RankedDocument]) -> Iterable[Document]:
        """The documents as they were given to be indexed, in the same order."""
        ...

    def columns(self, found: Sequence[RankedDocument], fields: Sequence[str]) -> Iterable[Sequence[str]]:
        """The values of keyword fields of documents, in the same order, without reading what is not needed. Of each
        field a document holds one value."""
        ...

    def ids(self, found: Sequence[RankedDocument]) -> Sequence[str]:
        """The ids of documents, in the same order."""
        ...

    def rarity(self, words: Iterable[str]) -> Callable[[str], float]:
        """Tells what a word is worth where bare words search. words: what it will probably be asked."""
        ...

    def frequencies(self, words: Iterable[tuple[str, str | None]]) -> Mapping[tuple[str, str | None], int]:
        """How many documents contain each form, in the field beside it, or where bare words search."""
        ...

    def neighbours(self, form: str, field: str | None) -> Mapping[str, int]:
        """Forms one letter away, and how many documents contain each; of equals the first is preferred."""
        ...

    def names(self, slugs: Sequence[str]) -> Mapping[str, str]:
        """What the people of these slugs are called."""
        ...


def best_reranked(
    searcher: Searcher[Any], found: Sequence[RankedDocument], words: Sequence[str]
) -> list[RankedDocument]:
    """The documents with the best of them ranked once more. That only adds to scores: they stay the best."""
    return [*searcher.rerank(found[:RERANKED], words), *found[RERANKED:]]


def matched_words(
    searcher: Searcher[EngineQuery], words: Sequence[Sequence[str]], found: Sequence[RankedDocument]
) -> Sequence[Set[int]]:
    """Searcher.containing_any of an engine that answers all queries at once."""
    return searcher.matched([searcher.matching(Or(tuple(map(Words, each)))) for each in words], found)


def columns_of_documents(
    searcher: Searcher[Any], found: Sequence[RankedDocument], fields: Sequence[str]
) -> Iterator[Sequence[str]]:
    """Searcher.columns of an engine that keeps them nowhere but in its documents."""
    return ([document[name] for name in fields] for document in searcher.documents(found))
