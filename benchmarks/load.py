"""How much the server answers, how fast, and whether its memory stays flat. Loopback only, bounded.

    python -m benchmarks.load INDEX [--processes N] [--seconds S] [--clients 1 8 32] [--memory REQUESTS]
    python -m benchmarks.load INDEX --inside        # no network: milliseconds for each kind of request

Starts the server itself, as a process of its own, and asks it a mix of what people ask: searches of one to three
words, phrases, open ends, dates, people, quotations, articles, suggestions, the API, small exports. The words and
names come from the index; the order from a fixed seed. Clients keep their connections, wait for each answer and
ask on; they share the machine with the server.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlencode

from indexer import EVERYTHING, STOP_WORDS, Engine, open_engine, unlimited
from searchui import create_app

SEED = 20120328
# Kind of request → how many of a hundred.
MIX = {
    "articles, words": 26, "articles, phrase": 4, "articles, word*": 3, "articles, dates": 4, "articles, page 2": 3,
    "quotations, words": 8, "quotations by person": 8, "people": 3, "article": 14, "person": 7, "suggest": 12,
    "api, facets": 3, "front": 3, "directory": 1, "export": 1,
}
_WORD = re.compile(r"[A-Za-z]{3,}")


class Archive:
    """What there is to ask for."""

    def __init__(self, engine: Engine, seed: int) -> None:
        self.chance = random.Random(seed)
        with unlimited():
            articles = engine.search(EVERYTHING, kind="article", sort="newest", per_page=100_000, collapse=False).hits
        self.articles = [hit.document for hit in self.chance.sample(articles, min(len(articles), 600))]
        people = engine.search(EVERYTHING, kind="quotation", per_page=1, facets=("speaker_id",)).facets["speaker_id"]
        self.people = [(value.value, value.label) for value in people]
        self.sentences = [words for each in self.articles if len(words := _WORD.findall(each["text"])) > 20]
        self.words: list[str] = [
            word.lower() for words in self.sentences for word in words[:60] if word.lower() not in STOP_WORDS]

    def word(self) -> str:
        return self.chance.choice(self.words)

    def some(self, most: int) -> str:
        """Words of one story: people search for what there is."""
        own = [word.lower() for word in self.chance.choice(self.sentences) if word.lower() not in STOP_WORDS]
        return " ".join(self.chance.sample(own, min(len(own), self.chance.randint(1, most))))

    def phrase(self) -> str:
        text = self.chance.choice(self.sentences)
        start = self.chance.randrange(len(text) - 3)
        return f'"{" ".join(text[start:start + self.chance.randint(2, 3)])}"'

    def address(self, kind: str) -> str:
        """One request of a kind."""
        person, name = self.chance.choice(self.people)
        article = self.chance.choice(self.articles)["id"]
        year = self.chance.randint(2005, 2016)
        path, asked = {
            "articles, words": ("/search", {"q": self.some(3)}),
            "articles, phrase": ("/search", {"q": self.phrase()}),
            "articles, word*": ("/search", {"q": self.word()[:4] + "*"}),
            "articles, dates": ("/search", {"q": self.word(), "from": str(year), "to": str(year + 2)}),
            "articles, page 2": ("/search", {"q": self.word(), "page": "2"}),
            "quotations, words": ("/search", {"q": self.some(2), "in": "quotations"}),
            "quotations by person": ("/search", {"q": self.word(), "in": "quotations", "speaker": person}),
            "people": ("/search", {"q": name.split()[-1], "in": "people"}),
            "article": (f"/article/{article}", {"q": self.word()}),
            "person": (f"/person/{person}", {}),
            "suggest": ("/api/suggest", {"q": name[:self.chance.randint(2, 7)]}),
            "api, facets": ("/api/search", {"q": self.some(2), "facets": "1"}),
            "front": ("/", {}),
            "directory": ("/people", {"letter": self.chance.choice("ABCDEFGHM")}),
            "export": ("/export.csv", {"q": self.some(2), "in": "quotations", "speaker": person}),
        }[kind]
        return f"{path}?{urlencode(asked)}" if asked else path

    def mix(self, count: int) -> list[str]:
        kinds = self.chance.choices(list(MIX), list(MIX.values()), k=count)
        return [self.address(kind) for kind in kinds]


@contextmanager
def server(index: str, processes: int, threads: int) -> Iterator[tuple[int, int]]:
    """The command, on a free port of loopback: its process and its port."""
    command = [sys.executable, "-m", "indexer", "serve", "--index", index, "--port", "0",
               "--processes", str(processes), "--threads", str(threads)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        port = int(process.stdout.readline().rpartition(":")[2].split("/")[0])
        try:
            yield process.pid, port
        finally:
            process.terminate()


def memory(process: int) -> int:
    """Megabytes in memory, of a process and its children."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    status = Path(f"/proc/{process}/status").read_text()
    own = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return own // 1024 + sum(memory(int(child)) for child in children)


def asked(port: int, addresses: Iterator[str], until: float) -> tuple[list[float], list[str]]:
    """One client: milliseconds of each answer, and what was refused or failed."""
    times, wrong = [], []
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    for address in addresses:
        if time.perf_counter() > until:
            break
        start = time.perf_counter()
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        response.read()
        times.append(1000 * (time.perf_counter() - start))
        if response.status not in (200, 302):
            wrong.append(f"{response.status} {address}")
    connection.close()
    return times, wrong


def load(port: int, addresses: Sequence[str], clients: int, seconds: float) -> str:
    """A line of the table: so many clients for so long."""
    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        shares = [cycle(addresses[number::clients]) for number in range(clients)]
        done = list(pool.map(lambda share: asked(port, share, start + seconds), shares))
    took = time.perf_counter() - start
    times = sorted(each for own, _ in done for each in own)
    wrong = [each for _, own in done for each in own]
    for each in wrong[:5]:
        print("   ", each)
    return (f"{clients:>7}{len(times):>10}{len(times) / took:>12.0f}" + percentiles(times) + f"{len(wrong):>8}")


def percentiles(times: Sequence[float]) -> str:
    ordered = sorted(times)
    return "".join(f"{ordered[min(len(ordered) - 1, int(share * len(ordered)))]:>9.1f}" for share in (0.5, 0.95, 0.99))


def flat(process: int, port: int, addresses: Sequence[str], requests: int) -> None:
    """Memory while so many requests are answered, eight clients at once."""
    print(f"\n{'requests':>9}{'MB':>7}")
    step = max(1, requests // 10)
    for done in range(0, requests + 1, step):
        print(f"{done:>9}{memory(process):>7}", flush=True)
        if done < requests:
            with ThreadPoolExecutor(8) as pool:
                shares = [islice(cycle(addresses[done + number::8] or addresses), step // 8) for number in range(8)]
                list(pool.map(lambda share: asked(port, share, float("inf")), shares))


def inside(index: str, archive: Archive, requests: int) -> None:
    """Milliseconds inside the server, each address for the first time, one after the other. Those of the processor
    are what an idle machine takes; those of the clock wait for whatever else runs."""
    client = create_app({"INDEX": index}).test_client()
    for address in ("/", "/people", "/search?q=a"):
        client.get(address)
    heads = "".join(f"{head:>9}" for head in ("p50", "p95", "p99"))
    print(f"{'':<22}{'milliseconds by the clock':>27}{'of the processor':>27}\n{'kind':<22}{heads}{heads}")
    for kind in MIX:
        times, worked = [], []
        for address in dict.fromkeys(archive.address(kind) for _ in range(requests)):
            start, begun = time.perf_counter(), time.thread_time()
            with client.get(address, headers={"Accept-Encoding": "gzip"}) as response:
                assert response.data and response.status_code in (200, 302), (address, response.data)
            times.append(1000 * (time.perf_counter() - start))
            worked.append(1000 * (time.thread_time() - begun))
        print(f"{kind:<22}{percentiles(times)}{percentiles(worked)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--memory", type=int, default=0, metavar="REQUESTS")
    parser.add_argument("--inside", action="store_true")
    options = parser.parse_args()
    engine = open_engine(options.index)
    archive = Archive(engine, SEED)
    engine.close()
    if options.inside:
        return inside(options.index, archive, 200)
    addresses = archive.mix(4000)
    with server(options.index, options.processes, options.threads) as (process, port):
        asked(port, iter(addresses[:200]), float("inf"))
        if options.memory:
            return flat(process, port, addresses, options.memory)
        print(f"{'clients':>7}{'requests':>10}{'a second':>12}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'failed':>8}")
        for clients in options.clients:
            print(load(port, addresses[200:], clients, options.seconds), flush=True)


if __name__ == "__main__":
    main()
