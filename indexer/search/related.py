"""Which documents have, instead of a word that is sought, one that means nearly the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from indexer.language import form_of
from indexer.search.analysis import stem
from indexer.search.likeness import Meaning
from indexer.search.searcher import EngineQuery, RankedDocument, Searcher

MOST = 12                         # related words that are looked for, for each word that is sought
COMMON = 1.0                      # a word of less rarity, which a third of the documents contain, stands for no other
UNKNOWN = 9.0                     # the rarity of a word that no document contains


def related_shares(
    searcher: Searcher[EngineQuery], meaning: Meaning, words: Sequence[str], found: Sequence[RankedDocument]
) -> Mapping[int, float]:
    """Of the rarity of the words, the share of those of which a document has related words alone, by its number."""
    related = {word: _others(word, meaning) for word in dict.fromkeys(map(form_of, words))}
    rarity = searcher.rarity([stem(each) for each in chain(related, *related.values())])
    sought = {word: [each for each in others if rarity(stem(each)) >= COMMON] for word, others in related.items()}
    matched = searcher.containing_any([each for word, others in sought.items() for each in ((word,), others)], found)
    worth = {word: rarity(stem(word)) or UNKNOWN for word in sought}
    shares: Counter[int] = Counter()
    for word, own, others in zip(sought, matched[::2], matched[1::2]):
        shares.update(dict.fromkeys(others - own, worth[word]))
    return {number: share / sum(worth.values()) for number, share in shares.items()}


def _others(word: str, meaning: Meaning) -> Sequence[str]:
    """The nearest words that are not other forms of it, a form of each."""
    found: dict[str, str] = {}
    for other in meaning.related(word):
        found.setdefault(stem(other), other)
    found.pop(stem(word), None)
    return list(found.values())[:MOST]
