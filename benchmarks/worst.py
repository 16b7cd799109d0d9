"""The slowest queries there are: a search for them, within what the server lets anybody ask.

    python -m benchmarks.worst INDEX [--rounds N] [--seconds S] [--seed N]

Begins with queries that are known to hurt search engines (many open ends, huge phrases, nothing but stop words, long
OR lists, deep nesting), with what else an address can ask for beside them, then changes the slowest ones at random and
keeps what is slower still. Prints the slowest of each shape as the server answers it: milliseconds of the page, of the
processor, and the status; then exports of everything, which are sent as they are read: milliseconds until the first
bytes and until the last. Exits with 1 where a page took more than the server's time and a second.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlencode

from flask.testing import FlaskClient

from indexer import EVERYTHING, STOP_WORDS, Configuration, Engine, Limits, open_engine, unlimited
from searchui import create_app

SEED = 20120328
CLAUSES = Limits().clauses
KINDS = ("articles", "quotations", "people")
FIELDS = ("", "said:", "text:", "title:", "mentions:", "speaker:", "author:")


def common(engine: Engine, most: int = 300) -> list[str]:
    """The most frequent words of the archive that are no stop words."""
    with unlimited():
        hits = engine.search(EVERYTHING, kind="article", sort="newest", per_page=1500).hits
    counts = Counter(word for hit in hits for word in set(hit.document["text"].lower().split()) if word.isalpha())
    return [word for word, _ in counts.most_common(most + len(STOP_WORDS)) if word not in STOP_WORDS][:most]


def shapes(words: list[str]) -> Iterator[tuple[str, str]]:
    """What hurts, by name."""
    stop = sorted(STOP_WORDS, key=len)[:CLAUSES]
    opened = sorted({word[:3] for word in words if len(word) > 3})
    half = CLAUSES // 2
    yield "everything", ""
    yield "one stop word", "the"
    yield "all stop words", " ".join(stop)
    yield "phrase of stop words", f'"{" ".join(stop)}"'
    yield "the of the of", '"' + " ".join(["the of"] * half) + '"'
    yield "the same word", '"' + " ".join([words[0]] * CLAUSES) + '"'
    yield "near stop words", f'"{" ".join(stop[:20])}"~100'
    yield "near the the", '"' + " ".join(["the"] * 30) + '"~100'
    yield "near common words", f'"{" ".join(words[:30])}"~100'
    yield "common words", " ".join(words[:CLAUSES])
    yield "any common word", " OR ".join(words[:CLAUSES])
    yield "any phrase", " OR ".join(f'"{one} {other}"' for one, other in zip(words[:half], words[1:]))
    yield "any stop phrase", " OR ".join(f'"{one} {other}"' for one, other in zip(stop[:half], stop[1:]))
    yield "open ends", " ".join(f"{each}*" for each in opened[:CLAUSES])
    yield "any open end", " OR ".join(f"{each}*" for each in opened[:CLAUSES])
    yield "open ends without", " ".join(f"-{each}*" for each in opened[:CLAUSES])
    yield "open names", " OR ".join(f"mentions:{each}*" for each in opened[:CLAUSES])
    yield "nested", "".join(f"({word} OR (" for word in words[:half]) + words[0] + "))" * half
    yield "nested without", "".join(f"-({word} OR -(" for word in words[:25]) + words[0] + "))" * 25
    yield "without", " ".join(f"-{word}" for word in words[:CLAUSES])
    yield "days", " ".join(f"date:{2000 + number % 20}.." for number in range(CLAUSES))
    yield "misspelt", " ".join(f"{word}x" for word in words[:CLAUSES])
    yield "long words", " ".join("ab" * 15 for _ in range(30))
    yield "hyphens", "-".join(words[:CLAUSES])
    yield "signs", "*?[]{}^~\\" * 100
    yield "wide letters", "\uff21\u0301" * 400
    yield "stop words and names", " OR ".join(f"mentions:{each}" for each in stop[:half])
    yield "long near", f'"{" ".join(words[:10] + stop[:10])}"~100 OR "{" ".join(words[10:20] + stop[:10])}"~100'
    yield "phrases of the the", " OR ".join(f'"the {word} the"' for word in words[:CLAUSES // 3])
    yield "ends of one letter more", " OR ".join(f"{word[:3]}*" for word in stop if len(word) > 2)


# What an address can ask for beside a query: by name.
BESIDE: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "": ("/search", {}), "facets": ("/api/search", {"facets": "1", "per_page": "100", "all": "1"}),
    "oldest": ("/search", {"sort": "oldest", "all": "1"}), "page 500": ("/search", {"page": "500"}),
    "page 500 of 100": ("/api/search", {"page": "500", "per_page": "100", "sort": "newest", "facets": "1"}),
    "anywhere": ("/search", {"anywhere": "1"}), "compared": ("/compare", {"a": "smith", "b": "jones"}),
    "not these": ("/search", {"not_year": "2010", "not_author": "a", "not_mentions": "b", "from": "2005"}),
}
SUGGESTED = ("/api/suggest", "/suggestions", "/people")
EXPORTED = ("csv", "jsonl", "ris", "bib", "csl.json")


def changed(query: str, words: list[str], chance: random.Random) -> str:
    """The same query, but for one part of it."""
    parts = query.split(" ")
    at = chance.randrange(len(parts))
    word = chance.choice(words + ["the", "of", "and", "a", "to"])
    parts[at] = chance.choice((
        word, f"{word[:3]}*", f'"{word} {chance.choice(words)}"', f"-{word}", f"{chance.choice(FIELDS)}{word}",
        f"OR {word}", f"({word}", f"{word})", f'"the {word}"~100', f"{chance.choice(FIELDS)}{word[:3]}*"))
    return " ".join(parts)[:Limits().query]


@dataclass(frozen=True, slots=True)
class Seen:
    """A page that was asked for: milliseconds by the clock and of the processor."""

    took: float
    worked: float
    status: int
    name: str
    kind: str
    query: str
    beside: str


class TimedClient:
    """Pages of one client, timed."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def measured(self, query: str, kind: str, beside: str) -> tuple[float, float, int]:
        """Milliseconds by the clock and of the processor, and the status."""
        path, more = BESIDE[beside]
        return self.timed(path, {"q": query, "in": kind, **more})

    def exported(self, form: str, kind: str) -> tuple[float, float]:
        """Milliseconds until the first bytes and until the last."""
        start = time.perf_counter()
        with self.client.get(f"/export.{form}", query_string={"in": kind}) as response:
            parts = response.iter_encoded()
            next(parts)
            first = time.perf_counter()
            for _ in parts:
                pass
        return 1000 * (first - start), 1000 * (time.perf_counter() - start)

    def timed(self, path: str, asked: Mapping[str, str]) -> tuple[float, float, int]:
        start, begun = time.perf_counter(), time.thread_time()
        with self.client.get(f"{path}?{urlencode(asked)}") as response:
            status = response.status_code if response.data else 0
        return 1000 * (time.perf_counter() - start), 1000 * (time.thread_time() - begun), status


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--seconds", type=float, default=Limits().seconds, help="the server's time for a query")
    options = parser.parse_args()
    engine = open_engine(options.index)
    words = common(engine)
    engine.close()
    limits = Limits(seconds=options.seconds)
    client = create_app({"CONFIGURATION": Configuration(), "INDEX": options.index, "LIMITS": limits}).test_client()
    pages = TimedClient(client)
    for path in ("/", "/people", "/compare"):
        pages.timed(path, {})
    chance = random.Random(options.seed)
    seen = [Seen(*pages.measured(query, kind, beside), name, kind, query, beside)
            for name, query in shapes(words) for kind in KINDS for beside in BESIDE]
    seen += [Seen(*pages.timed(path, {"q": letter, "limit": "50"} if "api" in path else {"q": letter}),
                  f"one letter, {path}", "people", letter, "") for path in SUGGESTED for letter in "aes"]
    for number in range(options.rounds):
        slowest = [each for each in sorted(seen, key=lambda each: -each.worked)[:16] if "letter" not in each.name]
        one = chance.choice(slowest)
        query = changed(one.query, words, chance)
        beside = chance.choice((one.beside, one.beside, *BESIDE))
        seen.append(Seen(*pages.measured(query, one.kind, beside), f"{one.name.split(' +')[0]} +", one.kind, query,
                         beside))
    print(f"{len(seen):,} pages, {sum(each.status == 503 for each in seen)} of them stopped by the clock; the slowest:")
    print(f"{'shape':<26}{'kind':<12}{'beside':<17}{'ms':>8}{'processor':>11}{'status':>8}")
    best = {(each.name, each.kind): each for each in sorted(seen, key=lambda each: each.worked)}
    for each in sorted(best.values(), key=lambda each: -each.worked)[:25]:
        print(f"{each.name:<26}{each.kind:<12}{each.beside:<17}{each.took:>8.0f}{each.worked:>11.0f}{each.status:>8}")
    print(f"\n{'export of everything':<26}{'kind':<12}{'first ms':>17}{'last ms':>8}")
    for form, kind in product(EXPORTED, KINDS[:2]):
        first, last = pages.exported(form, kind)
        print(f"{form:<26}{kind:<12}{first:>17.0f}{last:>8.0f}")
    raise SystemExit(any(each.took > 1000 * (options.seconds + 1) or each.status == 500 for each in seen))


if __name__ == "__main__":
    main()
