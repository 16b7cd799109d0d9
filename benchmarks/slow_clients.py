"""Clients that take for ever, against everybody else: does the server still answer?

    python -m benchmarks.slow_clients INDEX [--clients 300] [--seconds 600] [--threads 8]

Serves the index and lets a third of the clients read an export a byte a second, a third send requests a byte at a time
that never end, and a third hold connections on which nothing happens; each that is closed comes back. Meanwhile asks
/healthz and a search ten times a second. Prints the milliseconds of both (median, 99th of a hundred, slowest), and
what was refused; exits with 1 where /healthz took more than a tenth of a second at the 99th or any answer failed.
"""

from __future__ import annotations

import argparse
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread

HEALTHY = 100.0                   # milliseconds
HEAD = b"GET /export.jsonl?in=quotations HTTP/1.1\r\nHost: slow.example\r\n"


@contextmanager
def served(index: Path, threads: int) -> Iterator[int]:
    """The port of a server over that index."""
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
        file.write(f'port = 0\nindex = "{index.absolute()}"\nthreads = {threads}\n[log]\nrequests = false\n')
        file.flush()
        with subprocess.Popen([sys.executable, "-m", "indexer", "--config", file.name, "serve"],
                              stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            found = re.search(r":(\d+)/", process.stdout.readline())
            assert found, "the server did not start"
            try:
                yield int(found[1])
            finally:
                process.terminate()


def connected(port: int) -> socket.socket:
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1_024)
    slow.settimeout(5)
    slow.connect(("127.0.0.1", port))
    return slow


def reads(port: int, over: Event) -> None:
    """Takes an answer a byte a second."""
    with connected(port) as slow:
        slow.sendall(HEAD + b"\r\n")
        while not over.wait(1) and slow.recv(1):
            pass


def asks(port: int, over: Event) -> None:
    """Sends a request that never ends."""
    with connected(port) as slow:
        slow.sendall(HEAD)
        while not over.wait(1):
            slow.sendall(b"a")


def waits(port: int, over: Event) -> None:
    """Asks nothing."""
    with connected(port):
        over.wait(30)


def again(kind: int, port: int, over: Event) -> None:
    """A client of that kind that comes back whenever it is sent away."""
    while not over.is_set():
        with suppress(OSError):
            (reads, asks, waits)[kind](port, over)
        over.wait(0.1)


def asked(port: int, address: str) -> float:
    """Milliseconds until an answer was read; infinite where there was none."""
    begun = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", address)
        response = connection.getresponse()
        response.read()
    except (OSError, HTTPException):
        return float("inf")
    finally:
        connection.close()
    return 1000 * (time.perf_counter() - begun) if response.status == 200 else float("inf")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--clients", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--threads", type=int, default=8)
    chosen = parser.parse_args()
    over, took = Event(), {"/healthz": list[float](), "/search?q=said": list[float]()}
    with served(chosen.index, chosen.threads) as port:
        for address in took:
            asked(port, address)
        for number in range(chosen.clients):
            Thread(target=again, args=(number % 3, port, over), daemon=True).start()
        end = time.monotonic() + chosen.seconds
        while time.monotonic() < end:
            for address, times in took.items():
                times.append(asked(port, address))
            time.sleep(0.1)
        over.set()
    print("| address | answers | failed | median, ms | 99th, ms | slowest, ms |\n|---|---|---|---|---|---|")
    for address, times in took.items():
        good = [each for each in times if each < float("inf")]
        good = good or [float("inf")]
        last = quantiles(good, n=100)[98] if len(good) > 1 else float("inf")
        failed = times.count(float("inf"))
        print(f"| {address} | {len(times) - failed} | {failed} | {median(good):.0f} | {last:.0f} | {max(good):.0f} |")
        took[address] = [last, *(each for each in times if each == float("inf"))]
    healthy = took["/healthz"][0] < HEALTHY and all(len(each) == 1 for each in took.values())
    raise SystemExit(not healthy)


if __name__ == "__main__":
    main()
