"""Read a news archive, find who said what, and index it."""

from indexer.allowance import allow, forget, unhurried
from indexer.analysis import STOP_WORDS, fold
from indexer.configuration import KEYS, Configuration, Limits, Log, configured, work_by
from indexer.engine import Document, Engine, FacetValue, Hit, Kind, Results, Snippet, Sort, open_engine
from indexer.errors import (
    ClusterUnreachable, ConfigError, IndexMissing, IndexOutdated, NotFound, OnRecordError, QueryError, QueryTooLarge,
    QueryTooSlow,
)
from indexer.index_folder import current_build, report_of
from indexer.models import Span
from indexer.period import Period, period_in_words, read_period
from indexer.query import EVERYTHING, And, Exact, InArticle, Not, Or, Query, Range, Words, all_of, any_of, parse
from indexer.schema import FACETS, FIELDS
from indexer.snippets import matches, wanted
from indexer.wording import Chip, chips, describe, to_text

__all__ = [
    "EVERYTHING", "FACETS", "FIELDS", "KEYS", "STOP_WORDS", "And", "Chip", "ClusterUnreachable", "ConfigError",
    "Configuration", "Document", "Engine", "Exact", "FacetValue", "Hit", "InArticle", "IndexMissing", "IndexOutdated",
    "Kind", "Limits", "Log", "Not", "NotFound", "OnRecordError", "Or", "Period", "Query", "QueryError", "QueryTooLarge",
    "QueryTooSlow", "Range", "Results", "Snippet", "Sort", "Span", "Words", "all_of", "allow", "any_of", "chips",
    "configured", "current_build", "describe", "fold", "forget", "matches", "open_engine", "parse", "period_in_words",
    "read_period", "report_of", "to_text", "unhurried", "wanted", "work_by",
]
