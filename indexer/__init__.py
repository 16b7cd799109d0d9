"""Read a news archive, find who said what, and index it."""

from indexer.configuration import KEYS, Configuration, Limits, Log, configured, work_by
from indexer.engines import open_engine
from indexer.errors import (
    ClusterUnreachable, ConfigError, IndexMissing, IndexOutdated, NotFound, OnRecordError, QueryError, QueryTooLarge,
    QueryTooSlow,
)
from indexer.index_folder import current_build, report_of
from indexer.language import fold
from indexer.models import Span
from indexer.query import (
    EVERYTHING, And, Chip, Exact, InArticle, Not, Or, Period, Query, Range, Words, all_of, any_of, chips, describe,
    parse, period_in_words, read_period, to_text,
)
from indexer.reading import is_institution
from indexer.schema import FACETS, FIELDS
from indexer.search import (
    STOP_WORDS, Document, Engine, FacetValue, Hit, Kind, Results, Snippet, Sort, allow, forget, matches, unhurried,
    wanted,
)

__all__ = [
    "EVERYTHING", "FACETS", "FIELDS", "KEYS", "STOP_WORDS", "And", "Chip", "ClusterUnreachable", "ConfigError",
    "Configuration", "Document", "Engine", "Exact", "FacetValue", "Hit", "InArticle", "IndexMissing", "IndexOutdated",
    "Kind", "Limits", "Log", "Not", "NotFound", "OnRecordError", "Or", "Period", "Query", "QueryError", "QueryTooLarge",
    "QueryTooSlow", "Range", "Results", "Snippet", "Sort", "Span", "Words", "all_of", "allow", "any_of", "chips",
    "configured", "current_build", "describe", "fold", "forget", "is_institution", "matches", "open_engine", "parse",
    "period_in_words", "read_period", "report_of", "to_text", "unhurried", "wanted", "work_by",
]
