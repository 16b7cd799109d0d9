"""What tells strangers of one name apart: age and pronouns."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from indexer.people import find_people


@pytest.mark.parametrize(("text", "age"), [
    ("Ann Poole, 41, of Calder, ran.", 41),
    ("Ann Poole (41) ran.", 41),
    ("Ann Poole, aged 41, ran.", 41),
    ("Ann Poole, a 41-year-old teacher, ran.", 41),
    ("Ann Poole is a 41 year old teacher.", 41),
    ("The 41-year-old teacher Ann Poole ran.", 41),
    ("Ann Poole, who is 41, ran.", 41),
    ("Ann Poole turned 41 today.", 41),
    ("Ann Poole spoke first. Poole, 41, was late.", 41),
    ("Ann Poole was 41.", 41),
    ("Ann Poole, 41 of whose books sold, ran.", None),
    ("Ann Poole, 2012, by Lou Finch.", None),
    ("Ann Poole came with 41 others.", None),
    ("Ann Poole, 140, ran.", None),
    ("The 41-year-old left. Ann Poole ran.", None),
    ("A 41-year-old pilot who knows Ann Poole ran.", None),
    ("It is the 41-year-old case of Ann Poole.", None),
    ("A 41-year-old pilot and Ann Poole ran.", None),
    ("The 41-year-old Ann Poole’s house burned.", None),
])
def test_age(text: str, age: int | None) -> None:
    """Beside any of the names, in years, within a human life."""
    assert find_people("", text)[0].age == age


def test_the_age_of_one_of_two() -> None:
    """Behind a surname that two have, an age is nobody's; behind a full name it is."""
    found = find_people("", "Dina Poole called Ann Poole, 19, at noon. Poole, 50, was driving.")
    assert {each.name: each.age for each in found} == {"Dina Poole": None, "Ann Poole": 19}


@pytest.mark.parametrize(("text", "gender"), [
    ("Robin Calloway spoke. She was late, and her coat was wet.", "f"),
    ("Robin Calloway spoke. He was late.", "m"),
    ("Mr. Calloway was late. Robin Calloway, asked why, shrugged.", "m"),
    ("Robin Calloway spoke. He and she were late.", None),
    ("Robin Calloway met Ada Finch. She was late.", None),
    ("Robin Calloway said, “She was late.”", None),
    ("Robin Calloway spoke.\nShe was late.", None),
])
def test_gender(text: str, gender: str | None) -> None:
    """By titles, or by the pronouns of paragraphs that name nobody else, outside of quotation marks."""
    assert next(each for each in find_people("", text) if "Calloway" in each.name).gender == gender


@given(st.text("Ann Poole, (0123456789)-yearold\n“”he she.", max_size=200))
def test_any_text(text: str) -> None:
    """An age is within a human life, whatever is written."""
    assert all(each.age is None or 0 < each.age <= 115 for each in find_people("", text))
