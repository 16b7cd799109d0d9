"""The tokens of a paragraph: its words and points, with each quotation folded into a single one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.language import lexicon
from indexer.models import Span
from indexer.quotations import MarkedSpan

# A word may contain apostrophes, hyphens, inner points (U.S., D.A.) and ampersands (AT&T); a possessive 's is a
# token of its own, since "Adeyemi's lawyer" speaks of somebody else than "Adeyemi" does.
_TOKEN = re.compile(r"['’]s\b|(?:[A-Za-z]\.){2,}|[^\W_][\w&@]*(?:[-.'’](?!s\b)(?=\w)[\w&@]*)*|@\w+|[^\w\s]|_")
_ABBREVIATIONS = frozenset("""
    mr mrs ms dr st sgt lt capt det gov sen rep rev hon prof gen col jr sr ave blvd vs inc co corp dept asst
    jan feb apr jun jul aug sept sep oct nov dec a.m p.m
""".split())
_NUMBERED = frozenset({"no", "mar"})      # short for something before a number only: No. 7, Mar. 3

_LONGEST_NAME = 8         # tokens of a title and a name
_IN_NAMES = frozenset("of the for de la von van 's and".split())
_PERSONS = lexicon.SPEAKING_NOUNS - lexicon.SPEECH_VERBS - lexicon.WEAK_VERBS

QUOTE = "\uffff"  # what a folded quotation reads as
_ENDING = frozenset((".", "!", "?", ")", QUOTE))      # with no other token a sentence may end


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one paragraph, as columns: words as printed and in lower case, the characters of the text at
    which they start and end, the number of the marked stretch that a token folds (-1 for words), the number of
    the sentence."""

    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    quotes: list[int]
    sentences: list[int]

    def span(self, first: int, last: int) -> Span:
        """The characters from the first token to the last, both included."""
        return Span(self.starts[first], self.ends[last])

    def at(self, character: int) -> int:
        """The number of the first token that ends behind a character."""
        return bisect_right(self.ends, character)

    def count_sentences(self) -> int:
        """How many sentences there are, one at least."""
        return self.sentences[-1] + 1 if self.sentences else 1


def read_paragraph(text: str, line: Span, marked: Sequence[tuple[int, MarkedSpan]]) -> Tokens:
    """The tokens of a paragraph. marked: the numbered stretches within it, in order."""
    tokens = Tokens([], [], [], [], [], [])
    at = line.start
    for number, stretch in marked:
        _add_words(tokens, text, at, stretch.outer.start)
        _add_quotation(tokens, stretch.outer, number)
        at = stretch.outer.end
    _add_words(tokens, text, at, line.end)
    _number_sentences(tokens, text)
    return tokens


def _add_words(tokens: Tokens, text: str, start: int, end: int) -> None:
    spans = [match.span() for match in _TOKEN.finditer(text, start, end)]
    words = [text[first:last] for first, last in spans]
    lower = [word.lower().replace("’", "'") for word in words]
    if "'" in lower:
        lower = ["'s" if word == "'" and _owns(text, first) else word
                 for word, (first, _) in zip(lower, spans, strict=True)]
    tokens.words.extend(words)
    tokens.lower.extend(lower)
    tokens.starts.extend([first for first, _ in spans])
    tokens.ends.extend([last for _, last in spans])
    tokens.quotes.extend([-1] * len(words))


def _owns(text: str, apostrophe: int) -> bool:
    """Whether an apostrophe makes a word that ends in s a possessive: Francis' lawyer, the tenants' letter."""
    return text[apostrophe - 1:apostrophe] == "s" and text[apostrophe + 1:apostrophe + 2] == " " and (
        text[apostrophe + 2:apostrophe + 3].isalnum())


def _add_quotation(tokens: Tokens, outer: Span, number: int) -> None:
    tokens.words.append(QUOTE)
    tokens.lower.append(QUOTE)
    tokens.starts.append(outer.start)
    tokens.ends.append(outer.end)
    tokens.quotes.append(number)


def _number_sentences(tokens: Tokens, text: str) -> None:
    sentences = tokens.sentences
    number = 0
    for position in [position for position, word in enumerate(tokens.words) if word in _ENDING]:
        if _ends_sentence(tokens, position, text):
            sentences.extend([number] * (position + 1 - len(sentences)))
            number += 1
    sentences.extend([number] * (len(tokens.words) - len(sentences)))


def _ends_sentence(tokens: Tokens, position: int, text: str) -> bool:
    """Whether a sentence ends with this token: a point before a capital, or a quotation that closes with one."""
    words = tokens.words
    following = words[position + 1] if position + 1 < len(words) else ""
    if not following:
        return False
    begins = following == QUOTE or following[0].isupper() or following[0].isdigit() or following in "[(—"
    if tokens.quotes[position] >= 0:
        inside = text[tokens.starts[position]:tokens.ends[position]].rstrip("\"”“'’»`")
        if inside[-1:] in "!?" and _reports(tokens, position + 1):
            return False
        return inside[-1:] in ".!?" and (following == QUOTE or following[0].isupper() or following in "[(")
    if words[position] in ("!", "?"):
        return begins
    if words[position] == ")" and position and tokens.quotes[position - 1] >= 0:
        inside = text[:tokens.ends[position - 1]].rstrip("\"”“'’»`")
        return inside[-1] in ".!?" and following[0].isupper()
    if words[position] != ".":
        return False
    previous = tokens.lower[position - 1] if position else ""
    if previous in _NUMBERED:
        return begins and not following[0].isdigit()
    if previous in _ABBREVIATIONS or (len(previous) == 1 and previous.isalpha()):
        return False
    return begins


def _reports(tokens: Tokens, position: int) -> bool:
    """Whether somebody with a verb of speech begins at a token: «"Q?" [Inspector Jo Roe asked]», «"Q!" [Roe's niece
    remembered].»"""
    for ahead in range(position, min(position + _LONGEST_NAME, len(tokens.words))):
        word, lower = tokens.words[ahead], tokens.lower[ahead]
        if word.islower() and lower not in _IN_NAMES and not (ahead > position and lower in _PERSONS):
            return ahead > position and not lower.endswith("ing") and (
                lower in lexicon.SPEECH_VERBS
                or lower in lexicon.WEAK_VERBS and tokens.words[ahead + 1:ahead + 2] in (["."], [","]))
        if word == QUOTE or word in ".;!?":
            return False
    return False
