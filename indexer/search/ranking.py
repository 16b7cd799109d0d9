"""How hits are ranked, whatever the engine; each figure was chosen on known-item searches (benchmarks/ranking.py)."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

from indexer.search.engine import Kind

# BM25 over fields: how soon a further occurrence stops counting, and how much less it counts in a long field.
SATURATION = 1.6
LENGTH: Mapping[str, float] = {"title": 0.3, "text": 0.6, "said": 0.4, "speaker": 0.0, "mentions": 0.0, "author": 0.0}

# What it adds that a document contains a word in the very form in which it was typed, in units of the word's rarity.
EXACT = 1.0

# For engines that score each field by itself: a word that is in several fields counts where it counts most, and this
# much of what it counts in the others.
ELSEWHERE = 0.2

# When too few documents contain all the words, those follow that contain words of at least this share of the query's
# rarity: the rare words say what is looked for.
SHARE_OF_WORDS = 0.3
# An incomplete hit's score is scaled by the share of the query's rarity that it contains, to this power.
COORDINATION = 1.0

# Further fields in which an incomplete answer may contain its words: the topic of a quotation is often beside it, not
# in it.
ALSO: Mapping[Kind, Mapping[str, float]] = {
    "article": {},
    "quotation": {"text": 0.4, "title": 0.3},
    "person": {},
}

# The best hits are ranked once more by how close together their words are and how early: so many of them.
RERANKED = 100
CLOSE_IN: Mapping[Kind, str] = {"article": "text", "quotation": "said"}       # the field in which that counts
CLOSENESS = 0.4                    # two neighbours of the query side by side, in units of the rarer one's weight
FARTHEST = 12                      # words; farther apart is not close
OPENING = 60                       # words of the text that count as its opening
EARLINESS = 0.1

# The same for engines that can only tell whether two words have at most so many others between them: how much of that
# the words have then. Words the other way around count as two farther apart.
CLOSENESS_STEPS = ((0, 1.0), (1, 0.7), (3, 0.5), (7, 0.35))

# A headline that contains words of the query adds their rarity, times this, times the share of the query that it
# contains, to this power: a headline typed from memory leads to its story, one word of it does not.
HEADLINE = 1.5
HEADLINE_SHARE = 8.0


def rarity(documents: int, containing: int) -> float:
    """What a word is worth that so many of the documents contain."""
    return log(1 + (documents - containing + 0.5) / (containing + 0.5))


def headline(contained: float, whole: float) -> float:
    """What a headline adds that contains words of so much rarity, of a query of so much rarity."""
    return HEADLINE * contained * (contained / whole) ** HEADLINE_SHARE if whole else 0.0


def popularity(quotations: int) -> float:
    """What it adds to a person that they are often quoted: of many with the same name, those come first."""
    return log(1 + quotations)
