"""The README is held to the program: it names everything there is, and what it shows is what is printed.

`pytest tests/test_readme.py --write-tour` writes what the commands of the tour print now.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from indexer import schema
from indexer.commands.cli import main
from indexer.engines import ENGINES
from indexer.models import Method
from indexer.query import lexer as typed
from indexer.reading.formats import SUFFIXES
from searchui import create_app
from searchui.endpoints import ENDPOINTS
from searchui.request.search_request import PARAMETERS
from tests.engines.linear_engine import LinearEngine

ROOT = Path(__file__).parent.parent
FILE = ROOT / "README.md"
README = FILE.read_text("utf-8")
COMMANDS = sorted(main.commands)
OPTIONS = [(name, option) for name in COMMANDS for parameter in main.commands[name].params
           if isinstance(parameter, click.Option) for option in parameter.opts if option.startswith("--")]
CODE = re.findall(r"```\w*\n(.*?)```", README, re.DOTALL)


def row_of(command: str) -> str:
    """The line of the table of commands."""
    return next((line for line in README.splitlines() if line.startswith(f"| `onrecord {command}")), "")


@pytest.mark.parametrize("line", [
    "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/onrecord serve",
    "python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/pytest -n auto",
])
def test_the_first_two_commands_stand_ready_to_be_copied(line: str) -> None:
    """One to see it, one to test it, each a line of its own."""
    assert line in README.splitlines()[:40]


@pytest.mark.parametrize("name", [field.name for field in schema.FIELDS] + list(typed.BEFORE_AND_AFTER))
def test_every_field_is_explained(name: str) -> None:
    """What can be typed before a colon stands in the table of fields."""
    assert re.search(rf"^\|[^|]*`{name}:`", README, re.MULTILINE)


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_is_explained(name: str) -> None:
    """What can stand in the address of a search is in the table of parameters."""
    assert re.search(rf"^\|[^|]*`{name}`[^|]*\|", README, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_explained(command: str) -> None:
    """A row for each command."""
    assert row_of(command)


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_every_option_is_named(command: str, option: str) -> None:
    """In the row of its command."""
    assert f"`{option}`" in row_of(command)


def test_no_option_is_invented() -> None:
    """What the table of commands offers, the commands take."""
    named = {(command, option) for command in COMMANDS for option in re.findall(r"`(--[\w-]+)", row_of(command))}
    assert named - set(OPTIONS) == set()


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_is_explained(engine: str) -> None:
    """In the table of engines: what it serves and how to switch to it."""
    assert re.search(rf"^\| `{engine}` \|", README, re.MULTILINE)


@pytest.mark.parametrize("method", Method.__args__)                         # type: ignore[attr-defined]
def test_every_method_of_attribution_is_explained(method: str) -> None:
    """In the table of how a speaker is known."""
    assert re.search(rf"^\| {method} \|", README, re.MULTILINE)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_kind_of_file_is_named(suffix: str) -> None:
    """What an archive may hold."""
    assert f"`{suffix}`" in README


def addresses() -> Iterator[str]:
    """Every address that the pages answer, but for what only programs look for."""
    app = create_app({"ENGINE": LinearEngine([])})
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in ("static", "pages.robots", "api.documentation"):
            yield re.sub(r"<(?:path:)?(\w+)>", r"<\1>", rule.rule)


@pytest.mark.parametrize("address", sorted(set(addresses())))
def test_every_address_is_named(address: str) -> None:
    """Pages, exports, feed, API."""
    assert re.search(rf"`{re.escape(address)}[`?]", README)


def test_the_api_says_no_more_than_the_readme() -> None:
    """Parameters that only the API takes are named too."""
    only = {name for endpoint in ENDPOINTS for name in endpoint.parameters} - set(PARAMETERS)
    assert [name for name in sorted(only - {"slug", "id"}) if not re.search(rf"`{name}[=`]", README)] == []


def typed_commands() -> list[list[str]]:
    """Every onrecord command in the code of the README, as words."""
    lines = [line.removeprefix("$ ").strip() for code in CODE for line in code.splitlines()]
    inline = re.findall(r"`(onrecord [^`…\[]+)`", README)
    found = [line for line in [*lines, *inline] if line.startswith("onrecord ")]
    return [shlex.split(line)[1:] for line in found]


@pytest.mark.parametrize("words", typed_commands(), ids=" ".join)
def test_every_command_shown_exists(words: list[str]) -> None:
    """Nobody copies a line that cannot run: the command is there and takes the options."""
    command = main.commands[words[0]]
    options = {option for parameter in command.params for option in parameter.opts}
    assert [word for word in words[1:] if word.startswith("--") and word not in options] == []


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)", README))))
def test_every_link_leads_somewhere(path: str) -> None:
    """Files that the README links to are there, and pictures are light."""
    assert (ROOT / path).is_file()
    assert path.endswith(".md") or (ROOT / path).stat().st_size < 300_000


def test_it_can_be_read_in_one_sitting() -> None:
    """Longer texts belong into docs/."""
    assert len(README.splitlines()) < 450
    assert max(map(len, README.splitlines())) <= 200


CONSOLE = re.compile(r"^```console\n\$ (onrecord [^\n]+)\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the commands of the tour print, run one after the other beside the sample archive."""
    folder = tmp_path_factory.mktemp("tour")
    (folder / "data").symlink_to(ROOT / "data")
    runner = CliRunner(env={"COLUMNS": "88"})
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("ONRECORD_INDEX", raising=False)
        patch.delenv("ONRECORD_DATA", raising=False)
        return {match[1]: runner.invoke(main, shlex.split(match[1])[1:], prog_name="onrecord").output.rstrip() + "\n"
                for match in CONSOLE.finditer(README)}


def without_numbers(text: str) -> str:
    """How long it took differs from machine to machine, and how much is found with every better rule."""
    return re.sub(r"\d[\d,.]*", "…", text)


def test_the_tour_is_what_is_printed(printed: dict[str, str], request: pytest.FixtureRequest) -> None:
    """Every output in the README is that of its command on the sample archive."""
    if request.config.getoption("--write-tour"):
        FILE.write_text(CONSOLE.sub(lambda m: f"```console\n$ {m[1]}\n{printed[m[1]]}```", README), "utf-8")
        return
    assert printed
    for match in CONSOLE.finditer(README):
        shown, now = without_numbers(match[2]), without_numbers(printed[match[1]])
        assert shown == now, "to refresh: pytest tests/test_readme.py --write-tour"
