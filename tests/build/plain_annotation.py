"""Annotation of the small archive from a table: tests of builds and commands do not change when it gets better."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from unittest.mock import patch

from indexer.build import refresh
from indexer.build.entries import Entry, FileRead
from indexer.build.refresh import Job, examine
from indexer.models import Annotated, Article, Mention, Person, Quotation, Span

NAMES = ("Ruth Adeyemi", "Hank Sorensen", "Mei-Ling Zhao", "Vincent Tagliaferro")
SAID = {
    "Sodas are not a food group,": "Ruth Adeyemi",
    "I will drink what I like on my own boat,": "Hank Sorensen",
    "robbery at sea.": "Hank Sorensen",
    "A great day for teeth.": "Mei-Ling Zhao",
    "The ferry must pay its own way,": "Ruth Adeyemi",
    "nobody asked me.": "Hank Sorensen",
    "It is always six in the morning somewhere,": "Vincent Tagliaferro",
    "The Harbor Authority will review all fares within the year.": None,
}

# What is reported in other words, and by whom it was said.
TOLD = {"it twice before": "Ruth Adeyemi", "has sailed the line for 30 years": "Hank Sorensen"}


def plainly(article: Article) -> Annotated:
    """The names and quotations of the table, where they stand."""
    found = {name: tuple(Mention(span, name) for span in find(name, article)) for name in NAMES}
    people = tuple(Person(name, mentions) for name, mentions in found.items() if mentions)
    quotations = [
        Quotation(span, "direct", speaker, "person" if speaker else None, "name" if speaker else "none")
        for words, speaker in SAID.items() for span in find(words, article)
    ]
    quotations += [Quotation(span, "reported", speaker, "person", "name")
                   for words, speaker in TOLD.items() for span in find(words, article)]
    return Annotated(article, people, tuple(sorted(quotations, key=lambda each: each.span.start)))


def find(words: str, article: Article) -> list[Span]:
    """Where the words stand in the text."""
    return [Span(*match.span()) for match in re.finditer(re.escape(words), article.text)]


def examine_plainly(job: Job) -> Iterator[Entry | FileRead]:
    """Stands in for refresh.examine, in the processes that read."""
    with patch.object(refresh, "annotate", plainly):
        yield from examine(job)


def at_once(work: Callable[[Any], Iterator[Any]], items: Iterable[Any], *more: Any) -> Iterator[tuple[Any, Any]]:
    """Stands in for workers.share, without processes."""
    return ((item, result) for item in items for result in work(item))
