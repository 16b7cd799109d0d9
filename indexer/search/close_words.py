"""How many of the words that are sought a text has close together: of two that have the same words, the one that has
them in one place is more likely about what was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import fsum

from indexer.query import And, Words
from indexer.search.analysis import forms, stem
from indexer.search.snippets import Wanted, matches, wanted

CLOSE = 350                        # characters: about 60 words
READ = 4_000                       # characters of a text in which they are looked for


class CloseWords:
    """The words of a query, to be looked for in texts. rarity: what a stem is worth."""

    def __init__(self, words: Sequence[str], rarity: Callable[[str], float]) -> None:
        stems = {tuple(map(stem, forms(word))) for word in words}
        self._worth: Mapping[str, float] = {" ".join(each): sum(map(rarity, each)) for each in stems}
        self._whole = fsum(self._worth.values())
        self._want: Wanted = wanted(And(tuple(map(Words, words))), ("text",))

    def share(self, text: str) -> float:
        """Of what the words are worth, the greatest share that is in one stretch of the text: from 0 to 1."""
        if not self._whole:
            return 0.0
        found = matches(text[:READ], self._want)
        first, stretches = 0, set[frozenset[str]]()
        for last, each in enumerate(found, 1):
            while found[first].span.start < each.span.end - CLOSE:
                first += 1
            stretches.add(frozenset(inside.key for inside in found[first:last]))
        return max(map(self._worth_of, stretches), default=0.0) / self._whole

    def _worth_of(self, keys: Iterable[str]) -> float:
        return fsum(self._worth.get(key, 0.0) for key in keys)
