"""corrections.toml, beside the articles: every mistake in it is reported with its line.

    [[quotation]]
    article = "nadia-okafor/ferry-fares"                # the article's id: its path without the suffix
    words = "The ferry must pay its own way"            # as printed; or their hash, "hash:0123456789abcdef"
    speaker = "Ruth Adeyemi"
    note = "She says so on the recording."

One of these says what is so: speaker, unknown = true (nobody knows), not_a_quotation = true, or stance alone. stance is
"said", "denied" or "hypothetical"; with one of the last two, speaker is whose words they would be. speaker_kind is
"person" unless it says "organisation" or "unnamed". Of words that an article quotes several times, all are meant, or
with occurrence = 2 the second.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from indexer.corrections.correction import Correction, Corrections, checked_correction
from indexer.errors import ConfigError, CorrectionError
from indexer.toml_file import read_toml

CORRECTIONS_FILE = "corrections.toml"
_HEAD = re.compile(r"[ \t]*\[\[[ \t]*[\"']?quotation[\"']?[ \t]*\]\]")


def read_corrections(path: str | Path) -> Corrections:
    """The corrections in the file; none if there is no such file. Raises ConfigError."""
    path = Path(path)
    return Corrections(_read(path)) if path.exists() else Corrections()


def _read(path: Path) -> list[Correction]:
    source, content = read_toml(path)
    for key in content:
        if key != "quotation":
            raise ConfigError(path, f"no such section '{key}'; each correction stands under [[quotation]]",
                              _line_with(source, key))
    entries = content.get("quotation", [])
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise ConfigError(path, "quotation must be a list of tables: write [[quotation]] above each correction",
                          _line_with(source, "quotation"))
    found = []
    for line, values in zip(head_lines(source, len(entries)), entries):
        found.append(_checked(path, source, values, line))
    _check_repeated(path, found)
    return found


def _checked(path: Path, source: str, values: dict[str, Any], line: int) -> Correction:
    try:
        return checked_correction(values, line)
    except CorrectionError as error:
        raise ConfigError(path, str(error), _line_with(source, error.key, line)) from None


def _check_repeated(path: Path, corrections: Sequence[Correction]) -> None:
    seen: dict[tuple[str, str, int], Correction] = {}
    for each in corrections:
        before = seen.setdefault(each.place, each)
        if before is not each:
            raise ConfigError(path, f"the same words of {each.article} are corrected in line {before.line} already; "
                                    "keep one of the two", each.line)


def head_lines(source: str, entries: int) -> list[int]:
    """The line of [[quotation]] of each entry, from 1. Of entries that are written in another way, or of text that
    looks like such a line, what the parser says of the lines before decides."""
    lines = source.split("\n")
    heads = [number for number, line in enumerate(lines, 1) if _HEAD.match(line)]
    if len(heads) != entries:
        heads = [number for number in heads if _is_whole("\n".join(lines[:number - 1]))]
    return [*heads[:entries], *[heads[-1] if heads else 1] * (entries - len(heads))]


def _is_whole(source: str) -> bool:
    try:
        tomllib.loads(source)
    except ValueError:
        return False
    return True


def _line_with(source: str, key: str, start: int = 1) -> int:
    """The first line from start on that sets a key or heads a table of its name; start if none does."""
    lines = source.split("\n")
    sets = re.compile(rf"[ \t\[]*[\"']?{re.escape(key)}\b") if key else None
    found = (number for number in range(start, len(lines) + 1) if sets and sets.match(lines[number - 1]))
    return next(found, start)
