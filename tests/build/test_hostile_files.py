"""Files that would stop a careless build: each costs itself at most, and is named."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build import refresh
from indexer.build.builder import build
from indexer.build.report import BuildReport
from indexer.build.refresh import Job, examine
from indexer.engines import open_engine
from indexer.pipeline import annotate
from indexer.query.tree import EVERYTHING, Words
from indexer.reading.archive import article_of
from indexer.reading.html_text import original_address
from indexer.search.engine import Engine
from tests.work import is_linear
from indexer.models import Annotated

SAID = '<p>"It floats," said Ruth Adeyemi at the Café Løkke.</p>'
# Each of these is an article with that quotation, however it is wrapped.
READABLE = {
    "nested.html": ("<div>" * 100_000 + SAID).encode(),
    "unclosed.html": ('<p><b><table><tr><td><a href="x' * 5_000 + SAID).encode(),
    "entities.html": ("&amp;" * 300_000 + SAID).encode(),
    "bomb.html": ('<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>&c;'
                  + SAID).encode(),
    "attributes.html": ("<p " + " ".join(f'a{number}="x"' for number in range(20_000)) + ">" + SAID).encode(),
    "line.html": (f"<p>{'The ferry is late again. ' * 40_000}</p>{SAID}").encode(),
    "utf16.html": SAID.encode("utf-16"),
    "cp1252.html": SAID.encode("cp1252"),
    "surrogates.html": b"\xed\xa0\x80" + SAID.encode("cp1252"),
    "a name\n with \u202e, \u2028 and 'quotes' (1) #q1 ?&=%.html": SAID.encode(),
    "-rf.html": SAID.encode(),
}
REFUSED = {
    "nul.txt": (b"The ferry\0is\0late.", "binary: it holds NUL bytes"),
    "empty.md": (b"", "empty"),
    "blank.md": (b"---\ntitle: x\n---\n  \n", "line 4: no text"),
    "comments.html": (b"<!--" * 100_000 + SAID.encode(), "no text"),
    "front.md": (b"---\n" + b"a: b\n" * 100_000 + b"---\nBody.", "line 1: front matter of more than 500 lines"),
    "large.txt": (b"The ferry is late again. " * 160_000, "larger than 3,000,000 bytes"),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them in one folder, beside loops and links that lead nowhere."""
    data = tmp_path_factory.mktemp("hostile") / "data"
    data.mkdir()
    for name, content in READABLE.items():
        (data / name).write_bytes(content)
    for name, (content, _) in REFUSED.items():
        (data / name).write_bytes(content)
    (data / "loop").symlink_to(data)
    (data / "self.md").symlink_to(data / "self.md")
    os.mkfifo(data / "pipe.md")
    return data


@pytest.fixture(scope="module")
def built(data: Path) -> tuple[BuildReport, Engine]:
    """Read for what it is, by the real rules and the real engine."""
    report = build(data, data.parent / "index", jobs=2, max_bytes=3_000_000)
    return report, open_engine(data.parent / "index")


@pytest.mark.parametrize("name", READABLE)
def test_what_can_be_read_is_read(built: tuple[BuildReport, Engine], name: str) -> None:
    """The quotation stands in it and can be found."""
    id = name.removesuffix(".html")
    said = [each["said"] for each in built[1].quotations_of(id)]
    assert said == ["It floats,"]
    hits = built[1].every(Words("Løkke"), kind="article")
    assert id in {hit.document["id"] for hit in hits}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_named(built: tuple[BuildReport, Engine], name: str) -> None:
    """With its reason."""
    assert dict(built[0].skipped)[name] == REFUSED[name][1]


def test_nothing_else_is_there(built: tuple[BuildReport, Engine]) -> None:
    """No loop is walked, no pipe is waited for."""
    assert built[0].articles == len(READABLE) == built[1].count(EVERYTHING, kind="article")
    assert {path for path, _ in built[0].skipped} - REFUSED.keys() <= {"pipe.md", "self.md"}


def understood(text: str, suffix: str = ".txt") -> Annotated:
    """A file of this text, read and annotated."""
    return annotate(article_of(text.encode(), Path(f"/data/a{suffix}"), Path("/data")))


@pytest.mark.parametrize(("unit", "suffix"), [
    ('"', ".txt"), ('"a ', ".txt"), ("“He said, ‘no’, ” ", ".txt"), ('"No," he said.\n', ".txt"),
    ("Ruth Adeyemi met Hank Sorensen.\n", ".txt"), ("´´O'A ", ".txt"), ('"a," said Aa. ', ".txt"),
    ("\u0301\u0316", ".txt"), ("<h2>a</h2>", ".html"),
    ('<a href=http://x.example>"a b"</a> ', ".html"), ('<b>"a"</b><br>', ".html"),
])
def test_work_grows_with_the_text_and_no_faster(unit: str, suffix: str) -> None:
    """In texts that are nothing but one piece again and again. With few of them more is looked at for each."""
    assert is_linear(lambda size: understood(unit * (size // len(unit)), suffix), 3_000)


def test_what_came_before_is_not_gone_through_again_for_each_quotation() -> None:
    """A paragraph of nothing but names, and one of nothing but quotations."""
    assert is_linear(lambda count: understood("Aa Bb said. " * count + "\n\n" + '"a b" ' * count), 200)


def test_an_address_is_taken_out_of_archives_in_one_go() -> None:
    """However often it was archived again."""
    assert original_address("http://archive.org/1234/" * 50_000 + "http://a.example/b") == "http://a.example/b"


def test_a_quarter_of_a_million_quotation_marks_are_read() -> None:
    """They quote nothing."""
    assert understood('"' * 250_000).quotations == ()


# --- Files that change while they are read ----------------------------------------------------------------


def vanish(job: Job) -> Iterator[object]:
    """Stands in for somebody who deletes a file between the walk and the reading."""
    if job.path.name == "b.txt":
        job.path.unlink(missing_ok=True)
    yield from examine(job)


def grow(job: Job) -> Iterator[object]:
    """Stands in for somebody who writes on while the file is read."""
    yield from examine(job)
    if job.path.name == "b.txt":
        with job.path.open("a") as file:
            file.write(" And the goat was found.")


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.txt").write_text('"It floats," said Ruth Adeyemi.')
    (tmp_path / "data/b.txt").write_text("A goat is lost.")
    yield tmp_path


def test_a_file_that_vanishes_costs_itself(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named now and forgotten by the next build."""
    with monkeypatch.context() as patch:
        patch.setattr(refresh, "examine", vanish)
        report = build(two / "data", two / "index", jobs=1)
    assert report.articles == 1 and [path for path, _ in report.skipped] == ["b.txt"]
    assert build(two / "data", two / "index", jobs=1).skipped == ()


def test_a_file_that_changes_while_it_is_read_is_read_again(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the next build, without being touched again."""
    with monkeypatch.context() as patch:
        patch.setattr(refresh, "examine", grow)
        build(two / "data", two / "index", jobs=1)
    report = build(two / "data", two / "index", jobs=1)
    assert report.changed
    engine = open_engine(two / "index")
    assert "the goat was found" in engine.get("article", "b")["text"]
    engine.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_named(two: Path) -> None:
    """The rest is indexed."""
    (two / "data/closed").mkdir(mode=0)
    assert [path.rpartition("/")[2] for path, _ in build(two / "data", two / "index", jobs=1).skipped] == ["closed"]


# --- Disks and signals ------------------------------------------------------------------------------------

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def command(data: Path, index: Path) -> list[str]:
    return [sys.executable, "-m", "indexer", "build", str(data), "--index", str(index), "--jobs", "1"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte; where nobody may mount one, the test is skipped."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def test_a_full_disk_leaves_the_old_index_to_answer(two: Path, small_disk: Path) -> None:
    """The error says so, and where there is room again, the next build goes through."""
    index = small_disk / "index"
    before = build(two / "data", index, jobs=1).build
    for number in range(30):
        words = " ".join(f"word{number}x{each}" for each in range(2_000))
        (two / f"data/{number}.txt").write_text(f'{words} "It floats," said Ruth Adeyemi.')
    done = subprocess.run(command(two / "data", index), capture_output=True, text=True, timeout=600, env=ENVIRONMENT)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert re.search("could not be built.*(space|full).*still answers", done.stderr)
    engine = open_engine(index)
    assert (engine.build_id, engine.count(Words("goat"), kind="article")) == (before, 1)
    engine.close()
    for number in range(30):
        (two / f"data/{number}.txt").unlink()
    (two / "data/c.txt").write_text("Another goat.")
    assert build(two / "data", index, jobs=1, most_lost=1).articles == 3


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_files_may_not_grow_beyond_what_is_allowed(two: Path) -> None:
    """A quota is no other thing than a full disk."""
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))

    (two / "data/long.txt").write_text(" ".join(f"word{each}" for each in range(20_000)))
    done = subprocess.run(command(two / "data", two / "index"), preexec_fn=limit, capture_output=True, text=True,
                          timeout=600, env=ENVIRONMENT)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "could not be built" in done.stderr
    assert not (two / "index/CURRENT").exists()


HELD_UP = """
import sys, time
from indexer.commands import cli, progress

class HeldUp:
    done = 0

    def begin(self, step, total):
        self.step = step

    def advance(self, done=1, words=0):
        self.done += self.step == sys.argv[3]
        if self.done == 2:
            print("there", flush=True)
            time.sleep(600)

    def end(self):
        pass

progress.ProgressLine = HeldUp
if __name__ == "__main__":
    cli.main(["build", sys.argv[1], "--index", sys.argv[2], "--jobs", "2", "--full"])
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("step", ["reading", "indexing"])
def test_a_stop_is_clean(two: Path, how: signal.Signals, step: str) -> None:
    """One line, the status that names the signal, no process left, the old index answers and nothing is locked."""
    for number in range(18):                      # more than one process reads
        (two / f"data/{number}.txt").write_text(f'Goat {number}. "It floats," said Ruth Adeyemi.')
    before = build(two / "data", two / "index", jobs=1).build
    program = two / "program.py"
    program.write_text(HELD_UP)
    process = subprocess.Popen(
        [sys.executable, str(program), str(two / "data"), str(two / "index"), step], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
    assert process.stdout and process.stdout.readline() == "there\n"
    process.send_signal(how)
    said = process.communicate(timeout=600)[1]
    assert process.returncode == 128 + how
    assert said == "Stopped. If there was an index, it still answers.\n"
    engine = open_engine(two / "index")
    assert engine.build_id == before
    engine.close()
    assert build(two / "data", two / "index", jobs=1, full=True).articles == 20
