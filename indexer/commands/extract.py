"""What is found in single articles as JSON lines, for other programs, without an index; and the command extract."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from indexer.attribution import level_of
from indexer.build import BATCH, Lost, share
from indexer.commands import terminal
from indexer.commands.options import jobs_option, strict_option
from indexer.errors import ArticleError
from indexer.models import Annotated, Person, Quotation
from indexer.pipeline import annotate
from indexer.reading import read_article, walk


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@jobs_option
@strict_option
@click.pass_context
def extract(context: click.Context, paths: Sequence[Path], jobs: int | None, strict: bool) -> None:
    """Print who said what in files, without an index.

    One JSON object a line for each article in the files and folders given: its text, its people, and its
    quotations with speaker, cue and how the speaker is known.
    """
    skipped: list[ArticleError] = []
    files = [file for path in paths for file in walk(path, skipped.append)]
    for line in extracted(files, jobs or os.cpu_count() or 1):
        if isinstance(line, ArticleError):
            skipped.append(line)
        else:
            click.echo(line)
    for error in skipped:
        click.echo(terminal.printable(str(error)), err=True)
    context.exit(1 if skipped and (strict or len(skipped) == len(files) or not files) else 0)


def extracted(files: Sequence[Path], jobs: int) -> Iterator[str | ArticleError]:
    """A line for each file in the order given, or the error that explains why there is none."""
    done: dict[Path, str | ArticleError] = {}
    order = iter(files)
    awaited = next(order, None)
    for file, line in _lines(files, jobs):
        done[file] = ArticleError(file, line.reason) if isinstance(line, Lost) else line
        while awaited is not None and awaited in done:
            yield done[awaited]
            awaited = next(order, None)


def _lines(files: Sequence[Path], jobs: int) -> Iterator[tuple[Path, str | ArticleError | Lost]]:
    """Other processes only for many files: reading a few takes less time than starting a process."""
    if jobs > 1 and len(files) > BATCH:
        yield from share(line_of, files, jobs)
    else:
        yield from ((file, line_of(file)) for file in files)


def line_of(file: Path) -> str | ArticleError:
    """The article of one file as a line of JSON."""
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
        "published": article.published.isoformat() if article.published else None, "text": article.text,
        "quotes": [_quotation(each, article.text) for each in annotated.quotations],
        "people": [_person(each) for each in annotated.people],
    }


def _quotation(said: Quotation, text: str) -> dict[str, Any]:
    return {
        "text": said.span.of(text), "kind": said.kind, "speaker": said.speaker, "speaker_kind": said.speaker_kind,
        "cue": said.cue.of(text) if said.cue else None, "method": said.method,
        "certainty": said.certainty, "level": level_of(said.certainty),
        "start": said.span.start, "end": said.span.end,
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": person.name, "description": person.description,
        "mentions": [(each.span.start, each.span.end) for each in person.mentions if each.span is not None],
    }
