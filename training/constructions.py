"""Constructions that annotated articles have too few of: invented texts, written with their speakers.

constructions.txt says in its head how they are written. Each becomes an article and its annotation, once for each set
of names below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from indexer.models import Article, Span
from training.annotations import AnnotatedQuotation, Annotation

FILE = Path(__file__).with_name("constructions.txt")
_NAMES = (
    {"A": "Walter Brandt", "B": "Henry Oakes", "X": "Susan Keller", "Y": "Alice Norton"},
    {"A": "Peter Lindqvist", "B": "George Maddox", "X": "Carol Whitfield", "Y": "Diane Prescott"},
)
_PERSONS = frozenset(name.split()[0] for names in _NAMES for name in names.values())
_QUOTED = re.compile(r'"([^"]+)" \[\[([^\]]+)\]\]')


def constructions() -> Iterator[tuple[Annotation, Article]]:
    """Every text with every set of names, annotated."""
    lines = [line for line in FILE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    for number, line in enumerate(lines):
        for names in _NAMES:
            yield annotated(f"constructions/{number}-{names['A'].split()[0].lower()}", named(line, names))


def named(line: str, names: Mapping[str, str]) -> str:
    """A line as the text it stands for: $A is a full name, $a its surname, " / " a new paragraph."""
    for letter, name in names.items():
        line = line.replace(f"${letter}", name).replace(f"${letter.lower()}", name.split()[-1])
    return line.replace(" / ", "\n")


def annotated(path: str, marked: str) -> tuple[Annotation, Article]:
    """The annotation and the article of a text in which the speaker of each quotation is marked."""
    text, at = "", 0
    quotations: list[AnnotatedQuotation] = []
    for match in _QUOTED.finditer(marked):
        text += marked[at:match.start()] + '"'
        span = Span(len(text), len(text) + len(match[1]))
        text += match[1] + '"'
        quotations.append(AnnotatedQuotation(span, "direct", *_speaker(match[2])))
        at = match.end()
    text += marked[at:]
    article = Article(path, f"{path}.md", "", "", None, text)
    return Annotation(article.path, sha256(text.encode()).hexdigest(), tuple(quotations), (), ()), article


def _speaker(name: str) -> tuple[str | None, str]:
    """The speaker as an annotation has it, and the type."""
    if name == "-":
        return None, "unknown"
    return name, "person" if name.split()[0] in _PERSONS else "unnamed"
