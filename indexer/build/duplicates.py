"""Which articles are the same story: reprints, and updates that keep most of the words."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations
from operator import itemgetter

from indexer.language import forms

SHINGLE = 5              # words in a row that are compared as one
KEPT = 8                 # of the shingles one in so many is kept, chosen by its hash: the same ones in every article
COMMON = 40              # a shingle of more articles than this is boilerplate, and is not counted
FEWEST = 4               # shingles that two articles must share: fewer may be chance
SHARED = 0.7             # of the shorter one's shingles that must be in the longer
SHORTEST = 0.3           # a text shorter than this share of the other is a part of it, not a version of it

Fingerprint = tuple[int, ...]


def fingerprint(text: str) -> Fingerprint:
    """A hash of the whole text, equal for texts of the same words, and then the kept shingles."""
    words = forms(text)
    whole = int.from_bytes(blake2b(" ".join(words).encode(), digest_size=7).digest(), "big")
    return (whole, *sorted(set(_kept(words))))


def pack_fingerprint(fingerprint: Fingerprint) -> bytes:
    """As few bytes as it takes: eight for the whole text, four for a shingle."""
    return struct.pack(f"<Q{len(fingerprint) - 1}I", *fingerprint) if fingerprint else b""


def unpack_fingerprint(packed: bytes) -> Fingerprint:
    """The fingerprint that was packed."""
    return struct.unpack(f"<Q{len(packed) // 4 - 2}I", packed) if packed else ()


def groups(fingerprints: Iterable[tuple[str, Fingerprint]]) -> Mapping[str, str]:
    """The group of each article: the first, by its id, of those that are the same story.

    Two articles that are the same as a third are the same: a story that grows from morning to evening is one.
    """
    known = dict(sorted(fingerprints, key=itemgetter(0)))
    leader = {id: id for id in known}

    def lead(id: str) -> str:
        while leader[id] != id:
            leader[id] = id = leader[leader[id]]
        return id

    for one, other in _same(known):
        first, second = sorted((lead(one), lead(other)))
        leader[second] = first
    return {id: lead(id) for id in known}


def quotation_group(words: str, id: str, reported: bool = False) -> str:
    """Equal for one quotation printed in many articles; never for a quotation and reported speech. Of fewer than five
    words, each is a group of its own."""
    folded = forms(words)
    if len(folded) < SHINGLE:
        return id
    return "r" * reported + blake2b(" ".join(folded).encode(), digest_size=8).hexdigest()


def _kept(words: Sequence[str]) -> Iterator[int]:
    for at in range(len(words) - SHINGLE + 1):
        number = zlib.crc32(" ".join(words[at:at + SHINGLE]).encode())
        if number % KEPT == 0:
            yield number


def _same(known: Mapping[str, Fingerprint]) -> Iterator[tuple[str, str]]:
    """Pairs of articles that are one story: they have the same text, or share enough shingles."""
    first: dict[int, str] = {}
    distinct: dict[str, Fingerprint] = {}
    for id, fingerprint in known.items():
        whole = fingerprint[0]
        if whole in first:
            yield first[whole], id
        else:
            first[whole] = id
            distinct[id] = fingerprint[1:]
    shared: Counter[tuple[str, str]] = Counter()
    common: Counter[str] = Counter()            # of each article, its shingles that are boilerplate
    for ids in _holders(distinct):
        if len(ids) <= COMMON:
            shared.update(combinations(ids, 2))
        else:
            common.update(ids)
    for (one, other), count in shared.items():
        shorter, longer = sorted((len(distinct[one]) - common[one], len(distinct[other]) - common[other]))
        if count >= max(FEWEST, SHARED * shorter) and shorter >= SHORTEST * longer:
            yield one, other


def _holders(distinct: Mapping[str, Fingerprint]) -> Iterable[list[str]]:
    """The articles of every shingle that several hold. Few shingles are, and only those need a list in memory."""
    once, again = set[int](), set[int]()
    for shingles in distinct.values():
        again.update(once.intersection(shingles))
        once.update(shingles)
    holders: dict[int, list[str]] = {shingle: [] for shingle in again}
    for id, shingles in distinct.items():
        for shingle in again.intersection(shingles):
            holders[shingle].append(id)
    return holders.values()
