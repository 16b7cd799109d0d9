"""A small archive of its own that a keeper may correct, with an index built of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from indexer.build import build, refresh
from indexer.engines import ENGINES, EnginePlace
from searchui import create_app
from searchui.keeper import Keeper
from tests.build.plain_annotation import at_once, examine_plainly

TOKEN = "a token that nobody guesses"
LEVY = "nadia-okafor/levy-passes"
WORDS = "Sodas are not a food group,"


def kept_archive(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """The index; its articles lie beside it, in data. They are annotated from a table."""
    patch.setitem(ENGINES, "kept", EnginePlace("tests.engines.kept_engine", "KeptEngine", "KeptWriter"))
    patch.setattr(refresh, "examine", examine_plainly)
    patch.setattr(refresh, "share", at_once)
    shutil.copytree(Path(__file__).parents[1] / "archive", folder / "data")
    rebuild(folder / "index")
    return folder / "index"


def rebuild(index: Path) -> None:
    build(index.parent / "data", index, engine="kept", jobs=1)


def kept_app(index: Path, rebuilding: Callable[[Path], object] = rebuild) -> Flask:
    """The application in keeper's mode."""
    keeper = Keeper(TOKEN, index.parent / "data/corrections.toml", lambda: rebuilding(index))
    return create_app({"INDEX": str(index), "KEEPER": keeper})
