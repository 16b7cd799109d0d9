"""Evidence that two names are one person's: what the articles that use the one share with those that use the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from indexer.identity.forest import Forest
from indexer.identity.name_forms import NAMES_IN_MEMORY, NameForm, sort_key
from indexer.identity.named import NamedPerson
from indexer.identity.roles import sole_offices
from indexer.language import OTHER_FORMS, usage

_DAYS_APART = 730     # within which a shared role or companion is shared at the same time
_MOST_PERSONS = 25    # of an article; what names more is a list, and its persons are no companions
_RARE = 20            # articles; a companion who is in more of them tells nothing
_LETTERS = 5          # that a name needs for one odd letter to be a slip
_MOST_SLIPS = 20      # forms a letter apart from each other that are compared
_DISTINCT = 2         # words that a shared role needs: "Carrow postmistress", not "singer"
_FEW = 3              # surnames; a role that more have tells nothing: "police officer"
_FREQUENT = 5         # times as many articles as print a misspelling print the name that is meant
_USUAL = 4            # how usual a name is, at least, that many have
_UNUSUAL = 3          # and at most, that few have
_TIMES_ALONE = 3      # articles with a name without its last surname, at most, for each with it
_SELDOM = 10          # of so many articles one may wrongly name two persons
_CUT = 3              # letters of a given name that is a longer one cut short: Sal, Geoff
# Of these there are too many in one place.
_ANYBODY = frozenset("man woman boy girl teen resident native neighbor reader tipster witness parent tourist".split())


class Contexts:
    """In which roles, with whom and when the articles name each form."""

    def __init__(self, named: Iterable[NamedPerson]) -> None:
        self._of: dict[NameForm, list[NamedPerson]] = defaultdict(list)
        self._present: dict[str, set[NameForm]] = defaultdict(set)
        self._officials: set[NameForm] = set()         # who is named beside anybody
        self._surnames: dict[str, set[str]] = defaultdict(set)       # of whom a word of a role is said
        for each in named:
            if each.form is not None:
                self._of[each.form].append(each)
                self._present[each.article].add(each.form)
                self._officials |= {each.form} if each.offices else set()
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

    def hold_one_office(self, one: NameForm, other: NameForm) -> bool:
        """Whether articles call both by one role of few at the same time, and hardly one names both."""
        together = {each.article for each in self._of.get(one, ()) if other in self._present[each.article]}
        fewest = min(len(self._of.get(form, ())) for form in (one, other))
        return len(together) * _SELDOM <= fewest and self._shared_role(one, other) is not None

    def meet(self, rare: NameForm, other: NameForm) -> bool:
        """Whether a form that few articles print and a frequent one share any companion or word of a role at the same
        time: enough where the form is no name that anybody has."""
        if self.apart(rare, other) or len(self._of.get(rare, ())) * _FREQUENT > len(self._of.get(other, ())):
            return False
        return any(_same_time(each.day, that.day) and self._have_in_common(each, that)
                   for each in self._of.get(rare, ()) for that in self._of.get(other, ()))

    def _have_in_common(self, one: NamedPerson, other: NamedPerson) -> bool:
        here, there = self._present[one.article], self._present[other.article]
        are_lists = max(len(here), len(there)) > _MOST_PERSONS
        return bool(one.role & other.role - _ANYBODY) or not are_lists and bool(here & there)

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
        """A rare companion of both at the same time. Officials are named beside anybody, so that for a surname that
        many have one of them is not enough."""
        here, there = self._company(one), self._company(other)
        found = [person for person in sorted(here.keys() & there.keys(), key=sort_key)
                 if any(_same_time(day, then) for day in here[person] for then in there[person])]
        if usage(one.surname).surname <= _USUAL or len(found) > 1:
            return next(iter(found), None)
        return next((person for person in found if person not in self._officials), None)

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


def akin_givens(one: str, other: str) -> bool:
    """Whether two given names are usual forms of one: never evidence by itself."""
    return one == other or other in OTHER_FORMS.get(one, ()) or one in OTHER_FORMS.get(other, ())


def may_be_cut(one: str, other: str) -> bool:
    """Whether one given name begins the other: Cy, Cyrus."""
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and long.startswith(short)


def _is_cut(one: str, other: str) -> bool:
    """Whether a given name is another cut short, and no usual name of its own: Sal, Salvatore; not Ann, Anna."""
    short = min((one, other), key=len)
    return len(short) >= _CUT and may_be_cut(one, other) and usage(short).given < _USUAL


def is_slip(one: str, other: str) -> bool:
    """Marrrow and Marrow are one letter apart; Marina and Marisa are two names."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LETTERS - 1 or len(long) < _LETTERS or len(long) - len(short) > 1 or not (one + other).isalpha():
        return False
    if _is_name(one) and _is_name(other):
        return False
    at = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    return short[at:] == long[at + 1:] or short[at + 1:] == long[at + 1:]


def join_by_context(forest: Forest, contexts: Contexts, alike: Iterable[tuple[NameForm, NameForm]]) -> None:
    """Join Mike and Michael Garrity, Garrity and Garritty, where their articles agree about more than the name."""
    for one, other in alike:
        if forest.root(one) != forest.root(other) and _agree(contexts, one, other):
            if _are_forms_of_one(forest.givens(one), forest.givens(other)):
                forest.join(one, other)


def _agree(contexts: Contexts, one: NameForm, other: NameForm) -> bool:
    """Whether articles give reason to take two forms for one person's. Less is enough where a form is nobody's name but
    a slip, or where the surname is so unusual that few have it."""
    return contexts.agree(one, other) or any(
        (_is_misspelt(*pair) or _is_unusual(*pair)) and contexts.meet(*pair) for pair in ((one, other), (other, one)))


def _is_misspelt(form: NameForm, other: NameForm) -> bool:
    """Whether the one word in which two forms differ is nobody's name in the one."""
    odd = [word for word, right in zip(form.words, other.words) if word != right]
    return len(form.words) == len(other.words) and len(odd) == 1 and not _is_name(odd[0])


def _is_unusual(form: NameForm, other: NameForm) -> bool:
    return form.surname == other.surname and usage(form.surname).surname <= _UNUSUAL


def _are_forms_of_one(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether all given names of the one person can be forms of all of the other's, directly or through another that
    either has: a longer one, as Thomas for Tom and Thom, or any for what is nobody's name."""
    return all(_may_be_one_given(one, other) or any(
        _may_be_one_given(one, third) and _may_be_one_given(third, other) for third in ones | others
        if len(third) > max(len(one), len(other)) or not all(usage(each).given for each in (one, other)))
        for one in ones for other in others)


def _may_be_one_given(one: str, other: str) -> bool:
    return akin_givens(one, other) or is_slip(one, other) or _is_cut(one, other)


def join_parts(forest: Forest, contexts: Contexts, articles: Mapping[NameForm, int]) -> None:
    """Join Ana Leeds and Ana Leeds Stone where their articles agree, unless she is so much more in the news that the
    other may be named after her."""
    for part, whole in parts(form for form in articles if not form.is_one_of_several):
        if articles[part] <= _TIMES_ALONE * articles[whole] and contexts.agree(part, whole):
            forest.join(part, whole)


def parts(forms: Iterable[NameForm]) -> list[tuple[NameForm, NameForm]]:
    """Pairs of a name without its last surname and with it, Ana Leeds and Ana Leeds Stone, unless there is an Ana Leeds
    Brook too; sorted."""
    ordered = sorted(forms, key=sort_key)
    wholes: dict[tuple[str, ...], list[NameForm]] = defaultdict(list)
    for form in ordered:
        wholes[form.words[:-1]].append(form)
    return [(part, whole) for part in ordered for whole in wholes.get(part.words, ()) if len(wholes[part.words]) == 1]


def join_generations(forest: Forest, contexts: Contexts, forms: Iterable[NameForm]) -> None:
    """Join Ada Finch and Ada Finch Jr. if she is a Jr. anyway, or both hold one office at the same time; not if a Sr.
    does too."""
    for plain, others in generations(forms).items():
        same = [form for form in others if forest.generations(plain) == {form.generation}
                or contexts.hold_one_office(plain, form)]
        if len(same) == 1:
            forest.join(plain, same[0])


def generations(forms: Iterable[NameForm]) -> dict[NameForm, list[NameForm]]:
    """For names without Jr. and the like the same names with it; sorted."""
    called: dict[NameForm, list[NameForm]] = defaultdict(list)
    for form in sorted(forms, key=sort_key):
        if form.generation:
            called[form._replace(generation="")].append(form)
    return called


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
    others: dict[str, tuple[str, ...]] = {}
    for (given, surname, generation), bearers in called.items():
        if given not in others:
            others[given] = (*OTHER_FORMS.get(given, ()),
                             *(given[:end] for end in range(_CUT, len(given)) if _is_cut(given[:end], given)))
        for other in others[given]:
            for found in called.get((other, surname, generation), ()):
                yield from ((form, found) for form in bearers)


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
    """Pairs of a block whose words at one place are a letter apart: they are equal once each has lost a letter. Of two
    words that are names neither is a slip."""
    words = [(form.given if at == 0 else form.words[at], form) for form in block]
    if all(map(_is_name, {word for word, _ in words})):
        return
    rests: dict[str, list[tuple[str, NameForm]]] = defaultdict(list)
    for each in words:
        for rest in _rests(each[0]):
            rests[rest].append(each)
    for found in rests.values():
        for number, (word, one) in enumerate(found[:_MOST_SLIPS] if len(found) > 1 else ()):
            yield from ((one, other) for that, other in found[number + 1:_MOST_SLIPS] if is_slip(word, that))


@lru_cache(NAMES_IN_MEMORY)
def _rests(word: str) -> tuple[str, ...]:
    """A word, and all that is left of it without a letter; nothing of a word that is too short to be a slip."""
    if len(word) < _LETTERS - 1 or not word.isalpha():
        return ()
    return tuple(dict.fromkeys((word, *(word[:n] + word[n + 1:] for n in range(len(word))))))


@lru_cache(NAMES_IN_MEMORY)
def _is_name(word: str) -> bool:
    """Whether anybody is called so."""
    return any(usage(word)[1:3])
