"""A query is executed: what a page shows of the answer, and what follows when the answer is small.

This is the same for every engine, over the primitives of a Searcher:

    order       by relevance if documents differ in it, else the newest first; the best are ranked once more by how
                close together the words are in them
    collapse    of near-duplicates the first is shown, and says how many others there are
    quotations  the speakers' own words alone, unless the query or a filter says which kind of words is sought
    relax       when a page is not full, documents that contain most of the words follow, and those that mean the same;
                a speaker who is asked for stays asked for: what others said stands apart
    facets      the most frequent values, people by their names
    suggestion  when hardly anything is found, words one letter away that the archive uses far more
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain, islice
from typing import Generic

from indexer.language import form_of
from indexer.query import And, Query, Words, all_of, parts_of, to_text, words_of
from indexer.search import hits, matching, ranking
from indexer.search.analysis import forms, stem
from indexer.search.collapse import CollapsedHits
from indexer.search.doc_values import iso_day
from indexer.search.engine import FacetValue, Hit, Kind, Results, Sort
from indexer.search.forms import counted_forms, verbatim_unless_asked
from indexer.search.fusion import PARTS, text_of
from indexer.search.likeness import Likeness, Meaning
from indexer.search.meaning_search import Following, MeaningSearch
from indexer.search.others import said_by_others
from indexer.search.searcher import Answer, Counts, EngineQuery, Group, Order, RankedDocument, Searcher, best_reranked
from indexer.search.spelling import LONGEST, SHORTEST, respelt
from indexer.search.spellings import spelt
from indexer.search.time_limit import Deadline

FEW_HITS = 5                       # so few hits may be due to a misspelling
BEYOND = 20                        # documents read beyond a page, in case near-duplicates are among those before
OTHERS = 10                        # quotations of others, at most, that stand apart from those of a speaker
OF_PEOPLE = ("speaker_id", "mentioned_id")    # facets whose values are slugs of people


@dataclass(frozen=True, slots=True)
class _Page:
    """What one page shows of an answer. distinct: how many hits there are when duplicates are collapsed; duplicates:
    how many further documents the hit of a group is shown for."""

    answer: Answer
    shown: Sequence[RankedDocument]
    distinct: int
    duplicates: Mapping[Group, int]


class QueryExecution(Generic[EngineQuery]):
    """One query for one kind of document, with its filters, executed once."""

    def __init__(
        self, searcher: Searcher[EngineQuery], kind: Kind, query: Query, filters: Query, deadline: Deadline,
        meaning: Meaning | None = None,
    ) -> None:
        self.searcher = searcher
        self.text = text_of(query)               # before words without a subject are left out: meaning needs them
        self.meaning = meaning
        self.kind = kind
        self.query = matching.simplified(query)
        self.filters = matching.simplified(verbatim_unless_asked(query, filters, kind))
        self.deadline = deadline

    def search(
        self, sort: Sort, page: int, per_page: int, facets: Sequence[str], facet_values: int, histogram: bool,
        collapse: bool, relax: bool,
    ) -> Results:
        """One page; build and seconds are left open."""
        counted = tuple(name for name in facets if name != "form")
        counts = Counts(counted, histogram, collapse, facet_values)
        found = self._page(self._order(sort), page, per_page, counts)
        total = found.answer.total
        relax = relax and page == 1
        missing = per_page - len(found.shown) if relax and found.distinct < per_page else 0
        following = self._following(found, missing, collapse) if missing else ()
        others = self._others(total, min(missing, OTHERS))
        return Results(
            kind=self.kind,
            total=total,
            hits=tuple(self._hits(found, following)),
            others=tuple(others),
            facets=self._labelled({name: self._forms() if name == "form" else found.answer.facets.get(name, ())
                                   for name in facets}, facet_values),
            histogram=found.answer.histogram,
            relaxed=bool(following),
            suggestion=self._suggestion(total) if relax and total < FEW_HITS else None,
            distinct=found.distinct,
        )

    def count(self) -> int:
        """How many documents answer the whole query."""
        return self.searcher.count(self._documents)

    def every(self, sort: Sort) -> Iterator[Hit]:
        """The whole answer in the order of search; documents are read as they are asked for."""
        order = self._order(sort)
        ranked = self.searcher.every(self._documents, self.query, order)
        if order == "best":
            best = list(islice(ranked, ranking.RERANKED))
            ranked = chain(self._reranked(best), ranked)
        return (hits.bare(document, each.score) for each in ranked for document in self.searcher.documents([each]))

    def columns(self, fields: Sequence[str], most: int) -> Iterator[tuple[str, Sequence[str]]]:
        """The newest of the answer: of each document its day, and its values of these fields."""
        found = list(islice(self.searcher.every(self._documents, self.query, "newest"), most))
        days = {moment: iso_day(moment) for moment in {each.last for each in found}}
        return zip([days[each.last] for each in found], self.searcher.columns(found, fields))

    # ---- What answers the whole query

    @cached_property
    def _documents(self) -> EngineQuery:
        return self._matching(self.query)

    def _matching(self, *parts: Query) -> EngineQuery:
        """The documents that match these parts and the filters."""
        return self._found(all_of((*parts, self.filters)))

    def _found(self, query: Query) -> EngineQuery:
        """The documents that match a tree, in whatever way its words are written."""
        return self.searcher.matching(spelt(query))

    def _order(self, sort: Sort) -> Order:
        if sort == "relevance":
            return "best" if self.searcher.scores(self.query) else "newest"
        return "newest" if sort == "certainty" and self.kind != "quotation" else sort

    def _page(self, order: Order, page: int, per_page: int, counts: Counts) -> _Page:
        """One page of the answer. The order is read only as far as the page needs."""
        end = page * per_page
        most = end + BEYOND
        first = answer = self._answer(order, most, counts)
        collapsed = _collapsed(answer.found, counts.distinct)
        while len(collapsed.leaders) < end and len(answer.found) < first.total > most:
            most *= 2
            answer = self._answer(order, most)
            collapsed = _collapsed(answer.found, counts.distinct)
        shown = collapsed.page(page, per_page)
        groups = [each.group for each in shown if each.group is not None] if counts.distinct else []
        if len(answer.found) >= first.total:
            return _Page(first, shown, len(collapsed.leaders), {each: collapsed.duplicates(each) for each in groups})
        distinct = first.distinct if counts.distinct else first.total
        sizes = self.searcher.group_sizes(self._documents, groups) if groups and distinct < first.total else {}
        return _Page(first, shown, distinct, {group: size - 1 for group, size in sizes.items()})

    def _answer(self, order: Order, most: int, counts: Counts = Counts()) -> Answer:
        answer = self.searcher.answer(self._documents, self.query, order, most, counts)
        return replace(answer, found=self._reranked(answer.found)) if order == "best" else answer

    def _reranked(self, found: Sequence[RankedDocument]) -> Sequence[RankedDocument]:
        words = [form for part in words_of(self.query) if part.field is None for form in forms(part.text)]
        return best_reranked(self.searcher, found, words)

    # ---- What follows when a page is not full

    @cached_property
    def _relaxed(self) -> tuple[tuple[Query, ...], tuple[Words, ...]]:
        return matching.relaxed(self.query)

    def _following(self, page: _Page, most: int, collapse: bool) -> Sequence[Following]:
        """The best documents that contain many of the words, and those that mean the same."""
        by_words = self._incomplete(most)
        found = list(map(Following, by_words))
        if self.meaning and (likeness := self._likeness()) is not None:
            shown = {each.group for each in page.shown} - {None} if collapse else set()
            words = [word.text for word in self._relaxed[1]]
            search = MeaningSearch(self.searcher, self.text, words, self.query, self._documents, self.filters,
                                   self.meaning, likeness)
            found = [each for each in search.following(by_words, self._possible())
                     if each.passage is None or each.document.group not in shown]
        groups = [each.document.group for each in found] if collapse else []
        return CollapsedHits(found, groups).page(1, most)

    def _likeness(self) -> Likeness | None:
        """How near documents are to the query; None if meaning has no say in it."""
        part = PARTS.get(self.kind)
        return self.meaning.likeness(self.text, part) if self.meaning and self.text and part else None

    def _possible(self) -> float:
        """What all the words together are worth."""
        words = [stem(form) for word in self._relaxed[1] for form in forms(word.text)]
        return sum(map(self.searcher.rarity(words), words))

    def _incomplete(self, most: int) -> Sequence[RankedDocument]:
        """The best documents that contain many of the words. Of a speaker who is asked for, also those that have the
        one word beside them."""
        required, words = self._relaxed
        if len(words) < (1 if self._speakers else 2):
            return ()
        found = self.searcher.containing_enough(
            words, self._matching(*required), self._documents, most + ranking.RERANKED)
        return best_reranked(self.searcher, found, [word.text for word in words])

    # ---- What others said

    @cached_property
    def _speakers(self) -> tuple[Query, ...]:
        """The parts of the query and of the filters that say whose quotations are sought."""
        parts = (*parts_of(self.query), *parts_of(self.filters))
        return tuple(filter(matching.asks_for_speaker, parts)) if self.kind == "quotation" else ()

    def _others(self, total: int, most: int) -> Sequence[Hit]:
        """The best of what others said in articles that name the speakers: what contains the words, then what contains
        some of them."""
        required, words = self._relaxed
        if not self._speakers or most < 1 or (total and not words):
            return ()
        rest = [part for part in (*required, *parts_of(self.filters)) if part not in self._speakers]
        found, whole = said_by_others(self.searcher, self._speakers, rest, words, most)
        best = CollapsedHits(found, [each.group for each in found]).page(1, most)
        shown = self._shown(best, And((*required, *words)))
        return [replace(hit, partial=each.number not in whole) for each, hit in zip(best, shown)]

    # ---- How it is shown

    def _hits(self, page: _Page, following: Sequence[Following]) -> Iterator[Hit]:
        for each, hit in zip(page.shown, self._shown(page.shown, self.query)):
            yield replace(hit, duplicates=page.duplicates.get(each.group, 0)) if each.group is not None else hit
        required, words = self._relaxed
        incomplete = self._shown([each.document for each in following], And((*required, *words)))
        for follows, hit in zip(following, incomplete):
            hit = replace(hit, partial=True)
            yield hits.by_meaning(hit, follows.passage) if follows.passage else hit

    def _shown(self, found: Sequence[RankedDocument], query: Query) -> Iterator[Hit]:
        """Documents with what of the query matched in them."""
        if not found:
            return
        marking = hits.Marking.of(query, self.kind, self._rarity())
        for each, document in zip(found, self.searcher.documents(found)):
            self.deadline.check()
            yield marking.hit(document, each.score)

    def _rarity(self) -> hits.Rarity:
        """What a matched word is worth in a passage; a phrase is worth its words. Only articles have passages."""
        written = [form for part in words_of(self.query) for form in forms(part.text)]
        rarity = self.searcher.rarity((*written, *map(stem, written)) if self.kind == "article" else ())
        return cache(lambda key: sum(map(rarity, key.split())))

    def _labelled(
        self, facets: Mapping[str, Sequence[FacetValue]], most: int
    ) -> Mapping[str, tuple[FacetValue, ...]]:
        """The most frequent values of each facet, people by their names."""
        frequent = {name: sorted(values, key=lambda each: (-each.count, each.value))[:most]
                    for name, values in facets.items()}
        slugs = dict.fromkeys(each.value for name in OF_PEOPLE for each in frequent.get(name, ()))
        names = self.searcher.names(list(slugs)) if slugs else {}
        return {name: tuple(FacetValue(each.value, names.get(each.value, each.value), each.count, each.first, each.last)
                            if name in OF_PEOPLE else each for each in values) for name, values in frequent.items()}

    def _forms(self) -> Sequence[FacetValue]:
        return counted_forms(self.query, self.filters, self.count(), lambda filters: self.searcher.count(
            self._found(all_of((self.query, filters)))))

    # ---- What may have been meant

    def _suggestion(self, total: int) -> str | None:
        """The query respelt, if that finds more than it does now."""
        other = respelt(self.query, self._better)
        if other is None:
            return None
        return to_text(other) if self.searcher.count(self._matching(other)) > total else None

    @cached_property
    def _frequencies(self) -> Mapping[tuple[str, str | None], int]:
        """How many documents contain each word, in the field in which it is sought."""
        return self.searcher.frequencies(
            (form_of(word), part.field) for part in words_of(self.query) for word in part.text.split())

    def _better(self, word: str, field: str | None) -> str | None:
        """A form one letter away that is far more frequent; a word that the archive uses is left alone, also one that
        a hyphen joins, and of parts that are all short (pre-k) too many others are one letter away."""
        form, written = form_of(word), forms(word)
        if not SHORTEST <= len(form) <= LONGEST or max(map(len, written), default=0) < min(SHORTEST, len(form)):
            return None
        if len(written) > 1 and self.searcher.count(self._matching(Words(word, field))):
            return None
        frequency = self._frequencies[form, field]
        if frequency > FEW_HITS:
            return None
        near = self.searcher.neighbours(form, field)
        best = max(near, key=near.__getitem__, default="")
        return best if best and near[best] > 4 * frequency + 1 else None


def _collapsed(found: Sequence[RankedDocument], collapse: bool) -> CollapsedHits[RankedDocument]:
    return CollapsedHits(found, (each.group for each in found) if collapse else ())
