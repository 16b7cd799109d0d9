"""Which code reads a file and which builds an index: sums over this program's own files.

A ledger entry names the code that read it, so that changed rules read everything again, and only those.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# Where reading begins: these, and all that they import, decide what is found in a file and how it is kept.
READING = ("indexer.reading", "indexer.pipeline", "indexer.build.serialization", "indexer.build.duplicates")
_ROOT = Path(__file__).parents[2]
_IMPORT = re.compile(r"^[ \t]*(?:from|import)[ \t]+(?P<module>indexer[\w.]*)"
                     r"(?:[ \t]+import[ \t]+(?P<names>\([^)]*\)|[^\n]*))?", re.MULTILINE)
_NAME = re.compile(r"\w+")


@cache
def extractor_version() -> str:
    """Changes whenever this program might read a file otherwise than before."""
    return digest_of(_ROOT, files_of(_ROOT, READING))


@cache
def program_version() -> str:
    """Changes whenever this program might build another index of the same articles."""
    return digest_of(_ROOT, (path for path in (_ROOT / "indexer").rglob("*") if _counts(path)))


def onrecord_version() -> str:
    """The version that is installed."""
    try:
        return version("onrecord")
    except PackageNotFoundError:          # run from the source tree
        return "source"


def files_of(root: Path, modules: Iterable[str]) -> set[Path]:
    """The files of these modules, of all that they import, directly or not, and the tables and weights beside them."""
    waiting, found = list(modules), set[Path]()
    while waiting:
        path = _file_of(root, waiting.pop())
        if path is not None and path not in found:
            found.add(path)
            waiting += _imported_by(path)
    tables = {each for folder in {path.parent for path in found} for each in folder.iterdir()
              if _counts(each) and each.suffix != ".py"}
    return found | tables


def digest_of(root: Path, paths: Iterable[Path]) -> str:
    """A short sum over names and contents."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _file_of(root: Path, module: str) -> Path | None:
    """The file of a module or of a package's front door; None for what is not a module of ours."""
    place = root.joinpath(*module.split("."))
    for path in (place.with_name(f"{place.name}.py"), place / "__init__.py"):
        if module.split(".")[0] == "indexer" and path.is_file():
            return path
    return None


def _imported_by(path: Path) -> Iterator[str]:
    """The modules of ours that a file imports, wherever in it; of the names taken from a package some are modules
    themselves. Read from its lines: to parse a program takes a third of a second, and an update has not two."""
    for found in _IMPORT.finditer(path.read_text("utf-8")):
        yield found["module"]
        yield from (f"{found['module']}.{name}" for name in _NAME.findall(found["names"] or ""))


def _counts(path: Path) -> bool:
    """Whether a file is one that somebody wrote, and not made of one, by the interpreter or a compiler."""
    return path.is_file() and "__pycache__" not in path.parts and path.suffix not in (".so", ".pyd")
