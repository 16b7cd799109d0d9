"""Feed the program what nobody would write, and see that it holds.

    python -m benchmarks.fuzz [TARGET…] [--seconds 60] [--seed N] [--faults FOLDER] [--guided]

Each target takes any bytes, does with them what the program does with such input, and says what must be true of the
outcome whatever they were. Inputs are changed at random from a few good ones; whatever broke a promise is written
into the folder of faults, once for each place. --guided lets atheris, where it is installed, choose the inputs by the
code they reach; it takes one target. Targets that need a browser are fed only where they are named. Prints executions,
the slowest input, and faults; exits with 1 if there are any.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.fuzz import commands, damage, keeper, notebook, searches, stories, written_files
from benchmarks.fuzz.feeding import LONGEST, Feeding, Target, Targets, changed

TARGETS: Targets = {
    **searches.TARGETS, **stories.TARGETS, **written_files.TARGETS, **keeper.TARGETS, **commands.TARGETS,
    **damage.TARGETS,
}


def chosen_targets(names: Sequence[str]) -> Iterator[tuple[str, Target]]:
    """The targets of these names, ready to be fed; without names all that need no browser."""
    every = {**TARGETS, **notebook.TARGETS}
    for name in names or TARGETS:
        if name not in every:
            raise SystemExit(f"There is no target {name}; there are {', '.join(every)}.")
        yield name, every[name]()


def guided(name: str, feeding: Feeding, seconds: int, folder: Path) -> None:
    """Until the time is over atheris chooses the inputs; it ends the program."""
    atheris = import_module("atheris")
    corpus = folder / "inputs"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(feeding.target.seeds):
        (corpus / f"seed{number}").write_bytes(seed[:LONGEST])
    escaped = ["".join(f"\\x{byte:02x}" for byte in word) for word in feeding.target.words if len(word) < 60]
    (folder / "words").write_text("".join(f'"{each}"\n' for each in escaped))
    begun = time.monotonic()

    def feed(data: bytes) -> None:
        feeding(data)
        if time.monotonic() > begun + seconds:
            print(feeding.line(name), flush=True)
            os._exit(bool(feeding.faults))

    atheris.Setup([sys.argv[0], str(corpus), f"-dict={folder / 'words'}", f"-max_len={LONGEST}", "-rss_limit_mb=0",
                   "-timeout=300", "-verbosity=0"], feed)
    atheris.Fuzz()


def fed(feeding: Feeding, seconds: int, chance: random.Random) -> None:
    """Feed a target for so many seconds."""
    target = feeding.target
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        feeding(changed(chance.choice(target.seeds), target, chance))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", nargs="*", help=", ".join((*TARGETS, *notebook.TARGETS)))
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--seed", type=int, default=20120328)
    parser.add_argument("--faults", type=Path, default=Path(tempfile.gettempdir()) / "onrecord-faults")
    parser.add_argument("--guided", action="store_true")
    chosen = parser.parse_args()
    if chosen.guided:
        with import_module("atheris").instrument_imports(include=["indexer", "searchui"]):
            import searchui  # noqa: F401
            from indexer.commands import cli  # noqa: F401
    print(f"{'target':<12}{'executions':>12}{'slowest, ms':>14}{'faults':>9}", flush=True)
    broken = False
    for name, target in chosen_targets(chosen.target):
        feeding = Feeding(target, chosen.faults / name)
        if chosen.guided:
            guided(name, feeding, chosen.seconds, chosen.faults / name)
        fed(feeding, chosen.seconds, random.Random(chosen.seed))
        print(feeding.line(name), flush=True)
        broken = broken or bool(feeding.faults)
    raise SystemExit(broken)


if __name__ == "__main__":
    main()
