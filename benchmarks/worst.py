"""The slowest queries there are: a search for them, within what the server lets anybody ask.

    python -m benchmarks.worst INDEX [--rounds N] [--seconds S]

Begins with queries that are known to hurt search engines (many open ends, huge phrases, nothing but stop words, long
OR lists, deep nesting), then changes the slowest ones at random and keeps what is slower still. Prints the slowest of
each shape as the server answers it: milliseconds of the page, of the processor, and the status.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

from flask.testing import FlaskClient

from indexer import EVERYTHING, STOP_WORDS, Configuration, Engine, Limits, open_engine
from searchui import create_app

SEED = 20120328
CLAUSES = Limits().clauses
KINDS = ("articles", "quotations", "people")
FIELDS = ("", "said:", "text:", "title:", "mentions:", "speaker:", "author:")


def common(engine: Engine, most: int = 300) -> list[str]:
    """The most frequent words of the archive that are no stop words."""
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


def changed(query: str, words: list[str], chance: random.Random) -> str:
    """The same query, but for one part of it."""
    parts = query.split(" ")
    at = chance.randrange(len(parts))
    word = chance.choice(words + ["the", "of", "and", "a", "to"])
    parts[at] = chance.choice((
        word, f"{word[:3]}*", f'"{word} {chance.choice(words)}"', f"-{word}", f"{chance.choice(FIELDS)}{word}",
        f"OR {word}", f"({word}", f"{word})", f'"the {word}"~100', f"{chance.choice(FIELDS)}{word[:3]}*"))
    return " ".join(parts)[:Limits().query]


class Asking:
    """Pages of one client, timed."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def measured(self, query: str, kind: str, path: str) -> tuple[float, float, int]:
        """Milliseconds by the clock and of the processor, and the status."""
        start, begun = time.perf_counter(), time.thread_time()
        with self.client.get(f"{path}?{urlencode({'q': query, 'in': kind})}") as response:
            status = response.status_code if response.data else 0
        return 1000 * (time.perf_counter() - start), 1000 * (time.thread_time() - begun), status


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=Limits().seconds, help="the server's time for a query")
    options = parser.parse_args()
    engine = open_engine(options.index)
    words = common(engine)
    engine.close()
    limits = Limits(seconds=options.seconds)
    client = create_app({"CONFIGURATION": Configuration(), "INDEX": options.index, "LIMITS": limits}).test_client()
    asking = Asking(client)
    asking.measured("", "articles", "/")
    chance = random.Random(SEED)
    seen: list[tuple[float, float, int, str, str, str]] = []
    for name, query in shapes(words):
        for kind in KINDS:
            seen.append((*asking.measured(query, kind, "/search"), name, kind, query))
    for number in range(options.rounds):
        slowest = sorted(seen, key=lambda each: -each[1])[:12]
        *_, name, kind, query = chance.choice(slowest)
        query = changed(query, words, chance)
        seen.append((*asking.measured(query, kind, "/search"), f"{name.split(' +')[0]} +", kind, query))
    print(f"{'shape':<26}{'kind':<12}{'ms':>8}{'processor':>11}{'status':>8}")
    best: dict[tuple[str, str], tuple[float, float, int, str, str, str]] = {}
    for each in sorted(seen, key=lambda each: each[1]):
        best[each[3], each[4]] = each
    for took, worked, status, name, kind, _ in sorted(best.values(), key=lambda each: -each[1])[:25]:
        print(f"{name:<26}{kind:<12}{took:>8.0f}{worked:>11.0f}{status:>8}")


if __name__ == "__main__":
    main()
