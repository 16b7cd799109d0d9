"""The forest of name forms: one tree for each person, and what forbids that two trees become one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from indexer.identity.name_forms import NameForm, sort_key
from indexer.language import Gender

SAME_BIRTH = 3        # years that the births of one person may be apart, by ages that are rounded or wrong by one


@dataclass(frozen=True, slots=True)
class Marks:
    """What cannot differ between the forms of one person's name."""

    middles: frozenset[str] = frozenset()            # the first letters of the first middle names
    generations: frozenset[str] = frozenset()
    genders: frozenset[Gender] = frozenset()
    births: frozenset[int] = frozenset()             # years, each within one

    def clash(self, other: Marks) -> bool:
        """Whether father and son, John A. and John B., a man and a woman, a pupil and a judge would become one."""
        pairs = ((self.middles, other.middles), (self.generations, other.generations), (self.genders, other.genders))
        births = self.births | other.births
        too_far = bool(self.births and other.births) and max(births) - min(births) > SAME_BIRTH
        return too_far or any(one and another and one != another for one, another in pairs)

    def with_those(self, other: Marks) -> Marks:
        return Marks(self.middles | other.middles, self.generations | other.generations, self.genders | other.genders,
                     self.births | other.births)


@lru_cache(10_000)
def _marks(middle: str, generation: str, gender: Gender | None, births: frozenset[int]) -> Marks:
    """The marks of one form; most have the same."""
    return Marks(frozenset(filter(None, (middle,))), frozenset(filter(None, (generation,))),
                 frozenset((gender,) if gender else ()), births)


class Forest:
    """Forms that are one person's, joined pair by pair."""

    def __init__(self, genders: Mapping[NameForm, Gender], births: Mapping[NameForm, frozenset[int]]) -> None:
        self._genders = genders
        self._births = births
        self._parent: dict[NameForm, NameForm] = {}
        self._marks: dict[NameForm, Marks] = {}
        self._givens: dict[NameForm, frozenset[str]] = {}

    def root(self, form: NameForm) -> NameForm:
        above = self._parent.get(form)
        if above is None:
            self._plant(form)
            return form
        if above is form or above == form:
            return above
        path = []
        while (above := self._parent[form]) != form:
            path.append(form)
            form = above
        for each in path:
            self._parent[each] = form
        return form

    def _plant(self, form: NameForm) -> None:
        self._parent[form] = form
        self._givens[form] = frozenset((form.given,))
        self._marks[form] = _marks(form.middle[0][0] if form.middle else "", form.generation,
                                   self._genders.get(form), self._births.get(form, frozenset()))

    def givens(self, form: NameForm) -> frozenset[str]:
        """Every given name of the person whose form this is."""
        return self._givens[self.root(form)]

    def generations(self, form: NameForm) -> frozenset[str]:
        """Jr. or III, if the person whose form this is is called so anywhere."""
        return self._marks[self.root(form)].generations

    def join(self, one: NameForm, other: NameForm) -> bool:
        """Make two persons one, unless something forbids it; whether they are one now."""
        first, second = self.root(one), self.root(other)
        if first != second and self._marks[first].clash(self._marks[second]):
            return False
        self.force(one, other)
        return True

    def force(self, one: NameForm, other: NameForm) -> None:
        """Make two persons one, whatever their names."""
        kept, gone = sorted((self.root(one), self.root(other)), key=sort_key)
        if kept != gone:
            self._parent[gone] = kept
            self._marks[kept] = self._marks[kept].with_those(self._marks[gone])
            self._givens[kept] |= self._givens[gone]

    def sets(self) -> list[list[NameForm]]:
        """Every person's forms, sorted."""
        sets: dict[NameForm, list[NameForm]] = defaultdict(list)
        for form in sorted(self._parent, key=sort_key):
            sets[self.root(form)].append(form)
        return list(sets.values())
