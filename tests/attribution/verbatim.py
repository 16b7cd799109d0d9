"""An article with its people and quotations, without reported speech."""

from __future__ import annotations

from indexer.attribution import attribute
from indexer.models import Annotated, Article
from indexer.people import find_people


def annotate(article: Article) -> Annotated:
    """What attribution finds by itself."""
    people = find_people(article.title, article.text, article.blocks)
    return Annotated(article, people, attribute(article, people))
