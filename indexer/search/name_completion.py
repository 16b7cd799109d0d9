"""The names of all people, held in memory to answer while somebody types."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from indexer.language import OTHER_FORMS
from indexer.search.analysis import name_forms
from indexer.search.spelling import neighbours

MOST_WORDS = 6                     # typed words that are looked at


class Directory:
    """Finds people by the beginnings of the words of any of their names, give or take a letter."""

    def __init__(self, names: Sequence[Sequence[str]], quoted: Sequence[int]) -> None:
        self._names = names           # of each person: the name, then the aliases
        self._quoted = quoted
        bearers: defaultdict[str, list[int]] = defaultdict(list)
        for person, known_as in enumerate(names):
            for form in {form for name in known_as for form in name_forms(name)}:
                bearers[form].append(person)
        # Tuples, which the garbage collector passes over: a collection is 30 ms instead of 180.
        self._bearers = {form: tuple(people) for form, people in bearers.items()}
        self._forms = sorted(self._bearers)

    def bearers(self, form: str) -> int:
        """How many people have this word in a name."""
        return len(self._bearers.get(form, ()))

    def find(self, typed: str, limit: int) -> list[int]:
        """The people whom the typed words may mean, most quoted first; those whose names are a letter away
        follow those whose names begin so."""
        words = name_forms(typed)[:MOST_WORDS]
        found = self._meant(words, self._beginning)[:limit]
        if len(found) < limit:
            further = self._meant(words, lambda word: chain(self._beginning(word), self._nearly(word)))
            found.extend(person for person in further[:limit] if person not in found)
        return found[:limit]

    def _meant(self, words: Sequence[str], forms_of: Callable[[str], Iterable[str]]) -> list[int]:
        """The people of whom one name answers every word."""
        if not words:
            return []
        forms = [frozenset(forms_of(word)) for word in words]
        bearers = [set(chain.from_iterable(map(self._bearers.__getitem__, each))) for each in forms]
        people = set.intersection(*bearers)
        if len(words) > 1:
            people = {person for person in people if self._answers(person, forms)}
        return sorted(people, key=lambda person: (-self._quoted[person], self._names[person][0]))

    def _answers(self, person: int, forms: Sequence[frozenset[str]]) -> bool:
        return any(all(not each.isdisjoint(name) for each in forms) for name in map(name_forms, self._names[person]))

    def _beginning(self, word: str) -> Iterator[str]:
        for place in range(bisect_left(self._forms, word), len(self._forms)):
            if not self._forms[place].startswith(word):
                return
            yield self._forms[place]

    def _nearly(self, word: str) -> Iterator[str]:
        """Forms that begin a letter away, and other forms of the same given name."""
        yield from chain.from_iterable(map(self._beginning, neighbours(word)))
        yield from (form for form in OTHER_FORMS.get(word, ()) if form in self._bearers)
