"""What the contract of the engines does not ask: Tantivy's files, its updates, and what it says where it is missing."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given, settings, strategies as st

from indexer.commands.cli import main
from indexer.engines import open_engine
from indexer.errors import IndexMissing, IndexOutdated, QueryTooLarge
from indexer.query.tree import EVERYTHING, And, Exact, InArticle, Near, Not, Or, Phrase, Prefix, Query, Words
from indexer.search.engine import Document, Kind, Sort
from indexer.search.time_limit import unlimited
from tests.conftest import archive, article_document
from tests.engines.linear_engine import LinearEngine
from tests.engines.test_contract import need

if TYPE_CHECKING:
    from indexer.engines.tantivy import TantivyEngine


@pytest.fixture(autouse=True)
def installed() -> Iterator[None]:
    """Tantivy, and the time that a loaded machine takes."""
    need("tantivy")
    with unlimited():
        yield


def written(documents: Sequence[Document], folder: Path) -> TantivyEngine:
    from indexer.engines.tantivy import TantivyEngine, TantivyWriter

    folder.mkdir(exist_ok=True)
    TantivyWriter(folder).write(documents)
    return TantivyEngine(folder)


def updated(
    before: Path, folder: Path, documents: Sequence[Document], gone: Sequence[tuple[Kind, str]]
) -> TantivyEngine:
    from indexer.engines.tantivy import TantivyEngine, TantivyWriter

    folder.mkdir()
    assert TantivyWriter(folder).update(before, documents, gone)
    return TantivyEngine(folder)


def test_it_says_how_to_install_it() -> None:
    """Where Tantivy is missing, the command ends with one line before it reads anything."""
    script = ("import sys; sys.modules['tantivy'] = None; from indexer.commands.cli import main; "
              "main(['build', 'nowhere', '--engine', 'tantivy'])")
    root = Path(__file__).parents[2]
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=root)
    assert ended.returncode == 1
    needs = "Error: The engine tantivy needs tantivy, which is not installed: pip install 'onrecord[tantivy]'\n"
    assert ended.stderr == needs


def test_the_command_builds_and_searches(tmp_path: Path) -> None:
    """The engine is named once; what was built knows it."""
    data, index = tmp_path / "data", str(tmp_path / "index")
    data.mkdir()
    (data / "a.md").write_text('"The ferry must pay," said Ruth Adeyemi, the mayor.')
    assert CliRunner().invoke(main, ["build", str(data), "--index", index, "--engine", "tantivy"]).exit_code == 0
    assert json.loads(CliRunner().invoke(main, ["stats", "--index", index, "--json"]).output)["engine"] == "tantivy"
    assert "must pay" in CliRunner().invoke(main, ["quotes", "--index", index, "ferry"]).output
    (data / "b.md").write_text('"The ferry is late," said Hank Sorensen, a captain.')
    assert CliRunner().invoke(main, ["update", str(data), "--index", index]).exit_code == 0
    engine = open_engine(index)
    assert (type(engine).__name__, engine.count(Words("ferry"), kind="quotation")) == ("TantivyEngine", 2)


def test_files_are_as_readable_as_their_folder(tmp_path: Path) -> None:
    """Another user may serve what one user has built."""
    before = os.umask(0o022)
    try:
        written(archive(), tmp_path / "index")
    finally:
        os.umask(before)
    files = [path for path in (tmp_path / "index").rglob("*") if path.is_file()]
    assert files and {path.stat().st_mode & 0o777 for path in files} == {0o644}


def test_a_folder_that_cannot_be_written_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tantivy would lock a file in it, even to read."""
    writable = written(archive(), tmp_path / "index")
    expected = writable.count(Words("ferry"), kind="article")
    writable.close()
    shutil.copytree(tmp_path / "index", tmp_path / "copy", ignore=shutil.ignore_patterns("*.lock"))
    held = sorted((tmp_path / "copy").rglob("*"))       # no thread of the first engine knows this folder
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    from indexer.engines.tantivy import TantivyEngine

    engine = TantivyEngine(tmp_path / "copy")
    assert engine.count(Words("ferry"), kind="article") == expected
    assert sorted((tmp_path / "copy").rglob("*")) == held
    engine.close()


def test_what_others_wrote_is_refused(tmp_path: Path) -> None:
    """An empty folder is no index, and an index of another format is not read."""
    from indexer.engines.tantivy import TantivyEngine, TantivyWriter

    with pytest.raises(IndexMissing):
        TantivyEngine(tmp_path)
    written(archive(), tmp_path / "index").close()
    (tmp_path / "index" / "format.json").write_text('{"format": "tantivy 0"}')
    with pytest.raises(IndexOutdated, match="written as tantivy 0"):
        TantivyEngine(tmp_path / "index")
    assert TantivyWriter(tmp_path / "new").update(tmp_path / "index", []) is False
    assert not (tmp_path / "new").exists()


def test_nothing_written_answers_nothing(tmp_path: Path) -> None:
    """An archive without documents is still an index."""
    engine = written([], tmp_path / "index")
    assert engine.search(Words("ferry"), facets=("year",), histogram=True).hits == ()
    assert (engine.stats()["articles"], engine.stats()["first"], engine.suggest("ade")) == (0, "", [])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> TantivyEngine:
    need("tantivy")
    return written(archive(), tmp_path_factory.mktemp("small") / "index")


@pytest.mark.parametrize("filters", [
    InArticle(Words("robbery")),
    InArticle(And((Phrase("Ruth Adeyemi", "speaker"), Not(Words("fares"))))),
    InArticle(Or((Words("goat"), Exact("2014", "year")))),
    InArticle(Words("rise", "title")),
])
@pytest.mark.parametrize("kind", ["article", "quotation"])
@pytest.mark.parametrize("query", [EVERYTHING, Or((Words("the"), Words("at"), Words("goat")))])
def test_in_articles(small: TantivyEngine, filters: Query, kind: Kind, query: Query) -> None:
    """Quotations by the words of their article, whether that is asked of the article or known of the quotation."""
    found = [[hit.document["id"] for hit in each.every(query, kind=kind, filters=filters, sort="oldest")]
             for each in (small, LinearEngine(archive()))]
    assert sorted(found[0]) == sorted(found[1]) != []


def many(count: int) -> list[Document]:
    """Articles of few words in all orders, some of them alike, some of one day, some undated."""
    chance = random.Random(7)
    words = "ferry harbor levy soda goat wall mile".split()
    return [article_document(
        f"a/{number}", " ".join(chance.sample(words, 2)), " ".join(chance.choices(words, k=12)),
        chance.choice(("", "2011-05-06T10:00", f"20{10 + number % 7}-0{1 + number % 9}-11T08:00")),
        group=f"g{number % 170}" if number % 3 else "") for number in range(count)]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> tuple[TantivyEngine, LinearEngine]:
    need("tantivy")
    documents = many(400)
    return written(documents, tmp_path_factory.mktemp("crowd") / "index"), LinearEngine(documents)


@pytest.mark.parametrize("query", [Words("ferry"), Or((Words("goat"), Words("soda"))), EVERYTHING])
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("collapse", [True, False])
def test_pages_join_to_the_whole(
    crowd: tuple[TantivyEngine, LinearEngine], query: Query, sort: Sort, collapse: bool
) -> None:
    """However far one pages, nothing is lost or shown twice, and the counts are those of reading everything."""
    engine, judge = crowd
    pages, number = [], 1
    while found := engine.search(query, sort=sort, page=number, per_page=23, collapse=collapse):
        if not found.hits:
            break
        pages += [(hit.document["id"], hit.duplicates) for hit in found.hits if not hit.partial]
        number += 1
    whole = judge.search(query, per_page=1_000, collapse=collapse)
    first = engine.search(query, sort=sort, per_page=5, collapse=collapse)
    assert (first.total, first.distinct) == (whole.total, whole.distinct)
    assert len({id for id, _ in pages}) == len(pages) == whole.distinct
    assert sorted(count for _, count in pages) == sorted(hit.duplicates for hit in whole.hits)
    if not collapse:
        every = [hit.document["id"] for hit in engine.every(query, kind="article", sort=sort)]
        assert every == [id for id, _ in pages]


@settings(max_examples=60)
@given(words=st.lists(st.sampled_from("ferry harbor levy soda goat".split()), min_size=2, max_size=4),
       distance=st.integers(0, 7))
def test_nearness(crowd: tuple[TantivyEngine, LinearEngine], words: list[str], distance: int) -> None:
    """Any number of words in any order, a word as often as it is asked for."""
    query = Near(" ".join(words), distance, "text")
    found = [sorted(hit.document["id"] for hit in each.every(query, kind="article")) for each in crowd]
    assert found[0] == found[1]


def test_prefixes_of_too_many_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A beginning that stands for more words than a request may ask is refused."""
    engine = written(archive(), tmp_path / "index")
    monkeypatch.setattr("indexer.search.time_limit.Deadline.__init__", lambda self: self.__dict__.update(
        _end=float("inf"), expansions=1))
    with pytest.raises(QueryTooLarge, match="begin with “par”"):
        engine.search(Prefix("par"))


def changed(document: Document) -> Document:
    return {**document, "text": "The zeppelin has landed.", "title": "Zeppelin"}


def answers(engine: TantivyEngine) -> list[object]:
    """What an engine says of everything that may have changed."""
    asked: list[tuple[Query, Kind]] = [
        (EVERYTHING, "article"), (EVERYTHING, "quotation"), (EVERYTHING, "person"), (Words("zeppelin"), "article"),
        (Phrase("sea wall"), "article"), (Words("ferry"), "article"), (Words("adeyemi"), "quotation")]
    results = [engine.search(query, kind=kind, sort="newest", facets=("year", "author_id"), histogram=True)
               for query, kind in asked]
    return [[(each.total, each.distinct, each.facets, each.histogram, sorted(hit.duplicates for hit in each.hits))
             for each in results], {**engine.stats(), "bytes": 0}]


@pytest.mark.parametrize("gone", [[], ["nadia-okafor/sea-wall"], ["jonah-reyes/sea-wall-update", "lost/note"]])
def test_an_update_answers_as_a_build_anew(tmp_path: Path, gone: list[str]) -> None:
    """Documents added, changed and removed, a group's first among them; the build before still answers."""
    old = archive()
    first = written(old[:-2], tmp_path / "first")
    before = answers(first)
    new = [changed(each) if each["id"] == "terrence-boyle/goat" else each for each in old if each["id"] not in gone]
    todo = [each for each in new if each not in old[:-2]]
    second = updated(tmp_path / "first", tmp_path / "second", todo, [("article", id) for id in gone])
    assert answers(second) == answers(written(new, tmp_path / "anew"))
    third = updated(tmp_path / "second", tmp_path / "third", [each for each in old if each not in new], [])
    assert answers(third) == answers(written(old, tmp_path / "again"))
    assert answers(first) == before
