"""The pipeline: who is named in an article, then who said what, then what is reported without
marks; each step uses only the results of those before it."""

from __future__ import annotations

from dataclasses import replace

from indexer.attribution import attributed
from indexer.models import Annotated, Article
from indexer.people import find_people
from indexer.reported import find_reported

UNDERSTOOD = "en"      # the language whose sentences attribution knows


def annotate(article: Article) -> Annotated:
    """Find who is named and who said what, between marks or in the reporter's words. In another language than ours only
    words between marks are found, and whose they are is not known."""
    people = find_people(article.title, article.text, article.blocks)
    found = attributed(article, people)
    if article.language != UNDERSTOOD:
        return Annotated(article, people, tuple(
            replace(each, speaker=None, speaker_kind=None, method="none", cue=None, source=None, certainty=0.0)
            for each in found.quotations))
    quotations = sorted((*found.quotations, *find_reported(found)), key=lambda each: (each.span.start, -each.span.end))
    return Annotated(article, people, tuple(quotations))
