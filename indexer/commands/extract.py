"""What is found in single articles as JSON lines, for other programs, without an index; and the command extract."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from indexer.attribution import level_of
from indexer.build import Lost, no_articles, share
from indexer.commands import terminal
from indexer.commands.archive_options import archive_options
from indexer.commands.options import KINDS_OF_WORDS, jobs_option, strict_option
from indexer.errors import ArticleError, BuildFailed
from indexer.models import Annotated, Person, Quotation
from indexer.pipeline import annotate
from indexer.reading import Options, open_source, readings, unread, walk


@dataclass(frozen=True, slots=True)
class _End:
    """There is nothing more in a file."""


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--kind", "words", type=click.Choice([*KINDS_OF_WORDS]), default="both", show_default=True,
              help="The speakers' own words (quotation), what they said in the reporter's words (reported), or both.")
@jobs_option
@strict_option
@click.pass_context
def extract(context: click.Context, paths: Sequence[Path], words: str, jobs: int | None, strict: bool) -> None:
    """Print who said what in files, without an index.

    One JSON object a line for each article in the files and folders given: its text, its people, and its
    quotations with speaker, cue and how the speaker is known. Of the kind "reported" the words are the reporter's:
    they tell what somebody said. A date such as 03/04/2012 is read month first unless [reading] dates in the
    configuration says otherwise: only a build looks at all dates to decide.
    """
    skipped: list[ArticleError] = []
    others: list[Path] = []
    options = archive_options()
    files = [file for path in paths for file in walk(path, skipped.append, others.append, options.links_anywhere)]
    printed = 0
    options = replace(options, links_anywhere=True)             # what leads out of a folder was left out already
    for line in extracted(files, jobs or os.cpu_count() or 1, options, KINDS_OF_WORDS[words]):
        if isinstance(line, ArticleError):
            skipped.append(line)
        else:
            click.echo(line)
            printed += 1
    for said in (*map(str, skipped), *terminal.unread_lines(left := unread(others))):
        click.echo(terminal.printable(said), err=True)
    if not (files or skipped):
        raise BuildFailed(no_articles(", ".join(map(str, paths))))
    missed = skipped or any(each.may_hold_articles for each in left)
    context.exit(1 if missed and (strict or not printed) else 0)


def extracted(
    files: Sequence[Path], jobs: int, options: Options = Options(), kinds: Sequence[str] = KINDS_OF_WORDS["both"]
) -> Iterator[str | ArticleError]:
    """A line for each article of the files, in the order given, or why there is none. A file that kills or holds up
    the process that reads it spoils no other. kinds: which kinds of words are among the quotations."""
    work = partial(lines_of, kinds=kinds)
    waiting = deque(files)
    said: dict[Path, list[str | ArticleError]] = {}
    ended: set[Path] = set()
    for (file, _), line in share(work, [(file, options) for file in dict.fromkeys(files)], jobs):
        if isinstance(line, Lost | _End):
            ended.add(file)
        if not isinstance(line, _End):
            said.setdefault(file, []).append(ArticleError(file, line.reason) if isinstance(line, Lost) else line)
        while waiting and waiting[0] in ended:
            yield from said.pop(waiting.popleft(), ())
        if waiting and waiting[0] == file:
            yield from said.pop(file, ())


def lines_of(
    job: tuple[Path, Options], kinds: Sequence[str] = KINDS_OF_WORDS["both"]
) -> Iterator[str | ArticleError | _End]:
    """What is in one file, and that there is no more."""
    file, options = job
    try:
        source, _ = open_source(file, file.parent, options)
        for read in readings(source):
            if isinstance(read, ArticleError):
                yield read
            else:
                place = read.article.id.removeprefix(source.id)           # "", or "#key" in a file of several
                yield terminal.json_text(as_json(annotate(read.article), f"{file}{place}", kinds))
    except ArticleError as error:
        yield error
    yield _End()


def as_json(
    annotated: Annotated, path: str, kinds: Sequence[str] = KINDS_OF_WORDS["both"]
) -> dict[str, Any]:
    """The keys that other programs rely on."""
    article = annotated.article
    return {
        "path": path, "title": article.title, "author": article.author,
        "authors": list(article.authors), "language": article.language, "precision": article.precision,
        "published": article.published.isoformat() if article.published else None, "text": article.text,
        "quotes": [_quotation(each, article.text) for each in annotated.quotations if form_of(each) in kinds],
        "people": [_person(each) for each in annotated.people],
    }


def form_of(said: Quotation) -> str:
    """Which of the kinds of words it is."""
    return "reported" if said.is_reported else "quotation"


def _quotation(said: Quotation, text: str) -> dict[str, Any]:
    return {
        "text": said.span.of(text), "kind": said.kind, "speaker": said.speaker, "speaker_kind": said.speaker_kind,
        "cue": said.cue.of(text) if said.cue else None, "method": said.method,
        "source": said.source.of(text) if said.source else None,
        "certainty": said.certainty, "level": level_of(said.certainty),
        "stance": said.stance, "stance_of": said.stance_of,
        "start": said.span.start, "end": said.span.end,
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": person.name, "description": person.description,
        "mentions": [(each.span.start, each.span.end) for each in person.mentions if each.span is not None],
    }
