"""Inputs that are changed at random, fed to a target, and kept if they break a promise."""

from __future__ import annotations

import atexit
import random
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

SECONDS = 0.5                    # of the processor, whatever the input,
SECONDS_A_MEGABYTE = 60.0        # and for what is read, so much more
LONGEST = 12_000                 # bytes of an input


class Broken(Exception):
    """A promise that did not hold."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is fed: good inputs to begin with, words worth trying, and what must hold of any bytes."""

    check: Callable[[bytes], object]
    seeds: Sequence[bytes]
    words: Sequence[bytes]


Targets: TypeAlias = Mapping[str, Callable[[], Target]]     # made when they are asked for: some build an index


def hold(condition: object, promise: str) -> None:
    """Raises Broken unless the condition is true."""
    if not condition:
        raise Broken(promise)


def scratch_folder() -> Path:
    """A folder that is removed at the end of the program."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    return Path(folder.name)


def encoded(words: Iterable[str]) -> list[bytes]:
    return [each.encode(errors="surrogatepass") for each in words]


def changed(data: bytes, target: Target, chance: random.Random) -> bytes:
    """The input with one to four changes."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + int(chance.expovariate(0.1)))
        piece = data[at:to]
        other = chance.choice(target.seeds)
        from_ = chance.randrange(len(other))
        data = data[:at] + chance.choice((
            lambda: chance.choice(target.words) + data[at:], lambda: data[to:], lambda: piece * 2 + data[to:],
            lambda: chance.choice(target.words) * int(1 + chance.expovariate(0.02)) + data[at:],
            lambda: chance.randbytes(1) + data[at + 1:], lambda: piece[::-1] + data[to:],
            lambda: other[from_:from_ + chance.randrange(1, 400)] + data[at:]))()
    return data[:LONGEST]


class Feeding:
    """Executions of one target, and what came of them."""

    def __init__(self, target: Target, faults: Path) -> None:
        self.target, self.folder = target, faults
        self.executions, self.slowest = 0, 0.0
        self.faults: dict[str, str] = {}

    def __call__(self, data: bytes) -> None:
        """Feed one input."""
        self.executions += 1
        begun = time.thread_time()
        try:
            self.target.check(data)
        except Exception as error:
            self._keep(f"{type(error).__name__} {_place(error)}", f"{error}"[:300], data)
        took = time.thread_time() - begun
        self.slowest = max(self.slowest, took)
        if took > SECONDS + SECONDS_A_MEGABYTE * len(data) / 1e6:
            self._keep("slow", f"{took:.1f} s for {len(data)} bytes", data)

    def _keep(self, place: str, reason: str, data: bytes) -> None:
        if place not in self.faults:
            self.faults[place] = reason
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / f"{len(self.faults)}").write_bytes(data)
            print(f"  {place}: {reason}", flush=True)

    def line(self, name: str) -> str:
        """The target's line of the table that is printed."""
        return f"{name:<12}{self.executions:>12,}{1000 * self.slowest:>14,.0f}{len(self.faults):>9}"


def _place(error: Exception) -> str:
    """Where in the program it was raised; of a broken promise, which."""
    frames = [each for each in traceback.extract_tb(error.__traceback__) if "benchmarks" not in each.filename]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else f"{error}".partition(":")[0]
