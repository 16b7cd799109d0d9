"""How well documents answer: BM25 over fields, then how close together and how early the words are in the best."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from heapq import nlargest
from itertools import starmap
from operator import add, itemgetter
from typing import NamedTuple

from indexer.engines.whoosh.codec import smallest
from indexer.engines.whoosh.index import ENTRY, Cache, KindIndex
from indexer.query import Query, Words
from indexer.search import RankedDocument, analysis, doc_values, matching, ranking

SCORES_IN_MEMORY = 16_000_000      # bytes, for each kind
HELD_IN_MEMORY = 8_000_000


class Scored(NamedTuple):
    """What a word is worth in each document that contains it."""

    documents: array[int]
    scores: array[float]
    rarity: float


NOTHING = Scored(array("I"), array("f"), 0.0)


class _Norms(dict[int, float]):
    """The factors by which the length of a field scales each occurrence in it, worked out when they are needed."""

    def __init__(self, share: float, mean: float) -> None:
        super().__init__()
        self._share, self._mean = share, mean

    def __missing__(self, length: int) -> float:
        self[length] = norm = 1 / (1 - self._share + self._share * length / self._mean)
        return norm


class Scorer:
    """Scores the documents of one kind. Safe from many threads."""

    def __init__(self, index: KindIndex) -> None:
        self.index = index
        self._scored: Cache[tuple[str, tuple[tuple[str, float], ...]], Scored] = Cache(SCORES_IN_MEMORY)
        self._held: Cache[str, array[int]] = Cache(HELD_IN_MEMORY)
        means = index.doc_values.mean_lengths
        self._norms = {field: _Norms(ranking.LENGTH[field], means[field]) for field in index.doc_values.lengths}

    def word(self, word: str, fields: Mapping[str, float]) -> Scored:
        """The scores of a word's stem in these fields, with their weights."""
        key = word, tuple(sorted(fields.items()))
        return self._scored.get(key, lambda: self._score(word, fields))

    def _score(self, word: str, fields: Mapping[str, float]) -> tuple[Scored, int]:
        total: dict[int, float] = {}
        for field, weight in fields.items():
            name = matching.is_name(field)
            norm, lengths = self._norms[field], self.index.doc_values.lengths[field]
            for document, count in self.index.counts(field, self._terms(field, word)).items():
                worth = weight if name else weight * count * norm[lengths[document]]
                total[document] = total.get(document, 0.0) + worth
        rarity = ranking.rarity(len(self.index), len(total)) if total else 0.0
        top = ranking.SATURATION
        scores = array("f", [rarity * worth * (top + 1) / (worth + top) for worth in total.values()])
        return Scored(array("I", total), scores, rarity), ENTRY + 8 * len(total)

    def rarity(self, word: str) -> float:
        """What a word is worth where bare words search; nothing if no document contains it."""
        count = len(self.holding(word))
        return ranking.rarity(len(self.index), count) if count else 0.0

    def holding(self, word: str) -> Sequence[int]:
        """The documents that contain a word where bare words search. To say no more than this of it takes a third of
        the time."""
        return self._held.get(word, lambda: self._hold(word))

    def _hold(self, word: str) -> tuple[array[int], int]:
        fields = matching.weights(self.index.kind)
        found = smallest(self.index.holding_once(fields, lambda field: self._terms(field, word)))
        return found, ENTRY + found.itemsize * len(found)

    def _terms(self, field: str, word: str) -> Sequence[str]:
        """The terms that a word matches in a field: in names itself alone."""
        return self.index.terms(field, word if matching.is_name(field) else analysis.stem(word), exact=False)

    def _written_words(
        self, words: Iterable[tuple[str, Mapping[str, float]]], exact: list[tuple[str, tuple[str, ...]]]
    ) -> Iterator[Scored]:
        """The words of a query, each with the exact form that is asked of it."""
        for word, fields in words:
            asked = next((each for each in exact if each[0] == word and fields.keys() >= set(each[1])), None)
            if asked:
                exact.remove(asked)
            yield self.written(word, fields, asked[1] if asked else ())

    def written(self, word: str, fields: Mapping[str, float], exact: Sequence[str]) -> Scored:
        """The same, with what it adds to documents that they contain the word in this very form in the fields exact,
        if there are other forms of it."""
        if not exact or len(self.index.terms(exact[0], analysis.stem(word), exact=False)) < 2:
            return self.word(word, fields)
        key = f"={word}", (*sorted(fields.items()), *((field, 0.0) for field in exact))
        return self._scored.get(key, lambda: self._written(word, fields, exact))

    def _written(self, word: str, fields: Mapping[str, float], exact: Sequence[str]) -> tuple[Scored, int]:
        found = {each for field in exact for each in self.index.containing(field, (word,))}
        more = ranking.EXACT * self.word(word, matching.weights(self.index.kind)).rarity
        any_form = self.word(word, fields)
        scores = array("f", [score + more if document in found else score
                             for document, score in zip(any_form.documents, any_form.scores)])
        return Scored(any_form.documents, scores, any_form.rarity), ENTRY + 8 * len(scores)

    def complete(self, query: Query, answer: Set[int]) -> dict[int, float]:
        """The scores of documents that match the whole query."""
        words = matching.scored_words(query, self.index.kind)
        others = matching.other_words(query, self.index.kind)
        exact = matching.exact_forms(query, self.index.kind)
        every = [*self._written_words(words, exact), *starmap(self.word, others), NOTHING]
        first, *further = every
        total = {document: score for document, score in zip(first.documents, first.scores) if document in answer}
        total.update(dict.fromkeys(answer - total.keys(), 0.0))
        for scored in further:
            for document, score in zip(scored.documents, scored.scores):
                if document in total:
                    total[document] += score
        self._add_headlines(total, [word for word, fields in words if "title" in fields and "text" in fields])
        return total

    def _add_headlines(self, total: dict[int, float], words: Sequence[str]) -> None:
        """Add what words in the headline of an article are worth: the more of them, the more each."""
        if self.index.kind != "article":
            return
        contained: dict[int, float] = {}
        whole = 0.0
        for word in dict.fromkeys(map(analysis.stem, words)):
            rarity = self.word(word, matching.weights("article")).rarity
            whole += rarity
            for document in self.word(word, {"title": 1.0}).documents:
                if document in total:
                    contained[document] = contained.get(document, 0.0) + rarity
        for document, rarity in contained.items():
            total[document] += ranking.headline(rarity, whole)

    def incomplete(self, words: Sequence[Words], among: Set[int]) -> dict[int, float]:
        """The scores of documents that contain enough of the words."""
        kind = self.index.kind
        fields = {**matching.weights(kind), **ranking.ALSO[kind]}
        rarest_first = sorted((self.word(word.text, fields) for word in words), key=lambda each: -each.rarity)
        whole = left = sum(each.rarity for each in rarest_first)
        enough = ranking.SHARE_OF_WORDS * whole
        first = rarest_first[0]
        total = {document: score for document, score in zip(first.documents, first.scores) if document in among}
        contained = dict.fromkeys(total, first.rarity)
        left -= first.rarity
        for each in rarest_first[1:]:
            new = left >= enough               # documents that contain nothing yet could still contain enough
            left -= each.rarity
            for document, score in zip(each.documents, each.scores):
                if document in total:
                    total[document] += score
                    contained[document] += each.rarity
                elif new and document in among:
                    total[document] = score
                    contained[document] = each.rarity
        found = {
            document: score * (contained[document] / whole) ** ranking.COORDINATION
            for document, score in total.items() if contained[document] >= enough
        }
        self._add_headlines(found, [word.text for word in words])
        return found

    def best(self, scores: Mapping[int, float], most: int) -> list[int]:
        """The documents with the best scores, the later before the earlier among equals."""
        worth = list(map(add, scores.values(), doc_values.picked(scores)(self.index.doc_values.recency)))
        ranked: Iterable[tuple[float, int]] = zip(worth, scores)
        if most * 4 < len(scores):
            least = nlargest(most, worth)[-1]
            ranked = (each for each in ranked if each[0] >= least)
        return [document for _, document in sorted(ranked, key=itemgetter(0), reverse=True)[:most]]

    def rerank(self, found: Sequence[RankedDocument], words: Sequence[str]) -> Sequence[RankedDocument]:
        """The documents by their scores with what closeness and earliness add to them."""
        text = ranking.CLOSE_IN.get(self.index.kind)
        if text is None or not words:
            return found
        stems = list(dict.fromkeys(analysis.stem(word) for word in words))
        rarity = {each: self.word(each, matching.weights(self.index.kind)).rarity for each in stems}
        places_of = {each: self.index.places(text, self.index.terms(text, each, exact=False)) for each in stems}
        reranked = []
        for document in found:
            places = {each: places_of[each](document.number) for each in stems}
            more = closeness(stems, places, rarity) + earliness(places, rarity)
            reranked.append(document._replace(score=document.score + more))
        recency = self.index.doc_values.recency
        return sorted(reranked, key=lambda each: each.score + recency[each.number], reverse=True)


def closeness(words: Sequence[str], places: Mapping[str, Sequence[int]], rarity: Mapping[str, float]) -> float:
    """What it adds that words next to each other in the query are close together in the text, too."""
    total = 0.0
    for left, right in zip(words, words[1:]):
        gap = least_gap(places[left], places[right])
        if gap <= ranking.FARTHEST:
            total += ranking.CLOSENESS * min(rarity[left], rarity[right]) / gap ** 0.5
    return total


def least_gap(left: Sequence[int], right: Sequence[int]) -> int:
    """The least distance between a position of one and a position of the other; both ascend."""
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
    """What it adds that words are in the opening."""
    early = (rarity[word] for word, found in places.items() if found and found[0] < ranking.OPENING)
    return ranking.EARLINESS * sum(early)
