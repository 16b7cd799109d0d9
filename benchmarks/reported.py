"""Score reported speech against annotated articles.

    python -m benchmarks.reported PART.jsonl[.xz] ...              PolNeAR: "text" and "attributions" a line
    python -m benchmarks.reported FILE.jsonl:ARCHIVE ... [--errors N]    annotations without words, and their articles

A found clause is right if its words overlap those of an annotated one with F1 >= 0.6, one to one, best first. Of
PolNeAR every attribution with a source that is not all between marks makes a clause right; only those without marks
whose cue is a verb or phrase of speech must be found, since beliefs and wishes are no speech. A speaker is right if the
last name is, or for somebody unnamed half of the words; in PolNeAR, which does not say whom a pronoun means, pronouns
are left out. End to end: clause and speaker right.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.models import Article, Quotation
from indexer.pipeline import annotate
from training.annotations import resolve_pairs

LEAST_OVERLAP = 0.6
# Cues whose attributions must be found: what people say or write, not what they think.
_SPEECH = frozenset("""
    said say says saying told tell tells telling according announced announces announcing reported reports wrote
    writes writing added adds adding argued argues arguing claimed claims claiming denied denies denying insisted
    insists insisting vowed vows acknowledged acknowledges suggested suggests suggesting warned warns warning
    explained explains explaining stated states confirmed confirms admitted admits promised promises promising
    tweeted noted notes noting asked asks complained contended declared disclosed estimated maintained mentioned
    predicted pledged recalled recounted remarked replied responded revealed testified urged asserted alleged
    alleges conceded concluded emphasized stressed cautioned boasted joked charged advised informed assured
    reiterated clarified observed proposed read reads
""".split())
_PRONOUNS = frozenset("he she they i we who it him her them that which you one his their himself herself".split())
_TITLES = frozenset(
    "mr mrs ms dr president senator sen rep gov governor secretary judge justice the a an former vice".split())
_SMALL = frozenset("the a an of and his her their its for in on at to".split())
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'.-]*")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Annotated reported speech: its words, the cue and the source as printed or resolved (None: unknown), and other
    forms of it. needed: whether it must be found, rather than only may be. cues: where its cue is in the text."""

    content: str
    source: str | None
    needed: bool
    forms: tuple[str, ...] = ()
    cues: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """An article, and the reported speech that readers found in it."""

    article: Article
    attributions: tuple[Attribution, ...]


def read_polnear(path: Path) -> list[Example]:
    """The articles of a part of PolNeAR."""
    opened = lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8")
    with opened as lines:
        return [_example(json.loads(line)) for line in lines]


def _example(line: Mapping[str, Any]) -> Example:
    text = line["text"]
    article = Article(line["id"], line["id"], "", "", None, text)
    return Example(article, tuple(
        _attribution(text, each) for each in line["attributions"]
        if each["type"] != "direct" and each["source"] and each["content"]))


def _attribution(text: str, each: Mapping[str, Any]) -> Attribution:
    content, source, cue = (" ".join(text[start:end] for start, end in each[part])
                            for part in ("content", "source", "cue"))
    needed = each["type"] == "indirect" and bool(_SPEECH & set(words(cue)))
    return Attribution(content, source, needed, cues=tuple((start, end) for start, end in each["cue"]))


def words(text: str | None) -> list[str]:
    """The words of a text in small letters, without possessives."""
    return [word.lower().replace("’", "'").removesuffix("'s") for word in _WORD.findall(text or "")]


def right_speaker(attribution: Attribution, found: str | None) -> bool | None:
    """Whether a speaker is the annotated one; None if that cannot be known."""
    source = attribution.source
    if source is not None and source.lower() in _PRONOUNS:
        return None
    if source is None or found is None:
        return source is None and found is None
    return any(_same(form, found) for form in (source, *attribution.forms))


def _same(one: str, other: str) -> bool:
    left, right = _names(one), _names(other)
    if left:
        return bool(right) and (left[-1] in right or right[-1] in left)
    few, many = sorted((set(words(one)) - _SMALL, set(words(other)) - _SMALL), key=len)
    return bool(few) and 2 * len(few & many) >= len(few)


def _names(text: str) -> list[str]:
    return [word.lower() for word in _NAME.findall(re.sub(r"[’']s\b", "", text))
            if word.lower().strip(".") not in _TITLES]


@dataclass
class Counts:
    """Counts over a set of articles, and every error as (class, article, words, expected, found)."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[tuple[str, str, str, str | None, str | None]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Precision, recall, F1, the share of speakers that are right, and F1 end to end; 0 to 1."""
        c = self.counts
        precision, recall = c["right"] / max(1, c["found"]), c["needed right"] / max(1, c["needed"])
        both = c["both"] / max(1, c["found"]), recall * c["both"] / max(1, c["right"])
        return {"precision": precision, "recall": recall, "f1": _f1(precision, recall),
                "speakers": c["speaker right"] / max(1, c["judged"]), "end_to_end": _f1(*both)}


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)


def matched(attributions: Sequence[Attribution], found: Sequence[str]) -> dict[int, int]:
    """Number of an annotated clause → number of the found one that matches it."""
    left = [Counter(words(each.content)) for each in attributions]
    right = [Counter(words(each)) for each in found]
    pairs = sorted(((shared(x, y), i, j) for i, x in enumerate(left) for j, y in enumerate(right)), reverse=True)
    pairing: dict[int, int] = {}
    used: set[int] = set()
    for share, i, j in pairs:
        if share >= LEAST_OVERLAP and i not in pairing and j not in used:
            pairing[i] = j
            used.add(j)
    return pairing


def shared(one: Counter[str], other: Counter[str]) -> float:
    """F1 of two bags of words."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def score_one(total: Counts, example: Example, quotations: Iterable[Quotation]) -> None:
    """Count what was found in one article."""
    text, path = example.article.text, example.article.path
    found = [each for each in quotations if each.kind == "reported"]
    pairing = matched(example.attributions, [each.span.of(text) for each in found])
    total.counts.update({"found": len(found), "right": len(pairing)})
    for number, attribution in enumerate(example.attributions):
        total.counts["needed"] += attribution.needed
        if number not in pairing:
            if attribution.needed:
                total.errors.append(("missed", path, attribution.content, attribution.source, None))
            continue
        speaker = found[pairing[number]].speaker
        right = right_speaker(attribution, speaker)
        total.counts.update({"needed right": attribution.needed, "both": right is not False,
                             "judged": right is not None, "speaker right": right is True})
        if right is False:
            total.errors.append(("speaker", path, attribution.content, attribution.source, speaker))
    total.errors += [("not reported speech", path, each.span.of(text), None, each.speaker)
                     for number, each in enumerate(found) if number not in pairing.values()]


def score(examples: Iterable[Example]) -> Counts:
    """The score of what is found in annotated articles."""
    total = Counts()
    for example in examples:
        score_one(total, example, annotate(example.article).quotations)
    return total


def read_annotated(pair: str) -> list[Example]:
    """The articles of a FILE:ARCHIVE pair, as it is typed."""
    return [Example(article, tuple(
        Attribution(each.span.of(article.text), each.speaker, True, each.same)
        for each in annotation.quotations if each.kind == "reported"))
        for annotation, article in resolve_pairs([pair]).articles]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="+", metavar="PART")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors of every class")
    options = parser.parse_args()
    for part in options.parts:
        total = score(read_annotated(part) if ":" in part else read_polnear(Path(part)))
        print(part)
        print("\n".join(lines(total, options.errors)))


def lines(total: Counts, errors: int = 0) -> Iterator[str]:
    """The figures, with what they are counted from, and the first errors of each class."""
    c, figures = total.counts, total.figures()
    yield f"  precision   {figures['precision']:.3f}  {c['right']} of {c['found']} found"
    yield f"  recall      {figures['recall']:.3f}  {c['needed right']} of {c['needed']}"
    yield f"  F1          {figures['f1']:.3f}"
    yield f"  speaker     {figures['speakers']:.3f}  {c['speaker right']} of {c['judged']}"
    yield f"  end to end  {figures['end_to_end']:.3f}"
    for name in ("missed", "not reported speech", "speaker"):
        for _, path, text, expected, said in [each for each in total.errors if each[0] == name][:errors]:
            yield f"\n{name}  {path}\n    {text}\n    expected {expected or 'nobody'}, found {said or 'nobody'}"


if __name__ == "__main__":
    main()
