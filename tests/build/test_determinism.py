"""What is found in a file depends on the file alone: an update could not equal a full build otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given, strategies as st

from indexer.attribution.model import load_model, log_odds
from indexer.people import name_model

ROOT = Path(__file__).parents[2]
READ = """
import hashlib, sys
from pathlib import Path
from indexer.reading.archive import walk
from indexer.build.refresh import Job, examine
digest = hashlib.sha256()
for root in map(Path, sys.argv[1:]):
    for path in walk(root):
        entry = next(examine(Job(path, root, "", 10_000_000)))
        digest.update(entry.article + entry.people + repr(entry.fingerprint).encode())
print(digest.hexdigest())
"""


def test_reading_does_not_depend_on_chance() -> None:
    """Sets have another order in every process; what is made of them must not."""
    command = [sys.executable, "-c", READ, str(ROOT / "data"), str(ROOT / "tests/archive")]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True,
                                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed})
               for seed in ("1", "2", "3")]
    found = [reader.communicate(timeout=600)[0] for reader in readers]
    assert len(set(found)) == 1 and len(found[0].strip()) == 64


@given(st.permutations(sorted(name_model.load_model().full)[:40]))
def test_evidence_weighs_the_same_in_any_order(evidence: list[str]) -> None:
    """To the last bit: a name at the threshold is a name in every process."""
    weights = name_model.load_model().full
    assert name_model.log_odds(weights, evidence) == name_model.log_odds(weights, sorted(evidence))


@given(st.permutations(sorted(load_model().speaker)[:40]))
def test_features_weigh_the_same_in_any_order(features: list[str]) -> None:
    """Of speakers, too."""
    weights = load_model().speaker
    assert log_odds(weights, features) == log_odds(weights, sorted(features))
