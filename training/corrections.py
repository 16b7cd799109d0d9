"""Turn a keeper's corrections into annotations (training/annotations.py).

Of each article that corrections.toml in ARCHIVE corrects, what the program finds is annotated with the corrections laid
over it: corrected quotations are a person's word, the others what the program believes. People are as they were found.
Only articles that are a file each can be annotated.

usage: python -m training.corrections ARCHIVE OUT
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from indexer.corrections import CORRECTIONS_FILE, Corrections, apply, read_corrections
from indexer.errors import OnRecordError
from indexer.models import Annotated, Article, Quotation
from indexer.pipeline import annotate
from indexer.reading.archive import article_id, read_article, walk
from training.annotations import AnnotatedQuotation, Annotation, text_hash, write


def annotations_of(archive: Path, corrections: Corrections) -> Iterator[Annotation]:
    """The corrected articles of an archive, annotated."""
    for path in walk(archive, lambda error: None):
        if article_id(path, archive) in corrections.articles():
            article = read_article(path, archive)
            yield annotation(annotate(article), corrections)


def annotation(found: Annotated, corrections: Corrections) -> Annotation:
    """What was found in an article, corrected."""
    article = found.article
    corrected = apply(found, corrections.of(article.id)).annotated
    left = {each.span for each in corrected.quotations}
    return Annotation(
        article.path, text_hash(article), tuple(_quotation(each, article) for each in corrected.quotations),
        tuple(each.span for each in found.quotations if each.span not in left),
        tuple(person.name for person in found.people))


def _quotation(said: Quotation, article: Article) -> AnnotatedQuotation:
    named = said.source.of(article.text) if said.source else said.speaker
    same = (named,) if named and named != said.speaker else ()
    return AnnotatedQuotation(said.span, said.kind, said.speaker, said.speaker_kind or "unknown", same, said.stance)


def main(archive: Path, out: Path) -> int:
    """Write the annotations; the exit status is 1 where corrected articles are not files of their own."""
    corrections = read_corrections(archive / CORRECTIONS_FILE)
    found = list(annotations_of(archive, corrections))
    write(out, found)
    print(f"{len(found):,} corrected articles annotated")
    missing = len(corrections.articles()) - len(found)
    if missing:
        print(f"{missing:,} left out: they are in no file of their own")
    return 1 if missing else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
    except OnRecordError as error:
        sys.exit(str(error))
