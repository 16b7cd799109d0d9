"""How well documents answer: OpenSearch's BM25 finds the best, what stands in them weighs those again.

OpenSearch scores each field by itself. Our weights are laid on so that a word counts as rare as it is in the field in
which most documents hold it, whichever field it stands in. What BM25 does not see is asked about the best alone:
words close together, in the headline, and how many of the words there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.engines.opensearch.index import NOTHING, Asking, Collection, Found, any_of, term
from indexer.engines.opensearch.matching import phrase
from indexer.language import forms
from indexer.query import Prefix, Query, Words, words_of
from indexer.search import Deadline, matching, ranking, stem

# A word that stands in several fields counts where it counts most, and this much of what it counts in the others.
ELSEWHERE = 0.2

# Two words of the query with so many others between, and what that is worth of the rarer one's weight: the steps of
# 0.4 / √distance. Words the other way around count as two farther apart.
STEPS = ((0, 1.0), (1, 0.7), (3, 0.5), (7, 0.35))
TEXTS = {"article": "text", "quotation": "said"}      # where closeness counts

Weights = Mapping[str, float]


class Scorer:
    """Weighs the documents of one collection for one question."""

    def __init__(self, collection: Collection, deadline: Deadline) -> None:
        self.collection = collection
        self.deadline = deadline

    def learn(self, words: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Find out how rare words are in fields, all of them at once."""
        self.collection.learn((self._place(word, field) for word, fields in words for field in fields), self.deadline)

    def rarity(self, word: str, fields: Iterable[str]) -> float:
        """What a word is worth that so many documents hold in one of the fields; nothing, when none does."""
        most = max((self._holding(word, field) for field in fields), default=0)
        return ranking.rarity(len(self.collection), most) if most else 0.0

    def _place(self, word: str, field: str) -> tuple[str, str]:
        """Where a word is indexed, and as what."""
        return (self.collection.forms_field(field), word) if matching.is_name(field) else (
            self.collection.field(field), stem(word))

    def _holding(self, word: str, field: str) -> int:
        return self.collection.holding(*self._place(word, field))

    def holding(self, word: str, field: str) -> Asking:
        return term(*self._place(word, field))

    def word(self, word: str, fields: Weights, name: str = "") -> Asking:
        """What scores a word in these fields, with their weights."""
        rarity = self.rarity(word, fields)
        scoring = [self._in_field(word, field, weight * rarity) for field, weight in fields.items()
                   if rarity and self._holding(word, field)]
        if not scoring:
            return NOTHING
        return {"dis_max": {"queries": scoring, "tie_breaker": ELSEWHERE, **({"_name": name} if name else {})}}

    def _in_field(self, word: str, field: str, worth: float) -> Asking:
        name, value = self._place(word, field)
        if matching.is_name(field):
            return {"constant_score": {"filter": term(name, value), "boost": worth}}
        in_this_field = ranking.rarity(len(self.collection), self._holding(word, field))
        return {"term": {name: {"value": value, "boost": worth / in_this_field}}}

    def words(self, query: Query) -> list[tuple[str, Weights]]:
        """The words of a query, each with the fields to score."""
        kind = self.collection.kind
        found: list[tuple[str, Weights]] = []
        for part in words_of(query):
            fields = {part.field: 1.0} if part.field else matching.weights(kind)
            held = {field: weight for field, weight in fields.items() if field in matching.KEYS[kind]}
            if held and not isinstance(part, Prefix):
                found += [(form, held) for form in forms(part.text)]
        return found

    def scored(self, answer: Asking, query: Query) -> Asking:
        """The documents of an answer, scored by the words of the query."""
        words = self.words(query)
        self.learn(words)
        scoring = [self.word(word, fields) for word, fields in words]
        return {"bool": {"filter": [self.collection.narrowed(answer)], "should": scoring}}

    def some_of(self, among: Asking, scoring: Sequence[Asking]) -> Asking:
        """Those of the documents that hold any of the words, scored by them."""
        return {"bool": {"filter": [self.collection.narrowed(among)], "should": list(scoring),
                         "minimum_should_match": 1}}

    def weighed_again(self, found: Sequence[Found], words: Sequence[str]) -> list[Found]:
        """The best documents by their scores and by how the words stand in them; of equals the latest first."""
        more = self._standing(found, words)
        again = [replace(each, score=each.score + more.get(each.number, 0.0)) for each in found]
        return sorted(again, key=lambda each: (-each.score, -each.last, each.number))

    def _standing(self, among: Sequence[Found], words: Sequence[str]) -> Mapping[int, float]:
        kind = self.collection.kind
        stems = list(dict.fromkeys(map(stem, words)))
        if kind not in TEXTS or not stems or len(among) < 2:
            return {}
        weights = matching.weights(kind)
        self.learn((each, weights) for each in stems)
        rarity = {each: self.rarity(each, weights) for each in stems}
        titles = {f"title {each}": self.holding(each, "title") for each in stems} if kind == "article" else {}
        close = dict(self._close(TEXTS[kind], stems, rarity))
        answered = self.collection.holders(
            {**titles, **{name: asking for name, (asking, _) in close.items()}}, among, self.deadline)
        return {
            number: _headline(names, stems, rarity) + sum(close[name][1] for name in names & close.keys())
            for number, names in answered.items()
        }

    def _close(
        self, text: str, stems: Sequence[str], rarity: Weights
    ) -> Iterator[tuple[str, tuple[Asking, float]]]:
        """What it adds that two neighbours of the query stand so close: each step what it has before the next."""
        name = self.collection.field(text)
        for place, (left, right) in enumerate(zip(stems, stems[1:])):
            worth = ranking.CLOSENESS * min(rarity[left], rarity[right])
            for (between, share), (_, next_share) in zip(STEPS, [*STEPS[1:], (0, 0.0)]):
                if worth > 0:
                    yield f"close {place} {between}", (
                        phrase(name, [left, right], between), worth * (share - next_share))

    def shares(self, found: Sequence[Found], words: Sequence[Words], fields: Iterable[str]) -> list[Found]:
        """Of documents that hold some of the words, those that hold enough, scored by how much they hold: each has
        matched the queries named by the places of its words."""
        rarity = [self.rarity(word.text, fields) for word in words]
        whole = sum(rarity) or 1.0
        enough = []
        for each in found:
            share = sum(worth for place, worth in enumerate(rarity) if str(place) in each.matched) / whole
            if share >= ranking.SHARE_OF_WORDS:
                enough.append(replace(each, score=each.score * share ** ranking.COORDINATION))
        return enough

    def holding_any(self, words: Sequence[Words], fields: Weights) -> list[Asking]:
        """What scores these words, each under the name of its place."""
        self.learn((form, fields) for word in words for form in forms(word.text))
        return [any_of([self.word(form, fields, str(place)) for form in forms(word.text)])
                for place, word in enumerate(words)]


def _headline(names: frozenset[str], stems: Sequence[str], rarity: Weights) -> float:
    """What words add that stand in the headline of an article, the more the more of them do."""
    whole = sum(rarity.values())
    held = sum(rarity[each] for each in stems if f"title {each}" in names)
    return ranking.HEADLINE * held * (held / whole) ** ranking.HEADLINE_SHARE if whole else 0.0
