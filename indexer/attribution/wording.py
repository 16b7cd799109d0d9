"""Wording: what quoted words themselves say of whoever said them.

«Roe "avoided trial by entering a program"» goes on about Roe in somebody else's words; words that say I are seldom a
paper's prose; those that say "she" are seldom hers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.attribution.coreference import Coreference
from indexer.attribution.speakers import Speaker
from indexer.language import lexicon

_FIRST = re.compile(r"\b(?:I|I'm|I've|I'll|I'd|me|my|we|we're|we've|us|our)\b")
_HE, _SHE = re.compile(r"\b(?:he|him|his|he's|he'd)\b", re.I), re.compile(r"\b(?:she|her|she's|she'd)\b", re.I)
_REPORTS = re.compile(r"\b(?:said|says|told|according to|reportedly|allegedly)\b")
_IRREGULAR = frozenset("""
    went took made got came saw had did was were is has fell ran left lost won found kept held led stood began broke
    chose drove gave grew hit knew met paid put sat sent shot slept sold spent stole struck threw wore wrote became felt
    thought brought bought caught fought taught cut set let
""".split())
_LONG = 8           # words from which quoted prose shows whether it reports


@dataclass(frozen=True, slots=True)
class Wording:
    """How quoted words speak: whether they begin with a verb and so continue a clause (predicate), in the first person
    (own), of a man, a woman, both or neither (of), and whether they report what others say; long enough to tell."""

    predicate: bool
    own: bool
    of: str
    reports: bool
    long: bool


def wording_of(text: str) -> Wording:
    """How some quoted words speak."""
    plain = text.replace("’", "'")
    words = plain.split()
    first = words[0].strip(",.!?").lower() if words and words[0][0].islower() else ""
    predicate = bool(first) and (
        first in lexicon.AUXILIARIES or first in _IRREGULAR
        or len(first) > 4 and first.endswith("ed")
        or len(first) > 3 and first.endswith("s") and first not in lexicon.PREPOSITIONS and not first.endswith("ss")
    )
    own = bool(_FIRST.search(plain))
    he, she = bool(_HE.search(plain)), bool(_SHE.search(plain))
    of = "both" if he and she else "m" if he else "f" if she else ""
    return Wording(predicate, own, of, bool(_REPORTS.search(plain)), len(words) >= _LONG)


def wording_features(wording: Wording, coreference: Coreference, speaker: Speaker) -> Iterator[str]:
    """How words fit a speaker."""
    kind = "outlet" if speaker.kind == "organisation" and speaker.name in coreference.outlets else speaker.kind
    if wording.predicate:
        yield f"predicate {kind}"
    if wording.long:
        manner = f"{'own' if wording.own else 'plain'} {'report' if wording.reports else 'words'}"
        yield f"prose {manner} {kind}"
    if wording.of in ("m", "f") and not wording.own:
        sex = coreference.agreement.gender(speaker.person) if speaker.person >= 0 else None
        yield f"of {'same' if sex == wording.of else 'other' if sex else 'no'} sex {kind}"


def nobody_wording(wording: Wording) -> Iterator[str]:
    """What the words say for no speaker at all."""
    if wording.predicate:
        yield "nobody predicate"
    if wording.long:
        yield f"nobody prose {'own' if wording.own else 'plain'} {'report' if wording.reports else 'words'}"
