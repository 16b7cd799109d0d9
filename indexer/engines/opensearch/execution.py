"""One question put to the cluster while it is answered: which documents, in which order, shown how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from indexer.engines.opensearch.index import (
    BEST, MOST_QUOTED, NEWEST, OLDEST, Answer, Asking, Collection, Found, Order, all_of, any_of,
)
from indexer.engines.opensearch.matching import asking
from indexer.engines.opensearch.scoring import Scorer
from indexer.language import forms
from indexer.query import EVERYTHING, And, Query, Words, all_of as every_part, words_of
from indexer.search import LISTS, Deadline, Folded, Hit, Kind, Sort, hits, matching, ranking, stem

NAMED_IN = ("mentions", "text", "title")      # where an article names the person who is sought as a speaker
CANDIDATES = 300                   # documents with some of the words, of which the best incomplete hits are taken
COUNTED = 300                      # values of a facet that are counted, so that equals at the end can be put in order
MONTHS = 10_000
ENDS = (("first", "min"), ("last", "max"))
REPEATED = 10_000                  # groups that are looked at together
REPEATS = "repeats"                # the name of their count beside those of the facets


class Asked:
    """A query of one kind of document, with its filters, and the time it has."""

    def __init__(self, collection: Collection, query: Query, filters: Query) -> None:
        self.kind: Kind = collection.kind
        self.query = query
        self.filters = filters
        self.collection = collection
        self.deadline = Deadline()
        self.scorer = Scorer(collection, self.deadline)

    @cached_property
    def documents(self) -> Asking:
        """The documents that answer the whole query."""
        return self._narrowed(self.query)

    def count(self) -> int:
        return self.collection.count(self.documents, self.deadline)

    def _narrowed(self, *parts: Query) -> Asking:
        """The documents that answer these parts and the filters."""
        narrowing = () if self.filters == EVERYTHING else (self.filters,)
        return asking(every_part((*parts, *narrowing)), self.kind)

    def answer(self, sort: Sort, most: int, facets: Sequence[str] = (), collapse: bool = False) -> Answer:
        """The first documents of the answer in its order, how many there are, and what is counted over all."""
        order = self._order(sort)
        scored = order is BEST
        documents = self.scorer.scored(self.documents, self.query) if scored else self.documents
        found = self.collection.answer(documents, order, max(most, ranking.WEIGHED_AGAIN) if scored else most,
                                       self.deadline, self._wanted(facets, collapse))
        return replace(found, found=self._weighed(found.found)[:most]) if scored else found

    def _weighed(self, found: Sequence[Found]) -> list[Found]:
        words = [form for part in words_of(self.query) if part.field is None for form in forms(part.text)]
        return [*self.scorer.weighed_again(found[:ranking.WEIGHED_AGAIN], words), *found[ranking.WEIGHED_AGAIN:]]

    def _order(self, sort: Sort) -> Order:
        if sort == "oldest":
            return OLDEST
        if sort == "newest" or not self._differs():
            return NEWEST
        return MOST_QUOTED if self.kind == "person" else BEST

    def _differs(self) -> bool:
        """Whether some documents answer better than others: names are there or not, but the more a person is quoted,
        the likelier they are meant."""
        scored = {field for _, fields in self.scorer.words(self.query) for field in fields}
        return bool(scored) and (self.kind == "person" or not all(map(matching.is_name, scored)))

    def _wanted(self, facets: Sequence[str], collapse: bool) -> Mapping[str, Any]:
        """What is counted over the whole answer: keyword fields with their most frequent values and the days of
        those, and the groups of what repeats another document."""
        if self.kind == "person":
            return {}
        wanted: dict[str, Any] = {}
        for name in facets:
            size = MONTHS if name == "month" else COUNTED
            wanted[name] = {"terms": {"field": name, "size": size, "shard_size": MONTHS}}
            if name != "month" and name not in LISTS[self.kind]:
                wanted[name]["aggs"] = {end: {which: {"field": "day"}} for end, which in ENDS}
        if collapse:
            wanted[REPEATS] = {"filter": {"range": {"repeat": {"gte": 1}}}, "aggs": {"groups": {
                "terms": {"field": "group", "size": REPEATED, "execution_hint": "map"}}}}
        return wanted

    def distinct(self, answer: Answer) -> int:
        """How many documents of an answer are left when of each group only one is: all but those that repeat one of
        their group. Few do; only they are looked at."""
        repeats = answer.counted.get(REPEATS)
        if not repeats or not repeats["doc_count"]:
            return answer.total
        groups = {each["key"] for each in repeats["groups"]["buckets"]}
        if repeats["groups"]["sum_other_doc_count"]:
            groups = set(self._repeated())
        firsts = sum(self.collection.count(all_of([
            self.documents, {"terms": {"group": some}}, {"range": {"repeat": {"lte": 0}}}]), self.deadline)
            for some in _pieces(sorted(groups)))
        return int(answer.total - repeats["doc_count"] - firsts + len(groups))

    def _repeated(self) -> Iterator[str]:
        """The groups of which the answer holds a document that repeats another."""
        repeats = all_of([self.documents, {"range": {"repeat": {"gte": 1}}}])
        after: Mapping[str, Any] = {}
        while True:
            paged = {"composite": {"size": REPEATED, "sources": [{"group": {"terms": {"field": "group"}}}], **after}}
            found = self.collection.counted(repeats, {"groups": paged}, self.deadline)["groups"]
            yield from (each["key"]["group"] for each in found["buckets"])
            if len(found["buckets"]) < REPEATED:
                return
            after = {"after": found["after_key"]}

    def duplicates(self, shown: Sequence[Found]) -> Mapping[str, int]:
        """For the groups of what is shown, how many further documents of the answer they have."""
        groups = [each.group for each in shown if each.group is not None]
        if not groups:
            return {}
        same = all_of([self.documents, {"terms": {"group": groups}}])
        wanted = {"groups": {"terms": {"field": "group", "size": len(groups), "execution_hint": "map"}}}
        found = self.collection.counted(same, wanted, self.deadline)
        return {each["key"]: each["doc_count"] - 1 for each in found["groups"]["buckets"]}

    def incomplete(self, answer: Answer, most: int, collapse: bool) -> list[Found]:
        """The best documents that hold many of the words.

        Where somebody's quotations are sought and none answers, those follow that stand in stories which name
        the person: who speaks is not always understood.
        """
        required, words = matching.loosened(self.query)
        unanswered = self.kind == "quotation" and not answer.total
        speakers = tuple(part for part in required if unanswered and matching.is_about(part, "speaker"))
        if len(words) < 2 and not speakers:
            return []
        by = self._narrowed(*required)
        among = by
        if speakers:
            others = tuple(part for part in required if part not in speakers)
            among = any_of([by, all_of([self._narrowed(*others), _near(speakers)])])
        found = self._holding_some(all_of([among], [self.documents]), words)
        if speakers:
            answered = self.collection.holders({"by": by}, found, self.deadline)
            found = [replace(each, score=each.score + ranking.SPEAKER * bool(answered[each.number])) for each in found]
            found.sort(key=lambda each: (-each.score, -each.last))
        return folded(found, collapse).page(1, most)

    def _holding_some(self, among: Asking, words: Sequence[Words]) -> list[Found]:
        if not words:
            return self.collection.answer(among, NEWEST, CANDIDATES, self.deadline).found
        fields = {**matching.weights(self.kind), **ranking.ALSO[self.kind]}
        some = self.scorer.some_of(among, self.scorer.holding_any(words, fields))
        found = self.collection.answer(some, BEST, CANDIDATES, self.deadline).found
        enough = sorted(self.scorer.shares(found, words, fields), key=lambda each: -each.score)
        return self.scorer.weighed_again(enough[:ranking.WEIGHED_AGAIN], [word.text for word in words])

    def shown(self, found: Sequence[Found], duplicates: Mapping[str, int]) -> list[Hit]:
        """The documents as hits, with their marks."""
        if not found:
            return []
        self._learn_rarity(self.query)
        return [replace(hits.shown(document, each.score, self.query, self.rarity),
                        duplicates=duplicates.get(each.group or "", 0))
                for each, document in zip(found, self.collection.documents(found, self.deadline))]

    def shown_incomplete(self, found: Sequence[Found]) -> list[Hit]:
        if not found:
            return []
        required, words = matching.loosened(self.query)
        query = And((*required, *words))
        self._learn_rarity(query)
        return [replace(hits.shown(document, each.score, query, self.rarity), partial=True)
                for each, document in zip(found, self.collection.documents(found, self.deadline))]

    def _learn_rarity(self, query: Query) -> None:
        """All at once, what the marks of hits will ask for: passages are weighed by stems."""
        weights = matching.weights(self.kind)
        self.scorer.learn((word, weights) for part in words_of(query) for form in forms(part.text)
                          for word in (form, stem(form)))

    def bare_hits(self, sort: Sort) -> Iterator[Hit]:
        """The whole answer. Its best, which are weighed again, are found first; the others follow as they come."""
        order = self._order(sort)
        documents = self.documents
        after: Sequence[Any] = ()
        if order is BEST:
            documents = self.scorer.scored(documents, self.query)
            first = self.collection.answer(documents, order, ranking.WEIGHED_AGAIN, self.deadline).found
            again = self._weighed(first)
            yield from (hits.bare(document, each.score)
                        for each, document in zip(again, self.collection.documents(again)))
            if len(first) < ranking.WEIGHED_AGAIN:
                return
            after = first[-1].at
        yield from (hits.bare(document, each.score)
                    for each, document in self.collection.every(documents, order, after))

    def rarity(self, key: str) -> float:
        """What a matched word is worth in a snippet; a phrase is worth its words."""
        weights = matching.weights(self.kind)
        return sum(self.scorer.rarity(word, weights) for word in key.split())

    def sought_in(self, field: str | None) -> list[str]:
        """The indexed fields that hold the forms of words which are sought in a field."""
        return [self.collection.forms_field(each) for each in matching.fields(field, self.kind)
                if each in matching.KEYS[self.kind]]


def _near(speakers: Sequence[Query]) -> Asking:
    """The quotations of the articles that name all the people."""
    named = And(tuple(matching.in_other_fields(part, NAMED_IN) for part in speakers))
    return {"has_parent": {"parent_type": "article", "query": asking(named, "article")}}


def folded(found: Sequence[Found], collapse: bool) -> Folded[Found]:
    """What was found, near-duplicates folded into the first of them."""
    return Folded(found, (each.group for each in found) if collapse else ())


def _pieces(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start:start + REPEATED] for start in range(0, len(values), REPEATED))
