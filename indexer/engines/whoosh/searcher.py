"""One query on the Whoosh index: the primitives of which its execution is made. A matched tree is a set of numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import repeat

from indexer.engines.whoosh.index import KindIndex
from indexer.engines.whoosh.matching import Matcher
from indexer.engines.whoosh.scoring import Scorer
from indexer.query import Query, Words, words_of
from indexer.search import (
    Answer, Counts, Deadline, Document, FacetValue, Group, NameCompletion, Order, RankedDocument, analysis, doc_values,
    matching, ranking, spelling,
)

# A tuple from all its values: without a function of Python's in between, of which a deep page would call thousands.
_made = partial(tuple.__new__, RankedDocument)


class WhooshSearcher:
    """Implements search.Searcher. people: all names of people; name_of: what a slug is called, "" if it is nobody's."""

    def __init__(
        self, index: KindIndex, scorer: Scorer, people: NameCompletion, name_of: Callable[[str], str],
        deadline: Deadline,
    ) -> None:
        self.index = index
        self.values = index.doc_values
        self.scorer = scorer
        self.people = people
        self.deadline = deadline
        self._name_of = name_of

    def matching(self, query: Query) -> Set[int]:
        return Matcher(self.index, self.deadline).documents(query)

    def count(self, documents: Set[int]) -> int:
        return len(documents)

    def scores(self, query: Query) -> bool:
        return any(True for _ in words_of(query))

    def answer(
        self, documents: Set[int], query: Query, order: Order, most: int, counts: Counts = Counts()
    ) -> Answer:
        found = self._ordered(documents, query, order, most)
        whole = len(found) >= len(documents)
        oldest_first = self.values.dated(documents) if counts.facets else ()
        return Answer(
            found,
            len(documents),
            self._distinct(documents) if counts.distinct and not whole else len(documents),
            {name: self._facet(name, documents, oldest_first, counts.values) for name in counts.facets},
            self.values.histogram(documents) if counts.histogram else {},
        )

    def every(self, documents: Set[int], query: Query, order: Order) -> Iterator[RankedDocument]:
        return iter(self._ordered(documents, query, order, len(documents)))

    def _ordered(self, documents: Set[int], query: Query, order: Order, most: int) -> list[RankedDocument]:
        if order == "certainty":
            return self._ranked(self.values.by_certainty(documents)[:most])
        if order != "best":
            return self._ranked(self.values.by_date(documents, order == "newest")[:most])
        scores = self.scorer.complete(query, documents)
        if self.index.kind == "person":
            quoted = self.values.quotations
            scores = {each: score + ranking.popularity(quoted[each]) for each, score in scores.items()}
        return self._ranked(self.scorer.best(scores, max(most, ranking.RERANKED)), scores)

    def _ranked(self, numbers: Sequence[int], scores: Mapping[int, float] | None = None) -> list[RankedDocument]:
        found = map(scores.__getitem__, numbers) if scores else [0.0] * len(numbers)
        last = map(self.values.last.__getitem__, numbers)
        return list(map(_made, zip(numbers, found, last, self.values.groups(numbers), repeat(None))))

    def _distinct(self, documents: Set[int]) -> int:
        sizes = self.values.group_sizes(documents)
        return len(documents) - sum(sizes.values()) + len(sizes)

    def _facet(self, name: str, documents: Set[int], oldest_first: Sequence[int], most: int) -> list[FacetValue]:
        self.deadline.check()
        return self.values.facet(name, documents, oldest_first, most)

    def rerank(self, found: Sequence[RankedDocument], words: Sequence[str]) -> Sequence[RankedDocument]:
        return self.scorer.rerank(found, words)

    def containing_enough(
        self, words: Sequence[Words], among: Set[int], without: Set[int], most: int
    ) -> Sequence[RankedDocument]:
        documents = among - without
        scores = self.scorer.incomplete(words, documents) if words else dict.fromkeys(documents, 0.0)
        return self._ranked(self.scorer.best(scores, most), scores)

    def matched(self, queries: Sequence[Set[int]], found: Sequence[RankedDocument]) -> Sequence[Set[int]]:
        numbers = {each.number for each in found}
        return [numbers & documents for documents in queries]

    def containing_any(
        self, words: Sequence[Sequence[str]], found: Sequence[RankedDocument]
    ) -> Sequence[Set[int]]:
        numbers = {each.number for each in found}
        return [set().union(*(numbers.intersection(self._containing(word)) for word in each)) for each in words]

    def _containing(self, word: str) -> Iterable[int]:
        self.deadline.check()
        written = analysis.forms(word)
        return self.scorer.holding(written[0]) if len(written) == 1 else self.matching(Words(word))

    def group_sizes(self, documents: Set[int], groups: Sequence[Group]) -> Mapping[Group, int]:
        sizes = self.values.group_sizes(documents)
        return {group: sizes[int(group)] or 1 for group in groups}

    def documents(self, found: Sequence[RankedDocument]) -> Iterable[Document]:
        return (self.index.document(each.number) for each in found)

    def columns(self, found: Sequence[RankedDocument], fields: Sequence[str]) -> Iterable[Sequence[str]]:
        of_them = doc_values.picked([each.number for each in found])
        return zip(*(self._column(name, of_them) for name in fields))

    def _column(self, name: str, of_them: Callable[[Sequence[int]], Sequence[int]]) -> Iterator[str]:
        """The values of a keyword field; each is looked up once, however many documents have it."""
        keyword = self.values.keywords[name]
        held = of_them(keyword.of)
        values = {each: keyword.values[each] for each in set(held)}
        return map(values.__getitem__, held)

    def ids(self, found: Sequence[RankedDocument]) -> Sequence[str]:
        return [self.values.ids[each.number] for each in found]

    def rarity(self, words: Iterable[str]) -> Callable[[str], float]:
        return self.scorer.rarity

    def frequencies(self, words: Iterable[tuple[str, str | None]]) -> Mapping[tuple[str, str | None], int]:
        return {(form, field): self._frequency(form, field) for form, field in words}

    def neighbours(self, form: str, field: str | None) -> Mapping[str, int]:
        return {each: self._frequency(each, field) for each in spelling.neighbours(form)}

    def _frequency(self, form: str, field: str | None) -> int:
        written = form in self.index.forms(analysis.stem(form))
        return sum(len(self.index.containing(each, (form,))) for each in matching.fields(field, self.index.kind)
                   if (form in self.people if matching.is_name(each) else written))

    def names(self, slugs: Sequence[str]) -> Mapping[str, str]:
        return {slug: name for slug in slugs if (name := self._name_of(slug))}
