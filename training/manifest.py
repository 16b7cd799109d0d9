"""The manifest: which inputs, command and libraries made each weights file that is installed, and how good it is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ATTRIBUTION = "indexer/attribution/attribution.json"
CERTAINTY = "indexer/attribution/certainty.json"
REPORTED = "indexer/reported/reported.json"
PEOPLE = "indexer/people/people_weights.json"
_LIBRARIES = ("scikit-learn", "scipy", "numpy")


def read() -> Mapping[str, Mapping[str, Any]]:
    """Weights file → what the manifest says of it."""
    return tomllib.loads((ROOT / "training/manifest.toml").read_text("utf-8"))


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()


def entry(file: str, inputs: Sequence[str], command: str) -> str:
    """What the manifest should say of a weights file just made: TOML, without the scores. inputs: the files that it was
    made from, seen from the root of the repository."""
    return "\n".join([
        f'["{file}"]',
        f'sha256 = "{digest(ROOT / file)}"',
        f'command = "{command}"',
        'seed = "none: nothing is drawn at random"',
        f"inputs = {_table({path: digest(ROOT / path) for path in inputs})}",
        f"versions = {_table({name: version(name) for name in _LIBRARIES})}",
    ])


def _table(values: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f'"{name}" = "{value}"' for name, value in values.items()) + " }"
