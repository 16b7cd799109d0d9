"""One query on the Tantivy index: the primitives of which its execution is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

from tantivy import Query as EngineQuery

from indexer.engines.tantivy.index import KindIndex, all_of
from indexer.engines.tantivy.matching import Matcher
from indexer.engines.tantivy.scoring import CANDIDATES, Scorer
from indexer.query import Query, Words
from indexer.search import (
    Answer, Counts, Deadline, Document, Group, Kind, Order, RankedDocument, aggregations, columns_of_documents,
    matched_words, matching, ranking, spelling,
)


class TantivySearcher:
    """Implements search.Searcher. names: tells what the person of a slug is called."""

    def __init__(
        self, kinds: Mapping[Kind, KindIndex], scorer: Scorer, names: Callable[[str], str], deadline: Deadline
    ) -> None:
        self.index = scorer.index
        self.scorer = scorer
        self.deadline = deadline
        self.matcher = Matcher(self.index, kinds["article"], deadline)
        self._name_of = names

    def matching(self, query: Query) -> EngineQuery:
        return self.matcher.engine_query(query)

    def count(self, documents: EngineQuery) -> int:
        return self.index.count(documents)

    def scores(self, query: Query) -> bool:
        return matching.tells_apart(query, self.index.kind)

    def answer(
        self, documents: EngineQuery, query: Query, order: Order, most: int, counts: Counts = Counts()
    ) -> Answer:
        found = self._ordered(documents, query, order, most)
        total = self.index.count(documents)
        distinct = total if len(found) >= total or not counts.distinct else self._distinct(documents, total)
        counted = self.index.aggregated(
            documents, aggregations.wanted(counts, self.index.kind, "day_number", "segment_size"))
        return Answer(found, total, distinct, aggregations.facets(counted, counts),
                      aggregations.histogram(counted, counts))

    def every(self, documents: EngineQuery, query: Query, order: Order) -> Iterator[RankedDocument]:
        return iter(self._ordered(documents, query, order, max(1, self.index.count(documents))))

    def _ordered(self, documents: EngineQuery, query: Query, order: Order, most: int) -> list[RankedDocument]:
        self.deadline.check()
        if order == "oldest":
            return self._oldest(documents, most)
        if order in ("newest", "certainty"):
            return self.index.ranked(documents, "last" if order == "newest" else "surest", most)
        if self.index.kind == "person":
            return self.index.ranked(documents, "quotations", most)
        found = self.index.best(self.scorer.scored(documents, query), max(most, ranking.RERANKED))
        self.deadline.check()
        return found

    def _oldest(self, documents: EngineQuery, most: int) -> list[RankedDocument]:
        """The oldest first, the undated last."""
        dated = all_of([documents, self.index.between("last", 1, None)])
        found = self.index.ranked(dated, "last", most, ascending=True)
        if len(found) == most:
            return found
        undated = all_of([documents, self.index.between("last", 0, 0)])
        return found + self.index.ranked(undated, "last", most - len(found))

    def _distinct(self, documents: EngineQuery, total: int) -> int:
        """How many documents are left when each group is collapsed: all but those that repeat one of their group. They
        are few, and only they are looked at."""
        repeats = all_of([documents, self.index.numbered("repeat", [1])])
        found = self.index.numbers(repeats, "group")
        groups = set(found)
        with_first = all_of([documents, self.index.numbered("group", groups)], [self.index.numbered("repeat", [1])])
        return total - len(found) - (self.index.count(with_first) if groups else 0) + len(groups)

    def rerank(self, found: Sequence[RankedDocument], words: Sequence[str]) -> Sequence[RankedDocument]:
        return found if self.index.kind == "person" else self.scorer.rerank(found, words)

    def containing_enough(
        self, words: Sequence[Words], among: EngineQuery, without: EngineQuery, most: int
    ) -> Sequence[RankedDocument]:
        documents = all_of([among], [without])
        if not words:
            return self.index.ranked(documents, "last", CANDIDATES)
        found = self.scorer.containing_enough(documents, words)
        self.deadline.check()
        return found

    def matched(self, queries: Sequence[EngineQuery], found: Sequence[RankedDocument]) -> Sequence[Set[int]]:
        answered = self.index.matched(queries, [each.number for each in found])
        return [{number for number, flags in answered.items() if flags >> place & 1} for place in range(len(queries))]

    def containing_any(
        self, words: Sequence[Sequence[str]], found: Sequence[RankedDocument]
    ) -> Sequence[Set[int]]:
        return matched_words(self, words, found)

    def group_sizes(self, documents: EngineQuery, groups: Sequence[Group]) -> Mapping[Group, int]:
        same = all_of([documents, self.index.numbered("group", map(int, groups))])
        return Counter[Group](self.index.numbers(same, "group"))

    def documents(self, found: Sequence[RankedDocument]) -> Iterable[Document]:
        return (self.index.document(each.place) for each in found)

    def columns(self, found: Sequence[RankedDocument], fields: Sequence[str]) -> Iterable[Sequence[str]]:
        return columns_of_documents(self, found, fields)

    def ids(self, found: Sequence[RankedDocument]) -> Sequence[str]:
        return [document["id"] for document in self.documents(found)]

    def rarity(self, words: Iterable[str]) -> Callable[[str], float]:
        weights = matching.weights(self.index.kind)
        return lambda word: self.scorer.rarity(word, weights)

    def frequencies(self, words: Iterable[tuple[str, str | None]]) -> Mapping[tuple[str, str | None], int]:
        return {(form, field): self._frequency(form, field) for form, field in words}

    def neighbours(self, form: str, field: str | None) -> Mapping[str, int]:
        return {each: self._frequency(each, field) for each in spelling.neighbours(form)}

    def _frequency(self, form: str, field: str | None) -> int:
        return sum(self.index.frequency(self.index.forms_field(each), form)
                   for each in matching.fields(field, self.index.kind))

    def names(self, slugs: Sequence[str]) -> Mapping[str, str]:
        return {slug: self._name_of(slug) for slug in slugs}
