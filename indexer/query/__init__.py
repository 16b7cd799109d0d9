"""Typed text becomes a query tree of small values, and such a tree becomes words again.

In goes what somebody typed; out come the tree, with what was repaired, and its description.
"""

from typing import TYPE_CHECKING

from indexer.lazy_door import lazy_door

if TYPE_CHECKING:
    from indexer.query.description import Chip, can_be_typed, chips, describe, to_text
    from indexer.query.parser import LONGEST_QUERY, MOST_CLAUSES, SHORTEST_PREFIX, ParsedQuery, parse
    from indexer.query.period import MONTHS, Period, period_in_words, read_period
    from indexer.query.question import Question, names_and_words, read_question
    from indexer.query.tree import (
        EVERYTHING, And, Exact, InArticle, Near, Not, Or, Phrase, Prefix, Query, Range, Words, all_of, any_of, parts_of,
        words_of,
    )

__all__ = [
    "EVERYTHING", "LONGEST_QUERY", "MONTHS", "MOST_CLAUSES", "SHORTEST_PREFIX", "And", "Chip", "Exact", "InArticle",
    "Near", "Not", "Or", "ParsedQuery", "Period", "Phrase", "Prefix", "Query", "Question", "Range", "Words", "all_of",
    "any_of", "can_be_typed", "chips", "describe", "names_and_words", "parse", "parts_of", "period_in_words",
    "read_period", "read_question", "to_text", "words_of",
]

__getattr__ = lazy_door(__name__)
