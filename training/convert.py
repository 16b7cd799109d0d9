"""Turn annotations with words into the stand-off form (training/annotations.py).

GOLD is a folder of JSON files, one an article, in the form of tests/gold/: "path", "quotes" (each with "text", "kind",
"speaker", "speaker_type", and maybe "same" and "stance"), "not_quotes" and "people". Instead of its words a stretch may
be given by number: "q3" is the fourth stretch between marks, "b0" the first block quotation; such a file must give the
"sha256" of the text in which they were numbered. ARCHIVE is the folder in which the paths are found.

usage: python -m training.convert GOLD:ARCHIVE OUT
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.scoring import read_gold
from indexer.errors import OnRecordError
from indexer.models import Article, Span
from indexer.quotations import find_marked_spans, quoted_blocks
from indexer.reading.archive import read_article
from training.annotations import AnnotatedQuotation, Annotation, text_hash, write

_TYPES = {"org": "organisation"}


class Places:
    """Finds the places of annotated words in an article; no place is given twice."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        blocks = [block.span for block in quoted_blocks(article.text, article.blocks)]
        marked = [each.span for each in find_marked_spans(article.text)]
        self._numbered = {f"q{number}": span for number, span in enumerate(marked)} | {
            f"b{number}": span for number, span in enumerate(blocks)}
        self._likely = {*marked, *blocks}
        self._given: set[Span] = set()

    def of(self, words: str) -> Span:
        """The place of some words, whatever their spacing: where the program sees a stretch, else the first that is
        left. Raises ValueError if there is none."""
        pattern = r"\s+".join(map(re.escape, words.split()))
        found = [Span(*match.span()) for match in re.finditer(pattern, self._text)] if pattern else []
        left = [span for span in found if span not in self._given]
        if not left:
            raise ValueError(f"these words are not in the text{', or not so often' if found else ''}: {words[:60]}")
        return self._give(next((span for span in left if span in self._likely), left[0]))

    def numbered(self, name: str) -> Span:
        """The place of a stretch by its number. Raises ValueError if there is none."""
        if name not in self._numbered:
            raise ValueError(f"there is no stretch {name}")
        return self._give(self._numbered[name])

    def _give(self, span: Span) -> Span:
        self._given.add(span)
        return span


def convert(gold: Mapping[str, Any], article: Article) -> Annotation:
    """One annotation in stand-off form. Raises ValueError if the article has not the text that was annotated."""
    digest, places = text_hash(article), Places(article)
    if gold.get("sha256", digest) != digest:
        raise ValueError("the text is not the one that was annotated")
    quotations = [_quotation(entry, places) for entry in gold["quotes"]]
    numbered = all(re.fullmatch(r"[qb]\d+", each) for each in gold["not_quotes"]) and "sha256" in gold
    others = [places.numbered(each) if numbered else places.of(each) for each in gold["not_quotes"]]
    return Annotation(gold["path"], digest, tuple(quotations), tuple(others), tuple(gold["people"]))


def _quotation(entry: Mapping[str, Any], places: Places) -> AnnotatedQuotation:
    span = places.of(entry["text"]) if entry.get("text") else places.numbered(entry["id"])
    kind = _TYPES.get(entry["speaker_type"], entry["speaker_type"])
    return AnnotatedQuotation(
        span, entry["kind"], entry["speaker"], kind, tuple(entry.get("same", ())), entry.get("stance", "said"))


def main(pair: str, out: str) -> int:
    folder, _, archive = pair.rpartition(":")
    annotations, failed = [], 0
    for gold in read_gold(folder):
        try:
            annotations.append(convert(gold, read_article(Path(archive) / gold["path"], Path(archive))))
        except (OSError, OnRecordError, ValueError) as error:
            failed += 1
            print(f"{gold['path']}: {error}", file=sys.stderr)
    write(Path(out), annotations)
    print(f"{len(annotations):,} articles in {out}, {failed:,} left out")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
