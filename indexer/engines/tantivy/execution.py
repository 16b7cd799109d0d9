"""One question put to the Tantivy index while it is answered: which documents, in which order, shown how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from tantivy import Query as Asking

from indexer.engines.tantivy.index import Collection, Found, all_of, any_of
from indexer.engines.tantivy.matching import Matcher
from indexer.engines.tantivy.scoring import Scorer
from indexer.language import forms
from indexer.query import EVERYTHING, And, Query, all_of as every_part, words_of
from indexer.search import LISTS, Deadline, Document, Folded, Hit, Kind, Sort, hits, matching, ranking

NAMED_IN = ("mentions", "text", "title")      # where an article names the person who is sought as a speaker
CANDIDATES = 300                   # documents with some of the words, of which the best incomplete hits are taken
FACET_VALUES = 100                 # the most frequent values of a facet that are given
COUNTED = 300                      # and so many are counted, so that equals at the end can be put in order
MONTHS = 10_000
ENDS = (("first", "min"), ("last", "max"))


@dataclass(frozen=True, slots=True)
class Library:
    """All that is indexed: the documents of each kind, and what weighs them."""

    collections: Mapping[Kind, Collection]
    scorers: Mapping[Kind, Scorer]


class Asked:
    """A query of one kind of document, with its filters, and the time it has."""

    def __init__(self, library: Library, kind: Kind, query: Query, filters: Query) -> None:
        self.library = library
        self.kind = kind
        self.query = query
        self.filters = filters
        self.collection = library.collections[kind]
        self.scorer = library.scorers[kind]
        self.deadline = Deadline()
        self.matcher = Matcher(self.collection, library.collections["article"], self.deadline)

    @cached_property
    def answer(self) -> Asking:
        """The documents that answer the whole query."""
        return self._narrowed(self.query)

    @cached_property
    def total(self) -> int:
        return self.collection.count(self.answer)

    def _narrowed(self, *parts: Query) -> Asking:
        """The documents that answer these parts and the filters."""
        narrowing = () if self.filters == EVERYTHING else (self.filters,)
        return self.matcher.asking(every_part((*parts, *narrowing)))

    def ordered(self, sort: Sort, most: int) -> list[Found]:
        """The first of the answer in its order, as many as there are up to most."""
        self.deadline.check()
        if sort == "oldest":
            return self._oldest(most)
        words = [form for part in words_of(self.query) if part.field is None for form in forms(part.text)]
        if sort == "newest" or not self._differs():
            found = self.collection.ranked(self.answer, "last", most)
            return sorted(found, key=lambda each: (-each.last, each.number))
        if self.kind == "person":
            return self.collection.ranked(self.answer, "quotations", most)
        scored = self.scorer.scored(self.answer, self.query)
        found = self.collection.best(scored, max(most, ranking.WEIGHED_AGAIN))
        self.deadline.check()
        first = self.scorer.weighed_again(found[:ranking.WEIGHED_AGAIN], words)
        return [*first, *found[ranking.WEIGHED_AGAIN:]][:most]

    def _differs(self) -> bool:
        """Whether some documents answer better than others: names are there or not, but the more a person is quoted,
        the likelier they are meant."""
        scored = {field for _, fields in self.scorer.words(self.query) for field in fields}
        return bool(scored) and (self.kind == "person" or not all(map(matching.is_name, scored)))

    def _oldest(self, most: int) -> list[Found]:
        """The oldest first, the undated last."""
        dated = all_of([self.answer, self.collection.between("last", 1, None)])
        found = self.collection.ranked(dated, "last", most, ascending=True)
        found.sort(key=lambda each: (each.last, each.number))      # as they were written, not as segments lie
        if len(found) == most:
            return found
        undated = all_of([self.answer, self.collection.between("last", 0, 0)])
        return found + self.collection.ranked(undated, "last", most - len(found))

    def incomplete(self, most: int, collapse: bool) -> list[Found]:
        """The best documents that hold many of the words.

        Where somebody's quotations are sought and none answers, those follow that stand in stories which name
        the person: who speaks is not always understood.
        """
        required, words = matching.loosened(self.query)
        unanswered = self.kind == "quotation" and not self.total
        speakers = tuple(part for part in required if unanswered and matching.is_about(part, "speaker"))
        if len(words) < 2 and not speakers:
            return []
        by = self._narrowed(*required)
        among = by
        if speakers:
            others = tuple(part for part in required if part not in speakers)
            among = any_of([by, all_of([self._narrowed(*others), self._near(speakers)])])
        among = all_of([among], [self.answer])
        found = self._holding_some(among, words)
        if speakers:
            answered = self.collection.holders([by], [each.number for each in found])
            found = [replace(each, score=each.score + ranking.SPEAKER * answered[each.number]) for each in found]
            found.sort(key=lambda each: (-each.score, -each.last))
        return folded(found, collapse).page(1, most)

    def _holding_some(self, among: Asking, words: Sequence[Any]) -> list[Found]:
        if not words:
            return self.collection.ranked(among, "last", CANDIDATES)
        fields = {**matching.weights(self.kind), **ranking.ALSO[self.kind]}
        scoring = [self.scorer.word(form, fields) for word in words for form in forms(word.text)]
        found = self.collection.best(self.scorer.some_of(among, scoring), CANDIDATES)
        self.deadline.check()
        enough = sorted(self.scorer.shares(found, words, fields), key=lambda each: -each.score)
        return self.scorer.weighed_again(enough[:ranking.WEIGHED_AGAIN], [word.text for word in words])

    def _near(self, speakers: Sequence[Query]) -> Asking:
        """The quotations of the articles that name all the people."""
        articles = self.library.collections["article"]
        named = And(tuple(matching.in_other_fields(part, NAMED_IN) for part in speakers))
        found = Matcher(articles, articles, self.deadline).asking(named)
        return self.collection.numbered("article", articles.numbers(found, "article"))

    def distinct(self) -> int:
        """How many documents of the answer are left when of each group only one is: all but those that repeat
        one of their group. Few do; only they are looked at."""
        repeats = all_of([self.answer, self.collection.numbered("repeat", [1])])
        found = self.collection.numbers(repeats, "group")
        groups = set(found)
        with_first = all_of([self.answer, self.collection.numbered("group", groups)],
                            [self.collection.numbered("repeat", [1])])
        return self.total - len(found) - (self.collection.count(with_first) if groups else 0) + len(groups)

    def duplicates(self, shown: Sequence[Found]) -> Mapping[int, int]:
        """For the groups of what is shown, how many further documents of the answer they have."""
        groups = [each.group for each in shown if each.group is not None]
        if not groups:
            return {}
        same = all_of([self.answer, self.collection.numbered("group", groups)])
        return {group: count - 1 for group, count in Counter(self.collection.numbers(same, "group")).items()}

    def counted(self, facets: Sequence[str]) -> dict[str, Any]:
        """Keyword fields with their most frequent values in the answer, and the days of those."""
        if self.kind == "person":
            return {}
        wanted: dict[str, Any] = {}
        for name in facets:
            size = MONTHS if name == "month" else COUNTED
            wanted[name] = {"terms": {"field": name, "size": size, "segment_size": MONTHS}}
            if name != "month" and name not in LISTS[self.kind]:
                wanted[name]["aggs"] = {end: {which: {"field": "day_number"}} for end, which in ENDS}
        found = self.collection.aggregated(self.answer, wanted)
        return {name: [each for each in found[name]["buckets"] if each["key"]] for name in facets}

    def hit(self, each: Found, duplicates: int) -> Hit:
        return replace(hits.shown(self.document(each), each.score, self.query, self.rarity), duplicates=duplicates)

    def incomplete_hit(self, each: Found) -> Hit:
        required, words = matching.loosened(self.query)
        return replace(hits.shown(self.document(each), each.score, And((*required, *words)), self.rarity), partial=True)

    def bare_hits(self, sort: Sort) -> Iterator[Hit]:
        """The whole answer."""
        ordered = self.ordered(sort, max(1, self.total))
        return (hits.bare(self.document(each), each.score) for each in ordered)

    def document(self, each: Found) -> Document:
        return self.collection.document(each.address)

    def rarity(self, key: str) -> float:
        """What a matched word is worth in a snippet; a phrase is worth its words."""
        weights = matching.weights(self.kind)
        return sum(self.scorer.rarity(word, weights) for word in key.split())

    def frequency(self, form: str, field: str | None) -> int:
        """How many documents have a word where it is sought."""
        fields = [each for each in matching.fields(field, self.kind) if each in matching.KEYS[self.kind]]
        return sum(self.collection.holding(self.collection.forms_field(each), form) for each in fields)


def folded(found: Sequence[Found], collapse: bool) -> Folded[Found]:
    """What was found, near-duplicates folded into the first of them."""
    return Folded(found, (each.group for each in found) if collapse else ())
