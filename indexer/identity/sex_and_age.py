"""The sex and the age of people, by what the articles say, and by given names: what tells strangers apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from indexer.identity.forest import Forest
from indexer.identity.name_forms import NameForm
from indexer.identity.named import NamedPerson
from indexer.language import Gender, given_gender, usage

_SEVERAL = 3          # articles that show somebody's sex, against which a given name counts nothing
_NOTHING: Mapping[Gender, int] = {}
_MOST_USUAL = 5       # how usual a given name is that leaves no doubt about the sex


def genders_of(named: Iterable[NamedPerson]) -> dict[NameForm, Gender]:
    """By what nearly all articles say, if several do; else by given name; else by what the few articles say."""
    said: dict[NameForm, Counter[Gender]] = defaultdict(Counter)
    forms = set()
    for each in named:
        if each.form is not None and not each.form.apart:
            forms.add(each.form)
            if each.gender:
                said[each.form][each.gender] += 1
    found: dict[NameForm, Gender] = {}
    for form in forms:
        articles = said.get(form, _NOTHING)
        learned = _agreed(articles)
        gender = learned if sum(articles.values()) >= _SEVERAL else given_gender(form.given) or learned
        if gender:
            found[form] = gender
    return found


def births_of(named: Iterable[NamedPerson]) -> dict[NameForm, frozenset[int]]:
    """The years of birth of each form, by the ages that articles give."""
    found: dict[NameForm, set[int]] = defaultdict(set)
    for each in named:
        if each.form is not None and each.born is not None:
            found[each.form].add(each.born)
    return {form: frozenset(years) for form, years in found.items()}


def _agreed(said: Mapping[Gender, int]) -> Gender | None:
    if not said:
        return None
    gender, count = max(said.items(), key=lambda each: (each[1], each[0]))
    return gender if count * 10 >= sum(said.values()) * 9 else None


def certain_genders(named: Iterable[NamedPerson], forest: Forest) -> dict[NameForm, Gender]:
    """By the root of their forms the sex of those people of whom several articles, or a most usual given name that no
    article contradicts, leave no doubt."""
    said: dict[NameForm, Counter[Gender]] = defaultdict(Counter)
    forms = set()
    for each in named:
        if each.form is not None:
            forms.add(each.form)
            if each.gender:
                said[forest.root(each.form)][each.gender] += 1
    givens: dict[NameForm, set[str]] = defaultdict(set)
    for form in forms:
        givens[forest.root(form)].add(form.given)
    found = {root: _certain(said.get(root, _NOTHING), named) for root, named in givens.items()}
    return {root: gender for root, gender in found.items() if gender}


def _certain(said: Mapping[Gender, int], givens: Iterable[str]) -> Gender | None:
    learned = _agreed(said)
    if sum(said.values()) >= _SEVERAL:
        return learned
    named = {given_gender(given) if usage(given).given >= _MOST_USUAL else None for given in givens}
    gender = named.pop() if len(named) == 1 else None
    return gender if not said or learned == gender else None
