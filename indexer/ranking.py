"""How hits are weighed, whatever the engine; each figure was chosen on known-item searches (benchmarks/ranking.py)."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.engine import Kind

# Where no document holds all the words, those follow that hold words of at least this share of the query's
# rarity: the rare words say what is looked for.
SHARE_OF_WORDS = 0.5

# Further fields that an incomplete answer may hold its words in: the topic of a quotation often stands
# beside it, not in it.
ALSO: Mapping[Kind, Mapping[str, float]] = {
    "article": {},
    "quotation": {"text": 0.4, "title": 0.3},
    "person": {},
}
