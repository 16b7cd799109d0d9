"""What a table holds is text, whatever a spreadsheet would make of it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings, strategies as st

from indexer.spreadsheet import safe_comment, spreadsheet_safe


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


@pytest.mark.parametrize(("text", "line"), [
    ("onrecord, 3 articles for: ferry", "onrecord, 3 articles for: ferry"),
    ("for: a,=1", "for: a,'=1"),
    ("for: a; =1 and b", "for: a;' =1 and b"),
    ("=1,-2;+3|@4", "'=1,'-2;'+3|'@4"),
    ("a\n=1", "a =1"),
    ("a,\r\n=1", "a,' =1"),
])
def test_a_comment_is_safe_in_every_part(text: str, line: str) -> None:
    """One line, each of whose parts might be a cell."""
    assert safe_comment(text) == line


@settings(deadline=None)
@given(st.text(st.sampled_from("=+-@＝＋－＠ \t\r\n,;a\u200b") | st.characters()))
def test_no_text_begins_like_a_formula(text: str) -> None:
    """Doing it twice changes nothing more, and the text itself is whole behind the apostrophe."""
    safe = spreadsheet_safe(text)
    assert safe in (text, f"'{text}")
    assert spreadsheet_safe(safe) == safe
    assert not safe or unicodedata.normalize("NFKC", safe[0])[0] not in "=+-@"
