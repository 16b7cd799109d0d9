"""What meaning and dates are worth is chosen: on searches of our own, in which it is known what matters."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from dataclasses import asdict

import pytest

from indexer.search.fusion import Evidence, Weights

if os.environ.get("CI") != "true":        # there it has to be installed
    pytest.importorskip("numpy", reason="the extra `train` is not installed")

import numpy as np  # noqa: E402

from training.train_fusion import NAMES, Search, halves, learned, quality, scores  # noqa: E402


def search(story: str, rows: Sequence[Sequence[float]], right: int | None = 0, complete: int = 0,
           groups: Sequence[object] = (), place: int | None = None) -> Search:
    """rows: words and passage, or all the evidence there is."""
    evidence = [row if len(row) == len(NAMES) else [row[0], 0.0, row[1], *[0.0] * 4] for row in rows]
    return Search(story, "nl", place, complete, np.array(evidence, float).reshape(-1, len(NAMES)),
                  groups or range(len(rows)), right)


def telling(column: int, number: int) -> list[Search]:
    """Searches in which the right one has most of one kind of evidence, and the rest is chance."""
    chance = random.Random(number)
    found = []
    for story in range(number):
        rows = [[chance.random() for _ in NAMES] for _ in range(12)]
        found.append(search(str(story), rows, max(range(12), key=lambda at: rows[at][column])))
    return found


@pytest.mark.parametrize("name", NAMES[1:])
def test_what_tells_gets_the_weight(name: str) -> None:
    """Each half teaches the same."""
    found = telling(NAMES.index(name), 60)
    worth = asdict(learned(found))

    assert worth.pop(name) > 2 * max(1, *worth.values())
    ranks = halves(found)
    assert len(ranks) % len(found) == 0 and {each.story for each, _ in ranks} == {each.story for each in found}
    assert quality(ranks)["nl"][0] > 0.8


def test_what_tells_nothing_gets_none() -> None:
    assert max(asdict(learned(telling(NAMES.index("words"), 60))).values()) < 0.3


@pytest.mark.parametrize(("found", "rank"), [
    (search("a", [[0.5, 0.5], [0.4, 0.9]]), 2),
    (search("a", [[0.5, 0.5], [0.4, 0.9]], right=1, complete=3), 4),
    (search("a", [[0.1, 0], [0.3, 0], [0.2, 0]], groups="xyy"), 2),       # y is shown once
    (search("a", [[0.1, 0], [0.3, 0]], groups="xx"), 1),
    (search("a", [[0.1, 0], *[[0.3, 0]] * 10]), None),
    (search("a", [[0.1, 0]], right=None), None),
    (search("a", [], right=None, place=2), 2),
])
def test_the_rank_of_what_is_sought(found: Search, rank: int | None) -> None:
    assert found.rank(Weights(opening=0.0, passage=1.0, related=0.0, dated=0.0)) == rank


def test_scores_are_those_of_searches() -> None:
    rows = np.array([[0.5, 0.3, 0.2, 0.4, 1, 0.1, 0.6], [0.0, -0.2, -0.4, 0, 2, -0.5, 0.0], [0] * 7])

    for worth in (Weights(0.5, 1.5, 0.4, 0.2, 0.7, 0.9), Weights(0.0, 1.0, 0.0, 0.0)):
        assert scores(rows, worth).tolist() == pytest.approx(
            [worth.score(Evidence(words, opening, passage, related, int(dated), several, close))
             for words, opening, passage, related, dated, several, close in rows.tolist()])
