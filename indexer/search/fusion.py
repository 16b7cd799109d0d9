"""Words and meaning together: what follows the documents that contain all the words.

Words decide wherever they can: a document that contains all of them comes before every other, whatever it means. Only
if those do not fill a page does it count how near the meaning of a document is to the query, beside the share of the
query's words that it contains. Both are added on fixed scales, so that one very good match of words outweighs any
meaning, and many half matches, which say little, are put in order by it (compare Bruch, Gai & Ingber, "An Analysis of
Fusion Functions for Hybrid Retrieval", 2023).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from indexer.query import And, Or, Prefix, Query, Words
from indexer.search.engine import Kind
from indexer.search.likeness import Part

# What a cosine of 1 is worth, where containing all the words of the query once, in a text of usual length, is worth 1.
LIKENESS = 1.5
# And what it is worth that a document is of a year which the query names, or of a month: "the storm of October 2012".
DATED = 0.2
LEAST_LIKENESS = 0.25             # a document that is no nearer than this, and contains too few words, is not found
FEWEST_WORDS = 3                  # fewer say what is looked for better than what they mean does
NEAREST = 60                      # documents that meaning adds to those that contain enough of the words
COMPARED = 60                     # of those, the best that are compared with them; further ones keep their order

PARTS: Mapping[Kind, Part] = {"article": "stories", "quotation": "quotations"}

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)

T = TypeVar("T", bound=Hashable)


def text_of(query: Query) -> str:
    """What of a query has a meaning: its bare words, in the order in which they were typed; "" if there are too few of
    them, or if it says in a precise way what is looked for."""
    parts = query.parts if isinstance(query, And) else (query,)
    if any(isinstance(part, Or | Prefix) for part in parts):
        return ""
    words = [part.text for part in parts if isinstance(part, Words) and part.field is None]
    return " ".join(words) if len(words) >= FEWEST_WORDS else ""


def conditions(query: Query) -> tuple[Query, ...]:
    """What also a document must match that is found by its meaning: everything but the bare words. So quotation marks
    and fields hold, and what is excluded stays out."""
    parts = query.parts if isinstance(query, And) else (query,)
    return tuple(part for part in parts if not (isinstance(part, Words) and part.field is None))


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
    months = {MONTHS.index(word) + 1 for word, year_follows in zip(words, [*years[1:], False])
              if word in MONTHS and (year_follows or word not in ("march", "may"))}
    return NamedDates(frozenset(int(word) for word, is_year in zip(words, years) if is_year), frozenset(months))


def fused(
    by_words: Mapping[T, float], likeness: Mapping[T, float], agreeing: Mapping[T, int], possible: float
) -> list[tuple[T, float]]:
    """Documents with their scores, the best first; of equals, the first given.

    by_words: the scores of those that contain enough of the words. likeness: of those and of others. agreeing: with how
    many of the named dates each agrees. possible: what all words together are worth; the scores that come out are on
    the scale of those of words.
    """
    scores = {each: by_words.get(each, 0.0) + possible * (
        LIKENESS * max(0.0, likeness.get(each, 0.0)) + DATED * agreeing.get(each, 0))
        for each in (*by_words, *(each for each in likeness if each not in by_words))}
    return sorted(scores.items(), key=lambda each: -each[1])
