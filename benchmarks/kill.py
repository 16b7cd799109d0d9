"""Kill builds and updates at random moments, and look at what they leave.

    python -m benchmarks.kill [ARCHIVE] [--kills 50] [--articles 2000]

An index of the archive is built; then, again and again, ten files are changed and a build from nothing or an update is
started and killed by SIGKILL at a random moment of the time it takes. After each kill the index must open and answer
with all that it held before or with all that it should hold then, nothing between; no process and no lock may be left;
and the next build must end where one in a fresh folder does. Prints a Markdown table; exits with 1 where any failed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from benchmarks.grown import grown
from benchmarks.watched import descendants
from indexer.engines import open_engine
from indexer.errors import IndexLocked, OnRecordError
from indexer.index_folder import locked
from indexer.query.tree import EVERYTHING
from indexer.reading.archive import walk
from indexer.search.engine import Kind
from indexer.search.time_limit import unlimited

CHANGED = 10                     # files before each build
PATIENCE = 10.0                  # seconds in which the processes of a killed build must be gone
RUNS = {"build": ("--full",), "update": ()}
FAULTS = ("damaged", "processes left", "lock left", "wrong after")


def held(index: Path) -> str:
    """A hash of everything that an index answers, but for when it was first seen; "" where it cannot be opened."""
    try:
        return hashlib.sha256("\n".join(everything(index)).encode()).hexdigest()
    except (OnRecordError, OSError, ValueError, KeyError) as error:
        print(f"damaged: {error!r}", file=sys.stderr)
        return ""


def everything(index: Path) -> list[str]:
    """All documents of an index, a line each, but for when they were first seen."""
    engine = open_engine(index)
    with unlimited():
        found = [json.dumps({**hit.document, "indexed": ""}, sort_keys=True)
                 for kind in get_args(Kind) for hit in engine.every(EVERYTHING, kind=kind)]
    engine.close()
    return sorted(found)


def command(data: Path, index: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "indexer", "build", str(data), "--index", str(index), *more]


def built(data: Path, index: Path, *more: str) -> float:
    """Build to the end, and say how many seconds it took."""
    started = time.monotonic()
    subprocess.run(command(data, index, *more), check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def change(data: Path, chance: random.Random) -> None:
    """Other files than before say something more."""
    for path in chance.sample(list(walk(data)), CHANGED):
        said = f'\n<p>"This is line {chance.randrange(10**6)}," said Wendell Quarles, an archivist.</p>\n'
        path.write_bytes(path.read_bytes() + said.encode())


def killed(data: Path, index: Path, more: tuple[str, ...], after: float) -> bool:
    """Kill a build after so many seconds; whether processes of it are left when they should be gone."""
    process = subprocess.Popen(command(data, index, *more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    family = descendants(process.pid)[1:]
    process.kill()
    process.wait()
    end = time.monotonic() + PATIENCE
    while (left := [each for each in family if _lives(each)]) and time.monotonic() < end:
        time.sleep(0.05)
    return bool(left)


def _lives(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def lock_left(index: Path) -> bool:
    try:
        with locked(index):
            return False
    except IndexLocked:
        return True


def trial(data: Path, index: Path, run: str, seconds: Mapping[str, float], chance: random.Random) -> Counter[str]:
    """One kill, and what it left. seconds are those of earlier runs; a busy machine takes longer."""
    found: Counter[str] = Counter(kills=1)
    before = held(index)
    change(data, chance)
    with tempfile.TemporaryDirectory(dir=index.parent) as folder:
        pace = built(data, Path(folder) / "fresh") / seconds["build"]
        wanted = held(Path(folder) / "fresh")
    found["processes left"] = killed(data, index, RUNS[run], chance.uniform(0, pace * seconds[run]))
    found["lock left"] = lock_left(index)
    answers = held(index)
    found["answered as before"] = answers == before
    found["answered anew"] = answers == wanted
    found["damaged"] = answers not in (before, wanted)
    built(data, index)
    found["wrong after"] = held(index) != wanted
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", nargs="?", type=Path, default=Path("data"))
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=os.getpid())
    chosen = parser.parse_args()
    chance, totals = random.Random(chosen.seed), {run: Counter[str]() for run in RUNS}
    with tempfile.TemporaryDirectory() as name:
        data, index = grown(chosen.archive, Path(name) / "data", chosen.articles), Path(name) / "index"
        built(data, index)
        seconds = {}
        for run, more in RUNS.items():
            change(data, chance)
            seconds[run] = built(data, index, *more)
        for number in range(chosen.kills):
            run = list(RUNS)[number % len(RUNS)]
            totals[run].update(trial(data, index, run, seconds, chance))
            print(f"\r{number + 1} of {chosen.kills}", end="", file=sys.stderr, flush=True)
    columns = ("kills", "answered as before", "answered anew", *FAULTS)
    print(f"\n| killed | seconds it takes | {' | '.join(columns)} |\n|{'---|' * (len(columns) + 2)}")
    for run, found in totals.items():
        print(f"| {run} | {seconds[run]:.1f} | {' | '.join(str(found[column]) for column in columns)} |")
    raise SystemExit(any(found[fault] for found in totals.values() for fault in FAULTS))


if __name__ == "__main__":
    main()
