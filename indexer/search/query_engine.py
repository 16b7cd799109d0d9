"""The engine as those who search see it: each question is put to the searcher of one kind, and executed.

An engine says only what searches one kind of document, and what is stored; everything else is the same for all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any

from indexer.query import EVERYTHING, Exact, Query
from indexer.search.engine import FACET_VALUES, PER_PAGE, SIMILAR, Document, Hit, Kind, Results, Similar, Sort
from indexer.search.execution import QueryExecution
from indexer.search.forms import FORMS
from indexer.search.likeness import Meaning
from indexer.search.searcher import Searcher
from indexer.search.similar import SimilarSearch
from indexer.search.time_limit import Deadline


class QueryEngine(ABC):
    """The part of an engine.Engine that executes queries: an engine only says what searches one kind of document.
    meaning: tells how near documents are to a text; without it, words decide alone."""

    build_id: str
    meaning: Meaning | None = None

    @abstractmethod
    def searcher(self, kind: Kind, deadline: Deadline) -> Searcher[Any]:
        """The primitives over the documents of a kind, for one query."""

    def hold(self) -> None:
        """Nothing to do for an engine that opens everything at once."""

    def _execution(self, query: Query, kind: Kind, filters: Query) -> QueryExecution[Any]:
        deadline = Deadline()
        return QueryExecution(self.searcher(kind, deadline), kind, query, filters, deadline, self.meaning)

    def search(
        self,
        query: Query,
        *,
        kind: Kind = "article",
        filters: Query = EVERYTHING,
        sort: Sort = "relevance",
        page: int = 1,
        per_page: int = PER_PAGE,
        facets: Sequence[str] = (),
        facet_values: int = FACET_VALUES,
        histogram: bool = False,
        collapse: bool = True,
        relax: bool = True,
    ) -> Results:
        """As engine.Engine says."""
        started = perf_counter()
        execution = self._execution(query, kind, filters)
        found = execution.search(sort, page, per_page, facets, facet_values, histogram, collapse, relax)
        return replace(found, build=self.build_id, seconds=perf_counter() - started)

    @abstractmethod
    def get(self, kind: Kind, id: str) -> Document:
        """As engine.Engine says."""

    def similar(self, kind: Kind, id: str, most: int = SIMILAR) -> Sequence[Similar]:
        """As engine.Engine says."""
        return SimilarSearch(self.searcher(kind, Deadline()), self.get(kind, id), self.meaning).found(most)

    def count(self, query: Query, *, kind: Kind, filters: Query = EVERYTHING) -> int:
        """As engine.Engine says."""
        return self._execution(query, kind, filters).count()

    def every(
        self, query: Query, *, kind: Kind, filters: Query = EVERYTHING, sort: Sort = "relevance"
    ) -> Iterator[Hit]:
        """As engine.Engine says."""
        return self._execution(query, kind, filters).every(sort)

    def columns(
        self, query: Query, fields: Sequence[str], *, kind: Kind, filters: Query = EVERYTHING, most: int
    ) -> Iterator[tuple[str, Sequence[str]]]:
        """As engine.Engine says."""
        return self._execution(query, kind, filters).columns(fields, most)

    def words_held(self) -> Mapping[str, int]:
        """How many quotations there are, and how many passages of reported speech: a part of stats."""
        quotations, reported = (self.count(Exact(form, "form"), kind="quotation") for form in FORMS)
        return {"quotations": quotations, "reported": reported}
