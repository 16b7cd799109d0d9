"""How well documents answer: Tantivy's BM25 finds the best, what stands in them weighs those again.

Tantivy scores each field by itself. Our weights are laid on so that a word counts as rare as it is in the field in
which most documents hold it, whichever field it stands in. What BM25 does not see is asked about the best alone:
words close together, in the headline, and how many of the words there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tantivy import Occur, Query as Asking

from indexer.engines.tantivy.index import NOTHING, Collection, Found, any_of
from indexer.language import forms
from indexer.query import Prefix, Query, Words, words_of
from indexer.search import matching, ranking, stem

# A word that stands in several fields counts where it counts most, and this much of what it counts in the others.
ELSEWHERE = 0.2

# Two words of the query with so many others between, and what that is worth of the rarer one's weight: the steps of
# 0.4 / √distance. Words the other way around count as two farther apart.
STEPS = ((0, 1.0), (1, 0.7), (3, 0.5), (7, 0.35))
TEXTS = {"article": "text", "quotation": "said"}      # where closeness counts


class Scorer:
    """Weighs the documents of one collection. Safe from many threads."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    def rarity(self, word: str, fields: Iterable[str]) -> float:
        """What a word is worth that so many documents hold in one of the fields; nothing, when none does."""
        most = max((self._holding(word, field) for field in fields), default=0)
        return ranking.rarity(len(self.collection), most) if most else 0.0

    def _holding(self, word: str, field: str) -> int:
        return self.collection.holding(self.collection.field(field), term_of(word, field))

    def word(self, word: str, fields: Mapping[str, float]) -> Asking:
        """What scores a word in these fields, with their weights."""
        rarity = self.rarity(word, fields)
        scoring = [self._in_field(word, field, weight * rarity) for field, weight in fields.items()
                   if rarity and self._holding(word, field)]
        return Asking.disjunction_max_query(scoring, ELSEWHERE) if scoring else NOTHING

    def _in_field(self, word: str, field: str, worth: float) -> Asking:
        asking = self.holding(word, field)
        if matching.is_name(field):
            return Asking.const_score_query(asking, worth)
        in_this_field = ranking.rarity(len(self.collection), self._holding(word, field))
        return Asking.boost_query(asking, worth / in_this_field)

    def holding(self, word: str, field: str) -> Asking:
        return self.collection.term(self.collection.field(field), term_of(word, field))

    def words(self, query: Query) -> list[tuple[str, Mapping[str, float]]]:
        """The words of a query, each with the fields to score."""
        kind = self.collection.kind
        found: list[tuple[str, Mapping[str, float]]] = []
        for part in words_of(query):
            fields = {part.field: 1.0} if part.field else matching.weights(kind)
            held = {field: weight for field, weight in fields.items() if field in matching.KEYS[kind]}
            if held and not isinstance(part, Prefix):
                found += [(form, held) for form in forms(part.text)]
        return found

    def scored(self, answer: Asking, query: Query) -> Asking:
        """The documents of an answer, scored by the words of the query."""
        scoring = [self.word(word, fields) for word, fields in self.words(query)]
        return Asking.boolean_query([(Occur.Must, Asking.const_score_query(answer, 0.0)),
                                     *((Occur.Should, each) for each in scoring)])

    def some_of(self, among: Asking, scoring: Sequence[Asking]) -> Asking:
        """Those of the documents that hold any of the words, scored by them."""
        return Asking.boolean_query([(Occur.Must, Asking.const_score_query(among, 0.0)), (Occur.Must, any_of(scoring))])

    def weighed_again(self, found: Sequence[Found], words: Sequence[str]) -> list[Found]:
        """The best documents by their scores and by how the words stand in them; of equals the latest first."""
        more = self._standing([each.number for each in found], words)
        again = [replace(each, score=each.score + more.get(each.number, 0.0)) for each in found]
        return sorted(again, key=lambda each: (-each.score, -each.last, each.number))

    def _standing(self, among: Sequence[int], words: Sequence[str]) -> Mapping[int, float]:
        text = TEXTS.get(self.collection.kind)
        stems = list(dict.fromkeys(map(stem, words)))
        if text is None or not stems or not among:
            return {}
        weights = matching.weights(self.collection.kind)
        rarity = {each: self.rarity(each, weights) for each in stems}
        bonuses = self._close(text, stems, rarity)
        titles = [self.holding(each, "title") for each in stems] if self.collection.kind == "article" else []
        answered = self.collection.holders([*titles, *(asking for asking, _ in bonuses)], among)
        return {
            number: self._headline(flags, titles, stems, rarity) + sum(
                worth for place, (_, worth) in enumerate(bonuses, len(titles)) if flags >> place & 1)
            for number, flags in answered.items()
        }

    def _close(self, text: str, stems: Sequence[str], rarity: Mapping[str, float]) -> list[tuple[Asking, float]]:
        """What it adds that two neighbours of the query stand so close: each step what it has before the next."""
        found = []
        for left, right in zip(stems, stems[1:]):
            worth = ranking.CLOSENESS * min(rarity[left], rarity[right])
            for (between, share), (_, next_share) in zip(STEPS, [*STEPS[1:], (0, 0.0)]):
                asking = Asking.phrase_query(self.collection.schema, text, [left, right], slop=between)
                found.append((asking, worth * (share - next_share)))
        return [each for each in found if each[1] > 0]

    def _headline(
        self, flags: int, titles: Sequence[Asking], stems: Sequence[str], rarity: Mapping[str, float]
    ) -> float:
        """What words add that stand in the headline of an article, the more the more of them do."""
        whole = sum(rarity.values())
        held = sum(rarity[each] for place, each in enumerate(stems[:len(titles)]) if flags >> place & 1)
        return ranking.HEADLINE * held * (held / whole) ** ranking.HEADLINE_SHARE if whole else 0.0

    def shares(self, found: Sequence[Found], words: Sequence[Words], fields: Iterable[str]) -> list[Found]:
        """Of documents that hold some of the words, those that hold enough, scored by how much they hold."""
        fields = tuple(fields)
        rarity = [self.rarity(word.text, fields) for word in words]
        holding = [any_of([self.holding(form, field) for form in forms(word.text) for field in fields])
                   for word in words]
        answered = self.collection.holders(holding, [each.number for each in found])
        whole = sum(rarity) or 1.0
        enough = []
        for each in found:
            flags = answered[each.number]
            share = sum(worth for place, worth in enumerate(rarity) if flags >> place & 1) / whole
            if share >= ranking.SHARE_OF_WORDS:
                enough.append(replace(each, score=each.score * share ** ranking.COORDINATION))
        return enough


def term_of(word: str, field: str) -> str:
    """The term under which a word is indexed."""
    return word if matching.is_name(field) else stem(word)
