"""The lines above a story, in YAML, TOML or JSON: what it says of itself, and where its body begins."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import yaml

from indexer.errors import ArticleError

MAX_FRONT_MATTER = 500        # lines
MAX_PARSED = 100_000          # characters that a parser is given; longer front matter is read line by line
MAX_DEPTH = 20                # lists and mappings in each other
MAX_EVENTS = 20_000
NULLS = ("", "~", "null", "Null", "NULL")

_OPENING = re.compile(r"\s*(?:<!--.{0,2000}?-->\s*)?(?P<fence>---|\+\+\+|;;;)[^\S\n]*\n", re.DOTALL)
_OBJECT = re.compile(r'\s*(?=\{\s*(?:"|\}\s*\n))')
_CLOSING = {"---": ("---", "..."), "+++": ("+++",), ";;;": (";;;",)}
_KEY = re.compile(r"([A-Za-z][\w .-]{0,60}?)\s*:(?:\s|$)")
_TOP_KEY = re.compile(r"""["']?([A-Za-z][\w .-]{0,60}?)["']?\s*:(?:\s+|$)""")
_TOML_KEY = re.compile(r"([A-Za-z][\w-]{0,60})\s*=\s*(.*)")
_IGNORED = re.compile(r"(?:\s*(?:#.*)?\n)*")
# To YAML "#1" behind a blank is a comment; people who write comments put a blank behind the mark, too.
_HASH = re.compile(r"(\S[^\S\n]{1,9})#(?=\w)")
_HELD_HASH = "\ue000"
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a story says of itself: names in small letters → texts, lists, mappings. line is where the body begins,
    None where nothing stands above it; warning says what of it could not be read."""

    fields: dict[str, object]
    body: str
    line: int | None = None
    warning: str = ""


class _Unreadable(ValueError):
    """Text that a format's parser refuses, or that is made to exhaust it."""


def split(source: str, path: Path) -> FrontMatter:
    """Front matter and body. ArticleError where it never ends.

    What is no YAML is read line by line as far as it goes: a headline may hold what YAML would want in quotes.
    """
    if opening := _OPENING.match(source):
        fence = opening["fence"]
        if fence != "---" or _starts_fields(source, opening.end()):
            return _fenced(source, opening.end(), fence, path)
    elif opening := _OBJECT.match(source):
        return _object(source, opening.end())
    return FrontMatter({}, source)


def bare(source: str) -> FrontMatter:
    """Names and values above a story without any fence, a title among them, up to a blank line; nothing where there are
    none. Lines that are set in go on with the one before."""
    lines = source.lstrip("\ufeff").split("\n")
    end = next((number for number, line in enumerate(lines[:MAX_FRONT_MATTER]) if not line.strip()), 0)
    fields: dict[str, object] = {}
    for line in lines[:end]:
        if match := _TOP_KEY.match(line.rstrip()):
            fields[match[1].strip().lower()] = line[match.end():].strip()
        elif not line[:1].isspace() or not fields:
            return FrontMatter({}, source)
    if len(fields) < 2 or not fields.get("title"):
        return FrontMatter({}, source)
    return FrontMatter(fields, "\n".join(lines[end:]), end + 1)


def _starts_fields(source: str, position: int) -> bool:
    """Three dashes may also be a rule drawn above a story."""
    ignored = _IGNORED.match(source[position:position + 2_000])
    start = source[position + (ignored.end() if ignored else 0):][:200].lstrip()
    return start.startswith("---") or _TOP_KEY.match(start) is not None


def _fenced(source: str, start: int, fence: str, path: Path) -> FrontMatter:
    first = source.count("\n", 0, start)
    position = start
    for count in range(MAX_FRONT_MATTER):
        end = source.find("\n", position)
        line = source[position:end if end >= 0 else len(source)]
        if line.rstrip() in _CLOSING[fence]:
            fields, warning = _read(source[start:position], fence)
            return FrontMatter(fields, source[position + len(line):], first + count + 2, warning)
        if end < 0:
            break
        position = end + 1
    else:
        raise ArticleError(path, f"front matter of more than {MAX_FRONT_MATTER} lines", first)
    marks = "three dashes" if fence == "---" else fence
    raise ArticleError(path, f"front matter without end: no second line of {marks}", first)


def _object(source: str, start: int) -> FrontMatter:
    """A JSON object and the story behind it; what is no object is the story."""
    try:
        value, end = json.JSONDecoder(parse_float=str, parse_int=str).raw_decode(source[:start + MAX_PARSED], start)
    except (ValueError, RecursionError):
        return FrontMatter({}, source)
    return FrontMatter(_small(value), source[end:], source.count("\n", 0, end) + 1)


def _read(text: str, fence: str) -> tuple[dict[str, object], str]:
    """The fields, and what could not be read of them."""
    parse, line_by_line = _FORMATS[fence]
    try:
        if len(text) > MAX_PARSED:
            raise _Unreadable(f"more than {MAX_PARSED:,} characters")
        return _small(parse(text)), ""
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        fields, whole = line_by_line(text)
        return fields, "" if whole else f"front matter read line by line: {_reason(error)}"


def _reason(error: Exception) -> str:
    problem = getattr(error, "problem", None) or str(error) or type(error).__name__
    mark = getattr(error, "problem_mark", None)
    return f"{' '.join(str(problem).split())[:120]}" + (f", line {mark.line + 2}" if mark else "")


def _small(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _Unreadable("no names and values")
    return {str(key).strip().lower(): each for key, each in value.items() if each is not None}


def _yaml(text: str) -> object:
    """What YAML says, every scalar as it was typed: a time keeps its zone, a year is no number, "No" a word.

    Built of the parser's events without recursion. Aliases are refused: ten lines of them can stand for a billion.
    """
    try:
        return _built(text)
    except yaml.YAMLError:
        if "\t" not in text:
            raise
        return _built(text.replace("\t", "    "))


def _built(text: str) -> object:
    done: list[object] = []
    opened: list[tuple[bool, list[object]]] = [(False, done)]        # whether it is a mapping, and what it holds
    text = _HASH.sub(rf"\1{_HELD_HASH}", text)
    for count, event in enumerate(yaml.parse(text, Loader=_PARSER)):
        if count > MAX_EVENTS or len(opened) > MAX_DEPTH:
            raise _Unreadable("too large or too deep")
        if isinstance(event, yaml.AliasEvent):
            raise _Unreadable("it refers to itself by an alias")
        if isinstance(event, yaml.ScalarEvent):
            opened[-1][1].append(_scalar(event))
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            opened.append((isinstance(event, yaml.MappingStartEvent), []))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            is_mapping, held = opened.pop()
            opened[-1][1].append({str(key): value for key, value in zip(held[::2], held[1::2])} if is_mapping else held)
    return done[0] if done and done[0] is not None else {}


def _scalar(event: yaml.ScalarEvent) -> str | None:
    return None if event.implicit[0] and event.value in NULLS else str(event.value).replace(_HELD_HASH, "#")


def _yaml_lines(text: str) -> tuple[dict[str, object], bool]:
    """The fields, each read on its own, and whether every line is a name with a value or goes on with one."""
    fields: dict[str, object] = {}
    whole = True
    for key, value in _entries(text):
        if not key:
            whole = whole and not value.strip()
            continue
        try:
            if len(value) > MAX_PARSED:
                raise _Unreadable
            fields[key] = _entry(value)
        except (ValueError, yaml.YAMLError):
            fields[key] = " ".join(value.split()) if len(value) <= MAX_PARSED else value.strip()
            whole = whole and ("\n" not in value.strip() or not re.search(r"^\s*(?:-\s|\w+:\s)", value, re.MULTILINE))
    return {key: value for key, value in fields.items() if value is not None}, whole


def _entry(value: str) -> object:
    """A value that is YAML of itself. Quotation marks that hold a part of it are the writer's own."""
    found = _yaml(f"x: {value}\n")
    if not isinstance(found, dict) or list(found) != ["x"]:
        raise _Unreadable
    return found["x"]


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Names in small letters and what stands behind them, up to the next; "" for lines before the first."""
    key, held = "", []                   # type: str, list[str]
    for line in text.splitlines():
        if line.startswith("#") and not line[1:2].isalnum():
            continue
        if match := _KEY.match(line):
            yield key, "\n".join(held)
            key, held = match[1].strip().lower(), [line[match.end():].strip()]
        else:
            held.append(line)
    yield key, "\n".join(held)


def _toml(text: str) -> object:
    return _as_typed(tomllib.loads(text, parse_float=str))


def _as_typed(value: object, depth: int = 0) -> object:
    """Days and times as texts, local as they were written."""
    if depth > MAX_DEPTH:
        raise _Unreadable("too deep")
    if isinstance(value, dict):
        return {key: _as_typed(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_typed(each, depth + 1) for each in value]
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _toml_lines(text: str) -> tuple[dict[str, object], bool]:
    fields: dict[str, object] = {}
    for line in text.splitlines():
        if match := _TOML_KEY.match(line.strip()):
            fields[match[1].lower()] = match[2].strip().strip("\"'")
    return fields, False


def _json(text: str) -> object:
    text = text.strip()
    return json.loads(text if text.startswith("{") else f"{{{text}}}", parse_float=str, parse_int=str)


def _no_lines(text: str) -> tuple[dict[str, object], bool]:
    return {}, False


_Lines = Callable[[str], tuple[dict[str, object], bool]]
_FORMATS: dict[str, tuple[Callable[[str], object], _Lines]] = {
    "---": (_yaml, _yaml_lines), "+++": (_toml, _toml_lines), ";;;": (_json, _no_lines),
}
