"""Strangers: people of one usual name whom the archive calls by what one person hardly is, and who have nothing in
common but the name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.identity.callings import PUBLIC, UNSUNG, are_two_lives, kinds_of
from indexer.identity.name_forms import NameForm, sort_key
from indexer.identity.named import NamedPerson
from indexer.language import is_known_person, usage

_USUAL = 5            # how usual given name and surname are of a name that many have
_EXPECTED = 0.3       # so many others of a name are to be expected that another in the news is no surprise
_DOUBTED = 8          # articles of a name, at most, for each other to be expected, of which one may be another's
_ONE_STORY = 21       # days within which articles about a name are about one story
_ONE_LIFE = 365       # days in which somebody may be called another thing, and is not somebody else
_MOST_PERSONS = 25    # of an article; what names more is a list, and its persons are no companions
_RARE = 20            # articles; or a hundredth of all; a companion who is in more of them tells nothing
# What anybody may be called, and what says nothing of who that is.
_SAYS_NOTHING = frozenset("""
    man woman boy girl teen resident native neighbor reader tipster witness parent tourist victim suspect fellow
    former longtime late young old black white local unarmed
    """.split())


@dataclass(frozen=True, slots=True)
class _Group:
    """Articles that share something, and what they call the one they name."""

    persons: list[NamedPerson]
    words: frozenset[str]
    kinds: frozenset[str]
    days: tuple[int, ...]
    has_age: bool = False         # an article says how old somebody is

    @classmethod
    def of(cls, persons: Sequence[NamedPerson]) -> _Group:
        words = frozenset(word for each in persons for word in _telling(each))
        days = tuple(each.day for each in persons if each.day is not None)
        return cls([*persons], words, kinds_of(words), days, any(each.age is not None for each in persons))

    def with_those(self, other: _Group) -> _Group:
        return _Group([*self.persons, *other.persons], self.words | other.words, self.kinds | other.kinds,
                      self.days + other.days, self.has_age or other.has_age)

    def is_private_beside(self, other: _Group) -> bool:
        """Whether articles say how old somebody is, as of those whom nobody knows, and of no office; and others call
        the name an official's, whose age they do not give."""
        return self.has_age and not self.kinds and bool(other.kinds & PUBLIC) and not other.has_age

    def weight(self) -> tuple[int, str]:
        return -len(self.persons), min(each.article for each in self.persons)

    def likeness(self, other: _Group) -> tuple[int, bool, float]:
        """What speaks for it that these articles, which do not say whose they are, are about the person of others: that
        most are; that it is somebody who is in the news again and again, no passer-by; that they are of that time."""
        near = sum(1 / (1 + abs(one - then) / _ONE_LIFE) for one in self.days for then in other.days)
        return len(other.persons), not other.kinds & UNSUNG, near

    def is_near(self, other: _Group) -> bool:
        """Whether an article of the one is within a year of one of the other, or it is not known when they are."""
        days = sorted([*((day, 0) for day in self.days), *((day, 1) for day in other.days)])
        return not (self.days and other.days) or any(
            one[1] != then[1] and then[0] - one[0] <= _ONE_LIFE for one, then in pairwise(days))


class Strangers:
    """Tells people of a name apart. bearers: every person of every article, by their forms."""

    def __init__(self, bearers: Mapping[NameForm, Sequence[NamedPerson]]) -> None:
        self._bearers = bearers
        self._present: dict[str, list[NameForm]] = defaultdict(list)
        for form, persons in bearers.items():
            for each in persons:
                self._present[each.article].append(form)
        self._rare = max(_RARE, len(self._present) // 100)
        names = {(form.given, form.surname) for form in bearers}
        self._names = len(names)
        self._givens = Counter(given for given, _ in names)
        self._surnames = Counter(surname for _, surname in names)

    def may_be_several(self, form: NameForm) -> bool:
        """Whether so many have a name that several of them may be in the news."""
        return self._others(form) > _EXPECTED or is_usual(form)

    def groups(self, persons: Sequence[NamedPerson]) -> list[list[NamedPerson]]:
        """One group for each person of a name, the one of most articles first; a single group where nothing says that
        they are several. Articles that do not show whose they are go to the one of whom there are most others, and are
        marked as doubtful."""
        form = sorted((each.form for each in persons if each.form is not None), key=sort_key)[0]
        is_doubtful = len(persons) <= _DOUBTED * self._others(form)
        if not (is_doubtful or _differ(persons) or any(each.age is not None for each in persons)):
            return [list(persons)]
        linked = sorted(map(_Group.of, self._linked(persons)), key=_Group.weight)
        found = self._told_apart(form, [group for group in linked if group.words])
        private, silent = self._private(form, [group for group in linked if not group.words], found)
        found += [private] if private.persons else []
        if len(found) < 2:
            if is_doubtful and not is_known_person(f"{form.given} {form.surname}"):
                _mark(linked[1:])
            return [list(persons)]
        _mark([silent])
        max(found, key=silent.likeness).persons.extend(silent.persons)
        return [group.persons for group in sorted(found, key=_Group.weight)]

    def _told_apart(self, form: NameForm, groups: Iterable[_Group]) -> list[_Group]:
        """One group for each person, of groups that say something of one."""
        found: list[_Group] = []
        for group in groups:
            at = next((at for at, each in enumerate(found) if not self._are_two(form, each, group)), len(found))
            found[at:at + 1] = [found[at].with_those(group) if at < len(found) else group]
        return found

    def _others(self, form: NameForm) -> float:
        """How many others of a name are to be expected, by how many have the given name, and how many the surname."""
        return (self._givens[form.given] - 1) * (self._surnames[form.surname] - 1) / self._names

    def _are_two(self, form: NameForm, one: _Group, other: _Group) -> bool:
        """Whether what articles call somebody is not what others call one of the same name."""
        if one.words & other.words or one.kinds & other.kinds:
            return False
        if one.kinds and other.kinds:
            return is_usual(form) and are_two_lives(one.kinds, other.kinds)
        if one.is_private_beside(other) or other.is_private_beside(one):
            return is_usual(form)
        return self._others(form) > _EXPECTED and not one.is_near(other)

    @staticmethod
    def _private(form: NameForm, silent: Sequence[_Group], known: Sequence[_Group]) -> tuple[_Group, _Group]:
        """Of articles that call somebody nothing those about nobody who is known by that name, and the others."""
        groups: tuple[list[NamedPerson], list[NamedPerson]] = [], []
        for group in silent:
            is_private = bool(known) and is_usual(form) and all(map(group.is_private_beside, known))
            groups[not is_private].extend(group.persons)
        return _Group.of(groups[0]), _Group.of(groups[1])

    def _linked(self, persons: Sequence[NamedPerson]) -> list[list[NamedPerson]]:
        """Persons in groups whose articles share something."""
        group = list(range(len(persons)))

        def first(number: int) -> int:
            while group[number] != number:
                number = group[number]
            return number

        seen: dict[Hashable, int] = {}
        for number, each in enumerate(persons):
            for key in self._signs(each):
                group[first(number)] = first(seen.setdefault(key, number))
        dated = sorted((each.day, each.article, each.names, sorted(each.role), number)
                       for number, each in enumerate(persons) if each.day is not None)       # however they were read
        for (day, *_, one), (then, *_, other) in pairwise(dated):
            kinds = [kinds_of(persons[number].role) for number in (one, other)]
            if then - day <= _ONE_STORY and not are_two_lives(*kinds):
                group[first(other)] = first(one)
        found: dict[int, list[NamedPerson]] = defaultdict(list)
        for number, each in enumerate(persons):
            found[first(number)].append(each)
        return list(found.values())

    def _signs(self, person: NamedPerson) -> Iterator[Hashable]:
        """What only articles about one person share: words and kinds of a role, a middle name, a companion."""
        yield from _telling(person)
        yield from (("kind", kind) for kind in kinds_of(person.role))
        if person.form is not None and person.form.middle:
            yield person.form
        present = self._present[person.article]
        if len(present) <= _MOST_PERSONS:
            yield from (form for form in present if 1 < len(self._bearers[form]) <= self._rare
                        and person.form is not None and form.surname != person.form.surname)


def _mark(groups: Iterable[_Group]) -> None:
    """Say of the persons of groups that who they are was inferred."""
    for group in groups:
        for each in group.persons:
            each.doubtful = True


def _telling(person: NamedPerson) -> frozenset[str]:
    return frozenset(word for word in person.role - _SAYS_NOTHING if not word[0].isdigit())


def _differ(persons: Iterable[NamedPerson]) -> bool:
    """Whether what articles call somebody differs at all."""
    roles = {_telling(each) for each in persons} - {frozenset()}
    return len(roles) > 1 and not frozenset.intersection(*roles)


def is_usual(form: NameForm) -> bool:
    """Whether many have a name."""
    return min(usage(form.given).given, usage(form.surname).surname) >= _USUAL
