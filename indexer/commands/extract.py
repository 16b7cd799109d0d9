"""What was found in single articles as JSON, a line each: for other programs, without an index."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from indexer.build import BATCH, Lost, share
from indexer.errors import ArticleError
from indexer.models import Annotated, Person, Quotation
from indexer.pipeline import annotate
from indexer.reading import read_article


def extracted(files: Sequence[Path], jobs: int) -> Iterator[str | ArticleError]:
    """A line for each file in the order given, or why there is none."""
    done: dict[Path, str | ArticleError] = {}
    order = iter(files)
    awaited = next(order, None)
    for file, line in _lines(files, jobs):
        done[file] = ArticleError(file, line.reason) if isinstance(line, Lost) else line
        while awaited is not None and awaited in done:
            yield done[awaited]
            awaited = next(order, None)


def _lines(files: Sequence[Path], jobs: int) -> Iterator[tuple[Path, str | ArticleError | Lost]]:
    """A few files are done sooner here than a process is begun for them."""
    if jobs > 1 and len(files) > BATCH:
        yield from share(line_of, files, jobs)
    else:
        yield from ((file, line_of(file)) for file in files)


def line_of(file: Path) -> str | ArticleError:
    """What is in one file."""
    try:
        article = read_article(file, file.parent)
    except ArticleError as error:
        return error
    return json.dumps(as_json(annotate(article), str(file)), ensure_ascii=False)


def as_json(annotated: Annotated, path: str) -> dict[str, Any]:
    """The keys that other programs rely on."""
    article = annotated.article
    return {
        "path": path, "title": article.title, "author": article.author,
        "authors": list(article.authors), "language": article.language, "precision": article.precision,
        "published": article.published.isoformat() if article.published else None, "text": article.text,
        "quotes": [_quotation(each, article.text) for each in annotated.quotations],
        "people": [_person(each) for each in annotated.people],
    }


def _quotation(said: Quotation, text: str) -> dict[str, Any]:
    return {
        "text": said.span.of(text), "kind": said.kind, "speaker": said.speaker, "speaker_kind": said.speaker_kind,
        "cue": said.cue.of(text) if said.cue else None, "method": said.method,
        "start": said.span.start, "end": said.span.end,
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": person.name, "description": person.description,
        "mentions": [(each.span.start, each.span.end) for each in person.mentions if each.span is not None],
    }
