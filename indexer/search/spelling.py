"""Words one letter away: what a misspelt word may have been meant to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from string import ascii_lowercase, digits

from indexer.query import And, Or, Phrase, Query, Words, can_be_typed

SHORTEST = 4                       # letters; shorter words have too many neighbours
LONGEST = 24
LONG = 9                           # letters; of two wrong letters in so long a word the rest still tells what is meant
_LETTERS = ascii_lowercase + digits


def neighbours(word: str) -> Iterator[str]:
    """Every word with one letter more, one less, another one, or two exchanged. The first letter stays: it is rarely
    wrong."""
    if not SHORTEST <= len(word) <= LONGEST:
        return
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail and letter != tail[0]:
                yield head + letter + tail[1:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1 and tail[0] != tail[1]:
            yield head + tail[1] + tail[0] + tail[2:]


def respelt(query: Query, better: Callable[[str, str | None], str | None]) -> Query | None:
    """The query with the better words that there are; None if there are none, or if nobody can type such a query.
    better: a better word for a word and the field in which it is sought, or None."""
    return _respelt(query, better) if can_be_typed(query) else None


def _respelt(query: Query, better: Callable[[str, str | None], str | None]) -> Query | None:
    match query:
        case Words(text, field) | Phrase(text, field):
            words = text.split()
            new = [_written_like(word, better(word, field) or word) for word in words]
            return type(query)(" ".join(new), field) if new != words else None
        case And(parts) | Or(parts):
            changed = [_respelt(part, better) for part in parts]
            if not any(changed):
                return None
            return type(query)(tuple(new or old for new, old in zip(changed, parts)))
    return None                    # what is excluded or no word stays as it is


def _written_like(old: str, new: str) -> str:
    """With a capital if the old word has one, so that names still look like names."""
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def allowed_edits(word: str) -> int:
    """How many letters of a typed name may be wrong."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < LONG else 2


def edits(one: str, other: str, most: int) -> int:
    """How many letters more, less, other, or exchanged with the next one make one word of the other; most + 1 if it
    takes more than most."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, last, row = row, before, [at]
        for place, sign in enumerate(other, 1):
            least = min(before[place - 1] + (letter != sign), before[place] + 1, row[-1] + 1)
            if place > 1 and at > 1 and letter == other[place - 2] and one[at - 2] == sign:
                least = min(least, last[place - 2] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
