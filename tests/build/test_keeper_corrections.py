"""A correction lasts: through full builds, updates, changed articles and changed engines."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from indexer.build import next_build as building, refresh
from indexer.build.builder import build
from indexer.build.report import BuildReport
from indexer.build.check import differences
from indexer.engines import ENGINES, EnginePlace, open_engine
from indexer.errors import ConfigError
from indexer.query.tree import Exact
from tests.build.plain_annotation import SAID, at_once, examine_plainly

ARCHIVE = Path(__file__).parents[1] / "archive"
LEVY = "nadia-okafor/levy-passes"
FARES = "ben-castellan/ferry-fares"
SPEAKER = f'[[quotation]]\narticle = "{LEVY}"\nwords = "Sodas are not a food group"\nspeaker = "Hank Sorensen"\n'
NOTED = SPEAKER + 'note = "Heard on the tape."\n'
UNNAMED = f'[[quotation]]\narticle = "{LEVY}"\nwords = "A great day for teeth."\nspeaker = "Cora Dunmore"\n'
NOTHING = f'[[quotation]]\narticle = "{LEVY}"\nwords = "robbery at sea."\nnot_a_quotation = true\n'
LIBRARIES = {"opensearch": "opensearchpy"}


@pytest.fixture(autouse=True)
def plain_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Annotated from a table, read here, and updated however much has changed."""
    monkeypatch.setitem(ENGINES, "kept", EnginePlace("tests.engines.kept_engine", "KeptEngine", "KeptWriter"))
    monkeypatch.setattr(refresh, "examine", examine_plainly)
    monkeypatch.setattr(refresh, "share", at_once)
    monkeypatch.setattr(building, "MOST_CHANGED", 1.0)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the small archive, to change."""
    shutil.copytree(ARCHIVE, tmp_path / "data")
    for path in (tmp_path / "data").rglob("*.*"):
        os.utime(path, (1_300_000_000, 1_300_000_000))
    return tmp_path / "data"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def make(data: Path, index: Path, engine: str = "kept", **more: Any) -> BuildReport:
    return build(data, index, engine=engine, jobs=1, **more)


def correct(data: Path, text: str) -> None:
    (data / "corrections.toml").write_text(text, "utf-8")


def said(index: Path, article: str = LEVY) -> Mapping[str, tuple[str, str]]:
    """Of an article's quotations the words, speaker and method."""
    engine = open_engine(index)
    try:
        return {each["said"]: (each["speaker"], each["method"]) for each in engine.quotations_of(article)}
    finally:
        engine.close()


def held(index: Path) -> list[str]:
    documents = open_engine(index).documents  # type: ignore[attr-defined]
    return sorted(json.dumps({**each, "indexed": ""}, sort_keys=True) for each in documents)


CORRECTED = ("Hank Sorensen", "corrected")
WORDS = "Sodas are not a food group,"


def test_an_update_reads_nothing_and_writes_the_article_alone(data: Path, index: Path) -> None:
    """Whoever is quoted there counts anew; and it is what a build from nothing would be."""
    make(data, index)
    correct(data, SPEAKER)
    report = make(data, index)
    assert (report.read, report.written, report.corrected) == (0, 1, 1)
    assert said(index)[WORDS] == CORRECTED
    make(data, index.parent / "anew")
    assert held(index) == held(index.parent / "anew")
    assert make(data, index).changed is False


def test_a_correction_survives_whatever_is_built_again(data: Path, index: Path) -> None:
    """A full build, a changed article in which the words have another number and other marks, other corrections."""
    correct(data, NOTED)
    make(data, index)
    make(data, index, full=True)
    assert said(index)[WORDS] == CORRECTED
    story = (data / f"{LEVY}.md").read_text()
    before = "<p>He called it &quot;robbery at sea.&quot;</p>\n"
    (data / f"{LEVY}.md").write_text(story.replace("<p>The City", f"{before}<p>The City"))
    assert make(data, index).read == 1
    assert list(said(index))[0] == "robbery at sea."
    assert said(index)[WORDS] == CORRECTED
    correct(data, NOTHING + NOTED)
    make(data, index)
    assert said(index)[WORDS] == CORRECTED
    assert "robbery at sea." not in said(index)
    assert list(differences(data, index)) == []


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_correction_survives_a_change_of_the_engine(data: Path, index: Path, engine: str) -> None:
    """It is found as every other method is, and its note is kept."""
    if engine != "whoosh":
        pytest.importorskip(LIBRARIES.get(engine, engine))
    correct(data, NOTED)
    make(data, index)
    make(data, index, engine)
    assert said(index)[WORDS] == CORRECTED
    opened = open_engine(index)
    found = opened.search(Exact("corrected", "method"), kind="quotation").hits
    assert [(hit.document["said"], hit.document["note"], hit.document["level"], hit.document["certainty"])
            for hit in found] == [(WORDS, "Heard on the tape.", "sure", 1.0)]
    opened.close()


def test_what_is_withdrawn_is_as_it_was_found(data: Path, index: Path) -> None:
    """Nothing of it is left, and nothing is read again."""
    make(data, index)
    before = held(index)
    correct(data, NOTED + NOTHING + UNNAMED)
    assert make(data, index).corrected == 3
    assert held(index) != before
    (data / "corrections.toml").unlink()
    assert make(data, index).read == 0
    assert held(index) == before


def test_a_speaker_whom_the_article_does_not_name_has_a_page(data: Path, index: Path) -> None:
    """The archive knows the person from then on."""
    correct(data, UNNAMED)
    make(data, index)
    engine = open_engine(index)
    assert engine.get("person", "cora-dunmore")["quotations"] == 1
    assert "cora-dunmore" in engine.get("article", LEVY)["speaker_id"]


def test_what_is_no_quotation_is_counted_nowhere(data: Path, index: Path) -> None:
    """The report, the index and the ledger agree; the numbers of the others close up."""
    before, quoted = make(data, index), len(said(index))
    correct(data, NOTHING)
    after = make(data, index)
    assert (before.quotations - after.quotations, quoted - len(said(index))) == (1, 1)
    assert list(differences(data, index)) == []
    ids = [each["id"] for each in open_engine(index).quotations_of(LEVY) if each["form"] == "quotation"]
    assert len(ids) > 2 and ids == [f"{LEVY}#q{number}" for number in range(1, len(ids) + 1)]


GONE = (f'# mine\n[[quotation]]\narticle = "{FARES}"\nwords = "The ferry pays"\nunknown = true\n\n'
        '[[quotation]]\narticle = "ben-castellan/bus-fares"\nwords = "No."\nunknown = true\n')


def test_a_correction_whose_words_are_gone_is_named(data: Path, index: Path) -> None:
    """With its line: by the build, by one that changes nothing, and by check."""
    correct(data, GONE)
    report = make(data, index)
    assert report.gone == (
        ("corrections.toml:2", f"{FARES} does not hold a quotation of these words: The ferry pays. "
                               "Mend the entry, or take it out."),
        ("corrections.toml:7", "there is no article ben-castellan/bus-fares in the archive. "
                               "Mend the entry, or take it out."))
    assert make(data, index).gone == report.gone
    assert list(differences(data, index)) == [f"{where}: {what}" for where, what in report.gone]


def test_a_mistake_in_the_file_is_named_before_anything_is_read(data: Path, index: Path) -> None:
    """The index that was there goes on answering; check names the mistake too."""
    make(data, index)
    correct(data, SPEAKER + "\n[[quotation]]\nunknown = true\n")
    with pytest.raises(ConfigError, match=r"corrections\.toml:6: needs article"):
        make(data, index)
    assert said(index)[WORDS] == (SAID[WORDS], "name")
    assert any("corrections.toml:6: needs article" in each for each in differences(data, index))


def test_a_changed_file_is_named_by_check(data: Path, index: Path) -> None:
    """As people.toml is."""
    make(data, index)
    correct(data, SPEAKER)
    os.utime(data / "corrections.toml", (4_000_000_000, 4_000_000_000))
    assert list(differences(data, index)) == ["corrections.toml: changed since the last build"]


def test_reported_speech_is_corrected_too(data: Path, index: Path) -> None:
    """By its words, as quotations are; each form is counted apart."""
    make(data, index)
    before = open_engine(index)
    reported, = (each for each in before.quotations_of(LEVY) if each["form"] == "reported")
    words = json.dumps(reported["said"], ensure_ascii=False)
    correct(data, f'[[quotation]]\narticle = "{LEVY}"\nwords = {words}\nspeaker = "Cora Dunmore"\n')
    make(data, index)
    assert said(index)[reported["said"]] == ("Cora Dunmore", "corrected")
    correct(data, f'[[quotation]]\narticle = "{LEVY}"\nwords = {words}\nnot_a_quotation = true\n')
    make(data, index)
    assert open_engine(index).stats()["reported"] == before.stats()["reported"] - 1
    assert open_engine(index).stats()["quotations"] == before.stats()["quotations"]
    assert list(differences(data, index)) == []
