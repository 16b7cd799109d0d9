"""An address becomes the search that it describes, and a request gets the open index that answers it."""

from searchui.request import page_sizes
from searchui.request.addresses import Application
from searchui.request.beside import best_of, namesakes_of, office_holders
from searchui.request.open_index import OpenIndex, attach, current_index
from searchui.request.search_request import KINDS, MOST_VALUES, PARAMETERS, SORTS, Filter, SearchRequest

__all__ = [
    "KINDS", "MOST_VALUES", "PARAMETERS", "SORTS", "Application", "Filter", "OpenIndex", "SearchRequest", "attach",
    "best_of", "current_index", "namesakes_of", "office_holders", "page_sizes",
]
