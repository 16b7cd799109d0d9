"""Typed text becomes tokens: words, phrases, fields, operators and parentheses.

Nothing is refused here but an unknown field. What cannot mean anything is left out, and a repair says so; every token
knows the character of the typed text at which it starts.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from indexer.errors import QueryError
from indexer.schema import FIELD_NAMES, FIELDS

DEEPEST = 10                      # parentheses inside parentheses

DATE_FIELDS = tuple(each.name for each in FIELDS if each.type == "date")
BEFORE_AND_AFTER = ("before", "after")
TYPED_FIELDS = (*FIELD_NAMES, *BEFORE_AND_AFTER)

# Names that people use for fields and that are not similar to ours.
_OTHER_NAMES = {
    "quote": "said", "quotes": "said", "quotation": "said", "says": "said", "who": "speaker", "by": "author",
    "writer": "author", "reporter": "author", "headline": "title", "body": "text", "story": "text",
    "person": "mentions", "name": "mentions", "names": "mentions", "year": "date", "published": "date",
    "since": "after", "until": "before", "from": "after", "to": "before",
}

TokenKind = Literal["word", "phrase", "field", "not", "and", "or", "(", ")", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the typed text. distance: of a phrase, the number after its ~, None if there is none."""

    kind: TokenKind
    text: str
    position: int
    distance: int | None = None


def tokens(text: str) -> tuple[list[Token], list[str]]:
    """The tokens of the text, their parentheses in pairs, and the repairs that this took."""
    repairs: list[str] = []
    plain = _closed(_plain(text, repairs), repairs)
    found: list[Token] = []
    for match in _PIECES.finditer(plain):
        piece, position = match.group(), match.start()
        if piece in "()":
            found.append(Token("(" if piece == "(" else ")", piece, position))
        elif piece.startswith('"'):
            distance = int(match["distance"][:4]) if match["distance"] else None
            found.append(Token("phrase", match["phrase"], position, distance))
        else:
            found.extend(_chunk(piece, position, plain, repairs))
    return _in_pairs(found, repairs), repairs


# The alternatives begin with different characters, so none is ever tried twice: linear in the text.
_PIECES = re.compile(r'[()]|"(?P<phrase>[^"]*)(?:"(?:~(?P<distance>\d+))?|$)|[^\s()"]+')


# One character for one, so that positions stay those of the typed text.
_FOLDED = {ord(sign): plain for signs, plain in (
    ("“”„‟«»″〝〞〟", '"'), ("‘’‚‛′ʼ", "'"), ("‐‑‒–−﹣", "-"), ("—―", " ")) for sign in signs}
_FOLDED |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_INVISIBLE = "\N{SOFT HYPHEN}"    # replaces every invisible character; bare() removes it from the word


def _plain(text: str, repairs: list[str]) -> str:
    """Typographic and full-width signs as ASCII, spaces of all kinds as spaces, no control characters."""
    def plain(sign: str) -> str:
        if sign.isspace() or sign.isascii() and sign.isprintable():
            return " " if sign.isspace() else sign
        category = unicodedata.category(sign)
        if category == "Cf":
            return _INVISIBLE
        if category.startswith("C"):
            repairs.append("Characters that cannot be printed were left out.")
            return " "
        return sign

    return "".join(map(plain, text.translate(_FOLDED)))


def bare(text: str) -> str:
    """The text without signs that are in no word, composed (é is one character), with single spaces."""
    text = unicodedata.normalize("NFC", text.replace(_INVISIBLE, "").replace("*", ""))
    kept = (sign if sign.isalnum() or sign.isascii() or sign in "£€" or unicodedata.category(sign)[0] == "M" else " "
            for sign in text)
    return " ".join("".join(kept).split())


def _closed(plain: str, repairs: list[str]) -> str:
    """No quotation mark that neither opens nor closes, as in 12" pizza."""
    if plain.count('"') % 2 == 0:
        return plain
    last = plain.rindex('"')
    if plain[:last].rstrip()[-1:].isalnum() and (plain[last - 1] != " " or not plain[last + 1:].strip()):
        repairs.append("A quotation mark that opens nothing was left out.")
        return f"{plain[:last]} {plain[last + 1:]}"
    repairs.append("A quotation mark was never closed: all that follows it was read as one phrase.")
    return plain


_OPERATORS: dict[str, TokenKind] = {"OR": "or", "||": "or", "|": "or", "AND": "and", "&&": "and", "NOT": "not"}


def _chunk(chunk: str, start: int, plain: str, repairs: list[str]) -> list[Token]:
    """The tokens of characters without a space between: dashes, field names with their colons, then a word."""
    found: list[Token] = []
    end = start + len(chunk)
    joined = end < len(plain) and plain[end] in '"('  # something follows without a space: -"…" or speaker:(…
    while True:
        rest = chunk.lstrip("-")
        if rest != chunk and (rest or joined):
            found.append(Token("not", "-", end - len(chunk)))
        chunk = rest if rest or joined else chunk
        name, colon, value = chunk.partition(":")
        if not colon or not _is_field(name, value, joined, plain, end):
            break
        found.append(Token("field", _field(name, end - len(chunk)), end - len(chunk)))
        chunk = value
    if chunk in _OPERATORS:
        found.append(Token(_OPERATORS[chunk], chunk, end - len(chunk)))
    elif chunk:
        if chunk.startswith("+"):
            repairs.append("+ was left out: every word must be found already.")
        found.append(Token("word", chunk, end - len(chunk)))
    return found


def _is_field(name: str, value: str, joined: bool, plain: str, end: int) -> bool:
    """Whether a colon after this name makes it a field: not in 10:30, http://… or “Update: …”."""
    if not name.replace("_", "a").isalpha() or value.startswith("//"):
        return False
    if value or joined:
        return True
    known = name.lower()
    if known in DATE_FIELDS or known in BEFORE_AND_AFTER:
        return plain[end:].lstrip()[:1] in tuple("0123456789.")
    return known in TYPED_FIELDS


def _field(name: str, position: int) -> str:
    known = name.lower()
    if known in TYPED_FIELDS:
        return known
    close = difflib.get_close_matches(known, TYPED_FIELDS, 1, 0.6)
    meant = _OTHER_NAMES.get(known) or (close[0] if close else "")
    advice = f"did you mean '{meant}'?" if meant else f"there are {', '.join(TYPED_FIELDS)}."
    raise QueryError(f"No field '{name}'; {advice}", position, meant)


def _in_pairs(found: list[Token], repairs: list[str]) -> list[Token]:
    """Every parenthesis with its other half, and none deeper than the parser goes."""
    paired: list[Token] = []
    depth = 0
    for token in found:
        depth += (token.kind == "(") - (token.kind == ")")
        if depth < 0:
            depth = 0
            repairs.append("A closing parenthesis that closes nothing was left out.")
        elif token.kind in "()" and depth + (token.kind == ")") > DEEPEST:
            repairs.append(f"Parentheses are read {DEEPEST} deep: deeper ones were left out.")
        else:
            paired.append(token)
    if depth:
        repairs.append("A parenthesis was never closed: it was closed at the end.")
    return paired + [Token(")", ")", token.position) for token in paired[-1:]] * min(depth, DEEPEST)
