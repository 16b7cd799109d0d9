"""Words and meaning together: what follows the documents that contain all the words.

Words decide wherever they can: a document that contains all of them comes before every other, whatever it means. Only
if those do not fill a page does it count how near the meaning of a document is to the query, beside the share of the
query's words that it contains. Both are added on fixed scales, so that one very good match of words outweighs any
meaning, and many half matches, which say little, are put in order by it (compare Bruch, Gai & Ingber, "An Analysis of
Fusion Functions for Hybrid Retrieval", 2023). What each is worth is in fusion.json beside this module, which
training/train_fusion.py makes of searches whose answers are known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer.query import MONTHS, Or, Prefix, Query, parts_of
from indexer.search.engine import Kind
from indexer.search.likeness import Part
from indexer.search.matching import is_bare_word

LEAST_LIKENESS = 0.25             # a document that is no nearer than this, and contains too few words, is not found
FEWEST_WORDS = 3                  # fewer say what is looked for better than what they mean does
NEAREST = 60                      # documents that meaning adds to those that contain enough of the words
READ = 20                         # of all these, those that could come first, of which the texts are read
COMPARED = 150                    # of those, the best that are compared with them; further ones keep their order

PARTS: Mapping[Kind, Part] = {"article": "stories", "quotation": "quotations"}

_MONTHS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)


def text_of(query: Query) -> str:
    """What of a query has a meaning: its bare words, in the order in which they were typed; "" if there are too few of
    them, or if it says in a precise way what is looked for."""
    parts = parts_of(query)
    if any(isinstance(part, Or | Prefix) for part in parts):
        return ""
    words = [part.text for part in parts if is_bare_word(part)]
    return " ".join(words) if len(words) >= FEWEST_WORDS else ""


def conditions(query: Query) -> tuple[Query, ...]:
    """What also a document must match that is found by its meaning: everything but the bare words. So quotation marks
    and fields hold, and what is excluded stays out."""
    return tuple(part for part in parts_of(query) if not is_bare_word(part))


@dataclass(frozen=True, slots=True)
class NamedDates:
    """The years and months that a query names."""

    years: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()

    def agreeing(self, moment: int) -> int:
        """How many of its year and its month are named, of a moment as in doc_values.moment."""
        return (moment // 10**8 in self.years) + (moment // 10**6 % 100 in self.months)


def named_dates(text: str) -> NamedDates:
    """What a text says of when. May and March are months only before a year: they are words as well."""
    words = text.lower().split()
    years = [bool(_YEAR.fullmatch(word)) for word in words]
    months = {_MONTHS[word] for word, year_follows in zip(words, [*years[1:], False])
              if word in _MONTHS and (year_follows or word not in ("march", "may"))}
    return NamedDates(frozenset(int(word) for word, is_year in zip(words, years) if is_year), frozenset(months))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a document. words: its score, where containing all the words of the query once, in a text of
    usual length, is worth 1. opening, passage: the cosines of the query with its opening and with its nearest passage.
    related: of the rarity of the query's words, the share of those of which it has only words that mean nearly the
    same. dated: how many of the year and the month that the query names are its own. several: the mean cosine of its
    nearest passages. close: of the rarity of the query's words, the share that an article has in one place."""

    words: float = 0.0
    opening: float = 0.0
    passage: float = 0.0
    related: float = 0.0
    dated: int = 0
    several: float = 0.0
    close: float = 0.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What evidence is worth, in the unit of that of words."""

    opening: float
    passage: float
    related: float
    dated: float
    several: float = 0.0
    close: float = 0.0

    def score(self, found: Evidence) -> float:
        """The worth of a document: above 0 if anything speaks for it."""
        return (found.words + self.opening * max(0.0, found.opening) + self.passage * max(0.0, found.passage)
                + self.related * found.related + self.dated * found.dated
                + self.several * max(0.0, found.several) + self.close * found.close)


@cache
def weights() -> Weights:
    """Those that ship."""
    return Weights(**json.loads(files("indexer.search").joinpath("fusion.json").read_text("utf-8")))
