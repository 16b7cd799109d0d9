"""Which search engines there are, and how a build of each is opened and written. Each has a folder of its own here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from indexer.errors import EngineMissing, IndexDamaged, IndexOutdated, OnRecordError
from indexer.index_folder import build_folder, check_owner, current_build, damaged, report_of
from indexer.meaning import open_meaning
from indexer.schema import SCHEMA_VERSION
from indexer.search import Engine, EngineWriter

__all__ = ["DEFAULT_ENGINE", "ENGINES", "EnginePlace", "open_engine", "writer_of"]


@dataclass(frozen=True, slots=True)
class EnginePlace:
    """Where the code of an engine is. It is loaded when it is chosen: the others may need what is not installed."""

    module: str
    reader: str       # the class that reads a build: (folder)
    writer: str       # the class that writes one: (folder)
    is_local: bool = True           # whether all that it keeps is in the folder of the build


# To add an engine: a module, a line here, and a parameter of the tests' engine fixture.
ENGINES: Mapping[str, EnginePlace] = {
    "whoosh": EnginePlace("indexer.engines.whoosh", "WhooshEngine", "WhooshWriter"),
    "tantivy": EnginePlace("indexer.engines.tantivy", "TantivyEngine", "TantivyWriter"),
    "opensearch": EnginePlace("indexer.engines.opensearch", "OpenSearchEngine", "OpenSearchWriter", False),
}
DEFAULT_ENGINE = "whoosh"


def open_engine(index: str | Path) -> Engine:
    """The engine over the current build; IndexMissing or IndexOutdated if there is none that it can read, IndexDamaged
    if a file of it is not as it was written."""
    build = current_build(index)
    folder = build_folder(index, build)
    check_owner(index, build)
    report = report_of(index, build)
    found = f"schema {report.get('schema', '?')} of {report.get('engine', 'an unknown engine')}"
    name = str(report.get("engine"))
    if name not in ENGINES or report.get("schema") != SCHEMA_VERSION:
        raise IndexOutdated(index, found, f"schema {SCHEMA_VERSION} of {', '.join(ENGINES)}")
    reader = getattr(_loaded(name), ENGINES[name].reader)
    for what in damaged(folder, report):
        raise IndexDamaged(index, what)
    try:
        engine: Engine = reader(folder)
    except OnRecordError:
        raise
    except Exception as error:
        raise IndexDamaged(index, f"{type(error).__name__}: {error}") from error
    engine.meaning = open_meaning(index, folder)
    return engine


def writer_of(engine: str, folder: Path) -> EngineWriter:
    """Writes a build of that engine into an empty folder."""
    writer: EngineWriter = getattr(_loaded(engine), ENGINES[engine].writer)(folder)
    return writer


def _loaded(engine: str) -> ModuleType:
    """The engine's module; EngineMissing says what to install for it."""
    try:
        return import_module(ENGINES[engine].module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] in ("indexer", "searchui"):
            raise
        raise EngineMissing(engine, error.name) from error
