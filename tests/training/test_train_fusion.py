"""What meaning and dates are worth is chosen: on searches of our own, in which it is known what matters."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence

import pytest

from indexer.search.fusion import Evidence, Weights

if os.environ.get("CI") != "true":        # there it has to be installed
    pytest.importorskip("numpy", reason="the extra `train` is not installed")

import numpy as np  # noqa: E402

from training.train_fusion import GRID, NAMES, Search, chosen, halves, quality, scores  # noqa: E402

LEAST, MOST = Weights(passage=0.5, dated=0.0), Weights(passage=2.5, dated=0.0)


def search(story: str, rows: Sequence[Sequence[float]], right: int | None = 0, complete: int = 0,
           groups: Sequence[object] = (), place: int | None = None) -> Search:
    return Search(story, "nl", place, complete, np.array(rows, float).reshape(-1, len(NAMES)),
                  groups or range(len(rows)), right)


def telling(column: int, number: int) -> list[Search]:
    """Searches in which the right one has most of one kind of evidence, and the rest is chance."""
    chance = random.Random(number)
    found = []
    for story in range(number):
        rows = [[chance.random() for _ in NAMES] for _ in range(12)]
        found.append(search(str(story), rows, max(range(12), key=lambda at: rows[at][column])))
    return found


@pytest.mark.parametrize(("name", "best"), [("words", LEAST), ("passage", MOST)])
def test_what_tells_gets_the_weight(name: str, best: Weights) -> None:
    """Every half chooses the same: each search is answered as by the best weights."""
    found = telling(NAMES.index(name), 40)
    by_weights = {worth: [(each, each.rank(worth)) for each in found] for worth in (MOST, LEAST)}

    assert chosen(by_weights, {each.story for each in found}) == best
    ranks = halves(by_weights)
    assert len(ranks) % len(found) == 0 and {each.story for each, _ in ranks} == {each.story for each in found}
    assert quality(ranks)["nl"] == pytest.approx(quality(by_weights[best])["nl"])


@pytest.mark.parametrize(("found", "rank"), [
    (search("a", [[0.5, 0.5, 0], [0.4, 0.9, 0]]), 2),
    (search("a", [[0.5, 0.5, 0], [0.4, 0.9, 0]], right=1, complete=3), 4),
    (search("a", [[0.1, 0, 0], [0.3, 0, 0], [0.2, 0, 0]], groups="xyy"), 2),       # y is shown once
    (search("a", [[0.1, 0, 0], [0.3, 0, 0]], groups="xx"), 1),
    (search("a", [[0.1, 0, 0], *[[0.3, 0, 0]] * 10]), None),
    (search("a", [[0.1, 0, 0]], right=None), None),
    (search("a", [], right=None, place=2), 2),
])
def test_the_rank_of_what_is_sought(found: Search, rank: int | None) -> None:
    assert found.rank(Weights(passage=1.0, dated=0.0)) == rank


def test_scores_are_those_of_searches() -> None:
    rows = np.array([[0.5, 0.2, 1], [0.0, -0.4, 2], [0, 0, 0]])

    for worth in GRID:
        assert scores(rows, worth).tolist() == pytest.approx(
            [worth.score(Evidence(words, passage, int(dated))) for words, passage, dated in rows.tolist()])
