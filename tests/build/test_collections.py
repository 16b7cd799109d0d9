"""Files of many articles in a build: what changes is written, what goes is gone, what cannot be read is named."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from indexer.build import next_build as building, refresh, workers
from indexer.build.annotation_shards import Shard, annotate_shard
from indexer.build.builder import build
from indexer.build.report import BuildReport
from indexer.build.entries import Entry, FileRead
from indexer.build.plan import Silence
from indexer.build.refresh import Job, examine
from indexer.engines import ENGINES, EnginePlace, open_engine
from indexer.errors import BuildFailed
from indexer.models import Annotated, Article
from indexer.reading import DayOrder, Options
from indexer.reading.dates import Published
from tests.build.hanging import Clock, hang
from tests.build.plain_annotation import at_once, examine_plainly

ROWS = {"f-1": "The ferry floats.", "f-2": "The wall is wet.", "f-3": "A goat is lost."}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is read here, and however much has changed, the index is updated."""
    monkeypatch.setitem(ENGINES, "kept", EnginePlace("tests.engines.kept_engine", "KeptEngine", "KeptWriter"))
    monkeypatch.setattr(refresh, "share", at_once)
    monkeypatch.setattr(building, "MOST_CHANGED", 1.0)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A table beside a story."""
    (tmp_path / "data").mkdir()
    write(tmp_path / "data", ROWS)
    (tmp_path / "data/story.md").write_text("A story by itself.")
    os.utime(tmp_path / "data/story.md", (1_300_000_000, 1_300_000_000))
    return tmp_path / "data"


def write(data: Path, rows: dict[str, str], name: str = "export.csv") -> None:
    """The table, last changed long ago."""
    (data / name).write_text("id,text\n" + "".join(f"{id},{text}\n" for id, text in rows.items()))
    os.utime(data / name, (1_300_000_000 + len(str(rows)), 1_300_000_000 + len(str(rows))))


def make(data: Path, index: Path, **more: Any) -> BuildReport:
    return build(data, index, engine="kept", jobs=2, **more)


def held(index: Path) -> dict[str, str]:
    """The articles that answer, with their texts."""
    documents = open_engine(index).documents  # type: ignore[attr-defined]
    return {each["id"]: each["text"] for each in documents if each["kind"] == "article"}


def annotated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the articles that are annotated from now on."""
    seen: list[str] = []

    def note(article: Article) -> Annotated:
        seen.append(article.id)
        return Annotated(article, (), ())

    monkeypatch.setattr(refresh, "annotate", note)
    return seen


def test_the_rows_of_a_table_are_articles(data: Path, tmp_path: Path) -> None:
    """Each with the path of the file."""
    report = make(data, tmp_path / "index")
    assert held(tmp_path / "index") == {
        "export.csv#f-1": "The ferry floats.", "export.csv#f-2": "The wall is wet.",
        "export.csv#f-3": "A goat is lost.", "story": "A story by itself."}
    assert (report.articles, report.read, report.skipped, report.unread) == (4, 2, (), ())
    assert open_engine(tmp_path / "index").get("article", "export.csv#f-2")["path"] == "export.csv"


def test_an_archive_may_be_one_file(data: Path, tmp_path: Path) -> None:
    """As the export came."""
    assert make(data / "export.csv", tmp_path / "index").articles == 3
    assert make(data / "export.csv", tmp_path / "index").changed is False


def test_a_changed_row_is_written_anew_and_no_other(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that came is written, one that went goes."""
    make(data, tmp_path / "index")
    seen = annotated(monkeypatch)
    write(data, {"f-4": "A new row.", "f-1": ROWS["f-1"], "f-2": "The wall is dry."})
    report = make(data, tmp_path / "index")
    assert sorted(seen) == ["export.csv#f-2", "export.csv#f-4"]
    assert (report.read, report.written) == (1, 2)
    assert held(tmp_path / "index") == {
        "export.csv#f-1": "The ferry floats.", "export.csv#f-2": "The wall is dry.",
        "export.csv#f-4": "A new row.", "story": "A story by itself."}


def test_a_file_that_is_gone_takes_its_articles_along(data: Path, tmp_path: Path) -> None:
    """All of them."""
    make(data, tmp_path / "index")
    (data / "export.csv").unlink()
    report = make(data, tmp_path / "index")
    assert (report.removed, list(held(tmp_path / "index"))) == (1, ["story"])


def test_a_file_that_was_touched_is_not_annotated(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its time is another and its bytes are not."""
    make(data, tmp_path / "index")
    seen = annotated(monkeypatch)
    os.utime(data / "export.csv", (1_400_000_000, 1_400_000_000))
    assert make(data, tmp_path / "index").changed is False
    assert seen == []


def test_a_bad_row_is_named_and_stops_nothing(data: Path, tmp_path: Path) -> None:
    """With the line; an article whose row has become bad is gone."""
    make(data, tmp_path / "index")
    write(data, {**ROWS, "f-2": "The wall, is wet.", "f-3": ""})
    report = make(data, tmp_path / "index")
    assert list(held(tmp_path / "index")) == ["export.csv#f-1", "story"]
    assert report.skipped == (("export.csv", "line 3: 3 cells where the head has 2"),
                              ("export.csv", "line 4: f-3: no text"))
    assert report.missed == 2


def test_a_large_file_is_shared_out(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each process annotates its part of the rows; together they are all."""
    monkeypatch.setattr(refresh, "PART", 10)
    rows = {f"f-{number}": f"Row {number}." for number in range(20)}
    write(data, rows)
    assert make(data, tmp_path / "index").articles == 21
    seen = annotated(monkeypatch)
    write(data, {**rows, "f-7": "Another row."})
    assert make(data, tmp_path / "index").articles == 21
    assert seen == ["export.csv#f-7"]
    assert held(tmp_path / "index")["export.csv#f-7"] == "Another row."


def test_a_mistake_of_ours_costs_that_row(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are indexed."""
    def fail(article: Article) -> Annotated:
        if article.id.endswith("f-2"):
            raise RuntimeError("no such branch")
        return Annotated(article, (), ())

    monkeypatch.setattr(refresh, "annotate", fail)
    report = make(data, tmp_path / "index")
    assert report.skipped == (("export.csv", "f-2: could not be understood (RuntimeError: no such branch)"),)
    assert report.articles == 3


def die_or_hang(job: Job) -> Iterator[Entry | FileRead]:
    """Stands in for rules that kill or hold up their process at one row and another."""
    for each in examine_plainly(job):
        if isinstance(each, Entry) and each.id.endswith("#f-2"):
            os.kill(os.getpid(), signal.SIGKILL)
        if isinstance(each, Entry) and each.id.endswith("#f-4"):
            hang(job.root.parent / "hanging")
        yield each


def test_a_row_that_kills_its_process_costs_itself(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that hangs; the rest of the file is read by another process."""
    monkeypatch.undo()
    monkeypatch.setattr(workers, "time", Clock(data.parent / "hanging"))
    monkeypatch.setitem(ENGINES, "kept", EnginePlace("tests.engines.kept_engine", "KeptEngine", "KeptWriter"))
    monkeypatch.setattr(refresh, "examine", die_or_hang)
    write(data, {**ROWS, "f-4": "It hangs.", "f-5": "The last."})
    report = make(data, tmp_path / "index", timeout=0.6)
    assert report.skipped == (("export.csv", "article 2: the process that read it died (signal 9)"),
                              ("export.csv", "article 4: was silent for 6 seconds"))
    assert list(held(tmp_path / "index")) == ["export.csv#f-1", "export.csv#f-3", "export.csv#f-5", "story"]
    assert make(data, tmp_path / "index").read == 0


def test_a_file_that_is_lost_twice_on_end_is_given_up(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A place that no process gets past is not looked at for ever."""
    monkeypatch.undo()
    monkeypatch.setitem(ENGINES, "kept", EnginePlace("tests.engines.kept_engine", "KeptEngine", "KeptWriter"))
    monkeypatch.setattr(refresh, "examine", always_die)
    report = make(data, tmp_path / "index")
    assert [path for path, _ in report.skipped] == ["export.csv", "export.csv"]
    assert report.articles == 1


def always_die(job: Job) -> Iterator[Entry | FileRead]:
    """Stands in for a parser that crashes on tables."""
    if job.path.suffix == ".csv":
        os.kill(os.getpid(), signal.SIGKILL)
    yield from examine_plainly(job)


def test_columns_that_the_owner_names(data: Path, tmp_path: Path) -> None:
    """Another configuration reads the tables again, and only a build by it does."""
    (data / "export.csv").write_text("id,text,Artikel\n1,Teaser.,The whole story.\n")
    make(data, tmp_path / "index")
    report = make(data, tmp_path / "index", options=Options(columns={"text": "Artikel"}))
    assert held(tmp_path / "index")["export.csv#1"] == "The whole story."
    assert report.read == 2
    assert make(data, tmp_path / "index", options=Options(columns={"text": "Artikel"})).changed is False


def test_what_is_not_read_is_counted(data: Path, tmp_path: Path) -> None:
    """By suffix with the reason; images are no article that is missed."""
    make(data, tmp_path / "index")
    for name in ("a.pdf", "b.PDF", "c.docx", "d.xyz", "e.jpg", "f", "people.toml", "onrecord.toml", ".hidden.pdf"):
        (data / name).write_text("")
    report = make(data, tmp_path / "index")
    assert [(each.what, each.number, each.reason) for each in report.unread] == [
        (".pdf", 2, "convert to text or HTML, e.g. pdftotext"), (".xyz", 1, "not of a kind that is read"),
        ("without a suffix", 1, "not of a kind that is read"), (".jpg", 1, "images")]
    assert report.changed and report.skipped == (("c.docx", "not downloads of Nexis"),)
    assert report.missed == 5
    assert make(data, tmp_path / "index").unread == report.unread


def test_a_folder_without_articles_says_what_is_read(tmp_path: Path) -> None:
    """And changes nothing."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.pdf").touch()
    with pytest.raises(BuildFailed, match=r"There are no articles in .*What is read: Markdown \(\.md.*tables \(\.csv"):
        make(tmp_path / "data", tmp_path / "index")
    with pytest.raises(BuildFailed, match="What is read: Markdown"):
        annotate_shard(tmp_path / "data", tmp_path / "found", Shard(), 1, Silence())


def test_a_file_that_ends_too_soon_is_read_as_far_as_it_goes(data: Path, tmp_path: Path) -> None:
    """And named."""
    (data / "list.json").write_text('[{"id": 1, "text": "The wall is wet."}, {"id": 2, "te')
    report = make(data, tmp_path / "index")
    assert held(tmp_path / "index")["list.json#1"] == "The wall is wet."
    assert [path for path, _ in report.skipped] == ["list.json"]


def test_a_story_may_go_to_another_file(data: Path, tmp_path: Path) -> None:
    """Its id is that of a file whose suffix comes first; the other keeps its own."""
    (data / "both.txt").write_text("The text.")
    make(data, tmp_path / "index")
    assert held(tmp_path / "index")["both"] == "The text."
    (data / "both.md").write_text("The Markdown.")
    make(data, tmp_path / "index")
    assert (held(tmp_path / "index")["both"], held(tmp_path / "index")["both.txt"]) == ("The Markdown.", "The text.")
    (data / "both.md").unlink()
    make(data, tmp_path / "index")
    assert held(tmp_path / "index")["both"] == "The text." and "both.txt" not in held(tmp_path / "index")


def test_annotations_of_a_table_are_taken(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that was stopped in the middle of a file goes on there."""
    def stop(article: Article) -> Annotated:
        if article.id.endswith("f-3"):
            raise KeyboardInterrupt
        return Annotated(article, (), ())

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(refresh, "annotate", stop)
        annotate_shard(data, tmp_path / "found", Shard(), 1, Silence())
    seen = annotated(monkeypatch)
    done = annotate_shard(data, tmp_path / "found", Shard(), 1, Silence())
    assert (seen, done.written, done.there) == (["export.csv#f-3", "story"], 2, 0)
    monkeypatch.setattr(refresh, "annotate", stop)
    make(data, tmp_path / "index", annotations=tmp_path / "found")
    make(data, tmp_path / "anew", annotations=tmp_path / "found")
    assert held(tmp_path / "index") == held(tmp_path / "anew") and len(held(tmp_path / "index")) == 4


def test_a_file_that_changes_while_it_is_read_is_read_again(data: Path, tmp_path: Path) -> None:
    """What was read so shortly after a change proves nothing."""
    (data / "export.csv").write_text("id,text\n1,One.\n")
    *_, file = examine(Job(data / "export.csv", data))
    assert isinstance(file, FileRead) and file.mtime_ns == 0


def published(fields: Mapping[str, object], name: str, options: Options) -> Published:
    """Dates like 3/4/2013, read as the options say."""
    first, second, year = map(int, str(fields["date"]).split("/"))
    day = (first, second) if options.day_order == "day" or first > 12 else (second, first)
    order: DayOrder = "day" if first > 12 else "month" if second > 12 else ""
    return Published(datetime(year, day[1], day[0]), order=order, is_unsure=not order)


def dates(index: Path) -> dict[str, str]:
    documents = open_engine(index).documents  # type: ignore[attr-defined]
    return {each["id"]: each["date"][:10] for each in documents if each["kind"] == "article"}


def test_the_archive_decides_which_is_the_day(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read before it was decided is read again; what a person says goes before."""
    monkeypatch.setattr("indexer.reading.articles.published_of", published)
    (data / "story.md").unlink()
    rows = "a,3/4/2013,The ferry floats.\n"
    (data / "export.csv").write_text(f"id,date,text\n{rows}")
    report = make(data, tmp_path / "index")
    assert dates(tmp_path / "index") == {"export.csv#a": "2013-03-04"} and report.unsure_dates == 1
    said = make(data, tmp_path / "said", options=Options(day_order="day"))
    assert dates(tmp_path / "said") == {"export.csv#a": "2013-04-03"} and said.changed
    more = "".join(f"b{number},{number}/1/2013,Story {number}.\n" for number in range(13, 25))
    (data / "more.csv").write_text(f"id,date,text\n{more}")
    make(data, tmp_path / "index")
    assert dates(tmp_path / "index")["export.csv#a"] == "2013-04-03"
    make(data, tmp_path / "anew")
    assert dates(tmp_path / "index") == dates(tmp_path / "anew")
    (data / "more.csv").unlink()
    make(data, tmp_path / "index", most_lost=1.0)
    assert dates(tmp_path / "index") == {"export.csv#a": "2013-03-04"}
