"""The forms of full names as they are compared across the archive, and which of them are one person's."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from indexer.language import LOWER_PARTICLES, NEVER_GIVEN, key_of

_GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv", "v"))
_NICKNAME = re.compile(r"[\"“'‘(][^\"”'’)]{1,30}[\"”'’)] ")


@dataclass(frozen=True, slots=True)
class NameForm:
    """A full name as names are compared: folded, without nickname. middle has words and initials."""

    given: str
    middle: tuple[str, ...]
    surname: str
    generation: str = ""
    apart: str = ""               # the user's own name for one of several people: never joined with anything

    @property
    def words(self) -> tuple[str, ...]:
        return self.given, *self.middle, *self.surname.split()


def name_form(name: str) -> NameForm | None:
    """The parts of a full name; None if it is a surname only, with its particles or without."""
    words = [key_of(word.strip(",\"“”()")) for word in _NICKNAME.sub("", name + " ").split()]
    words = [word for word in words if word]
    generation = words.pop() if len(words) > 1 and words[-1] in _GENERATIONS else ""
    if len(words) < 2 or all(word in NEVER_GIVEN for word in words[:-1]):
        return None
    start = len(words) - 1
    while start > 1 and words[start - 1] in LOWER_PARTICLES:
        start -= 1
    return NameForm(words[0], tuple(words[1:start]), " ".join(words[start:]), generation)


class Forest:
    """Forms that are one person's, joined pair by pair."""

    def __init__(self) -> None:
        self._parent: dict[NameForm, NameForm] = {}

    def root(self, form: NameForm) -> NameForm:
        path = []
        while (above := self._parent.setdefault(form, form)) != form:
            path.append(form)
            form = above
        for each in path:
            self._parent[each] = form
        return form

    def join(self, one: NameForm, other: NameForm) -> None:
        roots = sorted((self.root(one), self.root(other)), key=sort_key)
        self._parent[roots[1]] = roots[0]

    def sets(self) -> list[list[NameForm]]:
        """Every person's forms, sorted."""
        sets: dict[NameForm, list[NameForm]] = defaultdict(list)
        for form in sorted(self._parent, key=sort_key):
            sets[self.root(form)].append(form)
        return list(sets.values())


def sort_key(form: NameForm) -> tuple[str, str, tuple[str, ...], str, str]:
    return form.surname, form.given, form.middle, form.generation, form.apart


def name_key(name: str) -> str:
    """A name as names are compared: small letters, without accents and dots."""
    return " ".join(key_of(word) for word in name.split())


def apart_form(name: str) -> NameForm:
    """The form of one of several people of a name, whom the user calls so."""
    return NameForm("", (), name_key(name), "", name)


def slug_of(name: str) -> str:
    """A name as it is in an address: "Renée O'Rourke" → renee-orourke."""
    return re.sub(r"[^a-z0-9]+", "-", name_key(name).replace("'", "")).strip("-") or "person"
