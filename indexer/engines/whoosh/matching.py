"""Which documents answer a query: every part of it is a set of document numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import reduce

from indexer.engines.whoosh.index import Collection
from indexer.errors import QueryTooLarge
from indexer.language import forms
from indexer.query import And, Exact, InArticle, Near, Not, Or, Phrase, Prefix, Query, Range, Words
from indexer.search import Deadline, Together, matching, name_forms

CHECKED_AT_ONCE = 256              # documents between two looks at the clock


class Matcher:
    """Answers the queries of one collection, within one deadline."""

    def __init__(self, collection: Collection, deadline: Deadline) -> None:
        self.collection = collection
        self.deadline = deadline

    def documents(self, query: Query) -> Set[int]:
        """The documents that answer the whole query."""
        self.deadline.check()
        match query:
            case And(parts):
                return self._all(parts)
            case Or(parts):
                return set().union(*map(self.documents, parts))
            case Not(part):
                return self.collection.everything - self.documents(part)
            case Exact(value, field):
                return set(self.collection.numbered(field, value))
            case InArticle(part):
                return self._in_articles(part)
            case Range(field, start, end):
                return self.collection.columns.between(start, end) if field == "date" else set()
        fields = matching.fields(query.field, self.collection.kind)
        return set().union(*(self.in_field(query, field) for field in fields if self._has(field)))

    def _in_articles(self, part: Query) -> Set[int]:
        """What stands in an article that answers."""
        if self.collection.articles is None:
            return self.documents(part)
        found = Matcher(self.collection.articles, self.deadline).documents(part)
        standing_in = self.collection.standing_in
        return {each for each in self.collection.everything if standing_in[each] in found}

    def _has(self, field: str) -> bool:
        return field in matching.KEYS[self.collection.kind]

    def _all(self, parts: Sequence[Query]) -> Set[int]:
        """What all the parts have in common; what they exclude is taken off at the end."""
        wanted = [self.documents(part) for part in parts if not isinstance(part, Not)]
        unwanted = [self.documents(part.part) for part in parts if isinstance(part, Not)]
        smallest_first = sorted(wanted, key=len)
        found: Set[int] = reduce(lambda left, right: left & right, smallest_first, self.collection.everything)
        return reduce(lambda left, right: left - right, unwanted, found)

    def in_field(self, part: Words | Phrase | Prefix | Near, field: str) -> Set[int]:
        """The documents of which one field answers a part."""
        if isinstance(part, Prefix):
            return self.collection.holding(field, self._watched(self.expansions(part, field)))
        together = matching.sequence(part, field)
        if together is None:
            return set()
        held = [self.collection.holding(field, self._watched(self.collection.terms(field, word, together.exact)))
                for word in dict.fromkeys((*together.words, *together.initials))]
        found: Set[int] = reduce(lambda left, right: left & right, sorted(held, key=len))
        return found if len(together.words) < 2 else set(self._standing(found, field, together))

    def expansions(self, part: Prefix, field: str) -> Sequence[str]:
        """The terms of a field that begin with what was typed."""
        letters = "".join((name_forms if matching.is_name(field) else forms)(part.text))
        found = self.collection.beginning(field, letters)
        if len(found) > self.deadline.expansions:
            raise QueryTooLarge(f"{len(found):,} words begin with “{part.text}”: give more letters.")
        return found

    def _watched(self, terms: Iterable[str]) -> Iterable[str]:
        """The same terms, while there is time."""
        for term in terms:
            self.deadline.check()
            yield term

    def _standing(self, documents: Set[int], field: str, together: Together) -> Iterable[int]:
        """Of documents that hold all the words, those in which they stand together."""
        standing = {word: self.collection.places(field, self.collection.terms(field, word, together.exact))
                    for word in (*together.words, *together.initials)}
        for count, document in enumerate(documents):
            if count % CHECKED_AT_ONCE == 0:
                self.deadline.check()
            if matching.stands(together, lambda word: standing[word](document)):
                yield document
