"""The names of all people, in memory, to answer while somebody types."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from indexer.language import OTHER_FORMS
from indexer.search.analysis import name_forms
from indexer.search.spelling import LONG, edits, neighbours

MOST_WORDS = 6                     # typed words that are looked at


class NameCompletion:
    """Finds people by the beginnings of the words of any of their names, give or take a letter."""

    def __init__(self, names: Sequence[Sequence[str]], quoted: Sequence[int]) -> None:
        self._names = names           # of each person: the name, then the aliases
        self._quoted = quoted
        people: defaultdict[str, list[int]] = defaultdict(list)
        for person, known_as in enumerate(names):
            for form in {form for name in known_as for form in name_forms(name)}:
                people[form].append(person)
        # Tuples, which the garbage collector skips: with them it takes 30 ms instead of 180.
        self._people = {form: tuple(found) for form, found in people.items()}
        self._forms = sorted(self._people)

    def __contains__(self, form: str) -> bool:
        """Whether anybody has this word in a name."""
        return form in self._people

    def find(self, typed: str, limit: int) -> list[int]:
        """The numbers of the people whom the typed words may mean, the most quoted first; those whose names are a
        letter away follow those whose names begin so. If there are none, two letters of a long word may be wrong."""
        words = name_forms(typed)[:MOST_WORDS]
        found = self._named(words, self._beginning)[:limit]
        if len(found) < limit:
            further = self._named(words, lambda word: chain(self._beginning(word), self._nearly(word)))
            found.extend(person for person in further[:limit] if person not in found)
        return found[:limit] or self._named(
            words, lambda word: chain(self._beginning(word), self._nearly(word), self._farther(word)))[:limit]

    def _named(self, words: Sequence[str], forms_of: Callable[[str], Iterable[str]]) -> list[int]:
        """The people who have a name that matches every word."""
        if not words:
            return []
        forms = [frozenset(forms_of(word)) for word in words]
        people = set.intersection(*(set(chain.from_iterable(map(self._people.__getitem__, each))) for each in forms))
        if len(words) > 1:
            people = {person for person in people if self._matches(person, forms)}
        return sorted(people, key=lambda person: (-self._quoted[person], self._names[person][0]))

    def _matches(self, person: int, forms: Sequence[frozenset[str]]) -> bool:
        return any(all(not each.isdisjoint(name) for each in forms) for name in map(name_forms, self._names[person]))

    def _beginning(self, word: str) -> Iterator[str]:
        for place in range(bisect_left(self._forms, word), len(self._forms)):
            if not self._forms[place].startswith(word):
                return
            yield self._forms[place]

    def _nearly(self, word: str) -> Iterator[str]:
        """Forms that begin a letter away, and other forms of the same given name."""
        yield from chain.from_iterable(map(self._beginning, neighbours(word)))
        yield from (form for form in OTHER_FORMS.get(word, ()) if form in self._people)

    def _farther(self, word: str) -> Iterator[str]:
        """Forms two letters away from a long word; the first letter stays."""
        if len(word) >= LONG:
            yield from (form for form in self._beginning(word[0]) if edits(word, form, 2) <= 2)
