"""How heavy the pages are and how long the server works on them.

    python benchmarks/page.py [INDEX] [--requests N]

Prints, for every kind of page, the bytes of its HTML, those of everything that a first visit needs (HTML, stylesheets,
scripts and icon, without fonts, uncompressed), those of the page and of a first visit as they travel, and the median
and 95th percentile of the server's time, without network, and the same of its processor's time, which other work on
the machine hardly lengthens. Bytes are those of the heaviest of the pages asked for. As in a server, what the first
pages need is computed before, and what stays is out of the way of Python's collector.
"""

from __future__ import annotations

import argparse
import gzip
import re
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from indexer import EVERYTHING, Kind
from searchui import create_app
from searchui.pages.home import most_quoted, topics
from searchui.request.open_index import OpenIndex, current_index


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", nargs="?", default="index")
    parser.add_argument("--requests", type=int, default=30)
    options = parser.parse_args()
    app = create_app({"INDEX": options.index})
    index: OpenIndex = app.extensions["onrecord"]
    index.refresh()
    index.make_ready()
    client = app.test_client()
    fonts = sum(path.stat().st_size for path in Path(str(app.static_folder)).glob("*.woff2"))
    print(f"fonts: {fonts:,} bytes, fetched once\n")
    print(f"{'page':<12}{'HTML':>9}{'all told':>10}{'travels':>9}{'first visit':>13}{'median ms':>11}{'p95 ms':>9}"
          f"{'processor':>11}{'p95':>7}")
    for name, addresses in pages(app):
        times, processor, weights, travels = measured(client, addresses, options.requests)
        whole, packed = weight_of_files(client, addresses[0])
        print(f"{name:<12}{max(weights):>9,}{max(weights) + whole:>10,}{max(travels):>9,}{max(travels) + packed:>13,}"
              f"{statistics.median(times):>11.1f}{most_of(times):>9.1f}"
              f"{statistics.median(processor):>11.1f}{most_of(processor):>7.1f}")


def most_of(times: list[float]) -> float:
    """What 95 in 100 are within."""
    return sorted(times)[int(0.95 * (len(times) - 1))]


TEXT_KINDS: tuple[Kind, Kind] = ("article", "quotation")
_FILE = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg)[^"]*)"')


def weight_of_files(client: FlaskClient, address: str) -> tuple[int, int]:
    """Bytes of the files that a page needs besides fonts, as they are delivered, and compressed."""
    whole = packed = 0
    for file in set(_FILE.findall(client.get(address).text)):
        with client.get(file) as response:
            whole += len(response.data)
            packed += len(gzip.compress(response.data, 6))
    return whole, packed


def pages(app: Flask) -> Iterator[tuple[str, list[str]]]:
    """Addresses of every kind of page, made of what the archive is about."""
    with app.test_request_context():
        engine = current_index().engine
        words, quoted = topics(engine, 20), most_quoted(engine)
        stories, said = ([hit.document["id"] for hit in engine.search(EVERYTHING, kind=kind, per_page=10).hits]
                         for kind in TEXT_KINDS)
    yield "front", ["/"]
    yield "articles", [f"/search?q={word}" for word in words]
    yield "quotations", [f"/search?in=quotations&q={word}" for word in words]
    yield "filtered", [f"/search?in=quotations&q={word}&speaker={who.slug}" for word in words for who in quoted[:3]]
    yield "article", [f"/article/{id}?q={words[0]}" for id in stories]
    yield "quotation", ["/quotation/" + id.replace("#", "/") for id in said]
    yield "person", [f"/person/{who.slug}" for who in quoted]
    yield "people", ["/people", "/people?letter=B"]
    yield "compare", [f"/compare?a={quoted[0].slug}&b={who.slug}&q={words[0]}" for who in quoted[1:4]]
    yield "sources", [f"/sources?q={word}" for word in words]
    yield "trends", [f"/trends?q={one}&q={other}" for one, other in zip(words, words[1:])]
    yield "lines", [f"/lines?q={word}" for word in words]
    for name in ("about", "help", "notebook"):
        yield name, [f"/{name}"]
    yield "API", ["/api/"]


def measured(
    client: FlaskClient, addresses: list[str], requests: int,
) -> tuple[list[float], list[float], list[int], list[int]]:
    """Milliseconds by the clock and of the processor, bytes of HTML and bytes that travel, of so many requests; the
    first to each address warms up."""
    for address in addresses:
        client.get(address)
    times, processor, weights, travels = [], [], [], []
    for number in range(requests):
        start, worked = time.perf_counter(), time.process_time()
        response = client.get(addresses[number % len(addresses)], headers={"Accept-Encoding": "gzip"})
        times.append(1000 * (time.perf_counter() - start))
        processor.append(1000 * (time.process_time() - worked))
        travels.append(len(response.data))
        weights.append(len(gzip.decompress(response.data)))
    return times, processor, weights, travels


if __name__ == "__main__":
    main()
