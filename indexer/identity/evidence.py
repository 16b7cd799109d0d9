"""Evidence that two names are one person's: what the articles that use the one share with those that use the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from indexer.identity.forest import Forest
from indexer.identity.name_forms import NameForm, sort_key
from indexer.identity.named import NamedPerson
from indexer.identity.resemblance import (
    akin_givens, generations, is_cut, is_letter_apart, is_misspelt, is_slip, parts,
)
from indexer.identity.roles import sole_offices
from indexer.language import usage

_DAYS_APART = 730     # within which a shared role or companion is shared at the same time
_MOST_PERSONS = 25    # of an article; what names more is a list, and its persons are no companions
_RARE = 20            # articles; a companion who is in more of them tells nothing
_DISTINCT = 2         # words that a shared role needs: "Carrow postmistress", not "singer"
_FEW = 3              # surnames; a role that more have tells nothing: "police officer"
_FREQUENT = 5         # times as many articles as print a misspelling print the name that is meant
_USUAL = 4            # how usual a name is, at least, that many have
_UNUSUAL = 3          # and at most, that few have
_TIMES_ALONE = 3      # articles with a name without its last surname, at most, for each with it
_SELDOM = 10          # of so many articles one may wrongly name two persons
_WIDELY, _TIMES_MORE = 10, 10     # articles that print a name, and times as many as print a slip of it: nobody else's
_COMPANION = 3        # what a companion is worth beside a word of a role
_ENOUGH, _MUCH = 3, 5     # what is worth enough where few have a surname, and where more have
_FEW_BEARERS = 5      # given names that a surname of few has in the archive, at most
_LONG = 6             # letters of a surname in which a slip, within days, is nothing but a slip
_ONE_STORY = 7        # days within which articles about a name are about one story
# Of these there are too many in one place.
_ANYBODY = frozenset("man woman boy girl teen resident native neighbor reader tipster witness parent tourist".split())


class Contexts:
    """In which roles, with whom and when the articles name each form."""

    def __init__(self, named: Iterable[NamedPerson]) -> None:
        self._of: dict[NameForm, list[NamedPerson]] = defaultdict(list)
        self._present: dict[str, set[NameForm]] = defaultdict(set)
        self._officials: set[NameForm] = set()         # who is named beside anybody
        self._surnames: dict[str, set[str]] = defaultdict(set)       # of whom a word of a role is said
        self._givens: dict[str, set[str]] = defaultdict(set)         # of those who have a surname
        for each in named:
            if each.form is not None:
                self._of[each.form].append(each)
                self._present[each.article].add(each.form)
                self._officials |= {each.form} if each.offices else set()
                for word in each.role:
                    self._surnames[word].add(each.form.surname)
            if each.form is not None and not each.form.is_one_of_several:
                self._givens[each.form.surname].add(each.form.given)
        self._common = max(_RARE, len(self._present) // 100)         # articles; who is in more of them is everywhere
        self._companions: dict[NameForm, dict[NameForm, set[int | None]]] = {}
        self._articles = Counter(form for present in self._present.values() for form in present)

    def bearers(self, form: NameForm) -> Sequence[NamedPerson]:
        """Whom articles call so, in their order."""
        return self._of.get(form, ())

    def forms(self) -> Iterable[NameForm]:
        """All that articles print."""
        return self._of.keys()

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

    def is_seldom_beside(self, rare: NameForm, other: NameForm) -> bool:
        """Whether so many more articles of a time print the one of two names than the other that this, if it is
        nobody's, is a slip. Nobody may be called by it what the other never is; and an odd given name, which may be a
        brother's, needs a word of a role that both have, or articles of the same days."""
        here, there = self._of.get(rare, ()), self._of.get(other, ())
        if len(there) < max(_WIDELY, _TIMES_MORE * len(here)):
            return False
        said, known = self._said_of(rare), self._said_of(other)
        if said & known:
            return True
        if rare.given != other.given:
            return self.tell_one_story(rare, other)
        return not said and any(_same_time(each.day, that.day) for each in here for that in there)

    def share_a_story(self, one: NameForm, other: NameForm) -> bool:
        """Whether articles of the same days call both by a word of one role, and none names both."""
        shared = self._said_of(one) & self._said_of(other)
        return bool(shared) and self.tell_one_story(one, other) and not self.apart(one, other)

    def _said_of(self, form: NameForm) -> frozenset[str]:
        """The words of all roles that articles give somebody."""
        return frozenset(word for each in self._of.get(form, ()) for word in each.role) - _ANYBODY

    def share_a_role(self, one: NameForm, other: NameForm) -> bool:
        """Whether articles call both by one role of few at the same time."""
        return self._shared_role(one, other) is not None

    def are_called_otherwise(self, one: NameForm, other: NameForm) -> bool:
        """Whether several articles give each of two names a role, and those of the one have no word that those of the
        other have."""
        here, there = ([each.role for each in self._of.get(form, ()) if len(each.role) > 1] for form in (one, other))
        return min(len(here), len(there)) > 1 and not any(role & other for role in here for other in there)

    def officials(self) -> Iterator[list[NameForm]]:
        """Forms of one given name, or of one surname, to whom articles give an office that one place has few holders
        of."""
        holders: dict[tuple[str, str, str], set[NameForm]] = defaultdict(set)
        for form in self._officials:
            for each in self._of[form] if not form.is_one_of_several else ():
                for office in sole_offices(each.role):
                    holders[office, form.given, ""].add(form)
                    holders[office, "", form.surname].add(form)
        yield from (sorted(forms, key=sort_key) for _, forms in sorted(holders.items()) if len(forms) > 1)

    def _have_in_common(self, one: NamedPerson, other: NamedPerson) -> bool:
        here, there = self._present[one.article], self._present[other.article]
        are_lists = max(len(here), len(there)) > _MOST_PERSONS
        return bool(one.role & other.role - _ANYBODY) or not are_lists and bool(here & there)

    def have_enough_in_common(self, one: NameForm, other: NameForm, is_slip: bool) -> bool:
        """Whether two forms share, at the same time, what is enough for a slip or for how many have the surname: words
        of a role, and companions who are not everywhere."""
        few = self._is_of_few(one) and self._is_of_few(other)
        return self._worth(one, other) >= (1 if is_slip else _ENOUGH if few else _MUCH)

    def are_much_alike(self, one: NameForm, other: NameForm) -> bool:
        """Whether two forms share much at the same time, and no article names both."""
        return not self.apart(one, other) and self._worth(one, other) >= _MUCH

    def _worth(self, one: NameForm, other: NameForm) -> int:
        return sum(1 if isinstance(thing, str) else _COMPANION for thing in self._in_common(one, other))

    def _is_of_few(self, form: NameForm) -> bool:
        return usage(form.surname).surname <= _USUAL and len(self._givens[form.surname]) <= _FEW_BEARERS

    def tell_one_story(self, one: NameForm, other: NameForm) -> bool:
        """Whether an article that prints the one is from the same days as one that prints the other."""
        here, there = ([each.day for each in self._of.get(form, ()) if each.day is not None] for form in (one, other))
        return any(abs(day - then) <= _ONE_STORY for day in here for then in there)

    def _in_common(self, one: NameForm, other: NameForm) -> dict[str | NameForm, tuple[str, str]]:
        """What two forms share at the same time, and an article of each that shows it."""
        here, there = self._things(one), self._things(other)
        found = {}
        for thing in here.keys() & there.keys():
            pair = next(((each.article, that.article) for each in here[thing] for that in there[thing]
                         if _same_time(each.day, that.day)), None)
            if pair is not None:
                found[thing] = pair
        return found

    def _things(self, form: NameForm) -> dict[str | NameForm, list[NamedPerson]]:
        """The words of the roles of somebody, and the companions; with the articles that give them."""
        found: dict[str | NameForm, list[NamedPerson]] = defaultdict(list)
        for each in self._of.get(form, ()):
            present = self._present[each.article]
            beside = (person for person in present if person.surname != form.surname
                      and self._articles[person] <= self._common) if len(present) <= _MOST_PERSONS else ()
            for thing in (*(each.role - _ANYBODY), *beside):
                found[thing].append(each)
        return found

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
        return self._told(self._in_common(one, other))

    def beside_both(self, one: NameForm, other: NameForm) -> tuple[str, tuple[str, ...]]:
        """Anybody, however often named, who is named beside both at the same time, and two articles that do so."""
        for each in self._of.get(one, ()):
            for that in self._of.get(other, ()):
                beside = self._present[each.article] & self._present[that.article]
                if beside and _same_time(each.day, that.day):
                    company = min(beside, key=sort_key)
                    name = next(person.names[0] for person in self._of[company] if person.article == each.article)
                    return name, (each.article, that.article)
        return "", ()

    def _told(self, things: Mapping[str | NameForm, tuple[str, str]]) -> tuple[str, tuple[str, ...]]:
        """What two forms share, in words, and two articles that show it."""
        words = sorted(thing for thing in things if isinstance(thing, str))
        if words:
            return f"both are called {', '.join(words)}", things[words[0]]
        company = min((thing for thing in things if not isinstance(thing, str)), key=sort_key, default=None)
        if company is None:
            return "", ()
        name = next(each.names[0] for each in self._of[company] if each.article == things[company][0])
        return f"both are named beside {name}", things[company]

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


def join_by_context(forest: Forest, contexts: Contexts, alike: Iterable[tuple[NameForm, NameForm]]) -> None:
    """Join Mike and Michael Garrity, Garrity and Garritty, where their articles agree about more than the name."""
    pairs = [*alike]
    strangers = {_roots(forest, *pair) for pair in pairs if contexts.are_called_otherwise(*pair)}
    for one, other in pairs:
        if forest.root(one) != forest.root(other) and _agree(contexts, one, other):
            is_told = _roots(forest, one, other) not in strangers or contexts.share_a_role(one, other)
            if is_told and _are_forms_of_one(forest.givens(one), forest.givens(other)):
                forest.join(one, other)


def _roots(forest: Forest, one: NameForm, other: NameForm) -> frozenset[NameForm]:
    return frozenset((forest.root(one), forest.root(other)))


def _agree(contexts: Contexts, one: NameForm, other: NameForm) -> bool:
    """Whether articles give reason to take two forms for one person's. Less is enough where a form is nobody's name but
    a slip, or where the surname is so unusual that few have it."""
    if contexts.apart(one, other):
        return False
    pairs = (one, other), (other, one)
    slips = [pair for pair in pairs if is_misspelt(*pair)]
    is_slip = bool(slips) and one.given == other.given
    if contexts.agree(one, other) or contexts.have_enough_in_common(one, other, is_slip):
        return True
    if any(contexts.is_seldom_beside(*pair) and (one.given == other.given or not _is_usual(one)) for pair in slips):
        return True
    return any(contexts.meet(*pair) or _is_long(*pair) and contexts.tell_one_story(*pair) for pair in slips) or any(
        _is_unusual(*pair) and contexts.meet(*pair) for pair in pairs)


def _is_usual(form: NameForm) -> bool:
    return usage(form.surname).surname > _USUAL


def _is_long(one: NameForm, other: NameForm) -> bool:
    """Whether the surnames in which two names differ are so long that no other is a letter away."""
    return one.given == other.given and min(len(one.surname), len(other.surname)) >= _LONG


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
    return akin_givens(one, other) or is_slip(one, other) or is_cut(one, other)


def join_officials(forest: Forest, contexts: Contexts, articles: Mapping[NameForm, int]) -> None:
    """Join Mayor Cara Brice and Mayor Carra Brise, of whom far more articles print the one, though both be names: one
    office at one time."""
    for forms in contexts.officials():
        for number, one in enumerate(forms):
            for other in forms[number + 1:]:
                fewer, more = sorted((articles[one], articles[other]))
                is_slip = fewer * _FREQUENT <= more and _is_one_letter_wrong(one, other)
                if is_slip and contexts.hold_one_office(one, other):
                    forest.join(one, other)


def _is_one_letter_wrong(one: NameForm, other: NameForm) -> bool:
    odd = [pair for pair in zip(one.words, other.words) if pair[0] != pair[1]]
    return len(one.words) == len(other.words) and len(odd) == 1 and is_letter_apart(*odd[0])


def join_parts(forest: Forest, contexts: Contexts, articles: Mapping[NameForm, int]) -> None:
    """Join Ana Leeds and Ana Leeds Stone where their articles agree, unless she is so much more in the news that the
    other may be named after her."""
    for part, whole in parts(form for form in articles if not form.is_one_of_several):
        if articles[part] <= _TIMES_ALONE * articles[whole] and contexts.agree(part, whole):
            forest.join(part, whole)


def join_generations(forest: Forest, contexts: Contexts, forms: Iterable[NameForm]) -> None:
    """Join Ada Finch and Ada Finch Jr. if she is a Jr. anyway, or both hold one office at the same time, or share much
    and never stand side by side; not if a Sr. does too."""
    for plain, others in generations(forms).items():
        same = [form for form in others if forest.generations(plain) == {form.generation}
                or contexts.hold_one_office(plain, form) or contexts.are_much_alike(plain, form)
                or form.generation == "jr" and contexts.share_a_story(plain, form)]
        if len(same) == 1:
            forest.join(plain, same[0])
