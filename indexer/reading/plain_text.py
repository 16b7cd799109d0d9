"""Stories in plain text: the headline, byline and day that they begin with, and where their paragraphs end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.reading import front_matter
from indexer.reading.bylines import is_byline
from indexer.reading.dates import MONTHS, read_date
from indexer.reading.drafts import Draft, Source
from indexer.reading.encodings import decoded
from indexer.reading.html_text import Text, fold_spaces, unescape
from indexer.reading.metadata import AUTHORS, DATES, TITLES

WIDEST_COLUMN = 100           # characters of a line that was broken to fit; longer lines are whole paragraphs
LONGEST_HEADLINE = 160
LONGEST_CREDIT = 140

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_ITEM = re.compile(r"\s*(?:[-*•·]|\d{1,3}[.)])\s")
_INDENT = re.compile(r"(?:\t| {2,})\s*(?=\S)")
_ENDED = re.compile(r"[.!?:…][\"'”’)\]]*$")
_OPEN_END = re.compile(r"(?:[.,;:]|[a-z]-)$")
_HEADING = re.compile(r"#{1,3}\s+(?P<title>.+?)\s*#*$")
_UNDERLINE = re.compile(r"(?:=|-|~|\*){3,}$")
_LABEL = re.compile(
    r"(?P<name>title|headline|author|authors|byline|date|published|posted|source|url|link|section)\s*:\s+(?=\S)",
    re.IGNORECASE)
_REPORTS = re.compile(r"(?P<name>[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){1,3}) reports(?: from [A-Z][\w ]{1,30})?[.:]?")
_LOOSE = re.compile(r"\s+(?:\||·|•|–|—|-)\s+|\s*\|\s*")
_DATE_WORDS = frozenset((*MONTHS, *"""
    mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday at on the of
    noon midnight am pm a p m st nd rd th published posted updated originally last first printed date est edt cst cdt
    mst mdt pst pdt et ct mt pt gmt utc bst cet cest t z edition page no vol
""".split()))

# A line was broken behind the hyphen of a word that has one anywhere; of others the break made it.
_BROKEN = re.compile(r"(?<!\w)(\w{1,60})([-\u2010\u00ad])\n[^\S\n]*((\w+)\S*)[^\S\n]?")
_HYPHENATED = re.compile(
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|self|well|half|ex|vice|mid|cross|so|all|high|low|long"
    r"|short|full|part|old|new|two|three|four|five|six|seven|eight|nine|ten|father|mother|brother|sister|son|daughter)",
    re.IGNORECASE)


def read(source: Source) -> Iterator[Draft]:
    """The story of a file of plain text."""
    text, encoding = decoded(source.data or b"", source.path)
    found = front_matter.split(text, source.path)
    fields, body = found.fields, found.body
    if found.line is None:
        fields, body = opening_of(body)
    warnings = tuple(filter(None, [found.warning]))
    yield Draft(body, "text", fields, line=found.line, encoding=encoding, warnings=warnings)


def opening_of(body: str) -> tuple[dict[str, object], str]:
    """The headline, byline and day on the first lines, and the story below. A first line is the headline where one of
    these follows, or where it stands apart and is no sentence."""
    lines = body.strip().split("\n")
    headline = _headline(lines)
    number = len(headline)
    is_marked = _UNDERLINE.match("".join(lines[number:number + 1]).strip()) is not None
    below, rest = credits_of("\n".join(lines[number + is_marked:]))
    heading = _HEADING.match(headline[0]) if headline else None
    if headline and rest.strip() and (below or heading or is_marked or _stands_apart(lines)):
        title = heading["title"] if heading else " ".join(headline)
        return {"title": title, **below}, rest
    above, rest = credits_of(body)
    return (above, rest) if rest.strip() else ({}, body)


def credits_of(body: str) -> tuple[dict[str, object], str]:
    """The byline, the day and what else is labelled on the lines at the beginning, and the text below them."""
    fields: dict[str, object] = {}
    lines = body.split("\n")
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        found = _credit(line.strip())
        if not found or not fields.keys().isdisjoint(found):
            return fields, "\n".join(lines[number:])
        fields |= found
    return fields, ""


def text_of(body: str) -> Text:
    """Plain text, a paragraph a line."""
    return "\n".join(_paragraphs(unescape(body))), (), ()


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines were broken to fit a column, rather than each being a paragraph."""
    lengths = [len(line.strip()) for line in lines if line.strip()]
    widest = max(lengths, default=0)
    if len(lengths) < 2 or widest > WIDEST_COLUMN:
        return False
    inner = [line.strip() for line in lines[:-1] if line.strip()]
    unended = sum(not _ENDED.search(line) for line in inner)
    return unended * 2 > len(inner) and sum(length * 2 > widest for length in lengths) * 2 > len(lengths)


def _headline(lines: Sequence[str]) -> list[str]:
    """The first lines that may be a headline, up to one that cannot be."""
    found: list[str] = []
    for line in lines[:4]:
        if not _may_be_headline(line) or _UNDERLINE.match(line.strip()):
            break
        found.append(line.strip())
    return found


def _may_be_headline(line: str) -> bool:
    line = line.strip()
    return bool(line) and len(line) <= LONGEST_HEADLINE and not _OPEN_END.search(line) and not _credit(line)


def _stands_apart(lines: Sequence[str]) -> bool:
    """A short first line with nothing below it but a blank one."""
    first = lines[0].strip()
    return (len(lines) > 2 and not lines[1].strip() and len(first.split()) <= 16
            and not _ENDED.search(first) and first[:1].isalnum() and not _ITEM.match(first))


def _credit(line: str) -> dict[str, object]:
    """What a line of credits says; nothing where it is none."""
    if len(line) > LONGEST_CREDIT and not _LABEL.match(line):
        return {}
    if label := _LABEL.match(line):
        return _labelled(label["name"].lower(), line[label.end():])
    fields: dict[str, object] = {}
    for part in _LOOSE.split(line):
        found = {"author": part} if is_byline(part) else _reporter(part) or _day(part)
        if not found:
            return {}
        fields |= found
    return fields


def _reporter(line: str) -> dict[str, object]:
    """«Ann Low reports» is a byline too, by itself on a line."""
    match = _REPORTS.fullmatch(line)
    return {"author": match["name"]} if match and is_byline(f"by {match['name']}") else {}


def _labelled(name: str, value: str) -> dict[str, object]:
    if name in ("published", "posted"):
        return _day(f"{name} {value}")
    if name in TITLES or name in DATES or name in AUTHORS:
        return {"title" if name in TITLES else "date" if name in DATES else "author": value}
    return {name: value}


def _day(line: str) -> dict[str, object]:
    """A line that is a date and nothing else."""
    words = re.findall(r"[^\W\d_]+", line.lower())
    if len(line) <= 80 and all(word in _DATE_WORDS for word in words) and read_date(line):
        return {"date": line}
    return {}


def _paragraphs(body: str) -> Iterator[str]:
    """Blank lines part paragraphs, whose lines may be wrapped; where there are none, a line is a paragraph, unless
    lines are broken to fit a column."""
    whole = _mended(body.strip("\n"))
    parts = _BLANK_LINE.split(whole)
    for part in parts:
        lines = part.split("\n")
        if len(lines) > 1 and (all(map(_ITEM.match, lines)) or _are_paragraphs(lines, alone=len(parts) == 1)):
            yield from filter(None, map(fold_spaces, lines))
        else:
            yield from filter(None, map(fold_spaces, _columns(lines)))


def _are_paragraphs(lines: Sequence[str], alone: bool) -> bool:
    if alone:
        return not is_wrapped(lines)
    return max(map(len, lines)) > WIDEST_COLUMN and all(_ENDED.search(line.strip()) for line in lines)


def _columns(lines: Sequence[str]) -> Iterator[str]:
    """Wrapped lines joined; one that is set in begins a paragraph, as does one after a short last line."""
    lines = [line for line in lines if line.strip()]
    widest = max((len(line.strip()) for line in lines), default=0)
    set_in = [_INDENT.match(line) is not None for line in lines]
    few = 0 < sum(set_in) * 2 <= len(lines) and len(lines) > 3
    held: list[str] = []
    for number, line in enumerate(lines):
        last = held[-1].strip() if held else ""
        if held and ((few and set_in[number]) or (len(last) * 5 < widest * 3 and _ENDED.search(last))):
            yield " ".join(held)
            held = []
        held.append(line)
    yield " ".join(held)


def _mended(text: str) -> str:
    """Words that were broken at the end of a line, whole on that line."""
    return _BROKEN.sub(lambda match: f"{match[1]}{_hyphen(match, text)}{match[3]}\n", text)


def _hyphen(match: re.Match[str], text: str) -> str:
    before, after = match[1], match[4]
    is_compound = not after[0].islower() or not before[-1].isalpha() or _HYPHENATED.fullmatch(before) is not None
    keeps = match[2] != "\u00ad" and (is_compound or f"{before}-{after}" in text)
    return "-" if keeps else ""
