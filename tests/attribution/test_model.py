"""How candidates compete: weights of what is true of them, added up for each speaker."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.attribution.decision import attribute
from indexer.attribution.model import Weights, choose, load_model, measured_accuracy
from indexer.models import Article
from indexer.people.finder import find_people


@pytest.mark.parametrize(("weights", "best", "share"), [
    ({"near": 0.0, "far": 0.0}, 0, 1 / 3),
    ({"near": 5.0, "far": 0.0, "spoke": 0.0}, 0, 0.987),
    ({"near": 0.0, "far": 0.4, "spoke": 0.4}, 1, 0.749),
])
def test_candidates_of_one_speaker_add_up(weights: Weights, best: int, share: float) -> None:
    """Two weak reasons for one speaker may outweigh a stronger one for another."""
    offers = [("a", ["near"]), ("b", ["far"]), ("b", ["spoke"])] if "spoke" in weights else [
        ("a", ["near"]), ("b", ["far"]), ("c", ["unknown"])]
    found, collected = choose(weights, offers)
    assert found == best and collected == pytest.approx(share, abs=0.001)


@pytest.mark.parametrize(("speaker", "named"), [({"nobody": -9.0}, "Constance Bligh"), ({"nobody": 9.0}, None)])
def test_the_model_given_is_the_one_that_decides(speaker: Weights, named: str | None) -> None:
    """attribute() takes a model as a value; the installed one is only the default."""
    text = '"The wall will hold until the spring," Constance Bligh said.'
    model = replace(load_model(), speaker=speaker, quotation={"bias": 1.0})
    (quotation,) = attribute(Article("a", "a.md", "", "", None, text), find_people("", text), model)

    assert quotation.speaker == named


def test_the_accuracy_shown_says_what_it_was_measured_on() -> None:
    """Shares are shares, and the note is there."""
    measured = measured_accuracy()
    shares = [value for name, value in measured.items() if name not in ("note", "articles")]

    assert len(shares) >= 4 and all(0 < share < 1 for share in shares)
    assert measured["articles"] > 0 and measured["note"]
