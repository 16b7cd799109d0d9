"""Quotations that say nearly the same in the same words."""

from __future__ import annotations

import pytest

from indexer.search.shingles import near_duplicates

SAID = "There will never be a toll on this bridge while I am mayor of this city"


@pytest.mark.parametrize(("other", "same"), [
    (SAID, True),
    ("there will NEVER be a toll on this bridge, while I am mayor of this city!", True),
    ("There will never be a toll on this bridge", True),                     # a part of it
    ("I promise you: there will never be a toll on this bridge while I am mayor, or after", True),
    ("There will always be a toll on every bridge of every city", False),
    ("The toll on this bridge pays for the ferry", False),
    ("on this bridge", False),                                               # too short to prove anything
    ("", False),
])
def test_nearly_the_same_words(other: str, same: bool) -> None:
    assert [each.id for each in near_duplicates(SAID, [("other", other)])] == (["other"] if same else [])


def test_the_nearest_come_first_and_equals_by_id() -> None:
    found = near_duplicates(SAID, [("c", SAID + " and of the next one too"), ("b", SAID), ("a", SAID.upper()),
                                   ("d", SAID[20:] + " and so on and so forth, for as long as the river runs")])

    assert [each.id for each in found] == ["a", "b", "c", "d"]
    assert found[0].shared == 1 and 0.5 <= found[-1].shared < 1


def test_a_text_without_words_is_like_nothing() -> None:
    assert near_duplicates("…", [("a", "…"), ("b", SAID)]) == []
