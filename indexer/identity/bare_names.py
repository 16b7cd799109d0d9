"""Bare names: persons whom an article names by one word, a surname of somebody known or a name of its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from indexer.identity.name_forms import NameForm, is_handle, name_form, name_key, slug_of
from indexer.identity.named import NamedPerson
from indexer.language import usage, well_known
from indexer.models import Identity

# A bare name means one person if at least so many articles name that person within so many years of the article,
# and at least such a share of all articles that name anybody of that name.
MIN_ARTICLES = 10
YEARS_AROUND = 3
MIN_SHARE = 0.95
MIN_FAMOUS = 2
# If the article gives an office, this many articles that give it with the full name are enough.
MIN_IN_OFFICE = 5
# Of a given name that hardly anybody has, the one who has it is meant.
MAX_USUAL = 2
# A single name is a person's own (an artist's) if it occurs alone so many times as often as with a given name.
ALONE_SHARE = 10

_DAYS = 365.25 * YEARS_AROUND


class _Tally:
    """In how many articles, and when, a word means each person."""

    def __init__(self) -> None:
        self._articles: dict[str, Counter[str]] = defaultdict(Counter)
        self._days: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))

    def add(self, word: str, slug: str, day: int | None) -> None:
        self._articles[word][slug] += 1
        if day is not None:
            self._days[word][slug].append(day)

    def sort(self) -> None:
        for persons in self._days.values():
            for days in persons.values():
                days.sort()

    def total(self, word: str) -> int:
        return self._articles[word].total() if word in self._articles else 0

    def around(self, word: str, day: int | None) -> Mapping[str, int]:
        """Slug → articles near that day; all articles if there is no day."""
        if day is None:
            return self._articles.get(word, {})
        return {slug: bisect_right(days, day + _DAYS) - bisect_left(days, day - _DAYS)
                for slug, days in self._days.get(word, {}).items()}


class BareNames:
    """Who is meant by single names, once the full names are resolved."""

    def __init__(self, named: Sequence[NamedPerson], identities: Mapping[NameForm, Identity],
                 claims: Mapping[str, Identity], rename: Mapping[str, str]) -> None:
        self._claims = claims
        self._by_slug = {identity.slug: identity for identity in identities.values()}
        self._inferred: dict[str, Identity] = {}
        self._called, self._surnames, self._offices, self._givens = _Tally(), _Tally(), _Tally(), _Tally()
        self._asked = {name_key(each.names[0]) for each in named if each.form is None}      # all else counts in vain
        for each in named:
            if each.form is not None:
                self._count_full(each, each.form.surname, identities[each.form].slug)
        for tally in (self._offices, self._surnames, self._givens):
            tally.sort()
        self._count_bare(named)
        self._called.sort()
        self._own = self._own_names(named, {name_key(old): new for old, new in rename.items()})

    def _count_full(self, person: NamedPerson, surname: str, slug: str) -> None:
        """Count a person for the surname, and for each single name by which the article calls that person."""
        if surname in self._asked:
            self._surnames.add(surname, slug, person.day)
            for office in person.offices:
                self._offices.add(f"{office} {surname}", slug, person.day)
        if person.form is not None and person.form.given in self._asked:
            self._givens.add(person.form.given, slug, person.day)
        for word in {name_key(name) for name in person.names[1:]} & self._asked if len(person.names) > 1 else ():
            if " " not in word or word == surname:
                self._called.add(word, slug, person.day)

    def _count_bare(self, named: Iterable[NamedPerson]) -> None:
        """If surname and office show who is meant, that counts as one more article that calls the person so."""
        for each in named:
            if each.form is None and (key := name_key(each.names[0])) not in self._claims:
                slug = self._in_office(key, each)
                if slug is not None:
                    self._called.add(key, slug, each.day)

    def _own_names(self, named: Iterable[NamedPerson], renamed: Mapping[str, str]) -> dict[str, Identity]:
        """Single names that are persons of their own, with an identity each."""
        printed: dict[str, Counter[str]] = defaultdict(Counter)
        for each in named:
            if each.form is None:
                printed[name_key(each.names[0])][each.names[0]] += 1
        own = {}
        for key in sorted(printed):
            if key in renamed or self._is_own(key, printed[key].total()):
                name = renamed.get(key) or min(printed[key], key=lambda name: (-printed[key][name], name))
                slug = slug_of(name)
                own[key] = Identity(slug if slug not in self._by_slug else f"{slug}-alone", name)
        return own

    def _is_own(self, key: str, alone: int) -> bool:
        """An artist's one name; not Smith, and not somebody's brother Matt."""
        namesakes = max(self._surnames.total(key), self._called.total(key))
        if well_known().get(key) == "single" and namesakes < min(alone, MIN_ARTICLES):
            return True
        known = usage(key)
        return namesakes * ALONE_SHARE <= alone and known.given < 3 and known.surname < 4

    def of(self, named: NamedPerson) -> Identity | None:
        key = name_key(named.names[0])
        if key in self._claims:
            return self._claims[key]
        if is_handle(named.names[0]):
            return self._own.get(key)
        slug = self._in_office(key, named) or self._without_office(key, named)
        if slug is not None:
            if slug not in self._inferred:
                self._inferred[slug] = replace(self._by_slug[slug], inferred=True)
            return self._inferred[slug]
        return self._own.get(key)

    def _in_office(self, surname: str, named: NamedPerson) -> str | None:
        """The slug of the person who had surname and office at that time: Mayor Adeyemi is nobody else."""
        for office in sorted(named.offices):
            counts = self._offices.around(f"{office} {surname}", named.day)
            counts = {slug: count for slug, count in counts.items() if count > 1}    # one may be an error
            slug = foremost(counts, MIN_IN_OFFICE)
            if slug is not None:
                return slug
        return None

    def _without_office(self, word: str, named: NamedPerson) -> str | None:
        """The slug of the one whom a single name means, whatever the office; nobody who never had the one that the
        article gives: Justice Brice is not Tim Brice, the midfielder."""
        slug = self._dominant(word, named.day) or self._famous(word) or self._only_one_called(word, named.day)
        had = (slug in self._offices.around(f"{office} {word}", None) for office in named.offices)
        is_another = bool(named.offices) and not any(had) or slug is not None and self._is_anybodys(word, slug)
        return None if is_another else slug

    def _is_anybodys(self, word: str, slug: str) -> bool:
        """Whether a single name is somebody's given name that many have: Carl, not Hillary."""
        form = name_form(self._by_slug[slug].name)
        is_given = form is not None and form.given == word != form.surname
        return is_given and usage(word).given > MAX_USUAL and well_known().get(word) != "single"

    def _only_one_called(self, given: str, day: int | None) -> str | None:
        """The one person whom the archive names in full with a given name that hardly anybody has."""
        known = usage(given)
        is_usual = known.given > MAX_USUAL or known.surname > MAX_USUAL or known.word > MAX_USUAL
        if is_usual:
            return None
        return foremost(self._givens.around(given, day), MIN_ARTICLES) or foremost(
            self._givens.around(given, None), 2 * MIN_ARTICLES)

    def _famous(self, surname: str) -> str | None:
        """The one person of a surname in the archive, if it is a surname by which news name somebody well known."""
        if well_known().get(surname) != "single":
            return None
        return foremost(self._surnames.around(surname, None), MIN_FAMOUS)

    def _dominant(self, word: str, day: int | None) -> str | None:
        """The slug of the one whom a bare name means on a day, beyond reasonable doubt: of those whom articles
        call so once they have named them in full, or, if these are too few, of all who have the surname."""
        counts = self._called.around(word, day)
        if sum(counts.values()) < MIN_ARTICLES:
            counts = self._surnames.around(word, day)
        return foremost(counts, MIN_ARTICLES)


def foremost(counts: Mapping[str, int], least: int) -> str | None:
    """Who has at least so many articles and nearly all that there are."""
    slug, count = min(counts.items(), key=lambda each: (-each[1], each[0]), default=("", 0))
    return slug if count >= least and count >= MIN_SHARE * sum(counts.values()) else None
