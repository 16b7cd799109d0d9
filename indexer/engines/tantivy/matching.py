"""Which documents answer a query: our tree as Tantivy's queries. Its parser is never used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from tantivy import Query as EngineQuery

from indexer.engines.tantivy.index import NOTHING, KindIndex, all_of, any_of
from indexer.errors import QueryTooLarge
from indexer.query import And, Exact, InArticle, Near, Not, Or, Phrase, Prefix, Query, Range, Words
from indexer.schema import KEYWORDS
from indexer.search import Deadline, analysis, doc_values, matching

CHECKED_AT_ONCE = 64               # documents between two looks at the clock
FEW = 5_000                        # quotations whose articles are looked at one by one


class Matcher:
    """Makes the queries of one kind of document, within one deadline."""

    def __init__(self, index: KindIndex, articles: KindIndex, deadline: Deadline) -> None:
        self.index = index
        self.articles = articles
        self.deadline = deadline

    def engine_query(self, query: Query) -> EngineQuery:
        """The documents that match the whole query; their scores mean nothing."""
        self.deadline.check()
        match query:
            case And(parts):
                return self._all(parts)
            case Or(parts):
                return any_of([self.engine_query(part) for part in parts])
            case Not(part):
                return all_of([], [self.engine_query(part)])
            case Exact(value, field):
                return self._exact(value, field)
            case InArticle(part):
                return self._in_articles(part)
            case Range(field, start, end):
                return self._between(start, end) if field == "date" else NOTHING
        fields = matching.fields(query.field, self.index.kind)
        return any_of([self.in_field(query, field) for field in fields])

    def _all(self, parts: Sequence[Query]) -> EngineQuery:
        wanted = [self.engine_query(part) for part in parts if not isinstance(part, Not | InArticle)]
        unwanted = [self.engine_query(part.part) for part in parts if isinstance(part, Not)]
        beside = [self._in_articles(part.part, wanted) for part in parts if isinstance(part, InArticle)]
        return all_of([*wanted, *beside], unwanted)

    def _exact(self, value: str, field: str) -> EngineQuery:
        return self.index.term(field, value) if field in KEYWORDS else NOTHING

    def _between(self, start: date | None, end: date | None) -> EngineQuery:
        """The documents of these days, both included. Undated documents have no day."""
        earliest = doc_values.moment(start.isoformat()) if start else 1
        latest = doc_values.moment(end.isoformat()) + 9999 if end else None
        return all_of([self.index.between("last", earliest, None), self.index.between("first", 1, latest)])

    def _in_articles(self, part: Query, among: Sequence[EngineQuery] = ()) -> EngineQuery:
        """The documents whose article matches. It only has to be right about quotations that match the other queries:
        if those are few, only their articles are looked at."""
        if self.index.kind != "quotation" or matching.asked_fields(part) <= matching.SHARED:
            return self.engine_query(part)
        found = Matcher(self.articles, self.articles, self.deadline).engine_query(part)
        if among and self.index.count(all_of(among)) <= FEW:
            own = self.index.numbers(all_of(among), "article")
            found = all_of([found, self.articles.numbered("article", own)])
        return self.index.numbered("article", self.articles.numbers(found, "article"))

    def in_field(self, part: Words | Phrase | Prefix | Near, field: str) -> EngineQuery:
        """The documents of which one field matches a part."""
        if isinstance(part, Prefix):
            return EngineQuery.term_set_query(
                self.index.schema, self.index.forms_field(field), self.expansions(part, field))
        wanted = matching.proximity(part, field)
        if wanted is None:
            return NOTHING
        name = self.index.forms_field(field) if wanted.exact else self.index.field(field)
        initials = [self.index.term(name, each) for each in wanted.initials]
        return all_of([*self._close(wanted, field, name), *initials])

    def expansions(self, part: Prefix, field: str) -> Sequence[str]:
        """The terms of a field that begin with what was typed; QueryTooLarge if there are too many."""
        letters = "".join((analysis.name_forms if matching.is_name(field) else analysis.forms)(part.text))
        most = self.deadline.expansions
        found = self.index.beginning(self.index.forms_field(field), letters, most + 1)
        if len(found) > most:
            raise QueryTooLarge(f"More than {most:,} words begin with “{part.text}”: give more letters.")
        return found

    def _close(self, wanted: matching.Proximity, field: str, name: str) -> Iterator[EngineQuery]:
        """What an indexed field must match to contain the words together."""
        words = wanted.words
        if len(words) < 2:
            yield from (self.index.term(name, word) for word in words)
        elif wanted.distance is None:
            yield self.phrase(name, words)
        elif len(words) == 2 and words[0] != words[1]:
            yield self.near(name, words[0], words[1], wanted.distance)
        else:
            yield self._within(wanted, field, name)

    def phrase(self, name: str, words: Sequence[str], between: int = 0) -> EngineQuery:
        """Words in this order with at most so many others between them."""
        placed: list[str | tuple[int, str]] = [*words]
        return EngineQuery.phrase_query(self.index.schema, name, placed, slop=between)

    def near(self, name: str, one: str, other: str, distance: int) -> EngineQuery:
        """Two words in any order with at most so many others between."""
        return any_of([self.phrase(name, pair, distance) for pair in ((one, other), (other, one))])

    def _within(self, wanted: matching.Proximity, field: str, name: str) -> EngineQuery:
        """Three words and more: Tantivy finds the documents in which each two are near enough, and in those we look at
        all of them together."""
        words = tuple(dict.fromkeys(wanted.words))
        farthest = (wanted.distance or 0) + len(wanted.words) - 2
        pairs = [self.near(name, one, other, farthest) for one, other in combinations(words, 2)]
        found = self.index.best(all_of(pairs or [self.index.term(name, words[0])]), len(self.index))
        numbers = []
        for place, each in enumerate(found):
            if place % CHECKED_AT_ONCE == 0:
                self.deadline.check()
            texts = matching.values(self.index.document(each.place), field)
            if contains(wanted, field, texts):
                numbers.append(each.number)
        return self.index.numbered("number", numbers)


def contains(wanted: matching.Proximity, field: str, texts: Sequence[str]) -> bool:
    """Whether these values of a field contain the words together."""
    if matching.is_name(field):
        places = analysis.name_positions(texts)
    else:
        places = {}
        for form, found in analysis.positions(texts).items():
            term = form if wanted.exact else analysis.stem(form)
            places[term] = sorted([*places.get(term, ()), *found])
    return matching.contains(wanted, lambda word: places.get(word, ()))
