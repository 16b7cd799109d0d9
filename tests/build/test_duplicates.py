"""Which articles are the same story, and which quotations the same words."""

from __future__ import annotations

import random

import pytest

from indexer.build.duplicates import fingerprint, groups, quotation_group
from tests.work import is_linear

FIRST, SECOND = "ba de fi go ku la mo ne pu ra si to".split(), "lo mi ner sta vu".split()
WORDS = [first + second for first in FIRST for second in SECOND]


def story(seed: int, length: int = 200) -> list[str]:
    """Invented words in an order that only this seed gives."""
    return random.Random(seed).choices(WORDS, k=length)


def grouped(*texts: list[str]) -> list[str]:
    """The group of each text; the texts are called a, b, c…"""
    found = groups((chr(ord("a") + at), fingerprint(" ".join(text))) for at, text in enumerate(texts))
    return [found[id] for id in sorted(found)]


@pytest.mark.parametrize(("name", "texts", "expected"), [
    ("other stories", [story(1), story(2), story(3)], ["a", "b", "c"]),
    ("a reprint", [story(1), story(2), story(1)], ["a", "b", "a"]),
    ("an update below", [story(1), story(1) + story(9, 80)], ["a", "a"]),
    ("an update above", [story(1), story(9, 40) + story(1)], ["a", "a"]),
    ("a word mended here and there", [story(1), [*story(1)[:50], "mended", *story(1)[51:120], "too", *story(1)[121:]]],
     ["a", "a"]),
    ("a story that grows all day", [story(1), story(1) + story(2, 60), story(1) + story(2, 60) + story(3, 60)],
     ["a", "a", "a"]),
    ("a statement that a long story quotes", [story(1, 80), story(5, 500) + story(1, 80)], ["a", "b"]),
    ("half in common", [story(1) + story(2), story(1) + story(3)], ["a", "b"]),
    ("a short reprint", [["no", "ferry", "today"], ["No", "ferry,", "today!"]], ["a", "a"]),
    ("short and alike", [["no", "ferry", "today"], ["no", "ferry", "tomorrow"]], ["a", "b"]),
])
def test_versions_of_a_story_are_one_group(name: str, texts: list[list[str]], expected: list[str]) -> None:
    """Reprints and updates belong together; what only shares a part does not."""
    assert grouped(*texts) == expected


def test_boilerplate_makes_no_group() -> None:
    """Sentences that stand in very many stories say nothing about two of them."""
    texts = [story(seed, 40) + story(999, 160) for seed in range(60)]
    assert len(set(groups((str(at), fingerprint(" ".join(text))) for at, text in enumerate(texts)).values())) == 60


def test_groups_do_not_depend_on_the_order() -> None:
    """An archive read in another order has the same groups."""
    fingerprints = [(str(seed % 7) + str(seed), fingerprint(" ".join(story(seed % 5)))) for seed in range(20)]
    assert groups(fingerprints) == groups(reversed(fingerprints))


def test_many_copies_of_one_text_are_little_work() -> None:
    """An archive that repeats one page is grouped without comparing each with each."""
    print_ = fingerprint(" ".join(story(1)))

    def group(copies: int) -> None:
        assert set(groups((f"{number:05}", print_) for number in range(copies)).values()) == {"00000"}

    assert is_linear(group, 500)


@pytest.mark.parametrize(("one", "other", "same"), [
    ("We will build until the river gives up.", "“We will build until the river gives up”", True),
    ("We will build until the river gives up.", "We will build until the harbor gives up.", False),
    ("We will build.", "We will build.", False),
])
def test_a_quotation_printed_twice_is_one_group(one: str, other: str, same: bool) -> None:
    """Marks and points do not matter; of few words it cannot be known."""
    assert (quotation_group(one, "a#q1") == quotation_group(other, "b#q1")) is same


def test_too_few_words_are_their_own_group() -> None:
    """The group of a short quotation is its id."""
    assert quotation_group("more than 680", "a#q1") == "a#q1"
