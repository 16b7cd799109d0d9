"""Words that mean nearly the same as a word: firemen and firefighters, jobless and unemployed.

They are worked out once for each encoder, of the words that its tokenizer knows whole; other words have none.

    models/<encoder>/words.txt       the words, one a line
                     related.npy     for each the numbers of those that are nearest, -1 where there are fewer
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from indexer.errors import ModelError

if TYPE_CHECKING:
    from indexer.meaning.encoder import Encoder

WORDS = "words.txt"
RELATED = "related.npy"
LEAST = 0.55                      # the cosine of two words from which on they are related
MOST = 20                         # words that are related to one: forms of the same word are among them
SHORTEST = 3                      # letters of a word
AT_ONCE = 512                     # words that are compared with all the others together

_BEGINS = ("▁", "Ġ")              # what some tokenizers put before a token that begins a word

Array: TypeAlias = np.ndarray[Any, Any]


def relate_words(encoder: Encoder) -> None:
    """Work out which of the words that a tokenizer knows are related, unless that has been done."""
    if (encoder.folder / RELATED).is_file():
        return
    words = _whole_words(encoder.vocabulary())
    related = _nearest(encoder.words(words))
    (encoder.folder / WORDS).write_text("\n".join(words), "utf-8")
    written = encoder.folder / f"new-{RELATED}"
    np.save(written, related)
    os.replace(written, encoder.folder / RELATED)        # last: without it nothing has been worked out


class RelatedWords:
    """What relate_words wrote. Safe from many threads."""

    def __init__(self, folder: Path) -> None:
        """ModelError if it is not there, or not as it was written."""
        try:
            self._words = (folder / WORDS).read_text("utf-8").split("\n")
            self._related: Array = np.load(folder / RELATED, mmap_mode="r", allow_pickle=False)
            if self._related.shape != (len(self._words), MOST) or self._related.max(initial=-1) >= len(self._words):
                raise ValueError("other words")
        except (OSError, ValueError, EOFError) as error:
            raise ModelError(f"The words of the encoder in {folder} are damaged ({error}): onrecord model") from error
        self._numbers = {word: number for number, word in enumerate(self._words)}

    def of(self, word: str) -> Sequence[str]:
        """The words related to a word in lower case, the nearest first; none if it is unknown."""
        number = self._numbers.get(word)
        return [] if number is None else [self._words[each] for each in self._related[number].tolist() if each >= 0]


def _whole_words(tokens: Iterable[str]) -> list[str]:
    """The words among the tokens of a tokenizer. Where tokens that begin a word are marked, those."""
    tokens = list(tokens)
    marked = [token[1:] for token in tokens if token.startswith(_BEGINS)]
    words = {token.lower() for token in marked or tokens}
    return sorted(word for word in words if len(word) >= SHORTEST and word.isascii() and word.isalpha())


def _nearest(vectors: Array) -> Array:
    """For each vector of length 1 the numbers of the nearest others."""
    found = np.full((len(vectors), MOST), -1, np.int32)
    for start in range(0, len(vectors), AT_ONCE):
        near = vectors[start:start + AT_ONCE] @ vectors.T
        for number, row in enumerate(near, start):
            row[number] = -1.0
            above = np.flatnonzero(row >= LEAST)
            best = above[np.argsort(-row[above], kind="stable")][:MOST]
            found[number, :len(best)] = best
    return found
