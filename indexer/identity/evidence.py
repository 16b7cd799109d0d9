"""Evidence that two names are one person's: what the articles that use the one share with those that use the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from indexer.identity.name_forms import NameForm, sort_key
from indexer.identity.named import NamedPerson
from indexer.identity.roles import sole_offices
from indexer.language import usage

_DAYS_APART = 730     # within which a shared role or companion is shared at the same time
_MOST_PERSONS = 25    # of an article; what names more is a list, and its persons are no companions
_RARE = 20            # articles; a companion who is in more of them tells nothing
_DISTINCT = 2         # words that a shared role needs: "Carrow postmistress", not "singer"
_FEW = 3              # surnames; a role that more have tells nothing: "police officer"
_FREQUENT = 5         # times as many articles as print a misspelling print the name that is meant
_USUAL = 4            # how usual a name is, at least, that many have
_SELDOM = 10          # of so many articles one may wrongly name two persons
_WIDELY, _TIMES_MORE = 10, 10     # articles that print a name, and times as many as print a slip of it: nobody else's
_COMPANION = 3        # what a companion is worth beside a word of a role
_ENOUGH, _MUCH = 3, 5     # what is worth enough where few have a surname, and where more have
_FEW_BEARERS = 5      # given names that a surname of few has in the archive, at most
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
        if not self._is_far_rarer(rare, other):
            return False
        here, there = self._of.get(rare, ()), self._of.get(other, ())
        said, known = self._said_of(rare), self._said_of(other)
        if said & known:
            return True
        if rare.given != other.given:
            return self.tell_one_story(rare, other)
        return not said and any(_same_time(each.day, that.day) for each in here for that in there)

    def is_drowned_out(self, rare: NameForm, other: NameForm) -> bool:
        """Whether far more articles print the one of two names, though both are somebody's, and those of the other
        agree about much: a role that few have, or several companions."""
        return self._is_far_rarer(rare, other) and not self.apart(rare, other) and (
            self.share_a_role(rare, other) or self._worth(rare, other) >= _MUCH)

    def _is_far_rarer(self, rare: NameForm, other: NameForm) -> bool:
        return len(self._of.get(other, ())) >= max(_WIDELY, _TIMES_MORE * len(self._of.get(rare, ())))

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
