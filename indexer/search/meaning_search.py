"""The documents that follow when words do not fill a page, put in order by words and meaning together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

from indexer.models import Span
from indexer.query import EVERYTHING, Exact, Not, Query, all_of, any_of
from indexer.search.forms import VERBATIM
from indexer.search.fusion import COMPARED, LEAST_LIKENESS, NEAREST, Evidence, conditions, named_dates, weights
from indexer.search.likeness import Likeness, Meaning, Nearest
from indexer.search.related import related_shares
from indexer.search.searcher import EngineQuery, RankedDocument, Searcher
from indexer.search.spellings import spelt

FEW = 400                         # documents of which all are compared, if a filter leaves no more than these
MANY = 400                        # nearest documents that are looked at to find some that a wider filter leaves


@dataclass(frozen=True, slots=True)
class Following:
    """A document that does not contain all the words. passage: a span of the article's text, if it was found by
    meaning alone."""

    document: RankedDocument
    passage: Span | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that does not contain all the words, and what speaks for it. passage as in Following."""

    document: RankedDocument
    evidence: Evidence
    passage: Span | None = None


@dataclass(frozen=True, slots=True)
class MeaningSearch(Generic[EngineQuery]):
    """A query by its meaning. text: what of it has one; words: those of it that documents may lack; filters: what
    narrows it; likeness: how near all documents are to the text."""

    searcher: Searcher[EngineQuery]
    text: str
    words: Sequence[str]
    query: Query
    filters: Query
    meaning: Meaning
    likeness: Likeness

    def following(self, by_words: Sequence[RankedDocument], possible: float) -> list[Following]:
        """Those that contain enough of the words, the best first, and the nearest others, in one order. possible: what
        all the words together are worth; the scores that come out are on the same scale."""
        of, found = weights(), self.candidates(by_words, possible)
        scored = [(of.score(each.evidence), each) for each in found]
        scored.sort(key=lambda each: -each[0])
        ranked = [Following(each.document._replace(score=score * possible), each.passage) for score, each in scored]
        return [*ranked, *map(Following, by_words[COMPARED:])]

    def candidates(self, by_words: Sequence[RankedDocument], possible: float) -> list[Candidate]:
        """What is put in order: the best by words, then the nearest others, each with what speaks for it."""
        compared = by_words[:COMPARED]
        known = list(zip(compared, map(self.likeness.of, self.searcher.ids(compared))))
        nearest = self._nearest({each.number for each in by_words})
        related = related_shares(self.searcher, self.meaning, self.words, [each for each, _ in (*known, *nearest)])
        dates = named_dates(self.text)

        def evidence(document: RankedDocument, near: Nearest | None) -> Evidence:
            words, dated = document.score / possible if possible else 0.0, dates.agreeing(document.last)
            opening, passage = (near.opening, near.likeness) if near else (0.0, 0.0)
            return Evidence(words, opening, passage, related.get(document.number, 0.0), dated)

        return [*(Candidate(each, evidence(each, near)) for each, near in known),
                *(Candidate(each, evidence(each, near), near.span) for each, near in nearest)]

    def _nearest(self, known: set[int]) -> list[tuple[RankedDocument, Nearest]]:
        """The nearest documents that match neither all the words nor enough of them."""
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
            return []
        allowed = self._matching(any_of(Exact(id, "id") for id in of) or EVERYTHING)
        found = self.searcher.answer(allowed, EVERYTHING, "newest", len(of)).found
        others = ((each._replace(score=0.0), of[id]) for each, id in zip(found, self.searcher.ids(found))
                  if each.number not in known)
        return sorted(others, key=lambda each: -each[1].likeness)[:NEAREST]

    def _matching(self, *more: Query) -> EngineQuery:
        """What meaning may find: what filters and conditions leave, without the documents that contain all words."""
        return self.searcher.matching(spelt(all_of((*conditions(self.query), *more, self.filters, Not(self.query)))))
