"""Read a news archive, find who said what, and index it."""

from indexer.attribution import measured_accuracy
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
from indexer.schema import FACETS, FIELDS
from indexer.search import (
    PER_PAGE, STOP_WORDS, Document, Engine, FacetValue, Hit, Kind, Results, Snippet, Sort, clear_time_limit, matches,
    set_time_limit, unlimited, wanted,
)

__all__ = [
    "EVERYTHING", "FACETS", "FIELDS", "KEYS", "PER_PAGE", "STOP_WORDS", "And", "Chip", "ClusterUnreachable",
    "ConfigError", "Configuration", "Document", "Engine", "Exact", "FacetValue", "Hit", "InArticle", "IndexMissing",
    "IndexOutdated", "Kind", "Limits", "Log", "Not", "NotFound", "OnRecordError", "Or", "Period", "Query", "QueryError",
    "QueryTooLarge", "QueryTooSlow", "Range", "Results", "Snippet", "Sort", "Span", "Words", "all_of", "any_of",
    "chips", "clear_time_limit", "configured", "current_build", "describe", "fold", "matches", "measured_accuracy",
    "open_engine", "parse", "period_in_words", "read_period", "report_of", "set_time_limit", "to_text", "unlimited",
    "wanted", "work_by",
]
