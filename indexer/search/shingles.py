"""Nearly the same words: which texts share most of their runs of words. Needs nothing beyond the base install."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from indexer.language import forms

SHINGLE = 3                       # words in a row that are compared as one
ENOUGH = 0.5                      # share of the shorter text's shingles that must be in the longer one
SHORTEST = 5                      # words; fewer prove nothing


class NearDuplicate(NamedTuple):
    """A text by its id, and the share of the shorter text's shingles that both have."""

    id: str
    shared: float


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of words of a text, whatever their case, accents and punctuation."""
    words = forms(text)
    return frozenset(tuple(words[at:at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def near_duplicates(text: str, others: Iterable[tuple[str, str]], least: float = ENOUGH) -> list[NearDuplicate]:
    """Those of the other texts, given with their ids, that say nearly the same in the same words; the nearest first."""
    own = shingles(text)
    found = []
    for id, other in others:
        theirs = shingles(other)
        shorter = min(len(own), len(theirs))
        if shorter > SHORTEST - SHINGLE and (shared := len(own & theirs) / shorter) >= least:
            found.append(NearDuplicate(id, shared))
    return sorted(found, key=lambda each: (-each.shared, each.id))
