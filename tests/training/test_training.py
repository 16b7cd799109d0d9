"""Training on the sample: quick, the same every time, and of use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.attribution import AttributionModel, load_model
from indexer.attribution.certainty import CertaintyModel
from indexer.models import Quotation, Span
from indexer.people import NameModel
from training.annotations import AnnotatedQuotation, Resolved, resolve_pairs

if os.environ.get("CI") != "true":        # there it has to be installed
    pytest.importorskip("sklearn", reason="the extra `train` is not installed")

from training import train_attribution, train_certainty, train_people  # noqa: E402
from training.command_line import cross_validated  # noqa: E402

ROOT = Path(__file__).parents[2]
SAMPLE = f"{ROOT / 'training/annotations/sample.jsonl'}:{ROOT / 'data'}"


@pytest.fixture(scope="module")
def sample() -> Resolved:
    return resolve_pairs([SAMPLE])


@pytest.fixture(scope="module")
def attribution(sample: Resolved) -> AttributionModel:
    return train_attribution.learn(sample.articles)


@pytest.fixture(scope="module")
def names(sample: Resolved) -> NameModel:
    return train_people.learn(sample.articles)


def test_the_whole_sample_is_learned_from(sample: Resolved) -> None:
    """Every annotated article is there with the text that was annotated."""
    assert (len(sample.articles), sample.missing, sample.changed) == (83, (), ())


def test_attribution_learns(sample: Resolved, attribution: AttributionModel) -> None:
    """What was learned finds nearly all of what it learned from."""
    figures = train_attribution.evaluate(attribution, sample.articles).figures()
    assert figures["quotations"] > 0.96 and figures["speakers"] > 0.85 and figures["end_to_end"] > 0.83


def test_names_are_learned(sample: Resolved, names: NameModel) -> None:
    """What was learned finds nearly everybody in what it learned from."""
    assert train_people.evaluate(names, sample.articles).figures()["people"] > 0.93


LEARN = """
import hashlib, sys
from training import train_attribution, train_certainty, train_people
from training.annotations import resolve_pairs
articles = resolve_pairs(sys.argv[1:]).articles[:15]
for script in (train_attribution, train_people):
    print(hashlib.sha256(script.as_text(script.learn(articles)).encode()).hexdigest())
"""


def test_the_same_articles_give_the_same_files() -> None:
    """To the last digit, though sets have another order in every process."""
    learners = [subprocess.Popen([sys.executable, "-c", LEARN, SAMPLE], stdout=subprocess.PIPE, text=True,
                                 env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed})
                for seed in ("1", "2")]
    first, second = (each.communicate(timeout=1_800)[0] for each in learners)
    assert first == second and len(first.split()) == 2


def test_what_is_written_is_read(attribution: AttributionModel, names: NameModel) -> None:
    """The files have the form that the program reads, with no weight too small to matter."""
    assert AttributionModel.from_json(json.loads(train_attribution.as_text(attribution))) == attribution
    assert NameModel(**json.loads(train_people.as_text(names))) == names
    for weights in (attribution.speaker, attribution.antecedent, attribution.quotation):
        assert weights and min(map(abs, weights.values())) >= train_attribution.LEAST
    assert "bias" in names.full and "bias" in names.single


def test_parts_are_scored_by_what_others_taught(sample: Resolved) -> None:
    """Each article counts once."""
    articles = sample.articles[:12]
    total = cross_validated(articles, 3, train_people.learn, train_people.evaluate)
    annotated = sum(len(annotation.people) for annotation, _ in articles)
    assert total.people["tp"] + total.people["fn"] == annotated


@pytest.fixture(scope="module")
def judged(sample: Resolved) -> list[train_certainty.Example]:
    return train_certainty.examples(sample.articles, load_model())


def test_certainty_is_learned_from_what_is_right(judged: list[train_certainty.Example]) -> None:
    """Certainties mean what they say, and the levels are told apart; the same examples give the same file."""
    model = train_certainty.learn(judged)
    found = train_certainty.figures(judged, model)

    assert found["quotations"] == len(judged) > 300
    assert found["ece"] < 0.06
    assert found["levels"]["sure"]["right"] > found["right"] > found["levels"]["unsure"]["right"]
    assert sum(level["share"] for level in found["levels"].values()) == pytest.approx(1, abs=0.01)
    assert train_certainty.as_text(train_certainty.learn(judged)) == train_certainty.as_text(model)
    assert CertaintyModel.from_json(json.loads(train_certainty.as_text(model))) == model


@pytest.mark.parametrize(("speaker", "annotated", "same", "right", "strictly"), [
    ("Ruth Adeyemi", "Ruth Adeyemi", (), True, True),
    ("Mayor Adeyemi", "Ruth Adeyemi", (), True, True),
    ("the agency", "Harbor Authority", ("The agency",), True, False),
    ("Hank Sorensen", "Ruth Adeyemi", ("the mayor",), False, False),
    (None, "Ruth Adeyemi", (), False, False),
    ("Ruth Adeyemi", None, (), False, False),
    (None, None, (), True, True),
])
def test_a_speaker_is_right_by_any_form_of_the_name(
    speaker: str | None, annotated: str | None, same: tuple[str, ...], right: bool, strictly: bool
) -> None:
    """Nobody is right only where the annotation names nobody."""
    quotation = Quotation(Span(0, 9), "direct", speaker)
    truth = AnnotatedQuotation(Span(0, 9), "direct", annotated, "person" if annotated else "unknown", same)

    assert train_certainty.is_right(quotation, truth) == right
    assert train_certainty.is_strictly_right(quotation, truth) == strictly


@pytest.mark.parametrize(("certain", "right", "error"), [
    ([0.95, 0.95], [True, True], 0.05),
    ([0.75] * 4, [True, True, True, False], 0.0),
    ([0.9, 0.1], [False, True], 0.9),
])
def test_the_calibration_error_is_how_far_off_certainties_are(
    certain: list[float], right: list[bool], error: float
) -> None:
    """On average over the bins, each by how many it holds."""
    assert train_certainty.calibration_error(certain, right) == pytest.approx(error)
