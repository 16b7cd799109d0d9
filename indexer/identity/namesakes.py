"""Namesakes: several people of one full name, told apart by their ages, by forty years between them, and by what they
do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from indexer.identity.forest import SAME_BIRTH
from indexer.identity.name_forms import NameForm, sort_key
from indexer.identity.named import NamedPerson
from indexer.identity.strangers import Strangers, is_usual

_LONG_AGO = 40 * 365.25      # days without a word of somebody, after which the name is another's
_ONE_STORY = 60               # days within which articles about a name are about one story
_SLIP = 10                    # years by which the ages in one story may differ


def tell_apart(named: Sequence[NamedPerson]) -> None:
    """Give the forms of all but the most frequent person of a name a number. Articles that say nothing by which
    namesakes differ are the most frequent one's, which is marked as doubtful."""
    bearers: dict[NameForm, list[NamedPerson]] = defaultdict(list)
    for each in named:
        if each.form is not None and not each.form.apart:
            bearers[each.form].append(each)
    several = set()
    for form, persons in bearers.items():
        if len(persons) > 1 and (groups := _by_birth(persons) or _by_time(persons)):
            _number(form, sorted(groups, key=_weight))
            several.add(form)
    strangers = Strangers(bearers)
    for forms in _families(form for form in bearers if form not in several):
        if len(forms) > 1 or len(bearers[forms[0]]) > 1:
            if strangers.may_be_several(forms[0]):
                _number(forms[0], strangers.groups([each for form in forms for each in bearers[form]]))


def _number(form: NameForm, groups: Sequence[Sequence[NamedPerson]]) -> None:
    for number, group in enumerate(groups, 1):
        for each in group if number > 1 else ():
            each.form = form._replace(namesake=number)


def _families(forms: Iterable[NameForm]) -> Iterator[list[NameForm]]:
    """The forms that may be one person's but for a middle name, sorted: each name without one, and the only one that is
    printed with it."""
    names: dict[tuple[str, str, str], list[NameForm]] = defaultdict(list)
    for form in forms:
        names[form.given, form.surname, form.generation].append(form)
    for found in names.values():
        if len(found) > 1:
            initials = {form.middle[0][0] for form in found if form.middle}
            found = sorted((form for form in found if len(initials) == 1 or not form.middle), key=sort_key)
        if found:
            yield found


def _weight(group: Sequence[NamedPerson]) -> tuple[int, str]:
    return -len(group), min(each.article for each in group)


def _by_birth(persons: Sequence[NamedPerson]) -> list[list[NamedPerson]]:
    """One group for each person who can be told by the year of birth; none if there is one person only."""
    dated = sorted((each for each in persons if each.born is not None), key=lambda each: (each.born, each.article))
    if len(dated) < 2:
        return []
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
    is_told_again = one.age == other.age and not (one.form and is_usual(one.form))
    if is_told_again or abs((one.born or 0) - (other.born or 0)) <= SAME_BIRTH:
        return True
    is_one_story = one.day is not None and other.day is not None and abs(one.day - other.day) <= _ONE_STORY
    return is_one_story and abs((one.age or 0) - (other.age or 0)) <= _SLIP


def _same_role(person: NamedPerson, groups: Sequence[Sequence[NamedPerson]]) -> int | None:
    """The number of the only group in which a word of the person's role is used; None if there is no such group."""
    found = [number for number, group in enumerate(groups) if any(person.role & each.role for each in group)]
    return found[0] if len(found) == 1 else None


def _by_time(persons: Sequence[NamedPerson]) -> list[list[NamedPerson]]:
    """One group for each stretch of time, if nobody could live through them; none otherwise."""
    days = [each.day for each in persons if each.day is not None]
    if not days or max(days) - min(days) <= _LONG_AGO:            # as of nearly all
        return []
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
