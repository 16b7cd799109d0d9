"""The pipeline: who is named in an article, then who said what; each step uses only the results of those before it."""

from __future__ import annotations

from indexer.attribution import attribute
from indexer.models import Annotated, Article
from indexer.people import find_people


def annotate(article: Article) -> Annotated:
    """Find who is named and who said what."""
    people = find_people(article.title, article.text, article.blocks)
    return Annotated(article, people, attribute(article, people))
