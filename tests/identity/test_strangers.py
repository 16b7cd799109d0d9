"""People of one usual name, told apart by what articles call them and by those beside whom they are named."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from indexer.identity.callings import are_two_lives, kinds_of
from indexer.identity.named import ArticleNames
from indexer.identity.resolution import resolve
from indexer.models import Mention, Person

FIRST = datetime(2010, 1, 1)


def named(name: str, role: str | None = None, age: int | None = None) -> Person:
    return Person(name, (Mention(None, name),), role, age)


def article(id: str, day: int, name: str, role: str | None = None, *beside: str) -> ArticleNames:
    return ArticleNames(id, FIRST + timedelta(day), (named(name, role), *map(named, beside)))


def meant(rows: list[ArticleNames]) -> dict[str, str]:
    """Whom each article means by its first name; "?" behind whoever was inferred."""
    people = resolve(rows)
    found = {}
    for each in rows:
        identity = people.of(each.article, each.people[0].name)
        assert identity is not None
        found[each.article] = identity.slug + "?" * identity.inferred
    return found


def crowd() -> list[ArticleNames]:
    """An archive in which many are called David, and many Johnson."""
    givens = "Ada Hank Cyrus Olive Mabel Otto Ruth Iris Hugo Flora".split()
    surnames = "Rook Fenn Lunt Tarn Garrity Poole Brook Leeds Finch Marrow".split()
    names = [*(f"{given} Johnson" for given in givens), *(f"David {surname}" for surname in surnames)]
    return [article(f"crowd-{name}", 4000, name) for name in names]


@pytest.mark.parametrize(("one", "other", "people"), [
    ("the jazz singer", "a police sergeant", 2),
    ("chef", "an assemblyman from Calder", 2),
    ("goalkeeper", "Judge", 2),
    ("actor", "the comedian and actor", 1),
    ("councilman", "comptroller", 1),
    ("a police detective", "mayor of Calder", 1),           # who was elected
    ("comedian", "author", 1),                              # who wrote of it
    ("chef", "the owner of the Lantern", 1),
    ("singer", "a juggler from Tarn", 1),                   # nothing is known of jugglers
])
def test_lives_that_one_person_hardly_leads(one: str, other: str, people: int) -> None:
    rows = [article("a", 0, "David Johnson", one), article("b", 900, "David Johnson", other)]
    assert len(set(meant(rows).values())) == people


def test_a_name_that_few_have_is_one_persons() -> None:
    """Whatever it is that a Zebulon Quist does."""
    rows = [article("a", 0, "Zebulon Quist", "singer"), article("b", 900, "Zebulon Quist", "police sergeant")]
    assert set(meant(rows).values()) == {"zebulon-quist"}


@pytest.mark.parametrize(("beside_one", "beside_other", "days"), [
    (["Olive Fenn"], ["Olive Fenn"], 900),                  # the same companion
    ([], [], 5),                                            # what is told within days, but for the work
])
def test_what_two_articles_share(beside_one: list[str], beside_other: list[str], days: int) -> None:
    """A chef who plays the drums is one person where both articles name her beside the same other."""
    roles = ("chef", "drummer") if beside_one else ("chef", None)
    rows = [article("a", 0, "David Johnson", roles[0], *beside_one),
            article("b", days, "David Johnson", roles[1], *beside_other)]
    assert set(meant(rows).values()) == {"david-johnson"}


def test_articles_that_say_nothing() -> None:
    """They are the one's of whom there are most others, and inferred, unless they share a companion."""
    rows = [article("a", 0, "David Johnson", "singer"), article("b", 10, "David Johnson", "folk singer"),
            article("c", 2000, "David Johnson", "police sergeant", "Olive Fenn"), article("d", 2300, "David Johnson"),
            article("e", 200, "David Johnson"), article("f", 100, "David Johnson", None, "Olive Fenn"),
            article("g", 400, "David Johnson", "singer")]
    expected = {"a": "david-johnson", "b": "david-johnson", "c": "david-johnson-2", "d": "david-johnson?",
                "e": "david-johnson?", "f": "david-johnson-2", "g": "david-johnson"}
    assert meant(rows) == expected
    random.Random(5).shuffle(rows)
    assert meant(rows) == expected


@pytest.mark.parametrize(("one", "other", "day", "whose"), [
    ("columnist", "cab driver", 1000, "columnist"),          # though the driver was in the news at that time
    ("cab driver", "columnist", 1000, "columnist"),
    ("singer", "police sergeant", 1000, "police sergeant"),
    ("singer", "police sergeant", 200, "singer"),
])
def test_whose_an_article_is_that_says_nothing(one: str, other: str, day: int, whose: str) -> None:
    """Of two of whom as much is written, the one's who is in the news again and again; then the one's of that time."""
    rows = [article("a", 0, "David Johnson", one), article("b", 1100, "David Johnson", other),
            article("c", day, "David Johnson")]
    found = meant(rows)
    assert found["c"] == found["a" if one == whose else "b"] + "?"


def test_a_middle_name_belongs_to_one_of_them() -> None:
    """David L. Johnson is the reporter, whoever else is called David Johnson."""
    rows = [article("a", 0, "David L. Johnson", "reporter"), article("b", 400, "David L. Johnson"),
            article("c", 900, "David Johnson", "police sergeant"), article("d", 950, "David Johnson", "sergeant")]
    assert meant(rows) == {"a": "david-l-johnson", "b": "david-l-johnson", "c": "david-johnson", "d": "david-johnson"}


@pytest.mark.parametrize(("role", "days", "people"), [
    ("the precinct's volunteer", 900, 2),
    ("the precinct's volunteer", 300, 1),      # within a year anybody may be called something else
    ("market owner from Tarn", 900, 1),
    ("resident", 900, 1),                      # which says nothing
])
def test_a_name_of_which_another_is_expected(role: str, days: int, people: int) -> None:
    """Where the archive has many Davids and many Johnsons, whatever two are called tells them apart, years away."""
    rows = [article("a", 0, "David Johnson", "poultry market owner"), article("b", days, "David Johnson", role)]
    found = meant([*rows, *crowd()])
    assert len({found[id].rstrip("?") for id in "ab"}) == people
    assert len(set(meant(rows).values())) == 1, "nobody knows there are so many"


def test_nothing_shows_that_it_is_the_same() -> None:
    """Of a name of which another is to be expected, an article that shares nothing with the others is inferred."""
    rows = [*(article(id, day, "David Johnson", None, "Olive Quist") for id, day in (("a", 0), ("b", 700))),
            article("c", 1500, "David Johnson"), article("d", 0, "Zebulon Quist"), article("e", 1500, "Zebulon Quist")]
    found = meant([*rows, *crowd()])
    assert [found[id] for id in "abcde"] == [
        "david-johnson", "david-johnson", "david-johnson?", "zebulon-quist", "zebulon-quist"]


@pytest.mark.parametrize(("name", "role", "age_of_official", "day", "people"), [
    ("David Johnson", "Councilman", None, 400, 2),
    ("David Johnson", "police sergeant", None, 400, 2),
    ("David Johnson", "Councilman", 32, 400, 1),             # the same age
    ("David Johnson", "Councilman", None, 10, 1),            # one story
    ("David Johnson", "singer", None, 400, 1),               # whose age is news
    ("Zebulon Quist", "Councilman", None, 400, 1),           # few are called so
])
def test_somebody_whose_age_is_given(
    name: str, role: str, age_of_official: int | None, day: int, people: int
) -> None:
    """Is a private person, and not the official of that name, of whose office the article would tell."""
    held = ArticleNames("x", FIRST + timedelta(day), (named(name, None, 31),))
    rows = [*(ArticleNames(f"a{number}", FIRST + timedelta(number), (named(name, role, age_of_official),))
              for number in range(3)), held]
    assert len(set(meant(rows).values())) == people


def test_kinds_of_work() -> None:
    assert kinds_of(["famous", "chef", "calder"]) == {"kitchen"}
    assert are_two_lives(kinds_of(["chef"]), kinds_of(["drummer"]))
    assert not are_two_lives(kinds_of(["chef"]), kinds_of(["juggler"]))
    assert not are_two_lives(kinds_of(["chef", "author"]), kinds_of(["columnist"]))
