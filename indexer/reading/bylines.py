"""Who wrote a story: what a byline says, name by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from indexer.reading.html_text import fold_spaces, unescape

LONGEST_LINE = 1_000
MOST_AUTHORS = 50
MOST_LINES = 200              # in lists of lists
NAME_KEYS = ("name", "display_name", "displayname", "full_name", "fullname", "title", "@value", "#text")

_TAG = re.compile(r"<[^<>@]{1,500}>")
_ADDRESS = re.compile(
    r"(?:https?:|www\.|mailto:)\S*|[<(\[]?\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){0,9}[>)\]]?|(?<![\w@])@\w{1,40}",
    re.IGNORECASE)
_BY = re.compile(
    r"(?:(?:story|words|text|article|report|analysis|opinion|review|written|reported|posted|published|compiled"
    r"|additional reporting)\s+)?"
    r"by(?:\s*:\s*|\s+)|author:\s*|from:\s*", re.IGNORECASE)
# What a page prints behind the names on the same line.
_WHEN = re.compile(
    r"\W*\b(?:(?:published|updated|posted|last\s+updated)\b(?!\s+by\b)|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?\s+\d|\d{1,2}[:.]\d\d|(?:19|20)\d\d\b"
    r"|\d{1,2}\.?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d+\s+min(?:ute)?s?\b).*", re.IGNORECASE)
_DEGREE = re.compile(r"[A-Z]{2,5}")
_BY_LINE = re.compile(r"(?:written |story |words )?by:?\s+(?=\S)", re.IGNORECASE)
_PHOTOGRAPHER = re.compile(r"(?:photo(?:s|graph|graphs|graphy)?|pictures?|illustrations?|video|graphics?)"
                           r"(?:\s+and\s+\w+)?\s*(?:by|:)\s.*", re.IGNORECASE | re.DOTALL)
_BETWEEN = re.compile(
    r"\s*,?\s*(?<!\w)(?:with\s+)?(?:additional\s+)?(?:reporting|contributions?)\s+(?:by|from)\s+"
    r"|\s*,?\s+(?:and|with|plus)\s+|\s*[;/|·•+&\n]\s*|\s*\u2014\s*|\s+[\u2013-]\s+", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
_POINT = re.compile(r"(?<=[a-z]{3})\.$")           # of a sentence, not of "Jr." or an initial
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|esq|ph\.?d|m\.?d|m\.?b\.?e|o\.?b\.?e|r\.?n)\.?", re.IGNORECASE)
_WHERE = re.compile(r"\s+(?:in|at|for|of|from)\s+(?:the\s+)?(?=[A-Z]).*$")
_JOB = re.compile(
    r"\b(?:staff|writers?|reporters?|correspondents?|columnists?|contributors?|contributing|photographers?|producers?"
    r"|editors?|bureau\s+chief|journalists?|bloggers?|interns?|freelancers?|reviewers?|critics?|anchors?|special\s+to"
    r"|exclusive\s+to)\b", re.IGNORECASE)
_JOB_BEHIND = re.compile(
    r"[\s-]+(?:(?:senior|chief|political|sports?|science|business|city|crime|education|health|general|guest|special)"
    r"\s+)?"
    r"(?:staff\s+)?(?:writer|reporter|correspondent|columnist|editor)$", re.IGNORECASE)
_OFFICE = re.compile(
    r"\b(?:department|ministry|office|institute|university|society|association|bureau|council|committee|board"
    r"|cent(?:re|er)|school|college)\s+(?:of|for|on)\b", re.IGNORECASE)
_COLLECTIVE = re.compile(
    r"\b(?:news|newsroom|staff|agency|association|university|institute|department|ministry|council|committee|foundation"
    r"|network|bureau|desk|team|board|editors|contributors|reporters|magazine|newspapers?|service|services|media"
    r"|society|union|group|company|inc|ltd|llc|corp|corporation|radio|television|organi[sz]ation|coalition|museum"
    r"|library|school|college)\.?$", re.IGNORECASE)
_AGENCIES = re.compile(
    r"(?:the\s+)?(?:ap|associated\s+press|afp|agence\s+france[-\s]presse|reuters|thomson\s+reuters|upi|united\s+press"
    r"(?:\s+international)?|bloomberg|pa|pa\s+media|press\s+association|dpa|xinhua|tass|itar-tass|interfax|ansa|efe"
    r"|kyodo|canadian\s+press|aap|australian\s+associated\s+press|pti|press\s+trust\s+of\s+india|ians|ani|apa"
    r"|swissinfo|bbc|npr|cnn|wires?|wire\s+(?:services?|reports?))", re.IGNORECASE)
_NOBODY = re.compile(r"(?:null|none|unknown|anonymous|n/?a|admin|administrator|author|editor|user|guest|staff|default"
                     r"|undefined|true|false|nan|\W*|\d+)", re.IGNORECASE)
_PARTICLES = frozenset("de der den van von la le du di da of the and y e zu bin al".split())
_SMALL_WORDS = _PARTICLES | frozenset("""
    with by for in at to from staff writer writers reporter special correspondent editor additional reporting
""".split())


def authors_of(value: object) -> tuple[str, ...]:
    """The authors, each a name, in the order given: of a byline, or of a list or mapping such as YAML and JSON have.

    Jobs, places, addresses and handles are no part of a name; a name in capitals gets small letters. A paper or agency
    is an author where nobody else is named.
    """
    names = [name for line in islice(_lines(value), MOST_LINES) for name in _names(line)]
    return tuple(dict.fromkeys(names))[:MOST_AUTHORS]


def byline_of(authors: tuple[str, ...]) -> str:
    """The line that is shown: "Ann Low, Bo Ray and Cy Dunn"."""
    return " and ".join(filter(None, (", ".join(authors[:-1]), *authors[-1:])))


def is_institution(name: str) -> bool:
    """Whether an author is an agency, a paper, a staff: nobody with a surname."""
    return bool(_AGENCIES.fullmatch(name) or _OFFICE.search(name) or _COLLECTIVE.search(name)
                or re.match(r"the\s", name, re.IGNORECASE))


def is_byline(line: str) -> bool:
    """Whether a line is "by" and names, and no sentence: every word has a capital but for those that names and jobs
    do without."""
    by = _BY_LINE.match(line)
    words = line[by.end():].split() if by else []
    small = [word for word in words if word[:1].islower() and word.strip(",.&") not in _SMALL_WORDS]
    return 0 < len(words) <= 16 and not small and not line.endswith(("!", "?", ":", "…")) and bool(authors_of(line))


def _lines(value: object) -> Iterator[str]:
    """Every byline in what a field holds, a few levels deep."""
    waiting: list[tuple[object, int]] = [(value, 0)]
    while waiting:
        each, depth = waiting.pop(0)
        if isinstance(each, str):
            yield each[:LONGEST_LINE]
        elif isinstance(each, Mapping) and depth < 4:
            waiting.insert(0, (_named(each), depth + 1))
        elif isinstance(each, Iterable) and not isinstance(each, bytes) and depth < 4:
            waiting[:0] = [(one, depth + 1) for one, _ in zip(each, range(MOST_AUTHORS))]


def _named(mapping: Mapping[object, object]) -> object:
    """The name in {name: …, email: …} or {first: …, last: …}."""
    small = {str(key).lower().replace("-", "_"): value for key, value in mapping.items()}
    for key in NAME_KEYS:
        if small.get(key):
            return small[key]
    parts = [small.get(first) or small.get(second) for first, second in (
        ("first", "first_name"), ("middle", "middle_name"), ("last", "last_name"))]
    return " ".join(part for part in parts if isinstance(part, str))


def _names(line: str) -> Iterator[str]:
    line = _ADDRESS.sub(" ", _TAG.sub(" ", unescape(line)))
    line = _PHOTOGRAPHER.sub("", "\n".join(map(fold_spaces, line.splitlines())).strip(" \n,|-"))
    line = _WHEN.sub("", _BY.sub("", line, count=1) if _BY.match(line) else line)
    if _OFFICE.search(line) and "," not in line:
        yield fold_spaces(line)
        return
    for part in _BETWEEN.split(line):
        yield from _of_part(_BY.sub("", part, count=1) if _BY.match(part) else part)


def _of_part(part: str) -> Iterator[str]:
    """The names of a list with commas, less the jobs and papers of those who are named before."""
    pieces = _joined([_POINT.sub("", piece.strip(" ,:()[]\"'*_")) for piece in _COMMA.split(part)])
    if len(pieces) == 2 and _is_inverted(*pieces):
        pieces = [f"{pieces[1]} {pieces[0]}"]
    found = False
    for piece in pieces:
        name = _JOB_BEHIND.sub("", piece) if piece.count(" ") > 1 else piece
        if _NOBODY.fullmatch(name) or _is_job(name) or not name[0].isalnum():
            continue
        if found and (is_institution(name) or _DEGREE.fullmatch(name)):
            continue
        found = True
        yield _in_small_letters(name if is_institution(name) else _WHERE.sub("", name))


def _joined(pieces: list[str]) -> list[str]:
    """"Jr." belongs to the name before it."""
    joined: list[str] = []
    for piece in pieces:
        if joined and _SUFFIX.fullmatch(piece):
            joined[-1] = f"{joined[-1]}, {piece}"
        else:
            joined.append(piece)
    return joined


def _is_inverted(last: str, first: str) -> bool:
    """"Low, Ann": a word on each side, or an initial behind."""
    are_words = last.isalpha() and re.fullmatch(r"[^\W\d_]+(?:\s[^\W\d_]\.?)?", first) is not None
    return are_words and not any(_JOB.search(each) or is_institution(each) for each in (last, first))


def _is_job(name: str) -> bool:
    """"Staff Writer"; a name of an account, "blogger-bob", is none."""
    found = _JOB.search(name)
    return found is not None and (" " in name or found[0] == name) and not _is_staff(name)


def _is_staff(name: str) -> bool:
    """"Dispatch Staff" signs for a paper, "Staff Writer" for nobody that we know."""
    signed = re.search(r"\s(?:staff|editors|contributors|reporters)$", name, re.IGNORECASE)
    return signed is not None and not _JOB.match(name)


def _in_small_letters(name: str) -> str:
    """ANN O'LOW → Ann O'Low; initials and agencies keep their capitals."""
    if not name.replace("Mc", "MC").isupper() or " " not in name or _AGENCIES.fullmatch(name):
        return name
    return " ".join(_word(word, number) for number, word in enumerate(name.split()))


def _word(word: str, number: int) -> str:
    if number and word.lower() in _PARTICLES:
        return word.lower()
    if "." in word[:-1] or re.fullmatch(r"II|III|IV", word):
        return word
    small = re.sub(r"[^\W\d_]+", lambda letters: letters[0].capitalize(), word)
    return re.sub(r"\bMc([a-z])", lambda match: f"Mc{match[1].upper()}", small)
