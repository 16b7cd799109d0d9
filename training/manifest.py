"""The manifest: which inputs, command and libraries made each weights file that is installed, and how good it is."""

from __future__ import annotations

import sys
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
FUSION = "indexer/search/fusion.json"
_LIBRARIES = ("scikit-learn", "scipy", "numpy")


def read() -> Mapping[str, Mapping[str, Any]]:
    """Weights file → what the manifest says of it."""
    return tomllib.loads((ROOT / "training/manifest.toml").read_text("utf-8"))


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()


def write_weights(
    file: str, text: str, inputs: Sequence[str], outside: Sequence[Path] = (),
    seed: str = "none: nothing is drawn at random",
) -> None:
    """Write a weights file, and print what the manifest should say of it, without the scores. file, and inputs that it
    was made from, are seen from the root of the repository; outside are inputs that are not in it."""
    command = " ".join(["python -m", f"training.{Path(sys.argv[0]).stem}", *sys.argv[1:]])
    (ROOT / file).write_text(text, "utf-8")
    print(f"wrote {file}; put this into training/manifest.toml, with the scores and on what they were measured:\n")
    print(f'["{file}"]')
    print(f'sha256 = "{digest(ROOT / file)}"')
    print(f'command = "{command}"')
    print(f'seed = "{seed}"')
    print(f"inputs = {_table({path: digest(ROOT / path) for path in inputs})}")
    if outside:
        print(f"outside = {_table({str(path): digest(path) for path in outside})}")
    print(f"versions = {_table({name: version(name) for name in _LIBRARIES})}")


def _table(values: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f'"{name}" = "{value}"' for name, value in values.items()) + " }"
