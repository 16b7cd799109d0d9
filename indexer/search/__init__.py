"""A query tree becomes results, whatever the engine; and what every engine is given to work with."""

from indexer.search import hits, matching, ranking
from indexer.search.analysis import STOP_WORDS, VALUE_GAP, name_forms, name_positions, positions, stem
from indexer.search.collapse import Folded
from indexer.search.deadline import Deadline
from indexer.search.doc_values import LISTS, Columns, iso_day, moment
from indexer.search.engine import Document, Engine, EngineWriter, FacetValue, Hit, Kind, Results, Snippet, Sort
from indexer.search.matching import Together
from indexer.search.name_completion import Directory
from indexer.search.snippets import matches, wanted
from indexer.search.spelling import LONGEST, SHORTEST, neighbours, respelt
from indexer.search.time_limit import allow, forget, unhurried

__all__ = [
    "LISTS", "LONGEST", "SHORTEST", "STOP_WORDS", "VALUE_GAP", "Columns", "Deadline", "Directory", "Document", "Engine",
    "EngineWriter", "FacetValue", "Folded", "Hit", "Kind", "Results", "Snippet", "Sort", "Together", "allow", "forget",
    "hits", "iso_day", "matches", "matching", "moment", "name_forms", "name_positions", "neighbours", "positions",
    "ranking", "respelt", "stem", "unhurried", "wanted",
]
