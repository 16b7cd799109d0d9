"""An address becomes what is searched for, and a request gets the open index that answers it."""

from searchui.request.open_index import Archive, archive, attach
from searchui.request.search_request import (
    FILTERS, KINDS, MOST_PER_PAGE, MOST_VALUES, PARAMETERS, PER_PAGE, SORTS, Asked, Filter, parts_of,
)

__all__ = [
    "FILTERS", "KINDS", "MOST_PER_PAGE", "MOST_VALUES", "PARAMETERS", "PER_PAGE", "SORTS", "Archive", "Asked", "Filter",
    "archive", "attach", "parts_of",
]
