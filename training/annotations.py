"""Annotations in stand-off form: who said what in an article and who is named in it, without the article's text.

A file has one article a line, as JSON:

    {"path": "ben-castellan/ferry.md", "sha256": "9f…",
     "quotations": [{"start": 120, "end": 151, "kind": "direct", "speaker": "Ruth Adeyemi", "speaker_type": "person",
                     "same": ["the mayor"], "stance": "said"}],
     "not_quotations": [[300, 309]], "people": ["Ruth Adeyemi"]}

Places are characters of the text as the reader gives it, from start up to but not including end, without the marks;
sha256 is that of this text in UTF-8. same: other forms by which the article calls the speaker. Other keys are not read:
some quotations that nobody said have stance_of, whose they would be.

usage: python -m training.annotations FILE:ARCHIVE …        says which articles are missing or have another text
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from indexer.errors import OnRecordError
from indexer.models import Article, Span
from indexer.reading.archive import read_article

KINDS = ("direct", "fragment", "block", "reported")
SPEAKER_TYPES = ("person", "organisation", "unnamed", "unknown")
STANCES = ("said", "denied", "hypothetical")


@dataclass(frozen=True, slots=True)
class AnnotatedQuotation:
    """Words that somebody is reported to have said, and whose they are; speaker is None if that cannot be known."""

    span: Span
    kind: str
    speaker: str | None
    speaker_type: str
    same: tuple[str, ...] = ()
    stance: str = "said"


@dataclass(frozen=True, slots=True)
class Annotation:
    """What a reader found in one article."""

    path: str
    sha256: str
    quotations: tuple[AnnotatedQuotation, ...]
    not_quotations: tuple[Span, ...]
    people: tuple[str, ...]

    def with_words(self, article: Article) -> dict[str, Any]:
        """The annotation in the form that benchmarks.scoring compares."""
        return {"path": self.path, "people": list(self.people), "quotes": [
            {"text": each.span.of(article.text), "kind": each.kind, "speaker": each.speaker,
             "speaker_type": each.speaker_type} for each in self.quotations]}


@dataclass(frozen=True, slots=True)
class Resolved:
    """Annotations with their articles, and the paths of those that could not be used."""

    articles: tuple[tuple[Annotation, Article], ...]
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __add__(self, other: Resolved) -> Resolved:
        return Resolved(self.articles + other.articles, self.missing + other.missing, self.changed + other.changed)

    def lines(self) -> Iterator[str]:
        """What was found, in words."""
        yield f"{len(self.articles):,} annotated articles"
        for reason, paths in (("not in the archive, or unreadable", self.missing),
                              ("with another text than the one annotated", self.changed)):
            if paths:
                yield f"{len(paths):,} left out, {reason}: {', '.join(paths)}"


def text_hash(article: Article) -> str:
    """The SHA-256 of an article's text."""
    return sha256(article.text.encode()).hexdigest()


def read(path: Path) -> list[Annotation]:
    """The annotations of a file. Raises ValueError with file and line if one is not in the form above."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):      # names may hold other line ends
        try:
            found += [_from_json(json.loads(line))] if line else []
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path}, line {number}: {error!r}; the form is described in training/annotations.py"
                             ) from error
    return found


def _from_json(line: Mapping[str, Any]) -> Annotation:
    return Annotation(
        line["path"], line["sha256"], tuple(map(_quotation, line["quotations"])),
        tuple(Span(start, end) for start, end in line["not_quotations"]), tuple(line["people"]),
    )


def _quotation(entry: Mapping[str, Any]) -> AnnotatedQuotation:
    for key, allowed in (("kind", KINDS), ("speaker_type", SPEAKER_TYPES), ("stance", STANCES)):
        if entry[key] not in allowed:
            raise ValueError(f"{key} {entry[key]!r} is none of {', '.join(allowed)}")
    if not 0 <= entry["start"] < entry["end"]:
        raise ValueError(f"a quotation from {entry['start']} to {entry['end']} is empty")
    return AnnotatedQuotation(Span(entry["start"], entry["end"]), entry["kind"], entry["speaker"],
                              entry["speaker_type"], tuple(entry["same"]), entry["stance"])


def write(path: Path, annotations: Iterable[Annotation]) -> None:
    """Write a file of annotations, in the order of their paths."""
    lines = [json.dumps(_as_json(each), ensure_ascii=False) for each in sorted(annotations, key=lambda each: each.path)]
    path.write_text("".join(line + "\n" for line in lines), "utf-8")


def _as_json(annotation: Annotation) -> dict[str, Any]:
    quotations = []
    for each in annotation.quotations:
        entry = asdict(each)
        quotations.append({**entry.pop("span"), **entry})
    return {"path": annotation.path, "sha256": annotation.sha256, "quotations": quotations,
            "not_quotations": [[span.start, span.end] for span in annotation.not_quotations],
            "people": list(annotation.people)}


def resolve(annotations: Iterable[Annotation], archive: Path) -> Resolved:
    """The annotations with their articles in the folder of an archive."""
    articles, missing, changed = [], [], []
    for annotation in annotations:
        try:
            article = read_article(archive / annotation.path, archive)
        except (OSError, OnRecordError):
            missing.append(annotation.path)
            continue
        if text_hash(article) == annotation.sha256:
            articles.append((annotation, article))
        else:
            changed.append(annotation.path)
    return Resolved(tuple(articles), tuple(missing), tuple(changed))


def resolve_pairs(pairs: Sequence[str]) -> Resolved:
    """The annotated articles of FILE:ARCHIVE pairs, as they are typed."""
    found = Resolved(())
    for pair in pairs:
        file, _, archive = pair.rpartition(":")
        found += resolve(read(Path(file)), Path(archive))
    return found


if __name__ == "__main__":
    print("\n".join(resolve_pairs(sys.argv[1:]).lines()))
