"""Who may import whom, read from the source: the arrows of ARCHITECTURE.md, and that packages have one front door."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from configparser import ConfigParser
from fnmatch import fnmatch
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import indexer
from indexer.engines import ENGINES

ROOT = Path(__file__).parent.parent
SETUP = ConfigParser()
SETUP.read(ROOT / "setup.cfg", "utf-8")
PROGRAMS = ("indexer", "searchui")

# What is imported → the distribution it comes in, where the names differ.
DISTRIBUTIONS = {
    "bs4": "beautifulsoup4", "dateutil": "python-dateutil", "markdown_it": "markdown-it-py",
    "mdit_py_plugins": "mdit-py-plugins", "yaml": "PyYAML", "Stemmer": "PyStemmer", "whoosh": "Whoosh-Reloaded",
    "opensearchpy": "opensearch-py", "werkzeug": "flask", "markupsafe": "flask",
}
LIBRARIES = {"opensearch": "opensearchpy"}         # engine → what it imports, where the names differ

# Package → the packages, and the modules at the top, that it may import besides itself. Their own engines import
# what engines may.
TOP = ("errors", "index_folder", "models", "schema")
ARROWS: Mapping[str, tuple[str, ...]] = {
    "indexer.language": (),
    "indexer.reading": ("models", "errors"),
    "indexer.people": ("language", "models"),
    "indexer.quotations": ("language", "models"),
    "indexer.attribution": ("people", "quotations", "language", "models"),
    "indexer.reported": ("attribution", "language", "models"),
    "indexer.identity": ("language", "models", "errors", "toml_file"),
    "indexer.corrections": ("language", "models", "errors", "toml_file"),
    "indexer.query": ("schema", "errors"),
    "indexer.search": ("query", "language", "models", "schema", "errors"),
    "indexer.meaning": ("language", "models", "errors"),
    "indexer.engines": (
        "search", "query", "language", "meaning", "models", "schema", "errors", "index_folder", "configuration",
    ),
    "indexer.build": (
        "language", "reading", "people", "quotations", "attribution", "identity", "corrections", "pipeline", "query",
        "search", "meaning", "engines", *TOP,
    ),
    "indexer.commands": (
        "language", "reading", "attribution", "identity", "corrections", "build", "pipeline", "query", "search",
        "meaning", "engines", "configuration", "spreadsheet", *TOP,
    ),
    "searchui.request": (),
    "searchui.formats": ("request",),
    "searchui.pages": ("formats", "request"),
    "searchui.serving": ("request",),
    "searchui.keeper": ("pages", "request"),
}
ENTRANCES = ("indexer.engines.whoosh", "indexer.engines.tantivy", "indexer.engines.opensearch")
STANDING_ON_NOTHING = ("indexer.errors", "indexer.models", "indexer.schema", "indexer.spreadsheet")


@cache
def modules(program: str) -> Mapping[str, Path]:
    """Module → its file; a package's front door is the module of the package's name."""
    found = {}
    for path in sorted((ROOT / program).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


@cache
def statements(path: Path) -> tuple[tuple[str, str], ...]:
    """The imports of a file, wherever in it: the module named, and what is taken from it ("" for all of it)."""
    found: list[tuple[str, str]] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(each.name, "") for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.module or "", each.name) for each in node.names]
    return tuple(found)


def imported(program: str, module: str) -> Iterator[str]:
    """The modules of ours that one imports: a name taken from a package may be a module of it."""
    for source, name in statements(modules(program)[module]):
        if f"{source}.{name}" in modules(program):
            yield f"{source}.{name}"
        elif source in modules(program):
            yield source


def package_of(module: str) -> str:
    """The package that holds a module: for indexer.engines.whoosh.index it is indexer.engines.whoosh."""
    return module if is_package(module) else module.rpartition(".")[0]


def is_package(module: str) -> bool:
    return modules(module.split(".")[0])[module].name == "__init__.py"


def packages(program: str) -> list[str]:
    return [module for module in modules(program) if is_package(module) and module != program]


def naming(program: str, *libraries: str) -> set[str]:
    """The modules that import one of the libraries."""
    return {module for module, path in modules(program).items()
            if any(source.split(".")[0] in libraries for source, _ in statements(path))}


def reached(graph: Mapping[str, Iterable[str]], start: str) -> set[str]:
    """Everything that something needs, however far away."""
    found: set[str] = set()
    left = [start]
    while left:
        for name in set(graph.get(left.pop(), ())) - found:
            found.add(name)
            left.append(name)
    return found


# ---- Arrows


def test_every_package_has_its_arrows() -> None:
    """A new package says in the table above what it may import."""
    assert sorted(ARROWS) == sorted({*packages("indexer"), *packages("searchui")} - set(ENTRANCES))


@pytest.mark.parametrize("module", [each for program in PROGRAMS for each in modules(program) if each != program])
def test_a_package_imports_only_what_it_may(module: str) -> None:
    """The arrows of the table, and of the modules at the top."""
    program = module.split(".")[0]
    package = package_of(module)
    if package == program:
        return
    allowed = (*ARROWS.get(package, ARROWS["indexer.engines"]), "lazy_door")
    own = {package, *(each for each in ENTRANCES if package == "indexer.engines")}
    wrong = {each for each in imported(program, module)
             if package_of(each) not in own and not any(
                 each == f"{program}.{name}" or each.startswith(f"{program}.{name}.") for name in allowed)}
    assert wrong == set()


@pytest.mark.parametrize("module", [each for program in PROGRAMS for each in modules(program)])
def test_packages_are_entered_by_the_front_door(module: str) -> None:
    """Whoever stands outside of a package takes only what its __init__ lists."""
    program = module.split(".")[0]
    for source, name in statements(modules(program)[module]):
        if source in modules(program) and package_of(source) not in (program, package_of(module)):
            assert is_package(source), f"{source} is behind a front door"
            assert name in import_module(source).__all__, f"{source} does not offer {name}"


def test_no_arrow_runs_in_a_circle() -> None:
    """No module needs itself, and no package does, by whatever way around."""
    for program in PROGRAMS:
        inner = {module: {each for each in imported(program, module) if each not in packages(program)} - {program}
                 for module in modules(program) if not is_package(module)}
        assert [module for module in inner if module in reached(inner, module)] == []
        outer = {package: {package_of(each) for module in modules(program) if package_of(module) == package
                           for each in imported(program, module)} - {package, program}
                 for package in packages(program)}
        assert [package for package in outer if package in reached(outer, package)] == []


@pytest.mark.parametrize("module", STANDING_ON_NOTHING)
def test_the_words_of_the_field_stand_on_nothing(module: str) -> None:
    """Values and errors import nothing of ours."""
    assert list(imported("indexer", module)) == []


@pytest.mark.parametrize("package", packages("indexer"))
def test_front_doors_open(package: str) -> None:
    """Every name that a package promises is there, once, and it says what comes in and what goes out."""
    engine = package.removeprefix("indexer.engines.")
    if engine in ENGINES and os.environ.get("CI") != "true":
        pytest.importorskip(LIBRARIES.get(engine, engine))       # an engine's own library may not be installed
    door = import_module(package)
    assert len(set(door.__all__)) == len(door.__all__)
    assert [name for name in door.__all__ if not hasattr(door, name)] == []
    assert door.__doc__


def test_searchui_takes_only_names_of_the_front_door() -> None:
    """The page knows indexer/__init__ and nothing deeper."""
    taken = {(source, name) for path in modules("searchui").values() for source, name in statements(path)
             if source.split(".")[0] == "indexer"}
    assert taken
    assert [each for each in sorted(taken) if each[0] != "indexer" or each[1] not in indexer.__all__] == []


def test_indexer_has_few_modules_of_its_own() -> None:
    """What belongs to one package lives there."""
    assert len(list((ROOT / "indexer").glob("*.py"))) <= 12           # nine, both doors and __main__


# ---- Libraries


@pytest.mark.parametrize("engine", ENGINES)
def test_only_its_own_folder_knows_an_engine(engine: str) -> None:
    """An engine can be taken out, or another put beside it, without anybody noticing."""
    own = f"indexer.engines.{engine}"
    users = naming("indexer", LIBRARIES.get(engine, engine))
    assert users and all(module.startswith(f"{own}.") for module in users)
    assert naming("searchui", LIBRARIES.get(engine, engine)) == set()
    assert [module for module in modules("indexer") if not module.startswith(own)
            and any(each.startswith(own) for each in imported("indexer", module))] == []


def test_only_the_page_knows_the_web() -> None:
    """Searching and building work without a web framework."""
    assert naming("indexer", "flask", "werkzeug", "waitress", "searchui", "jinja2", "markupsafe") == set()


def test_only_the_commands_know_the_terminal() -> None:
    """The library raises and returns; the commands print."""
    assert all(module.startswith("indexer.commands.") for module in naming("indexer", "click"))
    assert [module for module in modules("indexer") if not module.startswith("indexer.commands")
            and any(each.startswith("indexer.commands") for each in imported("indexer", module))] == [
                "indexer.__main__"]


@pytest.mark.parametrize(("library", "users"), [
    ("bs4", {"indexer.reading.html_elements"}),
    ("lxml", {"indexer.reading.markup", "indexer.reading.page_metadata"}),
    ("markdown_it", {"indexer.reading.markdown"}),
    ("trafilatura", {"indexer.reading.web_page"}),
    ("yaml", {"indexer.reading.front_matter"}),
    ("zipfile", {"indexer.meaning.model_files", "indexer.reading.packed"}),
    ("warcio", {"indexer.reading.warc"}),
    ("dateutil", {"indexer.reading.dates"}),
    ("Stemmer", {"indexer.search.analysis"}),
    ("sqlite3", {"indexer.build.first_seen", "indexer.build.ledger_tables", "indexer.build.safeguards"}),
    ("fcntl", {"indexer.index_folder"}),
])
def test_one_module_knows_a_library(library: str, users: set[str]) -> None:
    """What a library does for us is done in one place."""
    assert naming("indexer", library) == users


def required(section: str) -> set[str]:
    """The distributions that a list in setup.cfg names."""
    lines = section.strip().splitlines()
    return {line.split("=")[0].rstrip("><=!~ ").lower() for line in lines if line and not line.startswith("#")}


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_is_imported_is_installed(program: str) -> None:
    """Every library that the program imports is a dependency in setup.cfg, or in the extra of its engine or module."""
    basic = required(SETUP["options"]["install_requires"])
    for module, path in modules(program).items():
        libraries = {source.split(".")[0] for source, _ in statements(path)} - {
            *PROGRAMS, "", *sys.stdlib_module_names}
        needed = {DISTRIBUTIONS.get(library, library).lower() for library in libraries}
        extras = {package_of(module).rpartition(".")[2], module.rpartition(".")[2]}
        assert needed - basic <= set().union(
            *(required(SETUP["options.extras_require"].get(extra, "")) for extra in extras)), module


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_file_of_a_package_is_installed(program: str) -> None:
    """Tables, weights, templates, stylesheet: what is not Python is package data."""
    patterns = SETUP["options.package_data"][program].split(", ")
    files = [path.relative_to(ROOT / program).as_posix() for path in (ROOT / program).rglob("*")
             if path.is_file() and path.suffix not in (".py", ".pyc")]
    assert files
    assert [file for file in files if not any(fnmatch(file, pattern) for pattern in patterns)] == []


def is_table(node: ast.expr) -> bool:
    """Whether an expression is a table by its name, or made of such."""
    if isinstance(node, ast.BinOp):
        return is_table(node.left) and is_table(node.right)
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name.isupper() and len(name) > 2 or isinstance(node, ast.Set)


def test_tables_of_words_are_joined_once() -> None:
    """Where every word of an archive passes, no function makes a set of thousands of words each time it is called."""
    joined = [(module, ast.unparse(node)) for module, path in modules("indexer").items()
              if module.startswith(("indexer.attribution.", "indexer.people.", "indexer.reported."))
              for function in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(function, ast.FunctionDef)
              for node in ast.walk(function) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.Sub)
              and is_table(node)]
    assert joined == []


def test_no_folder_of_tests_is_passed_over(request: pytest.FixtureRequest) -> None:
    """Whatever a package is called, the tests of the folder of its name are run."""
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    patterns = request.config.getini("norecursedirs")
    assert len(folders) > 10 and patterns
    assert [each for each in folders if any(fnmatch(part, pattern) for pattern in patterns
                                            for part in each.relative_to(ROOT).parts)] == []


# ---- Names


def test_no_module_is_a_drawer() -> None:
    """A module is one noun of the field."""
    drawers = ("util", "common", "base", "manager", "handler", "helper", "misc", "service", "registry")
    names = [module.rpartition(".")[2] for program in PROGRAMS for module in modules(program)]
    assert [name for name in names if any(part.rstrip("s") in drawers for part in name.split("_"))] == []


ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")


def test_every_module_has_its_place() -> None:
    """ARCHITECTURE.md says what each is for."""
    names = {module.rpartition(".")[2] for program in PROGRAMS for module in modules(program)} - {"", "__main__"}
    assert [name for name in sorted(names) if f"`{name}`" not in ARCHITECTURE
            and f"`{name}/`" not in ARCHITECTURE] == []
