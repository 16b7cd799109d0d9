"""Text to words: what is one word, what it folds to, and what its forms share."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from indexer.language.folding import LONGEST_FORM, fold, form_of, forms, words
from indexer.search import analysis
from indexer.search.analysis import STOP_WORDS, VALUE_GAP, name_forms, name_positions, positions, stem
from tests.work import is_linear


@pytest.mark.parametrize(("text", "expected"), [
    ("The ferry, late again.", "the ferry late again"),
    ("Adeyemi's fares", "adeyemi fares"),
    ("the Guild’s chefs’ knives", "the guild chefs knives"),
    ("O'Rourke and O’Rourke", "orourke and orourke"),
    ("don't, DON’T", "dont dont"),
    ("Café Zürich", "cafe zurich"),
    ("Cafe\u0301 Zu\u0308rich", "cafe zurich"),
    ("Łódź, Tromsø, Straße, Ægir", "lodz tromso strasse aegir"),
    ("brother-in-law", "brother in law"),
    ("sea wall—half built—leaks", "sea wall half built leaks"),
    ("the U.S. Senate", "the us senate"),
    ("a C.T.A. map", "a cta map"),
    ("e.g. at 5 p.m. sharp", "eg at 5 pm sharp"),
    ("Plan B. Then", "plan b then"),
    ("$4.50 for 1,200 riders", "4.50 for 1200 riders"),
    ("5:05pm, 8-year-old", "5 05pm 8 year old"),
    ("2009,2010 and 3.11.7", "20092010 and 3.11.7"),
    ("#floods @calder_dispatch", "floods calder dispatch"),
    ("ｆｅｒｒｙ ﬁsh ½", "ferry fish 12"),
    ("M&M's", "m m"),
    ("rock'n'roll in the '80s", "rocknroll in the 80s"),
    ("… — 🐀 !!!", ""),
    ("渡し船", "渡し船"),
])
def test_forms(text: str, expected: str) -> None:
    """Case, accents, apostrophes and possessives fold away; hyphens and dashes part words, points join initials."""
    assert " ".join(forms(text)) == expected == fold(text)


@pytest.mark.parametrize(("name", "expected"), [
    ("J.P. Castellane", "j p castellane"),
    ("J. P. Castellane", "j p castellane"),
    ("Luis de la Vega Jr.", "luis de la vega jr"),
    ("Mei-Ling Zhao", "mei ling zhao"),
])
def test_name_forms(name: str, expected: str) -> None:
    """In names, initials that run together are taken apart."""
    assert " ".join(name_forms(name)) == expected


@pytest.mark.parametrize("family", [
    "park parks parked parking", "ferry ferries", "arrest arrests arrested arresting", "close closed closing closes",
])
def test_stem(family: str) -> None:
    """The forms of a word share their stem."""
    assert len({stem(form) for form in family.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("news", "new"), ("4.50", "450"), ("us", "use"), ("1200", "120")])
def test_stems_that_differ(one: str, other: str) -> None:
    """Other words and other numbers have other stems."""
    assert stem(one) != stem(other)


def test_positions_of_several_values() -> None:
    """The values of a field stand apart, so that no phrase runs from one into the next."""
    assert positions(["a ferry", "A sea wall"]) == {
        "a": [0, VALUE_GAP + 2], "ferry": [1], "sea": [VALUE_GAP + 3], "wall": [VALUE_GAP + 4]}


def test_initials_take_no_place() -> None:
    """A name is found with and without its initial."""
    assert name_positions(["Michael T. Garrity"]) == {"michael": [0], "t": [1], "garrity": [1]}


def test_stop_words_are_forms() -> None:
    """The table holds words as they are compared: folded."""
    assert all(form_of(word) == word for word in STOP_WORDS)


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """Whatever the text, words stand where they are said to, and folding again changes nothing."""
    for word in words(text):
        assert word.group() == text[word.start():word.end()]
    for fold_in in (forms, analysis.forms):
        assert fold_in(" ".join(fold_in(text))) == fold_in(text)
        assert all(0 < len(form) <= LONGEST_FORM + 3 and not form.isspace() for form in fold_in(text))


@pytest.mark.parametrize("unit", ["a.", "'a", "\u0301", "1,", "a\u0301", "’", "A.B", "-", "9.9", "e-", "$1", "c+"])
def test_work_is_linear(unit: str) -> None:
    """No text makes the words slow to find."""
    assert is_linear(lambda count: forms(unit * count), 500)
    assert is_linear(lambda count: analysis.forms(unit * count), 500)
