"""How well documents answer: BM25 over fields, then closeness of the words among the best."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence, Set
from heapq import nlargest
from typing import NamedTuple

from indexer.engines.whoosh.index import ENTRY, Cache, Collection
from indexer.language import forms
from indexer.query import Prefix, Query, Words, words_of
from indexer.search import matching, ranking, stem

SCORES_IN_MEMORY = 16_000_000      # bytes, for each kind


class Scored(NamedTuple):
    """What a word is worth in each document that holds it."""

    documents: array[int]
    scores: array[float]
    rarity: float


class Scorer:
    """Weighs the documents of one collection. Safe from many threads."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self._scored: Cache[tuple[str, tuple[tuple[str, float], ...]], Scored] = Cache(SCORES_IN_MEMORY)
        self._norms = {field: self._norm(field) for field in collection.columns.lengths}

    def _norm(self, field: str) -> array[float]:
        """For each document what its length makes of an occurrence in a field."""
        lengths = self.collection.columns.lengths[field]
        living = [lengths[number] for number in self.collection.everything]
        mean = sum(living) / max(1, sum(map(bool, living))) or 1.0
        share = ranking.LENGTH[field]
        return array("f", [1 / (1 - share + share * length / mean) for length in lengths])

    def word(self, word: str, fields: Mapping[str, float]) -> Scored:
        """The scores of a word's stem in these fields, with their weights."""
        key = word, tuple(sorted(fields.items()))
        return self._scored.get(key, lambda: self._score(word, fields))

    def _score(self, word: str, fields: Mapping[str, float]) -> tuple[Scored, int]:
        total: dict[int, float] = {}
        for field, weight in fields.items():
            name = matching.is_name(field)
            terms = self.collection.terms(field, word if name else stem(word), exact=False)
            norm = self._norms[field]
            for document, count in self.collection.counts(field, terms).items():
                worth = weight if name else weight * count * norm[document]
                total[document] = total.get(document, 0.0) + worth
        rarity = ranking.rarity(len(self.collection), len(total)) if total else 0.0
        top = ranking.SATURATION
        scores = array("f", [rarity * worth * (top + 1) / (worth + top) for worth in total.values()])
        return Scored(array("I", total), scores, rarity), ENTRY + 8 * len(total)

    def complete(self, query: Query, answer: Set[int]) -> dict[int, float]:
        """The scores of documents that answer the whole query."""
        total = dict.fromkeys(answer, 0.0)
        words = list(self._words(query))
        for word, fields in words:
            scored = self.word(word, fields)
            for document, score in zip(scored.documents, scored.scores):
                if document in total:
                    total[document] += score
        self._add_headlines(total, [word for word, fields in words if "title" in fields and "text" in fields])
        return total

    def _add_headlines(self, total: dict[int, float], words: Sequence[str]) -> None:
        """What words add that stand in the headline of an article, the more the more of them do."""
        if self.collection.kind != "article" or not ranking.HEADLINE:
            return
        held: dict[int, float] = {}
        whole = 0.0
        for word in dict.fromkeys(map(stem, words)):
            rarity = self.word(word, matching.weights("article")).rarity
            whole += rarity
            for document in self.word(word, {"title": 1.0}).documents:
                if document in total:
                    held[document] = held.get(document, 0.0) + rarity
        for document, rarity in held.items():
            total[document] += ranking.HEADLINE * rarity * (rarity / whole) ** ranking.HEADLINE_SHARE

    def _words(self, query: Query) -> Iterable[tuple[str, Mapping[str, float]]]:
        """The words of a query, each with the fields to score."""
        weights = matching.weights(self.collection.kind)
        for part in words_of(query):
            fields = {part.field: 1.0} if part.field else weights
            held = {field: weight for field, weight in fields.items() if field in self._norms}
            if held and not isinstance(part, Prefix):
                yield from ((form, held) for form in forms(part.text))

    def incomplete(self, words: Sequence[Words], among: Set[int]) -> dict[int, float]:
        """The scores of documents that hold enough of the words, most and rarest first."""
        kind = self.collection.kind
        fields = {**matching.weights(kind), **ranking.ALSO[kind]}
        rarest_first = sorted((self.word(word.text, fields) for word in words), key=lambda each: -each.rarity)
        whole = left = sum(each.rarity for each in rarest_first)
        enough = ranking.SHARE_OF_WORDS * whole
        total: dict[int, float] = {}
        held: dict[int, float] = {}
        for each in rarest_first:
            new = left >= enough               # documents that hold nothing yet could still hold enough
            left -= each.rarity
            for document, score in zip(each.documents, each.scores):
                if document in total:
                    total[document] += score
                    held[document] += each.rarity
                elif new and document in among:
                    total[document] = score
                    held[document] = each.rarity
        found = {
            document: score * (held[document] / whole) ** ranking.COORDINATION
            for document, score in total.items() if held[document] >= enough
        }
        self._add_headlines(found, [word.text for word in words])
        return found

    def best(self, scores: Mapping[int, float], most: int) -> list[int]:
        """The documents with the best scores, the later before the earlier among equals."""
        recency = self.collection.columns.recency
        if most * 4 > len(scores):
            return sorted(scores, key=lambda each: scores[each] + recency[each], reverse=True)[:most]
        return nlargest(most, scores, key=lambda each: scores[each] + recency[each])

    def weighed_again(self, scores: dict[int, float], words: Sequence[str]) -> dict[int, float]:
        """The scores with what closeness and earliness add to the best of them."""
        text = {"article": "text", "quotation": "said"}.get(self.collection.kind)
        if text is None or not words:
            return scores
        stems = list(dict.fromkeys(stem(word) for word in words))
        rarity = {each: self.word(each, matching.weights(self.collection.kind)).rarity for each in stems}
        collection = self.collection
        standing = {each: collection.places(text, collection.terms(text, each, exact=False)) for each in stems}
        again = dict(scores)
        for document in self.best(scores, ranking.WEIGHED_AGAIN):
            places = {each: standing[each](document) for each in stems}
            again[document] += closeness(stems, places, rarity) + earliness(places, rarity)
        return again


def closeness(words: Sequence[str], places: Mapping[str, Sequence[int]], rarity: Mapping[str, float]) -> float:
    """What words that are neighbours in the query add where they stand close in the text, too."""
    total = 0.0
    for left, right in zip(words, words[1:]):
        gap = least_gap(places[left], places[right])
        if gap <= ranking.FARTHEST:
            total += ranking.CLOSENESS * min(rarity[left], rarity[right]) / gap ** 0.5
    return total


def least_gap(left: Sequence[int], right: Sequence[int]) -> int:
    """The least distance of a place of one from a place of the other; both ascend."""
    at, best = 0, 1_000_000
    for place in left:
        while at < len(right) and right[at] < place:
            at += 1
        if at < len(right):
            best = min(best, right[at] - place or 1)
        if at:
            best = min(best, place - right[at - 1])
    return best


def earliness(places: Mapping[str, Sequence[int]], rarity: Mapping[str, float]) -> float:
    """What words add that stand in the opening."""
    early = (rarity[word] for word, found in places.items() if found and found[0] < ranking.OPENING)
    return ranking.EARLINESS * sum(early)
