"""Incumbents: who is meant by "the mayor" in an article that names none, by whom the archive calls so at that time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from indexer.identity.bare_names import foremost
from indexer.identity.named import ArticleNames, NamedPerson
from indexer.identity.roles import title_words
from indexer.models import Identity

_DAYS = 183           # before and after an article; if two people are called so within them, either may be meant
_LEAST_ARTICLES = 10
_LEAST_AUTHORS = 3

Meant = Sequence[tuple[NamedPerson, Identity | None]]


def incumbents(speaking: Sequence[ArticleNames], meant: Meant) -> Iterator[tuple[str, str, Identity]]:
    """The article, the words and the person, for each of the offices by which articles name speakers and of which the
    archive leaves no reasonable doubt who held it. meant: every person of every article, and who that is."""
    if not speaking:
        return
    offices, present = _Offices(meant), _present(speaking, meant)
    for names in speaking:
        for office in names.offices:
            holder = offices.holder(office, names.day)
            if holder is not None and not _names_another(present[names.article], office, holder):
                yield names.article, office, replace(holder, inferred=True)


def _present(speaking: Iterable[ArticleNames], meant: Meant) -> Mapping[str, Meant]:
    """The persons of those articles, and who they are."""
    present: dict[str, list[tuple[NamedPerson, Identity | None]]] = {names.article: [] for names in speaking}
    for person, identity in meant:
        if person.article in present:
            present[person.article].append((person, identity))
    return present


def _names_another(present: Meant, office: str, holder: Identity) -> bool:
    """Whether an article gives an office of this kind to somebody else, be it a former one."""
    title = title_words(office)
    return any(person.offices & title and (identity is None or identity.slug != holder.slug)
               for person, identity in present)


def _is_called(person: NamedPerson, identity: Identity) -> bool:
    """Whether an article calls somebody by an office, and it is sure who that is: by full name, or as Mayor Adeyemi."""
    return bool(person.offices) and (not identity.inferred or person.form is None)


class _Call(NamedTuple):
    """An article that calls somebody by a title and nothing besides."""

    day: int
    article: str
    author: str
    slug: str


class _Offices:
    """Whom the archive calls by which title, and when."""

    def __init__(self, meant: Meant) -> None:
        self._identities: dict[str, Identity] = {}
        self._calls: dict[frozenset[str], list[_Call]] = defaultdict(list)
        for person, identity in meant:
            if identity is not None and _is_called(person, identity) and person.day is not None:
                self._identities[identity.slug] = identity
                author = person.authors or str(person.day)       # unsigned, another day is another author
                self._calls[person.title].append(_Call(person.day, person.article, author, identity.slug))
        for calls in self._calls.values():
            calls.sort()

    def holder(self, office: str, day: int | None) -> Identity | None:
        """Who held an office on a day, beyond reasonable doubt."""
        calls = self._around(title_words(office), day) if day is not None else []
        counts = Counter(slug for _, slug in {(call.article, call.slug) for call in calls})
        slug = foremost({slug: count for slug, count in counts.items() if count > 1}, _LEAST_ARTICLES)
        authors = {call.author for call in calls if call.slug == slug}
        return self._identities[slug] if slug is not None and len(authors) >= _LEAST_AUTHORS else None

    def _around(self, title: frozenset[str], day: int) -> list[_Call]:
        calls = self._calls.get(title, [])
        return calls[bisect_left(calls, (day - _DAYS,)):bisect_right(calls, (day + _DAYS + 1,))]
