"""How hits are weighed, whatever the engine; each figure was chosen on known-item searches (benchmarks/ranking.py)."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

from indexer.search.engine import Kind

# BM25 over fields: how soon a further occurrence stops counting, and how much a long field is held against it.
SATURATION = 1.6
LENGTH: Mapping[str, float] = {"title": 0.3, "text": 0.6, "said": 0.4, "speaker": 0.0, "mentions": 0.0, "author": 0.0}

# Where no document holds all the words, those follow that hold words of at least this share of the query's
# rarity: the rare words say what is looked for.
SHARE_OF_WORDS = 0.3
# An incomplete hit's score is scaled by the share of the query's rarity that it holds, to this power.
COORDINATION = 1.0

# Further fields that an incomplete answer may hold its words in: the topic of a quotation often stands
# beside it, not in it.
ALSO: Mapping[Kind, Mapping[str, float]] = {
    "article": {},
    "quotation": {"text": 0.4, "title": 0.3},
    "person": {},
}

# What it adds to an incomplete quotation that the speaker who is sought said it, beside those of stories that
# only name the speaker; two rare words together are worth as much.
SPEAKER = 8.0

# The best hits are weighed again by how close their words stand and how early: so many of them.
WEIGHED_AGAIN = 100
CLOSENESS = 0.4                    # two neighbours of the query side by side, in units of the rarer one's weight
FARTHEST = 12                      # words; farther apart is not close
OPENING = 60                       # words of the text that count as its opening
EARLINESS = 0.1

# A headline that holds words of the query adds their rarity, times this, times the share of the query that it
# holds, to this power: a headline typed from memory leads to its story, one word of it does not.
HEADLINE = 1.5
HEADLINE_SHARE = 8.0


def rarity(documents: int, holding: int) -> float:
    """What a word is worth that so many of the documents hold."""
    return log(1 + (documents - holding + 0.5) / (holding + 0.5))


def renown(quotations: int) -> float:
    """What it adds to a person that they are often quoted: of many who bear a name, those come first."""
    return log(1 + quotations)
