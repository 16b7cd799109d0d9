"""Folding: text to words, and words to the form in which they are compared, without case, accents, apostrophes.

O’Reilly's is oreilly, Café is cafe, U.S. is us. Queries, documents, names and duplicates are all compared so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LONGEST_FORM = 64                  # characters; what is longer is no word, and is cut

# An abbreviation of single letters (U.S., J.P.), a number with its points and commas, or letters and digits
# with apostrophes inside. No two alternatives of a repetition share a first character: the time is linear.
WORD = (
    r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_](?![^\W_]))+\.?"
    r"|\d+(?:[.,]\d+)+(?![^\W_])"
    r"|[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*(?:['’ʼ＇`´][^\W_]+)*"
)
_WORD = re.compile(WORD)
_POSSESSIVE = re.compile(r"['’ʼ＇`´][sS]\Z")
_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def words(text: str) -> Iterator[re.Match[str]]:
    """The words of a text in order, as they are written, each with its place."""
    return _WORD.finditer(text)


@lru_cache(maxsize=2_000)                   # quotations of one paragraph come one after the other
def forms(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return tuple(filter(None, map(form_of, _WORD.findall(text))))


@lru_cache(maxsize=300_000)
def form_of(word: str) -> str:
    """One word folded: O’Reilly's is oreilly, Café is cafe, U.S. is us, 1,000 is 1000."""
    folded = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", word[:4 * LONGEST_FORM])).casefold()
    folded = folded.translate(_LETTERS_WITHOUT_DECOMPOSITION)
    keep_points = folded[:1].isdigit()
    return "".join(each for each in folded[:LONGEST_FORM] if each.isalnum() or (keep_points and each == "."))


def fold(text: str) -> str:
    """A text as its folded words, for comparing names and finding repeated quotations."""
    return " ".join(forms(text))
