"""Score what is found in articles against hand annotation: who is named, what is quoted, and whose words it is.

    python -m benchmarks.extraction [GOLD:ARCHIVE ...] [--errors N] [--only CLASS] [--speed]

GOLD is a folder of annotations in the form of tests/gold/, ARCHIVE the folder of articles their paths lead into; by
default the sample, tests/gold:data. Prints, for each pair and for all together, the five figures (what counts as
right stands in benchmarks/scoring.py), how many speakers of each kind are right, and how many errors there are of
each class; with --errors N the first N errors of every class. The speed is of one core, reading included; tables are
loaded before the clock starts. With --speed it is told step by step, beside spaCy's (benchmarks/speed.py).
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import speed
from benchmarks.scoring import Score, read_gold, score
from indexer.commands.extract import as_json
from indexer.pipeline import annotate
from indexer.reading.archive import read_article

MEASURES = {
    "quotations": "quotations F1", "speakers": "speaker right on matched quotations",
    "end_to_end": "quotation and speaker right F1", "people": "people F1", "exact_names": "people by their exact form",
}
Pair = tuple[Mapping[str, Any], Mapping[str, Any]]        # annotated, found


@dataclass(frozen=True, slots=True)
class Timed:
    """Articles read and annotated, in seconds of one core."""

    pairs: list[Pair]
    words: int
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="*", default=["tests/gold:data"], metavar="GOLD:ARCHIVE")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors of every class")
    parser.add_argument("--only", default="", metavar="CLASS", help="print only errors whose class begins so")
    parser.add_argument("--speed", action="store_true", help="print how long each step takes, beside spaCy's pipeline")
    options = parser.parse_args()
    every: list[Pair] = []
    for pair in options.pairs:
        gold, _, archive = pair.rpartition(":")
        timed = annotated(Path(gold), Path(archive))
        if not timed.pairs:
            parser.error(f"{gold} is no folder of annotated articles, a JSON file each")
        every += timed.pairs
        print(f"{gold} ({len(timed.pairs)} articles, {timed.words / timed.seconds:,.0f} words a second)")
        print("\n".join(figure_lines(score(timed.pairs))), "\n")
        if options.speed:
            paths = [Path(archive, each["path"]) for each, _ in timed.pairs]
            print("\n".join(speed.lines_of(paths, Path(archive))), "\n")
    total = score(every)
    if len(options.pairs) > 1:
        print(f"all ({len(every)} articles)")
        print("\n".join(figure_lines(total)), "\n")
    print("\n".join(class_lines(total)))
    print("\n".join(error_lines(total, options.errors, options.only)))


def annotated(gold: Path, archive: Path) -> Timed:
    """Every annotated article of a folder, and what is found in it."""
    articles = read_gold(gold)
    if articles:
        annotate(read_article(archive / articles[0]["path"], archive))        # tables are read when first asked for
    pairs: list[Pair] = []
    words, start = 0, time.process_time()
    for each in articles:
        article = read_article(archive / each["path"], archive)
        pairs.append((each, as_json(annotate(article), each["path"])))
        words += len(article.text.split())
    return Timed(pairs, words, max(time.process_time() - start, 1e-9))


def figure_lines(found: Score) -> Iterator[str]:
    """The five figures, each with what it was counted from, then speakers by kind."""
    figures, quotations, people, speakers = found.figures(), found.quotations, found.people, found.speakers
    counted = {
        "quotations": _counts(quotations), "speakers": f"{speakers['right']} of {speakers['all']}",
        "end_to_end": "", "people": _counts(people), "exact_names": f"{people['exact']} of {people['tp']}",
    }
    for measure, name in MEASURES.items():
        yield f"  {name:<36} {figures[measure]:.3f}  {counted[measure]}".rstrip()
    for kind in sorted(key.removeprefix("all ") for key in speakers if key.startswith("all ")):
        right, of = speakers[f"right {kind}"], speakers[f"all {kind}"]
        yield f"    {kind:<34} {right / of:.3f}  {right} of {of}"


def _counts(counts: Counter[str]) -> str:
    return f"{counts['tp']} found, {counts['fn']} missed, {counts['fp']} wrong"


def class_lines(found: Score) -> Iterator[str]:
    """How many errors there are of each class, most frequent first."""
    yield "errors by class"
    for name, count in Counter(error[0] for error in found.errors).most_common():
        yield f"  {count:>5}  {name}"


def error_lines(found: Score, most: int, only: str = "") -> Iterator[str]:
    """The first errors of every class."""
    shown: Counter[str] = Counter()
    for name, path, text, expected, said in sorted(found.errors, key=_class_and_place) if most else ():
        shown[name] += 1
        if shown[name] <= most and name.startswith(only):
            yield f"\n{name}  {path}\n    {text}"
            if not name.endswith("person") or name.startswith("speaker"):
                yield f"    expected {expected or 'nobody'}, found {said or 'nobody'}"


def _class_and_place(error: Sequence[str | None]) -> tuple[str, str]:
    return str(error[0]), str(error[1])


if __name__ == "__main__":
    main()
