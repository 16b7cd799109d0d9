"""Contents: the stretches of a sentence that a frame may report, behind it, before it, or on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from indexer.attribution import QUOTE, Paragraph, Tokens
from indexer.language import lexicon
from indexer.reported.frames import COMMAS, DASHES, Frame

Side = Literal["behind", "before", "around"]

_BREAKS = COMMAS | {";", ":", "(", ")"}
_LEADS = COMMAS | {":"}                 # from a cue to its words
_CLAUSE_ENDS = DASHES | {";", ":"}
_JOINS = frozenset("""
    and but or while as after when although though because before if unless until since which who where so with whereas
    according
""".split())
_BEHIND_WORDS = frozenset(", before after when while as during until because in on at".split())
_MOST_ENDS = 7          # places at which one content may end
_LED = 16               # tokens between a cue and its «that»
_MOST_STARTS = 3
_REST = 14              # tokens of a source that go on behind the name: according to [a poll] by the university,
QUESTION = frozenset("whether if how why what when where who".split())
_TIMES = frozenset("""
    monday tuesday wednesday thursday friday saturday sunday today yesterday tonight earlier recently later this last
    week month year morning afternoon evening night weekend
""".split())


@dataclass(frozen=True, slots=True)
class Content:
    """Words that may be reported, by their first and last token: on which side of the frame they are, what leads to
    them (lead), and what follows them (stop)."""

    first: int
    last: int
    side: Side
    lead: str
    stop: str


def contents_of(text: str, paragraph: Paragraph, frame: Frame) -> list[Content]:
    """Every stretch that a frame may report; some, but not every word between marks. A sentence between marks ends
    them: Adeyemi said the ferry would close: «It is old.»"""
    tokens = paragraph.tokens
    end = _end_before_sentence(text, tokens, frame)
    found = list(_behind(tokens, frame, end))
    if frame.cue.strength != "participle" and (end == frame.end or end > max(frame.last, frame.listener) + 1):
        before = list(_before(tokens, frame))
        if before and tokens.words[frame.first - 1] in COMMAS:
            found += _around(tokens, frame, before[0], end)
        found += before
    return [each for each in found if _has_words(tokens, each) and not _is_quoted_whole(text, tokens, each)]


def _end_before_sentence(text: str, tokens: Tokens, frame: Frame) -> int:
    """The last token behind a frame before a whole sentence between marks that a point leads to."""
    for at in range(frame.cue.last + 1, frame.end + 1):
        if tokens.quotes[at] >= 0 and tokens.words[at - 1] in (",", ":", ".", ")"):
            first = text[tokens.starts[at]:tokens.ends[at]].lstrip("\"“‘'«`")[:1]
            if first.isupper() or first == "[":
                return at - 1 - (tokens.words[at - 1] in (",", ":", "."))
    return frame.end


def _has_words(tokens: Tokens, content: Content) -> bool:
    """Whether at least two words are not between marks."""
    found = 0
    for at in range(content.first, content.last + 1):
        found += tokens.quotes[at] < 0 and tokens.words[at][0].isalnum()
        if found > 1:
            return True
    return False


def _is_quoted_whole(text: str, tokens: Tokens, content: Content) -> bool:
    """Whether a stretch begins with a quotation that is all that was said: said [«the ferry is late» in May]."""
    at = content.first
    if content.side != "behind" or tokens.words[at] != QUOTE or at == content.last:
        return False
    return tokens.lower[at + 1] in _BEHIND_WORDS and len(text[tokens.starts[at]:tokens.ends[at]].split()) > 2


# ---- behind


def _behind(tokens: Tokens, frame: Frame, end: int) -> Iterator[Content]:
    for start, lead in _starts(tokens, frame):
        for last, stop in _ends(tokens, start, end):
            yield Content(start, last, "behind", lead, stop)


def _starts(tokens: Tokens, frame: Frame) -> list[tuple[int, str]]:
    """The tokens at which the words behind a frame may begin, and what leads to each."""
    at = max(frame.last, frame.listener) + 1
    if frame.cue.strength == "according" or frame.inverted:
        at = frame.source.last + 1 if frame.source else at
        commas = [each for each in range(at, min(at + _REST, frame.end)) if tokens.words[each] == ","]
        return [(comma + 1, "comma" if comma == at else "later comma") for comma in commas[:2]]
    if at > frame.end:
        return []
    if frame.cue.strength == "noun":
        return [(at + (tokens.lower[at] == "that"), tokens.lower[at])] if tokens.lower[at] in ("that", "to") else []
    lead = "listener" if frame.listener > frame.cue.last else "bare"
    found: dict[int, str] = {}
    that = _that(tokens, at, frame.end)
    if that == at and at < frame.end and tokens.lower[at + 1] not in lexicon.AUXILIARIES:
        return [(at + 1, "that")]
    if that is not None:
        found[that + 1] = "that" if that == at else f"{'comma ' if ',' in tokens.words[at:that] else 'led '}that"
    if tokens.words[at] in _LEADS:
        lead = tokens.words[at]
        at += 1
    passed = at
    while passed <= frame.end and _is_aside(tokens.lower[passed]):
        passed += 1
    if passed > at and passed <= frame.end:
        comma = tokens.words[passed] == ","
        found.setdefault(passed + comma, "time comma" if comma else "time")
    elif tokens.lower[at:at + 1] and tokens.lower[at] in ("in", "on", "at", "during", "to", "of"):
        led = _behind_phrase(tokens, at, frame.end)
        if led is not None:
            found.setdefault(led, "phrase")
    if at <= frame.end:
        found.setdefault(at, f"{lead} question" if tokens.lower[at] in QUESTION else lead)
    return [(start, lead) for start, lead in found.items() if start <= frame.end][:_MOST_STARTS]


def _is_aside(word: str) -> bool:
    """Whether a word may come between a verb and the clause that it reports: said [Tuesday] he would leave."""
    return word in _TIMES or word not in lexicon.PREPOSITIONS and lexicon.is_adverb(word)


def _that(tokens: Tokens, at: int, end: int) -> int | None:
    """The «that» that leads to a clause: told the Post [that]; said in an interview on Monday [that]."""
    for ahead in range(at, min(at + _LED, end) + 1):
        word = tokens.lower[ahead]
        if word == "that":
            return ahead if ahead < end else None
        if word == QUOTE or word in (";", ":", "who", "which"):
            return None
    return None


def _behind_phrase(tokens: Tokens, at: int, end: int) -> int | None:
    """Where a clause may begin behind a phrase with a preposition: said in a statement [he would leave]."""
    for ahead in range(at + 2, min(at + 9, end)):
        word = tokens.lower[ahead]
        if word in lexicon.PRONOUNS or word in ("there", "the", "it") and tokens.lower[ahead - 1] not in (
                lexicon.PREPOSITIONS):
            return ahead
        if word == ",":
            return ahead + 1
        if word == QUOTE or word in _BREAKS:
            return None
    return None


def _ends(tokens: Tokens, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The tokens at which words that begin at one may end, and what follows each: the end of the sentence first."""
    if end < start:
        return
    if ")" not in tokens.words[start:end + 1] or "(" in tokens.words[start:end + 1]:
        yield end, "end"
    found = depth = 0
    for ahead in range(start, end + 1):
        word = tokens.lower[ahead]
        depth += (word == "(") - (word == ")")
        if depth < 0:
            yield ahead - 1, "closed"
            return
        if word in _BREAKS:
            stop = f"{word} {_class(tokens, ahead + 1)}"
            if tokens.lower[ahead + 1:ahead + 2] in (["and"], ["but"], ["or"]):
                stop += f" {_class(tokens, ahead + 2)}"
        elif word in _JOINS and tokens.words[ahead - 1] not in _BREAKS:
            stop = f"{word} {_class(tokens, ahead + 1)}" if word in ("and", "but", "or") else word
        elif tokens.quotes[ahead] >= 0:
            stop = "quote"
        else:
            continue
        if ahead < start + 2 or ahead == end:
            continue
        yield ahead - 1, stop
        found += 1
        if found == _MOST_ENDS:
            return


def _class(tokens: Tokens, at: int) -> str:
    """What a word that follows a comma does."""
    if at >= len(tokens.words):
        return "edge"
    word = tokens.lower[at]
    if tokens.quotes[at] >= 0:
        return "quote"
    if word in _JOINS or word in QUESTION:
        return word
    if word.endswith("ing"):
        return "cue-ing" if word in lexicon.SPEECH_VERBS else "ing"
    if word in lexicon.SPEECH_VERBS:
        return "cue"
    if word in lexicon.PRONOUNS:
        return "pronoun"
    if word.endswith("ed") and tokens.words[at].islower():
        return "ed"
    if word in lexicon.AUXILIARIES:
        return "auxiliary"
    if word in lexicon.PREPOSITIONS:
        return "preposition"
    return "capital" if tokens.words[at][0].isupper() else "small"


# ---- before


def _before(tokens: Tokens, frame: Frame) -> Iterator[Content]:
    """«The ferry would close, she said»; «… in May, according to the council»."""
    last = frame.first - 1
    comma = last >= frame.begin and tokens.words[last] in COMMAS
    if comma:
        last -= 1
    elif frame.cue.strength != "according":
        return
    if last < frame.begin:
        return
    stop = f"{'comma' if comma else 'bare'} {'sentence' if frame.last >= frame.end - 1 else 'on'}"
    for start, lead in _openings(tokens, frame.begin, last):
        yield Content(start, last, "before", lead, stop)


def _openings(tokens: Tokens, begin: int, last: int) -> list[tuple[int, str]]:
    """The tokens at which words that end at one may begin: the sentence's first, or behind a break nearer to them."""
    found = [(begin, "sentence")]
    if tokens.lower[begin] in ("but", "and", "so", "still", "yet", "however", "meanwhile") and begin < last:
        found = [(begin + 1 + (tokens.words[begin + 1] == ","), "opener")]
    for at in range(last - 2, begin, -1):
        if tokens.words[at] in _CLAUSE_ENDS:
            found.append((at + 1, tokens.words[at]))
        elif tokens.words[at] == "," and tokens.lower[at + 1] in ("and", "but", "while", "although", "though", "as"):
            found.append((at + 2, f"comma {tokens.lower[at + 1]}"))
        elif tokens.quotes[at] >= 0:
            found.append((at + 1, "quote"))
        if len(found) == _MOST_STARTS + 1:
            break
    return [(start, lead) for start, lead in found if start <= last]


# ---- around


def _around(tokens: Tokens, frame: Frame, before: Content, end: int) -> Iterator[Content]:
    """«The ferry would close, she said, if nobody paid»: both sides with what is between."""
    after = max(frame.last, frame.listener) + 1
    if after < frame.end and tokens.words[after] in COMMAS:
        for last, stop in _ends(tokens, after + 1, end):
            yield Content(before.first, last, "around", before.lead, stop)
