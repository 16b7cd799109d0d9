"""The documents that follow when words do not fill a page, put in order by words and meaning together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from indexer.models import Span
from indexer.query import EVERYTHING, Exact, Not, Query, all_of, any_of
from indexer.search.fusion import COMPARED, LEAST_LIKENESS, NEAREST, conditions, fused, named_dates
from indexer.search.likeness import Likeness, Nearest
from indexer.search.matching import VERBATIM
from indexer.search.searcher import EngineQuery, RankedDocument, Searcher

FEW = 400                         # documents of which all are compared, if a filter leaves no more than these
MANY = 400                        # nearest documents that are looked at to find some that a wider filter leaves


@dataclass(frozen=True, slots=True)
class Following:
    """A document that does not contain all the words. passage: a span of the article's text, if it was found by
    meaning alone."""

    document: RankedDocument
    passage: Span | None = None


@dataclass(frozen=True, slots=True)
class MeaningSearch(Generic[EngineQuery]):
    """A query by its meaning. text: what of it has one; filters: what narrows it; likeness: how near all documents are
    to the text."""

    searcher: Searcher[EngineQuery]
    text: str
    query: Query
    filters: Query
    likeness: Likeness

    def following(self, by_words: Sequence[RankedDocument], possible: float) -> list[Following]:
        """Those that contain enough of the words, the best first, and the nearest others, in one order."""
        compared, rest = by_words[:COMPARED], by_words[COMPARED:]
        documents = {each.number: each for each in compared}
        likeness: dict[int, float] = {}
        for each, id in zip(compared, self.searcher.ids(compared)):
            if near := self.likeness.of(id):
                likeness[each.number] = near.likeness
        nearest = self._nearest({each.number for each in by_words})
        documents |= {number: each for number, (each, _) in nearest.items()}
        likeness |= {number: near.likeness for number, (_, near) in nearest.items()}
        dates = named_dates(self.text)
        agreeing = {number: dates.agreeing(each.last) for number, each in documents.items()}
        order = fused({each.number: each.score for each in compared}, likeness, agreeing, possible)
        spans = {number: near.span for number, (_, near) in nearest.items()}
        found = [Following(documents[number]._replace(score=score), spans.get(number)) for number, score in order]
        return [*found, *map(Following, rest)]

    def _nearest(self, known: set[int]) -> Mapping[int, tuple[RankedDocument, Nearest]]:
        """The nearest documents that match neither all the words nor enough of them, by their numbers."""
        narrowed = self._matching()
        if self.filters in (EVERYTHING, VERBATIM) and not conditions(self.query):
            near = self.likeness.nearest(NEAREST + len(known))
        elif self.searcher.count(narrowed) <= FEW:
            among = self.searcher.ids(self.searcher.answer(narrowed, EVERYTHING, "newest", FEW).found)
            near = self.likeness.nearest(NEAREST + len(known), among)
        else:
            near = self.likeness.nearest(MANY)
        of = {each.id: each for each in near if each.likeness >= LEAST_LIKENESS}
        if not of:
            return {}
        allowed = self._matching(any_of(Exact(id, "id") for id in of) or EVERYTHING)
        found = self.searcher.answer(allowed, EVERYTHING, "newest", len(of)).found
        best = sorted(((each, of[id]) for each, id in zip(found, self.searcher.ids(found)) if each.number not in known),
                      key=lambda each: -each[1].likeness)
        return {each.number: (each, near) for each, near in best[:NEAREST]}

    def _matching(self, *more: Query) -> EngineQuery:
        """What meaning may find: what filters and conditions leave, without the documents that contain all words."""
        return self.searcher.matching(all_of((*conditions(self.query), *more, self.filters, Not(self.query))))
