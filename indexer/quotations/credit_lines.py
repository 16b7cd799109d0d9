"""Credit lines: where the words of a block end and the line begins that says whose they are, and the name in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.models import Span

LONGEST = 160          # characters of a credit line
_LITTLE = 45           # behind the name and handle of a post: a date in another form, a program's name

_DASH = r"(?:[—–―]|--?|~)"
_DATE = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4})"
_POST = re.compile(
    r"(?:[—–][ \n]?(?P<name>[^\s(][^\n(—–]{0,79}?)|(?<!\S)--?[ \n]?(?P<bare>[^\s(-](?:(?! --? )[^\n(—–]){0,79}?))"
    rf" ?\(@\w{{1,30}}\)(?:(?P<date> (?:on )?{_DATE})|(?=(?P<rest>[^\n]{{0,46}})))")
_SHARED = re.compile(
    r"A (?:post|photo|video) (?:shared|posted) by "
    r"(?:([^\s(][^\n(—–]{0,79}?) ?\(@[\w.]{1,40}\)|(@[\w.]{1,40}) on)[^\n]{0,80}")
_DASHED = re.compile(rf"(?<=[\s.!?…\"”’'])(?<![—–-]){_DASH} ?(?=[^\s—–-])")
_LEAD = re.compile(
    r"(?:(?:and|also|next|then|now|this|here(?:[’']s| is)?|one|another|a second|a third)[ ,]{1,2}){0,3}from (?=\S)",
    re.IGNORECASE)
_PREFIX = re.compile(rf"\s*(?:{_DASH}\s*)?(?:(?:[Bb]y|[Ff]rom|[Ss]ource|[Cc]redit|[Qq]uote)\b:?\s+)?")
_AWAY = "via|on|in|at|to|from|for|writing|speaking|who|as"      # what begins a description that has no comma
_MARKED_ENDS = re.compile(
    rf"\s*(?:[,;:(|/\[\n—–]|\.?\s*$| - |\s(?:{_AWAY}|wrote|writes|said|says|posted|tweeted)\b)")
_REST = re.compile(rf"\s*(?:[,;:(|/\[—–.]|$| - |\s(?:{_AWAY}|of|with)\b)")
_SENTENCE = re.compile(
    r"[,;:.] *(?:he|she|they|you|I|we|it|but|so|then|thanks?|please|if|when|because|though|not)\b|[!?]\W*$")
_PARTICLES = frozenset("""
    of the and & de da do dos das del della di du la le van von der den ter ten al el bin ibn y e af av zu
""".split())
_SHORT = re.compile(
    r"(?:\b(?:[JSD]r|Inc|Co|Ltd|Corp|Bros|St|Esq|Dept|Mrs?|Ms|Rev|Gov|Sen|Rep|Prof|Capt|Sgt|Lt|Col|Gen)"
    r"|(?<!\w)\w)\.$")
_WORD = re.compile(r"\S+")
_DESCRIBED = re.compile(r"(?:an?|the) (?=[a-z])")
_MOST_WORDS = 8
_POINTS = tuple(".!?…\"”’')]»")


@dataclass(frozen=True, slots=True)
class Credit:
    """A line that says whose the words before it are, and the name in it. The line is empty where it is the words'
    last sentence: the name is then in that."""

    line: Span
    name: Span


def posts_in(text: str, span: Span) -> Iterator[Credit]:
    """The credit lines of embedded posts, «— Jane Roe (@roe) May 1, 2012»: those with a date, and those with little
    behind them on their line; and «A photo shared by Jane Roe (@roe)», which is a sentence of the post."""
    for match in _POST.finditer(text, span.start, span.end):
        rest = 0 if match["date"] else len(match["rest"])
        if rest <= _LITTLE:
            name = "name" if match["name"] else "bare"
            yield Credit(Span(match.start(), match.end() + rest), Span(*match.span(name)))
    for match in _SHARED.finditer(text, span.start, span.end):
        yield Credit(Span(match.end(), match.end()), Span(*match.span(1 if match[1] else 2)))


def is_shared_only(text: str, span: Span) -> bool:
    """Whether words only say who shared what."""
    return _SHARED.fullmatch(text, span.start, span.end) is not None


def dashed_line(text: str, line: Span) -> Credit | None:
    """A line that is nothing but a dash and a name, and perhaps what its bearer is: «— Ann Low, a pilot»."""
    match = _DASHED.match(text, line.start, line.end)
    if match is None or len(line) > LONGEST:
        return None
    name = _name(text, match.end(), line.end, 1)
    return Credit(line, name) if name else None


def dashed_end(text: str, span: Span) -> Credit | None:
    """A dash and a name at the end of a line of other words: «We rowed all night. — Ann Low»."""
    for match in _DASHED.finditer(text, max(span.start + 1, span.end - LONGEST), span.end):
        finished = text[max(span.start, match.start() - 4):match.start()].rstrip().endswith(_POINTS)
        spaced = text[match.start() - 1].isspace()
        if not finished and not (spaced and text[match.end() - 1].isspace()):
            continue
        name = _name(text, match.end(), span.end, 1 if finished else 2)
        if name and not _DESCRIBED.match(text, name.start):
            return Credit(Span(match.start(), span.end), name)
    return None


def lead_in(text: str, line: Span) -> Span | None:
    """Whom a line names that only says whose words follow: «And from Doris Quillan:»."""
    match = _LEAD.match(text, line.start, line.end) if len(line) <= LONGEST else None
    if match is None or text[line.end - 1] != ":":
        return None
    return _name(text, match.end(), line.end - 1, 1)


def named_in(text: str, span: Span) -> Span | None:
    """The name in what a page marks as a credit, whatever it looks like: all before the first comma or the like."""
    prefix = _PREFIX.match(text, span.start, span.end)
    start = prefix.end() if prefix else span.start
    match = _MARKED_ENDS.search(text, min(start + 1, span.end), span.end)
    end = match.start() if match else span.end
    return Span(start, end) if any(character.isalnum() for character in text[start:end]) else None


def _name(text: str, start: int, end: int, least: int) -> Span | None:
    """A name of so many words at least that begins here, if nothing but a description follows: «Ann Low, a pilot».
    What begins with an article may be in small letters: «a reader in Alder Street»."""
    described = _DESCRIBED.match(text, start, end) is not None
    words, last = 0, start
    for word in _WORD.finditer(text, start, end):
        bare = word.group().rstrip(",;:.|/)]")
        if words == _MOST_WORDS or not (described or _begins_name(bare, words)):
            break
        words += 1
        ends = word.start() + len(bare)
        tail = text[ends:word.end()]
        short = tail.startswith(".") and _SHORT.search(text, start, ends + 1) is not None
        last = ends + short if bare not in _PARTICLES or described else last
        if tail and not (short and len(tail) == 1):
            break
    named = words >= least and last > start and _only_describes(text[last:end], words)
    return Span(start, last) if named else None


def _only_describes(rest: str, words: int) -> bool:
    """Whether what follows a name of so many words is no sentence: «— No.» is speech."""
    return _REST.match(rest) is not None and _SENTENCE.search(rest) is None and (words > 1 or not rest.startswith("."))


def _begins_name(word: str, number: int) -> bool:
    """Whether a word can be one of a name, given how many were before it."""
    first = word.lstrip("“\"'‘@#")[:1]
    if number == 0:
        return first.isupper() or word[:1] == "@" or word == "the"
    return first.isupper() or first.isdigit() or word in _PARTICLES
