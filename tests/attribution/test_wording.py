"""What quoted words tell of whoever said them."""

from __future__ import annotations

import pytest

from indexer.attribution.wording import is_predicate, wording_features, wording_of


@pytest.mark.parametrize(("words", "predicate"), [
    ("slept on the ferry for a week", True),
    ("is done with ferries", True),
    ("admitted that the ferry leaks", True),
    ("wants the ferry to go on", True),
    ("Slept well?", False),
    ("a ferry that nobody wants", False),
    ("across the river and back", False),
    ("glass houses", False),
    ("", False),
])
def test_words_may_go_on_a_clause(words: str, predicate: bool) -> None:
    """A verb in small letters at their beginning has its subject outside the marks."""
    assert is_predicate(words) is predicate


@pytest.mark.parametrize(("words", "of"), [
    ("I never saw the ferry", ""),
    ("He lost his rope", "m"),
    ("she'd have come", "f"),
    ("She told him so", "both"),
    ("The rope is gone", ""),
])
def test_of_whom_words_speak(words: str, of: str) -> None:
    """Of a man, of a woman, of both, of neither."""
    assert wording_of(words).of == of


@pytest.mark.parametrize(("words", "manner"), [
    ("I just don’t think the ferry sank", "spoken"),
    ("Who would ever want to sink this ferry?", "spoken"),
    ("we’re out of rope", "spoken"),
    ("You can see the ferry from the old pier", "spoken"),
    ("The ferry never goes to the old pier", "loose"),
    ("The ferry left the old pier after the storm", "plain"),
    ("Ms. Haddad crossed the harbor before the storm", "prosy"),
    ("The ferry sank on Tuesday after 9 a.m., the pilot said", "printed"),
    ("a leaky ferry", "scrap"),
    ("", "scrap"),
])
def test_people_speak_and_papers_print(words: str, manner: str) -> None:
    """People say I, don't and just; papers say who said it and when, and give titles."""
    assert wording_of(words).manner == manner


@pytest.mark.parametrize(("words", "block", "trait", "found"), [
    ("He was calm. “I sank it, of course,” the pilot said.", True, "I", False),
    ("He was calm. “I sank it, of course,” the pilot said.", True, "marks", True),
    ("I sank it, all of it, before dawn.", True, "I", True),
    ("I sank it, all of it, before dawn.", True, "marks", False),
])
def test_what_a_block_quotes_is_not_its_own(words: str, block: bool, trait: str, found: bool) -> None:
    """A story that quotes somebody does not itself say I."""
    assert (trait in wording_of(words, block=block).traits) is found


@pytest.mark.parametrize(("sex", "feature"), [
    ("f", "of same sex person"), ("m", "of other sex person"), (None, "of no sex person"),
])
def test_words_of_a_woman_fit_her_name(sex: str | None, feature: str) -> None:
    """Words that say "she" may be about the woman who would have said them."""
    assert feature in set(wording_features(wording_of("She sank the ferry"), "person", sex))
