"""Work shared among processes, where an item that kills or holds up its process costs that item alone."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH = 16               # items a process is given at once; more would only make the last ones wait
TIMEOUT = 60.0           # seconds an item may take
MEMORY = 2 << 30         # bytes a process may take: what needs more is lost, and the machine stays usable


@dataclass(frozen=True, slots=True)
class Lost:
    """There is no result: the process that worked on the item died or had to be stopped. done: how many results of the
    item there were before; goes_on: the rest of it is given to another process."""

    reason: str
    done: int = 0
    goes_on: bool = False


def share(
    work: Callable[[Item], Iterator[Result]], items: Iterable[Item], jobs: int, timeout: float = TIMEOUT,
    batch: int = BATCH, rest: Callable[[Item, int], Item | None] | None = None,
) -> Iterator[tuple[Item, Result | Lost]]:
    """Each item with each of its results, in the order they are done.

    The processes end with the loop, or with us. work must be a function that another process can import. What it
    raises is lost with its message: let it return what went wrong instead. timeout is for one result. Of an item that
    is lost after so many results, rest gives what is still to be done, if anything.
    """
    waiting = deque(items)
    crew = [_Worker(work) for _ in range(min(jobs, -(-len(waiting) // batch)))]
    try:
        while waiting or any(worker.given for worker in crew):
            for worker in crew:
                if waiting and not worker.given:
                    worker.give([waiting.popleft() for _ in range(min(batch, len(waiting)))])
            for worker in _reporting(crew, timeout):
                item, results = worker.given[0], worker.take(timeout)
                if worker.stopped:
                    waiting.extendleft(reversed(worker.given))
                    crew[crew.index(worker)] = _Worker(work)
                for result in results:
                    left = rest(item, result.done) if rest and isinstance(result, Lost) else None
                    if isinstance(result, Lost) and left is not None:
                        waiting.appendleft(left)
                        result = replace(result, goes_on=True)
                    yield item, result
    finally:
        for worker in crew:
            worker.stop()


def _reporting(crew: list[_Worker[Item, Result]], timeout: float) -> list[_Worker[Item, Result]]:
    """The workers that have something to say, and those that have been silent for too long."""
    busy = [worker for worker in crew if worker.given]
    patience = min(worker.since + timeout for worker in busy) - time.monotonic()
    ready = wait([worker.pipe for worker in busy], max(0.0, patience))
    now = time.monotonic()
    return [worker for worker in busy if worker.pipe in ready or worker.since + timeout <= now]


class _Worker(Generic[Item, Result]):
    """A process and what it has been given and not yet given back."""

    def __init__(self, work: Callable[[Item], Iterator[Result]]) -> None:
        context = _context(work.__module__)
        self.pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=_serve, args=(work, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self.given: deque[Item] = deque()
        self._done = 0                # results that the first of them has given
        self.since = time.monotonic()
        self.stopped = False

    def give(self, batch: list[Item]) -> None:
        self.given.extend(batch)
        self.since = time.monotonic()
        try:
            self.pipe.send(batch)
        except OSError:
            pass                      # it has died: reading from it says so

    def take(self, timeout: float) -> tuple[Result | Lost, ...]:
        """The next result of the first item, if it has one more."""
        results: tuple[Result | Lost, ...]
        if not self.pipe.poll():
            self.stop()
            results, is_last = (Lost(f"took longer than {timeout:g} seconds", self._done),), True
        else:
            try:
                results, is_last = self.pipe.recv()
            except (EOFError, OSError):
                self.stop()
                cause = _cause(self._process.exitcode)
                results, is_last = (Lost(f"the process that read it died ({cause})", self._done),), True
        self.since = time.monotonic()
        self._done += len(results)
        if is_last:
            self.given.popleft()
            self._done = 0
        return results

    def stop(self) -> None:
        if not self.stopped:
            self.stopped = True
            self.pipe.close()
            self._process.join(0.2)
            if self._process.exitcode is None:
                self._process.kill()
                self._process.join()


def _context(module: str) -> ForkServerContext | SpawnContext:
    """New processes inherit nothing of this one: no lock, no thread, no open file. A server that has the
    module loaded makes them in milliseconds where the system can fork."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module])
    return context


def _serve(work: Callable[[Any], Iterator[Any]], pipe: Connection) -> None:
    """What a worker does: a batch after another, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)          # the one who builds decides what an interrupt means
    _limit_memory()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        while True:
            for item in pipe.recv():
                for message in _messages(work, item):
                    pipe.send(message)
    except (EOFError, OSError):
        pass


def _messages(work: Callable[[Any], Iterator[Any]], item: Any) -> Iterator[tuple[tuple[Any, ...], bool]]:
    """The results of an item as they are sent, each with whether it is the last."""
    try:
        for result in work(item):
            yield (result,), False
    except Exception as error:
        yield (Lost(f"{type(error).__name__}: {error}"),), True
    else:
        yield (), True


def _limit_memory() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limits = [limit for limit in (MEMORY, soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(limits), hard))


def _end_with_parent() -> None:
    """Wait for the end of the process that started this one, and end too, in the middle of an item if need be."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _cause(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        return f"signal {-exitcode}"
    return f"exit status {exitcode}"
