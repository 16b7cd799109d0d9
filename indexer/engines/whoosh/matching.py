"""Which documents answer a query: every part of it is a set of document numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import reduce

from indexer.engines.whoosh.index import KindIndex
from indexer.errors import QueryTooLarge
from indexer.query import And, Exact, InArticle, Near, Not, Or, Phrase, Prefix, Query, Range, Words
from indexer.search import Deadline, analysis, matching

CHECKED_AT_ONCE = 256              # documents between two looks at the clock


class Matcher:
    """Finds the documents of one kind, within one deadline."""

    def __init__(self, index: KindIndex, deadline: Deadline) -> None:
        self.index = index
        self.deadline = deadline

    def documents(self, query: Query) -> Set[int]:
        """The documents that match the whole query."""
        self.deadline.check()
        match query:
            case And(parts):
                return self._all(parts)
            case Or(parts):
                return set().union(*map(self.documents, parts))
            case Not(part):
                return self.index.everything - self.documents(part)
            case Exact(value, field):
                return self.index.having(field, value)
            case InArticle(part):
                return self._in_articles(part)
            case Range(field, start, end):
                return self.index.doc_values.between(start, end) if field == "date" else set()
        fields = matching.fields(query.field, self.index.kind)
        return set().union(*(self.in_field(query, field) for field in fields))

    def _in_articles(self, part: Query) -> Set[int]:
        """The documents whose article matches."""
        if self.index.articles is None:
            return self.documents(part)
        found = Matcher(self.index.articles, self.deadline).documents(part)
        return self.index.doc_values.of_articles(found)

    def _all(self, parts: Sequence[Query]) -> Set[int]:
        """The documents that match all the parts; what they exclude is removed at the end."""
        wanted = [self.documents(part) for part in parts if not isinstance(part, Not)]
        unwanted = [self.documents(part.part) for part in parts if isinstance(part, Not)]
        smallest_first = sorted(wanted, key=len) or [self.index.everything]
        found: Set[int] = reduce(lambda left, right: left & right, smallest_first)
        return reduce(lambda left, right: left - right, unwanted, found)

    def in_field(self, part: Words | Phrase | Prefix | Near, field: str) -> Set[int]:
        """The documents of which one field matches a part."""
        if isinstance(part, Prefix):
            return self.index.containing(field, self._watched(self.expansions(part, field)))
        wanted = matching.proximity(part, field)
        if wanted is None:
            return set()
        containing = [self.index.containing(field, self._watched(self.index.terms(field, word, wanted.exact)))
                      for word in dict.fromkeys((*wanted.words, *wanted.initials))]
        found: Set[int] = reduce(lambda left, right: left & right, sorted(containing, key=len))
        return found if len(wanted.words) < 2 else set(self._near(found, field, wanted))

    def expansions(self, part: Prefix, field: str) -> Sequence[str]:
        """The terms of a field that begin with what was typed; QueryTooLarge if there are too many."""
        letters = "".join((analysis.name_forms if matching.is_name(field) else analysis.forms)(part.text))
        found = self.index.beginning(field, letters)
        if len(found) > self.deadline.expansions:
            raise QueryTooLarge(f"{len(found):,} words begin with “{part.text}”: give more letters.")
        return found

    def _watched(self, terms: Iterable[str]) -> Iterable[str]:
        """The same terms, while there is time."""
        for term in terms:
            self.deadline.check()
            yield term

    def _near(self, documents: Set[int], field: str, wanted: matching.Proximity) -> Iterable[int]:
        """Of documents that contain all the words, those in which they are together."""
        places = {word: self.index.places(field, self.index.terms(field, word, wanted.exact))
                  for word in (*wanted.words, *wanted.initials)}
        for count, document in enumerate(documents):
            if count % CHECKED_AT_ONCE == 0:
                self.deadline.check()
            if matching.contains(wanted, lambda word: places[word](document)):
                yield document
