"""How candidates compete: linear weights first, a network where those are in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unittest import mock

import pytest

from indexer.attribution import model as weights

NETWORK = {"bias": [0.0, -1.0], "out": [2.0, 1.0], "rows": {"far": [0.5, 1.0, 0.0], "near": [0.0, -3.0, 1.0]}}


@pytest.mark.parametrize(
    ("features", "score"),
    [
        (["far"], 0.5 + 2.0 * 1.0),
        (["far", "far", "unknown"], 0.5 + 2.0 * 1.0),
        (["near"], 0.0),
        (["far", "near"], 0.5),
        ([], 0.0),
        (["unknown"], 0.0),
    ],
)
def test_a_network_adds_what_its_units_make_of_the_features(features: list[str], score: float) -> None:
    """A unit that falls below nothing is silent; a feature counts once, an unknown one not at all."""
    assert weights.judge(NETWORK, features) == pytest.approx(score)


def best_of(models: Mapping[str, Any]) -> tuple[int, float]:
    with mock.patch.object(weights, "weights", lambda: models):
        return weights.choose("speaker", [("a", ["near"]), ("b", ["far"]), ("c", ["hopeless"])])


def test_doubt_is_judged_anew() -> None:
    """The network decides between candidates that the linear model cannot tell apart, of those that have a chance."""
    linear = {"near": 0.1, "far": 0.0, "hopeless": -9.0}
    network = {**NETWORK, "rows": {**NETWORK["rows"], "hopeless": [99.0, 0.0, 0.0]}}  # type: ignore[dict-item]

    assert best_of({"speaker": linear})[0] == 0
    assert best_of({"speaker": linear, "network": network})[0] == 1


def test_what_is_sure_stands() -> None:
    """Where one candidate has nearly all of the weight the network is not asked."""
    assert best_of({"speaker": {"near": 9.0, "far": 0.0, "hopeless": 0.0}, "network": NETWORK})[0] == 0
