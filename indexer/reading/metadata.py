"""By which names the fields of a story are known: in front matter, in heads of pages, in tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# The best first.
TITLES = ("title", "headline", "heading", "hed")
AUTHORS = (
    "authors", "author", "byline", "by", "creator", "dc:creator", "writer", "writers", "reporter",
)
DATES = (
    "date", "published", "published_at", "published_on", "publishedat", "pubdate", "pub_date", "publishdate",
    "publish_date", "date_published", "datepublished", "publication_date", "published_date", "publicationdate",
    "published_time", "created", "created_at", "createdat", "date_created", "date_text", "posted", "timestamp",
)
SUMMARIES = (
    "summary", "description", "deck", "dek", "excerpt", "abstract", "standfirst", "lede",
)


def first_of(fields: Mapping[str, object], names: Iterable[str]) -> object:
    """The value of the best of these names that has one; "" where none has."""
    return next((fields[name] for name in names if fields.get(name)), "")
