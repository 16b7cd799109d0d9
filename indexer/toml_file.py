"""A TOML file that the user wrote, read with every mistake named by its line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from indexer.errors import ConfigError

_AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


def read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    """The file's text and what it says. Raises ConfigError."""
    try:
        source = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(path, "not UTF-8 text") from None
    except OSError as error:
        raise ConfigError(path, f"cannot be read: {error.strerror}") from None
    try:
        return source, tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at and at[1] else len(source.splitlines()) or 1
        raise ConfigError(path, _AT_LINE.sub("", str(error)).strip().rstrip("."), line) from None
    except RecursionError:
        raise ConfigError(path, "lists or tables inside one another are too deep", _deepest(source)) from None
    except ValueError:                   # the parser reads what no number can be
        raise ConfigError(path, "a number or a date that there cannot be", _longest_number(source)) from None


def _deepest(source: str) -> int:
    """The line that opens most."""
    lines = source.splitlines()
    return max(range(len(lines)), key=lambda at: sum(map(lines[at].count, "[{."))) + 1


def _longest_number(source: str) -> int:
    lines = source.splitlines()
    return max(range(len(lines)), key=lambda at: max(map(len, re.findall(r"\d+", lines[at])), default=0)) + 1
