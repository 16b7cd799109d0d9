"""Names: how usual a word is as given name, surname and everyday word, and the short forms of each given name.

The table is names.txt, which also names its sources and their terms; benchmarks/make_names.py makes it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

Gender = Literal["m", "f"]


def key_of(word: str) -> str:
    """A word as names are compared: lower case, without accents or the dot of an abbreviation."""
    if not word.isascii():
        plain = unicodedata.normalize("NFKD", word[:200].replace("’", "'")).encode("ascii", "ignore").decode()
        word = plain or word      # a name in another script stays as it is
    return word.lower().rstrip(".")


class Usage(NamedTuple):
    """sex: m, f, b for both, - if it is no given name. The levels run from 0, never, to 5, very common
    (given name and surname) or 4 (everyday word)."""

    sex: str
    given: int
    surname: int
    word: int


UNKNOWN = Usage("-", 0, 0, 0)


@cache
def _lines() -> tuple[str, ...]:
    text = files("indexer.language").joinpath("names.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if not line.startswith("#"))


@cache
def usages() -> Mapping[str, Usage]:
    """Every word of the table, in lower case."""
    table: dict[str, Usage] = {}
    for line in _lines():
        if line[0] not in "=~":
            code, _, words = line.partition(" ")
            table.update(dict.fromkeys(words.split(), Usage(code[0], int(code[1]), int(code[2]), int(code[3]))))
    return table


def is_known_person(name: str) -> bool:
    """Whether most readers know somebody by this full name, given as keys."""
    return well_known().get(name) == "people"


def is_well_known(word: str) -> bool:
    """Whether news name that person by this one word."""
    return well_known().get(key_of(word)) == "single"


@cache
def name_endings() -> frozenset[str]:
    """Three letters that end names far more often than words."""
    return frozenset(next(line for line in _lines() if line[0] == "~").split()[1:])


def usage(word: str) -> Usage:
    """What the table knows of a word, whatever its case."""
    return usages().get(word.lower(), UNKNOWN)


@cache
def short_forms() -> Mapping[str, frozenset[str]]:
    """The short forms of each full given name: michael → mike, mick, mickey."""
    rows = (line[2:].split() for line in _lines() if line[0] == "=")
    return {full: frozenset(short) for full, *short in rows}


@cache
def well_known() -> Mapping[str, str]:
    """Names that most readers know, in lower case without dots: people, single, characters or things."""
    text = files("indexer.language").joinpath("well_known.txt").read_text(encoding="utf-8")
    rows = (line.partition(": ") for line in text.splitlines() if line and line[0] != "#")
    return {" ".join(key_of(word) for word in name.split()): group
            for group, _, names in rows for name in names.split("; ")}


def same_given_name(one: str, other: str) -> bool:
    """Whether two given names can be one person's: equal, or one a short form of the other (Mike, Michael). A man's and
    a woman's that both have short forms are not (Andrew, Andrea)."""
    one, other = one.lower(), other.lower()
    shorter = short_forms()
    if one in shorter and other in shorter and {given_gender(one), given_gender(other)} == {"m", "f"}:
        return False
    return one == other or other in shorter.get(one, ()) or one in shorter.get(other, ())


def given_gender(word: str) -> Gender | None:
    """The gender of a given name, if nearly all who have it are men or nearly all are women; else None."""
    sex = usage(word).sex
    return "m" if sex == "m" else "f" if sex == "f" else None
