"""Quotations, speakers and people against hand annotation: what counts as right.

A found quotation matches an annotated one when their words overlap with F1 >= 0.8, one to one, best first. Speakers
match when they are equal after folding, or when the words of one are among the other's and the last word is shared.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HONORIFICS = frozenset("""
    mr mrs ms dr rev reverend mayor president governor gov sen senator rep judge sir the commissioner police officer
    detective chief secretary councilman councilmember council member assemblyman justice prof professor
    capt captain sgt lt jr sr
""".split())


def fold(text: str | None) -> list[str]:
    """Words without accents, case and possessive."""
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", plain.replace("'s", ""))


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names mean one speaker."""
    x = [word for word in fold(one) if word not in HONORIFICS]
    y = [word for word in fold(other) if word not in HONORIFICS]
    if not x or not y:
        return fold(one) == fold(other) != []
    shorter, longer = (x, y) if len(x) <= len(y) else (y, x)
    return x == y or (set(shorter) <= set(longer) and shorter[-1] == longer[-1])


def overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """F1 of two bags of words."""
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other)) if shared else 0.0


def match(gold: Sequence[str], found: Sequence[str]) -> dict[int, int]:
    """Number of an annotated text → number of the found one that matches it."""
    left, right = [fold(each) for each in gold], [fold(each) for each in found]
    pairs = sorted(((overlap(x, y), i, j) for i, x in enumerate(left) for j, y in enumerate(right)), reverse=True)
    matched: dict[int, int] = {}
    used: set[int] = set()
    for share, i, j in pairs:
        if share >= 0.8 and i not in matched and j not in used:
            matched[i] = j
            used.add(j)
    return matched


@dataclass
class Score:
    """Counts over a set of articles, and every error as (class, path, text, expected, found)."""

    quotations: Counter[str] = field(default_factory=Counter)
    people: Counter[str] = field(default_factory=Counter)
    speakers: Counter[str] = field(default_factory=Counter)
    errors: list[tuple[str, str, str, str | None, str | None]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The five measures, 0 to 1."""
        q, right = self.quotations, self.speakers["right"]
        precision, recall = right / max(q["tp"] + q["fp"], 1), right / max(q["tp"] + q["fn"], 1)
        return {
            "quotations": _f1(q),
            "speakers": right / max(self.speakers["all"], 1),
            "end_to_end": 2 * precision * recall / max(precision + recall, 1e-9),
            "people": _f1(self.people),
            "exact_names": self.people["exact"] / max(self.people["tp"], 1),
        }


def _f1(counts: Mapping[str, int]) -> float:
    return 2 * counts["tp"] / max(2 * counts["tp"] + counts["fp"] + counts["fn"], 1)


def read_gold(folder: str | Path) -> list[dict[str, Any]]:
    """The annotated articles of a folder, in the order of their file names."""
    return [
        json.loads(path.read_text("utf-8"))
        for path in sorted(Path(folder).glob("*.json"))
        if path.name != "floors.json"
    ]


def score(pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Score:
    """Score (annotated, found) articles; both hold "quotes" and "people" in the form of `onrecord extract`."""
    total = Score()
    for gold, found in pairs:
        _score_quotations(total, gold, found)
        _score_people(total, gold, found)
    return total


def _score_quotations(total: Score, gold: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    path, wanted, quotes = gold["path"], _marked(gold["quotes"]), _marked(found["quotes"])
    matched = match([each["text"] for each in wanted], [each["text"] for each in quotes])
    for number, quote in enumerate(wanted):
        if number not in matched:
            total.quotations["fn"] += 1
            total.errors.append((f"missed {quote['kind']}", path, quote["text"], quote["speaker"], None))
            continue
        total.quotations["tp"] += 1
        said = quotes[matched[number]]["speaker"]
        unknown = quote["speaker_type"] == "unknown" or not quote["speaker"]
        right = not said if unknown else bool(said) and same_name(said, quote["speaker"])
        total.speakers["all"] += 1
        total.speakers[f"all {quote['speaker_type']}"] += 1
        total.speakers["right"] += right
        total.speakers[f"right {quote['speaker_type']}"] += right
        if not right:
            total.errors.append((f"speaker {quote['speaker_type']}", path, quote["text"], quote["speaker"], said))
    for number, quote in enumerate(quotes):
        if number not in matched.values():
            total.quotations["fp"] += 1
            total.errors.append(("not a quotation", path, quote["text"], None, quote["speaker"]))


def _marked(quotes: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those between marks; benchmarks.reported scores reported speech."""
    return [each for each in quotes if each.get("kind") != "reported"]


def _score_people(total: Score, gold: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    left = list(gold["people"])
    for person in found["people"]:
        name = person["name"] if isinstance(person, dict) else person
        same = next((each for each in left if fold(each) == fold(name)), None) or next(
            (each for each in left if same_name(each, name)), None
        )
        if same is None:
            total.people["fp"] += 1
            total.errors.append(("not a person", gold["path"], name, None, None))
            continue
        left.remove(same)
        total.people["tp"] += 1
        total.people["exact"] += fold(same) == fold(name)
    total.people["fn"] += len(left)
    total.errors += [("missed person", gold["path"], name, None, None) for name in left]
