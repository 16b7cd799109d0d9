"""What joins different given names and odd spellings, and what forbids it."""

from __future__ import annotations

import random
from datetime import datetime

import pytest
from hypothesis import given, settings, strategies as st

from indexer.identity.name_forms import name_form, without_title
from indexer.identity.named import ArticleNames
from indexer.identity.resolution import resolve
from indexer.models import Mention, Person


def named(name: str, *others: str, role: str | None = None) -> Person:
    return Person(name, tuple(Mention(None, each) for each in (name, *others)), role)


def article(id: str, *persons: Person, year: int = 2012) -> ArticleNames:
    return ArticleNames(id, datetime(year, 5, 1), persons)


def names(rows: list[ArticleNames]) -> list[str]:
    return [identity.slug for identity in resolve(rows).identities]


@pytest.mark.parametrize("both", [
    ("Jonathan Haverill", "Jon Haverill"), ("Robert Prentiss", "Bill Prentiss"), ("Cyprian Vane", "Cyp Vane"),
    ("Margaret Sandoval", "Peggy Sandoval"), ("Barbra Sandoval", "Barbara Sandoval"),
])
def test_an_article_that_prints_both(both: tuple[str, str]) -> None:
    """One article that gives one person two usual forms of a name, or two that are a letter apart, joins them; of other
    pairs two articles do."""
    rows = [article("a", named(both[0])), article("b", named(both[1])), article("c", named(*both))]
    again = [*rows, article("d", named(*both))]
    assert len(names(again)) == 1
    assert len(names(rows)) == (2 if both[1].startswith("Bill") else 1)


def test_nickname_inside_the_name() -> None:
    """Margaret "Peggy" Sandoval says who Peggy Sandoval is."""
    rows = [article("a", named('Margaret "Peggy" Sandoval')), article("b", named("Peggy Sandoval")),
            article("c", named("Margaret Sandoval"))]
    assert len(names(rows)) == 1


@pytest.mark.parametrize(("one", "other", "year", "together"), [
    ("mayor of Calder", "mayor", 2013, True),
    ("mayor of Calder", "mayor", 2016, False),                    # too long after
    ("postmistress of Carrow", "the Carrow postmistress", 2012, True),
    ("singer", "singer", 2012, False),                            # many are
    ("Calder resident", "Calder resident", 2012, False),
    ("county judge", "shot-putter", 2012, False),
    ("judge", "judge", 2012, False),                              # many at a time
    (None, None, 2012, False),
])
def test_shared_role(one: str | None, other: str | None, year: int, together: bool) -> None:
    """A role that few have at a time is evidence."""
    rows = [article("a", named("Michael Garrity", role=one)),
            article("b", named("Mike Garrity", role=other), year=year)]
    assert (len(names(rows)) == 1) is together


@pytest.mark.parametrize(("companion", "other", "year", "together"), [
    ("Hank Sorensen", "Hank Sorensen", 2012, True),
    ("Hank Sorensen", "Hank Sorensen", 2017, False),
    ("Hank Sorensen", "Ana Sorensen", 2012, False),
    ("Ruth Garrity", "Ruth Garrity", 2012, False),                # brothers share their family
])
def test_shared_company(companion: str, other: str, year: int, together: bool) -> None:
    """Who is rarely named, and named beside both, is evidence; the family is not."""
    rows = [article("a", named("Michael Garrity"), named(companion)),
            article("b", named("Mike Garrity"), named(other), year=year)]
    assert any("mike" not in slug and "michael" in slug for slug in names(rows))
    assert ("mike-garrity" not in names(rows) or "michael-garrity" not in names(rows)) is together


def test_a_role_of_many_says_nothing() -> None:
    """There are many harbor pilots."""
    pilots = [article(f"o{number}", named(name, role="harbor pilot"))
              for number, name in enumerate(("Ana Leeds", "Ben Stone", "Cal Fenn", "Ruth Okafor"))]
    rows = [article("a", named("Michael Garrity", role="harbor pilot")),
            article("b", named("Mike Garrity", role="a harbor pilot"))]
    assert len(names(rows)) == 1 and len(names([*rows, *pilots])) == 6


def test_company_of_everybody_says_nothing() -> None:
    """Who is in every other article is no companion."""
    everywhere = [article(f"e{number}", named("Hank Sorensen")) for number in range(30)]
    rows = [article("a", named("Michael Garrity"), named("Hank Sorensen")),
            article("b", named("Mike Garrity"), named("Hank Sorensen")), *everywhere]
    assert len(names(rows)) == 3


def test_two_persons_of_one_article_stay_two() -> None:
    """An article that names both as two persons is stronger than what they share."""
    rows = [article("a", named("Michael Garrity", role="mayor")), article("b", named("Mike Garrity", role="mayor")),
            article("c", named("Michael Garrity"), named("Mike Garrity"))]
    assert len(names(rows)) == 2


@pytest.mark.parametrize(("one", "other"), [
    ("Patrick Stone", "Patricia Stone"), ("Vincent Tagliaferro Jr.", "Vincent Tagliaferro Sr."),
    ("John A. Fisk", "John B. Fisk"),
])
def test_what_no_evidence_joins(one: str, other: str) -> None:
    """A man and a woman, father and son, two middle initials are two people, whatever articles print or share."""
    rows = [article(f"a{number}", named(one, other, role="mayor of Calder")) for number in range(3)]
    rows.append(article("b", named(other, role="mayor of Calder")))
    assert len(names(rows)) == 2


def test_roles_tell_genders() -> None:
    """Pat and Patty, councilman and councilwoman, are two."""
    rows = [article("a", named("Pat Stone", role="Calder councilman")),
            article("b", named("Patty Stone", role="Calder councilwoman"))]
    assert len(names(rows)) == 2


@pytest.mark.parametrize(("slip", "together"), [
    ("Ruth Adeyyemi", True), ("Ruth Adeymi", True), ("Ruth Adeyami", True), ("Ruth Adeeymi", True),
    ("Ruth Adams", False),
    ("Ruth Adeyemo-Cole", False),
])
def test_one_odd_letter(slip: str, together: bool) -> None:
    """A letter too many, too few or wrong, or two that changed places, are a slip where the articles agree, and only
    there."""
    alone = [article("a", named("Ruth Adeyemi")), article("b", named(slip), year=2013)]
    agreed = [article("a", named("Ruth Adeyemi", role="ferry captain")),
              article("b", named(slip, role="ferry captain"))]
    assert len(names(alone)) == 2
    assert (len(names(agreed)) == 1) is together


@pytest.mark.parametrize(("slip", "companion", "together"), [
    ("Ruth Adeyymi", "Ida Moss", True), ("Ruth Adeyymi", "Bo Lund", False), ("Rutth Adeyemi", "Ida Moss", True),
    ("Ruth Adeyemo", "Bo Lund", False),
])
def test_a_slip_in_usual_company(slip: str, companion: str, together: bool) -> None:
    """A word that is nobody's name is a slip if it is named beside whoever is often named beside the right one."""
    often = [article(f"a{number}", named("Ruth Adeyemi"), named("Ida Moss")) for number in range(30)]
    rows = [*often, article("b", named(slip), named(companion))]
    assert ("ruth-adeyemi" in names(rows) and len(names(rows)) == 2) is together


@pytest.mark.parametrize(("slip", "name", "often", "year", "together"), [
    ("Ruth Adeyymi", "Ruth Adeyemi", 10, 2013, True), ("Ruth Adeyymi", "Ruth Adeyemi", 9, 2013, False),
    ("Ruth Adeyymi", "Ruth Adeyemi", 10, 2003, False), ("Ruth Marlow", "Ruth Barlow", 10, 2012, False),
    ("Rutth Adeyemi", "Ruth Adeyemi", 10, 2012, True), ("Rutth Adeyemi", "Ruth Adeyemi", 10, 2013, False),
    ("Micheal Stone", "Michael Stone", 10, 2012, False),
])
def test_what_hardly_any_article_prints(slip: str, name: str, often: int, year: int, together: bool) -> None:
    """A word that is nobody's name is a slip of one that ten times as many articles of those years print; of a given
    name only in articles of the same days, and where few have the surname."""
    rows = [article(f"a{number}", named(name)) for number in range(often)]
    assert (len(names([*rows, article("b", named(slip), year=year)])) == 1) is together


@pytest.mark.parametrize(("slip", "role", "together"), [
    ("Ruth Adeyymi", "Tarn ferry captain", True), ("Ruth Adeyymi", "pastry cook", False),
    ("Ruth Adeyymi", "resident", True),
    ("Rutth Adeyemi", "Tarn ferry captain", True), ("Rutth Adeyemi", "pastry cook", False),
    ("Rutth Adeyemi", "resident", False),
])
def test_a_slip_is_called_nothing_else(slip: str, role: str, together: bool) -> None:
    """A name a letter apart from one that far more articles print is another's if it is called by what that never is;
    an odd given name also if nothing is said of it that is said of the other."""
    rows = [article(f"a{number}", named("Ruth Adeyemi", role="ferry captain" if number else None))
            for number in range(20)]
    assert (len(names([*rows, article("b", named(slip, role=role), year=2013)])) == 1) is together


@pytest.mark.parametrize(("slip", "often", "beside", "together"), [
    ("Ruth Barlow", 10, 2, True), ("Ruth Barlow", 9, 2, False), ("Ruth Barlow", 10, 1, False),
    ("Ruth Harlow", 10, 2, True), ("Ruth Marlowe", 10, 2, True), ("Ruth Fisk", 10, 2, False),
    ("Rutha Marlow", 10, 2, False),
])
def test_a_surname_a_letter_from_one_in_the_news(slip: str, often: int, beside: int, together: bool) -> None:
    """Though both be names, the one is a misprint where far more articles print the other, and two who are named
    beside the one are named beside the other too."""
    company = [named("Ida Moss"), named("Bo Lund")]
    rows = [article(f"a{number}", named("Ruth Marlow"), *company) for number in range(often)]
    found = names([*rows, article("b", named(slip), *company[:beside], year=2013)])
    assert (len(found) == 3) is together


def test_the_other_surname_is_told_apart() -> None:
    """An article that names both knows better, and so do several that call the two by different work."""
    company = [named("Ida Moss"), named("Bo Lund")]
    rows = [article(f"a{number}", named("Ruth Marlow", role="ferry captain"), *company) for number in range(20)]
    both = article("b", named("Ruth Marlow"), named("Ruth Barlow"), *company)
    baker = [article(f"c{number}", named("Ruth Barlow", role="pastry cook"), *company) for number in range(2)]
    assert len(names([*rows, both])) == len(names([*rows, *baker])) == 4


@pytest.mark.parametrize(("slip", "role", "year", "together"), [
    ("Corey Quist", "Mayor", 2012, True), ("Corey Quist", "Mayor", 2016, False), ("Corey Quist", "judge", 2012, False),
    ("Corey Quist", None, 2012, False), ("Mary Quist", "Mayor", 2012, False), ("Cory Quest", "Mayor", 2012, True),
])
def test_one_office_and_two_names_a_letter_apart(slip: str, role: str | None, year: int, together: bool) -> None:
    """Where far more articles print the one, the other is a slip, though somebody may be called so."""
    rows = [article(f"a{number}", named("Cory Quist", role=role)) for number in range(5)]
    assert (len(names([*rows, article("b", named(slip, role=role), year=year)])) == 1) is together
    assert len(names([*rows[:4], article("b", named(slip, role=role), year=year)])) == 2


def test_what_speaks_against_company() -> None:
    """Joe and Joseph Quist, whom several articles call by nothing that they share, are two, though one is named beside
    both; not if one of them is called nothing."""
    beside = named("Ida Moss")
    rows = [*(article(f"a{n}", named("Joe Quist", role="Tarn choir leader"), beside) for n in range(2)),
            *(article(f"b{n}", named("Joseph Quist", role="harbor works commissioner"), beside) for n in range(2))]
    assert len(names(rows)) == 3
    assert len(names([*rows[:3], article("c", named("Joseph Quist"))])) == 2


@pytest.mark.parametrize(("name", "role", "year", "together"), [
    ("Hal Quist Jr.", "engineer", 2012, True), ("Hal Quist Jr.", "engineer", 2013, False),
    ("Hal Quist Jr.", "baker", 2012, False), ("Hal Quist Sr.", "engineer", 2012, False),
])
def test_junior_in_one_story(name: str, role: str, year: int, together: bool) -> None:
    """Jr. is somebody's whom articles of the same days call by the same work without it."""
    rows = [article("a", named("Hal Quist", role="engineer")), article("b", named(name, role=role), year=year)]
    assert (len(names(rows)) == 1) is together


@pytest.mark.parametrize(("short", "long", "together"), [
    ("Sal Quist", "Salvatore Quist", True), ("Geoff Quist", "Geoffrey Quist", True),
    ("Ann Quist", "Anna Quist", False), ("Al Quist", "Alban Quist", False),
])
def test_a_given_name_cut_short(short: str, long: str, together: bool) -> None:
    """It may be one person's unless it is a usual name of its own, and is where the articles agree."""
    role = "Tarn ferry captain"
    rows = [article("a", named(short, role=role)), article("b", named(long, role=role))]
    assert (len(names(rows)) == 1) is together


def test_tom_and_thom_are_thomas() -> None:
    """Two forms of a third agree through it."""
    rows = [article(id, named(f"{given} Quist", role="Tarn ferry captain"))
            for id, given in (("a", "Thomas"), ("b", "Tom"), ("c", "Thom"))]
    assert len(names(rows)) == 1


@pytest.mark.parametrize(("surname", "together"), [("Torres", False), ("Quist", True)])
def test_officials_are_named_beside_anybody(surname: str, together: bool) -> None:
    """For a surname that many have, one councilwoman beside both is not enough; two are."""
    council = named("Ida Moss", role="Councilwoman")
    rows = [article("a", named(f"Eddie {surname}"), council), article("b", named(f"Edwin {surname}"), council)]
    assert (len(names(rows)) == 2) is together
    both = [council, named("Bo Lund", role="Councilman")]
    assert len(names([article("a", named(f"Eddie {surname}"), *both),
                      article("b", named(f"Edwin {surname}"), *both)])) == 3


def test_junior_is_called_so_for_short() -> None:
    """One office at one time is one person's, with Jr. and without; a father has another."""
    rows = [article("a", named("Hal Quist", role="Tarn councilman")),
            article("b", named("Hal Quist Jr.", role="Tarn councilman"))]
    assert len(names(rows)) == 1
    assert len(names([*rows, article("c", named("Hal Quist Sr.", role="Tarn councilman"))])) == 3
    assert len(names([rows[0], article("b", named("Hal Quist Jr.", role="plumber"))])) == 2
    assert len(names([*rows, article("d", named("Hal Quist"), named("Hal Quist Jr."))])) == 2


def test_a_fathers_short_name() -> None:
    """Bobby Quist, of whom many write, is not Robert Quist Jr., whom one article calls so, unless they agree."""
    often = [article(f"a{number}", named("Bobby Quist", role="poet")) for number in range(6)]
    son = article("b", named("Robert Quist Jr.", "Bobby Quist", role="Tarn ferry captain"))
    assert len(names([*often, son])) == 2
    assert len(names([*often, son, article("c", named("Bobby Quist", role="Tarn ferry captain"))])) == 1


@pytest.mark.parametrize(("others", "together"), [
    ((), True), (("Ana Leeds Brook",), False), (("Ana Leeds",) * 9, False),
])
def test_a_name_without_its_last_surname(others: tuple[str, ...], together: bool) -> None:
    """Ana Leeds is Ana Leeds Stone where their articles agree, unless she may be another or is more in the news."""
    rows = [article("a", named("Ana Leeds", role="Tarn ferry captain")),
            article("b", named("Ana Leeds Stone", role="the Tarn ferry captain"))]
    found = names([*rows, *(article(f"c{number}", named(name)) for number, name in enumerate(others))])
    assert (not {"ana-leeds", "ana-leeds-stone"} <= set(found)) is together


def test_an_initial_is_no_particle() -> None:
    """Ann E. Leeds is Ann Leeds; Ana e Silva keeps her e."""
    assert len(names([article("a", named("Ann E. Leeds")), article("b", named("Ann Leeds"))])) == 1
    form = name_form("Ana Lima e Silva")
    assert form is not None and form.surname == "e silva"


def test_a_nickname_in_another_article() -> None:
    """TugboatSam Fenn is the Sam "Tugboat" Fenn of another article."""
    rows = [article("a", named("TugboatSam Fenn")), article("b", named('Sam "Tugboat" Fenn'))]
    assert len(names(rows)) == 1
    assert len(names([rows[0], article("b", named('Sam "Raft" Fenn'))])) == 2


def test_nickname_grown_onto_the_name() -> None:
    """TugboatSam Fenn is Sam Fenn where the articles agree; JoAnn Fenn is not Ann Fenn."""
    rows = [article("a", named("TugboatSam Fenn", role="ferry captain")),
            article("b", named("Sam Fenn", role="ferry captain")),
            article("c", named("JoAnn Stone", role="ferry captain")),
            article("d", named("Ann Stone", role="ferry captain"))]
    assert sorted(names(rows))[:2] == ["ann-stone", "joann-stone"]
    assert len(names(rows)) == 3


def test_a_part_of_two_names_joins_nobody() -> None:
    """Mary Jane is short for Mary Jane Stone in one article and for Mary Jane Fenn in another."""
    rows = [article("a", named("Mary Jane Stone", "Mary Jane")), article("b", named("Mary Jane Fenn", "Mary Jane")),
            article("c", named("Mary Jane"))]
    assert len(names(rows)) == 3


def test_who_is_named_after_somebody() -> None:
    """Imani Brooks Hale, whom one article calls Imani Brooks, is not the Imani Brooks of all others."""
    others = [article(f"b{number}", named("Imani Brooks")) for number in range(9)]
    child = article("a", named("Imani Brooks Hale", "Imani Brooks"))
    assert len(names([child, others[0]])) == 1
    assert len(names([child, *others])) == 2


def test_a_handle_joins_nobody() -> None:
    """An account is nobody of the archive, however often its owner's namesake is named."""
    rows = [article(f"a{number}", named("Ruth Quillfeather", "Quillfeather")) for number in range(20)]
    people = resolve([*rows, article("b", named("@quillfeather")), article("c", named("quillfeather_99"))])
    for id, name in (("b", "@quillfeather"), ("c", "quillfeather_99")):
        found = people.of(id, name)
        assert found is None or found.slug != "ruth-quillfeather"


@pytest.mark.parametrize(("name", "left"), [
    ("D.A. Cyril Bowden", "Cyril Bowden"), ("MP Edith Garrow", "Edith Garrow"), ("Sgt. Ann Leeds", "Ann Leeds"),
    ("Councilwoman Ruth Adeyemi", "Ruth Adeyemi"), ("Ada Lovett King", "Ada Lovett King"),
    ("Dean Martin Fisk", "Dean Martin Fisk"), ("Judge Leeds", "Judge Leeds"), ("da Silva Santos", "da Silva Santos"),
    ("Edith Garrow, MBE", "Edith Garrow"), ("ADA LOVETT KING", "ADA LOVETT KING"), ("", ""),
])
def test_titles(name: str, left: str) -> None:
    """Titles go where a full name is left; what is also a given name stays."""
    assert without_title(name) == left


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_any_text_may_be_a_name(text: str) -> None:
    """Whatever is printed, forms are made of it or not, and its spelling can be compared."""
    form = name_form(text)
    assert form is None or form.given and form.surname and isinstance(form.letters[0], str)


ROLES = st.sampled_from([None, "mayor", "ferry captain", "an actress", "the Calder councilman"])
NAMES = st.sampled_from([
    "Pat Stone", "Patty Stone", "Patricia Stone", "Patrick Stone", "Ruth Adeyemi", "Ruth Adeyyemi", "JT Fisk",
    "J.T. Fisk", "John Fisk", "John A. Fisk", "John B. Fisk Jr.", "John Fisk Sr.", "Lee Roon", "Lee-Roon",
    'Patricia "Patty" Stone',
])
PERSONS = st.builds(lambda name, others, role: named(name, *others, role=role),
                    NAMES, st.lists(NAMES, max_size=2), ROLES)


@given(st.lists(st.lists(PERSONS, max_size=4, unique_by=lambda each: each.name), max_size=12), st.randoms())
@settings(max_examples=60)
def test_order_does_not_matter(persons: list[list[Person]], chance: random.Random) -> None:
    """Evidence is weighed alike in whatever order the articles are read."""
    rows = [article(f"a{number}", *each, year=2009 + number % 5) for number, each in enumerate(persons)]
    one, other = resolve(rows), resolve(chance.sample(rows, len(rows)))
    assert one.identities == other.identities
    assert all(one.of(id, each.name) == other.of(id, each.name) for id, _, who, *_ in rows for each in who)


@pytest.mark.parametrize(("one", "other", "role", "beside", "together"), [
    ("Dan Quist", "Daniel Quist", None, ["Hank Sorensen"], True),
    ("Dan Quist", "Daniel Quist", "city council member", [], True),
    ("Dan Quist", "Daniel Quist", "council member", [], False),            # of whom there may be many
    ("Dan Johnson", "Daniel Johnson", None, ["Hank Sorensen"], False),     # many are called so
    ("Dan Johnson", "Daniel Johnson", "council member", ["Hank Sorensen"], True),
    ("Dan Johnson", "Daniel Johnson", None, ["Hank Sorensen", "Ida Moss"], True),
])
def test_enough_for_how_many_have_the_surname(
    one: str, other: str, role: str | None, beside: list[str], together: bool,
) -> None:
    """The more there are of a surname, the more two forms must have in common; be it with people of many articles."""
    rows = [article("a", named(one, role=role), *map(named, beside)),
            article("b", named(other, role=role), *map(named, beside)),
            *(article(f"hall{number}", named("Hank Sorensen", role="Councilman"), named("Ida Moss"))
              for number in range(18)),
            *(article(f"role{number}", named(f"Ada {surname}", role="city council member"))
              for number, surname in enumerate(("Fenn", "Lunt", "Poole", "Tarn")))]
    found = {name for name in names(rows) if name.startswith("dan")}
    assert (len(found) == 1) is together


@pytest.mark.parametrize(("slip", "day", "together"), [
    ("Ruth Adeyymi", 4, True), ("Ruth Adeyymi", 20, False), ("Rut Adeyemi", 4, False), ("Ruth Adams", 4, False),
])
def test_a_slip_in_one_story(slip: str, day: int, together: bool) -> None:
    """A long surname with an odd letter, in articles of the same days, is the one that is meant."""
    rows = [ArticleNames("a", datetime(2012, 5, 1), (named("Ruth Adeyemi"),)),
            ArticleNames("b", datetime(2012, 5, day), (named(slip),))]
    assert (len(names(rows)) == 1) is together


@pytest.mark.parametrize(("others", "people"), [
    (["Cyrus Quist Jr."], 1), (["Cyrus Quist Jr.", "Cyrus Quist Sr.", "Ida Moss", "Hank Sorensen"], 2),
    (["Cyrus Quist Jr.", "Cyrus Quist"], 2),
])
def test_junior_in_the_same_company(others: list[str], people: int) -> None:
    """Cyrus Quist, of whom the same is told as of Cyrus Quist Jr., is no other; unless it is told of Cyrus Quist Sr.
    too, or an article names both."""
    beside = [named("Hank Sorensen"), named("Ida Moss")]
    rows = [article("a", named("Cyrus Quist"), *beside), article("b", named("Cyrus Quist Jr."), *beside),
            article("c", *map(named, others))]
    quists = {name for name in names(rows) if name.startswith("cyrus-quist") and not name.endswith("sr")}
    assert len(quists) == people
