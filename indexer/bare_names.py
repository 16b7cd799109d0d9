"""Persons whom an article names by one word: a surname of somebody known, or a name of its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.forms import Form, folded, slug_of
from indexer.models import Identity
from indexer.names import usage, well_known

# A bare surname is its dominant bearer's where so many articles name that person within so many years of the
# article, and so large a share of all articles that name anybody of that surname.
MIN_ARTICLES = 10
YEARS_AROUND = 3
MIN_SHARE = 0.95
# A single name is a person's own (an artist's) where it stands alone so many times as often as with a given name.
ALONE_SHARE = 2

_DAYS = 365.25 * YEARS_AROUND


@dataclass(slots=True)
class Named:
    """A person of an article while the archive is read."""

    article: str
    day: int | None
    names: tuple[str, ...]        # the fullest first, then the other forms that the article uses
    form: Form | None             # of the fullest; None where that is a single word


class BareNames:
    """Who is meant by single names, once the full names are resolved."""

    def __init__(self, named: Sequence[Named], identities: Mapping[Form, Identity], claims: Mapping[str, Identity],
                 rename: Mapping[str, str]) -> None:
        self._claims = claims
        self._by_slug = {identity.slug: identity for identity in identities.values()}
        self._days: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._articles: dict[str, Counter[str]] = defaultdict(Counter)
        for each in named:
            if each.form is not None:
                self._bear(each.form.surname, identities[each.form].slug, each.day)
        for bearers in self._days.values():
            for days in bearers.values():
                days.sort()
        self._own = self._own_names(named, {folded(old): new for old, new in rename.items()})

    def _bear(self, surname: str, slug: str, day: int | None) -> None:
        self._articles[surname][slug] += 1
        if day is not None:
            self._days[surname][slug].append(day)

    def _own_names(self, named: Sequence[Named], renamed: Mapping[str, str]) -> dict[str, Identity]:
        """Single names that are persons of their own, with an identity each."""
        printed: dict[str, Counter[str]] = defaultdict(Counter)
        for each in named:
            if each.form is None:
                printed[folded(each.names[0])][each.names[0]] += 1
        own = {}
        for key in sorted(printed):
            if key in renamed or self._is_own(key, printed[key].total()):
                name = renamed.get(key) or min(printed[key], key=lambda name: (-printed[key][name], name))
                slug = slug_of(name)
                own[key] = Identity(slug if slug not in self._by_slug else f"{slug}-alone", name)
        return own

    def _is_own(self, key: str, alone: int) -> bool:
        """An artist's one name; not Smith, and not somebody's brother Matt."""
        if self._articles.get(key, Counter()).total() * ALONE_SHARE > alone:
            return False
        known = usage(key)
        return well_known().get(key) == "single" or known.given < 3 and known.surname < 4

    def of(self, named: Named) -> Identity | None:
        key = folded(named.names[0])
        if key in self._claims:
            return self._claims[key]
        slug = self._dominant(key, named.day)
        if slug is not None:
            return replace(self._by_slug[slug], inferred=True)
        return self._own.get(key)

    def _dominant(self, surname: str, day: int | None) -> str | None:
        """The slug of the one whom a bare surname means on a day, beyond reasonable doubt."""
        if day is None:
            counts = self._articles.get(surname, Counter())
        else:
            counts = Counter({slug: bisect_right(days, day + _DAYS) - bisect_left(days, day - _DAYS)
                              for slug, days in self._days.get(surname, {}).items()})
        slug, count = min(counts.items(), key=lambda each: (-each[1], each[0]), default=("", 0))
        return slug if count >= MIN_ARTICLES and count >= MIN_SHARE * sum(counts.values()) else None
