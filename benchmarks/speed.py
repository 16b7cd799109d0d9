"""How fast articles are read and annotated: words a second of the processor, step by step, beside spaCy's small
English pipeline over the same texts where that is installed (spacy, and en_core_web_sm under whatever name).

    python -m benchmarks.speed [--most N] ARCHIVE

ARCHIVE is a folder of articles, of which the first N are read. Every step is done three times over; the fastest round
counts, for a machine that does other work slows each. Tables are read before the clock starts.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from indexer.attribution import attributed
from indexer.errors import ArticleError
from indexer.models import Article
from indexer.people import find_people
from indexer.pipeline import annotate
from indexer.quotations import find_marked_spans, quoted_blocks
from indexer.reading import read_article, walk
from indexer.reported import find_reported

ROUNDS = 3
PEER = "en_core_web_sm"

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Speed:
    """The words of some articles, and the processor seconds of each step over them, in order."""

    words: int
    seconds: Mapping[str, float]

    @property
    def a_second(self) -> float:
        return self.words / sum(self.seconds.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", nargs="?", default=Path("data"), type=Path, metavar="ARCHIVE")
    parser.add_argument("--most", type=int, default=300, metavar="N", help="articles that are read")
    options = parser.parse_args()
    print("\n".join(lines_of(readable(walk(options.archive), options.archive, options.most), options.archive)))


def readable(paths: Iterable[Path], archive: Path, most: int | None = None) -> list[Path]:
    """The first of some files that are articles."""
    return list(islice((path for path in paths if _is_article(path, archive)), most))


def _is_article(path: Path, archive: Path) -> bool:
    try:
        read_article(path, archive)
    except ArticleError:
        return False
    return True


def lines_of(paths: Sequence[Path], archive: Path) -> Iterator[str]:
    """The table of steps, and how many times as fast as the peer all of them are."""
    articles = [read_article(path, archive) for path in paths]
    speed = measured(paths, archive)
    yield f"{'step':<14}{'seconds':>9}{'µs a word':>11}{'share':>8}"
    for step, seconds in {**speed.seconds, "all": sum(speed.seconds.values())}.items():
        share = seconds / sum(speed.seconds.values())
        yield f"{step:<14}{seconds:>9.2f}{1e6 * seconds / speed.words:>11.2f}{share:>8.0%}"
    yield f"{speed.words:,} words of {len(paths)} articles, {speed.a_second:,.0f} words a second"
    if peer := _peer():
        name, pipe = peer
        _, seconds = _timed(lambda texts: list(pipe(texts)), [[article.text for article in articles]])
        words = speed.words / seconds
        yield f"{name}: {words:,.0f} words a second; ours are {speed.a_second / words:.1f} times as many"


def measured(paths: Sequence[Path], archive: Path) -> Speed:
    """The steps of reading and annotation, each over all articles. Attribution looks for the marked stretches and the
    blocks itself: their time is measured apart from it."""
    for path in paths[:1]:
        annotate(read_article(path, archive))
    articles, reading = _timed(lambda path: read_article(path, archive), paths)
    people, naming = _timed(lambda article: find_people(article.title, article.text, article.blocks), articles)
    _, quoting = _timed(_stretches, articles)
    found, attributing = _timed(lambda pair: attributed(*pair), list(zip(articles, people, strict=True)))
    _, reporting = _timed(find_reported, found)
    return Speed(sum(len(article.text.split()) for article in articles), {
        "reading": reading, "people": naming, "quotations": quoting, "attribution": attributing - quoting,
        "reported": reporting})


def _stretches(article: Article) -> object:
    return find_marked_spans(article.text), quoted_blocks(article.text, article.blocks)


def _timed(step: Callable[[Item], Result], items: Sequence[Item]) -> tuple[list[Result], float]:
    """What a step makes of each item, and the processor seconds of the fastest round."""
    best, results = float("inf"), []            # type: float, list[Result]
    for _ in range(ROUNDS):
        start = time.process_time()
        results = [step(item) for item in items]
        best = min(best, time.process_time() - start)
    return results, best


def _peer() -> tuple[str, Callable[[Iterable[str]], Iterable[Any]]] | None:
    """spaCy's small English pipeline with its name; None where it is not installed."""
    try:
        import spacy
    except ImportError:
        return None
    model = next((name for name in spacy.util.get_installed_models() if name.startswith(PEER)), None)
    if model is None:
        return None
    pipeline = spacy.load(model)
    return f"spaCy {spacy.__version__}, {model}", pipeline.pipe


if __name__ == "__main__":
    main()
