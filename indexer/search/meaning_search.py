"""The documents that follow when words do not fill a page, put in order by words and meaning together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic

from indexer.models import Span
from indexer.query import EVERYTHING, Exact, Not, Query, all_of, any_of
from indexer.search.analysis import forms, stem
from indexer.search.close_words import CloseWords
from indexer.search.forms import VERBATIM
from indexer.search.fusion import COMPARED, LEAST_LIKENESS, NEAREST, READ, Evidence, conditions, named_dates, weights
from indexer.search.likeness import Likeness, Meaning, Nearest
from indexer.search.related import word_shares
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
    """A query by its meaning. text: what of it has one; words: those of it that documents may lack; whole: the
    documents that contain all of them; filters: what narrows it; likeness: how near all documents are to the text."""

    searcher: Searcher[EngineQuery]
    text: str
    words: Sequence[str]
    query: Query
    whole: EngineQuery
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
        nearest = self._nearest(frozenset(self.searcher.ids(by_words)))
        shares = word_shares(self.searcher, self.meaning, self.words, [each for each, _ in (*known, *nearest)])
        dates = named_dates(self.text)

        def evidence(document: RankedDocument, near: Nearest | None) -> Evidence:
            words, dated = document.score / possible if possible else 0.0, dates.agreeing(document.last)
            opening, passage, several = (near.opening, near.likeness, near.several) if near else (0.0, 0.0, 0.0)
            return Evidence(words, opening, passage, shares.related.get(document.number, 0.0), dated, several)

        return self._read([*(Candidate(each, evidence(each, near)) for each, near in known),
                           *(Candidate(each, evidence(each, near), near.span) for each, near in nearest)], shares.own)

    def _read(self, found: Sequence[Candidate], contained: Mapping[int, float]) -> list[Candidate]:
        """The same, with how close together their texts have the words: those which could come first if they had all
        the words that they contain in one place. contained: the share of these. Quotations are short."""
        of = weights()

        def highest(at: int) -> float:
            return of.score(replace(found[at].evidence, close=contained.get(found[at].document.number, 0.0)))

        best = sorted(range(len(found)), key=highest, reverse=True)[:READ]
        stems = [stem(form) for word in self.words for form in forms(word)]
        sought = CloseWords(self.words, self.searcher.rarity(stems))
        read = list(found)
        for at, document in zip(best, self.searcher.documents([found[at].document for at in best])):
            if document["kind"] == "article":
                close = sought.share(document["text"])
                read[at] = replace(found[at], evidence=replace(found[at].evidence, close=close))
        return read

    def _nearest(self, known: frozenset[str]) -> list[tuple[RankedDocument, Nearest]]:
        """The nearest documents that match neither all the words nor enough of them."""
        enough = MANY
        if self.filters in (EVERYTHING, VERBATIM) and not conditions(self.query):
            near = self.likeness.nearest(NEAREST + len(known))
            enough = NEAREST + self.searcher.count(self.whole)
        elif self.searcher.count(narrowed := self._matching(Not(self.query))) <= FEW:
            among = self.searcher.ids(self.searcher.answer(narrowed, EVERYTHING, "newest", FEW).found)
            near = self.likeness.nearest(NEAREST + len(known), among)
        else:
            near = self.likeness.nearest(MANY)
        like = [each for each in near if each.likeness >= LEAST_LIKENESS and each.id not in known][:enough]
        if not like:
            return []
        of = {each.id: each for each in like}
        allowed = self._matching(any_of(Exact(id, "id") for id in of) or EVERYTHING)
        found = self.searcher.answer(allowed, EVERYTHING, "newest", len(of)).found
        [whole] = self.searcher.matched([self.whole], found)
        others = ((each._replace(score=0.0), of[id]) for each, id in zip(found, self.searcher.ids(found))
                  if each.number not in whole)
        return sorted(others, key=lambda each: -each[1].likeness)[:NEAREST]

    def _matching(self, *more: Query) -> EngineQuery:
        """What filters and conditions leave."""
        return self.searcher.matching(spelt(all_of((*conditions(self.query), *more, self.filters))))
