"""Half-remembered stories of the sample archive are found: figures with floors that only rise."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from benchmarks.ranking import onrecord, rank, ranks
from indexer.engines import open_engine
from indexer.search.engine import Document, Engine
from indexer.search.time_limit import unlimited

ROOT = Path(__file__).parents[2]
QUERIES = [json.loads(line) for line in (ROOT / "benchmarks" / "known_item.jsonl").read_text("utf-8").splitlines()]

# Of each kind, the mean of 1 / rank among the first ten, and how often the right one is among them.
FLOORS = {"kw": (0.97, 1.0), "nl": (0.66, 0.84), "title_words": (0.99, 1.0), "who": (0.88, 0.94)}


@pytest.fixture(scope="module")
def engine(sample_index: Path) -> Iterator[Engine]:
    """The sample archive, indexed."""
    engine = open_engine(sample_index)
    with unlimited():
        yield engine
    engine.close()


@pytest.mark.parametrize("kind", FLOORS)
def test_known_items_are_found(engine: Engine, kind: str) -> None:
    """On the queries of the sample archive we never fall below what we once reached."""
    places = [place for _, place, _ in ranks(QUERIES, kind, onrecord(engine))]
    reciprocal, first_ten = FLOORS[kind]
    assert sum(1 / place for place in places if place) / len(places) >= reciprocal
    assert sum(place is not None for place in places) / len(places) >= first_ten


@pytest.mark.parametrize(("kind", "found", "expected"), [
    ("kw", [{"path": "a/x.md"}, {"path": "a/levy.md"}], 2),
    ("kw", [{"path": "archive/a/levy.html"}], 1),
    ("kw", [{"path": "a/x.md"}] * 10 + [{"path": "a/levy.md"}], None),
    ("who", [{"path": "a/levy.md", "said": "No."}, {"path": "a/levy.md", "said": "“Sodas aren’t food,” she said"}], 2),
])
def test_rank(kind: str, found: Sequence[Document], expected: int | None) -> None:
    """An article is known by its path, a quotation by its first words, too."""
    item = {"path": "a/levy.md", "who": {"quote_starts": "Sodas aren't"}}
    assert rank(item, kind, found) == expected
