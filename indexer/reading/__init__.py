"""A file of an archive becomes articles: plain text, a paragraph a line, with title, authors and day."""

from indexer.reading.archive import (
    MAX_BYTES, archive_path, article_id, article_of, read_article, read_file, source_of, walk,
)
from indexer.reading.articles import Reading, readings
from indexer.reading.drafts import DayOrder, Options, Source
from indexer.reading.html_text import original_address

__all__ = [
    "MAX_BYTES", "DayOrder", "Options", "Reading", "Source", "archive_path", "article_id", "article_of",
    "original_address", "read_article", "read_file", "readings", "source_of", "walk",
]
