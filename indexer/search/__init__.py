"""A query tree becomes results, whatever the engine.

In go the tree and the primitives that an engine gives (Searcher); out come Results. An engine derives from QueryEngine
and takes from here what all of them have in common: analysis, matching, ranking, doc values.
"""

from indexer.search import matching, ranking
from indexer.search.analysis import STOP_WORDS, VALUE_GAP, name_forms, name_positions, positions, stem
from indexer.search.doc_values import FACET_VALUES, LISTS, DocValues, iso_day, moment
from indexer.search.engine import (
    PER_PAGE, Document, Engine, EngineWriter, FacetValue, Hit, Kind, Results, Snippet, Sort,
)
from indexer.search.execution import QueryEngine
from indexer.search.matching import Proximity
from indexer.search.name_completion import NameCompletion
from indexer.search.searcher import Answer, Counts, Group, Order, RankedDocument
from indexer.search.snippets import matches, wanted
from indexer.search.spelling import LONGEST, SHORTEST, neighbours
from indexer.search.time_limit import Deadline, clear_time_limit, set_time_limit, unlimited

__all__ = [
    "FACET_VALUES", "LISTS", "LONGEST", "PER_PAGE", "SHORTEST", "STOP_WORDS", "VALUE_GAP", "Answer", "Counts",
    "Deadline", "DocValues", "Document", "Engine", "EngineWriter", "FacetValue", "Group", "Hit", "Kind",
    "NameCompletion", "Order", "Proximity", "QueryEngine", "RankedDocument", "Results", "Snippet", "Sort",
    "clear_time_limit", "iso_day", "matches", "matching", "moment", "name_forms", "name_positions", "neighbours",
    "positions", "ranking", "set_time_limit", "stem", "unlimited", "wanted",
]
