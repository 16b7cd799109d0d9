"""What the ledger keeps of every file."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from indexer.build.entries import Entry, FileRead
from indexer.build.first_seen import discard
from indexer.build.ledger import Ledger
from indexer.build.serialization import pack, pack_people
from indexer.errors import LedgerDamaged
from indexer.models import Annotated, Article, Mention, Person, Quotation, Span

ADEYEMI = Person("Ruth Adeyemi", (Mention(Span(6, 18), "Ruth Adeyemi"),), "mayor of Calder")


def entry(path: str = "a.md", sha256: str = "1", **more: Any) -> Entry:
    """An article as the build writes it down."""
    id, text = path.removesuffix(".md"), '"No," Ruth Adeyemi said.'
    article = Article(id, path, "No", "Ann Low", datetime(2012, 3, 28), text)
    annotated = Annotated(article, (ADEYEMI,), (Quotation(Span(1, 4), "fragment", "Ruth Adeyemi", "person", "name"),))
    return Entry(path, id, sha256, words=4, quotations=1, published="2012-03-28T00:00:00",
                 article=pack(annotated), people=pack_people(annotated.people), authors="Ann Low",
                 offices=("the mayor",), fingerprint=(7, 8, 9),
                 **more)


def file(path: str = "a.md", sha256: str = "1", *stories: str) -> FileRead:
    """A file that holds one article, or those."""
    id = path.removesuffix(".md")
    return FileRead(path, id, 24, 5, sha256, stories=stories or (id,))


def test_what_is_stored_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    """Articles, their people, fingerprints and sums outlast the process."""
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.store([entry("b.md"), entry("a.md"), file(), Entry("c.md", "c", "2", problem="empty")], "x")
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        assert [each.article.id for each in ledger.annotated()] == ["a", "b"]
        assert next(ledger.annotated()).people == (ADEYEMI,)
        names = next(ledger.names())
        assert names[:2] == ("a", datetime(2012, 3, 28)) and names.people[0].name == "Ruth Adeyemi"
        assert (names.authors, names.offices) == ("Ann Low", ["the mayor"])
        assert dict(ledger.fingerprints()) == {"a": (7, 8, 9), "b": (7, 8, 9)}
        assert ledger.skipped() == [("c.md", "empty")]
        assert ledger.totals() == (2, 2, 0, 8)
        assert ledger.known()["a.md"].sha256 == "1"


def test_a_file_keeps_the_time_it_was_first_seen(tmp_path: Path) -> None:
    """Reading it again changes everything else."""
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.store([entry()], "x")
        first = ledger.indexed()
        ledger.remember({"a": "2001-01-01T00:00:00+00:00"})
        ledger.store([entry(sha256="2")], "x")
        assert ledger.indexed() == {"a": "2001-01-01T00:00:00+00:00"} != first
        assert ledger.stories_of("a.md", "x", "") == {"a": "2"}


def test_the_state_is_that_of_what_is_indexed(tmp_path: Path) -> None:
    """Equal however it came about; another when a file, its words or its reader change."""
    with Ledger(tmp_path / "one.sqlite") as one, Ledger(tmp_path / "two.sqlite") as two:
        one.store([entry("a.md"), entry("b.md")], "x")
        two.store([entry("b.md", "9"), entry("c.md")], "x")
        two.store([entry("b.md"), entry("a.md")], "x")
        assert one.state() != two.state()
        two.forget(["c.md"])
        two.touch(replace(file(), mtime_ns=6))
        assert one.state() == two.state()
        two.store([entry("a.md")], "y")
        assert one.state() != two.state()


def test_a_damaged_ledger_is_begun_anew(tmp_path: Path) -> None:
    """It can all be read again from the archive."""
    (tmp_path / "ledger.sqlite").write_bytes(b"no database" * 1_000)
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        assert ledger.known() == {}


@pytest.mark.parametrize("column, value", [
    ("published", "2013-03-28T00:00:00"), ("words", 5), ("indexed", "2001"), ("sha256", "2"), ("id", "b"),
    ("fingerprint", "[7]"), ("quotations", "x"), ("encoding", None),
])
def test_what_was_not_written_is_not_believed(tmp_path: Path, column: str, value: object) -> None:
    """A bit that has turned is told, before anything is built of it."""
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.store([entry(), file()], "x")
        ledger._database.execute(f"UPDATE stories SET {column} = ?", (value,))
        with pytest.raises(LedgerDamaged):
            ledger.known()


@pytest.mark.parametrize("column", ["article", "people"])
def test_damaged_annotations_are_not_believed(tmp_path: Path, column: str) -> None:
    """Whichever bit it was, unless it says nothing: the compressed bytes are filled up with some to a whole byte."""
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.store([entry()], "x")
        whole, refused = list(ledger.annotated()), 0
        packed = bytearray(getattr(entry(), column))
        for at in range(len(packed)):
            packed[at] ^= 16
            ledger._database.execute(f"UPDATE {column.removesuffix('people') or 'person'}s SET {column} = ?", (packed,))
            packed[at] ^= 16
            try:
                assert list(ledger.annotated()) == whole
            except LedgerDamaged:
                refused += 1
        assert refused >= len(packed) - 1
        ledger._database.execute("DELETE FROM persons")
        for read in (ledger.annotated, ledger.names):
            with pytest.raises(LedgerDamaged):
                list(read())


def test_a_ledger_that_is_only_read_stays(tmp_path: Path) -> None:
    """Whoever compares changes nothing."""
    for content in (b"no database" * 1_000, b""):
        (tmp_path / "ledger.sqlite").write_bytes(content)
        with pytest.raises(LedgerDamaged):
            Ledger(tmp_path / "ledger.sqlite", only_read=True)
        assert (tmp_path / "ledger.sqlite").read_bytes() == content


def test_a_ledger_of_another_version_is_begun_anew(tmp_path: Path) -> None:
    """What an older program wrote is not guessed at."""
    with sqlite3.connect(tmp_path / "ledger.sqlite") as database:
        database.execute("CREATE TABLE files (path TEXT)")
    database.close()
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.store([entry()], "x")
        assert ledger.totals() == (1, 1, 0, 4)


@pytest.mark.parametrize(("day", "month", "order"), [
    (0, 0, ""), (11, 0, ""), (12, 0, "day"), (1, 12, "month"), (2, 12, ""), (40, 4, "day"), (40, 5, ""),
])
def test_dates_without_doubt_decide_for_the_others(tmp_path: Path, day: int, month: int, order: str) -> None:
    """Twelve of them, unless a tenth speaks against."""
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.store([entry(f"{number}.md", day_order="day" if number < day else "month")
                      for number in range(day + month)], "x")
        ledger.store([entry("unsure.md", taken_as="month")], "x")
        assert ledger.day_order() == order
        assert ledger.unsure() == 1
        assert ledger.taken_otherwise("day") == {"unsure.md"} and ledger.taken_otherwise("month") == set()
        assert ledger.stories_of("unsure.md", "x", "day") == {}
        assert ledger.stories_of("unsure.md", "x", "") == {"unsure": "1"}


def test_a_story_that_went_to_another_file_stays(tmp_path: Path) -> None:
    """The file that had it has another one now."""
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.store([entry("a.txt"), file("a.txt", "1", "a.txt")], "x")
        ledger.store([replace(entry("b.txt"), id="a.txt"), file("b.txt", "1", "a.txt"),
                      file("a.txt", "2", "other")], "x")
        assert [(each.id, each.path) for each in ledger.sources()] == [("a.txt", "b.txt")]


def test_what_is_no_article_is_counted(tmp_path: Path) -> None:
    """By file and reason."""
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.store([replace(file(), passed={"images": 3, "drafts": 1}), entry(warnings=("no date",))], "x")
        assert ledger.passed() == [("a.md", "drafts", 1), ("a.md", "images", 3)]
        assert ledger.warned() == [("a", "no date")]


def test_a_file_that_was_not_written_so_is_not_believed(tmp_path: Path) -> None:
    """Files have their seals, too."""
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.store([file()], "x")
        ledger._database.execute("UPDATE files SET problem = 'x'")
        with pytest.raises(LedgerDamaged):
            ledger.known()


@pytest.mark.parametrize("damage", ["", "PRAGMA user_version = 3", "UPDATE stories SET sha256 = 'x'"])
def test_when_a_story_was_first_seen_outlasts_the_story_and_the_ledger(tmp_path: Path, damage: str) -> None:
    """It is all that cannot be found out again: a story that comes back is not new to those who follow the archive."""
    path, then = tmp_path / "ledger.sqlite", "2001-01-01T00:00:00+00:00"
    with Ledger(path) as ledger:
        ledger.remember({"a": then})
        ledger.store([entry(), file()], "x")
        ledger.forget(["a.md"])
        ledger.store([entry("b.md"), file("b.md")], "x")
    if damage:
        with sqlite3.connect(path) as database:
            database.execute(damage)
        database.close()
        seen = discard(path)
    with Ledger(path) as ledger:
        if damage:
            ledger.remember(seen)
        ledger.store([entry(), file()], "x")
        assert ledger.indexed()["a"] == then


def test_a_day_on_which_a_story_was_seen_is_not_believed_when_it_was_changed(tmp_path: Path) -> None:
    """It carries a seal, as all of the ledger does."""
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.remember({"a": "2001-01-01T00:00:00+00:00"})
        ledger._database.execute("UPDATE seen SET indexed = '1901-01-01T00:00:00+00:00'")
        ledger.store([entry(), file()], "x")
        assert ledger.indexed()["a"] > "2020"
