"""Which documents have the words that are sought, or instead of them others that mean nearly the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import chain
from typing import NamedTuple

from indexer.language import form_of
from indexer.search.analysis import stem
from indexer.search.likeness import Meaning
from indexer.search.searcher import EngineQuery, RankedDocument, Searcher

MOST = 12                         # related words that are looked for, for each word that is sought
COMMON = 1.0                      # a word of less rarity, which a third of the documents contain, stands for no other
UNKNOWN = 9.0                     # the rarity of a word that no document contains


class WordShares(NamedTuple):
    """What documents have of the rarity of some words, by their numbers. own: the share of those that they contain;
    related: of those of which they have related words alone."""

    own: Mapping[int, float]
    related: Mapping[int, float]


def word_shares(
    searcher: Searcher[EngineQuery], meaning: Meaning, words: Sequence[str], found: Sequence[RankedDocument]
) -> WordShares:
    """What each of the found documents has of the words."""
    related = {word: _others(word, meaning) for word in dict.fromkeys(map(form_of, words))}
    rarity = searcher.rarity([stem(each) for each in chain(related, *related.values())])
    sought = {word: [each for each in others if rarity(stem(each)) >= COMMON] for word, others in related.items()}
    matched = searcher.containing_any([each for word, others in sought.items() for each in ((word,), others)], found)
    known = {word: rarity(stem(word)) for word in sought}
    worth = {word: each or UNKNOWN for word, each in known.items()}
    return WordShares(_shares(known, matched[::2]),
                      _shares(worth, [others - own for own, others in zip(matched[::2], matched[1::2])]))


def _shares(worth: Mapping[str, float], having: Iterable[Set[int]]) -> Mapping[int, float]:
    """Of all that words are worth, the share of those that each document has."""
    whole, shares = sum(worth.values()), Counter[int]()
    for each, documents in zip(worth.values(), having):
        shares.update(dict.fromkeys(documents, each / whole if whole else 0.0))
    return shares


def _others(word: str, meaning: Meaning) -> Sequence[str]:
    """The nearest words that are not other forms of it, a form of each."""
    found: dict[str, str] = {}
    for other in meaning.related(word):
        found.setdefault(stem(other), other)
    found.pop(stem(word), None)
    return list(found.values())[:MOST]
