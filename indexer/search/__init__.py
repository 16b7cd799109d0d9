"""A query tree becomes results, whatever the engine.

In go the tree and the primitives that an engine gives (searcher.Searcher); out come Results. An engine derives from
QueryEngine and takes from here what all engines have in common: analysis, doc values, matching, ranking, spelling.
"""

from typing import TYPE_CHECKING

from indexer.lazy_door import lazy_door

if TYPE_CHECKING:
    from indexer.search import aggregations, analysis, doc_values, matching, ranking, spelling
    from indexer.search.analysis import STOP_WORDS
    from indexer.search.doc_values import DocValues
    from indexer.search.doc_values_file import Kept, write_doc_values
    from indexer.search.engine import (
        PER_PAGE, SIMILAR, Document, Engine, EngineWriter, FacetValue, Hit, Kind, Results, Similar, Snippet, Sort,
    )
    from indexer.search.forms import forms_found
    from indexer.search.gathered_values import GatheredValues
    from indexer.search.interpretation import Interpretation, best_quotations, holders, interpreted, namesakes
    from indexer.search.name_completion import NameCompletion
    from indexer.search.people_named import Tenure
    from indexer.search.query_engine import QueryEngine
    from indexer.search.searcher import (
        Answer, Counts, Group, Order, RankedDocument, columns_of_documents, matched_words,
    )
    from indexer.search.snippets import Wanted, matches, sentences_around, wanted
    from indexer.search.time_limit import Deadline, clear_time_limit, set_time_limit, unlimited
    from indexer.search.word_forms import WordForms, write_word_forms

__all__ = [
    "PER_PAGE", "SIMILAR", "STOP_WORDS", "Answer", "Counts", "Deadline", "DocValues", "Document", "Engine",
    "EngineWriter", "FacetValue", "GatheredValues", "Group", "Hit", "Interpretation", "Kept", "Kind", "NameCompletion",
    "Order", "QueryEngine", "RankedDocument", "Results", "Similar", "Snippet", "Sort", "Tenure", "Wanted", "WordForms",
    "aggregations", "analysis", "best_quotations", "clear_time_limit", "columns_of_documents", "doc_values",
    "forms_found", "holders", "interpreted", "matched_words", "matches", "matching", "namesakes", "ranking",
    "sentences_around", "set_time_limit", "spelling", "unlimited", "wanted", "write_doc_values", "write_word_forms",
]

__getattr__ = lazy_door(__name__)
