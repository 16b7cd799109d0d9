"""How sure a speaker is: probabilities, levels, and what can never be sure."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from indexer.attribution import level_of, measured_levels
from indexer.attribution.certainty import NEVER_SURE, CertaintyModel, load_certainty
from indexer.models import Article, Quotation
from tests.attribution.verbatim import annotate

MODEL = CertaintyModel({"bias": 0.0, "odds": 1.0}, sure=0.9, likely=0.6, right={})


def quotations(text: str) -> tuple[Quotation, ...]:
    return annotate(Article("a", "a.md", "", "", None, text)).quotations


@pytest.mark.parametrize(("features", "certainty", "level"), [
    ({"bias": 1.0}, 0.5, "unsure"),
    ({"bias": 1.0, "odds": 1.0}, 0.73, "likely"),
    ({"bias": 1.0, "odds": 2.2}, 0.9, "sure"),
    ({"bias": 1.0, "odds": 2.19}, 0.9, "sure"),
    ({"bias": 1.0, "odds": 2.1}, 0.89, "likely"),
    ({"bias": 1.0, "odds": 99.0}, 0.99, "sure"),
    ({"bias": 1.0, "odds": -99.0}, 0.01, "unsure"),
    ({"bias": 1.0, "odds": 99.0, NEVER_SURE: 1.0}, 0.89, "likely"),
    ({"bias": 1.0, "never learned": 5.0}, 0.5, "unsure"),
])
def test_the_level_is_that_of_the_certainty_shown(features: dict[str, float], certainty: float, level: str) -> None:
    """The level follows from the hundredths that are shown, so that 0.90 is never both sure and likely."""
    assert MODEL.certainty(features) == certainty
    assert MODEL.level(certainty) == level


@given(st.dictionaries(st.sampled_from(["bias", "odds", "speech", "method name", NEVER_SURE]),
                       st.floats(-1e6, 1e6), max_size=5))
def test_a_certainty_is_a_probability_short_of_certain(features: dict[str, float]) -> None:
    """Whatever the features are."""
    assert 0.01 <= load_certainty().certainty(features) <= 0.99


def test_a_plain_report_is_surer_than_a_carried_on_one() -> None:
    """A named subject of a verb of speech is trusted more than whoever spoke in the paragraph before."""
    plain, carried = quotations(
        'Constance Bligh said, "The wall will hold until the spring."\n'
        'The tide tables were read aloud to a full hall. "Nobody in this town has ever asked the river," and so on.')

    assert plain.speaker == "Constance Bligh"
    assert plain.certainty > carried.certainty


@pytest.mark.parametrize("text", [
    'Constance Bligh: "The wall will hold until the spring tides are over."',
    'A page of the diary of Constance Bligh. "The wall will hold until the spring tides are over."',
])
def test_a_name_without_a_verb_of_speech_is_never_sure(text: str) -> None:
    """To be named beside words is not to say them."""
    (quotation,) = quotations(text)

    assert quotation.cue is None
    assert level_of(quotation.certainty) != "sure"


def test_what_ships_is_calibrated_and_says_how_well() -> None:
    """The levels are apart, in order, and keep what they promise."""
    model, right = load_certainty(), measured_levels()

    assert 0.5 < model.likely < model.sure < 1
    assert right["sure"] >= 0.95 > right["likely"] > right["unsure"]
    assert model.weights["odds"] > 0
