"""Typed text becomes a tree of small values: the whole query language, and nothing of any engine.

    query   = { either }                           all of them
    either  = both { "OR" both }                   any of them: OR joins its two neighbours
    both    = part { "AND" part }
    part    = { "-" | "NOT" | field ":" } item     -ferry, speaker:Adeyemi, -said:(rent OR levy)
    item    = word | word "*" | phrase | "(" query ")"
    phrase  = '"' words '"' [ "~" number ]         in this order; with ~5 in any order, at most 5 words between
    field   = a name of schema.FIELDS
            | "before" | "after"                   without the day, month or year that is named
    value   = sure | likely | unsure               after certainty:, and so with every field of few values
    date    = 2012 | 2012-03 | 2012-03-04 | [date] ".." [date]     after date:, before: and after:

AND, OR and NOT are written in capitals; or, and, not are words like others. Signs inside a word (stop-and-frisk,
1/2, U.S.) make it a phrase; C++ and $5 are words. Nothing typed is refused but too much of it, a field that does not
exist and a day that does not: everything else is repaired, and ParsedQuery.repairs says how.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.errors import QueryTooLarge
from indexer.query.lexer import BEFORE_AND_AFTER, DATE_FIELDS, Token, TokenKind, bare, tokens
from indexer.query.period import after, before, read_period
from indexer.query.tree import (
    EVERYTHING, Exact, Near, Phrase, Prefix, Query, Range, Words, all_of, any_of, clauses, negated,
)
from indexer.schema import FIELDS, TYPED_KEYWORDS

LONGEST_QUERY = 1_000              # characters
MOST_CLAUSES = 64                  # words and conditions
SHORTEST_PREFIX = 3                # letters; fewer match a large part of the dictionary, and are read as a word


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query, and in plain words what had to be repaired to understand it."""

    query: Query
    repairs: tuple[str, ...] = ()


def parse(text: str, longest: int = LONGEST_QUERY, most: int = MOST_CLAUSES) -> ParsedQuery:
    """What the typed text means. QueryError if it names a field or a day that does not exist; QueryTooLarge if it has
    more than longest characters or most clauses."""
    if len(text) > longest:
        raise QueryTooLarge(f"A query can have {longest:,} characters; this one has {len(text):,}.", longest)
    found, repairs = tokens(text)
    query = _Parser(found, repairs).query(None)
    if (count := clauses(query)) > most:
        raise QueryTooLarge(f"A query can have {most:,} words and conditions; this one has {count:,}.")
    if found and query == EVERYTHING:
        repairs.append("Nothing to search for was left: this is everything.")
    return ParsedQuery(query, tuple(dict.fromkeys(repairs)))


_NAMES = tuple(f"{each.name}:" for each in FIELDS if each.type == "name")


class _Parser:
    """Reads the grammar above, a method a rule. None is a part of which nothing was left."""

    def __init__(self, found: list[Token], repairs: list[str]) -> None:
        self.left = found[::-1]
        self.repairs = repairs

    def next(self) -> TokenKind:
        return self.left[-1].kind if self.left else "end"

    def took(self, kind: TokenKind) -> bool:
        return self.next() == kind and bool(self.left.pop())

    def query(self, field: str | None) -> Query:
        parts = []
        while self.next() not in (")", "end"):
            parts.append(self.either(field))
        return all_of(part for part in parts if part)

    def either(self, field: str | None) -> Query | None:
        parts = [self.both(field)]
        while self.took("or"):
            parts.append(self.both(field))
        return any_of(self.present(parts, "OR"))

    def both(self, field: str | None) -> Query | None:
        parts = [self.part(field)]
        while self.took("and"):
            parts.append(self.part(field))
        present = self.present(parts, "AND")
        return all_of(present) if present else None

    def present(self, parts: list[Query | None], operator: str) -> list[Query]:
        present = [part for part in parts if part]
        if len(present) < len(parts) > 1:
            self.repairs.append(f"{operator} with nothing beside it was left out.")
        return present

    def part(self, field: str | None) -> Query | None:
        without = False
        said = ""
        while self.next() in ("not", "field"):
            token = self.left.pop()
            without ^= token.kind == "not"
            field = token.text if token.kind == "field" else field
            said = token.text + ":" * (token.kind == "field")
        item = self.item(field, said)
        return negated(item) if item and without else item

    def item(self, field: str | None, said: str) -> Query | None:
        if self.next() in ("word", "phrase"):
            token = self.left.pop()
            if said in _NAMES and token.kind == self.next() == "word":
                self.advise_quoting(said, token.text, self.left[-1].text)
            return _leaf(token, field, self.repairs)
        if self.took("("):
            group = self.query(field)
            self.took(")")
            if group == EVERYTHING:
                self.repairs.append("Parentheses with nothing inside were left out.")
            return group if group != EVERYTHING else None
        if said:
            self.repairs.append(f"{said} with nothing after it was left out.")
        return None

    def advise_quoting(self, field: str, first: str, second: str) -> None:
        if first[:1].isupper() and second[:1].isupper():
            self.repairs.append(
                f"Only {first} was read as {field[:-1]}; for the whole name write {field}\"{first} {second}\".")


# $5, C++, O'Rourke
WORD = re.compile(r"[$£€](?=\d)[^\W_]+|(?<![^\W_])[A-Za-z](?:\+\+|#)(?![^\W_])|[^\W_]+(?:'[^\W_]+)*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")    # A.J
_OPEN = re.compile(r"(?<=\w)[?*]+(?=\w)")         # wildcards of other languages
_SIGNS = re.compile(r"[\[\]{}^~\\<>=]")           # operators of other languages,
_TAIL = re.compile(r"(?<=\w)[~^][\d.]*$")         # and those that follow a word
_WIDEST = 100


def _leaf(token: Token, field: str | None, repairs: list[str]) -> Query | None:
    if field in DATE_FIELDS or field in BEFORE_AND_AFTER:
        return _range(token, field, repairs)
    text = bare(token.text)
    if not WORD.search(text):
        repairs.append(f"“{token.text}” contains no word and was left out.")
        return None
    if field and field in TYPED_KEYWORDS:
        return _value(text, token, field, repairs)
    if token.kind == "phrase":
        return _phrase(text, token, field, repairs)
    return _word(token.text, field, repairs)


def _range(token: Token, field: str, repairs: list[str]) -> Query | None:
    text = token.text.strip(" ,;")
    position = token.position + (token.kind == "phrase")
    if not text.strip("."):
        repairs.append(f"{field}: without a day was left out.")
        return None
    if field in BEFORE_AND_AFTER:
        period = before(text, position) if field == "before" else after(text, position)
        return Range(DATE_FIELDS[0], period.start, period.end)
    period = read_period(text, position, repairs)
    return Range(field, period.start, period.end)


def _value(text: str, token: Token, field: str, repairs: list[str]) -> Query | None:
    """One of the few values of a field; what is none of them is searched for as if there were no field."""
    known = TYPED_KEYWORDS[field]
    if (value := text.lower().strip(" ,.;:!?)")) in known.values:
        return Exact(value, known.name)
    *others, last = known.values
    repairs.append(f"{field}: is {', '.join(others)} or {last}; “{token.text}” was read without it.")
    return _leaf(token, None, repairs)


def _phrase(text: str, token: Token, field: str | None, repairs: list[str]) -> Query:
    if "*" in token.text:
        repairs.append("* means nothing inside quotation marks and was left out.")
    if token.distance is None:
        return Phrase(text, field)
    if len(WORD.findall(text)) < 2:
        repairs.append(f"~{token.distance} was left out: one word is near nothing.")
        return Phrase(text, field)
    if token.distance > _WIDEST:
        repairs.append(f"~{token.distance} was read as ~{_WIDEST}.")
    return Near(text, min(token.distance, _WIDEST), field)


def _word(typed: str, field: str | None, repairs: list[str]) -> Query:
    """One word, a word with an open end, or, if there are signs between words, the phrase of them."""
    start, *more = _OPEN.split(typed)
    if more and WORD.fullmatch(start):
        repairs.append(f"Only the end of a word can be left open: “{typed}” was read as “{start}*”.")
        typed = start + "*"
    text = bare(_TAIL.sub("", typed))
    words = list(WORD.finditer(text))
    text = text[words[0].start():words[-1].end()]
    if _SIGNS.search(text):
        text = " ".join(word.group() for word in words)
    _explain_signs(typed, text, repairs)
    if typed.rstrip(",.;:!?)").endswith("*"):
        if len(words) == 1 and sum(map(str.isalnum, text)) >= SHORTEST_PREFIX:
            return Prefix(text, field)
        repairs.append(f"“{text}*” was read as “{text}”: * needs at least {SHORTEST_PREFIX} letters of one word.")
    elif "*" in typed:
        repairs.append(f"* before a word was left out: “{text}”.")
    if len(words) > 1:
        return Phrase(text + "." * bool(_INITIALS.fullmatch(text)), field)
    return Words(text.lower() if text in ("AND", "OR", "NOT") else text, field)


def _explain_signs(typed: str, text: str, repairs: list[str]) -> None:
    if _SIGNS.search(typed):
        signs = " ".join(dict.fromkeys(_SIGNS.findall(typed)))
        repairs.append(f"{signs} has no meaning in a query: “{typed}” was read as “{text}”.")
    elif ":" in text:
        repairs.append(f"“{text}” was read as a phrase: what is before its colon is no field.")
