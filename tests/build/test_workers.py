"""Work shared among processes that may die, hang and fail."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build import workers
from indexer.build.workers import Lost, share
from indexer.errors import IndexLocked
from indexer.index_folder import locked
from tests.build.hanging import Clock, hang, is_alive


def work(item: str) -> Iterator[str]:
    """Do what the item says; a path is that of a file to hang with."""
    match item:
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "leave":
            os._exit(3)
        case "burn":
            while True:
                pass
        case "grow":
            bytearray(4 << 30)
        case "fail":
            raise ValueError("no such thing")
        case "begin":
            yield "begun"
            os.kill(os.getpid(), signal.SIGKILL)
    if item.startswith("/"):
        hang(Path(item))
    yield item.upper()
    if item.startswith("twice"):
        yield item


def die_once(file: str) -> Iterator[str]:
    """The second time all is well."""
    if not Path(file).exists():
        Path(file).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    yield "done"


def test_every_item_comes_back_once() -> None:
    """More items than a batch, more jobs than items need."""
    items = [f"item {number}" for number in range(100)]
    assert sorted(share(work, items, jobs=3)) == sorted((item, item.upper()) for item in items)


def test_an_item_may_have_many_results() -> None:
    """Each comes by itself; what is lost is only what was to come after them."""
    assert list(share(work, ["twice", "begin", "a"], jobs=1)) == [
        ("twice", "TWICE"), ("twice", "twice"), ("begin", "begun"),
        ("begin", Lost("the process that read it died (signal 9)", done=1, died=True)), ("a", "A")]


def what_is_left(item: str, done: int, again: bool) -> str | None:
    """After its first result; what died is not tried again."""
    return "a" if item == "begin" and done == 1 and not again else None


def test_what_is_left_of_a_lost_item_is_given_to_another_process() -> None:
    """If there is anything."""
    found = list(share(work, ["begin"], jobs=1, rest=what_is_left))
    lost = Lost("the process that read it died (signal 9)", 1, goes_on=True, died=True)
    assert found == [("begin", "begun"), ("begin", lost), ("a", "A")]


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")     # where others run beside it
@pytest.mark.parametrize(("copied", "items"), [(True, ["a", "die", "b"]), (False, ["a", "die", "b"])])
def test_a_copy_of_this_process_is_as_good_as_a_new_one(
    copied: bool, items: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What kills it is lost alone, and the copy ends as soon as it is no longer needed."""
    monkeypatch.setattr(workers, "_can_be_copied", lambda: copied)
    found = dict(share(work, items, jobs=4))
    assert (found["a"], found["b"]) == ("A", "B")
    assert isinstance(found["die"], Lost)
    assert multiprocessing.active_children() == []


def try_to_build(index: str) -> Iterator[bool]:
    """Whether an index is locked for a process that works for the one that builds it."""
    with pytest.raises(IndexLocked), locked(index):
        pass
    yield True


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_a_copy_of_this_process_holds_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is locked as long as it is being built, and no longer, though a copy may take its time to end."""
    monkeypatch.setattr(workers, "_can_be_copied", lambda: True)
    with locked(tmp_path):
        results = share(try_to_build, [str(tmp_path)], jobs=1)
        assert next(results) == (str(tmp_path), True)
    with locked(tmp_path):
        assert multiprocessing.active_children()
    assert not list(results)


def test_a_process_with_threads_is_not_copied() -> None:
    """A copy has none of them, and none would release a lock that another held."""
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert not workers._can_be_copied()
    finally:
        ended.set()
        thread.join()


def test_no_items_need_no_process() -> None:
    """An empty list is done at once."""
    assert list(share(work, [], jobs=2)) == []


def test_an_item_that_kills_its_process_costs_itself_alone() -> None:
    """The rest of the batch is given to another process."""
    items = ["a", "die", "b", "leave", "c", "fail", "d"]
    results = dict(share(work, items, jobs=2))
    assert {item: result for item, result in results.items() if isinstance(result, str)} == {
        "a": "A", "b": "B", "c": "C", "d": "D"}
    assert results["die"] == Lost("the process that read it died (signal 9)", died=True)
    assert results["leave"] == Lost("the process that read it died (exit status 3)", died=True)
    assert results["fail"] == Lost("ValueError: no such thing")


def test_an_item_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its time over, its process is ended and the others are done."""
    hanging = tmp_path / "hanging"
    monkeypatch.setattr(workers, "time", Clock(hanging))
    results = dict(share(work, ["a", str(hanging), "b"], jobs=1, timeout=0.2))
    assert results == {"a": "A", str(hanging): Lost("was silent for 2 seconds"), "b": "B"}


@pytest.fixture
def timeless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still: nothing is silent for too long, however busy the machine is."""
    monkeypatch.setattr(workers, "time", Clock(tmp_path / "none"))


@pytest.mark.usefixtures("timeless")
def test_an_item_that_takes_too_long_is_given_up() -> None:
    """By the time of the processor, not by the clock, which goes on while other programs work."""
    results = dict(share(work, ["a", "burn", "b"], jobs=1, timeout=0.5))
    assert results == {"a": "A", "burn": Lost("took longer than 0.5 seconds of the processor"), "b": "B"}


@pytest.mark.usefixtures("timeless")
def test_what_is_lost_on_slow_items_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few may take their time; when those have cost too much, the others may not."""
    monkeypatch.setattr(workers, "BUDGET", 0.4)
    found = [result for _, result in share(work, ["burn", "burn", "a"], jobs=1, timeout=0.6, batch=1)]
    assert found == [Lost("took longer than 0.6 seconds of the processor"),
                     Lost("took longer than 0.02 seconds of the processor"), "A"]


def test_a_death_by_chance_costs_nothing(tmp_path: Path) -> None:
    """Somebody else may have needed the memory: what was being read is read once more."""
    first, second = str(tmp_path / "first"), str(tmp_path / "second")
    assert dict(share(die_once, [first, second], jobs=1)) == {first: "done", second: "done"}


def test_an_item_that_needs_too_much_memory_is_given_up() -> None:
    """The machine does not feel it."""
    results = dict(share(work, ["a", "grow", "b"], jobs=1))
    assert results == {"a": "A", "grow": Lost("MemoryError: "), "b": "B"}


PROGRAM = """
import os, sys, time
from indexer.build.workers import share
from tests.build.test_workers import report_and_sleep
if __name__ == "__main__":
    for item, result in share(report_and_sleep, [sys.argv[1]] * 40, jobs=2):
        pass
"""


def report_and_sleep(folder: str) -> Iterator[None]:
    """Leave a file with our process number, and work for a long time."""
    Path(folder, str(os.getpid())).touch()
    until = time.monotonic() + 30
    while time.monotonic() < until:
        time.sleep(0.01)
    yield None


def test_no_process_outlives_its_parent(tmp_path: Path) -> None:
    """A builder that is killed leaves nobody behind."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    pids = tmp_path / "pids"
    pids.mkdir()
    root = Path(__file__).parents[2]
    parent = subprocess.Popen([sys.executable, str(program), str(pids)], env={**os.environ, "PYTHONPATH": str(root)})
    _until(lambda: len(list(pids.iterdir())) == 2)
    parent.kill()
    parent.wait()
    _until(lambda: not any(is_alive(int(path.name)) for path in pids.iterdir()))


def _until(condition: object, seconds: float = 300) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
