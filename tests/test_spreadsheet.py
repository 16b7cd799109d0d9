"""What a table holds is text, whatever a spreadsheet would make of it."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, strategies as st

from indexer.spreadsheet import spreadsheet_safe


@pytest.mark.parametrize("text", [
    "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1", "＋1", "－1", "＠SUM(A1)", "﹦1", "﹢1", "﹣1", "﹫x", "−1",
    "⁼1", "⁺1", "₋1", "\tx", "\rx", "\nx", "\t", "  =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\x00=1",
    "\u3000＝1", "- he said", "= =",
])
def test_what_might_be_a_formula_becomes_text(text: str) -> None:
    """An apostrophe in front, and nothing else: signs in whatever width, blanks or invisible characters before them."""
    assert spreadsheet_safe(text) == f"'{text}"


@pytest.mark.parametrize("text", [
    "", " ", "ferry", "1+1", "a=b", "“=1”", "'=1", "(-1)", "–1", "—", "#1", "é", " ferry "])
def test_everything_else_stays_as_it_is(text: str) -> None:
    """Signs inside of a text and dashes are no formulas."""
    assert spreadsheet_safe(text) == text


@pytest.mark.parametrize(("text", "cell"), [
    ("a;=1", "a;'=1"), ("a;b", "a;b"), ("a\n=1", "a\n'=1"), ("a\r\n＝1", "a\r\n'＝1"), ("a\t-1", "a\t'-1"),
    ("a|@x", "a|'@x"),
    ("a; \u200b+1;2", "a;' \u200b+1;2"), ("\n=1", "'\n'=1"), ("x\u2028−1", "x\u2028'−1"), ("a,=1", "a,=1"),
])
def test_nothing_behind_a_separator_is_a_formula(text: str, cell: str) -> None:
    """Where semicolons or tabs part cells, a quotation mark in the middle of a line is a letter, and a cell has as many
    cells as separators."""
    assert spreadsheet_safe(text) == cell


@given(st.text(st.sampled_from("=+-@＝＋－＠ \t\r\n,;a\u200b") | st.characters()))
def test_no_text_begins_like_a_formula(text: str) -> None:
    """Nor does any part of it. Doing it twice changes nothing more, and without apostrophes it is the text."""
    safe = spreadsheet_safe(text)
    assert safe.replace("'", "") == text.replace("'", "")
    assert spreadsheet_safe(safe) == safe
    for part in re.split("[;|\t\r\n]", safe):
        assert not part or unicodedata.normalize("NFKC", part[0])[0] not in "=+-@"
