"""The feeding finds what breaks a promise, and the promises hold for the inputs that it begins with."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.fuzz import searches, stories, written_files
from benchmarks.fuzz.__main__ import TARGETS
from benchmarks.fuzz.feeding import LONGEST, Feeding, Target, changed, hold

# Those that need no index.
QUICK = {"query": searches.TARGETS["query"], **stories.TARGETS, **written_files.TARGETS}


@pytest.mark.parametrize("name", QUICK)
def test_the_promises_hold_to_begin_with(name: str) -> None:
    """For every good input as it is."""
    target = QUICK[name]()
    for seed in target.seeds[:12]:
        target.check(seed)


def test_what_breaks_a_promise_is_kept_once_for_each_place(tmp_path: Path) -> None:
    """With the input, so that it can be fed again."""
    def check(data: bytes) -> None:
        hold(b"!" not in data, "no mark: of exclamation")
        int(data)

    feeding = Feeding(Target(check, [b"1"], [b"!"]), tmp_path / "faults")
    for data in (b"1", b"2!", b"3!", b"x"):
        feeding(data)
    assert [each.split()[0] for each in feeding.faults] == ["Broken", "ValueError"]
    assert [path.read_bytes() for path in sorted((tmp_path / "faults").iterdir())] == [b"2!", b"x"]
    assert feeding.line("x").split()[1] == "4"


def test_inputs_are_changed_within_bounds() -> None:
    """Never longer than the longest, and mostly others than before."""
    target, chance = Target(len, [b"ferry" * 2_000], [b"late"]), random.Random(1)
    made = [changed(b"ferry", target, chance) for _ in range(300)]
    assert max(map(len, made)) <= LONGEST and len(set(made)) > 200


def test_every_target_is_listed() -> None:
    """What is fed by default."""
    assert {"query", "address", "story", "collection", "settings", "corrections", "queries", "keeper", "command",
            "damage"} == TARGETS.keys()
