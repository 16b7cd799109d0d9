"""The names that indexer offers, with all that is behind them."""

from indexer.attribution import measured_accuracy, measured_levels
from indexer.configuration import KEYS, Configuration, Limits, Log, load_configuration, set_configuration
from indexer.corrections import (
    Correction, checked_correction, correction_entry, occurrence_of, read_corrections, withdraw_correction,
    write_correction, written_words,
)
from indexer.engines import open_engine
from indexer.errors import (
    BuildFailed, ClusterUnreachable, ConfigError, CorrectionError, IndexLocked, IndexMissing, IndexOutdated, NotFound,
    OnRecordError, QueryError, QueryTooLarge, QueryTooSlow,
)
from indexer.index_folder import current_build, report_of
from indexer.language import fold
from indexer.models import Span
from indexer.query import (
    EVERYTHING, MONTHS, And, Chip, Exact, InArticle, Not, Or, Period, Query, Range, Words, all_of, any_of, chips,
    describe, parse, parts_of, period_in_words, read_period, to_text, words_of,
)
from indexer.reading import is_institution
from indexer.schema import FIELDS, FILTERS, facets_of, filter_named
from indexer.search import (
    SIMILAR, STOP_WORDS, Document, Engine, FacetValue, Hit, Interpretation, Kind, Results, Similar, Snippet, Sort,
    Tenure, Wanted, best_quotations, clear_time_limit, forms_found, holders, interpreted, matches, namesakes,
    set_time_limit, unlimited, wanted,
)
from indexer.spreadsheet import spreadsheet_safe

__all__ = [
    "EVERYTHING", "FIELDS", "FILTERS", "KEYS", "MONTHS", "SIMILAR", "STOP_WORDS", "And", "BuildFailed", "Chip",
    "ClusterUnreachable", "ConfigError", "Configuration", "Correction", "CorrectionError", "Document", "Engine",
    "Exact", "FacetValue", "Hit", "InArticle", "IndexLocked", "IndexMissing", "IndexOutdated", "Interpretation", "Kind",
    "Limits", "Log", "Not", "NotFound", "OnRecordError", "Or", "Period", "Query", "QueryError", "QueryTooLarge",
    "QueryTooSlow", "Range", "Results", "Similar", "Snippet", "Sort", "Span", "Tenure", "Wanted", "Words", "all_of",
    "any_of", "best_quotations", "checked_correction", "chips", "clear_time_limit", "correction_entry", "current_build",
    "describe", "facets_of", "filter_named", "fold", "forms_found", "holders", "interpreted", "is_institution",
    "load_configuration", "matches", "measured_accuracy", "measured_levels", "namesakes", "occurrence_of",
    "open_engine", "parse", "parts_of", "period_in_words", "read_corrections", "read_period", "report_of",
    "set_configuration", "set_time_limit", "spreadsheet_safe", "to_text", "unlimited", "wanted", "withdraw_correction",
    "words_of", "write_correction", "written_words",
]
