"""Who is meant by an office alone: whoever the archive calls so at that time, and nobody if that is open."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from indexer.identity.named import ArticleNames
from indexer.identity.resolution import resolve
from indexer.models import Mention, Person

DAY = datetime(2012, 5, 1)
AUTHORS = ("Ana Low", "Ben Fisk", "Cal Orr")


def somebody(name: str, role: str | None = "Mayor") -> Person:
    return Person(name, (Mention(None, name),), role)


def calls(name: str, count: int, role: str = "Mayor", start: datetime = DAY, authors: tuple[str, ...] = AUTHORS,
          ) -> list[ArticleNames]:
    """Articles, a day each, that call somebody so."""
    return [ArticleNames(f"{name}{role}{start:%y%m}{n}", start + timedelta(n), (somebody(name, role),),
                         authors[n % len(authors)]) for n in range(count)]


def speaking(office: str = "the mayor", *persons: Person, day: datetime | None = DAY) -> ArticleNames:
    return ArticleNames("x", day, persons, "Ana Low", (office,))


def who(rows: list[ArticleNames], office: str = "the mayor") -> str | None:
    found = resolve(rows).of("x", office)
    assert found is None or found.inferred
    return found.slug if found else None


@pytest.mark.parametrize(("rows", "meant"), [
    (calls("Ruth Adeyemi", 12), "ruth-adeyemi"),
    (calls("Ruth Adeyemi", 12, "the mayor"), "ruth-adeyemi"),
    (calls("Ruth Adeyemi", 12, authors=("",)), "ruth-adeyemi"),                       # unsigned, a day each
    ([*calls("Ruth Adeyemi", 12), *calls("Ida Moss", 1)], "ruth-adeyemi"),            # one may be an error
    ([*calls("Ruth Adeyemi", 12), *calls("Ida Moss", 9, start=datetime(2014, 5, 1))], "ruth-adeyemi"),
    ([*calls("Ruth Adeyemi", 12), *calls("Ida Moss", 9, "former mayor")], "ruth-adeyemi"),
    ([*calls("Ruth Adeyemi", 12), *calls("Ida Moss", 9, "mayor of Tarn")], "ruth-adeyemi"),
    ([*calls("Ruth Adeyemi", 12), *calls("Ida Moss", 9, "deputy mayor")], "ruth-adeyemi"),
    (calls("Ruth Adeyemi", 6), None),                                                 # too few
    (calls("Ruth Adeyemi", 12, authors=("Ana Low", "Ben Fisk")), None),               # too few who say it
    ([*calls("Ruth Adeyemi", 12), *calls("Ida Moss", 9)], None),                      # two are called so
    ([*calls("Ruth Adeyemi", 12), *calls("Ida Moss", 9, start=datetime(2012, 9, 1))], None),     # and one soon after
    (calls("Ruth Adeyemi", 12, start=datetime(2010, 5, 1)), None),                    # long ago
    (calls("Ruth Adeyemi", 12, "former mayor"), None),
    (calls("Ruth Adeyemi", 12, "mayor of Tarn"), None),
    (calls("Ruth Adeyemi", 12, "mayoral aide"), None),
])
def test_who_is_meant(rows: list[ArticleNames], meant: str | None) -> None:
    """Many articles of several authors, within months, call one person so, and hardly one calls another so."""
    assert who([*rows, speaking()]) == meant
    random.Random(3).shuffle(rows)
    assert who([speaking(), *rows]) == meant


@pytest.mark.parametrize(("named_in_full", "meant"), [(5, "ruth-adeyemi"), (4, None)])
def test_a_surname_with_the_office_counts(named_in_full: int, meant: str | None) -> None:
    """Where most articles only write Mayor Adeyemi, once it is known who that is."""
    rows = [*calls("Ruth Adeyemi", named_in_full), *calls("Adeyemi", 9)]
    assert who([*rows, speaking()]) == meant


def test_a_shortened_office() -> None:
    """Gov. is the governor; a police commissioner is no commissioner of ferries."""
    rows = [*calls("Ruth Adeyemi", 12, "Gov."), *calls("Ida Moss", 12, "ferry commissioner")]
    assert who([*rows, speaking("the Governor")], "the Governor") == "ruth-adeyemi"
    assert who([*rows, speaking("the police commissioner")], "the police commissioner") is None
    assert who([*rows, speaking("the ferry commissioner")], "the ferry commissioner") == "ida-moss"


@pytest.mark.parametrize(("persons", "meant"), [
    ((somebody("Ruth Adeyemi", None),), "ruth-adeyemi"),
    ((somebody("Ruth Adeyemi", "Mayor"),), "ruth-adeyemi"),
    ((somebody("Ida Moss", "ferry captain"),), "ruth-adeyemi"),
    ((somebody("Ida Moss", "mayor of Tarn"),), None),
    ((somebody("Ida Moss", "former mayor"),), None),
    ((somebody("Moss", "Mayor"),), None),                       # whoever that is
])
def test_the_article_names_another(persons: tuple[Person, ...], meant: str | None) -> None:
    """Then that one may be meant."""
    assert who([*calls("Ruth Adeyemi", 12), speaking("the mayor", *persons)]) == meant


def test_an_article_without_a_day() -> None:
    """Nobody knows who was mayor then."""
    assert who([*calls("Ruth Adeyemi", 12), speaking(day=None)]) is None
