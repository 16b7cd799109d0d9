"""Namesakes: several people of one full name, told apart by their ages and by the years between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from indexer.identity.forest import SAME_BIRTH
from indexer.identity.name_forms import NameForm
from indexer.identity.named import NamedPerson
from indexer.language import usage

_LONG_AGO = 40 * 365.25      # days without a word of somebody, after which the name is another's
_ONE_STORY = 60               # days within which articles about a name are about one story
_USUAL = 5                    # how usual given name and surname are of a name that many have
_SLIP = 10                    # years by which the ages in one story may differ


def tell_apart(named: Iterable[NamedPerson]) -> None:
    """Give the forms of all but the most frequent person of a name a number. Articles that say nothing by which
    namesakes differ are the most frequent one's, which is marked as doubtful."""
    bearers: dict[NameForm, list[NamedPerson]] = defaultdict(list)
    for each in named:
        if each.form is not None and not each.form.apart:
            bearers[each.form].append(each)
    for form, persons in bearers.items():
        if len(persons) == 1:
            continue
        groups = _by_birth(persons) or _by_time(persons)
        for number, group in enumerate(sorted(groups, key=_weight), 1):
            for each in group if number > 1 else ():
                each.form = form._replace(namesake=number)


def _weight(group: Sequence[NamedPerson]) -> tuple[int, str]:
    return -len(group), min(each.article for each in group)


def _by_birth(persons: Sequence[NamedPerson]) -> list[list[NamedPerson]]:
    """One group for each person who can be told by the year of birth; none if there is one person only."""
    dated = sorted((each for each in persons if each.born is not None), key=lambda each: (each.born, each.article))
    groups: list[list[NamedPerson]] = []
    for each in dated:
        group = next((group for group in groups if any(_may_be_one(each, other) for other in group)), None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    if len(groups) < 2:
        return []
    told = [tuple(group) for group in groups]
    largest = min(range(len(groups)), key=lambda number: _weight(told[number]))
    for each in persons:
        if each.born is None:
            at = _same_role(each, told)
            each.doubtful = at is None
            groups[largest if at is None else at].append(each)
    return groups


def _may_be_one(one: NamedPerson, other: NamedPerson) -> bool:
    """Whether the ages in two articles can be one person's: those of one birth, of a past event that both tell of (a
    girl of six, whenever it is written; of a name that many have it may be another girl), or of one story in which an
    article is wrong."""
    if abs((one.born or 0) - (other.born or 0)) <= SAME_BIRTH or one.age == other.age and not _is_usual(one.form):
        return True
    is_one_story = one.day is not None and other.day is not None and abs(one.day - other.day) <= _ONE_STORY
    return is_one_story and abs((one.age or 0) - (other.age or 0)) <= _SLIP


def _is_usual(form: NameForm | None) -> bool:
    """Whether many have a name."""
    return form is not None and min(usage(form.given).given, usage(form.surname).surname) >= _USUAL


def _same_role(person: NamedPerson, groups: Sequence[Sequence[NamedPerson]]) -> int | None:
    """The number of the only group in which a word of the person's role is used; None if there is no such group."""
    found = [number for number, group in enumerate(groups) if any(person.role & each.role for each in group)]
    return found[0] if len(found) == 1 else None


def _by_time(persons: Sequence[NamedPerson]) -> list[list[NamedPerson]]:
    """One group for each stretch of time, if nobody could live through them; none otherwise."""
    dated = sorted((each for each in persons if each.day is not None), key=lambda each: (each.day, each.article))
    groups: list[list[NamedPerson]] = []
    for each in dated:
        if not groups or (each.day or 0) - (groups[-1][-1].day or 0) > _LONG_AGO:
            groups.append([])
        groups[-1].append(each)
    if len(groups) < 2:
        return []
    largest = min(groups, key=_weight)
    for each in persons:
        if each.day is None:
            each.doubtful = True
            largest.append(each)
    return groups
