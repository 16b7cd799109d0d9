"""The commands that make an index and keep it current: build, update, watch, annotate, check, stats."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import click

from indexer.build import BuildReport, build as build_index
from indexer.commands import terminal
from indexer.commands.archive_options import archive_options, most_lost
from indexer.commands.model import encoder_of
from indexer.commands.options import data_argument, index_option, jobs_option, json_option, loss_option, strict_option
from indexer.commands.progress import progress
from indexer.engines import DEFAULT_ENGINE, ENGINES
from indexer.errors import BuildFailed, IndexLocked, IndexMissing
from indexer.index_folder import build_folder, current_build, report_of, size_of
from indexer.reading import MAX_BYTES, Unread


@click.command()
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
@loss_option
@strict_option
@click.pass_context
def build(context: click.Context, /, data: Path, index: Path, largest: int, strict: bool, **options: Any) -> None:
    """Build the index of the articles in DATA.

    Reads what is new or has changed since the last build, finds who is named and who said what, and switches
    the new index in when it is complete. Until then the old one answers. DATA is the folder data by default.
    """
    report = build_and_report(data, index, max_bytes=largest * 1_000_000, **options)
    context.exit(1 if strict and report.missed else 0)


@click.command()
@data_argument
@index_option
@jobs_option
@loss_option
@strict_option
@click.pass_context
def update(
    context: click.Context, data: Path, index: Path, jobs: int | None, allow_loss: bool, strict: bool
) -> None:
    """Bring the index up to date with the files in DATA.

    The same as build, but only if there is an index already.
    """
    current_build(index)                         # if there is none, its error names the command that makes one
    report = build_and_report(data, index, jobs=jobs, engine=engine_of(index, DEFAULT_ENGINE), allow_loss=allow_loss)
    context.exit(1 if strict and report.missed else 0)


@click.command()
@data_argument
@index_option
@jobs_option
@click.option("--every", type=click.FloatRange(0.2), default=5.0, show_default=True, metavar="SECONDS",
              help="How long to wait before looking at the files again.")
@click.pass_context
def watch(context: click.Context, data: Path, index: Path, jobs: int | None, every: float) -> None:
    """Keep the index up to date with the files in DATA.

    Builds whenever files have come, changed or gone, until it is stopped. If a build is not possible, because
    another one is running, for example, it says why and tries again.
    """
    reported = ""
    while True:
        try:
            report = build_as_configured(data, index, jobs=jobs, engine=engine_of(index, context.obj.engine))
        except (BuildFailed, IndexLocked) as error:
            if str(error) != reported:
                click.echo(terminal.printable(reported := str(error)), err=True)
        else:
            reported = ""
            if report.changed:
                click.echo(next(terminal.report_lines(report)))
        time.sleep(every)


@click.command()
@data_argument
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR",
              help="The folder of the annotations, a file of JSON lines for each shard.")
@click.option("--shards", type=click.IntRange(1, 100_000), default=1, show_default=True,
              help="How many parts to divide the archive into.")
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
    from indexer.build import Shard, annotate_shard           # here: an update in which nothing changed reads nothing

    with progress() as line:
        done = annotate_shard(data, output, Shard(shard, shards), jobs or os.cpu_count() or 1, line,
                              options=archive_options())
    terminal.echo(terminal.annotation_lines(done))
    context.exit(1 if strict and done.missed else 0)


@click.command()
@data_argument
@index_option
@click.pass_context
def check(context: click.Context, data: Path, index: Path) -> None:
    """Compare the index with the files in DATA.

    Names every difference between the files, what was read of them, and what the index holds; exits with status 1
    when there is one. Changes nothing.
    """
    from indexer.build import differences

    count = 0
    for count, line in enumerate(differences(data, index, archive_options()), 1):
        click.echo(terminal.printable(line))
    click.echo(f"{terminal.counted(count, 'difference')}." if count else "Files, ledger and index agree.")
    context.exit(1 if count else 0)


@click.command()
@index_option
@json_option
def stats(index: Path, as_json: bool) -> None:
    """Show what the index holds, its size, its versions and its last build."""
    from indexer.build import was_lost

    build = current_build(index)
    report = report_of(index, build)
    held = {name: report.get(name) for name in ("articles", "quotations", "reported", "people", "first", "last")}
    skipped = report.get("skipped", ())
    fields = {
        "build": build, "built": report.get("built"), "data": report.get("data"), "engine": report.get("engine"),
        "schema": report.get("schema"), "extractor": report.get("extractor"), "onrecord": report.get("onrecord"),
        "words": report.get("words"), "skipped": len(skipped),
        "lost": sum(was_lost(reason) for _, reason in skipped), "unread": report.get("unread", []),
        "unsure_dates": report.get("unsure_dates", 0), "warned": len(report.get("warned", ())),
        "corrected": report.get("corrected", 0), "corrections_gone": report.get("gone", []),
        "seconds": report.get("seconds"), "bytes": _bytes(index, build), **held,
    }
    if as_json:
        return terminal.print_json(fields)
    widest = max(map(len, fields))
    for line in terminal.unread_lines(Unread(**each) for each in fields.pop("unread")):
        click.echo(f"{'unread':<{widest}}  {terminal.printable(line)}")
    for where, reason in fields.pop("corrections_gone"):
        click.echo(f"{'correction':<{widest}}  {terminal.printable(f'{where}: {reason}')}")
    for key, value in fields.items():
        shown = f"{value:,}" if isinstance(value, int) else terminal.printable(f"{value}")
        click.echo(f"{key:<{widest}}  {shown}")


def _bytes(index: Path, build: str) -> int:
    """How large an index is; only one that is kept elsewhere is opened for it."""
    if ENGINES[str(report_of(index, build).get("engine", DEFAULT_ENGINE))].is_local:
        return size_of(build_folder(index, build))
    from indexer.commands.search_commands import opened      # here: to build nothing is searched

    with opened(index) as engine:
        return int(engine.stats()["bytes"])


def build_and_report(
    data: Path, index: Path, *, engine: str, allow_loss: bool = False, **settings: Any
) -> BuildReport:
    """Build, show how far it is, and print what came of it. settings: those of indexer.build.build."""
    with progress() as line:
        report = build_as_configured(data, index, allow_loss, engine=engine, progress=line, **settings)
    terminal.echo(terminal.report_lines(report))
    return report


def build_as_configured(data: Path, index: Path, allow_loss: bool = False, **settings: Any) -> BuildReport:
    """Build by what onrecord.toml says of files, of meaning, and of how much may be lost. settings: further ones of
    indexer.build.build."""
    return build_index(data, index, options=archive_options(), encoder=encoder_of(index),
                       most_lost=1.0 if allow_loss else most_lost(), **settings)


def engine_of(index: Path, default: str) -> str:
    """The engine that keeps the index, if there is one."""
    try:
        return str(report_of(index, current_build(index)).get("engine", default))
    except IndexMissing:
        return default
