"""A file of an archive becomes an article: plain text, a paragraph a line, with its title, author and day."""

from indexer.reading.archive import (
    MAX_BYTES, archive_path, article_id, article_of, encoding_of, read_article, read_file, walk,
)
from indexer.reading.html_text import original_address

__all__ = [
    "MAX_BYTES", "archive_path", "article_id", "article_of", "encoding_of", "original_address", "read_article",
    "read_file", "walk",
]
