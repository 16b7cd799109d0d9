"""The pipeline: who is named in an article, then who said what; each step uses only the results of those before it."""

from __future__ import annotations

from dataclasses import replace

from indexer.attribution import attribute
from indexer.models import Annotated, Article
from indexer.people import find_people

UNDERSTOOD = "en"      # the language whose sentences attribution knows


def annotate(article: Article) -> Annotated:
    """Find who is named and who said what. In another language than ours words between marks are found, and whose they
    are is not known."""
    people = find_people(article.title, article.text, article.blocks)
    quotations = attribute(article, people)
    if article.language != UNDERSTOOD:
        quotations = tuple(
            replace(each, speaker=None, speaker_kind=None, method="none", cue=None, source=None, certainty=0.0)
            for each in quotations)
    return Annotated(article, people, quotations)
