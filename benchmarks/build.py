"""Measure builds and updates of archives of growing size, beside a bare Whoosh script over the same text.

    python -m benchmarks.build [ARCHIVE] [--sizes 2500,5000,10000,19600] [--without-bare]

An archive of each size is made of the given one, cut, or repeated with altered ids and names. For each it is built
from nothing, updated with nothing changed, and updated with ten files changed, each by the command in processes of
its own. Prints a Markdown table: seconds by the clock; processor seconds of all processes, which say what a run costs
when the machine does other things too; files, words and megabytes of files a second by the clock; the peak of memory
over all processes, shared pages counted once; and the size of the index. Bare Whoosh runs on one processor.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
from pathlib import Path

from whoosh import fields, index
from whoosh.analysis import StemmingAnalyzer

from benchmarks.grown import grown
from benchmarks.watched import Cost, watched
from indexer.errors import ArticleError
from indexer.index_folder import build_folder, current_build, size_of
from indexer.reading.archive import article_of, read_file, walk

COLUMNS = ("articles", "run", "clock s", "processor s", "files/s", "words/s", "MB/s", "peak MB", "index MB")
LATER = "\n<p>A line that came later: “We are never done,” said Wendell Quarles, an archivist.</p>\n"


def bare(archive: Path, folder: Path) -> None:
    """What Whoosh alone takes: title, author and text indexed with stems and stored; nobody is understood."""
    text = fields.TEXT(analyzer=StemmingAnalyzer(), stored=True)
    schema = fields.Schema(id=fields.ID(stored=True, unique=True), title=text, author=text, text=text)
    writer = index.create_in(str(folder), schema).writer(limitmb=256)
    for path in walk(archive):
        try:
            article = article_of(read_file(path)[0], path, archive)
        except ArticleError:
            continue
        writer.add_document(id=article.id, title=article.title, author=article.author, text=article.text)
    writer.commit()


def change(archive: Path, files: int) -> None:
    """Add a line to some files."""
    for path in random.sample(list(walk(archive)), files):
        path.write_bytes(path.read_bytes() + LATER.encode())


def row(articles: int, run: str, cost: Cost, size: int, words: int, held: int) -> str:
    """Rates are those of the clock."""
    rates = [f"{articles / cost.seconds:,.0f}", f"{words / cost.seconds:,.0f}" if words else "",
             f"{size / 1e6 / cost.seconds:.1f}"]
    cells = [f"{articles:,}", run, f"{cost.seconds:.1f}", f"{cost.processor:.1f}",
             *(rates if run.startswith(("build", "bare")) else ["", "", ""]),
             f"{cost.memory / 1e6:,.0f}", f"{held / 1e6:,.0f}"]
    return f"| {' | '.join(cells)} |"


def measured(archive: Path, articles: int, folder: Path, with_bare: bool) -> None:
    """The rows of one size."""
    data, built = grown(archive, folder / "data", articles), folder / "index"
    size = sum(path.stat().st_size for path in walk(data))
    command = ["-m", "indexer", "build", str(data), "--index", str(built)]
    for run in ("build", "nothing changed", "ten files changed"):
        if run == "ten files changed":
            change(data, 10)
        cost = watched(command, stdout=open(os.devnull, "w"))
        report = json.loads((build_folder(built, current_build(built)) / "report.json").read_text("utf-8"))
        print(row(articles, run, cost, size, report["words"], size_of(built)), flush=True)
    if with_bare:
        (folder / "bare").mkdir()
        cost = watched(["-m", "benchmarks.build", "--only-bare", str(folder / "bare"), str(data)])
        print(row(articles, "bare Whoosh", cost, size, report["words"], size_of(folder / "bare")), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", nargs="?", type=Path, default=Path("data"))
    parser.add_argument("--sizes", default="2500,5000,10000,19600")
    parser.add_argument("--without-bare", action="store_true")
    parser.add_argument("--only-bare", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only_bare:
        return bare(chosen.archive, chosen.only_bare)
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}", flush=True)
    for articles in map(int, chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            measured(chosen.archive, articles, Path(folder), not chosen.without_bare)


if __name__ == "__main__":
    main()
