"""What is written is whole or not there, and nobody is left behind."""

from __future__ import annotations

import io
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest
from hypothesis import given, settings, strategies as st
from whoosh import columns, formats, index
from whoosh.codec import whoosh3
from whoosh.filedb import structfile

from indexer.engines.whoosh import WhooshEngine, WhooshWriter, unpickling, writer as whoosh_writer
from indexer.engines.whoosh.shard import KINDS
from indexer.errors import IndexMissing, IndexOutdated, OnRecordError
from indexer.query.tree import EVERYTHING, And, Exact, InArticle, Not, Phrase, Prefix, Query, Range, Words
from indexer.search.engine import Document, Engine, Kind, Sort
from indexer.search.time_limit import unlimited
from tests.conftest import archive, article_document, quotation_document

ROOT = Path(__file__).parents[2]
ENDLESS = """
import sys
from itertools import count
from pathlib import Path
from indexer.engines.whoosh import writer as whoosh_writer
from tests.conftest import article_document
whoosh_writer.ONE_PROCESS = 10
whoosh_writer.WhooshWriter(Path(sys.argv[1])).write(
    article_document(f"a/{number}", "Ferry", f"Fare {number} to Harrow Hill.") for number in count())
"""


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes under /proc")


def status(process: int) -> list[str]:
    """State, parent and more of a process; nothing where there is none."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def children(process: int) -> list[int]:
    """The processes that a process has started and that still run."""
    numbers = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())
    return sorted(each for each in numbers if status(each)[1:2] == [str(process)] and runs(each))


def runs(process: int) -> bool:
    """Whether a process is there and not a zombie that waits to be collected."""
    return status(process)[:1] not in ([], ["Z"])


def eventually(condition: Callable[[], bool], seconds: float = 300.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def endless(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that writes a build which never ends."""
    process = subprocess.Popen([sys.executable, "-c", ENDLESS, str(tmp_path)], cwd=ROOT, stderr=subprocess.PIPE)
    yield process
    process.kill()
    process.wait()
    assert process.stderr
    process.stderr.close()


@needs_proc
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_build_leaves_no_process(endless: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """However the build ends, those that write for it end, too."""
    assert eventually(lambda: len(children(endless.pid)) == 2)
    writing = children(endless.pid)
    endless.send_signal(how)
    assert eventually(lambda: not any(map(runs, writing)))


@needs_proc
def test_a_writer_that_dies_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The build does not go on without a part of its documents."""
    before = children(os.getpid())                # other tests may have left the servers of multiprocessing

    def documents() -> Iterator[Document]:
        for number in range(100_000):
            if number == 500:
                os.kill(next(each for each in children(os.getpid()) if each not in before), signal.SIGKILL)
            yield article_document(f"a/{number}", "Ferry", "Fares rise.")

    monkeypatch.setattr(whoosh_writer, "ONE_PROCESS", 10)
    monkeypatch.setattr(whoosh_writer, "BATCH", 20)
    with pytest.raises(OnRecordError, match="ended with status -9"):
        WhooshWriter(tmp_path).write(documents())


@needs_proc
def test_documents_that_break_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong while documents are made is raised as it is, and ends the writers."""
    before = children(os.getpid())

    def documents() -> Iterator[Document]:
        yield from archive()
        raise ValueError("the disk with the articles is gone")

    monkeypatch.setattr(whoosh_writer, "ONE_PROCESS", 3)
    with pytest.raises(ValueError, match="the disk with the articles is gone"):
        WhooshWriter(tmp_path).write(documents())
    assert children(os.getpid()) == before


def test_no_index(tmp_path: Path) -> None:
    """An empty folder, or none, is no index."""
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(IndexMissing):
            WhooshEngine(folder)


def test_what_is_held_answers_when_its_folder_is_gone(tmp_path: Path) -> None:
    """A server is still asked when a newer build has removed the one that it reads."""
    def found(engine: Engine) -> list[str]:
        return [hit.document["id"] for kind in KINDS for hit in engine.search(Words("ferry"), kind=kind).hits]

    WhooshWriter(tmp_path / "build").write(archive())
    held, open_before = WhooshEngine(tmp_path / "build"), WhooshEngine(tmp_path / "build")
    held.hold()
    expected = found(open_before)
    shutil.rmtree(tmp_path / "build")

    assert found(held) == expected != []
    assert held.suggest("ade") and held.quotations_of("lost/note") == open_before.quotations_of("lost/note")


def test_index_of_another_version(tmp_path: Path) -> None:
    """An index in another form is refused by name, with what mends it."""
    WhooshWriter(tmp_path).write(archive())
    values = tmp_path / "article.values"
    values.write_bytes(values.read_bytes().replace(b"whoosh packed", b"whoosh pocket"))
    with pytest.raises(IndexOutdated, match="--full"):
        WhooshEngine(tmp_path)


def test_index_of_an_earlier_format(tmp_path: Path) -> None:
    """So is one from before there were files of values."""
    WhooshWriter(tmp_path).write(archive())
    (tmp_path / "person.values").unlink()
    with pytest.raises(IndexOutdated, match="--full"):
        WhooshEngine(tmp_path)


def test_nothing_to_index(tmp_path: Path) -> None:
    """An archive without articles answers, with nothing."""
    assert WhooshWriter(tmp_path).write([]) == 0
    engine = WhooshEngine(tmp_path)
    assert engine.stats()["articles"] == 0
    engine.close()


def changed(document: Document) -> Document:
    """The same document after an edit that touches what is found, counted and sorted."""
    if document["kind"] == "person":
        return {**document, "aliases": [*document["aliases"], "The Captain"], "quotations": document["quotations"] + 1}
    text = "text" if document["kind"] == "article" else "said"
    return {**document, text: document[text] + " A ferry, a wall, a goat.", "year": "2013", "date": "2013-02-02T10:00",
            "month": "2013-02"}


def fresh(number: int) -> list[Document]:
    """A new article and its quotation."""
    text = 'It sails. "Ahoy to the sea wall," said a man.'
    article = article_document(f"new/{number}", f"Ferry {number} Sails", text, f"2015-0{number + 1}-01T08:00",
                               said=["Ahoy to the sea wall,"])
    return [article, quotation_document(article, 1, "Ahoy to the sea wall,")]


QUERIES: tuple[Query, ...] = (
    EVERYTHING, Words("ferry"), Words("goat"), Phrase("sea wall"), Phrase("alder street"), Prefix("fer"),
    And((Words("sea"), Words("ferry"), Words("robbery"))), Not(Words("wall")), Phrase("the captain", "speaker"),
    Range("date", date(2013, 1, 1), date(2015, 12, 31)), Exact("2013", "year"), InArticle(Words("mile")),
    And((Phrase("Ruth Adeyemi", "speaker"), Words("robbery"))), Words("Saltmarch"),
)


def answers(engine: Engine) -> Iterator[object]:
    """Everything that an engine says, but for its build and its time."""
    facets, orders = ("speaker_id", "mentioned_id", "year"), get_args(Sort)
    for kind in get_args(Kind):
        for number, query in enumerate(QUERIES):
            for sort in orders if query == EVERYTHING else ("relevance", orders[number % len(orders)]):
                found = engine.search(query, kind=kind, sort=sort, facets=facets, histogram=True)
                yield replace(found, build="", seconds=0.0)
    for typed in ("cap", "adeyami", "m", "sorensen"):
        yield list(engine.suggest(typed))
    for article in ("ben-castellan/ferry-fares", "new/1"):
        yield list(engine.quotations_of(article))
    yield {name: value for name, value in engine.stats().items() if name != "bytes"}


edits = st.lists(st.tuples(
    st.sets(st.sampled_from([(each["kind"], each["id"]) for each in archive()]), max_size=4),        # taken out
    st.sets(st.sampled_from([(each["kind"], each["id"]) for each in archive()]), max_size=4),        # changed
    st.sets(st.integers(0, 5), max_size=2),                                                          # added
), min_size=1, max_size=3)


@settings(max_examples=10)
@given(edits=edits, most_shards=st.sampled_from([2, 3, 10]))
def test_an_update_is_a_build_anew(
    edits: list[tuple[set[tuple[Kind, str]], set[tuple[Kind, str]], set[int]]], most_shards: int
) -> None:
    """Whatever was taken out, changed and added, in however many updates, all answers are those of a full build."""
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch, unlimited():
        patch.setattr(whoosh_writer, "MOST_GONE", 1.0)
        patch.setattr(whoosh_writer, "MOST_MERGED", 1.0)
        patch.setattr(whoosh_writer, "MOST_SHARDS", most_shards)
        held = {(each["kind"], each["id"]): each for each in archive()}
        folder = Path(name) / "0"
        WhooshWriter(folder).write(held.values())
        for number, (gone, touched, added) in enumerate(edits, 1):
            new = [changed(held[key]) for key in touched - gone if key in held] + [
                each for number in added for each in fresh(number)]
            before, folder = folder, Path(name) / str(number)
            assert WhooshWriter(folder).update(before, new, gone)
            held = {key: each for key, each in held.items() if key not in gone}
            held.update({(each["kind"], each["id"]): each for each in new})
        anew = Path(name) / "anew"
        WhooshWriter(anew).write(held.values())
        updated, full = WhooshEngine(folder), WhooshEngine(anew)
        for one, other in zip(answers(updated), answers(full), strict=True):
            assert one == other
        updated.close()
        full.close()


def test_an_update_of_too_much_is_refused(tmp_path: Path) -> None:
    """Where much is gone, or many updates have been, a build anew is better; nothing is written."""
    WhooshWriter(tmp_path / "0").write(archive())
    assert not WhooshWriter(tmp_path / "1").update(tmp_path / "0", archive())
    assert not (tmp_path / "1").exists()


def test_an_update_leaves_the_build_before_as_it_was(tmp_path: Path) -> None:
    """The one that answers goes on answering the same."""
    WhooshWriter(tmp_path / "0").write(archive())
    engine = WhooshEngine(tmp_path / "0")
    before = list(answers(engine))
    assert WhooshWriter(tmp_path / "1").update(tmp_path / "0", fresh(1), [("article", "lost/note")])
    assert list(answers(engine)) == before
    reopened = WhooshEngine(tmp_path / "0")
    assert list(answers(reopened)) == before
    engine.close()
    reopened.close()


class Harmful:
    """What a pickle can do to whoever opens it."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch harmed",)


@pytest.mark.parametrize("where", ["schema", "segments", "stored"])
def test_no_pickle_of_an_index_runs_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """Of whatever Whoosh keeps so, only what an index consists of is made."""
    monkeypatch.chdir(tmp_path)
    harmful, reading = pickle.dumps(Harmful()), vars(index)["pickle"]
    with pytest.raises(pickle.UnpicklingError, match="no part of an index"):
        if where == "segments":
            structfile.StructFile(io.BytesIO(harmful)).read_pickle()
        elif where == "schema":
            reading.loads(harmful)
        else:
            columns.loads(harmful)
    assert not (tmp_path / "harmed").exists()
    assert whoosh3.loads is formats.loads is columns.loads is unpickling.loads
