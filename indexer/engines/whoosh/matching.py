"""Which documents answer a query: every part of it is a set of document numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import reduce

from indexer.engines.whoosh.index import KindIndex
from indexer.errors import QueryTooLarge
from indexer.query import And, Exact, InArticle, Near, Not, Or, Phrase, Prefix, Query, Range, Words
from indexer.search import Deadline, analysis, matching

FEW = 8                            # of one document in so many the article is looked up, of more those of all articles
CHECKED_AT_ONCE = 256              # documents between two looks at the clock


class Matcher:
    """Finds the documents of one kind, within one deadline."""

    def __init__(self, index: KindIndex, deadline: Deadline) -> None:
        self.index = index
        self.deadline = deadline

    def documents(self, query: Query, among: Set[int] | None = None) -> Set[int]:
        """The documents that match the whole query. among: no others are asked for; they may be there or not."""
        self.deadline.check()
        match query:
            case And(parts):
                return self._all(parts, among)
            case Or(parts):
                return set().union(*(self.documents(part, among) for part in parts))
            case Not(part):
                return (self.index.everything if among is None else among) - self.documents(part, among)
            case Exact(value, field):
                return self.index.having(field, value)
            case InArticle(part):
                return self._in_articles(part, among)
            case Range(field, start, end):
                return self.index.doc_values.between(start, end) if field == "date" else set()
        fields = matching.fields(query.field, self.index.kind)
        if isinstance(query, Words) and (word := _one_word(query, fields)):
            return self._holding(word, fields, exact=False)
        return set().union(*(self.in_field(query, field, among) for field in fields))

    def _in_articles(self, part: Query, among: Set[int] | None) -> Set[int]:
        """The documents whose article matches."""
        values = self.index.doc_values
        if self.index.articles is None:
            return self.documents(part, among)
        articles = Matcher(self.index.articles, self.deadline)
        if among is None or len(among) * FEW > len(values):
            return values.of_articles(articles.documents(part))
        article = {document: of for document in among if (of := values.article[document]) >= 0}
        found = articles.documents(part, frozenset(article.values()))
        return {document for document, of in article.items() if of in found}

    def _all(self, parts: Sequence[Query], among: Set[int] | None) -> Set[int]:
        """The documents that match all the parts; each part is asked of those that the parts before it have left."""
        found = among
        for part in sorted(parts, key=_order):
            matched = self.documents(part, found)
            found = matched if found is None else found & matched
        return self.index.everything if found is None else found

    def in_field(self, part: Words | Phrase | Prefix | Near, field: str, among: Set[int] | None = None) -> Set[int]:
        """The documents of which one field matches a part; among as in documents."""
        if isinstance(part, Prefix):
            return self.index.containing(field, self._watched(self.expansions(part, field)))
        wanted = matching.proximity(part, field)
        if wanted is None:
            return set()
        containing = [self._holding(word, (field,), wanted.exact)
                      for word in dict.fromkeys((*wanted.words, *wanted.initials))]
        if len(wanted.words) > 1 and among is not None:
            containing.append(among)
        found: Set[int] = reduce(lambda left, right: left & right, sorted(containing, key=len))
        return found if len(wanted.words) < 2 else set(self._near(found, field, wanted))

    def expansions(self, part: Prefix, field: str) -> Sequence[str]:
        """The terms of a field that begin with what was typed; QueryTooLarge if there are too many."""
        letters = "".join((analysis.name_forms if matching.is_name(field) else analysis.forms)(part.text))
        found = self.index.beginning(field, letters)
        if len(found) > self.deadline.expansions:
            raise QueryTooLarge(f"{len(found):,} words begin with “{part.text}”: give more letters.")
        return found

    def _holding(self, word: str, fields: tuple[str, ...], exact: bool) -> Set[int]:
        return self.index.holding(word, fields, exact, self.deadline.check)

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


def _one_word(part: Words, fields: Sequence[str]) -> str:
    """The stem of the word that is sought in all these fields; "" if there are several, or a name is sought."""
    written = () if any(map(matching.is_name, fields)) else analysis.forms(part.text)
    return analysis.stem(written[0]) if len(written) == 1 else ""


def _order(part: Query) -> int:
    """What takes a look at other documents, or into each of them, comes last; what is left out is left out of few."""
    match part:
        case And(parts) | Or(parts):
            return max(map(_order, parts), default=0)
        case Not(inner):
            return max(1, _order(inner))
    return 2 if isinstance(part, InArticle | Phrase | Near) else 0
