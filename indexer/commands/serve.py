"""The command that serves the page: serve."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from indexer.commands.build_commands import build_and_report
from indexer.commands.options import index_option
from indexer.commands.terminal import printable
from indexer.configuration import Configuration
from indexer.engines import open_engine
from indexer.errors import IndexMissing, IndexOutdated

_THIS_MACHINE = ("127.0.0.1", "0.0.0.0", "::1", "::")


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
@click.pass_context
def serve(context: click.Context, /, **options: Any) -> None:
    """Serve the page on which people search.

    If there is no index yet, or one of another version, it is built first from the articles in data.
    """
    configuration = replace(context.obj, **options)
    _build_missing(configuration)
    # Imported here: the other commands need no web server.
    server, searchui = import_module("searchui.serving.server"), import_module("searchui")
    host = "localhost" if configuration.host in _THIS_MACHINE else configuration.host
    server.serve(
        searchui.create_app({"CONFIGURATION": configuration}), configuration,
        lambda port: click.echo(f"Searching at http://{host}:{port}/  (Ctrl-C ends it)"))


def _build_missing(configuration: Configuration) -> None:
    """Build the index if there is none that this program can open."""
    try:
        open_engine(configuration.index).close()
    except (IndexMissing, IndexOutdated):
        if not configuration.data.is_dir():
            raise
        click.echo(printable(f"Building the index of {configuration.data} first."), err=True)
        build_and_report(configuration.data, configuration.index, engine=configuration.engine)
