"""How many times the processor of bare Whoosh an index takes that knows who said what, over the same text, in one run.

    python -m benchmarks.multiple [INDEX] [--sizes 2000,5000]

The documents are read from a built index and cut to each size, so that nothing is read or annotated here. Bare Whoosh
indexes title, author and text with stems and stores them; ours is written three times: the articles alone, then with
their quotations, then all. Each is a process of its own. Prints a table of processor seconds, and how many times the
first each takes.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from whoosh import fields, index as whoosh_index
from whoosh.analysis import StemmingAnalyzer

from benchmarks.engines import prepare, spooled
from indexer.engines import writer_of
from indexer.search.engine import Document

KINDS = {"articles": ("article",), "and quotations": ("article", "quotation"),
         "all": ("article", "quotation", "person")}


def bare(documents: Iterator[Document], folder: Path) -> None:
    """What Whoosh alone takes; nobody is understood."""
    text = fields.TEXT(analyzer=StemmingAnalyzer(), stored=True)
    schema = fields.Schema(id=fields.ID(stored=True, unique=True), title=text, author=text, text=text)
    writer = whoosh_index.create_in(str(folder), schema).writer(limitmb=256)
    for each in documents:
        writer.add_document(id=each["id"], title=each["title"], author=each["author"] or "", text=each["text"])
    writer.commit()


def write(what: str, documents: Path, folder: Path) -> float:
    """Processor seconds of writing these documents, those of the writer's own processes among them."""
    if what == "bare":
        bare(spooled(documents), folder)
    else:
        writer_of("whoosh", folder).write(spooled(documents))
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in spent)


def apart(what: str, documents: Path) -> float:
    """The same in a process of its own, which reads no other documents."""
    kinds = KINDS.get(what, ("article",))
    with tempfile.TemporaryDirectory() as folder:
        chosen = Path(folder) / "documents"
        with chosen.open("w", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(each)}\n" for each in spooled(documents) if each["kind"] in kinds)
        index = Path(folder) / "index"
        index.mkdir()
        command = [sys.executable, "-m", "benchmarks.multiple", "--step", what, str(chosen), str(index)]
        return float(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))


def main() -> None:
    if sys.argv[1:2] == ["--step"]:
        print(json.dumps(write(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", nargs="?", default="index", type=Path)
    parser.add_argument("--sizes", default="2000,5000")
    chosen = parser.parse_args()
    print(f"| articles | bare Whoosh, s | {' | '.join(f'{each}, s | times' for each in KINDS)} |")
    print(f"|{'---|' * (2 + 2 * len(KINDS))}", flush=True)
    for size in map(int, chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            documents = Path(folder) / "documents.jsonl"
            prepare(chosen.index, documents, size)
            alone = apart("bare", documents)
            taken = [apart(what, documents) for what in KINDS]
        cells = [cell for each in taken for cell in (f"{each:.1f}", f"{each / alone:.2f}")]
        print(f"| {size:,} | {alone:.1f} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
