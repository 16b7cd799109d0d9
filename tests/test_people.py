"""Who is named in an article."""

from __future__ import annotations

import pytest

from indexer.people import find_people


def names(text: str, title: str = "") -> list[str]:
    return [person.name for person in find_people(title, text)]


@pytest.mark.parametrize(("text", "expected"), [
    ("Ferry captain Hank Sorensen said so. Sorensen then left.", ["Hank Sorensen"]),
    ("Harbor Commissioner Dolores Whitcomb's plan failed.", ["Dolores Whitcomb"]),
    ("They met Mayor Prentiss on Alder Street.", ["Prentiss"]),
])
def test_people(text: str, expected: list[str]) -> None:
    """Every individual, once, by the fullest form, without honorifics or roles."""
    assert names(text) == expected
