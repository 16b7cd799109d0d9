"""Entries of corrections.toml written by the program: one is put in, replaced or taken out, and nothing else of the
file changes."""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from pathlib import Path
from threading import Lock
from typing import Any

from indexer.corrections.correction import Correction
from indexer.corrections.corrections_file import head_lines, read_corrections
from indexer.corrections.quoted_words import is_hash
from indexer.errors import ConfigError, CorrectionError

_BEGINNING = 80                  # characters of words of which the hash is written
_BY_HAND = "is written in a way that the program cannot change; write the entry into it by hand"
_writing = Lock()                # the keeper's mode may be asked to write two corrections at once


def correction_entry(correction: Correction, said: str = "") -> str:
    """The lines of a correction, ready to paste. said: the words, of which the beginning is shown beside a hash."""
    lines = ["[[quotation]]"]
    for key, value in correction.values().items():
        beginning = " ".join(said.split())[:_BEGINNING] if key == "words" and is_hash(correction.words) else ""
        shown = "".join(each if each.isprintable() else " " for each in beginning)
        lines.append(f"{key} = {_toml(value)}" + (f"     # {shown}…" if shown else ""))
    return "\n".join(lines) + "\n"


def _toml(value: str | int | bool) -> str:
    """JSON's texts are TOML's, but for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_correction(path: Path, correction: Correction, said: str = "") -> None:
    """Write a correction into the file, in place of the one of the same words if there is one. said: the words, where
    their hash is written. Raises ConfigError if the file cannot be read or changed; then it stays as it is."""
    with _writing:
        file = _File(path)
        at = file.place_of(correction)
        new = correction_entry(correction, said).splitlines()
        if at is None:
            lines = [*file.lines_to_add_to(), *new, ""]
            held = [*file.held, correction.values()]
        else:
            start, end = file.lines_of(at)
            comments = [line for line in file.lines[start + 1:end] if line.lstrip().startswith("#")]
            lines = [*file.lines[:start], new[0], *comments, *new[1:], *file.lines[end:]]
            held = [*file.held[:at], correction.values(), *file.held[at + 1:]]
        file.replace(lines, held)


def withdraw_correction(path: Path, correction: Correction) -> None:
    """Take the entry of the same words out of the file. Raises CorrectionError if there is none."""
    with _writing:
        file = _File(path)
        at = file.place_of(correction)
        if at is None:
            raise CorrectionError(f"{path} has no correction of these words of {correction.article}", "words")
        start, end = file.lines_of(at)
        file.replace([*file.lines[:start], *file.lines[end:]], [*file.held[:at], *file.held[at + 1:]])


class _File:
    """A corrections.toml while one entry of it is changed. lines are its lines, held its entries as they are parsed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = read_corrections(path)          # first: what means nothing is named with its line
        self._before = path.read_bytes() if path.exists() else b""
        source = self._before.decode("utf-8-sig")
        self.lines = source.split("\n")
        try:
            self.held: list[dict[str, Any]] = tomllib.loads(source).get("quotation", [])
        except ValueError:               # its lines end in bare carriage returns: read as lines, they are good
            raise ConfigError(path, _BY_HAND) from None
        self._heads = head_lines(source, len(self.held))

    def place_of(self, correction: Correction) -> int | None:
        """Which entry is of the same words, from 0."""
        same = next((each for each in self._read.of(correction.article) if each.place == correction.place), None)
        return self._heads.index(same.line) if same else None

    def lines_of(self, at: int) -> tuple[int, int]:
        """From which line, from 0, up to which an entry stands: not the blank lines and comments before the next."""
        start = self._heads[at] - 1
        end = self._heads[at + 1] - 1 if at + 1 < len(self._heads) else len(self.lines)
        while end > start + 1 and (not self.lines[end - 1].strip() or self.lines[end - 1].lstrip().startswith("#")):
            end -= 1
        return start, end

    def lines_to_add_to(self) -> list[str]:
        """All lines, and a blank one behind them, unless the file is empty."""
        lines = [*self.lines]
        while lines and not lines[-1].strip():
            lines.pop()
        return [*lines, ""] if lines else []

    def replace(self, lines: list[str], held: list[dict[str, Any]]) -> None:
        """Put these lines into the place of the file, if they hold just these entries, all at once."""
        text = "\n".join(lines)
        if not self._holds(text, held):
            raise ConfigError(self._path, _BY_HAND)
        new = self._path.with_name(f".{self._path.name}.{os.getpid()}.new")
        try:
            with open(new, "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            if (self._path.read_bytes() if self._path.exists() else b"") != self._before:
                raise ConfigError(self._path, "was changed by somebody else just now; try again")
            if self._path.exists():
                shutil.copymode(self._path, new)
            os.replace(new, self._path)
        except OSError as error:
            raise ConfigError(self._path, f"cannot be written: {error.strerror or error}") from error
        finally:
            new.unlink(missing_ok=True)

    def _holds(self, text: str, held: list[dict[str, Any]]) -> bool:
        try:
            found: object = tomllib.loads(text).get("quotation", [])
        except ValueError:
            return False
        return found == held
