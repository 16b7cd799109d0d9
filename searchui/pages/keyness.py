"""The words that distinguish one person's quotations from everybody's.

Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn, “Fightin’ Words”, 2008): the archive's
own frequencies are the prior, so that a rare word must occur more than once or twice to count, and a usual one much
more often than with others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from itertools import islice
from math import log, sqrt

from indexer import EVERYTHING, STOP_WORDS, Engine, Exact

_WORD = re.compile(r"[^\W\d_]{4,}")
_READ = 400                       # quotations of one person whose words are counted, the newest
_READ_OF_ALL = 1000               # and of everybody, of the newest and of the oldest
_PRIOR = 500.0                    # how many words the prior counts for
_LEAST = 1.96                     # standard errors by which a word must differ
_FEWEST = 3                       # quotations that must hold it


def words_of_quotations(engine: Engine, slug: str = "") -> Counter[str]:
    """How many of somebody's newest quotations contain each word; without a slug, of everybody's newest and oldest.
    Words with a capital are left out: most of them are names."""
    found: Counter[str] = Counter()
    if slug:
        for hit in islice(engine.every(EVERYTHING, kind="quotation", filters=Exact(slug, "speaker_id"),
                                       sort="newest"), _READ):
            found.update(words_in(hit.document["said"]))
        return found
    said = {}
    for hit in islice(engine.every(EVERYTHING, kind="quotation", sort="newest"), _READ_OF_ALL):
        said[hit.document["id"]] = hit.document["said"]
    for hit in islice(engine.every(EVERYTHING, kind="quotation", sort="oldest"), _READ_OF_ALL):
        said[hit.document["id"]] = hit.document["said"]
    for each in said.values():
        found.update(words_in(each))
    return found


def words_in(said: str) -> set[str]:
    return {word for word in _WORD.findall(said) if word.islower()}


def distinguishing(own: Counter[str], everybody: Counter[str], name: str, most: int = 12) -> tuple[str, ...]:
    """The words that somebody uses more than others do, by how surely they do; not those of their own name."""
    names = {word.casefold() for word in _WORD.findall(name)}
    usual = {word for word, count in own.items() if count >= _FEWEST} - STOP_WORDS - names
    totals = own.total(), everybody.total()
    scores = {word: z_score((own[word], everybody[word]), totals) for word in usual}
    return tuple(sorted((word for word in _one_of_each(usual, own) if scores[word] >= _LEAST),
                        key=lambda word: (-scores[word], word))[:most])


def _one_of_each(words: Collection[str], own: Counter[str]) -> list[str]:
    """Of a word and its plural only the more usual."""
    return [word for word in words
            if not any(other in words and own[other] > own[word] for other in (word + "s", word.removesuffix("s")))]


def z_score(counts: tuple[int, int], totals: tuple[int, int]) -> float:
    """By how many standard errors the log-odds of a word in somebody's words exceed those in everybody's. counts: how
    often either have the word; totals: how many words they have."""
    n, m = totals
    usual = _PRIOR * sum(counts) / (n + m)
    first, second = counts[0] + usual, counts[1] + usual
    difference = log(first / (n + _PRIOR - first)) - log(second / (m + _PRIOR - second))
    return difference / sqrt(1 / first + 1 / second)
