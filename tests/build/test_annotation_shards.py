"""Annotations as files: written in parts, taken by one build."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from indexer.build import refresh
from indexer.build.annotation_shards import Shard, annotate_shard
from indexer.build.builder import build
from indexer.build.report import BuildReport
from indexer.build.plan import Silence
from indexer.build.refresh import Job
from indexer.engines import ENGINES, EnginePlace, open_engine
from indexer.errors import BuildFailed
from tests.build.plain_annotation import at_once, examine_plainly

ARCHIVE = Path(__file__).parents[1] / "archive"


@pytest.fixture(autouse=True)
def plain_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds here keep the documents as they are; nothing is read in processes."""
    monkeypatch.setitem(ENGINES, "kept", EnginePlace("tests.engines.kept_engine", "KeptEngine", "KeptWriter"))
    monkeypatch.setattr(refresh, "share", at_once)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the small archive, to change."""
    shutil.copytree(ARCHIVE, tmp_path / "data")
    return tmp_path / "data"


def make(data: Path, index: Path, annotations: Path | None = None) -> BuildReport:
    return build(data, index, engine="kept", jobs=1, annotations=annotations)


def held(index: Path) -> list[str]:
    """All the documents that answer, but for when they were first seen, as text."""
    documents = open_engine(index).documents  # type: ignore[attr-defined]
    return sorted(json.dumps({**each, "indexed": ""}, sort_keys=True) for each in documents)


def never(job: object) -> object:
    raise AssertionError("annotated again")


def test_two_processes_on_two_halves_give_the_index_of_one(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each annotates its half by the command; the build annotates nothing."""
    command = [sys.executable, "-m", "indexer", "annotate", str(data), "--output", str(tmp_path / "found"),
               "--jobs", "1", "--shards", "2", "--shard"]
    environment = {**os.environ, "PYTHONPATH": str(ARCHIVE.parent.parent)}
    halves = [subprocess.Popen([*command, number], env=environment, stdout=subprocess.PIPE) for number in ("1", "2")]
    said = [half.communicate(timeout=600)[0].decode() for half in halves]
    assert [half.returncode for half in halves] == [0, 0] and all("annotated" in each for each in said)
    files = sorted((tmp_path / "found").iterdir())
    assert [file.name for file in files] == ["annotations-1-of-2.jsonl", "annotations-2-of-2.jsonl"]
    assert all(file.stat().st_size for file in files)
    make(data, tmp_path / "one")
    monkeypatch.setattr(refresh, "annotate", never)
    report = make(data, tmp_path / "two", tmp_path / "found")
    assert held(tmp_path / "two") == held(tmp_path / "one")
    assert report.skipped == (("wire/gallery.md", "line 6: no text"),)


def annotated(data: Path, folder: Path, shard: Shard = Shard()) -> tuple[int, int]:
    done = annotate_shard(data, folder, shard, 1, Silence())
    return done.written, done.there


def test_a_run_that_was_killed_is_taken_up_where_it_ended(data: Path, tmp_path: Path) -> None:
    """Its last line may be torn."""
    assert annotated(data, tmp_path / "found") == (6, 0)
    file = Shard().file(tmp_path / "found")
    whole = file.read_bytes()
    file.write_bytes(whole[:len(whole) - len(whole.splitlines()[-1]) // 2])
    assert annotated(data, tmp_path / "found") == (1, 5)
    assert sorted(file.read_bytes().splitlines()) == sorted(whole.splitlines())
    assert annotated(data, tmp_path / "found") == (0, 6)


def test_a_changed_file_is_annotated_again_and_its_later_line_counts(data: Path, tmp_path: Path) -> None:
    """In the shard's file and in the build."""
    annotated(data, tmp_path / "found")
    (data / "wire/note.txt").write_text("Another note about the harbor.")
    assert annotated(data, tmp_path / "found") == (1, 5)
    make(data, tmp_path / "index", tmp_path / "found")
    assert open_engine(tmp_path / "index").get("article", "wire/note")["text"] == "Another note about the harbor."


def test_what_has_changed_since_is_read_by_the_build(data: Path, tmp_path: Path) -> None:
    """Annotations are of bytes, not of names."""
    annotated(data, tmp_path / "found")
    (data / "wire/note.txt").write_text("Another note about the harbor.")
    (data / "wire/new.txt").write_text("A new note.")
    make(data, tmp_path / "index", tmp_path / "found")
    make(data, tmp_path / "anew")
    assert held(tmp_path / "index") == held(tmp_path / "anew")


@pytest.mark.parametrize(("line", "said"), [
    ("{}\n", "line 13: no annotations"), ("[]\n", "line 13: no annotations"), ("x\n", "line 13: no annotations"),
])
def test_a_file_of_something_else_is_refused(data: Path, tmp_path: Path, line: str, said: str) -> None:
    """With its line; the index stays."""
    annotated(data, tmp_path / "found")
    with Shard().file(tmp_path / "found").open("a") as file:
        file.write(line)
    with pytest.raises(BuildFailed, match=said):
        make(data, tmp_path / "index", tmp_path / "found")


@pytest.mark.parametrize(("there", "then"), [(b"ferry", b"fairy"), (b"ferry", b"f\xffrry"), (b"note", b"no\0e")])
def test_a_damaged_line_is_refused(data: Path, tmp_path: Path, there: bytes, then: bytes) -> None:
    """What nobody has written is not taken for what was."""
    annotated(data, tmp_path / "found")
    file = Shard().file(tmp_path / "found")
    assert there in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(there, then, 1))
    with pytest.raises(BuildFailed, match=r"line \d+: no annotations, or damaged"):
        make(data, tmp_path / "index", tmp_path / "found")


def test_annotations_by_other_rules_are_refused(data: Path, tmp_path: Path) -> None:
    """They would give an index of two minds."""
    annotated(data, tmp_path / "found")
    file = Shard().file(tmp_path / "found")
    file.write_text(file.read_text().replace('{"extractor":"', '{"extractor":"0'))
    with pytest.raises(BuildFailed, match="another version"):
        make(data, tmp_path / "index", tmp_path / "found")
    assert annotated(data, tmp_path / "found") == (6, 0)


def test_no_annotations_are_an_error(data: Path, tmp_path: Path) -> None:
    """A mistyped folder must not cost a night."""
    (tmp_path / "found").mkdir()
    with pytest.raises(BuildFailed, match="no annotations in"):
        make(data, tmp_path / "index", tmp_path / "found")


def test_a_shard_is_written_by_one_at_a_time(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is told, and the first goes on."""
    def again(job: Job) -> Iterator[object]:
        with pytest.raises(BuildFailed, match="written by another process"):
            annotate_shard(data, tmp_path / "found", Shard(), 1, Silence())
        yield from examine_plainly(job)

    monkeypatch.setattr(refresh, "examine", again)
    assert annotated(data, tmp_path / "found") == (6, 0)


@given(st.text(), st.integers(1, 40))
def test_every_file_is_of_one_shard(path: str, shards: int) -> None:
    """However many there are."""
    assert sum(Shard(number, shards).holds(path) for number in range(1, shards + 1)) == 1
