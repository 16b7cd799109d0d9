"""Who may import whom, read from the source: the arrows of ARCHITECTURE.md."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

import indexer
from indexer.engine import ENGINES

ROOT = Path(__file__).parent.parent
SETUP = ConfigParser()
SETUP.read(ROOT / "setup.cfg", "utf-8")

# What is imported → the distribution it comes in, where the names differ.
DISTRIBUTIONS = {
    "bs4": "beautifulsoup4", "dateutil": "python-dateutil", "Stemmer": "PyStemmer", "whoosh": "Whoosh-Reloaded",
    "opensearchpy": "opensearch-py", "werkzeug": "flask", "markupsafe": "flask",
}
LIBRARIES = {"opensearch": "opensearchpy"}         # engine → what it imports, where the names differ
UNDERSTANDING = ("people", "quotations", "attribution", "pipeline", "identity")
COMMANDS = ("cli", "asking", "terminal")


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, wherever in it; of ours, the names taken from a package count as modules."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module in ("indexer", "searchui"):
            yield from (f"{node.module}.{each.name}" for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@cache
def imports(package: str) -> Mapping[str, frozenset[str]]:
    """Module of the package → what it imports."""
    return {path.stem: frozenset(imported(path)) for path in sorted((ROOT / package).glob("*.py"))}


@cache
def ours(package: str) -> Mapping[str, frozenset[str]]:
    """Module of the package → the modules of the same package that it imports; without the front door."""
    graph = imports(package)
    return {name: frozenset(each.split(".")[1] for each in found if each.startswith(f"{package}.")) & set(graph)
            for name, found in graph.items() if name != "__init__"}


def reached(package: str, module: str) -> set[str]:
    """Everything of the package that a module needs, however far away."""
    found: set[str] = set()
    left = [module]
    while left:
        for name in ours(package)[left.pop()] - found:
            found.add(name)
            left.append(name)
    return found


def naming(package: str, *libraries: str) -> set[str]:
    """The modules of the package that import one of the libraries."""
    return {name for name, found in imports(package).items()
            if any(each.split(".")[0] in libraries for each in found)}


@pytest.mark.parametrize("engine", ENGINES)
def test_only_its_own_modules_know_an_engine(engine: str) -> None:
    """An engine can be taken out, or another put beside it, without anybody noticing."""
    own = {name for name in imports("indexer") if name.startswith(f"{engine}_")}
    library = LIBRARIES.get(engine, engine)
    assert naming("indexer", library) and naming("indexer", library) <= own
    assert [name for name, needed in ours("indexer").items() if name not in own and needed & own] == []
    assert naming("searchui", library) == set()


def test_only_the_page_knows_the_web() -> None:
    """Searching and building work without a web framework."""
    assert naming("indexer", "flask", "werkzeug", "waitress", "searchui", "jinja2", "markupsafe") == set()


def test_only_the_commands_know_the_terminal() -> None:
    """The library raises and returns; three modules print."""
    assert naming("indexer", "click") == set(COMMANDS)
    assert {name for name, needed in ours("indexer").items() if needed & set(COMMANDS)} <= {*COMMANDS, "__main__"}


def test_the_page_goes_through_the_front_door() -> None:
    """searchui takes the names of indexer/__init__, nothing deeper."""
    taken = {(name, each) for name, found in imports("searchui").items()
             for each in found if each.split(".")[0] == "indexer"}
    assert [each for each in sorted(taken) if each[1].removeprefix("indexer.") not in indexer.__all__] == []


def test_the_front_door_is_sorted_and_open() -> None:
    """Every name that it promises is there."""
    assert len(set(indexer.__all__)) == len(indexer.__all__)
    assert [name for name in indexer.__all__ if not hasattr(indexer, name)] == []


@pytest.mark.parametrize("package", ["indexer", "searchui"])
def test_arrows_go_one_way(package: str) -> None:
    """No module needs itself, by whatever way around."""
    assert [name for name in ours(package) if name in reached(package, name)] == []


@pytest.mark.parametrize("module", ["errors", "models", "schema", "lexicon", "person_words"])
def test_the_words_of_the_field_stand_on_nothing(module: str) -> None:
    """Values, errors and tables import nothing of ours."""
    assert ours("indexer")[module] == frozenset()


@pytest.mark.parametrize("module", UNDERSTANDING)
def test_understanding_knows_no_index(module: str) -> None:
    """Who said what is found without knowing that anything will ever be searched."""
    assert reached("indexer", module) & {"engine", "query", "schema", "index_folder", "ledger", "build"} == set()


def test_the_query_knows_no_engine() -> None:
    """It means the same on all of them."""
    assert reached("indexer", "query") & {"engine", "matching", "build", "models"} == set()


@pytest.mark.parametrize(("library", "modules"), [
    ("bs4", {"html_text", "page_head"}),
    ("lxml", set()),
    ("Stemmer", {"analysis"}),
    ("dateutil", {"articles"}),
    ("sqlite3", {"build", "ledger"}),
    ("fcntl", {"index_folder"}),
])
def test_one_module_knows_a_library(library: str, modules: set[str]) -> None:
    """What a library does for us is done in one place."""
    assert naming("indexer", library) == modules


def test_no_module_is_a_drawer() -> None:
    """A module is one noun of the field."""
    drawers = ("util", "common", "base", "manager", "handler", "helper", "misc", "service", "registry")
    modules = [*imports("indexer"), *imports("searchui")]
    assert [name for name in modules if any(part.rstrip("s") in drawers for part in name.split("_"))] == []


def required(section: str) -> set[str]:
    """The distributions that a list in setup.cfg names."""
    lines = section.strip().splitlines()
    return {line.split("=")[0].rstrip("><=!~ ").lower() for line in lines if line and not line.startswith("#")}


@pytest.mark.parametrize("package", ["indexer", "searchui"])
def test_what_is_imported_is_installed(package: str) -> None:
    """Every library that the program imports is a dependency in setup.cfg, or that of the engine's own extra."""
    basic = required(SETUP["options"]["install_requires"])
    for name, found in imports(package).items():
        libraries = {each.split(".")[0] for each in found} - {"indexer", "searchui", "", *sys.stdlib_module_names}
        needed = {DISTRIBUTIONS.get(library, library).lower() for library in libraries}
        assert needed - basic <= required(SETUP["options.extras_require"].get(name.split("_")[0], "")), name


@pytest.mark.parametrize("package", ["indexer", "searchui"])
def test_every_file_of_a_package_is_installed(package: str) -> None:
    """Tables, weights, templates, stylesheet: what is not Python is package data."""
    patterns = SETUP["options.package_data"][package].split(", ")
    files = [path.relative_to(ROOT / package).as_posix() for path in (ROOT / package).rglob("*")
             if path.is_file() and path.suffix not in (".py", ".pyc")]
    assert files
    assert [file for file in files if not any(fnmatch(file, pattern) for pattern in patterns)] == []


ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")


@pytest.mark.parametrize("module", sorted({*imports("indexer"), *imports("searchui")} - {"__init__", "__main__"}))
def test_every_module_has_its_place(module: str) -> None:
    """ARCHITECTURE.md says what each is for."""
    assert f"`{module}`" in ARCHITECTURE or f"`{module}." in ARCHITECTURE


def test_no_module_is_described_that_is_gone() -> None:
    """What looks like one of the engine's modules is there."""
    named = set(re.findall(rf"`((?:{'|'.join(ENGINES)})_\w+)`", ARCHITECTURE))
    assert named and named <= set(imports("indexer"))
