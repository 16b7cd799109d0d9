"""Full names as they are compared across the archive, and which of them are joined as one person's."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from indexer.language import LOWER_PARTICLES, NEVER_GIVEN, key_of

_GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv", "v"))
_NICKNAME = re.compile(r"[\"“'‘(][^\"”'’)]{1,30}[\"”'’)] ")


@dataclass(frozen=True, slots=True)
class Form:
    """A full name as it is compared: folded, without nickname. middle holds words and initials."""

    given: str
    middle: tuple[str, ...]
    surname: str
    generation: str = ""
    apart: str = ""               # the user's own name for one of several people: never joined with anything

    @property
    def words(self) -> tuple[str, ...]:
        return self.given, *self.middle, *self.surname.split()


def form_of(name: str) -> Form | None:
    """The parts of a full name; None where there is a surname only, with its particles or without."""
    words = [key_of(word.strip(",\"“”()")) for word in _NICKNAME.sub("", name + " ").split()]
    words = [word for word in words if word]
    generation = words.pop() if len(words) > 1 and words[-1] in _GENERATIONS else ""
    if len(words) < 2 or all(word in NEVER_GIVEN for word in words[:-1]):
        return None
    start = len(words) - 1
    while start > 1 and words[start - 1] in LOWER_PARTICLES:
        start -= 1
    return Form(words[0], tuple(words[1:start]), " ".join(words[start:]), generation)


class Forest:
    """Forms that are one person's, joined pair by pair."""

    def __init__(self) -> None:
        self._parent: dict[Form, Form] = {}

    def root(self, form: Form) -> Form:
        path = []
        while (above := self._parent.setdefault(form, form)) != form:
            path.append(form)
            form = above
        for each in path:
            self._parent[each] = form
        return form

    def join(self, one: Form, other: Form) -> None:
        roots = sorted((self.root(one), self.root(other)), key=order)
        self._parent[roots[1]] = roots[0]

    def sets(self) -> list[list[Form]]:
        """Every person's forms, sorted."""
        sets: dict[Form, list[Form]] = defaultdict(list)
        for form in sorted(self._parent, key=order):
            sets[self.root(form)].append(form)
        return list(sets.values())


def order(form: Form) -> tuple[str, str, tuple[str, ...], str, str]:
    return form.surname, form.given, form.middle, form.generation, form.apart


def folded(name: str) -> str:
    """A name as names are compared: small letters, without accents and dots."""
    return " ".join(key_of(word) for word in name.split())


def apart_form(name: str) -> Form:
    """The form of one of several people of a name, whom the user calls so."""
    return Form("", (), folded(name), "", name)


def slug_of(name: str) -> str:
    """A name as it stands in an address: "Renée O'Rourke" → renee-orourke."""
    return re.sub(r"[^a-z0-9]+", "-", folded(name).replace("'", "")).strip("-") or "person"
