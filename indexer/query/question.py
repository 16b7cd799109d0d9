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
from indexer.query.spoken_days import Said, with_last_year, without_days

LONGEST = 250                      # characters; a question has fewer
MOST_WORDS_OF_NAME = 4


@dataclass(frozen=True, slots=True)
class Question:
    """who: the name as typed, "" if anybody may have said it. topic: what it is about, "" for anything. start, end: the
    days as they can be typed, "" if open. asked: whether the wording leaves no doubt that words of somebody are asked
    for; “NAME on X” and “NAME X” are questions only if NAME is a name. denied: it asks what somebody denied."""

    who: str
    topic: str
    start: str = ""
    end: str = ""
    asked: bool = True
    denied: bool = False


_TELLING = (r"sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|th(?:ink|inks|ought|inking)|talk(?:s|ed|ing)?|"
            r"sp(?:eak|eaks|oke|oken|eaking)|mention(?:s|ed|ing)?|stat(?:e|es|ed)|comment(?:s|ed)?|remark(?:s|ed)?|"
            r"promis(?:e|es|ed)|claim(?:s|ed)?|argu(?:e|es|ed)|believ(?:e|es|ed)|f(?:eel|eels|elt)|"
            r"describ(?:e|es|ed)|call(?:s|ed)?|den(?:y|ies|ied)|admit(?:s|ted)?|explain(?:s|ed)?|respond(?:s|ed)?|"
            r"suggest(?:s|ed)?|warn(?:s|ed)?|announc(?:e|es|ed)|compl(?:ain|ains|ained)|critici[sz](?:e|es|ed)|"
            r"defend(?:s|ed)?|predict(?:s|ed)?|swear|swore|vow(?:s|ed)?|jok(?:e|es|ed)|tweet(?:s|ed)?|insist(?:s|ed)?|"
            r"ask(?:s|ed)?")
_SAID = (r"(?:has |have |had |ever |also |once |first |else |actually |publicly )*"
         r"(?:said|says|told|thinks|thought|talked|talks|talking|spoke|spoken|speaks|speaking|mentioned|mentions|"
         r"stated|commented|commenting|remarked|promised|claimed|claims|argued|argues|described|denied|denies|admitted|"
         r"explained|suggested|warned|announced|complained|complains|criticized|criticised|defended|predicted|vowed|"
         r"joked|called|tweeted|insisted)")
_DENYING = re.compile(r"\bden(?:y|ies|ied|ying)\b", re.I)
_ABOUT = r"(?:about|on|regarding|concerning|of)"
_WORDS = r"(?:words?|quotes?|quotations?|statements?|comments?|remarks?|views?|opinions?|thoughts|position|stance)"
_ALL = r"(?:(?:all|any|some|more) )?"
_SPOKEN = r"(?:quotes?|quotations?|statements?|comments?|remarks?|opinions?)"
_WHO = r"(?P<who>\S+(?: \S+){0,5}?)"
_TOPIC = r"(?P<topic>.+)"
_TO = r"(?: (?:to )?(?:me|us|them|reporters|the press|people))?(?: (?:anything|something|much|a lot))?"
_OF = rf"{_TO}(?: (?:that|(?:to )?{_ABOUT}|to|with))?(?: {_TOPIC})?"

_LEAD = re.compile(r"(?:please )?(?:(?:tell|show|give|find) (?:me |us )?|search (?:for )?|list |"
                   r"what(?:'s| is| are| was| were) (?!(?:being )?said))", re.I)
_PATTERNS = tuple((re.compile(pattern, re.I), asked) for pattern, asked in (
    (rf"who(?:m| else)? (?:is|was|are|were) quoted(?: {_ABOUT} {_TOPIC})?", True),
    (rf"who(?: else)? {_SAID}{_OF}", True),
    (rf"what (?:is|was|were|has been|have been|had been|gets?|got) (?:being )?said(?: {_ABOUT} {_TOPIC})?", True),
    (rf"{_ALL}{_SPOKEN} (?:about|on|regarding|concerning) {_TOPIC}", True),
    (rf"(?:what|when|where|why|how|how often) (?:did|does|do|has|have|had|was|were|is|are|would) {_WHO} "
     rf"(?:ever |also |once |have |had |to )*(?:{_TELLING}){_OF}", True),
    (rf"(?:did|has|does|had|was|is) {_WHO} (?:ever |also |once )*(?:{_TELLING}){_OF}", True),
    (rf"(?:what|everything|anything|all)(?: that)? {_WHO} {_SAID}{_OF}", True),
    (rf"{_ALL}{_WORDS} (?:by|from|of) {_WHO}(?: {_ABOUT} {_TOPIC})?", True),
    (rf"{_ALL}{_WHO}(?:'s?)? {_WORDS} {_ABOUT} {_TOPIC}", True),
    (rf"{_ALL}{_WHO}'s? {_WORDS}", True),
    (rf"{_ALL}{_WHO} {_SPOKEN}", False),
    (rf"{_WHO} (?:{_SAID}) {_ABOUT} {_TOPIC}", True),
    (rf"according to {_WHO},? {_ABOUT} {_TOPIC}", True),
    (rf"{_WHO} (?:{_SAID}) (?:that )?{_TOPIC}", False),
    (rf"{_WHO} (?:denied|denies)", False),
    (rf"{_WHO} (?:on|about) {_TOPIC}", False),
))
_ANYBODY = frozenset("anyone anybody someone somebody everyone everybody people they you".split())


def read_question(typed: str) -> Question | None:
    """The question that the typed text words; None if it words none, or says in the signs of the query language what
    it wants."""
    plain = _plain(typed)
    if plain is None:
        return None
    said = without_days(plain)
    question = _worded(said.text)
    if question is None:
        return None
    question = replace(question, start=said.start, end=said.end)
    if not said.start and not said.end and (topic := with_last_year(question.topic)):
        question = replace(question, topic=topic.text, start=topic.start, end=topic.end)
    return question if question.who or question.topic else None


def names_and_words(typed: str) -> Iterator[Question]:
    """Every way to read the text as a name with words after it, or before it, or with days, the longest names first."""
    plain = _plain(typed)
    if plain is None or '"' in plain:
        return
    said = without_days(plain)
    dated = said if said.start or said.end else with_last_year(plain)
    for each in dict.fromkeys(filter(None, (dated, said))):
        yield from _named(each)


def _named(said: Said) -> Iterator[Question]:
    words = said.text.split()
    if (said.start or said.end) and len(words) <= MOST_WORDS_OF_NAME:
        yield Question(said.text, "", said.start, said.end, asked=False)
    for size in range(min(MOST_WORDS_OF_NAME, len(words) - 1), 0, -1):
        for who, topic in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            yield Question(" ".join(who), " ".join(topic), said.start, said.end, asked=False)


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


def _worded(text: str) -> Question | None:
    """The first pattern that fits. A name holds no quotation marks."""
    for each in dict.fromkeys((_LEAD.sub("", text, count=1) if _LEAD.match(text) else text, text)):
        for pattern, asked in _PATTERNS:
            match = pattern.fullmatch(each)
            if match and '"' not in (who := match.groupdict().get("who") or ""):
                topic = (match.groupdict().get("topic") or "").strip(" ,;:")
                who = re.sub(r"'s?$", "", who).strip(" ,;:")
                denied = bool(_DENYING.search(each[:match.start("topic")] if topic else each))
                return Question("" if who.lower() in _ANYBODY else who, topic, asked=asked, denied=denied)
    return None
