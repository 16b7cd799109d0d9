"""The sample archive, built once for all targets that search it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from benchmarks.fuzz.feeding import scratch_folder
from indexer.build import build
from indexer.meaning.extra import installed

DATA = Path("data")


@cache
def sample_index() -> Path:
    """The index of the sample archive. Where the extra is installed it finds by meaning, too, with an encoder of a few
    thousand random weights: what is computed is the same, however little it means."""
    index = scratch_folder()
    build(DATA, index, encoder=_tiny_encoder(index) if installed() else None)
    return index


def _tiny_encoder(index: Path) -> Path:
    from tests.meaning.tiny_encoder import prepared

    return prepared(index).folder
