"""One query on the Tantivy index: the primitives of which its execution is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from tantivy import Query as EngineQuery

from indexer.engines.tantivy.index import KindIndex, all_of
from indexer.engines.tantivy.matching import Matcher
from indexer.engines.tantivy.scoring import CANDIDATES, Scorer
from indexer.query import Query, Words
from indexer.search import (
    Answer, Counts, Deadline, Document, FacetValue, Group, Kind, Order, RankedDocument, doc_values, matching, ranking,
    spelling,
)

BUCKETS = 300                      # values of a facet that Tantivy gives, of which the most frequent are taken
MONTHS = 10_000                    # and months; so many values are counted in each segment
ENDS = (("first", "min"), ("last", "max"))


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
        buckets = self._buckets(documents, counts)
        return Answer(
            found, total, distinct,
            {name: [_facet_value(each) for each in buckets.get(name, ())] for name in counts.facets},
            {each["key"]: each["doc_count"] for each in sorted(buckets.get("month", ()), key=lambda each: each["key"])},
        )

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

    def _buckets(self, documents: EngineQuery, counts: Counts) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Keyword fields with their most frequent values among the documents, and the days of those."""
        if self.index.kind == "person":
            return {}
        wanted: dict[str, Any] = {}
        for name in counts.facets:
            wanted[name] = {"terms": {"field": name, "size": BUCKETS, "segment_size": MONTHS}}
            if name not in doc_values.LISTS[self.index.kind]:
                wanted[name]["aggs"] = {end: {which: {"field": "day_number"}} for end, which in ENDS}
        if counts.histogram:
            wanted["month"] = {"terms": {"field": "month", "size": MONTHS, "segment_size": MONTHS}}
        found = self.index.aggregated(documents, wanted)
        return {name: [each for each in found[name]["buckets"] if each["key"]] for name in wanted}

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

    def matched(self, documents: EngineQuery, found: Sequence[RankedDocument]) -> Set[int]:
        answered = self.index.matched([documents], [each.number for each in found])
        return {number for number, flags in answered.items() if flags}

    def group_sizes(self, documents: EngineQuery, groups: Sequence[Group]) -> Mapping[Group, int]:
        same = all_of([documents, self.index.numbered("group", map(int, groups))])
        return Counter[Group](self.index.numbers(same, "group"))

    def documents(self, found: Sequence[RankedDocument]) -> Iterable[Document]:
        return (self.index.document(each.place) for each in found)

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


def _facet_value(bucket: Mapping[str, Any]) -> FacetValue:
    days = (doc_values.iso_day(int(bucket[end]["value"] or 0)) for end, _ in ENDS if end in bucket)
    return FacetValue(bucket["key"], bucket["key"], bucket["doc_count"], *days)
