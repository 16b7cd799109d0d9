"""What the archive holds about each person, counted article by article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.identity import held_offices, is_full_name, shown_roles
from indexer.models import Identity
from indexer.schema import PersonDocument

MOST_ROLES = 5
MOST_QUOTED_WITH = 10
MOST_IN_COMPANY = 60      # speakers of one article that count as quoted together; what quotes more is a list


class Appearance(NamedTuple):
    """A person in one article: how often quoted there, the roles that it gives, and how often it tells in its own words
    what the person said."""

    slug: str
    quoted: int
    roles: Sequence[str]
    reported: int = 0


class Roll(NamedTuple):
    """What is counted of one article: its ISO day, "" if undated, its quotations, who is in it, who wrote it, and its
    passages of reported speech."""

    day: str
    quotations: int
    people: Sequence[Appearance]
    author: str = ""              # "" if that is not known
    reported: int = 0


class Census:
    """The rolls of all articles, by the article's id, and who the people are, by slug.

    An update counts only the people about whom something may have changed: recounted are their slugs, None means
    everybody.
    """

    def __init__(
        self, identities: Iterable[Identity] = (), rolls: Mapping[str, Roll] | None = None,
        recounted: Collection[str] | None = None,
    ) -> None:
        self.identities = {each.slug: each for each in identities}
        self.rolls = dict(rolls or {})
        self._recounted = None if recounted is None else set(recounted)

    def add(self, article_id: str, roll: Roll, identities: Iterable[Identity]) -> None:
        """Add an article, or replace one that has changed."""
        self.rolls[article_id] = roll
        for each in identities:
            self.identities.setdefault(each.slug, each)
        if self._recounted is not None:
            self._recounted.update(each.slug for each in roll.people)

    def slugs(self) -> set[str]:
        """Everybody who is in an article."""
        return {each.slug for roll in self.rolls.values() for each in roll.people}

    def ends(self) -> tuple[str, str]:
        """The days of the first and the last article; "" if none has a date."""
        days = [roll.day for roll in self.rolls.values() if roll.day]
        return min(days, default=""), max(days, default="")

    def documents(self) -> Iterator[PersonDocument]:
        """The documents of the people who are counted, in the order of their slugs."""
        entries: dict[str, _Entry] = {}
        for roll in self.rolls.values():
            self._count(roll, entries)
        for slug in sorted(entries):
            yield entries[slug].document(self.identities[slug], self.identities)

    def _count(self, roll: Roll, entries: dict[str, _Entry]) -> None:
        present = [each for each in roll.people if self._recounted is None or each.slug in self._recounted]
        if not present:
            return
        speakers = sorted(each.slug for each in roll.people if each.quoted)[:MOST_IN_COMPANY]
        for each in present:
            entry = entries.get(each.slug) or entries.setdefault(each.slug, _Entry())
            entry.add(roll, each)
            if each.quoted and each.slug in speakers:
                entry.company.update(speakers)


@dataclass(slots=True)
class _Entry:
    """What the archive holds about one person."""

    articles: int = 0
    quotations: int = 0
    reported: int = 0
    first: str = ""
    last: str = ""
    roles: dict[str, list[str]] = field(default_factory=dict)    # the author of each article that gives the role
    role_years: dict[str, list[str]] = field(default_factory=dict)      # the year of each dated article that gives it
    years: dict[str, tuple[int, int]] = field(default_factory=dict)
    company: Counter[str] = field(default_factory=Counter)       # the person is among them

    def add(self, roll: Roll, appearance: Appearance) -> None:
        day = roll.day
        self.articles += 1
        self.quotations += appearance.quoted
        self.reported += appearance.reported
        for role in dict.fromkeys(appearance.roles):
            self.roles.setdefault(role, []).append(roll.author or day)     # unsigned, another day is another author
            self.role_years.setdefault(role, []).extend([day[:4]] if day else [])
        if day:
            self.first, self.last = min(self.first or day, day), max(self.last, day)
            quotations, articles = self.years.get(day[:4], (0, 0))
            self.years[day[:4]] = quotations + appearance.quoted, articles + 1

    def document(self, identity: Identity, identities: Mapping[str, Identity]) -> PersonDocument:
        roles = shown_roles(self.roles, MOST_ROLES, is_full_name(identity.name))
        company = [(slug, count) for slug, count in _most_frequent(self.company) if slug != identity.slug]
        return {
            "kind": "person", "id": identity.slug, "name": identity.name,
            "aliases": [alias for alias in identity.aliases if alias != identity.name],
            "roles": roles, "offices": held_offices(roles, self.role_years),
            "quotations": self.quotations, "reported": self.reported, "articles": self.articles,
            "first": self.first, "last": self.last,
            "years": dict(sorted(self.years.items())),
            "quoted_with": [(slug, identities[slug].name, count) for slug, count in company[:MOST_QUOTED_WITH]],
        }


def _most_frequent(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))
