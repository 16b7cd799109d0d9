"""The commands that search an index: search, quotes, people, show, export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import click

from indexer.commands import terminal
from indexer.commands.batch_search import BatchOptions, write_hits
from indexer.commands.options import all_option, index_option, json_option, limit_option, sort_option
from indexer.engines import open_engine
from indexer.errors import NotFound, QueryError
from indexer.index_folder import current_build, report_of
from indexer.query import EVERYTHING, ParsedQuery, Phrase, Query, all_of, describe, parse
from indexer.search import Document, Engine, Hit, Results, Sort, unlimited

# Format of an export → its address on the page.
EXPORTS = {"csv": "export.csv", "jsonl": "export.jsonl", "ris": "export.ris", "bib": "export.bib",
           "csl": "export.csl.json", "atom": "feed.atom"}


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@index_option
@limit_option
@sort_option
@all_option
@json_option
@click.option("--batch", type=click.File("rb"), metavar="CSV",
              help="Answer every query of a table instead: its column query, and kind if there is one.")
@click.option("--output", type=click.File("w", encoding="utf-8", lazy=False), default="-", metavar="CSV",
              help="Where the hits of --batch go.")
def search(
    query: Sequence[str], index: Path, limit: int, sort: Sort | None, every_copy: bool, as_json: bool,
    batch: BinaryIO | None, output: TextIO,
) -> None:
    """Find articles.

    All the words of QUERY must occur; OR, -word, "a phrase", word*, parentheses, title: speaker: said: mentions:
    author: and date:2009..2012 do what they look like. Quote QUERY for the shell.
    """
    if batch:
        with opened(index) as engine:
            options = BatchOptions(limit, sort or "relevance", collapse=not every_copy)
            return write_hits(engine, batch.read(), output, options)
    if not query:
        raise click.UsageError("Missing argument 'QUERY'.")
    parsed = _parsed(query)
    with opened(index) as engine:
        results = engine.search(parsed.query, kind="article", per_page=limit, collapse=not every_copy,
                                sort=sort or "relevance")
    if as_json:
        return _print_results(query, parsed, parsed.query, results, _article_hit)
    _print_summary(parsed, parsed.query, results, "article")
    for number, hit in enumerate(results.hits, 1):
        terminal.echo(terminal.article_lines(number, hit))


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@click.option("--by", metavar="PERSON", help="Only what this person or organisation said, by any of their names.")
@index_option
@limit_option
@sort_option
@all_option
@json_option
def quotes(
    query: Sequence[str], by: str | None, index: Path, limit: int, sort: Sort | None, every_copy: bool, as_json: bool
) -> None:
    """Find quotations: who said what.

    The words of QUERY are looked for in what was said and in the speakers' names. Without QUERY the newest come
    first.
    """
    parsed = _parsed(query)
    speaker: Query = Phrase(by, "speaker") if by else EVERYTHING
    full_query = all_of(part for part in (parsed.query, speaker) if part != EVERYTHING)
    with opened(index) as engine:
        results = engine.search(full_query, kind="quotation", per_page=limit, collapse=not every_copy,
                                sort=sort or ("relevance" if query else "newest"))
    if as_json:
        return _print_results(query, parsed, full_query, results, _quotation_hit)
    _print_summary(parsed, full_query, results, "quotation")
    for number, hit in enumerate(results.hits, 1):
        terminal.echo(terminal.quotation_lines(number, hit))


@click.command()
@click.argument("name", nargs=-1)
@index_option
@click.option("--limit", type=click.IntRange(1, 100_000), default=20, show_default=True, help="How many to print.")
@click.option("--unresolved", is_flag=True, help="The most frequent names that belong to nobody, with their articles.")
@json_option
def people(name: Sequence[str], index: Path, limit: int, unresolved: bool, as_json: bool) -> None:
    """List the people of the archive, those quoted most first.

    With NAME, only those it may mean: any part of a name or an alias, or a spelling close to one.
    """
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
@click.argument("article")
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
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@index_option
@click.option("--format", "form", type=click.Choice([*EXPORTS]), default="csv", show_default=True,
              help="The format, as on the page.")
@click.option("--in", "kind", type=click.Choice(["articles", "quotations", "people"]), default="articles",
              show_default=True, help="What to search.")
@click.option("--by", metavar="PERSON", help="Only what this person or organisation said, by any of their names.")
@click.option("--only", metavar="NAME=VALUE", multiple=True,
              help="A filter as in the page's address, such as mentions=ruth-adeyemi, not_year=2012 or "
                   "from=2010-05; several times: all of them.")
@sort_option
@click.option("--raw", is_flag=True, help="CSV as published: no apostrophe before what a spreadsheet would run.")
@click.option("--output", type=click.File("wb", lazy=False), default="-", metavar="FILE", help="Where the export goes.")
@click.pass_context
def export(
    context: click.Context, query: Sequence[str], index: Path, form: str, kind: str, by: str | None,
    only: Sequence[str], sort: str | None, raw: bool, output: BinaryIO,
) -> None:
    """Write a whole answer to a file.

    What the page exports for the same search, in every format that it has and however much it is.
    """
    if kind == "people" and form not in ("csv", "jsonl"):
        raise click.UsageError("People are exported as csv or jsonl; what can be cited are articles and quotations.")
    typed = " ".join([*query, *([f'speaker:"{by}"'] if by else [])])
    parameters = [("q", typed), ("in", kind), ("sort", sort or ""), ("raw", "1" if raw else "")]
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
    """The engine over the index, closed at the end."""
    engine = open_engine(index)
    try:
        with unlimited():              # whoever waits at a terminal can stop it
            yield engine
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


def _print_summary(parsed: ParsedQuery, query: Query, results: Results, kind: str) -> None:
    """How the query was understood, how much there is, and what may have been meant."""
    for repair in parsed.repairs:
        click.echo(terminal.printable(repair), err=True)
    click.echo(terminal.printable(f"{terminal.counted(results.total, kind)} for {describe(query)}"))
    if results.relaxed:
        some = any(hit.partial and not hit.by_meaning for hit in results.hits)
        click.echo(f"{'The last ones' if results.total else 'Those below'} "
                   f"{'hold most of the words' if some else 'may mean the same in other words'}.")
    if results.suggestion:
        click.echo(f"Did you mean {terminal.printable(results.suggestion)}?")
    click.echo()


def _print_results(
    typed: Sequence[str], parsed: ParsedQuery, query: Query, results: Results, hit: Callable[[Hit], dict[str, Any]]
) -> None:
    terminal.print_json({
        "query": " ".join(typed), "understood": describe(query), "repairs": list(parsed.repairs),
        "total": results.total, "relaxed": results.relaxed, "suggestion": results.suggestion,
        "build": results.build, "seconds": round(results.seconds, 4), "hits": [hit(each) for each in results.hits],
    })


def _article_hit(hit: Hit) -> dict[str, Any]:
    document = hit.document
    return {
        "path": document["path"], "title": document["title"], "author": document["author"],
        "published": document["date"] or None, "score": round(hit.score, 4), "by_meaning": hit.by_meaning,
        "snippet": " … ".join(snippet.text for snippet in hit.snippets), "url": document["url"],
    }


def _quotation_hit(hit: Hit) -> dict[str, Any]:
    document = hit.document
    return {
        "path": document["path"], "text": document["said"], "speaker": document["speaker"] or None,
        "method": document["method"], "certainty": document["certainty"], "level": document["level"],
        "published": document["date"] or None, "title": document["title"],
        "id": document["id"], "score": round(hit.score, 4), "by_meaning": hit.by_meaning,
    }


def _article(engine: Engine, typed: str) -> Document:
    """The article of this id, or of this path."""
    for id in dict.fromkeys((typed, str(Path(typed).with_suffix("")) if typed.strip("./") else typed)):
        try:
            return engine.get("article", id)
        except NotFound as error:
            missing = error
    raise missing
