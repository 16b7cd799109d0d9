"""Which documents answer a query: our tree as Tantivy's queries. Its parser is never used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from tantivy import Query as Asking

from indexer.engines.tantivy.index import NOTHING, Collection, all_of, any_of
from indexer.errors import QueryTooLarge
from indexer.language import forms
from indexer.query import And, Exact, InArticle, Near, Not, Or, Phrase, Prefix, Query, Range, Words
from indexer.schema import KEYWORDS
from indexer.search import Deadline, Together, matching, moment, name_forms, name_positions, positions, stem

CHECKED_AT_ONCE = 64               # documents between two looks at the clock
FEW = 5_000                        # quotations whose articles are looked at one by one


class Matcher:
    """Answers the queries of one collection, within one deadline."""

    def __init__(self, collection: Collection, articles: Collection, deadline: Deadline) -> None:
        self.collection = collection
        self.articles = articles
        self.deadline = deadline

    def asking(self, query: Query) -> Asking:
        """The documents that answer the whole query; what they score means nothing."""
        self.deadline.check()
        match query:
            case And(parts):
                return self._all(parts)
            case Or(parts):
                return any_of([self.asking(part) for part in parts])
            case Not(part):
                return all_of([], [self.asking(part)])
            case Exact(value, field):
                return self._exact(value, field)
            case InArticle(part):
                return self._in_articles(part)
            case Range(field, start, end):
                return self._between(start, end) if field == "date" else NOTHING
        fields = matching.fields(query.field, self.collection.kind)
        return any_of([self.in_field(query, field) for field in fields if self._has(field)])

    def _all(self, parts: Sequence[Query]) -> Asking:
        wanted = [self.asking(part) for part in parts if not isinstance(part, Not | InArticle)]
        unwanted = [self.asking(part.part) for part in parts if isinstance(part, Not)]
        beside = [self._in_articles(part.part, wanted) for part in parts if isinstance(part, InArticle)]
        return all_of([*wanted, *beside], unwanted)

    def _has(self, field: str) -> bool:
        return field in matching.KEYS[self.collection.kind]

    def _exact(self, value: str, field: str) -> Asking:
        return self.collection.term(field, value) if field in KEYWORDS else NOTHING

    def _between(self, start: date | None, end: date | None) -> Asking:
        """The documents of these days, both included. Undated documents are of no day."""
        earliest = moment(start.isoformat()) if start else 1
        latest = moment(end.isoformat()) + 9999 if end else None
        return all_of([self.collection.between("last", earliest, None), self.collection.between("first", 1, latest)])

    def _in_articles(self, part: Query, among: Sequence[Asking] = ()) -> Asking:
        """What stands in an article that answers. Only what is among the quotations that are asked for otherwise
        need be right: where those are few, only their articles are looked at."""
        if self.collection.kind != "quotation" or matching.asked_fields(part) <= matching.SHARED:
            return self.asking(part)
        found = Matcher(self.articles, self.articles, self.deadline).asking(part)
        if among and self.collection.count(all_of(among)) <= FEW:
            own = self.collection.numbers(all_of(among), "article")
            found = all_of([found, self.articles.numbered("article", own)])
        return self.collection.numbered("article", self.articles.numbers(found, "article"))

    def in_field(self, part: Words | Phrase | Prefix | Near, field: str) -> Asking:
        """The documents of which one field answers a part."""
        if isinstance(part, Prefix):
            return Asking.term_set_query(self.collection.schema, self.collection.forms_field(field),
                                         self.expansions(part, field))
        together = matching.sequence(part, field)
        if together is None:
            return NOTHING
        name = self.collection.forms_field(field) if together.exact else self.collection.field(field)
        initials = [self.collection.term(name, each) for each in together.initials]
        return all_of([*self._standing(together, field, name), *initials])

    def expansions(self, part: Prefix, field: str) -> Sequence[str]:
        """The terms of a field that begin with what was typed."""
        letters = "".join((name_forms if matching.is_name(field) else forms)(part.text))
        most = self.deadline.expansions
        found = self.collection.beginning(self.collection.forms_field(field), letters, most + 1)
        if len(found) > most:
            raise QueryTooLarge(f"More than {most:,} words begin with “{part.text}”: give more letters.")
        return found

    def _standing(self, together: Together, field: str, name: str) -> Iterator[Asking]:
        """What words that must stand together ask of an indexed field."""
        words = together.words
        if len(words) < 2:
            yield from (self.collection.term(name, word) for word in words)
        elif together.distance is None:
            yield self.phrase(name, words)
        elif len(words) == 2 and words[0] != words[1]:
            yield self.near(name, words[0], words[1], together.distance)
        else:
            yield self._within(together, field, name)

    def phrase(self, name: str, words: Sequence[str], between: int = 0) -> Asking:
        """Words in this order with at most so many others between them."""
        placed: list[str | tuple[int, str]] = [*words]
        return Asking.phrase_query(self.collection.schema, name, placed, slop=between)

    def near(self, name: str, one: str, other: str, distance: int) -> Asking:
        """Two words in any order with at most so many others between."""
        return any_of([self.phrase(name, pair, distance) for pair in ((one, other), (other, one))])

    def _within(self, together: Together, field: str, name: str) -> Asking:
        """Three words and more: Tantivy finds those of which any two are near enough, we look where all stand."""
        words = tuple(dict.fromkeys(together.words))
        farthest = (together.distance or 0) + len(together.words) - 2
        pairs = [self.near(name, one, other, farthest) for one, other in combinations(words, 2)]
        found = self.collection.best(all_of(pairs or [self.collection.term(name, words[0])]), len(self.collection))
        standing = []
        for place, each in enumerate(found):
            if place % CHECKED_AT_ONCE == 0:
                self.deadline.check()
            texts = matching.values(self.collection.document(each.address), field)
            if stands(together, field, texts):
                standing.append(each.number)
        return self.collection.numbered("number", standing)


def stands(together: Together, field: str, texts: Sequence[str]) -> bool:
    """Whether the words stand together in these values of a field."""
    if matching.is_name(field):
        places = name_positions(texts)
    else:
        places = {}
        for form, held in positions(texts).items():
            term = form if together.exact else stem(form)
            places[term] = sorted([*places.get(term, ()), *held])
    return matching.stands(together, lambda word: places.get(word, ()))
