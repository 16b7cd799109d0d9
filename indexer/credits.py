"""Names in small letters: people who credit themselves so, "photo via hank sorensen's Flickr"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.models import Span
from indexer.names import usage

_NAME = r"([a-z]{2,15}(?: [a-z][a-z-]{1,15}){0,2})"
_CREDITS = re.compile(
    rf"(?:^|\bvia |\bby |\()(?:{_NAME})['’]s? (?:flickr|instagram|twitter|tumblr)\b"
    rf"|\b(?:shutterstock|flickr|getty|ap|reuters) ?/ ?{_NAME}(?=$|\)|\n)"
    rf"|\({_NAME} ?/ ?[a-z]"
    rf"|\b(?:photo|photograph|image|video)s? (?:by|via|courtesy of) {_NAME}(?=$|\)|\.| on )",
    re.MULTILINE | re.IGNORECASE,
)
_HEADS = re.compile(r"(?i:flickr|instagram|shutterstock|getty|photo|/|via )")


def small_names(text: str) -> Iterator[Span]:
    """Where such a name stands."""
    for match in _CREDITS.finditer(text) if _HEADS.search(text) else ():
        number = match.lastindex
        if number and match.group(number).islower() and _is_name(match.group(number).split()):
            yield Span(*match.span(number))


def _is_name(words: list[str]) -> bool:
    """A given name and a surname; alone only a common given name that is no word."""
    first, last = usage(words[0]), usage(words[-1])
    if len(words) == 1:
        return first.given > 3 and not first.word
    if first.given > 3 and not first.word and last.word < 2:
        return True
    return first.given > 0 and first.word < 3 and last.surname > 0 and last.word < 4
