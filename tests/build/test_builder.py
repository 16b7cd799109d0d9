"""From a folder of files to an index that answers, and what may go wrong on the way."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import index_folder
from indexer.build import next_build as building, refresh
from indexer.build.builder import build
from indexer.build.report import BuildReport
from indexer.build.check import differences
from indexer.build.entries import Entry, FileRead
from indexer.build.ledger import Ledger
from indexer.build.refresh import Job, examine
from indexer.build.workers import share
from indexer.engines import ENGINES, EnginePlace, open_engine
from indexer.errors import BuildFailed, IndexDamaged, IndexLocked, IndexMissing, IndexOutdated, OnRecordError
from indexer.index_folder import current_build, ledger_path, locked
from indexer.query.tree import EVERYTHING, Words
from tests.build.plain_annotation import at_once, examine_plainly

ARCHIVE = Path(__file__).parents[1] / "archive"


@pytest.fixture(autouse=True)
def plain_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds here are written with an engine that keeps the documents as they are, annotated from a table, and read in
    this process."""
    monkeypatch.setitem(ENGINES, "kept", EnginePlace("tests.engines.kept_engine", "KeptEngine", "KeptWriter"))
    monkeypatch.setattr(refresh, "examine", examine_plainly)
    monkeypatch.setattr(refresh, "share", at_once)


@pytest.fixture
def processes(plain_parts: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in processes, as they are for users."""
    monkeypatch.setattr(refresh, "share", share)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the small archive, to change."""
    shutil.copytree(ARCHIVE, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def make(data: Path, index: Path, **more: object) -> BuildReport:
    return build(data, index, engine="kept", jobs=1, **more)  # type: ignore[arg-type]


def held(index: Path) -> list[str]:
    """All the documents that answer, but for when they were first seen, as text."""
    documents = open_engine(index).documents  # type: ignore[attr-defined]
    return sorted(json.dumps({**each, "indexed": ""}, sort_keys=True) for each in documents)


def ids(index: Path) -> list[str]:
    return sorted(hit.document["id"] for hit in open_engine(index).every(EVERYTHING, kind="article"))


@pytest.mark.usefixtures("processes")
def test_a_folder_becomes_an_index_that_answers(data: Path, index: Path) -> None:
    """Every readable file is an article, with its quotations; the rest is named with its reason."""
    report = make(data, index)
    assert ids(index) == ["ben-castellan/ferry-fares", "ben-castellan/ferry-fares-update", "nadia-okafor/levy-passes",
                          "wire/cafe", "wire/note"]
    assert (report.articles, report.read, report.removed, report.changed) == (5, 6, 0, True)
    assert report.skipped == (("wire/gallery.md", "line 6: no text"),)
    assert report.quotations == open_engine(index).count(EVERYTHING, kind="quotation") == 11
    assert report.people == open_engine(index).count(EVERYTHING, kind="person")
    assert open_engine(index).count(Words("groans"), kind="article") == 1
    assert report.words > 100
    assert open_engine(index).build_id == report.build == current_build(index)


def test_versions_of_a_story_share_their_group(data: Path, index: Path) -> None:
    """The update of a story and the story are one group, the others their own."""
    make(data, index)
    groups = {hit.document["id"]: hit.document["group"] for hit in open_engine(index).every(EVERYTHING, kind="article")}
    assert groups["ben-castellan/ferry-fares-update"] == groups["ben-castellan/ferry-fares"]
    assert len(set(groups.values())) == 4


def test_the_report_stays_with_the_build(data: Path, index: Path) -> None:
    """What was built, by what, from where."""
    report = make(data, index)
    written = index_folder.report_of(index, report.build)
    assert written["articles"] == 5
    assert written["skipped"] == [["wire/gallery.md", "line 6: no text"]]
    assert written["encodings"] == {"cp1252": 1, "utf-8": 4}
    assert {"engine", "schema", "extractor", "onrecord", "built", "data", "state"} <= written.keys()
    assert json.loads((index / "reports" / f"{report.build}.json").read_text()) == written


def test_nothing_changed_is_nothing_done(data: Path, index: Path) -> None:
    """The second build reads no file and leaves the first to answer."""
    age(data)
    first = make(data, index)
    second = make(data, index)
    assert (second.read, second.changed, second.build) == (0, False, first.build)
    assert (second.articles, second.quotations, second.people, second.skipped) == (
        first.articles, first.quotations, first.people, first.skipped)


def age(data: Path) -> None:
    """Make all files older than a build would distrust."""
    for path in data.rglob("*.*"):
        os.utime(path, (1_300_000_000, 1_300_000_000))


def test_an_update_reads_what_changed_and_drops_what_is_gone(data: Path, index: Path) -> None:
    """New, changed, touched and removed files."""
    age(data)
    make(data, index)
    (data / "wire/note.txt").write_text("Another note about the harbor.")
    (data / "wire/new.md").write_text("A new story.")
    (data / "wire/cafe.html").unlink()
    os.utime(data / "nadia-okafor/levy-passes.md")
    report = make(data, index)
    assert (report.read, report.removed, report.changed) == (3, 1, True)
    assert "wire/cafe" not in ids(index)
    assert open_engine(index).get("article", "wire/note")["text"] == "Another note about the harbor."


def test_a_touched_file_is_no_change(data: Path, index: Path) -> None:
    """Another time and the same bytes leave the index as it is."""
    age(data)
    make(data, index)
    os.utime(data / "wire/note.txt", (1_400_000_000, 1_400_000_000))
    assert (make(data, index).read, make(data, index).read) == (1, 0)


def test_a_change_of_the_same_size_and_time_as_the_build_is_seen(data: Path, index: Path) -> None:
    """A file that was written just before it was read may be written again unnoticed: it is looked into."""
    os.utime(data / "wire/note.txt")
    make(data, index)
    status = (data / "wire/note.txt").stat()
    (data / "wire/note.txt").write_text((data / "wire/note.txt").read_text().replace("coffee", "cheese"))
    os.utime(data / "wire/note.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert make(data, index).changed


def test_a_file_that_takes_anothers_id_moves_it(data: Path, index: Path) -> None:
    """The first suffix has the short id, whenever it comes."""
    age(data)
    make(data, index)
    (data / "wire/note.md").write_text("The story that the note became.")
    make(data, index)
    assert {"wire/note", "wire/note.txt"} < set(ids(index))
    (data / "wire/note.md").unlink()
    make(data, index)
    assert "wire/note.txt" not in ids(index)


@pytest.mark.usefixtures("processes")
def test_full_reads_everything_again(data: Path, index: Path) -> None:
    """And gives the same answers."""
    make(data, index)
    before = held(index)
    report = make(data, index, full=True)
    assert (report.read, report.changed) == (6, True)
    assert held(index) == before


def test_corrections_of_people_are_applied_by_the_next_build(data: Path, index: Path) -> None:
    """The user's file counts as a change though no article is read again."""
    age(data)
    make(data, index)
    (data / "people.toml").write_text("# nothing yet\n")
    report = make(data, index)
    assert (report.read, report.changed) == (0, True)


@pytest.mark.usefixtures("processes")
def test_what_kills_its_process_costs_that_file(data: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is named, the others are indexed."""
    monkeypatch.setattr(refresh, "examine", examine_or_die)
    (data / "wire/killer.md").write_text("A story.")
    report = make(data, index)
    assert report.articles == 5
    assert ("wire/killer.md", "the process that read it died (signal 9)") in report.skipped


@pytest.mark.usefixtures("processes")
def test_a_file_that_was_given_up_is_not_tried_again_until_it_changes(
    data: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would hold up every update; a full build tries it again."""
    (data / "wire/killer.md").write_text("A story.")
    age(data)
    with monkeypatch.context() as patch:
        patch.setattr(refresh, "examine", examine_or_die)
        make(data, index)
    report = make(data, index)
    assert (report.read, len(report.skipped)) == (0, 2)
    assert make(data, index, full=True).articles == 6


def test_a_file_that_is_too_large_is_tried_with_another_limit(data: Path, index: Path) -> None:
    """The limit is the user's."""
    (data / "wire/large.txt").write_text("A long note. " * 1_000)
    age(data)
    assert ("wire/large.txt", "larger than 10,000 bytes") in make(data, index, max_bytes=10_000).skipped
    assert make(data, index).articles == 6


def examine_or_die(job: Job) -> Iterator[object]:
    """Stands in for a parser that crashes on one file."""
    if job.path.name == "killer.md":
        os.kill(os.getpid(), signal.SIGKILL)
    yield from examine_plainly(job)


@pytest.mark.parametrize(("error", "problem"), [
    (RuntimeError("no such branch"), "could not be understood (RuntimeError: no such branch)"),
    (RecursionError("too deep"), "could not be understood (RecursionError: too deep)"),
    (MemoryError(), "needs too much memory"),
])
def test_a_mistake_of_ours_costs_that_file(
    data: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, problem: str
) -> None:
    """It is named with the error, for a report of it."""
    def fail(article: object) -> None:
        raise error

    monkeypatch.setattr(refresh, "annotate", fail)
    entry, file = examine(Job(data / "wire/note.txt", data, "", 10_000))
    assert (entry.problem, file.problem) == (problem, None)


def test_a_folder_that_cannot_be_read_is_named(data: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing from the index is said."""
    scandir = os.scandir

    def forbid(folder: Path) -> object:
        if Path(folder).name == "wire":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", forbid)
    report = make(data, index)
    assert (str(data / "wire"), "Permission denied") in report.skipped
    assert report.articles == 3


def test_no_folder_is_no_build(tmp_path: Path, index: Path) -> None:
    """A mistyped folder must not empty an index."""
    with pytest.raises(BuildFailed, match="no folder"):
        make(tmp_path / "nowhere", index)
    assert not index.exists()


def test_an_empty_folder_does_not_empty_the_index(data: Path, index: Path) -> None:
    """Such as one whose disk is not mounted."""
    make(data, index)
    before = held(index)
    shutil.rmtree(data)
    data.mkdir()
    with pytest.raises(BuildFailed, match="no articles in"):
        make(data, index)
    assert held(index) == before


def test_a_second_build_is_told_who_holds_the_lock(data: Path, index: Path) -> None:
    """Who, since when, and what to do."""
    with locked(index), pytest.raises(IndexLocked, match=f"process {os.getpid()} on .* since .*[Ww]ait"):
        make(data, index)
    make(data, index)


class Interrupt(Exception):
    """Stands for whatever ends a build from outside."""


@pytest.mark.usefixtures("processes")
@pytest.mark.parametrize("step", ["reading", "indexing"])
def test_a_build_that_is_stopped_leaves_the_old_index_to_answer(data: Path, index: Path, step: str) -> None:
    """And the next one finishes the work and cleans up."""
    make(data, index)
    before, build_id = held(index), current_build(index)

    class Stop:
        def begin(self, name: str, total: int) -> None:
            self.name = name

        def advance(self, done: int = 1, words: int = 0) -> None:
            if self.name == step:
                raise Interrupt

    (data / "wire/new.md").write_text("A new story.")
    with pytest.raises(Interrupt):
        make(data, index, progress=Stop())
    assert (held(index), current_build(index)) == (before, build_id)
    make(data, index)
    assert "wire/new" in ids(index)
    assert len(list((index / "builds").iterdir())) == 2


@pytest.mark.parametrize("module, name", [(building, "writer_of"), (building, "switch_to"), (index_folder, "_fsync")])
def test_a_full_disk_is_explained_and_costs_nothing(
    data: Path, index: Path, monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    """The error says so; the old index answers."""
    make(data, index)
    before = held(index)
    (data / "wire/new.md").write_text("A new story.")

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(BuildFailed, match="No space left on device"):
        patch.setattr(module, name, full)
        make(data, index)
    assert held(index) == before
    assert make(data, index).changed


KILLED = """
import signal, sys
from indexer.build import builder, next_build, refresh
from indexer.engines import ENGINES, EnginePlace
ENGINES["kept"] = EnginePlace("tests.engines.kept_engine", "KeptEngine", "KeptWriter")
from tests.build.plain_annotation import examine_plainly
refresh.examine = examine_plainly

def stay(moment):
    if moment == sys.argv[3]:
        print(moment, flush=True)
        signal.pause()

class Progress:
    def begin(self, step, total):
        self.step, self.done = step, 0

    def advance(self, done=1, words=0):
        self.done += done
        stay(f"{self.step} {self.done}")

next_build.switch_to = lambda index, build: stay("switching")
if __name__ == "__main__":
    builder.build(sys.argv[1], sys.argv[2], engine="kept", jobs=1, full=True, progress=Progress())
"""


@pytest.mark.parametrize("moment", ["reading 3", "indexing 3", "switching"])
def test_a_killed_build_leaves_a_whole_index_and_no_lock(data: Path, index: Path, tmp_path: Path, moment: str) -> None:
    """SIGKILL while it reads, while it writes and when all is written; the next build is not locked out and says the
    same."""
    make(data, index)
    before = held(index)
    program = tmp_path / "program.py"
    program.write_text(KILLED)
    environment = {**os.environ, "PYTHONPATH": str(ARCHIVE.parent.parent)}
    command = [sys.executable, str(program), str(data), str(index), moment]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdout.readline() == f"{moment}\n"
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert held(index) == before
    with locked(index):
        pass                          # also while a copy of it that was reading has not ended yet
    make(data, index)
    assert held(index) == before


def test_old_builds_go_when_a_newer_one_answers(data: Path, index: Path) -> None:
    """The one before stays for servers that still read it."""
    builds = [make(data, index, full=True).build for _ in range(3)]
    assert sorted(path.name for path in (index / "builds").iterdir()) == sorted(builds[1:])
    assert len(set(builds)) == 3


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_ledger_gives_no_wrong_answer(data: Path, index: Path, tmp_path: Path, seed: int) -> None:
    """Whichever bytes have changed: what cannot be relied on is read again."""
    make(data, tmp_path / "anew")
    make(data, index)
    chance, path = random.Random(seed), ledger_path(index)
    content = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 20, 400))):
        content[chance.randrange(100, len(content))] = chance.randrange(256)
    path.write_bytes(content)
    (data / "wire/later.txt").write_text("A later note about the ferry.")
    make(data, index)
    (data / "wire/later.txt").unlink()
    make(data, index)
    assert held(index) == held(tmp_path / "anew")
    assert list(differences(data, index)) == []


def test_a_missing_index_is_said(index: Path) -> None:
    """With the command that builds one."""
    with pytest.raises(IndexMissing, match="onrecord build"):
        open_engine(index)


@pytest.mark.parametrize("pointer", ["", "gone", "../builds", "\udcff"])
def test_a_pointer_to_nothing_is_a_missing_index(data: Path, index: Path, pointer: str) -> None:
    """Whatever stands in CURRENT."""
    make(data, index)
    (index / "CURRENT").write_bytes(os.fsencode(pointer))
    with pytest.raises(IndexMissing):
        open_engine(index)


@pytest.mark.parametrize("report", ['{"schema": 0, "engine": "kept"}', '{"schema": 1, "engine": "other"}', "[]", "{"])
def test_an_index_of_another_version_is_refused(data: Path, index: Path, report: str) -> None:
    """With the command that mends it."""
    build_id = make(data, index).build
    (index / "builds" / build_id / "report.json").write_text(report)
    with pytest.raises(IndexOutdated, match="--full"):
        open_engine(index)


def test_an_index_that_others_can_write_is_refused(data: Path, index: Path) -> None:
    """It may hold code."""
    build_id = make(data, index).build
    (index / "builds" / build_id).chmod(0o777)
    with pytest.raises(OnRecordError, match="can be written by anybody"):
        open_engine(index)


# ---- what is away, and what cannot be read


def many(data: Path) -> None:
    """Twenty stories more, in a folder of their own."""
    (data / "later").mkdir()
    for number in range(20):
        (data / f"later/{number}.txt").write_text(f"The ferry is late for the {number}th time.")


def test_an_update_that_would_lose_many_articles_is_refused(data: Path, index: Path) -> None:
    """A disk that is away takes nothing out of the index unless it is meant to; what comes back is not new."""
    many(data)
    make(data, index)
    with Ledger(ledger_path(index)) as ledger:
        ledger.remember(dict.fromkeys(ledger.indexed(), "2001-01-01T00:00:00+00:00"))
    before, build_before = held(index), current_build(index)
    (data / "later").rename(data.parent / "away")
    with pytest.raises(BuildFailed, match="20 of 2[0-9] articles are gone from .*--allow-loss"):
        make(data, index)
    assert (held(index), current_build(index)) == (before, build_before)
    assert make(data, index, most_lost=1.0).removed == 20
    (data.parent / "away").rename(data / "later")
    make(data, index)
    assert held(index) == before
    with Ledger(ledger_path(index)) as ledger:
        assert ledger.indexed()["later/7"] == "2001-01-01T00:00:00+00:00"


def test_files_that_were_emptied_are_refused_too(data: Path, index: Path) -> None:
    """The disk was full when the archive was copied."""
    many(data)
    make(data, index)
    before = held(index)
    for path in (data / "later").iterdir():
        path.write_text("")
    with pytest.raises(BuildFailed, match="--allow-loss"):
        make(data, index)
    with pytest.raises(BuildFailed, match="--allow-loss"):
        make(data, index)
    assert held(index) == before


def test_a_folder_that_cannot_be_read_keeps_its_articles(
    data: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named; nothing of it is lost."""
    make(data, index)
    before, scan = held(index), os.scandir

    def refuse(folder: Path) -> object:
        if Path(folder).name == "wire":
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    (data / "new.txt").write_text("The ferry is on time.")
    report = make(data, index)
    assert report.removed == 0 and (str(data / "wire"), "Permission denied") in report.skipped
    assert len(held(index)) == len(before) + 1
    said = list(differences(data, index))
    assert said == [f"{data / 'wire'}: Permission denied"]


def test_a_file_that_cannot_be_read_keeps_its_article(data: Path, index: Path) -> None:
    """Here a link whose disk is away."""
    disk = data / "disk.text"
    disk.write_text("The ferry is on time.")
    (data / "linked.txt").symlink_to(disk)
    make(data, index)
    before = held(index)
    disk.rename(data / "elsewhere.text")
    report = make(data, index)
    assert ("linked.txt", "No such file or directory") in report.skipped and held(index) == before


@pytest.mark.usefixtures("processes")
def test_a_build_of_which_every_process_dies_is_an_error(
    data: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too little memory is no fault of the files: none is remembered as bad."""
    with monkeypatch.context() as patched:
        patched.setattr(refresh, "examine", die)
        with pytest.raises(BuildFailed, match="Nothing could be read: .* died .signal 9.* memory"):
            make(data, index)
    assert make(data, index).articles > 3


def die(job: Job) -> Iterator[Entry | FileRead]:
    """Stands in for a machine without memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    yield from ()


@pytest.mark.usefixtures("processes")
def test_what_a_process_died_of_is_said_until_it_is_read(
    data: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By check, for the article is missing."""
    with monkeypatch.context() as patched:
        patched.setattr(refresh, "examine", die_of_notes)
        make(data, index)
    assert list(differences(data, index)) == [
        "wire/note.txt: not read: the process that read it died (signal 9); build --full tries again"]
    make(data, index, full=True)
    assert list(differences(data, index)) == []


def die_of_notes(job: Job) -> Iterator[Entry | FileRead]:
    """Stands in for a parser that crashes at one file."""
    if job.path.name == "note.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    yield from examine_plainly(job)


def test_a_change_is_seen_that_leaves_size_and_time_as_they_were(data: Path, index: Path) -> None:
    """The system keeps another time, which no program sets."""
    note = data / "wire/note.txt"
    long_ago = (1_300_000_000, 1_300_000_000)
    os.utime(note, long_ago)
    make(data, index)
    note.write_text(note.read_text().swapcase())
    os.utime(note, long_ago)
    assert [each for each in differences(data, index)] == ["wire/note.txt: changed since the last build"]
    assert make(data, index).changed


# ---- an index that others wrote, or the disk changed


def largest(index: Path) -> Path:
    """The file of the build in which most is."""
    files = [path for path in index_folder.build_folder(index, current_build(index)).rglob("*") if path.is_file()]
    return max((path for path in files if path.name != "report.json"), key=lambda path: path.stat().st_size)


@pytest.mark.parametrize("cut", [0, 1, 100])
def test_a_file_that_was_cut_short_is_named(data: Path, index: Path, cut: int) -> None:
    """It answers nothing, rather than "no articles"; the next build writes the index anew."""
    make(data, index)
    before, path = held(index), largest(index)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(IndexDamaged, match=f"damaged: {path.name} has {cut} bytes .* --full"):
        open_engine(index)
    assert any(f"{path.name} has {cut} bytes" in each for each in differences(data, index))
    make(data, index)
    assert held(index) == before and list(differences(data, index)) == []


def test_a_file_whose_content_was_changed_is_found_by_check(data: Path, index: Path) -> None:
    """By its hash; opening looks at sizes only, to be quick."""
    make(data, index)
    path = largest(index)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert [each for each in differences(data, index) if path.name in each] == [
        f"builds/{current_build(index)}/{path.name} is not what was written; build --full writes the index anew"]


def test_a_missing_file_is_named(data: Path, index: Path) -> None:
    """Like one that was cut short."""
    make(data, index)
    largest(index).unlink()
    with pytest.raises(IndexDamaged, match="is missing"):
        open_engine(index)


@pytest.mark.parametrize("which", ["file", "build", "builds", "index", "above"])
def test_an_index_that_anybody_may_change_is_not_opened(data: Path, tmp_path: Path, which: str) -> None:
    """Every file of it could run somebody else's code."""
    index = tmp_path / "above/index"
    make(data, index)
    folder = index_folder.build_folder(index, current_build(index))
    path = {"file": largest(index), "build": folder, "builds": folder.parent, "index": index,
            "above": index.parent}[which]
    mode = path.stat().st_mode
    path.chmod(mode | 0o002)
    with pytest.raises(OnRecordError, match="can be written by anybody"):
        open_engine(index)
    path.chmod(mode)
    open_engine(index)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_not_opened(data: Path, index: Path) -> None:
    """Wherever in the index it is."""
    make(data, index)
    os.chown(largest(index), 12345, -1)
    with pytest.raises(OnRecordError, match="belongs to another user"):
        open_engine(index)
