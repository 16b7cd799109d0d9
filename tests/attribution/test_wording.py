"""What quoted words tell of whoever said them."""

from __future__ import annotations

import pytest

from indexer.attribution.wording import wording_of


@pytest.mark.parametrize(("words", "predicate"), [
    ("slept on the ferry for a week", True),
    ("is done with ferries", True),
    ("admitted that the ferry leaks", True),
    ("wants the ferry to go on", True),
    ("Slept well?", False),
    ("a ferry that nobody wants", False),
    ("across the river and back", False),
    ("glass houses", False),
])
def test_words_may_go_on_a_clause(words: str, predicate: bool) -> None:
    """A verb in small letters at their beginning has its subject outside the marks."""
    assert wording_of(words).predicate is predicate


@pytest.mark.parametrize(("words", "own", "of"), [
    ("I never saw the ferry", True, ""),
    ("we’re out of rope", True, ""),
    ("He lost his rope", False, "m"),
    ("she'd have come", False, "f"),
    ("She told him so", False, "both"),
    ("The rope is gone", False, ""),
])
def test_of_whom_words_speak(words: str, own: bool, of: str) -> None:
    """Of the speaker, of a man, of a woman, of both, of neither."""
    wording = wording_of(words)

    assert (wording.own, wording.of) == (own, of)


@pytest.mark.parametrize(("words", "reports", "long"), [
    ("The ferry sank, according to the pilot, before anybody had woken up", True, True),
    ("The ferry sank before anybody on the pier had woken up", False, True),
    ("he said so", True, False),
    ("", False, False),
])
def test_prose_reports(words: str, reports: bool, long: bool) -> None:
    """Words that report what others said read like a paper's."""
    wording = wording_of(words)

    assert (wording.reports, wording.long) == (reports, long)
