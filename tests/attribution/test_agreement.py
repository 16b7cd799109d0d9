"""Agreement: the sex of an article's persons, and whose names may be persons'."""

from __future__ import annotations

import pytest

from indexer.attribution.agreement import Agreement, may_be_person
from indexer.attribution.parsed_article import ParsedArticle
from indexer.models import Article
from indexer.people import find_people


def gender(text: str) -> str | None:
    """That of the first person of a text."""
    agreement = Agreement(ParsedArticle(Article("a", "a.md", "", "", None, text), find_people("", text)))
    return agreement.gender(0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met spokeswoman Robin Marsh at the pier.", "f"),
        ("We met Mr. Robin Marsh at the pier.", "m"),
        ("They thanked his wife. Walter Brandt left.", "m"),
        ("It was the work of a woman. Walter Brandt left.", "m"),
    ],
)
def test_a_title_is_part_of_the_same_sentence(text: str, expected: str) -> None:
    """What ends the sentence before says nothing of a name."""
    assert gender(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Sullenby", True), ("Max Orrin", True), ("FDNY", False), ("Manhattan", False), ("Harbor Council", False),
     ("The Calder Courier", False)],
)
def test_names_that_no_table_has_may_be_persons(name: str, expected: bool) -> None:
    """If they are built as such names are."""
    assert may_be_person(name) is expected
