"""How many of the words that are sought are in one place."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from indexer.search.analysis import stem
from indexer.search.close_words import CLOSE, CloseWords

BETWEEN = " and then nothing of note came to pass for a while" * 9
RARITY = {stem("ferry"): 3.0, stem("fares"): 2.0, stem("goat"): 5.0, "pre": 1.0, "k": 1.0}


def share(words: str, text: str) -> float:
    return CloseWords(words.split(), lambda each: RARITY.get(each, 0.0)).share(text)


@pytest.mark.parametrize(("words", "text", "expected"), [
    ("ferry fares goat", "The ferries raise their fare.", 0.5),
    ("ferry fares goat", "A goat. Fares. A ferry.", 1.0),
    ("ferry fares goat", f"The ferry.{BETWEEN} A goat.", 0.5),
    ("ferry fares goat", f"The ferry.{BETWEEN} A goat.{BETWEEN} A ferry and its fares.", 0.5),
    ("ferry fares goat", f"A ferry. A ferry.{BETWEEN} Ferry, goat, fares.", 1.0),
    ("ferry fares", "Nothing of the kind.", 0.0),
    ("ferry ferries", "Ferry.", 1.0),
    ("pre-k ferry", "Pre-k for all.", 0.4),
    ("unheard of", "Unheard.", 0.0),                  # words that are worth nothing
    ("", "Ferry.", 0.0),
])
def test_share(words: str, text: str, expected: float) -> None:
    assert share(words, text) == pytest.approx(expected)


@given(st.integers(0, 2 * CLOSE))
def test_two_words_are_close_within_a_stretch(apart: int) -> None:
    text = f"goat{'.' * apart} ferry"
    assert share("goat ferry", text) == (1.0 if len(text) <= CLOSE else pytest.approx(5 / 8))


@given(st.lists(st.sampled_from(["ferry", "goat", "fares", "x " * 60]), max_size=12))
def test_more_text_never_takes_away(parts: list[str]) -> None:
    shares = [share("ferry fares goat", " ".join(parts[:size])) for size in range(len(parts) + 1)]
    assert shares == sorted(shares) and 0 <= shares[0] <= shares[-1] <= 1
