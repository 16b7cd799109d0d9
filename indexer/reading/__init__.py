"""A file of an archive becomes articles: plain text, a paragraph a line, with title, authors and day."""

from typing import TYPE_CHECKING

from indexer.lazy_door import lazy_door
from indexer.reading.unread import Unread, unread

if TYPE_CHECKING:
    from indexer.reading.archive import (
        MAX_BYTES, archive_path, article_id, article_of, open_source, read_article, read_file, walk, walked,
    )
    from indexer.reading.articles import Reading, id_of, reading_of, readings, stories
    from indexer.reading.bylines import is_institution
    from indexer.reading.drafts import DayOrder, Draft, Options, Passed, Source
    from indexer.reading.formats import is_stream, what_is_read
    from indexer.reading.html_text import original_address

__all__ = [
    "MAX_BYTES", "DayOrder", "Draft", "Options", "Passed", "Reading", "Source", "Unread", "archive_path", "article_id",
    "article_of", "id_of", "is_institution", "is_stream", "open_source", "original_address", "read_article",
    "read_file", "reading_of", "readings", "stories", "unread", "walk", "walked", "what_is_read",
]

__getattr__ = lazy_door(__name__)
