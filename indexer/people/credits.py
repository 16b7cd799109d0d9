"""Names in small letters: people who credit themselves so, "photo via hank sorensen's Flickr"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.language import usage
from indexer.models import Span

_NAME = r"([a-z]{2,15}(?: [a-z][a-z-]{1,15}){0,2})"
_CREDITS = re.compile(
    rf"(?:^|\bvia |\bby |\()(?:{_NAME})['’]s? (?:flickr|instagram|twitter|tumblr)\b"
    rf"|\b(?:shutterstock|flickr|getty|ap|reuters) ?/ ?{_NAME}(?=$|\)|\n)"
    rf"|\({_NAME} ?/ ?[a-z]"
    rf"|\b(?:photo|photograph|image|video)s? (?:by|via|courtesy of) {_NAME}(?=$|\)|\.| on )",
    re.MULTILINE | re.IGNORECASE,
)
_CREDIT_LENGTH = 160     # characters of a line, so many at most are a credit
_HEADS = re.compile(r"[Ff]lickr|[Ii]nstagram|[Ss]hutterstock|[Gg]etty|[Pp]hoto|/|via ")


def small_names(text: str) -> Iterator[Span]:
    """Where such names are: in a short line, or at the start of a longer one."""
    start = 0
    for line in text.split("\n"):
        if _HEADS.search(line, 0, _CREDIT_LENGTH):
            for match in _CREDITS.finditer(line, 0, _CREDIT_LENGTH):
                number = match.lastindex
                if number and match.group(number).islower() and _is_name(match.group(number).split()):
                    yield Span(start + match.start(number), start + match.end(number))
        start += len(line) + 1


def _is_name(words: list[str]) -> bool:
    """A given name and a surname; alone only a common given name that is no word."""
    first, last = usage(words[0]), usage(words[-1])
    if len(words) == 1:
        return first.given > 3 and not first.word
    if first.given > 3 and not first.word and last.word < 2:
        return True
    return first.given > 0 and first.word < 3 and last.surname > 0 and last.word < 4
