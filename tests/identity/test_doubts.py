"""The closest decisions about who is who, with the evidence of each, for the keeper."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime

import pytest

from indexer.identity.doubts import Doubt
from indexer.identity.evidence import Contexts
from indexer.identity.name_forms import name_form
from indexer.identity.named import ArticleNames, named_person, printed_names
from indexer.identity.overrides import Overrides
from indexer.identity.reasons import Reasons
from indexer.identity.resolution import resolve
from indexer.models import Mention, Person


def named(name: str, *others: str, role: str | None = None, age: int | None = None) -> Person:
    return Person(name, tuple(Mention(None, each) for each in (name, *others)), role, age)


def article(id: str, *persons: Person, year: int = 2012) -> ArticleNames:
    return ArticleNames(id, datetime(year, 5, 1), persons)


def doubts(*rows: ArticleNames, overrides: Overrides | None = None) -> tuple[Doubt, ...]:
    return resolve(rows, overrides).doubts


@pytest.mark.parametrize(("rows", "doubt"), [
    pytest.param([article("a", named("Jonathan Haverill")), article("b", named("Jon Haverill")),
                  article("c", named("Jonathan Haverill", "Jon Haverill"))],
                 Doubt(True, "Jon Haverill", "Jonathan Haverill", 1, 2, "one article gives one person both names",
                       ("c",)),
                 id="one article's word"),
    pytest.param([article("a", named("Michael Garrity", role="mayor of Calder")),
                  article("b", named("Mike Garrity", role="mayor"))],
                 Doubt(True, "Michael Garrity", "Mike Garrity", 1, 1, "both are called mayor", ("a", "b")),
                 id="a role"),
    pytest.param([article("a", named("Michael Garrity"), named("Hank Sorensen")),
                  article("b", named("Mike Garrity"), named("Hank Sorensen"))],
                 Doubt(True, "Michael Garrity", "Mike Garrity", 1, 1, "both are named beside Hank Sorensen",
                       ("a", "b")),
                 id="company"),
    pytest.param([*(article(f"a{n}", named("Ruth Adeyemi")) for n in range(20)),
                  article("b", named("Ruth Adeyymi"), year=2013)],
                 Doubt(True, "Ruth Adeyemi", "Ruth Adeyymi", 20, 1,
                       "a letter apart from a name that far more articles print", ("a0", "b")), id="a slip"),
    pytest.param([article("a", named('Maurice "Hank" Sorensen')), article("b", named("Hank Sorensen"))],
                 Doubt(True, "Hank Sorensen", 'Maurice "Hank" Sorensen', 1, 1,
                       "one article prints the one inside the other", ("a",)), id="a nickname"),
    pytest.param([article("a", named("Michael Garrity")), article("b", named("Mike Garrity"))],
                 Doubt(False, "Michael Garrity", "Mike Garrity", 1, 1, "nothing in common but the name"),
                 id="nothing"),
    pytest.param([article("a", named("Michael Garrity", role="mayor of Calder", age=61)),
                  article("b", named("Mike Garrity", role="mayor", age=23))],
                 Doubt(False, "Michael Garrity", "Mike Garrity", 1, 1, "both are called mayor, but sex, age, "
                       "generation or other names speak against it", ("a", "b")), id="against it"),
    pytest.param([article("a", named("Wendell Park", age=61)), article("b", named("Wendell Park", age=60)),
                  article("c", named("Wendell Park", age=19))],
                 Doubt(False, "Wendell Park", "Wendell Park", 2, 1, "one name, told apart by ages, work or years",
                       ("a", "c")), id="namesakes"),
])
def test_what_was_close_is_told_with_its_evidence(rows: list[ArticleNames], doubt: Doubt) -> None:
    """And with the articles that show it, in whatever order they were read."""
    assert doubts(*rows) == (doubt,)
    random.Random(7).shuffle(rows)
    assert {replace(each, articles=tuple(sorted(each.articles))) for each in doubts(*rows)} == {
        replace(doubt, articles=tuple(sorted(doubt.articles)))}


@pytest.mark.parametrize("rows", [
    pytest.param([article("a", named("Michael Garrity"), named("Mike Garrity"))], id="named side by side"),
    pytest.param([article(each, named("Jonathan Haverill", "Jon Haverill")) for each in "ab"]
                 + [article("c", named("Jon Haverill"))], id="several articles"),
    pytest.param([article("a", named("J.T. Castellane")), article("b", named("JT Castellane"))], id="spellings"),
    pytest.param([article("a", named("Ruth Adeyemi")), article("b", named("Ruth B. Adeyemi"))], id="a middle initial"),
    pytest.param([article("a", named("Ruth Adeyemi")), article("b", named("Hank Sorensen"))], id="others"),
])
def test_what_was_clear_is_not_told(rows: list[ArticleNames]) -> None:
    """A keeper has better things to do."""
    assert doubts(*rows) == ()


def test_the_third_name_that_joins_two() -> None:
    """Mike Garrity is Michael R. Garrity because an article prints him as Michael Garrity."""
    rows = [article("a", named("Michael Garrity", "Mike Garrity")), article("b", named("Mike Garrity"), year=2002),
            article("c", named("Michael R. Garrity"), year=2019)]
    people = resolve(rows)
    assert len(people.identities) == 1
    forms = [form for name in ("Mike Garrity", "Michael Garrity", "Michael R. Garrity") if (form := name_form(name))]
    contexts = Contexts([named_person(each, printed_names(each), row) for row in rows for each in row.people])
    reasons = Reasons(contexts, [forms])
    assert reasons.why(forms[0], forms[2]) == (
        "through Michael Garrity: one article gives one person both names", ("a",))


def test_what_the_user_has_said_is_no_doubt() -> None:
    """Whether people.toml joins the names or tells them apart."""
    rows = [article("a", named("Michael Garrity")), article("b", named("Mike Garrity"))]
    assert doubts(*rows, overrides=Overrides(merge={"Michael Garrity": ("Mike Garrity",)})) == ()


def test_what_most_articles_print_comes_first() -> None:
    """Merges before splits, and of each those that concern most."""
    rows = [article(f"{name}{number}", named(name)) for name, count in (
        ("Michael Garrity", 2), ("Mike Garrity", 2), ("Jonathan Haverill", 4), ("Jon Haverill", 3),
        ("Robert Prentiss", 1), ("Bob Prentiss", 1)) for number in range(count)]
    rows.append(article("both", named("Robert Prentiss", "Bob Prentiss")))
    assert [(each.is_joined, each.other) for each in doubts(*rows)] == [
        (True, "Robert Prentiss"), (False, "Jonathan Haverill"), (False, "Mike Garrity")]
