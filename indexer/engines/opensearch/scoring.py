"""How well documents answer: OpenSearch's BM25 finds the best, and what is in them ranks those once more.

OpenSearch scores each field by itself. Our weights are applied so that a word counts as rare as it is in the field in
which most documents contain it, whatever field it is found in. What BM25 does not see is asked about the best alone:
words close together, in the headline, and how many of the words there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import starmap

from indexer.engines.opensearch.index import BEST, NOTHING, EngineQuery, KindIndex, any_of, term
from indexer.engines.opensearch.matching import phrase
from indexer.query import Query, Words
from indexer.search import Deadline, RankedDocument, analysis, matching, ranking

CANDIDATES = 300                   # documents with some of the words, of which the best incomplete hits are taken

Weights = Mapping[str, float]


class Scorer:
    """Scores the documents of one kind for one query."""

    def __init__(self, index: KindIndex, deadline: Deadline) -> None:
        self.index = index
        self.deadline = deadline

    def learn(self, words: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Find out how rare words are in fields, all of them in one request."""
        self.index.learn((self._place(word, field) for word, fields in words for field in fields), self.deadline)

    def rarity(self, word: str, fields: Iterable[str]) -> float:
        """What a word is worth that so many documents contain in one of the fields; nothing if none does."""
        most = max((self._frequency(word, field) for field in fields), default=0)
        return ranking.rarity(len(self.index), most) if most else 0.0

    def _place(self, word: str, field: str) -> tuple[str, str]:
        """Where a word is indexed, and as what."""
        return (self.index.forms_field(field), word) if matching.is_name(field) else (
            self.index.field(field), analysis.stem(word))

    def _frequency(self, word: str, field: str) -> int:
        return self.index.frequency(*self._place(word, field))

    def containing(self, word: str, field: str) -> EngineQuery:
        """The documents that contain a word in a field."""
        return term(*self._place(word, field))

    def word(self, word: str, fields: Weights, name: str = "") -> EngineQuery:
        """Scores a word in these fields, with their weights."""
        rarity = self.rarity(word, fields)
        scoring = [self._in_field(word, field, weight * rarity) for field, weight in fields.items()
                   if rarity and self._frequency(word, field)]
        if not scoring:
            return NOTHING
        return {"dis_max": {"queries": scoring, "tie_breaker": ranking.ELSEWHERE, **({"_name": name} if name else {})}}

    def _in_field(self, word: str, field: str, worth: float) -> EngineQuery:
        name, value = self._place(word, field)
        if matching.is_name(field):
            return {"constant_score": {"filter": term(name, value), "boost": worth}}
        in_this_field = ranking.rarity(len(self.index), self._frequency(word, field))
        return {"term": {name: {"value": value, "boost": worth / in_this_field}}}

    def form(self, form: str, fields: Sequence[str]) -> EngineQuery:
        """Scores documents that contain a word in this very form."""
        found = any_of([term(self.index.forms_field(field), form) for field in fields])
        worth = ranking.EXACT * self.rarity(form, matching.weights(self.index.kind))
        return {"constant_score": {"filter": found, "boost": worth}}

    def scored(self, documents: EngineQuery, query: Query) -> EngineQuery:
        """The documents, scored by the words of the query."""
        kind = self.index.kind
        words = (*matching.scored_words(query, kind), *matching.other_words(query, kind))
        exact = matching.exact_forms(query, kind)
        self.learn((*words, *((form, matching.weights(kind)) for form, _ in exact)))
        scoring = [*starmap(self.word, words), *starmap(self.form, exact)]
        return {"bool": {"filter": [self.index.narrowed(documents)], "should": scoring}}

    def rerank(self, found: Sequence[RankedDocument], words: Sequence[str]) -> list[RankedDocument]:
        """The documents by their scores and by how the words are placed in them; of equals the latest first."""
        more = self._placed(found, words)
        return _best_first(each._replace(score=each.score + more.get(each.number, 0.0)) for each in found)

    def _placed(self, among: Sequence[RankedDocument], words: Sequence[str]) -> Mapping[int, float]:
        """What it adds to documents that words are close together and in the headline."""
        kind = self.index.kind
        stems = list(dict.fromkeys(map(analysis.stem, words)))
        if kind not in ranking.CLOSE_IN or not stems or len(among) < 2:
            return {}
        weights = matching.weights(kind)
        self.learn((each, weights) for each in stems)
        rarity = {each: self.rarity(each, weights) for each in stems}
        titles = {f"title {each}": self.containing(each, "title") for each in stems} if kind == "article" else {}
        close = dict(self._close(ranking.CLOSE_IN[kind], stems, rarity))
        matched = self.index.matched(
            {**titles, **{name: query for name, (query, _) in close.items()}}, among, self.deadline)
        return {
            number: _headline(names, stems, rarity) + sum(close[name][1] for name in names & close.keys())
            for number, names in matched.items()
        }

    def _close(
        self, text: str, stems: Sequence[str], rarity: Weights
    ) -> Iterator[tuple[str, tuple[EngineQuery, float]]]:
        """What it adds that two neighbours of the query are so close: for each step, what it adds to the next."""
        name = self.index.field(text)
        steps = ranking.CLOSENESS_STEPS
        for place, (left, right) in enumerate(zip(stems, stems[1:])):
            worth = ranking.CLOSENESS * min(rarity[left], rarity[right])
            for (between, share), (_, next_share) in zip(steps, [*steps[1:], (0, 0.0)]):
                if worth > 0:
                    yield f"close {place} {between}", (
                        phrase(name, [left, right], between), worth * (share - next_share))

    def containing_enough(self, documents: EngineQuery, words: Sequence[Words]) -> list[RankedDocument]:
        """Of the documents those that contain enough of the words, scored by how much they contain."""
        kind = self.index.kind
        fields = {**matching.weights(kind), **ranking.ALSO[kind]}
        some = {"bool": {"filter": [self.index.narrowed(documents)], "should": self._named_by_place(words, fields),
                         "minimum_should_match": 1}}
        found = self.index.found(some, BEST, CANDIDATES, self.deadline).ranked
        enough = sorted(self._shares(found, words, fields), key=lambda each: -each.score)
        return _best_first(enough[:ranking.RERANKED])

    def _named_by_place(self, words: Sequence[Words], fields: Weights) -> list[EngineQuery]:
        """Scores these words; each query has the place of its word as its name."""
        self.learn((form, fields) for word in words for form in analysis.forms(word.text))
        return [any_of([self.word(form, fields, str(place)) for form in analysis.forms(word.text)])
                for place, word in enumerate(words)]

    def _shares(
        self, found: Sequence[RankedDocument], words: Sequence[Words], fields: Iterable[str]
    ) -> list[RankedDocument]:
        fields = tuple(fields)
        rarity = [self.rarity(word.text, fields) for word in words]
        whole = sum(rarity) or 1.0
        enough = []
        for each in found:
            share = sum(worth for place, worth in enumerate(rarity) if str(place) in each.place.matched) / whole
            if share >= ranking.SHARE_OF_WORDS:
                enough.append(each._replace(score=each.score * share ** ranking.COORDINATION))
        return enough


def _best_first(found: Iterable[RankedDocument]) -> list[RankedDocument]:
    return sorted(found, key=lambda each: (-each.score, -each.last, each.number))


def _headline(names: frozenset[str], stems: Sequence[str], rarity: Weights) -> float:
    """What words in the headline of an article add: the more of them, the more each."""
    contained = sum(rarity[each] for each in stems if f"title {each}" in names)
    return ranking.headline(contained, sum(rarity.values()))
