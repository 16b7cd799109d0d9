"""Bylines: every name, and nothing but names."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from indexer.reading.bylines import authors_of, byline_of, is_institution


@pytest.mark.parametrize(("value", "authors"), [
    ("Ann Low", ["Ann Low"]),
    ("By Ann Low", ["Ann Low"]),
    ("by ann low", ["ann low"]),
    ("BY ANN LOW", ["Ann Low"]),
    ("By ANN McGRAW-O'LOW, Staff Reporter", ["Ann McGraw-O'Low"]),
    ("By ANN MCGRAW, Staff Reporter", ["Ann McGraw"]),
    ("J.P. VAN DER LOW III", ["J.P. van der Low III"]),
    ("Written by: Ann Low", ["Ann Low"]),
    ("Ann Low & Bo Ray", ["Ann Low", "Bo Ray"]),
    ("Ann Low and Bo Ray", ["Ann Low", "Bo Ray"]),
    ("Ann Low, Bo Ray and Cy Dunn", ["Ann Low", "Bo Ray", "Cy Dunn"]),
    ("Ann Low, Bo Ray, and Cy Dunn", ["Ann Low", "Bo Ray", "Cy Dunn"]),
    ("Ann Low & Bo Ray, with Cy Dunn", ["Ann Low", "Bo Ray", "Cy Dunn"]),
    ("Ann Low / Bo Ray", ["Ann Low", "Bo Ray"]),
    ("Ann Low; Bo Ray", ["Ann Low", "Bo Ray"]),
    ("By Ann Low, additional reporting by Bo Ray", ["Ann Low", "Bo Ray"]),
    ("Ann Low, Photographs by Bo Ray", ["Ann Low"]),
    ("Ann Low, Staff Writer, and Bo Ray, Political Editor", ["Ann Low", "Bo Ray"]),
    ("Ann Low Staff Writer", ["Ann Low"]),
    ("Ann Low | Special to the Dispatch", ["Ann Low"]),
    ("Ann Low in Corwin and Bo Ray in Tarn", ["Ann Low", "Bo Ray"]),
    ("Ann Low, The Associated Press", ["Ann Low"]),
    ("ANN LOW, Associated Press", ["Ann Low"]),
    ("The Associated Press", ["The Associated Press"]),
    ("AP", ["AP"]),
    ("Ann Low and The Associated Press", ["Ann Low", "The Associated Press"]),
    ("Dispatch Staff", ["Dispatch Staff"]),
    ("Staff Writer", []),
    ("Department of Ferries and Tolls", ["Department of Ferries and Tolls"]),
    ("Ann Low, Jr.", ["Ann Low, Jr."]),
    ("Ann Low, Jr., and Bo Ray, M.D.", ["Ann Low, Jr.", "Bo Ray, M.D."]),
    ("Low, Ann", ["Ann Low"]),
    ("Low, Ann B.", ["Ann B. Low"]),
    ("Ann Low <ann@dispatch.example>", ["Ann Low"]),
    ("ann@dispatch.example (Ann Low)", ["Ann Low"]),
    ("Ann Low @annlow", ["Ann Low"]),
    ("@annlow", []),
    ("https://social.example/annlow", []),
    ('<a href="/ann">Ann Low</a>', ["Ann Low"]),
    ("Ann&nbsp;Low &amp; Bo Ray", ["Ann Low", "Bo Ray"]),
    ("ann-low", ["ann-low"]),
    ("Ann Low May 4, 2012 at 9:24 pm ET, 2 min read", ["Ann Low"]),
    ("Ann Low Friday, May 4", ["Ann Low"]),
    ("By Ann Low Published 4 May 2012", ["Ann Low"]),
    ("Ann Low, MS, RDN", ["Ann Low"]),
    ("Analysis by Ann Low", ["Ann Low"]),
    ("May Low and June Ray", ["May Low", "June Ray"]),
    ("5/4/12 6:38 am", []),
    ("José Ndlovu y Pérez", ["José Ndlovu y Pérez"]),
    (["Ann Low", "By Bo Ray"], ["Ann Low", "Bo Ray"]),
    ({"name": "Ann Low", "email": "ann@dispatch.example"}, ["Ann Low"]),
    ([{"Name": "Ann Low"}, {"first_name": "Bo", "last_name": "Ray"}], ["Ann Low", "Bo Ray"]),
    ({"@type": "Person", "name": ["Ann Low"]}, ["Ann Low"]),
    ("Ann Low, Ann Low", ["Ann Low"]),
    (None, []), ("", []), ("null", []), ("Unknown", []), (True, []), (7, []), ("1234", []), ({"email": "x"}, []),
])
def test_authors(value: object, authors: list[str]) -> None:
    """As bylines, lists and mappings give them."""
    assert list(authors_of(value)) == authors


@pytest.mark.parametrize(("authors", "line"), [
    ((), ""), (("Ann Low",), "Ann Low"), (("Ann Low", "Bo Ray"), "Ann Low and Bo Ray"),
    (("Ann Low", "Bo Ray", "Cy Dunn"), "Ann Low, Bo Ray and Cy Dunn"),
])
def test_the_line_shown(authors: tuple[str, ...], line: str) -> None:
    """One line for all, read back as the same names."""
    assert byline_of(authors) == line
    assert authors_of(line) == authors


@pytest.mark.parametrize(("name", "institution"), [
    ("The Associated Press", True), ("Associated Press", True), ("AP", True), ("Reuters", True), ("Dispatch Staff",
                                                                                                  True),
    ("Tarn News Service", True), ("Department of Ferries", True), ("The Tarn Courier", True),
    ("Ann Low", False), ("Emily Post", False), ("Theo Low", False), ("Bo Press", False), ("Ann-Low", False),
])
def test_institutions(name: str, institution: bool) -> None:
    """Agencies, papers and offices have no surname."""
    assert is_institution(name) is institution


LEAVES = st.none() | st.integers() | st.text(max_size=80)
KEYS = st.sampled_from(["name", "first", "x"])
HELD = LEAVES | st.lists(LEAVES, max_size=3) | st.dictionaries(KEYS, LEAVES, max_size=3)


@given(HELD | st.lists(HELD, max_size=3) | st.dictionaries(st.just("name"), HELD))
def test_whatever_a_field_holds_gives_names(value: object) -> None:
    """Each of them a line of text without blanks around it."""
    for name in authors_of(value):
        assert name.strip() == name
        assert "\n" not in name
