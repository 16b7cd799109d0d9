"""Read a news archive, find who said what, and index it."""

from indexer.analysis import fold
from indexer.engine import Document, Engine, FacetValue, Hit, Kind, Results, Snippet, Sort
from indexer.errors import IndexMissing, IndexOutdated, NotFound, OnRecordError, QueryError, QueryTooSlow
from indexer.models import Span
from indexer.period import Period, period_in_words, read_period
from indexer.query import EVERYTHING, And, Exact, Not, Or, Query, Range, Words, all_of, any_of, parse
from indexer.schema import FACETS, FIELDS
from indexer.snippets import matches, wanted
from indexer.wording import Chip, chips, describe, to_text

__all__ = [
    "EVERYTHING", "FACETS", "FIELDS", "And", "Chip", "Document", "Engine", "Exact", "FacetValue", "Hit", "IndexMissing",
    "IndexOutdated", "Kind", "Not", "NotFound", "OnRecordError", "Or", "Period", "Query", "QueryError", "QueryTooSlow",
    "Range", "Results", "Snippet", "Sort", "Span", "Words", "all_of", "any_of", "chips", "describe", "fold", "matches",
    "parse", "period_in_words", "read_period", "to_text", "wanted",
]
