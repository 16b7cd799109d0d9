"""An update writes what differs and nothing else, and ends where a full build would."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings, strategies as st

from indexer.build import next_build as building, refresh
from indexer.build.builder import build
from indexer.build.report import BuildReport
from indexer.build.manifest import MANIFEST
from indexer.engines import ENGINES, EnginePlace, open_engine
from indexer.index_folder import build_folder
from indexer.query.tree import EVERYTHING, And, Phrase, Words
from indexer.search.engine import Kind
from indexer.search.time_limit import unlimited
from tests.build.plain_annotation import at_once

ARCHIVE = Path(__file__).parents[1] / "archive"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is read here, and however much has changed, the index is updated."""
    monkeypatch.setitem(ENGINES, "kept", EnginePlace("tests.engines.kept_engine", "KeptEngine", "KeptWriter"))
    monkeypatch.setattr(refresh, "share", at_once)
    monkeypatch.setattr(building, "MOST_CHANGED", 1.0)


def make(data: Path, index: Path, engine: str = "kept", **more: Any) -> BuildReport:
    return build(data, index, engine=engine, jobs=1, **more)


def held(index: Path) -> list[str]:
    """All the documents that answer, but for when they were first seen, as text."""
    documents = open_engine(index).documents  # type: ignore[attr-defined]
    return sorted(json.dumps({**each, "indexed": ""}, sort_keys=True) for each in documents)


# Stories whose people are each other's: a full name, its short form, a bare surname, an office, a namesake, a
# reprint, a correction, the same people in other words. Each of them may change what the others say.
STORIES = {
    "full": 'The fares rise. "They must," said Ruth Adeyemi, the mayor of Calder. "So be it," she added.',
    "later": 'The fares fell. "They did," said Ruth Adeyemi, the mayor of Calder. "They must rise," she added.',
    "short": '"I am no friend of boats," said Ruthie Adeyemi, who sails.',
    "initial": 'Ruth B. Adeyemi was there. "I was," said Adeyemi, and left.',
    "bare": 'Nobody knows why. "Ask the harbor," Adeyemi said. Mayor Adeyemi did not laugh.',
    "namesake": 'Samuel Adeyemi bakes. "Bread is bread," said Samuel Adeyemi, a baker.',
    "several": '"No," said Hank Sorensen. "Yes," said Ruth Adeyemi. "Perhaps," said Wendell Park, a cyclist.',
    "nobody": "The wall is wet and the weather is not expected to become any better before the week is over.",
    "reprint": "The wall is wet and the weather is not expected to become any better before the week is over. Update.",
    "dated": "---\ntitle: Ferry Sinks\ndate: May 3, 2011\n---\n<p>\"It floats,\" said Hank Sorensen.</p>",
    "broken": "---\ntitle: x\nno end",
    "empty": "",
}
NAMES = ("a.md", "a.html", "b/a.md", "b/c.txt", "b/c.md", "d.md", "e.md")
EDITS = st.lists(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(sorted(STORIES)) | st.none(), max_size=4),
                 min_size=2, max_size=4)
CORRECTIONS = st.sampled_from(["", 'ignore = ["Wendell Park"]\n', '[merge]\n"Ruth Adeyemi" = ["Samuel Adeyemi"]\n',
                               '[rename]\n"Ruth Adeyemi" = "R. Adeyemi"\n'])


def edited(data: Path, edit: dict[str, str | None], corrections: str) -> None:
    """The files after an edit; nothing is the file's removal."""
    data.mkdir(exist_ok=True)
    (data / "stays.md").write_text(STORIES["full"])
    (data / "people.toml").write_text(corrections)
    for name, story in edit.items():
        (data / name).parent.mkdir(exist_ok=True)
        if story is None:
            (data / name).unlink(missing_ok=True)
        else:
            (data / name).write_text(STORIES[story])


@settings(max_examples=25)
@given(edits=EDITS, corrections=st.lists(CORRECTIONS, min_size=4, max_size=4))
def test_an_update_ends_where_a_full_build_would(edits: list[dict[str, str | None]], corrections: list[str]) -> None:
    """However files come, change and go, and whoever is corrected, the documents are those of a build from nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for edit, correction in zip(edits, corrections):
            edited(folder / "data", edit, correction)
            updated = make(folder / "data", folder / "index")
        anew = make(folder / "data", folder / "anew")
        assert held(folder / "index") == held(folder / "anew")
        assert (updated.articles, updated.quotations, updated.people) == (anew.articles, anew.quotations, anew.people)


def answers(index: Path) -> Iterator[object]:
    """What an index says, but for when it was built and what was first seen when."""
    with unlimited():
        engine = open_engine(index)
        for kind in get_args(Kind):
            for query in (EVERYTHING, Words("ferry"), And((Words("wall"), Words("wet"))), Phrase("adeyemi", "speaker")):
                found = engine.search(query, kind=kind, per_page=50, facets=("speaker_id", "mentioned_id"),
                                      histogram=True)
                yield [({**hit.document, "indexed": ""}, hit.score, hit.title, hit.snippets, hit.duplicates)
                       for hit in found.hits]
                yield found.total, found.facets, found.histogram, found.suggestion, found.distinct
        yield [each["id"] for typed in ("ade", "sorensan") for each in engine.suggest(typed)]
        engine.close()


@settings(max_examples=5)
@given(edits=EDITS)
def test_an_updated_whoosh_index_answers_as_one_built_anew(edits: list[dict[str, str | None]]) -> None:
    """Scores, facets, marks and suggestions included."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for edit in edits:
            edited(folder / "data", edit, "")
            make(folder / "data", folder / "index", "whoosh")
        make(folder / "data", folder / "anew", "whoosh")
        assert list(answers(folder / "index")) == list(answers(folder / "anew"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the small archive, to change."""
    shutil.copytree(ARCHIVE, tmp_path / "data")
    for path in (tmp_path / "data").rglob("*.*"):
        os.utime(path, (1_300_000_000, 1_300_000_000))
    return tmp_path / "data"


def test_only_what_differs_is_written(data: Path, tmp_path: Path) -> None:
    """A story about nobody is one document; a story that names people is written with them."""
    make(data, tmp_path / "index")
    (data / "wire/new.md").write_text(STORIES["nobody"])
    assert make(data, tmp_path / "index").written == 1


def test_a_full_build_writes_everything(data: Path, tmp_path: Path) -> None:
    """Whatever there is."""
    make(data, tmp_path / "index")
    assert make(data, tmp_path / "index", full=True).written == 5


def test_what_changes_in_everything_is_written_anew(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An update of half the archive is slower than a build."""
    monkeypatch.setattr(building, "MOST_CHANGED", 0.1)
    make(data, tmp_path / "index")
    (data / "wire/new.md").write_text(STORIES["nobody"])
    assert make(data, tmp_path / "index").written == 6


@pytest.mark.parametrize("program", ["another", None])
def test_another_program_writes_everything(data: Path, tmp_path: Path, program: str | None) -> None:
    """What an older one wrote may be otherwise."""
    first = make(data, tmp_path / "index")
    path = build_folder(tmp_path / "index", first.build) / "report.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "program": program, "state": "another"}))
    assert make(data, tmp_path / "index").written == 5


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\n{}", b"x\n{"])
def test_a_damaged_manifest_is_not_believed(data: Path, tmp_path: Path, damage: bytes) -> None:
    """Everything is indexed anew."""
    first = make(data, tmp_path / "index")
    (build_folder(tmp_path / "index", first.build) / MANIFEST).write_bytes(damage)
    (data / "wire/new.md").write_text(STORIES["nobody"])
    assert make(data, tmp_path / "index").written == 6


def test_a_build_without_manifest_is_written_anew(data: Path, tmp_path: Path) -> None:
    """As when somebody deleted them."""
    first = make(data, tmp_path / "index")
    (build_folder(tmp_path / "index", first.build) / MANIFEST).unlink()
    (data / "wire/new.md").write_text(STORIES["nobody"])
    assert make(data, tmp_path / "index").written == 6


def test_who_was_mayor_is_learned_and_forgotten(data: Path, tmp_path: Path) -> None:
    """What "the mayor" says is somebody's as long as enough articles call that person so, in an update as anew."""
    def signed(number: int, story: str) -> str:
        author = ("Ana Low", "Ben Fisk", "Cal Orr")[number % 3]
        return f"---\ntitle: Boats {number}\nauthor: {author}\ndate: May {number + 1}, 2011\n---\n\n{story}\n"

    def speaker(index: Path) -> list[tuple[str, bool]]:
        return [(each["speaker_id"], each["inferred"]) for each in map(json.loads, held(index))
                if each["kind"] == "quotation" and each["path"] == "said.md"]

    data.mkdir(exist_ok=True)
    (data / "said.md").write_text(signed(0, '"The boats must run again by Monday," the mayor said.'))
    for number in range(12):
        (data / f"m{number}.md").write_text(signed(number, f"Mayor Ida Fenwick opened pier {number} in the rain."))
    make(data, tmp_path / "index")
    assert speaker(tmp_path / "index") == [("ida-fenwick", True)]
    for number in range(6):
        (data / f"m{number}.md").unlink()
    make(data, tmp_path / "index", most_lost=1.0)
    make(data, tmp_path / "anew")
    assert speaker(tmp_path / "index") == [("", False)] and held(tmp_path / "index") == held(tmp_path / "anew")
