"""The manifest says what each weights file was made from."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from indexer.attribution import measured_accuracy, measured_levels
from training import manifest
from training.manifest import ATTRIBUTION, CERTAINTY, FUSION, PEOPLE, REPORTED, ROOT, digest, read

MANIFEST = read()


@pytest.mark.parametrize("file", [ATTRIBUTION, CERTAINTY, FUSION, PEOPLE, REPORTED])
def test_the_weights_that_ship_are_those_of_the_manifest(file: str) -> None:
    """Weights cannot change without a word on how they were made, how good they are, and on what that was measured."""
    made = MANIFEST[file]
    assert made["sha256"] == digest(ROOT / file)
    assert made["command"] and made["seed"] and made["scores"] and made["measured_on"]


@pytest.mark.parametrize("file", MANIFEST)
def test_the_inputs_are_there(file: str) -> None:
    """Each input is a file of the repository with the digest that the manifest gives; where inputs were not kept, a
    note says so."""
    made = MANIFEST[file]
    assert made["inputs"] or "not kept" in made["note"]
    assert {path: digest(ROOT / path) for path in made["inputs"]} == made["inputs"]


def test_what_is_written_can_be_put_into_the_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script that writes weights prints what they were made from, files outside of the repository among it."""
    monkeypatch.setattr(manifest, "ROOT", tmp_path)
    monkeypatch.setattr(manifest, "version", "1.{}".format)
    monkeypatch.setattr(sys, "argv", ["/anywhere/train_tides.py", "TABLES", "--write"])
    for name in ("in.jsonl", "outside.jsonl"):
        (tmp_path / name).write_text(name, "utf-8")
    outside = tmp_path / "outside.jsonl"

    manifest.write_weights("tides.json", "{}\n", ["in.jsonl"], outside=[outside])

    made = tomllib.loads(capsys.readouterr().out.partition("\n\n")[2])["tides.json"]
    assert made["sha256"] == digest(tmp_path / "tides.json") and (tmp_path / "tides.json").read_text("utf-8") == "{}\n"
    assert made["command"] == "python -m training.train_tides TABLES --write"
    assert made["inputs"] == {"in.jsonl": digest(tmp_path / "in.jsonl")}
    assert made["outside"] == {str(outside): digest(outside)}
    assert made["seed"] and made["versions"]


def test_what_is_shown_of_the_weights_is_what_the_manifest_says() -> None:
    """Accuracy and levels on the pages of the program, in hundredths and to the last digit."""
    scores, levels = MANIFEST[ATTRIBUTION]["scores"], MANIFEST[CERTAINTY]["scores"]
    assert {name: measured_accuracy()[name] for name in scores} == pytest.approx(scores, abs=0.0051)
    assert measured_levels() == {name: levels[f"{name}_right"] for name in measured_levels()}
