"""What a page says of its story in JSON-LD (schema.org): headline, authors, day."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

MAX_SCRIPT = 1_000_000        # characters
MAX_NODES = 5_000             # objects and lists of a page that are looked at

_STORY = re.compile(r"(?:Article|Posting|Report|Review|Story)$")
_AROUND = re.compile(r"^\s*(?:<!\[CDATA\[|<!--|//\s*<!\[CDATA\[)?|(?://\s*)?(?:\]\]>|-->)?[\s;]*$")


@dataclass(frozen=True, slots=True)
class Structured:
    """What was found, stories before pages, the first first."""

    titles: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    publisher: str = ""


def structured(scripts: Iterable[str]) -> Structured:
    """What the scripts of a page say; what is no JSON says nothing."""
    objects = list(_objects([value for script in scripts if (value := _parsed(script)) is not None]))
    known = {str(each["@id"]): each for each in objects if each.get("@id") and each.get("name")}
    stories = [each for each in objects if any(map(_STORY.search, _types(each)))]
    pages = [each for each in objects if "WebPage" in _types(each)]
    return Structured(
        titles=[title for each in stories[:1] if (title := _text(each.get("headline") or each.get("name")))],
        authors=next(filter(None, (_names(each.get("author") or each.get("creator"), known) for each in stories)), []),
        dates=[date for each in (*stories, *pages)
               if (date := _text(each.get("datePublished") or each.get("dateCreated")))],
        addresses=[url for each in stories
                   if (url := _text(each.get("url")) or _address(each.get("mainEntityOfPage")))],
        publisher=next((name for each in stories for name in _names(each.get("publisher"), known)), ""),
    )


def _parsed(script: str) -> object:
    try:
        return json.loads(_AROUND.sub("", script[:MAX_SCRIPT]), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(waiting: list[object]) -> Iterator[Mapping[str, object]]:
    """Every object, outer ones first."""
    for _ in range(MAX_NODES):
        if not waiting:
            return
        each = waiting.pop(0)
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            yield each
            waiting += [value for value in each.values() if isinstance(value, dict | list)]


def _types(each: Mapping[str, object]) -> list[str]:
    types = each.get("@type")
    return [str(one) for one in (types if isinstance(types, list) else [types])]


def _names(value: object, known: Mapping[str, Mapping[str, object]]) -> list[str]:
    """The names of people and papers: texts, objects, or what refers to objects elsewhere on the page."""
    found: list[str] = []
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict) and not each.get("name"):
            each = known.get(str(each.get("@id")))
        name = each.get("name") if isinstance(each, Mapping) else each
        found += [one for one in (name if isinstance(name, list) else [name]) if isinstance(one, str) and one.strip()]
    return found


def _text(value: object) -> str:
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, str) else ""


def _address(value: object) -> str:
    return _text(value.get("@id")) if isinstance(value, dict) else _text(value)
