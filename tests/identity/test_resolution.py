"""Who the persons of single articles are in the whole archive, and what the user corrects."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from indexer.errors import ConfigError
from indexer.identity.name_forms import name_form, slug_of
from indexer.identity.named import ArticleNames
from indexer.identity.overrides import Overrides, Part, read_overrides
from indexer.identity.resolution import People, resolve
from indexer.models import Mention, Person
from tests.work import is_linear


def person(name: str, *others: str) -> Person:
    return Person(name, tuple(Mention(None, each) for each in (name, *others)))


def article(number: int, *names: str, year: int | None = 2012) -> ArticleNames:
    return ArticleNames(f"a{number}", datetime(year, 5, 1) if year else None, tuple(person(name) for name in names))


def archive(*names: Sequence[str]) -> People:
    return resolve([article(number, *each) for number, each in enumerate(names)])


def slugs(people: People) -> list[str]:
    return [identity.slug for identity in people.identities]


@pytest.mark.parametrize("forms", [
    ("James O'Rourke", "James R. O'Rourke"),
    ("James O'Rourke", "James ORourke", "James O`Rourke"),
    ("Mei-Ling Zhao", "Mei Ling Zhao", "Meiling Zhao", "Mei-ling Zhao"),
    ("J.T. Castellane", "JT Castellane", "J. T. Castellane", "J T Castellane"),
    ("Cyrus Q.T.", "Cyrus QT", "Cyrus Q. T."),
    ("Imani Brooks-Hale", "Imani Brooks Hale"),
    ("Søren Mølgaard", "Soren Molgaard"),
    ("D.A. Cyril Bowden", "DA Cyril Bowden", "Cyril Bowden"),
    ("MP Edith Garrow", "Edith Garrow", "Edith Garrow MP", "Edith Garrow, MP"),
    ("Cllr Tobi Fenwick", "Cllr. Tobi Fenwick", "Councillor Tobi Fenwick", "Tobi Fenwick"),
    ("Ruth Adeyemi", "Ruth Adeyemi, Ph.D."),
    ("Lee Roon", "Lee-Roon"),
    ("James O’Rourke", "James O'Rourke"),
    ("José Núñez", "Jose Nunez"),
    ("Ruth Adeyemi", "RUTH ADEYEMI"),
    ("Luis de la Vega", "Luis De La Vega"),
    ('Michael "Mick" Garrity', "Michael Garrity"),
    ("Vincent Tagliaferro Jr.", "Vincent Tagliaferro, Jr."),
    ("Ruth B. Adeyemi", "Ruth Bolanle Adeyemi"),
])
def test_one_person(forms: tuple[str, ...]) -> None:
    """Middle initials, accents, hyphens, dots, marks and titles do not make another person."""
    people = archive(*((form,) for form in forms))
    assert len(people.identities) == 1
    assert {people.of(f"a{n}", form) for n, form in enumerate(forms)} == set(people.identities)


@pytest.mark.parametrize("forms", [
    ("Walter Prentiss", "Gordon Prentiss"),
    ("Vincent Tagliaferro Jr.", "Vincent Tagliaferro Sr."),
    ("Vincent Tagliaferro", "Vincent Tagliaferro Jr."),
    ("John A. Fisk", "John B. Fisk"),
    ("Ken Falco", "Ken Falk"),
    ("Mary Jane Stone", "Mary Stone"),
    ("Michael Garrity", "Mike Garrity"),
    ("Jon Garrity", "Jonathan Garrity"),
    ("Bill Prentiss", "Robert Prentiss"),
    ("Patrick Stone", "Patricia Stone"),
    ("Ann A. Leeds", "Anna Leeds"),
    ("Ada Lovett King", "Lovett King"),
    ("Dean Martin Fisk", "Martin Fisk"),
    ("Marina Okafor", "Marisa Okafor"),
    ("Garrity Falco", "Garrity-Falco Smith"),
])
def test_two_people(forms: tuple[str, ...]) -> None:
    """Another given name, another initial, father and son are two people."""
    people = archive(*((form,) for form in forms))
    assert len(people.identities) == len(forms)


def test_short_form_of_several_is_left_alone() -> None:
    """Al may be Albert or Alan: nothing but the name says who Al Fisk is."""
    people = archive(("Albert Fisk",), ("Alan Fisk",), ("Al Fisk",))
    assert slugs(people) == ["al-fisk", "alan-fisk", "albert-fisk"]


def test_forms_of_one_article_are_one_person() -> None:
    """What an article calls one person is one person in the whole archive."""
    both = ArticleNames("a", None, (person("Imani Brooks Hale", "Imani Brooks", "Hale"),))
    people = resolve([both, article(1, "Imani Brooks")])
    assert len(people.identities) == 1
    assert people.of("a", "Hale") == people.of("a1", "Imani Brooks")


def test_name_shown_is_the_most_usual() -> None:
    """Shown is the form that most articles use; the others are aliases, most used first."""
    both = ArticleNames("a9", None, (person("Michael Garrity", "Mike Garrity"),))
    people = resolve([article(1, "Mike Garrity"), article(2, "Mike Garrity"), both])
    assert people.identities[0].name == "Mike Garrity"
    assert people.identities[0].aliases == ("Michael Garrity",)
    assert people.identities[0].slug == "mike-garrity"


def test_an_article_does_not_know_other_articles_names() -> None:
    """A name is looked up in the article that uses it; other articles say nothing."""
    people = archive(("Ruth Adeyemi",), ("Ken Falco",))
    assert people.of("a1", "Ruth Adeyemi") is None
    assert people.of("nowhere", "Ruth Adeyemi") is None


def bearers(count: int, *others: str, year: int = 2012) -> list[ArticleNames]:
    many = [article(number, "Ruth Adeyemi", year=year) for number in range(count)]
    return many + [article(1000 + number, name, year=year) for number, name in enumerate(others)]


@pytest.mark.parametrize(("named", "year", "expected"), [
    (bearers(10), 2012, "ruth-adeyemi"),
    (bearers(10), 2015, "ruth-adeyemi"),
    (bearers(10), None, "ruth-adeyemi"),
    (bearers(10), 2016, None),                                   # too long after
    (bearers(9), 2012, None),                                    # too seldom
    (bearers(19, "Tobi Adeyemi"), 2012, "ruth-adeyemi"),         # 95 of 100
    (bearers(18, "Tobi Adeyemi"), 2012, None),
    (bearers(12) + bearers(12, year=2005), 2005, "ruth-adeyemi"),
])
def test_bare_surname(named: list[ArticleNames], year: int | None, expected: str | None) -> None:
    """A bare surname is its dominant bearer's at that time, and marked as inferred; else nobody's."""
    people = resolve([*named, article(5000, "Adeyemi", year=year)])
    found = people.of("a5000", "Adeyemi")
    assert (found.slug if found else None) == expected
    assert found is None or found.inferred
    assert not any(identity.inferred for identity in people.identities)


def test_called_so_counts_first() -> None:
    """Whom articles call by the bare surname after the full name is meant by it, though relatives are named too."""
    called = [ArticleNames(f"m{n}", datetime(2012, 5, 1), (person("Ruth Adeyemi", "Adeyemi"),)) for n in range(12)]
    named = [*called, *(article(100 + n, "Tobi Adeyemi") for n in range(4)), article(5000, "Adeyemi")]
    found = resolve(named).of("a5000", "Adeyemi")
    assert found is not None and found.slug == "ruth-adeyemi" and found.inferred


def test_office_tells_who_is_meant() -> None:
    """A bare surname with an office is whoever bore both at that time."""
    mayor = [ArticleNames(f"m{n}", datetime(2012, 5, 1), (Person("Ruth Adeyemi", (), "Mayor"),)) for n in range(5)]
    named = [*mayor, *(article(100 + n, "Tobi Adeyemi") for n in range(9)),
             ArticleNames("b1", datetime(2013, 1, 1), (Person("Adeyemi", (), "the mayor"),)),
             ArticleNames("b2", datetime(2013, 1, 1), (Person("Adeyemi", (), "Judge"),)),
             ArticleNames("b3", datetime(2020, 1, 1), (Person("Adeyemi", (), "Mayor"),))]
    people = resolve(named)
    found = people.of("b1", "Adeyemi")
    assert found is not None and found.slug == "ruth-adeyemi" and found.inferred
    assert people.of("b2", "Adeyemi") is None and people.of("b3", "Adeyemi") is None


def test_surnames_with_office_count_for_those_without() -> None:
    """Once Mayor Adeyemi is known to be Ruth, Adeyemi alone is too."""
    mayor = [ArticleNames(f"m{n}", datetime(2012, 5, 1), (Person("Ruth Adeyemi", (), "Mayor"),)) for n in range(5)]
    bare = [ArticleNames(f"b{n}", datetime(2012, 6, 1), (Person("Adeyemi", (), "Mayor"),)) for n in range(12)]
    found = resolve([*mayor, *bare, article(100, "Tobi Adeyemi"), article(200, "Adeyemi")]).of("a200", "Adeyemi")
    assert found is not None and found.slug == "ruth-adeyemi"


@pytest.mark.parametrize(("role", "expected"), [
    ("Justice", None), ("Mayor", "ruth-adeyemi"), ("runner", "ruth-adeyemi"), (None, "ruth-adeyemi"),
])
def test_an_office_that_the_usual_bearer_never_had(role: str | None, expected: str | None) -> None:
    """Justice Adeyemi is not the former mayor of that surname, though no other is known."""
    rows = [*bearers(10), ArticleNames("m", datetime(2012, 5, 1), (Person("Ruth Adeyemi", (), "former mayor"),))]
    found = resolve([*rows, ArticleNames("b", datetime(2012, 6, 1), (Person("Adeyemi", (), role),))]).of("b", "Adeyemi")
    assert (found.slug if found else None) == expected


@pytest.mark.parametrize(("name", "count", "year", "expected"), [
    ("Adeola Fenwick", 10, 2012, "adeola-fenwick"), ("Adeola Fenwick", 9, 2012, "adeola"),
    ("Adeola Fenwick", 20, 2002, "adeola-fenwick"), ("Adeola Fenwick", 19, 2002, "adeola"),
    ("Wendell Fenwick", 20, 2012, None),
])
def test_a_given_name_that_hardly_anybody_has(name: str, count: int, year: int, expected: str | None) -> None:
    """It means whom the archive names so in full at that time, or again and again at any; a usual one may be
    anybody's."""
    rows = [article(number, name) for number in range(count)]
    people = resolve([*rows, article(99, name.split()[0], year=year)])
    found = people.of("a99", name.split()[0])
    assert (found.slug if found else None) == expected
    both = resolve([*rows, *(article(50 + n, "Adeola Stone") for n in range(9)), article(99, "Adeola")])
    found = both.of("a99", "Adeola")
    assert expected != "adeola-fenwick" or found is None or found.slug == "adeola"


@pytest.mark.parametrize(("name", "expected"), [("Hillary Fenwick", True), ("Carl Fenwick", False)])
def test_a_given_name_by_which_articles_call_somebody(name: str, expected: bool) -> None:
    """Elsewhere it is that person's only if it is rare or well known: there are many Carls."""
    given = name.split()[0]
    called = [ArticleNames(f"m{n}", datetime(2012, 5, 1), (person(name, given),)) for n in range(12)]
    found = resolve([*called, article(5000, given)]).of("a5000", given)
    assert (found is not None and found.slug.endswith("fenwick")) is expected


def test_surname_with_particle_is_no_full_name() -> None:
    """De la Vega alone is a surname; so is Van Doren where somebody is called Arthur Van Doren."""
    people = archive(("Luis de la Vega",), ("de la Vega",), ("Arthur Van Doren",), ("Van Doren",), ("Van Morris",))
    assert slugs(people) == ["arthur-van-doren", "luis-de-la-vega", "van-morris"]


def test_surname_inside_its_article_is_certain() -> None:
    """Where the article gives the full name, its surname needs no archive."""
    people = resolve([ArticleNames("a", None, (person("Ruth Adeyemi", "Adeyemi"),))])
    found = people.of("a", "Adeyemi")
    assert found is not None and found.slug == "ruth-adeyemi" and not found.inferred


def test_single_names() -> None:
    """An artist's one name is a person; a brother's given name and a common surname alone are nobody's."""
    people = archive(("Odalys-X",), ("Madonna",), ("Matt",), ("Smith",))
    assert slugs(people) == ["madonna", "odalys-x"]


def test_unresolved() -> None:
    """Names that nobody claims, most frequent first."""
    people = archive(("Smith",), ("Smith",), ("Matt",), ("Ruth Adeyemi",))
    assert people.unresolved() == (("Smith", 2), ("Matt", 1))
    assert people.unresolved(1) == (("Smith", 2),)


@pytest.mark.parametrize(("name", "slug"), [
    ("Renée O'Rourke", "renee-orourke"), ("J. P. Castellane", "j-p-castellane"), ("Mei-Ling Zhao", "mei-ling-zhao"),
    ("Vincent Tagliaferro Jr.", "vincent-tagliaferro-jr"), ("!!!", "person"),
])
def test_slug(name: str, slug: str) -> None:
    """Addresses hold small letters, digits and hyphens."""
    assert slug_of(name) == slug


def test_slugs_are_unique() -> None:
    """People whose names fold to one and the same are numbered."""
    people = archive(("John A. Fisk",), ("John B. Fisk",), ("John A Fisk Jr.",), ("李 明",), ("王 芳",))
    assert len(set(slugs(people))) == 5


@pytest.mark.parametrize(("name", "parts"), [
    ("Luis de la Vega", ("luis", (), "de la vega", "")),
    ("James R. O'Rourke", ("james", ("r",), "o'rourke", "")),
    ("Vincent Tagliaferro, Jr.", ("vincent", (), "tagliaferro", "jr")),
    ('Michael "Mick" Garrity', ("michael", (), "garrity", "")),
    ("Vincent Jr. Tagliaferro", ("vincent", (), "tagliaferro", "jr")),
    ("J.T. O'Rourke", ("j", ("t",), "o'rourke", "")),
    ("Cllr. Edith Garrow, MBE", ("edith", (), "garrow", "")),
])
def test_form(name: str, parts: tuple[object, ...]) -> None:
    """A full name's given name, middle, surname with its particles, generation."""
    form = name_form(name)
    assert form is not None
    assert (form.given, form.middle, form.surname, form.generation) == parts


def test_single_word_is_no_full_name() -> None:
    """One word has no form."""
    assert name_form("Adeyemi") is None


NAMES = st.sampled_from([
    "Ruth Adeyemi", "Ruth B. Adeyemi", "Ruth C. Adeyemi", "Adeyemi", "Mike Garrity", "Michael Garrity", "Mick Garrity",
    "Al Fisk", "Alan Fisk", "Albert Fisk", "Fisk", "Odalys", "Vincent Tagliaferro Jr.", "Vincent Tagliaferro",
])


@given(st.lists(st.lists(NAMES, max_size=4, unique=True), max_size=25), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_order_does_not_matter(names: list[list[str]], chance: random.Random) -> None:
    """The same articles give the same people, in whatever order they are read."""
    named = [article(number, *each, year=2005 + number % 9) for number, each in enumerate(names)]
    shuffled = chance.sample(named, len(named))
    one, other = resolve(named), resolve(shuffled)
    assert one.identities == other.identities
    assert all(one.of(id, each.name) == other.of(id, each.name) for id, _, who, *_ in named for each in who)
    assert one.unresolved() == other.unresolved()


def test_merge() -> None:
    """The user's first name is shown; other full names and bare names become that person's."""
    overrides = Overrides(merge={"Ruth Adeyemi": ("Ruth Adeyemi-Cole", "Madam Mayor", "Mayor")})
    people = resolve([article(1, "Ruth Adeyemi-Cole"), article(2, "Ruth Adeyemi"), article(3, "Mayor")], overrides)
    assert slugs(people) == ["ruth-adeyemi"]
    assert people.of("a3", "Mayor") == people.identities[0]


def test_rename() -> None:
    """A person is shown, and addressed, by the name the user gives."""
    people = resolve([article(1, "Jimmy O'Rourke")], Overrides(rename={"Jimmy O'Rourke": "James R. O'Rourke"}))
    assert people.identities[0].name == "James R. O'Rourke"
    assert people.identities[0].slug == "james-r-orourke"
    assert people.identities[0].aliases == ("Jimmy O'Rourke",)


def test_ignore() -> None:
    """What is no person is nobody in any article, and not listed as unresolved."""
    overrides = Overrides(ignore=frozenset({"Corwin Square", "Smith"}))
    people = resolve([article(1, "Corwin Square"), article(2, "Smith")], overrides)
    assert people.identities == () and people.unresolved() == ()


def test_split() -> None:
    """One name becomes several people, by article or by date; where no part fits, the name stays."""
    parts = (Part("Wendell Park (judge)", articles=("a1", "b*")),
             Part("Wendell Park (cyclist)", first=datetime(2013, 1, 1).date()))
    named = [article(1, "Wendell Park"), article(2, "Wendell Park", year=2014), article(3, "Wendell Park")]
    people = resolve(named, Overrides(split={"Wendell Park": parts}))
    assert slugs(people) == ["wendell-park", "wendell-park-cyclist", "wendell-park-judge"]
    found = people.of("a2", "Wendell Park")
    assert found is not None and found.name == "Wendell Park (cyclist)"


def test_no_name_is_compared_with_all_others() -> None:
    """Four times the articles, each with four persons of its own, take four times the work."""
    chance = random.Random(5)
    given_names, surnames = [f"Given{n}" for n in range(150)], [f"Surname{n}" for n in range(900)]
    named = [article(number, *(f"{chance.choice(given_names)} {chance.choice(surnames)}" for _ in range(4)),
                     year=2004 + number % 14) for number in range(1_600)]
    assert is_linear(lambda count: resolve(named[:count]), 400)
    assert len(resolve(named).identities) > 6_000


GOOD = """
ignore = ["Corwin Square"]

[merge]
"Ruth Adeyemi" = ["R. Adeyemi", "Adeyemi"]

[rename]
"Jimmy O'Rourke" = "James R. O'Rourke"

[split]
"Wendell Park" = [
    { name = "Wendell Park (judge)", articles = ["terrence-boyle/*"] },
    { name = "Wendell Park (cyclist)", from = 2013-01-01, until = 2015-12-31 },
]
"""


def test_read_overrides(tmp_path: Path) -> None:
    """people.toml in full; none where there is no such file."""
    path = tmp_path / "people.toml"
    assert read_overrides(path) == Overrides()
    path.write_text(GOOD, encoding="utf-8")
    found = read_overrides(path)
    assert found.ignore == {"Corwin Square"}
    assert found.merge == {"Ruth Adeyemi": ("R. Adeyemi", "Adeyemi")}
    assert found.rename == {"Jimmy O'Rourke": "James R. O'Rourke"}
    judge, cyclist = found.split["Wendell Park"]
    assert judge.fits("terrence-boyle/x", None) and not judge.fits("ben/x", None)
    assert cyclist.fits("any", datetime(2015, 12, 31, 23)) and not cyclist.fits("any", datetime(2016, 1, 1))


@pytest.mark.parametrize(("content", "line", "reason"), [
    ('[merge]\n"A B" = ["C D"\n', 2, "Unclosed"),
    ('[merge\n', 1, "Expected"),
    ('ignore = []\n[marge]\n"A B" = ["C"]\n', 2, "no such section 'marge'; there are ignore, merge, rename, split"),
    ('\nignore = "A B"\n', 2, "list of names"),
    ('ignore = ["A B", 3]\n', 1, "3 is no name"),
    ('ignore = [" "]\n', 1, "no name"),
    ('merge = 3\n', 1, "must be a table"),
    ('[merge]\n\n"A B" = "C D"\n', 3, "needs a list"),
    ('[merge]\n"A B" = []\n', 2, "needs a list"),
    ('[merge]\n"A B" = ["A B"]\n', 2, "with itself"),
    ('[merge]\n"A B" = ["C D"]\n"E F" = ["C D"]\n', 3, "given to 'A B' and to 'E F'"),
    ('[rename]\n"A B" = ["C"]\n', 2, "no name"),
    ('[split]\n"A B" = []\n', 2, "list of people"),
    ('[split]\n"A B" = [{ articles = ["x"] }]\n', 2, "needs a name"),
    ('[split]\n"A B" = [\n  { name = "A B (1)", untill = 2014-01-01 },\n]\n', 3, "no such key 'untill'"),
    ('[split]\n"A B" = [{ name = "A B (1)", from = "2014" }]\n', 2, "must be a day"),
    ('[split]\n"A B" = [{ name = "A B (1)", articles = "x" }]\n', 2, "list of ids"),
    ('[split]\n"A B" = [\n  { name = "A B (1)" },\n]\n', 3, "needs articles, from or until"),
    ('[split]\n"A B" = [{ name = "A B (1)", from = 2014-01-02, until = 2014-01-01 }]\n', 2, "ends before it begins"),
    ('ignore = ["A B"]\n[rename]\n"A B" = "C D"\n', 1, "ignored, yet"),
    ('# escaped\n[merge]\n"A\\u0020B" = []\n', 2, "needs a list"),
    ('# deep\nignore = ' + "[" * 5000, 2, "too deep"),
])
def test_mistakes_are_told_by_line(content: str, line: int, reason: str, tmp_path: Path) -> None:
    """What is wrong in people.toml is said with its line."""
    path = tmp_path / "people.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=reason.replace("(", r"\(")) as raised:
        read_overrides(path)
    assert raised.value.line == line


def test_file_that_is_no_text(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are a mistake, not a crash."""
    path = tmp_path / "people.toml"
    path.write_bytes(b"ignore = ['\xff']")
    with pytest.raises(ConfigError, match="not UTF-8"):
        read_overrides(path)
