"""Several people of one full name, and what ages forbid."""

from __future__ import annotations

from datetime import datetime

import pytest

from indexer.identity.named import ArticleNames
from indexer.identity.resolution import resolve
from indexer.language import Gender
from indexer.models import Mention, Person


def row(
    id: str, name: str, year: int, age: int | None = None, role: str | None = None,
    gender: Gender | None = None,
) -> ArticleNames:
    return ArticleNames(id, datetime(year, 5, 1), (Person(name, (Mention(None, name),), role, age, gender),))


def slugs(rows: list[ArticleNames]) -> dict[str, str]:
    """Who is meant in each article; "?" behind whoever was inferred."""
    people = resolve(rows)
    meant = {}
    for id, _, persons, *_ in rows:
        identity = people.of(id, persons[0].name)
        assert identity is not None
        meant[id] = identity.slug + "?" * identity.inferred
    return meant


def test_two_ages_are_two_people() -> None:
    """A pupil and a judge; the one of whom more is written keeps the plain address."""
    rows = [row("a", "Dana Rook", 2010, 17), row("b", "Dana Rook", 2011, 64), row("c", "Dana Rook", 2012, 65)]
    assert slugs(rows) == {"a": "dana-rook-2", "b": "dana-rook", "c": "dana-rook"}
    assert slugs(rows[::-1]) == slugs(rows)
    assert {each.name for each in resolve(rows).identities} == {"Dana Rook"}


def test_ages_that_one_person_has() -> None:
    """Birthdays and slips of a year make nobody two."""
    rows = [row("a", "Dana Rook", 2010, 17), row("b", "Dana Rook", 2014, 20), row("c", "Dana Rook", 2016)]
    assert set(slugs(rows).values()) == {"dana-rook"}


@pytest.mark.parametrize(("rows", "people"), [
    ([("a", 2009, 6), ("b", 2012, 6), ("c", 2019, 6)], 1),          # a child who is six in each year's story
    ([("a", 2012, 55), ("b", 2012, 49)], 1),                         # one story, and one of two papers is wrong
    ([("a", 2012, 55), ("b", 2012, 19)], 2),
    ([("a", 2009, 55), ("b", 2012, 49)], 2),
])
def test_one_person_of_two_ages(rows: list[tuple[str, int, int]], people: int) -> None:
    """A past event that is told again, and an error within days, make nobody two."""
    assert len(set(slugs([row(id, "Dana Rook", year, age) for id, year, age in rows]).values())) == people


def test_a_name_that_many_have() -> None:
    """Two of 21, years apart, are two."""
    assert len(set(slugs([row("a", "David Rivera", 2009, 21), row("b", "David Rivera", 2015, 21)]).values())) == 2


def test_articles_without_an_age() -> None:
    """They are the one's whose role they give; otherwise the one's of whom more is written, and doubtful."""
    rows = [row("a", "Dana Rook", 2010, 17, "pole-vaulter"), row("b", "Dana Rook", 2011, 64, "county judge"),
            row("c", "Dana Rook", 2012, 65), row("d", "Dana Rook", 2012, None, "the pole-vaulter from Tarn"),
            row("e", "Dana Rook", 2012), row("f", "Dana Rook", 2013, 66)]
    assert slugs(rows) == {"a": "dana-rook-2", "b": "dana-rook", "c": "dana-rook", "d": "dana-rook-2",
                           "e": "dana-rook?", "f": "dana-rook"}


@pytest.mark.parametrize(("years", "people"), [((1903, 1960), 2), ((1903, 1935, 1960), 1), ((1999, 2012), 1)])
def test_years_between(years: tuple[int, ...], people: int) -> None:
    """Nobody is silent for forty years and then in the news again."""
    assert len(set(slugs([row(str(year), "Dana Rook", year) for year in years]).values())) == people


@pytest.mark.parametrize(("ages", "people"), [((19, 71), 2), ((40, 41), 1), ((None, 71), 1)])
def test_ages_forbid_joining(ages: tuple[int | None, int], people: int) -> None:
    """J.T. and JT are one, unless the one is a pupil and the other a pensioner."""
    rows = [row("a", "J.T. Rook", 2012, ages[0]), row("b", "JT Rook", 2012, ages[1])]
    assert len(set(slugs(rows).values())) == people


def test_pronouns_forbid_joining() -> None:
    """Alex, whom several articles call she, is not the Alexander Rook of the same office."""
    alexander = row("b", "Alexander Rook", 2012, role="mayor of Tarn")
    cases: tuple[tuple[Gender, int], ...] = (("f", 2), ("m", 1))
    for gender, people in cases:
        alex = [row(f"a{n}", "Alex Rook", 2012, role="mayor of Tarn", gender=gender) for n in range(3)]
        assert len(set(slugs([*alex, alexander]).values())) == people
