"""The commands: parse what was typed, call, say."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from indexer.build import BuildReport, Shard, annotate_shard, build, differences, no_articles, onrecord_version
from indexer.commands import search_commands as asking, terminal
from indexer.commands.archive_options import archive_options
from indexer.commands.extract import extracted
from indexer.commands.search_commands import Decorator, index_option, json_option, opened, print_json
from indexer.configuration import configured, work_by
from indexer.engines import DEFAULT_ENGINE, ENGINES, open_engine, writer_of
from indexer.errors import ArticleError, BuildFailed, IndexLocked, IndexMissing, IndexOutdated, OnRecordError
from indexer.index_folder import build_folder, current_build, report_of, size_of
from indexer.reading import MAX_BYTES, Unread, unread, walk

# Options whose defaults the configuration may set.
CONFIGURED = ("data", "index", "engine", "host", "port", "threads", "processes")


class _Commands(click.Group):
    """Says what went wrong in one line: exit status 2 for what was mistyped, 1 for everything else."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except OnRecordError as error:
            raise click.ClickException(str(error)) from error


data_argument: Decorator = click.argument("data", type=click.Path(path_type=Path), default="data")
jobs_option: Decorator = click.option(
    "--jobs", type=click.IntRange(1), default=None, help="How many processes read; by default one for each core.")
strict_option: Decorator = click.option("--strict", is_flag=True, help="Exit with status 1 when a file was skipped.")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(onrecord_version(), prog_name="onrecord")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="The configuration; by default onrecord.toml of this folder, where there is one.")
@click.pass_context
def main(context: click.Context, config: Path | None) -> None:
    """A search engine for a news archive that knows who said what.

    An archive is a folder of stories (Markdown, saved pages, text) or of files of many (tables, JSON, WordPress
    exports, feeds, crawls). Build an index of it once, then search it, list what somebody said, or serve the page.

    \b
      onrecord build data
      onrecord search 'ferry date:2010..2014'
      onrecord quotes --by 'Ruth Adeyemi' ferry
      onrecord serve
    """
    context.obj = configuration = configured(config)
    work_by(configuration)
    defaults = {name: getattr(configuration, name) for name in CONFIGURED}
    context.default_map = {name: defaults for name in main.commands}


for command in (asking.search, asking.quotes, asking.people, asking.show, asking.export):
    main.add_command(command)


@main.command("build")
@data_argument
@index_option
@jobs_option
@click.option("--full", is_flag=True, help="Read every file again, whether it has changed or not.")
@click.option("--engine", type=click.Choice(sorted(ENGINES)), default=DEFAULT_ENGINE, show_default=True,
              help="The search engine that keeps the index.")
@click.option("--largest", type=click.IntRange(1), default=MAX_BYTES // 1_000_000, show_default=True, metavar="MB",
              help="Skip files that are larger.")
@click.option("--annotations", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="DIR",
              help="Take what annotate wrote there; only files that it does not know are read.")
@strict_option
@click.pass_context
def build_command(
    context: click.Context, data: Path, index: Path, jobs: int | None, full: bool, engine: str, largest: int,
    annotations: Path | None, strict: bool,
) -> None:
    """Build the index of the articles in DATA.

    Reads what is new or has changed since the last build, finds who is named and who said what, and switches
    the new index in when it is complete. Until then the old one answers. DATA is the folder data by default.
    """
    report = _build(data, index, jobs, full, engine, largest * 1_000_000, annotations)
    context.exit(1 if strict and report.missed else 0)


@main.command()
@data_argument
@index_option
@jobs_option
@strict_option
@click.pass_context
def update(context: click.Context, data: Path, index: Path, jobs: int | None, strict: bool) -> None:
    """Bring the index up to the files in DATA.

    The same as build, but for an index that must be there already.
    """
    current_build(index)                         # where there is none, its error tells the command that makes one
    report = _build(data, index, jobs, False, _standing_engine(index, DEFAULT_ENGINE))
    context.exit(1 if strict and report.missed else 0)


@main.command()
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
    others: list[Path] = []
    files = [file for path in paths for file in walk(path, skipped.append, others.append)]
    printed = 0
    for line in extracted(files, jobs or os.cpu_count() or 1, archive_options()):
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


@main.command()
@data_argument
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR",
              help="The folder of the annotations, a file of JSON lines for each shard.")
@click.option("--shards", type=click.IntRange(1, 100_000), default=1, show_default=True,
              help="Into how many parts the archive is divided.")
@click.option("--shard", type=click.IntRange(1), default=1, show_default=True, help="The part to annotate, from 1.")
@jobs_option
@strict_option
@click.pass_context
def annotate(
    context: click.Context, data: Path, output: Path, shards: int, shard: int, jobs: int | None, strict: bool
) -> None:
    """Find who said what in a part of DATA, for a build to take.

    For archives that many machines read at once: each annotates a shard, then build --annotations takes them all.
    What was annotated already is left as it is, so that a run which was stopped can be started again.
    """
    if shard > shards:
        raise click.BadParameter(f"{shard} of {shards}.", param_hint="'--shard'")
    with terminal.progress() as progress:
        done = annotate_shard(data, output, Shard(shard, shards), jobs or os.cpu_count() or 1, progress,
                              options=archive_options())
    for line in terminal.annotation_lines(done):
        click.echo(line)
    context.exit(1 if strict and done.skipped else 0)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen at.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), default="data", show_default=True,
              help="The articles to index when there is no index yet.")
@index_option
@click.option("--threads", type=click.IntRange(1, 256), default=8, show_default=True,
              help="Requests that a process serves at once.")
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True,
              help="Processes that share the port.")
@click.pass_context
def serve(context: click.Context, /, **chosen: Any) -> None:
    """Serve the page on which people search.

    Where there is no index yet, or one of another version, it is built first from the articles in data.
    """
    # The other commands need no web server.
    serving, pages = import_module("searchui.serving.server"), import_module("searchui")
    configuration = replace(context.obj, **chosen)
    try:
        open_engine(configuration.index).close()
    except (IndexMissing, IndexOutdated):
        if not configuration.data.is_dir():
            raise
        click.echo(f"Building the index of {configuration.data} first.", err=True)
        _build(configuration.data, configuration.index, None, False, configuration.engine)
    shown = "localhost" if configuration.host in ("127.0.0.1", "0.0.0.0", "::1", "::") else configuration.host
    serving.serve(
        pages.create_app({"CONFIGURATION": configuration}), configuration,
        lambda port: click.echo(f"Searching at http://{shown}:{port}/  (Ctrl-C ends it)"))


@main.command()
@data_argument
@index_option
@jobs_option
@click.option("--every", type=click.FloatRange(0.2), default=5.0, show_default=True, metavar="SECONDS",
              help="How long to wait between two looks at the files.")
@click.pass_context
def watch(context: click.Context, data: Path, index: Path, jobs: int | None, every: float) -> None:
    """Keep the index up to the files in DATA.

    Builds whenever files have come, changed or gone, until it is stopped. What stands in the way of a build, such
    as another one, is told and waited for.
    """
    told = ""
    while True:
        try:
            report = build(data, index, jobs=jobs, engine=_standing_engine(index, context.obj.engine),
                           options=archive_options())
        except (BuildFailed, IndexLocked) as error:
            if str(error) != told:
                click.echo(told := str(error), err=True)
        else:
            told = ""
            if report.changed:
                click.echo(next(terminal.report_lines(report)))
        time.sleep(every)


def _standing_engine(index: Path, default: str) -> str:
    """The engine that keeps the index, if there is one."""
    try:
        return str(report_of(index, current_build(index)).get("engine", default))
    except IndexMissing:
        return default


@main.command()
@data_argument
@index_option
@click.pass_context
def check(context: click.Context, data: Path, index: Path) -> None:
    """Compare the index with the files in DATA.

    Says every difference between the files, what was read of them, and what answers; exits with status 1 when
    there is one. Changes nothing.
    """
    count = 0
    for count, line in enumerate(differences(data, index), 1):
        click.echo(terminal.printable(line))
    click.echo(f"{terminal.counted(count, 'difference')}." if count else "Files, ledger and index agree.")
    context.exit(1 if count else 0)


@main.command()
@index_option
@json_option
def stats(index: Path, as_json: bool) -> None:
    """Tell what the index holds, its size, its versions and its last build."""
    build = current_build(index)
    report = report_of(index, build)
    with opened(index) as engine:
        held = dict(engine.stats())
    told = {
        "build": build, "built": report.get("built"), "data": report.get("data"), "engine": report.get("engine"),
        "schema": report.get("schema"), "extractor": report.get("extractor"), "onrecord": report.get("onrecord"),
        "words": report.get("words"), "skipped": len(report.get("skipped", ())), "unread": report.get("unread", []),
        "unsure_dates": report.get("unsure_dates", 0), "warned": len(report.get("warned", ())),
        "seconds": report.get("seconds"),
        "bytes": size_of(build_folder(index, build)), **held,
    }
    if as_json:
        return print_json(told)
    widest = max(map(len, told))
    for line in terminal.unread_lines(Unread(**each) for each in told.pop("unread")):
        click.echo(f"{'unread':<{widest}}  {terminal.printable(line)}")
    for key, value in told.items():
        click.echo(f"{key:<{widest}}  {value:,}" if isinstance(value, int) else f"{key:<{widest}}  {value}")


def _build(
    data: Path, index: Path, jobs: int | None, full: bool, engine: str, max_bytes: int = MAX_BYTES,
    annotations: Path | None = None,
) -> BuildReport:
    """Build, say how far it is and what came of it."""
    if engine in ENGINES:
        writer_of(engine, index)                 # first: what is not installed is told before anything is read
    with terminal.progress() as progress:
        report = build(data, index, jobs=jobs, full=full, engine=engine, max_bytes=max_bytes,
                       annotations=annotations, options=archive_options(), progress=progress)
    for line in terminal.report_lines(report):
        click.echo(line)
    return report
