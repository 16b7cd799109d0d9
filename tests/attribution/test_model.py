"""How candidates compete: linear weights first, a network if those leave doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.attribution.decision import attribute
from indexer.attribution.model import Network, Weights, choose, load_model, measured_accuracy
from indexer.models import Article
from indexer.people.finder import find_people

NETWORK = Network(
    bias=[0.0, -1.0], out=[2.0, 1.0],
    rows={"far": [0.5, 1.0, 0.0], "near": [0.0, -3.0, 1.0], "hopeless": [99.0, 0.0, 0.0]},
)
OFFERS = [("a", ["near"]), ("b", ["far"]), ("c", ["hopeless"])]


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
    """A unit below zero is silent; a feature counts once, an unknown one not at all."""
    assert NETWORK.score(features) == pytest.approx(score)


def test_doubt_is_judged_anew() -> None:
    """The network decides between candidates that the linear model cannot tell apart, of those that have a chance."""
    linear = {"near": 0.1, "far": 0.0, "hopeless": -9.0}

    assert choose(linear, OFFERS)[0] == 0
    assert choose(linear, OFFERS, NETWORK)[0] == 1


def test_a_sure_choice_is_final() -> None:
    """If one candidate has nearly all of the odds, the network is not asked."""
    assert choose({"near": 9.0, "far": 0.0, "hopeless": 0.0}, OFFERS, NETWORK)[0] == 0


@pytest.mark.parametrize(("speaker", "named"), [({"nobody": -9.0}, "Constance Bligh"), ({"nobody": 9.0}, None)])
def test_the_model_given_is_the_one_that_decides(speaker: Weights, named: str | None) -> None:
    """attribute() takes a model as a value; the installed one is only the default."""
    text = '"The wall will hold until the spring," Constance Bligh said.'
    model = replace(load_model(), speaker=speaker, network=None, quotation={"bias": 1.0})
    (quotation,) = attribute(Article("a", "a.md", "", "", None, text), find_people("", text), model)

    assert quotation.speaker == named


def test_the_accuracy_shown_says_what_it_was_measured_on() -> None:
    """Shares are shares, and the note is there."""
    measured = measured_accuracy()
    shares = [value for name, value in measured.items() if name not in ("note", "articles")]

    assert len(shares) >= 4 and all(0 < share < 1 for share in shares)
    assert measured["articles"] > 0 and measured["note"]
