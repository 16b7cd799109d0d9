"""People while somebody types: by the beginnings of the words of any of their names, give or take a letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tantivy import Query as EngineQuery

from indexer.engines.tantivy.index import KindIndex, all_of
from indexer.language import OTHER_FORMS
from indexer.search import Document, analysis, spelling

MOST_WORDS = 6                     # typed words that are looked at
EXPANSIONS = 5_000                 # words of names that a typed beginning may match
WORDS_OF_A_LETTER = 100_000        # words of names with the same first letter that are compared with a long one
LOOKED_AT = 200                    # the most quoted of those whose names may answer


def suggested(people: KindIndex, typed: str, limit: int) -> list[Document]:
    """The people whom the typed words may mean, the most quoted first; those whose names are a letter away follow those
    whose names begin so, and so do those who have another form of the same given name. If there are none, two letters
    of a long word may be wrong."""
    words = analysis.name_forms(typed)[:MOST_WORDS]
    found = _named(people, [_beginning(people, [word]) for word in words], limit)
    nearly: list[frozenset[str]] = []
    if len(found) < limit:
        nearly = [_beginning(people, [word, *spelling.neighbours(word)]) | OTHER_FORMS.get(word, frozenset())
                  for word in words]
        further = _named(people, nearly, limit)
        found += [person for person in further if person not in found]
    return found[:limit] or _named(
        people, [near | _farther(people, word) for near, word in zip(nearly, words)], limit)


def _named(people: KindIndex, forms: Sequence[frozenset[str]], limit: int) -> list[Document]:
    """The people who have a name that contains one of the forms of every word."""
    if not forms:
        return []
    possible = all_of([EngineQuery.term_set_query(people.schema, "speaker", sorted(each)) for each in forms])
    most_quoted = people.ranked(possible, "quotations", max(limit, LOOKED_AT))
    found = [person for person in (people.document(each.place) for each in most_quoted) if _matches(person, forms)]
    return sorted(found, key=lambda person: (-person["quotations"], person["name"]))[:limit]


def _beginning(people: KindIndex, beginnings: Iterable[str]) -> frozenset[str]:
    return frozenset(form for letters in beginnings for form in people.beginning("speaker", letters, EXPANSIONS))


def _farther(people: KindIndex, word: str) -> frozenset[str]:
    """Forms two letters away from a long word; the first letter stays."""
    if len(word) < spelling.LONG:
        return frozenset()
    return frozenset(form for form in people.beginning("speaker", word[0], WORDS_OF_A_LETTER)
                     if spelling.edits(word, form, 2) <= 2)


def _matches(person: Document, forms: Sequence[frozenset[str]]) -> bool:
    names = map(analysis.name_forms, (person["name"], *person["aliases"]))
    return any(all(not each.isdisjoint(name) for each in forms) for name in names)
