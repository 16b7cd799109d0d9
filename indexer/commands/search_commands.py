"""The commands that search an index: search, quotes, people, show, export."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pickle import UnpicklingError
from typing import BinaryIO, TextIO

import click

from indexer.commands import terminal
from indexer.commands.batch_search import SearchOptions, write_hits
from indexer.commands.options import (
    KINDS_OF_WORDS, all_option, as_text, by_option, index_option, json_option, kind_option, limit_option,
    query_argument, sort_option, words_option,
)
from indexer.commands.search_answer import Searched, print_answer
from indexer.engines import open_engine
from indexer.errors import IndexDamaged, NotFound, QueryError
from indexer.index_folder import build_folder, current_build, damaged, report_of
from indexer.query import EVERYTHING, Exact, ParsedQuery, Phrase, Query, all_of, any_of, parse
from indexer.search import Document, Engine, Kind, Sort, best_quotations, interpreted, namesakes, unlimited

# Format of an export → its address on the page.
EXPORTS = {"csv": "export.csv", "jsonl": "export.jsonl", "ris": "export.ris", "bib": "export.bib",
           "csl": "export.csl.json", "atom": "feed.atom"}


@click.command(context_settings={"ignore_unknown_options": True})
@query_argument
@index_option
@limit_option
@sort_option
@all_option
@words_option
@json_option
@click.option("--batch", type=click.File("rb"), metavar="CSV",
              help="Answer every query of a table instead: its column query, and kind if there is one.")
@click.option("--output", type=click.File("w", encoding="utf-8", lazy=False), default="-", metavar="CSV",
              help="The file that --batch writes to.")
def search(
    query: Sequence[str], index: Path, limit: int, sort: Sort | None, every_copy: bool, as_words: bool, as_json: bool,
    batch: BinaryIO | None, output: TextIO,
) -> None:
    """Find articles, or answer a question about what somebody said.

    All the words of QUERY must occur; OR, -word, "a phrase", word*, parentheses, title: speaker: said: mentions:
    author: and date:2009..2012 mean what they seem to. Quote QUERY for the shell. "What did NAME say about X",
    "NAME on X" and "who said X" find quotations. Queries of --batch are searched word for word.
    """
    options = SearchOptions(limit, sort or "relevance", collapse=not every_copy)
    if batch:
        with opened(index) as engine:
            return write_hits(engine, batch.read(), output, options)
    if not query:
        raise click.UsageError("Missing argument 'QUERY'.")
    with opened(index) as engine:
        print_answer(_searched(engine, "article", query, EVERYTHING, EVERYTHING, options, as_words), as_json)


@click.command(context_settings={"ignore_unknown_options": True})
@query_argument
@by_option
@kind_option
@index_option
@limit_option
@sort_option
@all_option
@words_option
@json_option
@click.option("--not-inferred", is_flag=True,
              help="Leave out speakers whose full name comes from the archive, not from the article.")
def quotes(
    query: Sequence[str], by: str | None, words: str | None, index: Path, limit: int, sort: Sort | None,
    every_copy: bool, as_words: bool, as_json: bool, not_inferred: bool,
) -> None:
    """Find quotations: who said what.

    The words of QUERY are looked for in what was said and in the speakers' names; a question about what somebody said
    is understood. Without QUERY the newest come first. What others said, in articles that name the speaker who is
    asked for, is printed apart. What the articles only report in their own words is found with --kind.
    """
    options = SearchOptions(limit, sort or ("relevance" if query else "newest"), collapse=not every_copy)
    speaker: Query = Phrase(by, "speaker") if by else EVERYTHING
    forms = any_of(Exact(each, "form") for each in KINDS_OF_WORDS[words]) or EVERYTHING if words else EVERYTHING
    forms = all_of((forms, Exact("printed", "identity"))) if not_inferred else forms
    with opened(index) as engine:
        answer = _searched(engine, "quotation", query, speaker, forms, options, as_words or bool(by))
        print_answer(answer, as_json)


def _searched(
    engine: Engine, kind: Kind, typed: Sequence[str], speaker: Query, filters: Query, options: SearchOptions,
    as_words: bool,
) -> Searched:
    """The answer to what was typed: to the question, if it is one that the archive understands."""
    parsed = _parsed(typed)
    text = " ".join(typed)
    found = None if as_words else interpreted(engine, text)
    query = found.topic if found else all_of(part for part in (parsed.query, speaker) if part != EVERYTHING)
    filters = all_of((found.filters, filters)) if found else filters
    kind = "quotation" if found else kind
    results = engine.search(query, kind=kind, filters=filters, per_page=options.limit, collapse=options.collapse,
                            sort=options.sort, facets=("form",) if kind == "quotation" else ())
    if found:
        others = found.people if len(found.people) > 1 else found.others
        return Searched(text, query, filters, parsed.repairs, results, found, namesakes=others)
    best = best_quotations(engine, query).hits if kind == "article" and options.sort == "relevance" else ()
    return Searched(text, query, filters, parsed.repairs, results, None, best, namesakes(engine, text, results.total))


@click.command()
@click.argument("name", nargs=-1, type=as_text)
@index_option
@click.option("--limit", type=click.IntRange(1, 100_000), default=20, show_default=True, help="How many to print.")
@click.option("--unresolved", is_flag=True,
              help="The most frequent names that could not be given to anybody, with their articles.")
@click.option("--doubtful", is_flag=True,
              help="The closest decisions: names joined on little, and names nearly joined, with the evidence.")
@json_option
def people(name: Sequence[str], index: Path, limit: int, unresolved: bool, doubtful: bool, as_json: bool) -> None:
    """List the people in the archive, most quoted first.

    With NAME, only those it may mean: any part of a name or an alias, or a spelling close to one.
    """
    if doubtful:
        doubts = report_of(index, current_build(index)).get("doubtful", [])
        kinds = ([each for each in doubts if each["is_joined"] is joined][:limit] for joined in (True, False))
        found = [each for kind in kinds for each in kind]
        return terminal.print_json(found) if as_json else terminal.echo(terminal.doubt_lines(found))
    if unresolved:
        names = report_of(index, current_build(index)).get("unresolved", [])[:limit]
        if as_json:
            return terminal.print_json([{"name": each, "articles": count} for each, count in names])
        return terminal.echo(
            f"{terminal.printable(each)}  {terminal.counted(count, 'article')}" for each, count in names)
    with opened(index) as engine:
        if name:
            found = list(engine.suggest(" ".join(name), limit))
        else:
            found = [hit.document for hit in engine.every(EVERYTHING, kind="person")]
            found.sort(key=lambda each: (-each["quotations"], -each["articles"], each["name"]))
    if as_json:
        return terminal.print_json(
            [{key: value for key, value in each.items() if key != "kind"} for each in found[:limit]])
    if not found:
        click.echo("Nobody of that name is in the archive." if name else "The archive names nobody.")
    for each in found[:limit]:
        terminal.echo(terminal.person_lines(each))


@click.command()
@click.argument("article", type=as_text)
@index_option
@json_option
def show(article: str, index: Path, as_json: bool) -> None:
    """Print a story and who said what in it.

    ARTICLE is its path in the archive, with or without the suffix.
    """
    with opened(index) as engine:
        found = _article(engine, article)
        quotations = engine.quotations_of(found["id"])
    if as_json:
        return terminal.print_json({**found, "quotations": list(quotations)})
    terminal.echo(terminal.story_lines(found, quotations))


@click.command(context_settings={"ignore_unknown_options": True})
@query_argument
@index_option
@click.option("--format", "form", type=click.Choice([*EXPORTS]), default="csv", show_default=True,
              help="The format, as on the page.")
@click.option("--in", "kind", type=click.Choice(["articles", "quotations", "people"]), default="articles",
              show_default=True, help="What to search.")
@by_option
@kind_option
@click.option("--only", type=as_text, metavar="NAME=VALUE", multiple=True,
              help="A filter as in the page's address, such as mentions=ruth-adeyemi, not_year=2012 or "
                   "from=2010-05; several times: all of them.")
@sort_option
@click.option("--raw", is_flag=True, help="CSV as published: no apostrophe before what a spreadsheet would run.")
@click.option("--output", type=click.File("wb", lazy=False), default="-", metavar="FILE", help="The file to write to.")
@click.pass_context
def export(
    context: click.Context, query: Sequence[str], index: Path, form: str, kind: str, by: str | None,
    words: str | None, only: Sequence[str], sort: str | None, raw: bool, output: BinaryIO,
) -> None:
    """Write a whole answer to a file.

    What the page exports for the same search, in every format that it has and however much it is.
    """
    if kind == "people" and form not in ("csv", "jsonl"):
        raise click.UsageError("People are exported as csv or jsonl; what can be cited are articles and quotations.")
    typed = " ".join([*query, *([f'speaker:"{by}"'] if by else [])])
    parameters = [("q", typed), ("in", kind), ("sort", sort or ""), ("raw", "1" if raw else ""),
                  *(("kind", each) for each in KINDS_OF_WORDS[words or "quotation"] if words)]
    for each in only:
        name, equals, value = each.partition("=")
        if not equals:
            raise click.BadParameter(f"{each!r} is not NAME=VALUE.", param_hint="'--only'")
        parameters.append((name, value))
    local_export = import_module("searchui.local_export")         # imported here: others need no web framework
    with opened(index) as engine:
        for chunk in local_export.exported(context.obj, engine, EXPORTS[form], parameters):
            if output.isatty():
                click.echo(terminal.printable(chunk.decode("utf-8", "replace").replace("\r\n", "\n")), nl=False)
            else:
                output.write(chunk)


@contextmanager
def opened(index: Path) -> Iterator[Engine]:
    """The engine over the index, closed at the end. IndexDamaged where it fails because of a file that is not as it was
    written: opening looks at sizes alone."""
    engine = open_engine(index)
    try:
        with unlimited():              # whoever waits at a terminal can stop it
            yield engine
    except (EOFError, LookupError, ValueError, TypeError, UnpicklingError, struct.error) as error:
        for what in damaged(build_folder(index, engine.build_id), report_of(index, engine.build_id), thorough=True):
            raise IndexDamaged(index, what) from error
        raise
    finally:
        engine.close()


def _parsed(typed: Sequence[str]) -> ParsedQuery:
    """What was typed, as a query. Words to exclude look like options; what begins as a long option is one mistyped."""
    for each in typed:
        if each.startswith("--"):
            raise click.NoSuchOption(each)
    text = " ".join(typed)
    try:
        return parse(text)
    except QueryError as error:
        shown = terminal.printable(text.replace("\n", " "))
        raise click.UsageError(f"{error}\n  {shown}\n  {' ' * error.position}^") from error


def _article(engine: Engine, typed: str) -> Document:
    """The article of this id, or of this path."""
    for id in dict.fromkeys((typed, str(Path(typed).with_suffix("")) if typed.strip("./") else typed)):
        try:
            return engine.get("article", id)
        except NotFound as error:
            missing = error
    raise missing
