"""Typed text as a question about what was said: who is asked about, what of, and in which days.

    what did NAME say about X          did NAME ever mention X        everything NAME said about X
    NAME on X                          NAME's words about X           quotations by NAME about X
    who said X                         NAME X                         … in 2011, since 2010, 2009 to 2012

This is the grammar alone: it knows no names. Whether a NAME is anybody's, the archive has to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.errors import QueryError
from indexer.query.lexer import tokens
from indexer.query.period import MONTHS

LONGEST = 250                      # characters; a question has fewer
MOST_WORDS_OF_NAME = 4


@dataclass(frozen=True, slots=True)
class Question:
    """who: the name as typed, "" if anybody may have said it. topic: what it is about, "" for anything. start, end: the
    days as they can be typed, "" if open. asked: whether the wording leaves no doubt that words of somebody are asked
    for; “NAME on X” and “NAME X” are questions only if NAME is a name."""

    who: str
    topic: str
    start: str = ""
    end: str = ""
    asked: bool = True


_TELLING = (r"sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|th(?:ink|inks|ought|inking)|talk(?:s|ed|ing)?|"
            r"sp(?:eak|eaks|oke|oken|eaking)|mention(?:s|ed|ing)?|stat(?:e|es|ed)|comment(?:s|ed)?|remark(?:s|ed)?|"
            r"promis(?:e|es|ed)|claim(?:s|ed)?|argu(?:e|es|ed)|believ(?:e|es|ed)|f(?:eel|eels|elt)|"
            r"describ(?:e|es|ed)|call(?:s|ed)?|den(?:y|ies|ied)|admit(?:s|ted)?|explain(?:s|ed)?|respond(?:s|ed)?")
_SAID = (r"(?:has |have |had |ever |also |once |first |else |actually )*"
         r"(?:said|says|told|thinks|thought|talked|talks|spoke|speaks|mentioned|mentions|stated|commented|remarked|"
         r"promised|claimed|claims|argued|argues|described|denied|admitted|explained)")
_ABOUT = r"(?:about|on|regarding|concerning|of)"
_WORDS = r"(?:words?|quotes?|quotations?|statements?|comments?|remarks?|views?|opinions?|thoughts|position|stance)"
_WHO = r"(?P<who>\S+(?: \S+){0,5}?)"
_TOPIC = r"(?P<topic>.+)"
_TO = r"(?: (?:to )?(?:me|us|them|reporters|the press|people))?"
_OF = rf"{_TO}(?: (?:that|to {_ABOUT}|{_ABOUT}))?(?: {_TOPIC})?"

_LEAD = re.compile(r"(?:please )?(?:(?:tell|show|give|find) (?:me |us )?|search (?:for )?|list |what(?:'s| is| are) )",
                   re.I)
_PATTERNS = tuple((re.compile(pattern, re.I), asked) for pattern, asked in (
    (rf"who(?:m| else)? (?:is|was|are|were) quoted(?: {_ABOUT} {_TOPIC})?", True),
    (rf"who(?: else)? {_SAID}{_OF}", True),
    (rf"(?:what|when|where|why|how|how often) (?:did|does|do|has|have|had|was|were|is|are|would) {_WHO} "
     rf"(?:ever |also |once |have |had |to )*(?:{_TELLING}){_OF}", True),
    (rf"(?:did|has|does|had|was|is) {_WHO} (?:ever |also |once )*(?:{_TELLING}){_OF}", True),
    (rf"(?:what|everything|anything|all)(?: that)? {_WHO} {_SAID}{_OF}", True),
    (rf"(?:all )?{_WORDS} (?:by|from|of) {_WHO}(?: {_ABOUT} {_TOPIC})?", True),
    (rf"(?:all )?{_WHO}(?:'s?)? {_WORDS} {_ABOUT} {_TOPIC}", True),
    (rf"(?:all )?{_WHO}'s? {_WORDS}", True),
    (rf"{_WHO} (?:{_SAID}) {_ABOUT} {_TOPIC}", True),
    (rf"{_WHO} (?:on|about) {_TOPIC}", False),
    (rf"{_WHO} {_SAID} (?:that )?{_TOPIC}", False),
))
_ANYBODY = frozenset("anyone anybody someone somebody everyone everybody people they you".split())

_DAY = rf"(?:(?P<month{{0}}>{'|'.join(MONTHS)}) )?(?P<year{{0}}>(?:1[5-9]|20)\d\d)"
_FIRST, _LAST = _DAY.format(0), _DAY.format(1)
_DATES = tuple((re.compile(pattern, re.I | re.ASCII), kind) for pattern, kind in (
    (rf"(?:from |between |in |during )?{_FIRST} ?(?:-|\.\.| to | and | until | till | through ) ?{_LAST}", "range"),
    (rf"(?:in|during|of|from the year) {_FIRST}", "in"),
    (rf"(?:since|from) {_FIRST}(?: on| onwards?)?", "since"),
    (rf"after {_FIRST}", "after"),
    (rf"before {_FIRST}", "before"),
    (rf"(?:until|till|up to|through) {_FIRST}", "until"),
))
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d", re.ASCII)


def read_question(typed: str) -> Question | None:
    """The question that the typed text words; None if it words none, or says in the signs of the query language what
    it wants."""
    plain = _plain(typed)
    if plain is None:
        return None
    text, start, end = _without_days(plain)
    question = _worded(text)
    if question is None:
        return None
    if question.asked and not start and not end:
        question = _with_last_year(question)
    found = replace(question, start=question.start or start, end=question.end or end)
    return found if found.who or found.topic else None


def names_and_words(typed: str) -> Iterator[Question]:
    """Every way to read the text as a name with words after it, or before it, the longest names first."""
    plain = _plain(typed)
    if plain is None or '"' in plain:
        return
    text, start, end = _without_days(plain)
    words = text.split()
    for size in range(min(MOST_WORDS_OF_NAME, len(words) - 1), 0, -1):
        yield Question(" ".join(words[:size]), " ".join(words[size:]), start, end, asked=False)
        yield Question(" ".join(words[-size:]), " ".join(words[:-size]), start, end, asked=False)


def _plain(typed: str) -> str | None:
    """The text with plain signs and single spaces; None if it uses fields or operators."""
    if len(typed) > LONGEST:
        return None
    try:
        found, _ = tokens(typed)
    except QueryError:
        return None
    if any(token.kind not in ("word", "phrase") or token.distance is not None or "*" in token.text for token in found):
        return None
    pieces = (f'"{token.text}"' if token.kind == "phrase" else token.text for token in found)
    return " ".join(" ".join(pieces).split()).strip(" ?!.,;:")


def _without_days(text: str) -> tuple[str, str, str]:
    """The text without the days at its end or its beginning, and those days."""
    for pattern, kind in _DATES:
        for match in pattern.finditer(text):
            before, after = text[:match.start()].rstrip(" ,"), text[match.end():].lstrip(" ,")
            at_edge = (not after and (not before or text[match.start() - 1] in " ,")) or (
                not before and text[match.end()] in " ,")
            if at_edge and (before or after):
                start, end = _days(kind, match)
                return before or after, start, end
    return text, "", ""


def _days(kind: str, match: re.Match[str]) -> tuple[str, str]:
    """The first and the last month or year, as they can be typed."""
    first = _named(match["year0"], match["month0"])
    match kind:
        case "range":
            earlier, later = sorted((first, _named(match["year1"], match["month1"])))
            return earlier, later
        case "since":
            return first, ""
        case "until":
            return "", first
        case "after":
            return _named(match["year0"], match["month0"], 1), ""
        case "before":
            return "", _named(match["year0"], match["month0"], -1)
    return first, first


def _named(year: str, month: str | None, later: int = 0) -> str:
    """A month, or a year, or one so many later."""
    if not month:
        return str(int(year) + later)
    months = 12 * int(year) + MONTHS.index(month.capitalize()) + later
    return f"{months // 12}-{months % 12 + 1:02}"


def _worded(text: str) -> Question | None:
    """The first pattern that fits. A name holds no quotation marks."""
    for each in dict.fromkeys((_LEAD.sub("", text, count=1) if _LEAD.match(text) else text, text)):
        for pattern, asked in _PATTERNS:
            match = pattern.fullmatch(each)
            if match and '"' not in (who := match.groupdict().get("who") or ""):
                topic = (match.groupdict().get("topic") or "").strip(" ,;:")
                who = re.sub(r"'s?$", "", who).strip(" ,;:")
                return Question("" if who.lower() in _ANYBODY else who, topic, asked=asked)
    return None


def _with_last_year(question: Question) -> Question:
    """A year alone at the end of a question is its day: “what did NAME say about parks 2011”."""
    *words, last = question.topic.split() or [""]
    return replace(question, topic=" ".join(words), start=last, end=last) if _YEAR.fullmatch(last) else question
