"""Work shared among processes that may die, hang and fail."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from indexer.build.workers import Lost, share


def work(item: str) -> Iterator[str]:
    """Do what the item says."""
    match item:
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "leave":
            os._exit(3)
        case "hang":
            time.sleep(60)
        case "grow":
            bytearray(4 << 30)
        case "fail":
            raise ValueError("no such thing")
        case "begin":
            yield "begun"
            os.kill(os.getpid(), signal.SIGKILL)
    yield item.upper()
    if item.startswith("twice"):
        yield item


def test_every_item_comes_back_once() -> None:
    """More items than a batch, more jobs than items need."""
    items = [f"item {number}" for number in range(100)]
    assert sorted(share(work, items, jobs=3)) == sorted((item, item.upper()) for item in items)


def test_an_item_may_have_many_results() -> None:
    """Each comes by itself; what is lost is only what was to come after them."""
    assert list(share(work, ["twice", "begin", "a"], jobs=1)) == [
        ("twice", "TWICE"), ("twice", "twice"), ("begin", "begun"),
        ("begin", Lost("the process that read it died (signal 9)", done=1)), ("a", "A")]


def test_what_is_left_of_a_lost_item_is_given_to_another_process() -> None:
    """If there is anything."""
    found = list(share(work, ["begin"], jobs=1, rest=lambda item, done: "a" if item == "begin" and done == 1 else None))
    assert found == [("begin", "begun"), ("begin", Lost("the process that read it died (signal 9)", 1, goes_on=True)),
                     ("a", "A")]


def test_no_items_need_no_process() -> None:
    """An empty list is done at once."""
    assert list(share(work, [], jobs=2)) == []


def test_an_item_that_kills_its_process_costs_itself_alone() -> None:
    """The rest of the batch is given to another process."""
    items = ["a", "die", "b", "leave", "c", "fail", "d"]
    results = dict(share(work, items, jobs=2))
    assert {item: result for item, result in results.items() if isinstance(result, str)} == {
        "a": "A", "b": "B", "c": "C", "d": "D"}
    assert results["die"] == Lost("the process that read it died (signal 9)")
    assert results["leave"] == Lost("the process that read it died (exit status 3)")
    assert results["fail"] == Lost("ValueError: no such thing")


def test_an_item_that_hangs_is_given_up() -> None:
    """Its time over, its process is ended and the others are done."""
    results = dict(share(work, ["a", "hang", "b"], jobs=1, timeout=1.0))
    assert results == {"a": "A", "hang": Lost("took longer than 1 seconds"), "b": "B"}


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
    _until(lambda: not any(_is_alive(int(path.name)) for path in pids.iterdir()))


def _until(condition: object, seconds: float = 10) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def _is_alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
