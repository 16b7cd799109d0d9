"""people.toml: what the user knows better about who is who. Every mistake in it is reported with its line.

    ignore = ["Corwin Square"]                      # no person at all

    [merge]                                         # the name to show, and other names of that person
    "Ruth Adeyemi" = ["R. Adeyemi", "Adeyemi"]

    [rename]                                        # a name that is printed, the name to show
    "Jimmy O'Rourke" = "James R. O'Rourke"

    [split]                                         # one name, several people; the first that fits is meant
    "Wendell Park" = [
        { name = "Wendell Park (judge)", articles = ["terrence-boyle/*"] },
        { name = "Wendell Park (cyclist)", from = 2013-01-01, until = 2015-12-31 },
    ]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NoReturn

from indexer.errors import ConfigError
from indexer.toml_file import read_toml

_SECTIONS = ("ignore", "merge", "rename", "split")
_PART_KEYS = ("name", "articles", "from", "until")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the people who share a name: in which articles and when this one is meant, both days included."""

    name: str
    articles: tuple[str, ...] = ()       # ids, with * and ? as in file names
    first: date | None = None
    last: date | None = None

    def fits(self, article_id: str, published: datetime | None) -> bool:
        if self.articles and not any(fnmatchcase(article_id, pattern) for pattern in self.articles):
            return False
        if self.first is None and self.last is None:
            return True
        if published is None:
            return False
        return (self.first or date.min) <= published.date() <= (self.last or date.max)


@dataclass(frozen=True, slots=True)
class Overrides:
    """The user's corrections, with names as the user wrote them."""

    ignore: frozenset[str] = frozenset()
    merge: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rename: Mapping[str, str] = field(default_factory=dict)
    split: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)

    def names(self) -> frozenset[str]:
        """Every name of which the file says whose it is."""
        return frozenset((*self.ignore, *self.merge, *(name for names in self.merge.values() for name in names),
                          *self.rename, *self.split))


def read_overrides(path: str | Path) -> Overrides:
    """The corrections in a people.toml; none if there is no such file. Raises ConfigError."""
    path = Path(path)
    if not path.exists():
        return Overrides()
    return _File(path).overrides()


class _File:
    """A people.toml while it is checked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.source, self.content = read_toml(path)

    def overrides(self) -> Overrides:
        for key in self.content:
            if key not in _SECTIONS:
                self._fail(f"no such section '{key}'; there are {', '.join(_SECTIONS)}", key)
        found = Overrides(self._ignore(), self._merge(), self._rename(), self._split())
        self._contradictions(found)
        return found

    def _ignore(self) -> frozenset[str]:
        names = self.content.get("ignore", [])
        if not isinstance(names, list):
            self._fail("ignore must be a list of names", "ignore")
        return frozenset(self._name(each, "ignore") for each in names)

    def _merge(self) -> dict[str, tuple[str, ...]]:
        merged: dict[str, tuple[str, ...]] = {}
        owner: dict[str, str] = {}
        for shown, names in self._table("merge").items():
            self._name(shown, "merge")
            if not isinstance(names, list) or not names:
                self._fail(f"merge: '{shown}' needs a list of other names", shown, "merge")
            merged[shown] = tuple(self._name(each, shown) for each in names)
            for name in merged[shown]:
                if name == shown:
                    self._fail(f"merge: '{name}' is merged with itself", shown, "merge")
                if owner.setdefault(name, shown) != shown:
                    self._fail(f"merge: '{name}' is given to '{owner[name]}' and to '{shown}'", shown, "merge")
        return merged

    def _rename(self) -> dict[str, str]:
        return {self._name(printed, "rename"): self._name(shown, printed)
                for printed, shown in self._table("rename").items()}

    def _split(self) -> dict[str, tuple[Part, ...]]:
        parts: dict[str, tuple[Part, ...]] = {}
        for name, entries in self._table("split").items():
            if not isinstance(entries, list) or not entries:
                self._fail(f"split: '{name}' needs a list of people", name, "split")
            parts[name] = tuple(self._part(name, each) for each in entries)
        return parts

    def _part(self, name: str, entry: object) -> Part:
        if not isinstance(entry, dict) or "name" not in entry:
            self._fail(f"split: each of '{name}' needs a name", name, "split")
        for key in entry:
            if key not in _PART_KEYS:
                self._fail(f"split: no such key '{key}'; there are {', '.join(_PART_KEYS)}", key, "split")
        articles = entry.get("articles", [])
        if not isinstance(articles, list) or not all(isinstance(each, str) and each for each in articles):
            self._fail(f"split: articles of '{name}' must be a list of ids", name, "split")
        part = Part(self._name(entry["name"], name), tuple(articles), self._day(entry, "from", name),
                    self._day(entry, "until", name))
        if not (part.articles or part.first or part.last):
            self._fail(f"split: '{part.name}' needs articles, from or until", part.name, "split")
        if part.first and part.last and part.first > part.last:
            self._fail(f"split: '{part.name}' ends before it begins", part.name, "split")
        return part

    def _day(self, entry: Mapping[str, object], key: str, name: str) -> date | None:
        value = entry.get(key)
        if isinstance(value, datetime):
            return value.date()
        if value is not None and not isinstance(value, date):
            self._fail(f"split: {key} of '{name}' must be a day, as {key} = 2014-01-31", name, "split")
        return value

    def _table(self, section: str) -> Mapping[str, object]:
        table = self.content.get(section, {})
        if not isinstance(table, dict):
            self._fail(f"{section} must be a table, [{section}]", section)
        return table

    def _name(self, value: object, near: str) -> str:
        if not isinstance(value, str) or not value.strip():
            self._fail(f"{value!r} is no name", value if isinstance(value, str) and value else near)
        return value

    def _contradictions(self, found: Overrides) -> None:
        """A name cannot be nobody and somebody."""
        somebody = {*found.merge, *found.rename, *found.split}
        somebody.update(name for names in found.merge.values() for name in names)
        for name in sorted(found.ignore & somebody):
            self._fail(f"'{name}' is ignored, yet named elsewhere in this file", name)

    def _fail(self, reason: str, near: str, section: str = "") -> NoReturn:
        raise ConfigError(self.path, reason, self._line_of(near, section))

    def _line_of(self, word: str, section: str) -> int:
        """The first line that holds the word, looked for from the section's head on; the line of the head if the
        word is written in another way there."""
        lines = self.source.splitlines()
        start = next((n for n, line in enumerate(lines) if section and line.strip().startswith(f"[{section}")), 0)
        return next((n + 1 for n in range(start, len(lines)) if word in lines[n]), start + 1)
