"""The command onrecord: a group of commands, the configuration behind their options, and the exit status."""

from __future__ import annotations

from collections import UserDict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indexer.build import onrecord_version
from indexer.commands import terminal
from indexer.commands.interruption import interruptible
from indexer.configuration import load_configuration, set_configuration
from indexer.errors import OnRecordError

# Each command by the module that has it, which is loaded when the command is typed.
_MODULES = {
    **dict.fromkeys(("build", "update", "watch", "annotate", "check", "stats"), "build_commands"),
    **dict.fromkeys(("search", "quotes", "people", "show", "export"), "search_commands"),
    **{name: name for name in ("extract", "correct", "serve", "model")},
}
# Options whose defaults the configuration may set.
CONFIGURED = ("data", "index", "engine", "host", "port", "threads", "processes")


if TYPE_CHECKING:
    _Shelf = UserDict[str, Any]
else:
    _Shelf = UserDict


class _CommandShelf(_Shelf):
    """The commands by their names. The values that it holds are the names of modules; those it gives are commands."""

    def __getitem__(self, name: str) -> click.Command:
        command: click.Command = getattr(import_module(f"indexer.commands.{super().__getitem__(name)}"), name)
        return command


class _Commands(click.Group):
    """Reports what went wrong in one line: exit status 2 for what was mistyped, 130 if Ctrl-C stopped it, 1 for
    everything else."""

    def invoke(self, context: click.Context) -> Any:
        try:
            with interruptible():
                return super().invoke(context)
        except OnRecordError as error:
            raise click.ClickException(terminal.printable(str(error))) from error
        except BrokenPipeError:
            raise                        # whoever read the answer has enough of it: click ends without a word
        except OSError as error:
            raise click.ClickException(terminal.printable(str(error))) from error
        except click.ClickException as error:
            vars(error)["message"] = terminal.printable(error.message)
            raise


@click.group(cls=_Commands, commands=_CommandShelf(_MODULES), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(onrecord_version(), prog_name="onrecord")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="The configuration; by default onrecord.toml in this folder, if there is one.")
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
    terminal.prepare()
    context.obj = configuration = load_configuration(config)
    set_configuration(configuration)
    defaults = {name: getattr(configuration, name) for name in CONFIGURED}
    context.default_map = {name: defaults for name in main.commands}
