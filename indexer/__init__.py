"""Read a news archive, find who said what, and index it."""

from indexer.attribution import measured_accuracy, measured_levels
from indexer.configuration import KEYS, Configuration, Limits, Log, load_configuration, set_configuration
from indexer.engines import open_engine
from indexer.errors import (
    ClusterUnreachable, ConfigError, IndexMissing, IndexOutdated, NotFound, OnRecordError, QueryError, QueryTooLarge,
    QueryTooSlow,
)
from indexer.index_folder import current_build, report_of
from indexer.language import fold
from indexer.meaning import near_duplicates
from indexer.models import Span
from indexer.query import (
    EVERYTHING, And, Chip, Exact, InArticle, Not, Or, Period, Query, Range, Words, all_of, any_of, chips, describe,
    parse, period_in_words, read_period, to_text,
)
from indexer.reading import is_institution
from indexer.schema import FIELDS, FILTERS, facets_of
from indexer.search import (
    STOP_WORDS, Document, Engine, FacetValue, Hit, Kind, Results, Snippet, Sort, clear_time_limit, forms_found, matches,
    set_time_limit, unlimited, wanted,
)
from indexer.spreadsheet import safe_comment, spreadsheet_safe

__all__ = [
    "EVERYTHING", "FIELDS", "FILTERS", "KEYS", "STOP_WORDS", "And", "Chip", "ClusterUnreachable", "ConfigError",
    "Configuration", "Document", "Engine", "Exact", "FacetValue", "Hit", "InArticle", "IndexMissing", "IndexOutdated",
    "Kind", "Limits", "Log", "Not", "NotFound", "OnRecordError", "Or", "Period", "Query", "QueryError", "QueryTooLarge",
    "QueryTooSlow", "Range", "Results", "Snippet", "Sort", "Span", "Words", "all_of", "any_of", "chips",
    "clear_time_limit", "current_build", "describe", "facets_of", "fold", "forms_found", "is_institution",
    "load_configuration", "matches", "measured_accuracy", "measured_levels", "near_duplicates", "open_engine", "parse",
    "period_in_words", "read_period", "report_of", "safe_comment", "set_configuration", "set_time_limit",
    "spreadsheet_safe", "to_text", "unlimited", "wanted",
]
