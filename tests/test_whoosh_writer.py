"""What is written is whole or not there, and nobody is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer import whoosh_writer
from indexer.engine import Document
from indexer.errors import IndexMissing, IndexOutdated, OnRecordError
from indexer.whoosh_engine import WhooshEngine, WhooshWriter
from tests.conftest import archive, article_document

ROOT = Path(__file__).parent.parent
ENDLESS = """
import sys
from itertools import count
from pathlib import Path
from indexer import whoosh_writer
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


def eventually(condition: Callable[[], bool], seconds: float = 30.0) -> bool:
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
    def documents() -> Iterator[Document]:
        for number in range(100_000):
            if number == 500:
                os.kill(children(os.getpid())[0], signal.SIGKILL)
            yield article_document(f"a/{number}", "Ferry", "Fares rise.")

    monkeypatch.setattr(whoosh_writer, "ONE_PROCESS", 10)
    monkeypatch.setattr(whoosh_writer, "BATCH", 20)
    with pytest.raises(OnRecordError, match="ended with status -9"):
        WhooshWriter(tmp_path).write(documents())


@needs_proc
def test_documents_that_break_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong while documents are made is told as it is, and ends the writers."""
    def documents() -> Iterator[Document]:
        yield from archive()
        raise ValueError("the disk with the articles is gone")

    monkeypatch.setattr(whoosh_writer, "ONE_PROCESS", 3)
    with pytest.raises(ValueError, match="the disk with the articles is gone"):
        WhooshWriter(tmp_path).write(documents())
    assert children(os.getpid()) == []


def test_no_index(tmp_path: Path) -> None:
    """An empty folder, or none, is no index."""
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(IndexMissing):
            WhooshEngine(folder)


def test_index_of_another_version(tmp_path: Path) -> None:
    """An index in another form is refused by name, with what mends it."""
    WhooshWriter(tmp_path).write(archive())
    columns = tmp_path / "0" / "article-0.json"
    columns.write_text(json.dumps({**json.loads(columns.read_text()), "format": "whoosh packed 0"}))
    with pytest.raises(IndexOutdated, match="--full"):
        WhooshEngine(tmp_path)


def test_nothing_to_index(tmp_path: Path) -> None:
    """An archive without articles answers, with nothing."""
    assert WhooshWriter(tmp_path).write([]) == 0
    engine = WhooshEngine(tmp_path)
    assert engine.stats()["articles"] == 0
    engine.close()
