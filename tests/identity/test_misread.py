"""Names that one article makes longer than they are, as the others show."""

from __future__ import annotations

import pytest

from indexer.identity.named import ArticleNames
from indexer.identity.resolution import resolve
from indexer.models import Mention, Person


def slugs(*names: str) -> list[str]:
    """Those of the people that articles of these names have, a name each."""
    rows = [ArticleNames(f"a{number}", None, (Person(name, (Mention(None, name),)),))
            for number, name in enumerate(names)]
    return [each.slug for each in resolve(rows).identities]


@pytest.mark.parametrize("name", [
    "Harbor Board Member Ida Fenwick", "Assemblymans Ida Fenwick", "Borough D.A. Ida Fenwick", "Ida FREAKING Fenwick",
    "Alleged \"Ferry Queen\" Ida Fenwick", "GK Ida Fenwick", "Ida Flipping Fenwick", "Ida Fenwick Harbor Board Member",
    "Ida Fenwick Instagrammed", "Ida FenwickIt",
])
def test_words_that_are_nobodys_name(name: str) -> None:
    """They go where three times as many articles name the person without them."""
    assert slugs(name, *["Ida Fenwick"] * 3) == ["ida-fenwick"]
    assert len(slugs(name, "Ida Fenwick")) == 2


@pytest.mark.parametrize("name", [
    "Maria Ida Fenwick", "M. Ida Fenwick", "Ida Maria Fenwick", "Ida Fenwick Stone", "Chance Ida Fenwick",
    "Ida Fenwick King", "Ida FenMacWick",
])
def test_words_that_are_names(name: str) -> None:
    """A given name, an initial and another surname make it another name."""
    assert len(slugs(name, *["Ida Fenwick"] * 3)) == 2


@pytest.mark.parametrize(("name", "times", "people"), [
    ("Ida Fenwick-Theo Brook", 3, 2), ("Ida Fenwick Theo Brook", 3, 2), ("Ida Fenwick Theo Brook", 2, 3),
    ("Ida Fenwick-Brook", 3, 3), ("Ida Fenwick Theo", 3, 3),
])
def test_two_names_that_nothing_separates(name: str, times: int, people: int) -> None:
    """Are the first of two whom three times as many articles name."""
    assert len(slugs(name, *["Ida Fenwick", "Theo Brook"] * times)) == people


def test_words_that_are_too_many_are_in_no_alias() -> None:
    """The person has the name without them; the article's own name still finds who is meant."""
    rows = [ArticleNames(f"a{number}", None, (Person(name, ()),))
            for number, name in enumerate(["Board Member Ida Fenwick", *["Ida Fenwick"] * 3])]
    people = resolve(rows)
    identity, = people.identities
    assert (identity.name, identity.aliases) == ("Ida Fenwick", ())
    assert people.of("a0", "Board Member Ida Fenwick") == identity
