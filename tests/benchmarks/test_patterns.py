"""The patterns that are given to the reader in growing sizes."""

from __future__ import annotations

import pytest

from benchmarks.hostile import again, seconds_of
from benchmarks.patterns import patterns

PATTERNS = {name: (suffix, piece) for name, suffix, piece in patterns()}


def test_there_are_many_patterns_each_with_a_name_of_its_own() -> None:
    """What is printed can be asked for again."""
    assert len(PATTERNS) == len(list(patterns())) > 200


@pytest.mark.parametrize("kind", [".txt", ".html", ".md"])
def test_every_pattern_is_read(kind: str) -> None:
    """None is so odd that something breaks; what cannot be an article is refused."""
    for suffix, piece in PATTERNS.values():
        if suffix == kind:
            took, length = seconds_of(suffix, again(piece), 600)
            assert took >= 0 and length > 100
