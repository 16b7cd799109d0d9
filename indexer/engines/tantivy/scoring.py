"""How well documents answer: Tantivy's BM25 finds the best, and what is in them ranks those once more.

Tantivy scores each field by itself. Our weights are applied so that a word counts as rare as it is in the field in
which most documents contain it, whatever field it is found in. What BM25 does not see is asked about the best alone:
words close together, in the headline, and how many of the words there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import starmap

from tantivy import Occur, Query as EngineQuery

from indexer.engines.tantivy.index import NOTHING, KindIndex, any_of
from indexer.query import Query, Words
from indexer.search import RankedDocument, analysis, matching, ranking

CANDIDATES = 300                   # documents with some of the words, of which the best incomplete hits are taken


class Scorer:
    """Scores the documents of one kind. Safe from many threads."""

    def __init__(self, index: KindIndex) -> None:
        self.index = index

    def rarity(self, word: str, fields: Iterable[str]) -> float:
        """What a word is worth that so many documents contain in one of the fields; nothing if none does."""
        most = max((self._frequency(word, field) for field in fields), default=0)
        return ranking.rarity(len(self.index), most) if most else 0.0

    def _frequency(self, word: str, field: str) -> int:
        return self.index.frequency(self.index.field(field), term_of(word, field))

    def word(self, word: str, fields: Mapping[str, float]) -> EngineQuery:
        """Scores a word in these fields, with their weights."""
        rarity = self.rarity(word, fields)
        scoring = [self._in_field(word, field, weight * rarity) for field, weight in fields.items()
                   if rarity and self._frequency(word, field)]
        return EngineQuery.disjunction_max_query(scoring, ranking.ELSEWHERE) if scoring else NOTHING

    def _in_field(self, word: str, field: str, worth: float) -> EngineQuery:
        found = self.containing(word, field)
        if matching.is_name(field):
            return EngineQuery.const_score_query(found, worth)
        in_this_field = ranking.rarity(len(self.index), self._frequency(word, field))
        return EngineQuery.boost_query(found, worth / in_this_field)

    def form(self, form: str, fields: Sequence[str]) -> EngineQuery:
        """Scores documents that contain a word in this very form."""
        found = any_of([self.index.term(self.index.forms_field(field), form) for field in fields])
        worth = ranking.EXACT * self.rarity(form, matching.weights(self.index.kind))
        return EngineQuery.const_score_query(found, worth)

    def containing(self, word: str, field: str) -> EngineQuery:
        """The documents that contain a word in a field."""
        return self.index.term(self.index.field(field), term_of(word, field))

    def scored(self, documents: EngineQuery, query: Query) -> EngineQuery:
        """The documents, scored by the words of the query."""
        kind = self.index.kind
        words = (*matching.scored_words(query, kind), *matching.other_words(query, kind))
        scoring = [*starmap(self.word, words), *starmap(self.form, matching.exact_forms(query, kind))]
        return EngineQuery.boolean_query([(Occur.Must, EngineQuery.const_score_query(documents, 0.0)),
                                          *((Occur.Should, each) for each in scoring)])

    def rerank(self, found: Sequence[RankedDocument], words: Sequence[str]) -> list[RankedDocument]:
        """The documents by their scores and by how the words are placed in them; of equals the latest first."""
        more = self._placed([each.number for each in found], words)
        return _best_first(each._replace(score=each.score + more.get(each.number, 0.0)) for each in found)

    def _placed(self, among: Sequence[int], words: Sequence[str]) -> Mapping[int, float]:
        """What it adds to documents that words are close together and in the headline."""
        text = ranking.CLOSE_IN.get(self.index.kind)
        stems = list(dict.fromkeys(map(analysis.stem, words)))
        if text is None or not stems or not among:
            return {}
        weights = matching.weights(self.index.kind)
        rarity = {each: self.rarity(each, weights) for each in stems}
        bonuses = self._close(text, stems, rarity)
        titles = [self.containing(each, "title") for each in stems] if self.index.kind == "article" else []
        matched = self.index.matched([*titles, *(query for query, _ in bonuses)], among)
        return {
            number: _headline(flags, len(titles), stems, rarity) + sum(
                worth for place, (_, worth) in enumerate(bonuses, len(titles)) if flags >> place & 1)
            for number, flags in matched.items()
        }

    def _close(self, text: str, stems: Sequence[str], rarity: Mapping[str, float]) -> list[tuple[EngineQuery, float]]:
        """What it adds that two neighbours of the query are so close: for each step, what it adds to the next."""
        found = []
        steps = ranking.CLOSENESS_STEPS
        for left, right in zip(stems, stems[1:]):
            worth = ranking.CLOSENESS * min(rarity[left], rarity[right])
            for (between, share), (_, next_share) in zip(steps, [*steps[1:], (0, 0.0)]):
                phrase = EngineQuery.phrase_query(self.index.schema, text, [left, right], slop=between)
                found.append((phrase, worth * (share - next_share)))
        return [each for each in found if each[1] > 0]

    def containing_enough(self, documents: EngineQuery, words: Sequence[Words]) -> list[RankedDocument]:
        """Of the documents those that contain enough of the words, scored by how much they contain."""
        kind = self.index.kind
        fields = {**matching.weights(kind), **ranking.ALSO[kind]}
        scoring = [self.word(form, fields) for word in words for form in analysis.forms(word.text)]
        found = self.index.best(EngineQuery.boolean_query([
            (Occur.Must, EngineQuery.const_score_query(documents, 0.0)), (Occur.Must, any_of(scoring))]), CANDIDATES)
        enough = sorted(self._shares(found, words, fields), key=lambda each: -each.score)
        return _best_first(enough[:ranking.RERANKED])

    def _shares(
        self, found: Sequence[RankedDocument], words: Sequence[Words], fields: Iterable[str]
    ) -> list[RankedDocument]:
        fields = tuple(fields)
        rarity = [self.rarity(word.text, fields) for word in words]
        containing = [any_of([self.containing(form, field) for form in analysis.forms(word.text) for field in fields])
                      for word in words]
        matched = self.index.matched(containing, [each.number for each in found])
        whole = sum(rarity) or 1.0
        enough = []
        for each in found:
            flags = matched[each.number]
            share = sum(worth for place, worth in enumerate(rarity) if flags >> place & 1) / whole
            if share >= ranking.SHARE_OF_WORDS:
                enough.append(each._replace(score=each.score * share ** ranking.COORDINATION))
        return enough


def _best_first(found: Iterable[RankedDocument]) -> list[RankedDocument]:
    return sorted(found, key=lambda each: (-each.score, -each.last, each.number))


def _headline(flags: int, titles: int, stems: Sequence[str], rarity: Mapping[str, float]) -> float:
    """What words in the headline of an article add: the more of them, the more each."""
    contained = sum(rarity[each] for place, each in enumerate(stems[:titles]) if flags >> place & 1)
    return ranking.headline(contained, sum(rarity.values()))


def term_of(word: str, field: str) -> str:
    """The term under which a word is indexed."""
    return word if matching.is_name(field) else analysis.stem(word)
