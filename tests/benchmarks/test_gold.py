"""Who said what in the annotated sample, measured; what was reached once is never lost again.

tests/gold/floors.json holds the figures. `pytest tests/benchmarks/test_gold.py --raise-floors` writes those that have
risen, and lowers none.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from benchmarks.extraction import annotated, main
from benchmarks.scoring import Score, match, read_gold, same_name, score
from indexer.reading.archive import read_article

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests/gold"
FLOORS_FILE = GOLD / "floors.json"
FLOORS: dict[str, float] = json.loads(FLOORS_FILE.read_text("utf-8"))
NOISE = 0.0005            # a floor is written with three digits


def raised(floors: dict[str, float], figures: dict[str, float]) -> dict[str, float]:
    """The floors, each as high as its figure rounded down, and none lower than before."""
    return {measure: max(floors.get(measure, 0.0), math.floor(1000 * figures[measure]) / 1000) for measure in figures}


@pytest.fixture(scope="module")
def figures(request: pytest.FixtureRequest) -> dict[str, float]:
    found = score(annotated(GOLD, ROOT / "data").pairs).figures()
    if request.config.getoption("--raise-floors"):
        FLOORS.update(raised(FLOORS, found))
        FLOORS_FILE.write_text(json.dumps(FLOORS, indent=1) + "\n", "utf-8")
    return found


@pytest.mark.parametrize("measure", FLOORS)
def test_gold(measure: str, figures: dict[str, float]) -> None:
    """On the annotated articles we never fall below what we once reached."""
    assert figures[measure] >= FLOORS[measure] - NOISE


def test_every_measure_has_a_floor() -> None:
    """A figure that nothing holds would sink unseen."""
    assert FLOORS.keys() == Score().figures().keys()


def test_floors_only_rise() -> None:
    """A figure that has risen lifts its floor, rounded down; one that has fallen leaves it where it was."""
    assert raised({"people": 0.9, "speakers": 0.8}, {"people": 0.8, "speakers": 0.8129, "quotations": 1.0}) == {
        "people": 0.9, "speakers": 0.812, "quotations": 1.0}


ANNOTATED = read_gold(GOLD)


def test_there_is_enough_gold() -> None:
    """Figures on a handful of articles would mean little."""
    assert len(ANNOTATED) >= 40
    assert sum(len(each["quotes"]) for each in ANNOTATED) >= 500


@pytest.mark.parametrize("gold", ANNOTATED, ids=lambda gold: gold["id"])
def test_annotations_are_of_what_was_published(gold: dict[str, Any]) -> None:
    """Every annotated quotation stands in its article, word for word, and every person in it is named."""
    article = read_article(ROOT / "data" / gold["path"], ROOT / "data")
    whole = " ".join(f"{article.title}\n{article.text}".split())
    assert [each["text"] for each in gold["quotes"] if " ".join(each["text"].split()) not in whole] == []
    assert [name for name in gold["people"] if name not in whole] == []


@pytest.mark.parametrize(("one", "other", "same"), [
    ("Ruth Adeyemi", "Mayor Adeyemi", True),
    ("Hank Sorensen", "Hank Sorensen's", True),
    ("Michael T. Garrity", "Michael Garrity", True),
    ("Ruth Adeyemi", "Ruth", False),
    ("Ruth Adeyemi", "Tunde Adeyemi", False),
    ("Mayor", "Mayor", True),
    ("", "", False),
    (None, "Ruth Adeyemi", False),
])
def test_names_that_mean_one_speaker(one: str | None, other: str | None, same: bool) -> None:
    """Equal after folding, or the words of one among the other's with the last word shared."""
    assert same_name(one, other) is same
    assert same_name(other, one) is same


@pytest.mark.parametrize(("gold", "found", "matched"), [
    (["The boat is late,"], ["the boat is late"], {0: 0}),
    (["The boat is late,"], ["The boat"], {}),
    (["No.", "Yes."], ["Yes.", "Maybe."], {1: 0}),
    (["a b c d e", "a b c d"], ["a b c d"], {1: 0}),
])
def test_quotations_match_by_their_words(gold: list[str], found: list[str], matched: dict[int, int]) -> None:
    """Word overlap of at least 0.8, one to one, the best first."""
    assert match(gold, found) == matched


def test_the_score_counts_each_kind_of_error() -> None:
    """One found with its speaker, one with another's, one missed and one that is none; two people of three."""
    def quote(text: str, speaker: str | None) -> dict[str, Any]:
        return {"text": text, "kind": "direct", "speaker": speaker, "speaker_type": "person" if speaker else "unknown"}

    gold = {"path": "x", "people": ["Ruth Adeyemi", "Wendell Park"], "quotes": [
        quote("The boat is late,", "Ruth Adeyemi"), quote("It always was.", "Ruth Adeyemi"), quote("Fine.", None)]}
    found = {"people": [{"name": "Adeyemi"}, {"name": "Hollis Wharf"}], "quotes": [
        quote("The boat is late,", "Adeyemi"), quote("It always was.", "Wendell Park"), quote("so-called", None)]}
    total = score([(gold, found)])
    assert (total.quotations, total.speakers["right"], total.speakers["all"]) == ({"tp": 2, "fn": 1, "fp": 1}, 1, 2)
    assert total.people == {"tp": 1, "exact": 0, "fp": 1, "fn": 1}
    assert sorted(error[0] for error in total.errors) == [
        "missed direct", "missed person", "not a person", "not a quotation", "speaker person"]
    assert total.figures()["end_to_end"] == pytest.approx(1 / 3)


def test_a_folder_without_annotations_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing that was measured is never a figure."""
    monkeypatch.setattr("sys.argv", ["extraction", f"{tmp_path}:data"])

    with pytest.raises(SystemExit):
        main()

    assert "no folder of annotated articles" in capsys.readouterr().err
