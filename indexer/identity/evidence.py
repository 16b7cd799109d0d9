"""Evidence that two names are one person's: what the articles that use the one share with those that use the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from indexer.identity.bare_names import NamedPerson
from indexer.identity.forest import Forest
from indexer.identity.name_forms import NameForm, sort_key
from indexer.identity.roles import sole_offices
from indexer.language import OTHER_FORMS, Gender, given_gender, usage

_DAYS_APART = 730     # within which a shared role or companion is shared at the same time
_MOST_PERSONS = 25    # of an article; what names more is a list, and its persons are no companions
_RARE = 20            # articles; a companion who is in more of them tells nothing
_LETTERS = 5          # that a name needs for one odd letter to be a slip
_MOST_SLIPS = 20      # forms a letter apart from each other that are compared
_SEVERAL = 3          # articles that show somebody's sex, against which a given name counts nothing
_DISTINCT = 2         # words that a shared role needs: "Carrow postmistress", not "singer"
_FEW = 3              # surnames; a role that more have tells nothing: "police officer"
# Of these there are too many in one place.
_ANYBODY = frozenset("man woman boy girl teen resident native neighbor reader tipster witness parent tourist".split())


class Contexts:
    """In which roles, with whom and when the articles name each form."""

    def __init__(self, named: Iterable[NamedPerson]) -> None:
        self._of: dict[NameForm, list[NamedPerson]] = defaultdict(list)
        self._present: dict[str, set[NameForm]] = defaultdict(set)
        self._surnames: dict[str, set[str]] = defaultdict(set)       # of whom a word of a role is said
        for each in named:
            if each.form is not None:
                self._of[each.form].append(each)
                self._present[each.article].add(each.form)
                for word in each.role:
                    self._surnames[word].add(each.form.surname)
        self._companions: dict[NameForm, dict[NameForm, set[int | None]]] = {}
        self._articles = Counter(form for present in self._present.values() for form in present)

    def apart(self, one: NameForm, other: NameForm) -> bool:
        """Whether an article names both, as two persons."""
        return any(other in self._present[each.article] for each in self._of.get(one, ()))

    def agree(self, one: NameForm, other: NameForm) -> bool:
        """Whether two forms share a role of their own or a rare companion at the same time, in different articles."""
        return not self.apart(one, other) and (
            self._shared_role(one, other) is not None or self._shared_company(one, other) is not None)

    def shared(self, one: NameForm, other: NameForm) -> tuple[str, tuple[str, ...]]:
        """What two forms share, in words, and the ids of the articles that show it; nothing if they do not agree."""
        roles, company = self._shared_role(one, other), self._shared_company(one, other)
        if roles:
            words = ", ".join(sorted(roles[0].role & roles[1].role))
            return f"both are called {words}", (roles[0].article, roles[1].article)
        if company:
            names = {each.article: each.names[0] for each in self._of[company]}
            found = [next(each.article for each in self._of[form] if each.article in names) for form in (one, other)]
            return f"both are named beside {names[found[0]]}", tuple(found)
        return "", ()

    def _shared_role(self, one: NameForm, other: NameForm) -> tuple[NamedPerson, NamedPerson] | None:
        """Whom two articles give a role of few at the same time, by the one name and by the other."""
        here, there = ({(each.role, each.day): each for each in reversed(self._of.get(form, ())) if each.role}
                       for form in (one, other))
        return next(((each, that) for each in here.values() for that in there.values()
                     if self._same_role(each.role, that.role) and _same_time(each.day, that.day)), None)

    def _same_role(self, one: frozenset[str], other: frozenset[str]) -> bool:
        """Whether two roles are one that few have: an office, or the same work at the same place."""
        shared = (one & other) - _ANYBODY
        if sole_offices(shared):
            return True
        return len(shared) >= _DISTINCT and len(set.intersection(*map(self._surnames.__getitem__, shared))) <= _FEW

    def _shared_company(self, one: NameForm, other: NameForm) -> NameForm | None:
        """A rare companion of both at the same time."""
        here, there = self._company(one), self._company(other)
        return next((person for person in sorted(here.keys() & there.keys(), key=sort_key)
                     if any(_same_time(day, then) for day in here[person] for then in there[person])), None)

    def _company(self, form: NameForm) -> dict[NameForm, set[int | None]]:
        """Who is named beside somebody, and when: nobody of the family, and nobody who is everywhere."""
        if form in self._companions:
            return self._companions[form]
        found: dict[NameForm, set[int | None]] = defaultdict(set)
        for each in self._of.get(form, ()):
            present = self._present[each.article]
            for person in present if len(present) <= _MOST_PERSONS else ():
                if person.surname != form.surname and 1 < self._articles[person] <= _RARE:
                    found[person].add(each.day)
        self._companions[form] = found
        return found


def _same_time(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= _DAYS_APART


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
        learned = _agreed(said[form])
        gender = learned if said[form].total() >= _SEVERAL else given_gender(form.given) or learned
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


def _agreed(said: Counter[Gender]) -> Gender | None:
    gender, count = max(said.items(), key=lambda each: (each[1], each[0]), default=(None, 0))
    return gender if count * 10 >= said.total() * 9 else None


def akin_givens(one: str, other: str) -> bool:
    """Whether two given names are usual forms of one: never evidence by itself."""
    return one == other or other in OTHER_FORMS.get(one, ()) or one in OTHER_FORMS.get(other, ())


def may_be_cut(one: str, other: str) -> bool:
    """Whether one given name begins the other: Cy, Cyrus."""
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and long.startswith(short)


def is_slip(one: str, other: str) -> bool:
    """Marrrow and Marrow are one letter apart; Marina and Marisa are two names."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LETTERS - 1 or len(long) < _LETTERS or len(long) - len(short) > 1 or not (one + other).isalpha():
        return False
    if all(any(usage(name)[1:3]) for name in (one, other)):
        return False
    at = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    return short[at:] == long[at + 1:] or short[at + 1:] == long[at + 1:]


def join_by_context(forest: Forest, contexts: Contexts, forms: Iterable[NameForm]) -> None:
    """Join Mike and Michael Garrity, Garrity and Garritty, where their articles agree about more than the name."""
    for one, other in alike(sorted(forms, key=sort_key)):
        if forest.root(one) != forest.root(other) and contexts.agree(one, other):
            pairs = ((a, b) for a in forest.givens(one) for b in forest.givens(other))
            if all(akin_givens(*pair) or is_slip(*pair) for pair in pairs):
                forest.join(one, other)


def alike(forms: Sequence[NameForm]) -> list[tuple[NameForm, NameForm]]:
    """Pairs whose names can be one person's, sorted."""
    pairs = {(one, other) if sort_key(one) < sort_key(other) else (other, one)
             for one, other in (*_by_short_forms(forms), *_by_slips(forms))}
    return sorted(pairs, key=lambda pair: (sort_key(pair[0]), sort_key(pair[1])))


def _by_short_forms(forms: Iterable[NameForm]) -> Iterator[tuple[NameForm, NameForm]]:
    """Pairs of one surname with given names that are usual forms of one."""
    called: dict[tuple[str, str, str], list[NameForm]] = defaultdict(list)
    for form in forms:
        called[form.given, form.surname, form.generation].append(form)
    for given, surname, generation in called:
        for other in OTHER_FORMS.get(given, ()):
            for found in called.get((other, surname, generation), ()):
                yield from ((form, found) for form in called[given, surname, generation])


def _by_slips(forms: Iterable[NameForm]) -> Iterator[tuple[NameForm, NameForm]]:
    """Pairs that differ by one odd letter in the given name or in the surname."""
    blocks: dict[tuple[int, tuple[str, ...], str], list[NameForm]] = defaultdict(list)
    for form in forms:
        words = form.words
        blocks[0, words[1:], form.generation].append(form)
        blocks[-1, words[:-1], form.generation].append(form)
    for (at, _, _), block in blocks.items():
        if len(block) > 1:
            yield from _slips(at, block)


def _slips(at: int, block: Iterable[NameForm]) -> Iterator[tuple[NameForm, NameForm]]:
    """Pairs of a block whose words at one place are a letter apart: they are equal once each has lost a letter."""
    rests: dict[str, list[NameForm]] = defaultdict(list)
    for form in block:
        word = form.words[at]
        if len(word) >= _LETTERS - 1 and word.isalpha():
            for rest in {word, *(word[:n] + word[n + 1:] for n in range(len(word)))}:
                rests[rest].append(form)
    for found in rests.values():
        for number, one in enumerate(found[:_MOST_SLIPS] if len(found) > 1 else ()):
            yield from ((one, other) for other in found[number + 1:_MOST_SLIPS]
                        if is_slip(one.words[at], other.words[at]))
