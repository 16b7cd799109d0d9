"""Compare the engines over the same documents, in one run: what a build costs, and what a question costs.

    python -m benchmarks.engines [INDEX] [--engines whoosh,tantivy,opensearch] [--articles 5000] [--questions 100]

The documents are read from a built index, whatever engine wrote it, cut or repeated to any number of articles
(benchmarks/repeated.py), and written anew by each engine in a process of its own; then questions made of the archive's
own words are put to it in another, the same to each. --documents keeps them for another run. Prints a row for each
figure and a column for each engine.
Questions are in milliseconds of processor time, median / 95th percentile, for one hit with its passages, or ten;
memory is that of the largest process at its peak, and that of a reader at the end.

Of opensearch, whose cluster is named as always (ONRECORD_OPENSEARCH_URL), questions and answers travel: they are
in milliseconds of the clock. Processor time and memory of its nodes have rows of their own.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.repeated import spool
from indexer.configuration import current_configuration
from indexer.engines import ENGINES, open_engine, writer_of
from indexer.query.tree import EVERYTHING, And, InArticle, Near, Or, Phrase, Prefix, Query, Range, Words
from indexer.schema import FACETS
from indexer.search.analysis import STOP_WORDS, forms
from indexer.search.engine import Document, Engine
from indexer.search.time_limit import unlimited

FACETED = {"facets": tuple(FACETS), "histogram": True}
SEED = 20_090_311
TEXTS = 2_000                      # of which questions are made
LONGEST = 30.0                     # seconds for the questions of one class; those that are left then are not put


def spooled(file: Path) -> Iterator[Document]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


class Vocabulary:
    """What an archive's questions can be made of: texts, speakers, and words by how usual they are."""

    def __init__(self, found: Mapping[str, list[Any]]) -> None:
        self.chance = random.Random(SEED)
        self.texts: list[list[str]] = found["texts"]
        self.speakers, self.common, self.middling, self.rare = (
            list[str](found[name]) for name in ("speakers", "common", "middling", "rare"))

    def word(self, of: Sequence[str]) -> Words:
        return Words(self.chance.choice(of))

    def words(self, of: Sequence[str], count: int) -> tuple[Words, ...]:
        return tuple(self.word(of) for _ in range(count))

    def run(self, length: int) -> str:
        """Words that are side by side somewhere."""
        text = self.chance.choice(self.texts)
        start = self.chance.randrange(max(1, len(text) - length))
        return " ".join(text[start:start + length])

    def years(self) -> Range:
        first = self.chance.randint(2005, 2015)
        return Range("date", date(first, 1, 1), date(first + 2, 12, 31))

    def speaker(self) -> Phrase:
        return Phrase(self.chance.choice(self.speakers or ["nobody"]), "speaker")

    def asked_of_memory(self) -> Query:
        """What somebody types who remembers half of a story: seldom all in one."""
        return And((*map(Words, self.run(5).split()), *self.words(self.middling, 2)))


def vocabulary_of(documents: Iterator[Document]) -> dict[str, list[Any]]:
    """What a Vocabulary is made of."""
    texts: list[list[str]] = []
    speakers, counts = list[str](), Counter[str]()
    chance = random.Random(SEED)
    for number, document in enumerate(documents):
        if document["kind"] == "article":
            found = list(forms(document["text"]))
            counts.update(sorted({form for form in found if form not in STOP_WORDS and len(form) > 2}))
            if len(texts) < TEXTS:
                texts.append(found[:200] or ["nothing"])
            elif (place := chance.randrange(number)) < TEXTS:
                texts[place] = found[:200] or ["nothing"]
        elif document["kind"] == "person" and document["quotations"] > 2:
            speakers.append(document["name"])
    common = [form for form, _ in counts.most_common(150)]
    return {"texts": texts, "speakers": speakers, "common": common,
            "middling": [form for form, count in counts.items() if 20 <= count <= 500] or common,
            "rare": [form for form, count in counts.items() if 2 <= count <= 9] or common}


Question = tuple[Query, Mapping[str, Any]]


def classes(words: Vocabulary) -> dict[str, Callable[[], Question]]:
    """The classes of questions, and what makes one of each."""
    quotation: Mapping[str, Any] = {"kind": "quotation"}
    return {
        "common word": lambda: (words.word(words.common), {}),
        "common word, ten hits": lambda: (words.word(words.common), {"per_page": 10}),
        "rare word": lambda: (words.word(words.rare), {}),
        "two words": lambda: (And(words.words(words.middling, 2)), {}),
        "any of three": lambda: (Or(words.words(words.common, 3)), {}),
        "half remembered, ten hits": lambda: (words.asked_of_memory(), {"per_page": 10}),
        "phrase": lambda: (Phrase(words.run(3)), {}),
        "near": lambda: (Near(" ".join(words.chance.sample(words.common, 2)), 5), {}),
        "beginning": lambda: (Prefix(words.chance.choice(words.middling)[:4]), {}),
        "word and years": lambda: (And((words.word(words.common), words.years())), {}),
        "newest first": lambda: (words.word(words.common), {"sort": "newest"}),
        "all facets": lambda: (words.word(words.common), FACETED),
        "everything, facets": lambda: (EVERYTHING, {**FACETED, "sort": "newest"}),
        "quotations": lambda: (words.word(words.common), {**quotation, **FACETED}),
        "who on what": lambda: (And((words.speaker(), words.word(words.common))), quotation),
        "in such articles": lambda: (words.speaker(), {
            **quotation, "filters": InArticle(words.word(words.common))}),
        "count only": lambda: (words.word(words.common), {"count": True}),
        "people": lambda: (Words(words.speaker().text.split()[-1]), {"kind": "person"}),
    }


def ask(engine: Engine, query: Query, how: Mapping[str, Any]) -> None:
    if "count" in how:
        engine.count(query, kind="article")
    else:
        engine.search(query, **{"per_page": 1, **how})


def write(engine: str, folder: Path, documents: Path) -> dict[str, float]:
    """Write a build: wall and processor seconds, memory, size."""
    before = nodes(engine)
    started = time.perf_counter()
    writer_of(engine, folder).write(spooled(documents))
    seconds = time.perf_counter() - started
    after = nodes(engine)
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "build, s": seconds,
        "build, processor s": own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime,
        "build, memory MB": max(own.ru_maxrss, children.ru_maxrss) / 1024,
        **{f"build, nodes' {name}": after[name] - (before[name] if name == PROCESSOR else 0) for name in after},
    }


CLUSTERED = ("opensearch",)        # engines whose work is done by other machines
PROCESSOR = "processor s"


def nodes(engine: str) -> dict[str, float]:
    """What the machines of an engine have cost until now, all together."""
    if engine not in CLUSTERED:
        return {}
    from indexer.engines.opensearch.cluster import Cluster

    time.sleep(1.5)                # they look at themselves once a second
    stats = Cluster(current_configuration().opensearch).ask("GET", "/_nodes/stats/process,jvm")["nodes"].values()
    return {
        PROCESSOR: sum(each["process"]["cpu"]["total_in_millis"] for each in stats) / 1000,
        "heap MB": sum(each["jvm"]["mem"]["heap_max_in_bytes"] for each in stats) / 2**20,
    }


def remove(engine: str, folder: Path) -> None:
    """What an engine keeps elsewhere than in the folder."""
    if engine in CLUSTERED:
        from indexer.engines.opensearch.cluster import Cluster
        from indexer.engines.opensearch.writer import note_of

        Cluster(current_configuration().opensearch).ask("DELETE", f"/{note_of(folder)['index']}")


def answer(name: str, folder: Path, words: Path, questions: int) -> dict[str, Any]:
    """Open a build and put all the questions to it."""
    vocabulary = Vocabulary(json.loads(words.read_text("utf-8")))
    before = _memory()
    module = import_module(ENGINES[name].module)
    started = time.perf_counter()
    engine: Engine = getattr(module, ENGINES[name].reader)(folder)
    engine.search(Words("nothing"))
    figures: dict[str, Any] = {
        "index, MB": engine.stats()["bytes"] / 1e6, "opening, ms": (time.perf_counter() - started) * 1000}
    clock = time.perf_counter if name in CLUSTERED else time.process_time
    spent = nodes(name)
    for label, make in classes(vocabulary).items():
        figures[label] = _timed([make() for _ in range(questions)], lambda each: ask(engine, *each), clock)
    typed = [vocabulary.speaker().text[:length] for length in (2, 4, 6) for _ in range(questions // 3)]
    figures["while typing"] = _timed(typed, engine.suggest, clock)
    if spent:
        figures["all questions, nodes' processor s"] = nodes(name)[PROCESSOR] - spent[PROCESSOR]
    figures["reading, memory MB"] = _memory() - before
    return figures


def _timed(asked: Sequence[Any], answered: Callable[[Any], object], clock: Callable[[], float]) -> str:
    spent: list[float] = []
    until = time.perf_counter() + LONGEST
    with unlimited():
        for each in asked:
            if spent and time.perf_counter() > until:
                break
            started = clock()
            answered(each)
            spent.append((clock() - started) * 1000)
    spent.sort()
    return f"{statistics.median(spent):.1f} / {spent[int(len(spent) * 0.95)]:.1f}"


def _memory() -> float:
    """Megabytes of this process that are in memory now, files that it maps among them."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def apart(*arguments: object) -> dict[str, Any]:
    """One of the steps, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.engines", "--step", *map(str, arguments)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return found


def prepare(index: Path, documents: Path, articles: int | None) -> tuple[Path, str]:
    """Documents and words for a run, unless they are there: the file of the words, and how many documents there are."""
    words = documents.with_suffix(".words")
    if not words.exists():
        counts = spool(open_engine(index), documents, articles)
        counted = ", ".join(
            f"{count:,} {'people' if kind == 'person' else kind + 's'}" for kind, count in counts.items())
        words.write_text(json.dumps({**vocabulary_of(spooled(documents)), "counted": [counted]}), "utf-8")
    return words, json.loads(words.read_text("utf-8"))["counted"][0]


def compared(index: Path, engines: Sequence[str], articles: int | None, questions: int, kept: Path | None) -> None:
    rows: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        documents = kept or Path(folder) / "documents.jsonl"
        words, counted = prepare(index, documents, articles)
        print(counted, flush=True)
        for engine in engines:
            built = Path(folder) / engine
            built.mkdir()
            figures = {**apart("write", engine, built, documents), **apart("answer", engine, built, words, questions)}
            remove(engine, built)
            print(engine, figures, file=sys.stderr, flush=True)       # a long run may be stopped
            for name, figure in figures.items():
                rows.setdefault(name, {})[engine] = figure if isinstance(figure, str) else f"{figure:,.1f}"
    print("| |" + "".join(f" {engine} |" for engine in engines) + "\n|---|" + "---|" * len(engines))
    for name, row in rows.items():
        print(f"| {name} |" + "".join(f" {row.get(engine, '–')} |" for engine in engines))


def main() -> None:
    if sys.argv[1:2] == ["--step"]:
        step, engine, folder, file, *more = sys.argv[2:]
        found = (write(engine, Path(folder), Path(file)) if step == "write"
                 else answer(engine, Path(folder), Path(file), int(more[0])))
        print(json.dumps(found))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", nargs="?", default="index", type=Path)
    parser.add_argument("--engines", default="whoosh,tantivy")
    parser.add_argument("--articles", type=int, default=None, help="so many; by default as many as the index has")
    parser.add_argument("--questions", type=int, default=100, help="of each class")
    parser.add_argument("--documents", type=Path, help="a file that keeps them, or has kept them")
    options = parser.parse_args()
    engines = [engine for engine in options.engines.split(",") if engine]
    compared(options.index, engines, options.articles, options.questions, options.documents)


if __name__ == "__main__":
    main()
