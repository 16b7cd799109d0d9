"""Training on the sample: quick, the same every time, and of use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.attribution import AttributionModel
from indexer.people import NameModel
from training.annotations import Resolved, resolve_pairs

if os.environ.get("CI") != "true":        # there it has to be installed
    pytest.importorskip("sklearn", reason="the extra `train` is not installed")

from training import train_attribution, train_people  # noqa: E402
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
from training import train_attribution, train_people
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
    first, second = (each.communicate(timeout=300)[0] for each in learners)
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
