"""Which roles are shown as somebody's: offices, and what two authors say; nobody else's, and no accusation."""

from __future__ import annotations

import pytest

from indexer.identity.roles import (
    gender_in, held_offices, is_public_office, may_be_shown, role_words, shown_roles, sole_offices,
)


@pytest.mark.parametrize("role", [
    "his mother", "her longtime partner", "the plumber's wife", "Falco’s attorney", "their landlord", "its owner",
    "the tenants' former landlord's son", "a registered Level III sex offender", "murderer", "convicted murderer",
    "the prime suspect", "alleged gunman", "a man accused of arson", "serial rapist", "drug dealer", "Heroin kingpin",
    "con artist", "a disgraced banker", "the shooter", "an inmate", "an ex-convict", "a fugitive", "the thief",
    "identity thief", "a former gang leader", "the victim", "fraudster", "a man charged with theft", "burglar",
    "a convicted smuggler", "local hooligan", "the ringleader", "Officers", "conman", "a hobo", "spinster",
    "child molester", "SUSPECT", "stalker", "a witness against the killer",
    "opponent", "husband Senator", "challenger State Senator", "colleague", "Moss supporter", "grandfather",
    "man", "the resident", "23%--former mayor", "president of A", "chosen former Governor", "far former Wetlands owner",
    "Plus Rep.", "flood—council president", "Really? Harbor pilot", "one)",
    "the director of it", "the foreman's cousin",
])
def test_roles_that_are_not_shown(role: str) -> None:
    """A possessive or a relation makes it another's; a crime or an accusation is nobody's role, nor is what is cut."""
    assert not may_be_shown(role)


@pytest.mark.parametrize("role", [
    "mayor", "the mayor of Calder", "an immigration lawyer based in Saltmarsh", "a children's author", "ferry captain",
    "women's rights activist", "art dealer", "a tenants' organizer from Saltmarsh", "concert pianist", "therapist",
    "a skilled glazier", "wine dealer", "chargé d'affaires", "5th President", "Board member", "stepdance teacher",
    "president of the Longshoremen’s League",
    "the newly former mayor", "a former mayor", "State Senator and former mayor", "one former governor",
])
def test_roles_that_may_be_shown(role: str) -> None:
    """What somebody is, whatever letters the word shares with another."""
    assert may_be_shown(role)


@pytest.mark.parametrize(("role", "office"), [
    ("mayor", True), ("the former Mayor of Calder", True), ("Gov.", True), ("state Senator", True),
    ("Calder Councilmember", True),
    ("an aide to the mayor", False), ("football coach", False), ("plumber", False), ("", False),
    ("spokesman for Governor Hale", False),
    ("the former senator and once the candidate of the party for mayor", False),
])
def test_office(role: str, office: bool) -> None:
    """The head of the role says whether it is an office."""
    assert is_public_office(role) is office


@pytest.mark.parametrize(("authors", "shown"), [
    ({"plumber": ["Ana", "Ben"]}, ["plumber"]),
    ({"plumber": ["Ana", "Ana"]}, []),
    ({"plumber": ["Ana", "Ana", "Ana"]}, ["plumber"]),                          # no joke any more
    ({"Mayor": ["Ana", "Ben"] * 5, "Banner Mayor": ["Ana"]}, ["Mayor"]),
    ({"Mayor": ["Ana", "Ben"] * 4, "Calder Mayor": ["Ana"]}, ["Mayor", "Calder Mayor"]),
    ({"Mayor": ["Ana", "Ben"] * 5, "former Mayor": ["Ana"]}, ["Mayor", "former Mayor"]),
    ({"Mayor": ["Ana", "Ben"] * 5, "Calder Mayor": ["Ana", "Ana"]}, ["Mayor", "Calder Mayor"]),
    ({"Borough President": ["Ana", "Ben"] * 5, "President": ["Ana"], "Senator": ["Ana"]},
     ["Borough President", "Senator"]),
    ({"plumber": ["Ana"]}, []),
    ({"mayor of Calder": ["Ana"]}, ["mayor of Calder"]),
    ({"plumber": ["Ana"], "a plumber": ["Ben"]}, ["a plumber", "plumber"]),
    ({"lawyer": ["Ana"], "immigration lawyer": ["Ben"]}, ["lawyer"]),
    ({"her plumber": ["Ana", "Ben"], "thief": ["Ana", "Ben"]}, []),
    ({"Plumber": ["Ana"], "plumber": ["Ben", "Ben"]}, ["plumber"]),
    ({"Gov.": ["Ana"], "Governor": ["Ben", "Cal"]}, ["Governor"]),
    ({"baker": ["Ana", "Ben"], "plumber": ["Ana", "Ben", "Cal"]}, ["plumber", "baker"]),
])
def test_two_authors_or_an_office(authors: dict[str, list[str]], shown: list[str]) -> None:
    """What a single author says once or twice is shown for an office only, and not where it is a usual one with a word
    more or less; a longer description supports a shorter one."""
    assert shown_roles(authors, 5) == shown


@pytest.mark.parametrize(("authors", "shown"), [(["Ana"], []), (["Ana", "Ana"], []), (["Ana", "Ben"], ["mayor"])])
def test_a_single_word_with_an_office_may_be_a_joke(authors: list[str], shown: list[str]) -> None:
    assert shown_roles({"mayor": authors}, 5, has_full_name=False) == shown


def test_at_most_so_many() -> None:
    """No more roles than are wanted."""
    assert len(shown_roles({f"{trade} trader": ["Ana", "Ben"] for trade in ("wool", "tea", "fur")}, 2)) == 2


def test_words_and_genders() -> None:
    """What roles say of somebody beyond their wording."""
    assert role_words("the postmistress of Carrow") == {"postmistress", "carrow"}
    assert gender_in("City Councilman") == "m" and gender_in("an actress") == "f" and gender_in("plumber") is None
    assert sole_offices(frozenset(("mayor", "judge"))) == {"mayor"}


@pytest.mark.parametrize(("years", "held"), [
    ({"mayor": ["2009", "2013", "2011"]}, [("mayor", "2009", "2013")]),
    ({"mayor": ["2011"], "Mayor": ["2009"]}, [("mayor", "2009", "2011")]),
    ({"mayor": ["2011", "2011"]}, [("mayor", "2011", "2011")]),
    ({"mayor": ["2011"]}, []),                              # one article is no period
    ({"mayor": []}, []),
    ({"former mayor": ["2014", "2016"]}, []),               # whoever was it is not, then
    ({"mayor-elect": ["2014", "2016"]}, []),
    ({"sailor": ["2009", "2013"]}, []),
    ({"gov.": ["2009"], "governor": ["2010", "2010"]}, [("gov.", "2009", "2010"), ("governor", "2009", "2010")]),
    ({"mayor": ["2012"] * 3 + ["2014"], "former city mayor": ["2014", "2015"]}, [("mayor", "2012", "2012")]),
    ({"mayor": ["2014", "2015"], "former mayor": ["2014"] * 2 + ["2015"]}, []),
    ({"mayor": ["2009", "2010", "2016", "2016"], "former mayor": ["2011"]}, [("mayor", "2009", "2010")]),
    ({"mayor": ["2014"] * 12, "former mayor": ["2009"] * 2 + ["2014"]}, [("mayor", "2014", "2014")]),     # again
    ({"mayor": ["2014"] * 2, "mayor candidate": ["2013"]}, [("mayor", "2014", "2014")]),
    ({"mayor": ["2009"] * 3 + ["2010"] * 2, "former mayor": ["2009"]}, [("mayor", "2009", "2010")]),
    ({"mayor": ["2009"] + ["2012"] * 20 + ["2017"]}, [("mayor", "2012", "2012")]),
])
def test_from_when_to_when_an_office_was_held(years: dict[str, list[str]], held: list[tuple[str, str, str]]) -> None:
    """As far as articles show it: those that give the office, before they call its holder a former one."""
    assert held_offices(list(dict.fromkeys(map(str.lower, years))), years) == held
