"""A program while it runs: how long it takes, and what it and all its processes take of processor and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.25          # seconds between two looks
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """seconds by the clock, processor seconds, and the largest memory of all processes together in bytes, where what
    they share counts once (PSS)."""

    seconds: float
    processor: float
    memory: int


def watched(arguments: Sequence[str], **more: object) -> Cost:
    """Run a Python program to its end; CalledProcessError where it fails."""
    started = time.monotonic()
    process = subprocess.Popen([sys.executable, *arguments], **more)             # type: ignore[call-overload]
    memory, used = 0, dict[int, float]()
    while process.poll() is None:
        family = descendants(process.pid)
        memory = max(memory, sum(map(_memory, family)))
        used.update((each, spent) for each in family if (spent := _processor(each)))
        time.sleep(INTERVAL)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    return Cost(time.monotonic() - started, sum(used.values()), memory)


def descendants(root: int) -> list[int]:
    """A process and all that come from it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (parent := _stat(int(entry.name))[1:2]):
            children.setdefault(int(parent[0]), []).append(int(entry.name))
    found = [root]
    for each in found:
        found.extend(children.get(each, ()))
    return found


def _stat(process: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on; none of a process that is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return []


def _processor(process: int) -> float:
    stat = _stat(process)
    return (int(stat[11]) + int(stat[12])) / _TICKS if stat else 0.0


def _memory(process: int) -> int:
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in rollup.splitlines() if line.startswith("Pss:"))
