"""Documents into Tantivy indexes, one for each kind. Terms are made by our own analysis; Tantivy only keeps them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import get_args

import tantivy

from indexer.schema import FACETS, KEYWORDS, SCHEMA_VERSION
from indexer.search import Document, Kind, analysis, doc_values, matching

FORMAT = f"tantivy 2, schema {SCHEMA_VERSION}"
NOTE = "format.json"               # beside the indexes, for whoever opens them
KINDS: tuple[Kind, ...] = get_args(Kind)

# A text field is kept as stems with their positions, and again as forms, under its name with this ending.
FORMS = "_forms"
COUNTED = (*FACETS, "month")       # the keywords that are counted over whole answers

# Bytes of a kind's postings in memory; then they are written out as a segment. Few segments are searched faster.
HEAP = 400_000_000
SEGMENT = 2_000_000                # documents of a kind, at most, that are written out at once


def schema_of(kind: Kind) -> tantivy.Schema:
    """What Tantivy keeps of the documents of a kind.

    number: the place in the order of writing. first, last: moments (doc_values.moment), 0 if undated; day: only if
    dated. article: the article's key, of an article its own. group: only if the document has one; repeat: 0 for at
    most one document of each group. quotations: how often a person is quoted. surest: of a quotation, its certainty and
    behind it last, so that among equals the newest is first.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_bytes_field("document", stored=True)
    for field in matching.indexed_fields(kind):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
        if not matching.is_name(field):
            builder.add_text_field(field + FORMS, tokenizer_name="whitespace", index_option="basic")
    for keyword in KEYWORDS:
        builder.add_text_field(keyword, tokenizer_name="raw", index_option="basic", fast=keyword in COUNTED)
    for name in ("number", "first", "last", "article", "group", "repeat", "quotations", "surest"):
        builder.add_unsigned_field(name + NUMBER, indexed=True, fast=True)
    builder.add_unsigned_field("day" + NUMBER, fast=True)
    return builder.build()


MOMENTS = 10**12                   # more than any moment
NUMBER = "_number"                 # the ending of names of numbers: "group" is a keyword, too


class TantivyWriter:
    """Writes a new build into an empty folder; nothing answers from it before it is switched in."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)

    def write(self, documents: Iterable[Document]) -> int:
        """Index all the documents and say how many there were; on return they are safe on the disk."""
        written = 0
        writers = {kind: _KindWriter(self.folder / kind, kind) for kind in KINDS}
        for written, document in enumerate(documents, 1):
            writers[document["kind"]].add(document)
        self._close(writers)
        return written

    def update(self, previous: Path, documents: Iterable[Document], gone: Iterable[tuple[Kind, str]] = ()) -> bool:
        """Write what the previous build contains, without the documents named in gone, and with these, which replace
        those of the same kind and id. False, and nothing written, if the previous build has another format.

        The segments of the previous build are shared by hard links: no file of a segment ever changes.
        """
        if format_of(previous) != FORMAT:
            return False
        for kind in KINDS:
            shutil.copytree(previous / kind, self.folder / kind, copy_function=_link,
                            ignore=shutil.ignore_patterns("*.lock"))
        writers = {kind: _KindWriter(self.folder / kind, kind) for kind in KINDS}
        for kind, id in gone:
            writers[kind].remove(id)
        for document in documents:
            writers[document["kind"]].remove(document["id"])
            writers[document["kind"]].add(document)
        self._close(writers)
        return True

    def _close(self, writers: Mapping[Kind, _KindWriter]) -> None:
        for writer in writers.values():
            writer.close()
        (self.folder / NOTE).write_text(json.dumps({"format": FORMAT, "tantivy": version("tantivy")}), "utf-8")
        sync(self.folder)


def format_of(folder: Path) -> str | None:
    """How the indexes in a folder were written; None if there are none."""
    try:
        return str(json.loads((folder / NOTE).read_text("utf-8"))["format"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _link(source: str, target: str) -> None:
    """A further name for the same file. What Tantivy overwrites is copied, and so is everything if the file system has
    no such names."""
    try:
        if source.endswith(".json"):
            raise OSError
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


class _KindWriter:
    """Writes the documents of one kind, beside those that are in the folder."""

    def __init__(self, folder: Path, kind: Kind) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.kind = kind
        self.fields = matching.indexed_fields(kind)
        index = tantivy.Index(schema_of(kind), path=str(folder))
        self.before = index.searcher()
        last = self.before.search(tantivy.Query.all_query(), limit=1, order_by_field="number" + NUMBER).hits
        self.written = last[0][0] + 1 if last else 0
        self.groups: set[int] = set()
        self.writer = index.writer(heap_size=HEAP, num_threads=1)

    def add(self, document: Document) -> None:
        new = tantivy.Document()
        new.add_bytes("document", json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())
        for field in self.fields:
            add_terms(new, field, matching.values(document, field))
        for keyword in KEYWORDS:
            for value in matching.keyword_values(document, keyword):
                new.add_text(keyword, value)
        for name, number in self._numbers(document).items():
            new.add_unsigned(name + NUMBER, number)
        self.writer.add_document(new)
        self.written += 1
        if self.written % SEGMENT == 0:
            self.writer.commit()

    def remove(self, id: str) -> None:
        self.writer.delete_documents_by_term("id", id)

    def _numbers(self, document: Document) -> dict[str, int]:
        first, last = (doc_values.moment(day) for day in matching.days(document))
        found = {"number": self.written, "first": first, "last": last}
        if self.kind == "person":
            return {**found, "quotations": document["quotations"]}
        found["last"] = found["first"] = doc_values.moment(document["date"])
        if found["last"]:
            found["day"] = found["last"] // 10_000
        if self.kind == "quotation":
            found["surest"] = doc_values.hundredths(document["certainty"]) * MOMENTS + found["last"]
        found["article"] = key(document["id"] if self.kind == "article" else document["article_id"])
        if document["group"]:
            found["group"] = key(document["group"])
            before = self.before.num_docs and self.before.doc_freq("group" + NUMBER, found["group"])
            found["repeat"] = int(bool(before) or found["group"] in self.groups)
            self.groups.add(found["group"])
        return found

    def close(self) -> None:
        self.writer.commit()
        self.writer.wait_merging_threads()


def key(text: str) -> int:
    """A text as a number of 63 bits."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


def add_terms(document: tantivy.Document, field: str, texts: Sequence[str]) -> None:
    """The terms of a field at their positions (analysis.positions, analysis.name_positions)."""
    if matching.is_name(field):
        places = sorted((place, term) for term, found in analysis.name_positions(texts).items() for place in found)
        _add_placed(document, field, places)
        return
    written = [analysis.forms(text) for text in texts]
    document.add_text(field + FORMS, " ".join(dict.fromkeys(form for each in written for form in each)))
    if len(written) == 1:
        document.add_text(field, " ".join(map(analysis.stem, written[0])))
        return
    placed, first = [], 0
    for each in written:
        placed += list(enumerate(map(analysis.stem, each), first))
        first += len(each) + analysis.VALUE_GAP
    _add_placed(document, field, placed)


def _add_placed(document: tantivy.Document, field: str, places: Sequence[tuple[int, str]]) -> None:
    """Terms at positions that do not follow one another."""
    tokens = [tantivy.Token(term, place, 0, 0) for place, term in places]
    document.add_pre_tokenized_text(field, tantivy.PreTokenizedString("", tokens))


def sync(folder: Path) -> None:
    """Make sure that a folder and all its files are on the disk, and readable for whoever may read the folder: Tantivy
    restricts two of them."""
    readable = (folder / NOTE).stat().st_mode
    for path in [*folder.rglob("*"), folder]:
        if path.is_file():
            path.chmod(readable)
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
