"""Speakers whom an article names by an office alone, and articles that speak of several such offices."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from indexer.models import Article, Quotation, Span
from indexer.people import speaking_offices


def offices(speaker: str, text: str, title: str = "", kind: str = "unnamed") -> tuple[str, ...]:
    said = Quotation(Span(0, 1), "direct", speaker, kind, "name")  # type: ignore[arg-type]
    return speaking_offices(Article("a", "a.md", title, "", None, text), (said, said))


@pytest.mark.parametrize(("speaker", "text"), [
    ("the mayor", '"No," the mayor said.'),
    ("Mayor", '"No," said Mayor.'),
    ("the police commissioner", '"No," the police commissioner said. The commissioner left.'),
    ("the police commissioner", 'He left. The police came. "No," the police commissioner said.'),
    ("the Governor", 'A trip of the Governor ended. "No," the Governor said.'),
    ("the mayor", 'Mayor Ruth Adeyemi came. "No," the mayor said.'),
    ("the mayor", 'He met the mayor\'s aide. "No," the mayor said.'),
])
def test_an_office_speaks(speaker: str, text: str) -> None:
    """Once, however often it does."""
    assert offices(speaker, text) == (speaker,)


@pytest.mark.parametrize(("speaker", "text"), [
    ("the mayor", '"No," the mayor of Tarn said.'),
    ("the mayor", 'Tarn Mayor Ida Moss came. "No," the mayor said.'),
    ("the mayor", 'Tarn\'s mayor came. "No," the mayor said.'),
    ("the mayor", '"No," the mayor said. The former mayor laughed.'),
    ("the mayor", '"No," the mayor said. Ex-mayor Ida Moss laughed.'),
    ("the mayor", '"No," the mayor said. The deputy mayor laughed.'),
    ("the mayor", '"No," the mayor said. Two mayors laughed.'),
    ("the mayor", '"No," the mayor said. The mayor-elect laughed.'),
    ("the mayor", '"No," said the mayor to his mayor.'),
    ("the police commissioner", 'Tarn County police came. "No," the police commissioner said.'),
    ("one mayor", '"No," one mayor said.'),
    ("the former mayor", '"No," the former mayor said.'),
    ("the mayor's office", '"No," the mayor\'s office said.'),
    ("the senator", '"No," the senator said.'),
    ("a witness", '"No," a witness said.'),
])
def test_nobody_for_certain(speaker: str, text: str) -> None:
    """Another place's, a former one and a deputy may be meant; and of many offices there are several."""
    assert offices(speaker, text) == ()


@pytest.mark.parametrize(("text", "found"), [
    ('"No," the mayor said.', ("the mayor",)), ("\"No,\" said an aide of the mayor's office.", ()),
    ('"No," said an aide of the mayor’s.', ()),
])
def test_staff_speaks(text: str, found: tuple[str, ...]) -> None:
    """Whoever speaks for an office does not hold it."""
    place = text.index("the mayor")
    said = Quotation(Span(0, 5), "direct", "the mayor", "unnamed", "name", source=Span(place, place + len("the mayor")))
    assert speaking_offices(Article("a", "a.md", "", "", None, text), (said,)) == found


def test_the_headline_counts() -> None:
    """It may name the place."""
    assert offices("the mayor", '"No," the mayor said.', "Tarn Mayor Says No") == ()


def test_a_person_is_named() -> None:
    """Whoever has a name speaks by that."""
    assert offices("Governor", '"No," Governor said.', kind="person") == ()


@given(st.text("themayor Tn's-.former ", max_size=60), st.text("themayor governMG'", max_size=20))
@settings(max_examples=100, deadline=None)
def test_any_text(text: str, speaker: str) -> None:
    """Found are at most the words themselves."""
    assert offices(speaker, text) in ((), (speaker,))
