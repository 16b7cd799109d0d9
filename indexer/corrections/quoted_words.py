"""The words by which a correction knows its quotation: as they are written in the file, and as they are compared."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from hashlib import blake2b

from indexer.language import fold

HASH = "hash:"
LONGEST = 400                    # characters that are written out; of longer words the hash is
_HASHED = re.compile(r"hash:([0-9a-f]{16})")


def quotation_key(words: str) -> str:
    """Equal for words that differ in case, marks, accents and blanks alone. words may be such a key, as
    "hash:0123456789abcdef"."""
    hashed = _HASHED.fullmatch(words.strip())
    if hashed:
        return hashed[1]
    folded = fold(words) or " ".join(words.split())
    return blake2b(folded.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def written_words(said: str) -> str:
    """The words of a quotation as they are written in the file."""
    return said if len(said) <= LONGEST and not _HASHED.fullmatch(said.strip()) else HASH + quotation_key(said)


def is_hash(words: str) -> bool:
    return bool(_HASHED.fullmatch(words.strip()))


def occurrence_of(said: Sequence[str], number: int, taken_out: Collection[int] = ()) -> int:
    """Which of the quotations of the same words one is: 0 if it is the only one.

    said: the words of an article's quotations in order; number: which of them is meant, from 1. taken_out: which of
    those of its words are corrected to be no quotation, and so are not among them.
    """
    key = quotation_key(said[number - 1])
    same = [at for at, words in enumerate(said, 1) if quotation_key(words) == key]
    if len(same) + len(taken_out) == 1:
        return 0
    occurrence = same.index(number) + 1
    for each in sorted(taken_out):
        occurrence += each <= occurrence
    return occurrence
