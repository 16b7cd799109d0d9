"""Work shared among processes, where an item that kills or holds up its process costs that item alone."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, TypeVar

from indexer.build.plan import TIMEOUT

Item = TypeVar("Item")
Result = TypeVar("Result")
_Context = ForkContext | ForkServerContext | SpawnContext

BATCH = 16               # items a process is given at once; more would only make the last ones wait
SILENT = 10              # times that by the clock, in which a process waits for something that does not come
BUDGET = 600.0           # seconds of the processor that may be lost on items which take too long; from then on
HURRIED = 1 / 30         # a result may take this share of the time
MEMORY = 2 << 30         # bytes a process may take: what needs more is lost, and the machine stays usable


DIED, TOO_LONG = "the process that read it died", "took longer than"


@dataclass(frozen=True, slots=True)
class Lost:
    """There is no result: the process that worked on the item died or had to be stopped. done: how many results of the
    item there were before; goes_on: the rest of it is given to another process; died: it may have been chance, and the
    item was tried twice."""

    reason: str
    done: int = 0
    goes_on: bool = False
    died: bool = False


@dataclass(frozen=True, slots=True)
class _Given(Generic[Item]):
    """An item on its way to a process. again: it was lost before."""

    item: Item
    again: bool = False


def share(
    work: Callable[[Item], Iterator[Result]], items: Iterable[Item], jobs: int, timeout: float = TIMEOUT,
    batch: int = BATCH, rest: Callable[[Item, int, bool], Item | None] | None = None,
) -> Iterator[tuple[Item, Result | Lost]]:
    """Each item with each of its results, in the order they are done.

    The processes end with the loop, or with us. work must be a function that another process can import. What it
    raises is lost with its message: let it return what went wrong instead. timeout is for one result. A result whose
    process dies is tried once more. Of an item that is lost after so many results, rest gives what is still to be done,
    if anything: with that result, or without it.
    """
    waiting = deque(map(_Given, items))
    number = min(jobs, -(-len(waiting) // batch))
    context = _context(work.__module__, number)
    crew = [_Worker(work, context) for _ in range(number)]
    patience = _Patience(timeout)
    try:
        while waiting or any(worker.given for worker in crew):
            for worker in crew:
                if waiting and not worker.given:
                    worker.give([waiting.popleft() for _ in range(min(batch, len(waiting)))], patience.now())
            for worker in _reporting(crew, timeout * SILENT):
                given, results = worker.given[0], worker.take(timeout * SILENT)
                if worker.stopped:
                    waiting.extendleft(reversed(worker.given))
                    crew[crew.index(worker)] = _Worker(work, context)
                for result in results:
                    if isinstance(result, Lost):
                        patience.spend(result, worker.limit)
                        left = _left(given, result, rest)
                        if left is not None:
                            waiting.appendleft(left)
                            result = replace(result, goes_on=True)
                        if left is not None and left.again:
                            continue
                    yield given.item, result
    finally:
        for worker in crew:
            worker.stop()


def _left(
    given: _Given[Item], lost: Lost, rest: Callable[[Item, int, bool], Item | None] | None
) -> _Given[Item] | None:
    """What is still to be done of an item that was lost: the lost result once more, and what comes after it, or that
    alone; None if there is nothing."""
    again = lost.died and (lost.done > 0 or not given.again)
    if rest is None:
        return _Given(given.item, True) if again and not lost.done else None
    if again and (left := rest(given.item, lost.done, True)) is not None:
        return _Given(left, True)
    left = rest(given.item, lost.done, False)
    return None if left is None else _Given(left)


class _Patience:
    """How long a result may take: less when much was lost already on items that took too long."""

    def __init__(self, timeout: float) -> None:
        self._timeout, self._lost = timeout, 0.0

    def now(self) -> float:
        return self._timeout if self._lost < BUDGET else self._timeout * HURRIED

    def spend(self, lost: Lost, limit: float) -> None:
        if lost.reason.startswith(TOO_LONG):
            self._lost += limit


def _reporting(crew: list[_Worker[Item, Result]], silent: float) -> list[_Worker[Item, Result]]:
    """The workers that have something to say, and those that have been silent for too long."""
    busy = [worker for worker in crew if worker.given]
    patience = min(worker.since + silent for worker in busy) - time.monotonic()
    ready = wait([worker.pipe for worker in busy], max(0.0, patience))
    now = time.monotonic()
    return [worker for worker in busy if worker.pipe in ready or worker.since + silent <= now]


class _Worker(Generic[Item, Result]):
    """A process and what it has been given and not yet given back."""

    def __init__(self, work: Callable[[Item], Iterator[Result]], context: _Context) -> None:
        self.pipe, theirs = context.Pipe()
        is_copy = isinstance(context, ForkContext)
        ours = self.pipe if is_copy else None
        self._process: BaseProcess = context.Process(target=_serve, args=(work, theirs, ours), daemon=True)
        with _uninterrupted(not is_copy):
            self._process.start()
        theirs.close()
        self.given: deque[_Given[Item]] = deque()
        self.limit = TIMEOUT
        self._done = 0                # results that the first of them has given
        self.since = time.monotonic()
        self.stopped = False

    def give(self, batch: list[_Given[Item]], limit: float) -> None:
        self.given.extend(batch)
        self.since, self.limit = time.monotonic(), limit
        try:
            self.pipe.send(([each.item for each in batch], limit))
        except OSError:
            pass                      # it has died: reading from it says so

    def take(self, silent: float) -> tuple[Result | Lost, ...]:
        """The next result of the first item, if it has one more."""
        results: tuple[Result | Lost, ...]
        if not self.pipe.poll():
            self.stop()
            results, is_last = (Lost(f"was silent for {silent:g} seconds", self._done),), True
        else:
            try:
                results, is_last = self.pipe.recv()
            except (EOFError, OSError):
                self.stop()
                results, is_last = (self._lost(),), True
        self.since = time.monotonic()
        self._done += len(results)
        if is_last:
            self.given.popleft()
            self._done = 0
        return results

    def _lost(self) -> Lost:
        """Why the process has ended, which ended without a word."""
        if self._process.exitcode == -signal.SIGPROF:
            return Lost(f"{TOO_LONG} {self.limit:g} seconds of the processor", self._done)
        return Lost(f"{DIED} ({_cause(self._process.exitcode)})", self._done, died=True)

    def stop(self) -> None:
        if not self.stopped:
            self.stopped = True
            self.pipe.close()
            self._process.join(0.2)
            if self._process.exitcode is None:
                self._process.kill()
                self._process.join()


def was_lost(reason: str) -> bool:
    """Whether something was not read because its process died or was stopped, and may be good."""
    return DIED in reason or TOO_LONG in reason or "was silent for" in reason


def _context(module: str, processes: int) -> _Context:
    """New processes inherit nothing of this one: no lock, no thread, no open file. A server that has the
    module loaded makes them in milliseconds where the system can fork. Where one is enough, this process is copied if
    it can be: to start the server takes longer than to read a few files."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    if processes == 1 and _can_be_copied():
        return multiprocessing.get_context("fork")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module])
    return context


def _can_be_copied() -> bool:
    """Whether a copy of this process is as good as a new one: it has no other thread, of whatever language, that might
    hold a lock which nobody would release in the copy, and leaves room below the limit of memory."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        return len(os.listdir("/proc/self/task")) == 1 and pages * resource.getpagesize() < MEMORY // 4
    except (OSError, ValueError):
        return False


@contextmanager
def _uninterrupted(is_tracked: bool) -> Iterator[None]:
    """A process that is started within gets no interrupt, also while it is importing. The tracker that Python starts
    with the first process that is no copy comes before: it would let interrupts through again."""
    if is_tracked:
        resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(work: Callable[[Any], Iterator[Any]], pipe: Connection, inherited: Connection | None) -> None:
    """What a worker does: a batch after another, until the pipe is closed. inherited: what a copy has of the other end,
    which would keep it open."""
    if inherited is not None:
        inherited.close()
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)          # the one who builds decides what an interrupt means
    signal.signal(signal.SIGPROF, signal.SIG_DFL)         # the system ends what takes too long, wherever it is
    _limit_memory()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        while True:
            items, limit = pipe.recv()
            for item in items:
                signal.setitimer(signal.ITIMER_PROF, limit)
                for message in _messages(work, item):
                    signal.setitimer(signal.ITIMER_PROF, 0)
                    pipe.send(message)
                    signal.setitimer(signal.ITIMER_PROF, limit)
            signal.setitimer(signal.ITIMER_PROF, 0)
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
