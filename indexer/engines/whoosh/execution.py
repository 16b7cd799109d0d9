"""One question put to the Whoosh index while it is answered: which documents, in which order, shown how."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from indexer.engines.whoosh.index import Collection
from indexer.engines.whoosh.matching import Matcher
from indexer.engines.whoosh.scoring import Scorer
from indexer.language import forms
from indexer.query import EVERYTHING, And, InArticle, Query, words_of
from indexer.search import Deadline, Folded, Hit, Kind, Sort, hits, matching, ranking, stem

NAMED_IN = ("mentions", "text", "title")      # where an article names the person who is sought as a speaker


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
        self.matcher = Matcher(self.collection, self.deadline)

    @cached_property
    def documents(self) -> Set[int]:
        """The documents that answer the whole query."""
        return self._narrowed(self.query)

    @cached_property
    def dated(self) -> Sequence[int]:
        """Those of them that have a date, the oldest first."""
        return self.collection.columns.dated(self.documents)

    def _narrowed(self, *parts: Query) -> Set[int]:
        """The documents that answer these parts and the filters."""
        narrowing = () if self.filters == EVERYTHING else (self.filters,)
        return self.matcher.documents(And((*parts, *narrowing)))

    def ordered(self, sort: Sort) -> tuple[Sequence[int], Mapping[int, float]]:
        """The whole answer in its order, and the scores where they made it."""
        sought = list(words_of(self.query))
        if sort != "relevance" or not sought:
            return self.collection.columns.by_date(self.documents, sort != "oldest"), {}
        words = [form for part in sought if part.field is None for form in forms(part.text)]
        scores = self.scorer.complete(self.query, self.documents)
        scores = self.scorer.weighed_again(scores, words)
        if self.kind == "person":
            quoted = self.collection.columns.quotations
            scores = {each: score + ranking.renown(quoted[each]) for each, score in scores.items()}
        return self.scorer.best(scores, len(scores)), scores

    def incomplete(self, most: int, collapse: bool) -> tuple[Sequence[int], Mapping[int, float]]:
        """The best documents that hold many of the words, and their scores.

        Where somebody's quotations are sought and none answers, those follow that stand in stories which name
        the person: who speaks is not always understood.
        """
        required, words = matching.loosened(self.query)
        unanswered = self.kind == "quotation" and not self.documents
        speakers = tuple(part for part in required if unanswered and matching.is_about(part, "speaker"))
        by = among = self._narrowed(*required) - self.documents
        if speakers:
            others = tuple(part for part in required if part not in speakers)
            among = by | (self._narrowed(*others) & self._near(speakers)) - self.documents
        if len(words) < 2 and not speakers:
            return [], {}
        scores = self.scorer.incomplete(words, among) if words else dict.fromkeys(among, 0.0)
        scores = self.scorer.weighed_again(scores, [word.text for word in words])
        if speakers:
            scores = {each: score + ranking.SPEAKER * (each in by) for each, score in scores.items()}
        best = self.scorer.best(scores, most + ranking.WEIGHED_AGAIN)
        return self.folded(best, collapse).page(1, most), scores

    def _near(self, speakers: Sequence[Query]) -> Set[int]:
        """The quotations of the articles that name all the people."""
        named = And(tuple(matching.in_other_fields(part, NAMED_IN) for part in speakers))
        return self.matcher.documents(InArticle(named))

    def folded(self, ordered: Sequence[int], collapse: bool) -> Folded[int]:
        """The answer with near-duplicates folded into the first of them."""
        return Folded(ordered, self.groups(ordered) if collapse else ())

    def groups(self, numbers: Sequence[int]) -> list[int | None]:
        """For each document the number of its group, None where it stands alone."""
        column = self.collection.columns.keywords.get("group")
        if column is None:
            return [None] * len(numbers)
        alone = column.numbers.get("")
        return [None if (group := column.of[each]) == alone else group for each in numbers]

    def hit(self, number: int, score: float, duplicates: int) -> Hit:
        self.deadline.check()
        hit = hits.shown(self.collection.document(number), score, self.query, self.rarity)
        return replace(hit, duplicates=duplicates)

    def incomplete_hit(self, number: int, score: float) -> Hit:
        self.deadline.check()
        required, words = matching.loosened(self.query)
        hit = hits.shown(self.collection.document(number), score, And((*required, *words)), self.rarity)
        return replace(hit, partial=True)

    def bare_hit(self, number: int, score: float) -> Hit:
        return hits.bare(self.collection.document(number), score)

    def rarity(self, key: str) -> float:
        """What a matched word is worth in a snippet; a phrase is worth its words."""
        weights = matching.weights(self.kind)
        return sum(self.scorer.word(word, weights).rarity for word in key.split())

    def frequency(self, form: str, field: str | None, is_name: Callable[[str], int]) -> int:
        """How many documents have a word where it is sought."""
        fields = [each for each in matching.fields(field, self.kind) if each in matching.KEYS[self.kind]]
        written = form in self.collection.forms.get(stem(form), ())
        return sum(len(self.collection.holding(each, (form,))) for each in fields
                   if (is_name(form) if matching.is_name(each) else written))
