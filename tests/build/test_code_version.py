"""A changed rule reads every file again, and nothing else does."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from indexer.build.code_version import READING, _imported_by, digest_of, extractor_version, files_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, to be changed."""
    root = tmp_path_factory.mktemp("program")
    shutil.copytree(ROOT / "indexer", root / "indexer", ignore=shutil.ignore_patterns("__pycache__"))
    return root


def version(root: Path) -> str:
    return digest_of(root, files_of(root, READING))


@pytest.mark.parametrize(("file", "read_again"), [
    ("models.py", True), ("pipeline.py", True),
    ("reading/tables.py", True),
    ("language/lexicon.py", True), ("language/names.txt", True), ("language/__init__.py", True),
    ("reading/html_text.py", True), ("people/clusters.py", True), ("people/people_weights.json", True),
    ("quotations/marks.py", True), ("attribution/cues.py", True), ("attribution/attribution.json", True),
    ("build/serialization.py", True), ("build/duplicates.py", True),
    ("build/builder.py", False), ("build/__init__.py", False), ("identity/bare_names.py", False),
    ("query/parser.py", False), ("search/snippets.py", False), ("engines/whoosh/scoring.py", False),
    ("commands/cli.py", False), ("configuration.py", False),
])
def test_files_are_read_again_when_what_reads_them_has_changed(copy: Path, file: str, read_again: bool) -> None:
    """One file of each package that reading needs, and one of each that it does not."""
    before, path = version(copy), copy / "indexer" / file
    content = path.read_bytes()
    path.write_bytes(content + b"\n")
    try:
        assert (version(copy) != before) == read_again
    finally:
        path.write_bytes(content)
    assert version(copy) == before


@pytest.mark.parametrize("name", ["cues.cpython-311-x86_64-linux-gnu.so", "cues.cp311-win_amd64.pyd"])
def test_what_is_compiled_reads_alike(copy: Path, name: str) -> None:
    """The ledger of an archive is of use to a compiled program, and to one that no longer is."""
    before, compiled = version(copy), copy / "indexer/attribution" / name
    compiled.write_bytes(b"made of cues.py")
    try:
        assert version(copy) == before
    finally:
        compiled.unlink()


def test_imports_are_read_as_python_reads_them(tmp_path: Path) -> None:
    """In every file of the program, and on several lines, in a function, beside a comment, of a module as a whole."""
    odd = tmp_path / "odd.py"
    odd.write_text("import indexer.models\nfrom indexer.people import (  # all\n    find_people,\n    credits as c,\n"
                   ")\ndef f():\n    from indexer.language import fold\n    from indexer import pipeline, models\n")
    for path in (odd, *(ROOT / "indexer").rglob("*.py")):
        parsed = set()
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                parsed |= {each.name for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                parsed |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
        ours = {each for each in parsed if each.startswith("indexer") and not each.endswith("*")}
        assert ours <= set(_imported_by(path))


def test_the_extractor_version_is_short_and_stable() -> None:
    """It is compared with what the ledger holds."""
    assert extractor_version() == extractor_version.__wrapped__() == version(ROOT)
    assert len(extractor_version()) == 12
