"""Score known-item searches: somebody half remembers one story or one quotation, and where does it come?

    python -m benchmarks.ranking [INDEX] --queries FILE [--kinds kw,nl,title_words,who] [--misses] [--no-baseline]

FILE has a query a line: {"id", "path" of the article, "kw": keywords, "nl": a question in other words than the
headline's, "title_words": words of the headline, "who": {"person", "topic", "quote_starts"}}; each of the last four
may be null. Every query runs through the functions that the command line runs. Prints, for each kind, the mean of
1 / rank among the first ten (MRR@10), how often the right one is first (S@1) and among the first ten (S@10), beside
plain Whoosh over the same documents: BM25F over title and text, any of the words, stemmed, without stop words.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import statistics
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from whoosh import analysis, fields, qparser, scoring
from whoosh.filedb.filestore import RamStorage

from indexer.engines import open_engine
from indexer.engines.whoosh import unpickling
from indexer.query.parser import parse
from indexer.query.tree import EVERYTHING, Phrase, all_of
from indexer.search.engine import Document, Engine, Kind

KINDS = ("kw", "nl", "title_words", "who")
FIRST = 10

KnownItem = Mapping[str, Any]      # a line of the file
Search = Callable[[KnownItem, str], Sequence[Document]]


def onrecord(engine: Engine) -> Search:
    """Searches as `onrecord search QUERY` and `onrecord quotes --by PERSON TOPIC` run them."""
    def search(item: KnownItem, kind: str) -> Sequence[Document]:
        if kind == "who":
            query = all_of((parse(item["who"]["topic"]).query, Phrase(item["who"]["person"], "speaker")))
            results = engine.search(query, kind="quotation", per_page=FIRST)
        else:
            results = engine.search(parse(item[kind]).query, per_page=FIRST)
        return [hit.document for hit in (*results.hits, *results.others)]
    return search


class PlainWhoosh:
    """Whoosh as its documentation sets it up, in memory."""

    def __init__(self, engine: Engine) -> None:
        text = fields.TEXT(analyzer=analysis.StemmingAnalyzer())
        # Its pickles are made here, and name classes that no index of ours has: from now on all classes are read.
        patch.object(unpickling._Unpickler, "find_class", pickle.Unpickler.find_class).start()
        self._articles = self._index(engine, "article", {"title": text, "text": text})
        self._quotations = self._index(engine, "quotation", {"speaker": text, "said": text})

    def _index(self, engine: Engine, kind: Kind, texts: Mapping[str, fields.FieldType]) -> Any:
        index = RamStorage().create_index(fields.Schema(document=fields.STORED, **texts))
        writer = index.writer(limitmb=256)
        for hit in engine.every(EVERYTHING, kind=kind):
            kept = {name: hit.document[name] for name in ("path", "said") if name in hit.document}
            writer.add_document(document=kept, **{name: hit.document[name] for name in texts})
        writer.commit()
        parser = qparser.MultifieldParser(list(texts), index.schema, group=qparser.OrGroup)
        return index.searcher(weighting=scoring.BM25F()), parser

    def search(self, item: KnownItem, kind: str) -> Sequence[Document]:
        searcher, parser = self._quotations if kind == "who" else self._articles
        typed = f"{item['who']['person']} {item['who']['topic']}" if kind == "who" else item[kind]
        query = parser.parse(" ".join(re.findall(r"\w+", typed.replace("'", "").replace("’", ""))))
        return [hit["document"] for hit in searcher.search(query, limit=FIRST)]


def rank(item: KnownItem, kind: str, found: Sequence[Document]) -> int | None:
    """The place of the right document, counted from 1; None where it is not among the first."""
    for place, document in enumerate(found[:FIRST], 1):
        if same_article(document["path"], item["path"]) and (
                kind != "who" or plain(item["who"]["quote_starts"]) in plain(document["said"])):
            return place
    return None


def same_article(one: str, other: str) -> bool:
    """Paths may begin at different folders, and their suffix does not count."""
    one, other = (re.sub(r"\.(md|html?|txt)$", "", path).strip("/") for path in (one, other))
    return one.endswith(other) or other.endswith(one)


def plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).replace("’", "").replace("'", "").lower()
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def ranks(queries: Sequence[KnownItem], kind: str, search: Search) -> Iterator[tuple[KnownItem, int | None, float]]:
    """Each query that has this kind, with the rank of what it looks for and the milliseconds that it took."""
    for item in queries:
        if item.get(kind):
            started = time.perf_counter()
            found = search(item, kind)
            yield item, rank(item, kind, found), (time.perf_counter() - started) * 1000


def figures(found: Sequence[tuple[KnownItem, int | None, float]]) -> str:
    places = [place for _, place, _ in found]
    return (f"{sum(1 / place for place in places if place) / len(places):7.3f}"
            f"{sum(place == 1 for place in places) / len(places):7.3f}"
            f"{sum(place is not None for place in places) / len(places):7.3f}"
            f"{statistics.median(spent for *_, spent in found):8.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", nargs="?", default="index", type=Path)
    parser.add_argument("--queries", required=True, type=Path)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--misses", action="store_true", help="print every query whose answer is not first")
    parser.add_argument("--no-baseline", action="store_true", help="leave plain Whoosh out: it takes minutes to index")
    options = parser.parse_args()
    queries = [json.loads(line) for line in options.queries.read_text("utf-8").splitlines() if line.strip()]
    engine = open_engine(options.index)
    searches: dict[str, Search] = {"onrecord": onrecord(engine)}
    if not options.no_baseline:
        searches["plain Whoosh"] = PlainWhoosh(engine).search
    print(f"{'':14}{'n':>5}  {'MRR@10':>7}{'S@1':>7}{'S@10':>7}{'ms':>8}")
    for kind in options.kinds.split(","):
        for name, search in searches.items():
            found = list(ranks(queries, kind, search))
            if found:
                print(f"{kind:14}{len(found):5}  {figures(found)}   {name}")
            if options.misses and name == "onrecord":
                for item, place, _ in found:
                    if place != 1:
                        print(f"    {place or '-':>3}  {item[kind]}  {item['path']}")


if __name__ == "__main__":
    main()
