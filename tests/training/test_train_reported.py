"""Learning reported speech from a few articles: of use, and the same every time."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.reported import read_polnear
from indexer.reported import ReportedModel

if os.environ.get("CI") != "true":        # there it has to be installed
    pytest.importorskip("sklearn", reason="the extra `train` is not installed")

from training import train_reported  # noqa: E402

SPEAKERS = ("Ruth Adeyemi", "Tom Haddad", "Ines Castellan", "Jo Roe", "Ada Bligh")
CLAUSES = ("the ferry would close in May and the pier would too", "the old pier, which he built, was not safe",
           "nobody had paid the toll because it was too high")


def line(number: int) -> str:
    """An article in the form of the corpus: a clause behind its cue, one before it, and one that nobody said."""
    speaker, clause = SPEAKERS[number % 5], CLAUSES[number % 3]
    text = f"{speaker} said that {clause}. {clause.capitalize()}, {speaker} said. {speaker} added a page to the report."
    said = text.index("said")
    again = text.rindex("said")
    cues = [(said, text.index(clause)), (again, text.index(clause.capitalize()))]
    return json.dumps({"id": str(number), "text": text, "attributions": [
        {"type": "indirect", "cue": [[cue, cue + 4]], "content": [[start, start + len(clause)]],
         "source": [[cue - 1 - len(speaker), cue - 1]]} for cue, start in cues]})


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[train_reported.Parsed]:
    path = tmp_path_factory.mktemp("corpus") / "part.jsonl"
    path.write_text("".join(line(number) + "\n" for number in range(30)), "utf-8")
    return train_reported.parsed(read_polnear(path))


@pytest.fixture(scope="module")
def model(articles: list[train_reported.Parsed]) -> ReportedModel:
    return train_reported.learn(articles)


def test_what_is_learned_finds_what_it_learned_from(
    articles: list[train_reported.Parsed], model: ReportedModel
) -> None:
    """Both constructions, and their speakers."""
    figures = train_reported.evaluate(model, articles).figures()

    assert figures["precision"] > 0.95 and figures["recall"] > 0.95 and figures["end_to_end"] > 0.95


def test_learning_is_the_same_every_time(articles: list[train_reported.Parsed], model: ReportedModel) -> None:
    """Nothing is drawn at random."""
    assert train_reported.as_text(train_reported.learn(articles)) == train_reported.as_text(model)


def test_the_threshold_and_the_certainty_are_chosen(
    articles: list[train_reported.Parsed], model: ReportedModel
) -> None:
    """A model says how sure it is, and a file gives back what it was made from."""
    right = list(train_reported.judged(model, articles))
    found = [*right, *(replace(each, right=False, speaker=None) for each in right[::5]),
             *(replace(each, speaker=False) for each in right[1::5])]
    whole = train_reported.calibrated(model, found, 0.9)

    assert whole.threshold >= train_reported.LEAST_ODDS and whole.pronouns == 0.9
    assert max(each.odds for each in found) > whole.threshold
    assert all(0 < whole.certainty(each.clause, each.features) < 1 for each in found)
    assert ReportedModel.from_json(json.loads(train_reported.as_text(whole))) == whole
    assert sum(size for size, _ in train_reported.levels(whole, found).values()) > 0


def test_pronouns_are_counted_where_their_persons_are_known() -> None:
    """The sample has a few; most are resolved rightly."""
    root = Path(__file__).parents[2]
    share = train_reported.pronouns_right([f"{root / 'training/annotations/sample.jsonl'}:{root / 'data'}"])

    assert 0.5 < share <= 1
