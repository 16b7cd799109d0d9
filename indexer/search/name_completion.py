"""The names of all people, to answer while somebody types."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cached_property
from heapq import nlargest
from itertools import chain

from indexer.language import OTHER_FORMS
from indexer.search.analysis import name_forms
from indexer.search.doc_values import NAME_FORMS, NAMES, DocValues
from indexer.search.spelling import LONG, edits, neighbours

MOST_WORDS = 6                     # typed words that are looked at


class NameCompletion:
    """Finds people by the beginnings of the words of any of their names, give or take a letter."""

    def __init__(self, people: DocValues) -> None:
        self._values = people
        self._names = people.keywords[NAMES]
        self._holders = people.keywords[NAME_FORMS]

    @cached_property
    def _forms(self) -> Sequence[str]:
        """The words of all names in their order, made strings when they are first asked for: a typed word is compared
        with those of hundreds of places."""
        values = self._holders.values
        return [values[number] for number in values.sorted]

    def __contains__(self, form: str) -> bool:
        """Whether anybody has this word in a name."""
        return any(True for _ in self._people(form))

    def name_of(self, slug: str) -> str:
        """What the person of this slug is called; "" if there is none."""
        person = self._values.ids.find(slug)
        return self.names(person)[0] if person is not None else ""

    def names(self, person: int) -> list[str]:
        """The name of a person, and the aliases."""
        return [self._names.values[number] for number in self._names.of_document(person)]

    def _people(self, form: str) -> Set[int]:
        """Who has this word in a name."""
        return frozenset(self._holders.documents(form)) - self._values.gone

    def find(self, typed: str, limit: int) -> list[int]:
        """The numbers of the people whom the typed words may mean, the most quoted first; those whose names are a
        letter away follow those whose names begin so. If there are none, two letters of a long word may be wrong."""
        words = name_forms(typed)[:MOST_WORDS]
        found = self._named(words, self._beginning, limit)
        if len(found) < limit:
            further = self._named(words, lambda word: chain(self._beginning(word), self._nearly(word)), limit)
            found.extend(person for person in further if person not in found)
        return found[:limit] or self._named(
            words, lambda word: chain(self._beginning(word), self._nearly(word), self._farther(word)), limit)

    def _named(self, words: Sequence[str], forms_of: Callable[[str], Iterable[str]], most: int) -> list[int]:
        """The people who have a name that matches every word, so many of the most quoted."""
        if not words:
            return []
        forms = [frozenset(forms_of(word)) for word in words]
        people = set.intersection(*(set(chain.from_iterable(map(self._people, each))) for each in forms))
        if len(words) > 1:
            people = {person for person in people if self._matches(person, forms)}
        if len(people) > most > 0:           # of hundreds only those are put into their order that may be given
            least = nlargest(most, map(self._values.quotations.__getitem__, people))[-1]
            people = {person for person in people if self._values.quotations[person] >= least}
        return sorted(people, key=lambda person: (-self._values.quotations[person], self.names(person)[0]))[:most]

    def _matches(self, person: int, forms: Sequence[frozenset[str]]) -> bool:
        return any(all(not each.isdisjoint(name) for each in forms) for name in map(name_forms, self.names(person)))

    def _beginning(self, word: str) -> Iterator[str]:
        for place in range(bisect_left(self._forms, word), len(self._forms)):
            if not self._forms[place].startswith(word):
                return
            yield self._forms[place]

    def _nearly(self, word: str) -> Iterator[str]:
        """Forms that begin a letter away, and other forms of the same given name."""
        yield from chain.from_iterable(map(self._beginning, neighbours(word)))
        yield from (form for form in OTHER_FORMS.get(word, ()) if form in self)

    def _farther(self, word: str) -> Iterator[str]:
        """Forms two letters away from a long word; the first letter stays."""
        if len(word) >= LONG:
            yield from (form for form in self._beginning(word[0]) if edits(word, form, 2) <= 2)
