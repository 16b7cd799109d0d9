"""The manifest says what each weights file was made from."""

from __future__ import annotations

import pytest

from training.manifest import ATTRIBUTION, CERTAINTY, PEOPLE, REPORTED, ROOT, digest, read

MANIFEST = read()


@pytest.mark.parametrize("file", [ATTRIBUTION, CERTAINTY, PEOPLE, REPORTED])
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
