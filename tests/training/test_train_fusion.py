"""What words and meaning are worth is learned: from searches of our own, in which it is known what matters."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence

import pytest

from indexer.search.fusion import Evidence, Weights

if os.environ.get("CI") != "true":        # there it has to be installed
    pytest.importorskip("scipy", reason="the extra `train` is not installed")

import numpy as np  # noqa: E402

from training.train_fusion import NAMES, Search, figures, halves, learned, scores  # noqa: E402


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


@pytest.mark.parametrize("name", ["passage", "opening", "story", "dated"])
def test_what_tells_gets_the_weight(name: str) -> None:
    worth = learned([*telling(NAMES.index(name), 40), *telling(NAMES.index("words"), 10)])

    assert max(("passage", "opening", "story", "dated"), key=lambda each: getattr(worth, each)) == name
    assert learned(telling(1, 20)) == learned(telling(1, 20))


def test_evidence_can_be_left_out() -> None:
    assert learned(telling(1, 20), without=["opening", "dated"]).opening == 0


@pytest.mark.parametrize(("found", "rank"), [
    (search("a", [[0.5, 0.5, 0, 0, 0], [0.4, 0.9, 0, 0, 0]]), 2),
    (search("a", [[0.5, 0.5, 0, 0, 0], [0.4, 0.9, 0, 0, 0]], right=1, complete=3), 4),
    (search("a", [[0.1, 0, 0, 0, 0], [0.3, 0, 0, 0, 0], [0.2, 0, 0, 0, 0]], groups="xyy"), 2),     # y is shown once
    (search("a", [[0.1, 0, 0, 0, 0], [0.3, 0, 0, 0, 0]], groups="xx"), 1),
    (search("a", [[0.1, 0, 0, 0, 0], *[[0.3, 0, 0, 0, 0]] * 10]), None),
    (search("a", [[0.1, 0, 0, 0, 0]], right=None), None),
    (search("a", [], right=None, place=2), 2),
])
def test_the_rank_of_what_is_sought(found: Search, rank: int | None) -> None:
    assert found.rank(Weights(passage=1.0, opening=0.0, story=0.0, dated=0.0)) == rank


def test_each_half_is_judged_by_what_the_other_teaches() -> None:
    """Every search in every split; what tells in all of them is found."""
    found = telling(1, 20)
    ranks = halves(found, [])

    assert len(ranks) % len(found) == 0
    assert {each.story for each, _ in ranks} == {each.story for each in found}
    assert figures([(each, 1) for each in found]).split()[2:4] == ["1.000", "1.000"]
    assert sum(place == 1 for _, place in ranks) > 0.6 * len(ranks)


def test_scores_are_those_of_searches() -> None:
    rows = np.array([[0.5, 0.2, 0.1, 0.3, 1], [0.0, -0.4, -0.2, -0.1, 2], [0, 0, 0, 0, 0]])
    worth = Weights(passage=0.7, opening=0.4, story=-0.2, dated=0.3)

    assert scores(rows, worth).tolist() == pytest.approx([worth.score(Evidence(*row)) for row in rows.tolist()])
