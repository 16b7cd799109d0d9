"""Switch builds while the server answers, and see how long it takes and whether anybody notices.

    python -m benchmarks.switch INDEX [--builds 20] [--clients 4] [--processes 2] [--pause 3]

Several processes serve copies of one build while clients ask without a pause; again and again another copy is switched
in. Prints how many requests failed, and how long after the switch the first answer of the new build began to be
asked for, and the last of the old one: by the clock, on this machine, with the clients on it.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path

from benchmarks.load import SEED, Archive, server
from indexer import open_engine
from indexer.index_folder import build_folder, current_build, new_build, remove_old, switch_to

_BUILD = re.compile(r'"(copy\d+)-')


def copied(index: Path, to: Path, number: int) -> str:
    """Another build of the same, made of the same files."""
    build = f"copy{number:03}"
    new_build(to, build).rmdir()
    shutil.copytree(build_folder(index, current_build(index)), build_folder(to, build), copy_function=os.link)
    return build


def asked(port: int, addresses: Sequence[str], stop: list[bool]) -> list[tuple[float, int, str]]:
    """One client, until it is told to stop: when it asked, the status, and the build that answered."""
    found = []
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    for address in cycle(addresses):
        if stop:
            break
        start = time.monotonic()
        try:
            connection.request("GET", address)
            response = connection.getresponse()
            response.read()
        except OSError:
            found.append((start, 0, ""))
            connection.close()
            continue
        build = _BUILD.search(response.headers.get("ETag", ""))
        found.append((start, response.status, build[1] if build else ""))
    connection.close()
    return found


def told(name: str, seconds: Sequence[float]) -> None:
    ordered = sorted(seconds)
    print(f"{name:<36}{ordered[len(ordered) // 2]:>8.2f}{ordered[-1]:>8.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--builds", type=int, default=20)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--pause", type=float, default=3.0)
    options = parser.parse_args()
    engine = open_engine(options.index)
    addresses = Archive(engine, SEED).mix(2_000)
    engine.close()
    with tempfile.TemporaryDirectory(dir=options.index) as folder:
        index, stop, switched = Path(folder), list[bool](), dict[str, float]()
        switch_to(index, copied(options.index, index, 0))
        with server(folder, options.processes, 8) as (_, port), ThreadPoolExecutor(options.clients) as pool:
            shares = [addresses[number::options.clients] for number in range(options.clients)]
            clients = [pool.submit(asked, port, share, stop) for share in shares]
            time.sleep(options.pause)
            for number in range(1, options.builds + 1):
                before, build = current_build(index), copied(options.index, index, number)
                switch_to(index, build)
                switched[build] = time.monotonic()
                remove_old(index, build, before)
                time.sleep(options.pause)
            stop.append(True)
            answers = [each for client in clients for each in client.result()]
    failed = [each for each in answers if each[1] not in (200, 302)]
    print(f"{len(answers):,} requests during {options.builds} switches, {len(failed)} failed")
    for status, times in Counter(status for _, status, _ in failed).items():
        print(f"    {times} ended with {status}")
    print(f"{'seconds after the switch':<36}{'median':>8}{'most':>8}")
    told("first asked that the new one answered", [min(
        (start for start, _, own in answers if own >= build), default=float("inf")) - at
        for build, at in switched.items()])
    told("last asked that an old one answered", [max(
        (start for start, _, own in answers if own and own < build), default=at) - at
        for build, at in switched.items()])
    raise SystemExit(bool(failed))


if __name__ == "__main__":
    main()
