"""One query on the cluster: the primitives of which its execution is made. Each asks as much as it can at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from indexer.engines.opensearch.index import (
    BEST, MOST_QUOTED, NEWEST, OLDEST, SUREST, EngineQuery, Found, KindIndex, SortOrder, all_of,
)
from indexer.engines.opensearch.matching import engine_query
from indexer.engines.opensearch.scoring import CANDIDATES, Scorer
from indexer.query import Query, Words
from indexer.search import (
    Answer, Counts, Deadline, Document, Group, Order, RankedDocument, aggregations, columns_of_documents, matched_words,
    matching, ranking,
)

REPEATED = 10_000                  # groups that are looked at together
REPEATS = "repeats"                # the name of their count beside those of the facets
NEIGHBOURS = 50                    # words a letter away that are looked at in each field


class OpenSearchSearcher:
    """Implements search.Searcher. names: tells what the people of slugs are called."""

    def __init__(
        self, index: KindIndex, names: Callable[[Sequence[str]], Mapping[str, str]], deadline: Deadline
    ) -> None:
        self.index = index
        self.deadline = deadline
        self.scorer = Scorer(index, deadline)
        self._names = names

    def matching(self, query: Query) -> EngineQuery:
        return engine_query(query, self.index.kind)

    def count(self, documents: EngineQuery) -> int:
        return self.index.count(documents, self.deadline)

    def scores(self, query: Query) -> bool:
        return matching.tells_apart(query, self.index.kind)

    def answer(
        self, documents: EngineQuery, query: Query, order: Order, most: int, counts: Counts = Counts()
    ) -> Answer:
        sort = self._sort_order(order)
        most = max(most, ranking.RERANKED) if sort is BEST else most
        found = self.index.found(self._scored(documents, query, sort), sort, most, self.deadline,
                                 self._aggregations(counts))
        distinct = found.total if len(found.ranked) >= found.total else self._distinct(documents, found)
        return Answer(found.ranked, found.total, distinct, aggregations.facets(found.counted, counts),
                      aggregations.histogram(found.counted, counts))

    def every(self, documents: EngineQuery, query: Query, order: Order) -> Iterator[RankedDocument]:
        sort = self._sort_order(order)
        return self.index.every(self._scored(documents, query, sort), sort)

    def _sort_order(self, order: Order) -> SortOrder:
        if order == "best":
            return MOST_QUOTED if self.index.kind == "person" else BEST
        if order == "certainty":
            return SUREST
        return OLDEST if order == "oldest" else NEWEST

    def _scored(self, documents: EngineQuery, query: Query, sort: SortOrder) -> EngineQuery:
        return self.scorer.scored(documents, query) if sort is BEST else documents

    def _aggregations(self, counts: Counts) -> Mapping[str, Any]:
        """What is counted over the whole answer, and the groups of documents that repeat another."""
        wanted = aggregations.wanted(counts, self.index.kind, "day", "shard_size")
        if counts.distinct and self.index.kind != "person":
            wanted[REPEATS] = {"filter": {"range": {"repeat": {"gte": 1}}}, "aggs": {"groups": {
                "terms": {"field": "group", "size": REPEATED, "execution_hint": "map"}}}}
        return wanted

    def _distinct(self, documents: EngineQuery, found: Found) -> int:
        """How many documents are left when each group is collapsed: all but those that repeat one of their group. They
        are few, and only they are looked at."""
        repeats = found.counted.get(REPEATS)
        if not repeats or not repeats["doc_count"]:
            return found.total
        groups = {each["key"] for each in repeats["groups"]["buckets"]}
        if repeats["groups"]["sum_other_doc_count"]:
            groups = set(self._repeated(documents))
        firsts = sum(self.index.count(all_of([
            documents, {"terms": {"group": some}}, {"range": {"repeat": {"lte": 0}}}]), self.deadline)
            for some in _pieces(sorted(groups)))
        return int(found.total - repeats["doc_count"] - firsts + len(groups))

    def _repeated(self, documents: EngineQuery) -> Iterator[str]:
        """The groups of which the answer contains a document that repeats another."""
        repeats = all_of([documents, {"range": {"repeat": {"gte": 1}}}])
        after: Mapping[str, Any] = {}
        while True:
            paged = {"composite": {"size": REPEATED, "sources": [{"group": {"terms": {"field": "group"}}}], **after}}
            found = self.index.counted(repeats, {"groups": paged}, self.deadline)["groups"]
            yield from (each["key"]["group"] for each in found["buckets"])
            if len(found["buckets"]) < REPEATED:
                return
            after = {"after": found["after_key"]}

    def rerank(self, found: Sequence[RankedDocument], words: Sequence[str]) -> Sequence[RankedDocument]:
        return found if self.index.kind == "person" else self.scorer.rerank(found, words)

    def containing_enough(
        self, words: Sequence[Words], among: EngineQuery, without: EngineQuery, most: int
    ) -> Sequence[RankedDocument]:
        documents = all_of([among], [without])
        if not words:
            return self.index.found(documents, NEWEST, CANDIDATES, self.deadline).ranked
        return self.scorer.containing_enough(documents, words)

    def matched(self, queries: Sequence[EngineQuery], found: Sequence[RankedDocument]) -> Sequence[Set[int]]:
        named = {str(place): query for place, query in enumerate(queries)}
        answered = self.index.matched(named, found, self.deadline)
        return [{number for number, names in answered.items() if name in names} for name in named]

    def containing_any(
        self, words: Sequence[Sequence[str]], found: Sequence[RankedDocument]
    ) -> Sequence[Set[int]]:
        return matched_words(self, words, found)

    def group_sizes(self, documents: EngineQuery, groups: Sequence[Group]) -> Mapping[Group, int]:
        same = all_of([documents, {"terms": {"group": list(groups)}}])
        wanted = {"groups": {"terms": {"field": "group", "size": len(groups), "execution_hint": "map"}}}
        found = self.index.counted(same, wanted, self.deadline)
        return {each["key"]: each["doc_count"] for each in found["groups"]["buckets"]}

    def documents(self, found: Sequence[RankedDocument]) -> Iterable[Document]:
        return self.index.documents(found, self.deadline)

    def columns(self, found: Sequence[RankedDocument], fields: Sequence[str]) -> Iterable[Sequence[str]]:
        return columns_of_documents(self, found, fields)

    def ids(self, found: Sequence[RankedDocument]) -> Sequence[str]:
        return [document["id"] for document in self.documents(found)]

    def rarity(self, words: Iterable[str]) -> Callable[[str], float]:
        weights = matching.weights(self.index.kind)
        self.scorer.learn((word, weights) for word in words)
        return lambda word: self.scorer.rarity(word, weights)

    def frequencies(self, words: Iterable[tuple[str, str | None]]) -> Mapping[tuple[str, str | None], int]:
        sought = {(form, field): self._forms_fields(field) for form, field in words}
        self.index.learn(((name, form) for (form, _), names in sought.items() for name in names), self.deadline)
        return {(form, field): sum(self.index.frequency(name, form) for name in names)
                for (form, field), names in sought.items()}

    def neighbours(self, form: str, field: str | None) -> Mapping[str, int]:
        found = self.index.whole.neighbours(form, self._forms_fields(field), NEIGHBOURS, self.deadline)
        return {each: found[each] for each in sorted(found)}

    def _forms_fields(self, field: str | None) -> list[str]:
        """The indexed fields with the forms of words that are sought in a field."""
        return [self.index.forms_field(each) for each in matching.fields(field, self.index.kind)]

    def names(self, slugs: Sequence[str]) -> Mapping[str, str]:
        return self._names(slugs)


def _pieces(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start:start + REPEATED] for start in range(0, len(values), REPEATED))
