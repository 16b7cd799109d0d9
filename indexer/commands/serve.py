"""The command that serves the page: serve. In keeper's mode the page also corrects who said what."""

from __future__ import annotations

import secrets
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from indexer.commands.build_commands import build_and_report, build_as_configured, engine_of
from indexer.commands.options import index_option
from indexer.commands.terminal import printable
from indexer.configuration import Configuration
from indexer.corrections import CORRECTIONS_FILE, read_corrections
from indexer.engines import open_engine
from indexer.errors import IndexMissing, IndexOutdated
from indexer.index_folder import current_build, report_of

_THIS_MACHINE = ("127.0.0.1", "0.0.0.0", "::1", "::")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen at.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), default="data", show_default=True,
              help="The articles to index when there is no index yet.")
@index_option
@click.option("--threads", type=click.IntRange(1, 256), default=8, show_default=True,
              help="Requests that a process serves at once.")
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True,
              help="Processes that share the port.")
@click.option("--keeper", is_flag=True,
              help="Let whoever has the token that is printed correct who said what, from this machine alone.")
@click.pass_context
def serve(context: click.Context, /, keeper: bool, **options: Any) -> None:
    """Serve the page on which people search.

    If there is no index yet, or one of another version, it is built first from the articles in data.
    """
    configuration = replace(context.obj, **options)
    if keeper:
        configuration = _for_the_keeper(configuration)
    _build_missing(configuration)
    # Imported here: the other commands need no web server.
    server, searchui = import_module("searchui.serving.server"), import_module("searchui")
    host = "localhost" if configuration.host in _THIS_MACHINE else configuration.host
    settings = _keeper(configuration) if keeper else None

    def ready(port: int) -> None:
        click.echo(f"Searching at http://{host}:{port}/  (Ctrl-C ends it)")
        if settings:
            click.echo(f"To correct, give this token at http://{host}:{port}/keeper/\n{settings.token}")

    server.serve(searchui.create_app({"CONFIGURATION": configuration, "KEEPER": settings}), configuration, ready)


def _for_the_keeper(configuration: Configuration) -> Configuration:
    """Whoever may write the corrections sits at this machine: neither another host nor a proxy leads here."""
    if configuration.host not in _LOOPBACK:
        raise click.UsageError(f"--keeper serves this machine alone: leave out --host {configuration.host}, or serve "
                               "the others from another process without --keeper.")
    if configuration.proxies or configuration.base_address:
        raise click.UsageError("--keeper serves this machine alone: the configuration has proxies or base_address, "
                               "which lead others here. Give it another configuration with --config.")
    return replace(configuration, processes=1)


def _keeper(configuration: Configuration) -> Any:
    """What the page needs to write corrections and to build what they change."""
    index = configuration.index
    data = Path(str(report_of(index, current_build(index)).get("data", configuration.data)))
    read_corrections(data / CORRECTIONS_FILE)            # what is wrong in it is named before anybody fills in a form

    def rebuild() -> None:
        build_as_configured(data, index, jobs=1, engine=engine_of(index, configuration.engine))

    return import_module("searchui.keeper").Keeper(secrets.token_urlsafe(24), data / CORRECTIONS_FILE, rebuild)


def _build_missing(configuration: Configuration) -> None:
    """Build the index if there is none that this program can open."""
    try:
        open_engine(configuration.index).close()
    except (IndexMissing, IndexOutdated):
        if not configuration.data.is_dir():
            raise
        click.echo(printable(f"Building the index of {configuration.data} first."), err=True)
        build_and_report(configuration.data, configuration.index, engine=configuration.engine)
