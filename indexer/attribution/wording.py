"""Wording: what quoted words themselves say of whoever said them.

«Roe "avoided trial by entering a program"» goes on about Roe in somebody else's words; people who speak say I and
don't, and papers write "Ms. Roe" and "the police said"; words that say "she" are seldom hers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from indexer.language import lexicon

_TOLD = "|".join(sorted(verb for verb in lexicon.SPEECH_VERBS if verb.endswith(("ed", "said", "told", "wrote"))))
# What is found in words, by its name as a feature, and how much more it is a paper's than a speaker's: rounded from a
# logistic regression over annotated quotations of eight words and more (area under its curve, in these steps, 0.88).
_TRAITS = {name: (re.compile(pattern), weight) for name, pattern, weight in (
    ("I", r"\b(?:I|I'm|I've|I'll|I'd|me|my)\b", -3),
    ("we", r"\b(?:[Ww]e|we're|we've|[Oo]ur|us)\b", -2),
    ("opener", r"^(?:But|And|So|Well|No|Yes|If|You|It|That|This|There)\b", -2),
    ("you", r"\b[Yy](?:ou|our|ou're|ou've)\b", -1),
    ("contracted", r"\b\w+(?:n't|'re|'ve|'ll|'d|'m)\b|\b(?:[Ii]t|[Tt]h(?:at|ere)|[Ss]?[Hh]e|[Ww]hat|[Hh]ere)'s\b", -1),
    ("fillers", r"\b(?:really|just|very|going to|gonna|want|think|lot|guys?|things?)\b", -1),
    ("cries", r"[!?]", -1),
    ("bracketed", r"\[", -1),
    ("here", r"\b(?:this|these|here|now)\b", -1),
    ("third", r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im)\b", 0),
    ("small", r"^[a-z]", 1),
    ("marks", r"(?<!\w)['‘\"“]\w[^'’\"”]*['’\"”](?!\w)", 1),
    ("past", r"\b(?:was|were|had|did)\b|\b[a-z]{3,}ed\b", 1),
    ("sequence", r"\b(?:after|when|while|before|during)\b", 1),
    ("numbers", r"\d", 1),
    ("names", r"(?<!^)\b[A-Z]\w+ [A-Z]\w+", 1),
    ("told", rf"\b(?:{_TOLD}|says|according to|reportedly|allegedly)\b", 2),
    ("title", r"\b(?:M(?:r|rs|s)|Dr|Prof|Sgt|Lt|Det|Officer)\.? [A-Z]", 2),
    ("day", r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\blast (?:week|month|year|night)\b", 2),
)}
_HE, _SHE = re.compile(r"\b(?:he|him|his|he's|he'd)\b", re.I), re.compile(r"\b(?:she|her|she's|she'd)\b", re.I)
_MARKED = re.compile(r"[\"“][^\"“”]*[\"”]?")
_TELLING = 8            # words from which on most show how they speak
_NICKNAME = 12          # characters between marks that are no quotation yet
_IRREGULAR = frozenset("""
    went took made got came saw had did was were is has fell ran left lost won found kept held led stood began broke
    chose drove gave grew hit knew met paid put sat sent shot slept sold spent stole struck threw wore wrote became felt
    thought brought bought caught fought taught cut set let
""".split())

Manner = Literal["spoken", "loose", "plain", "prosy", "printed", "scrap"]
_MANNERS: tuple[tuple[int, Manner], ...] = ((-2, "spoken"), (0, "loose"), (2, "plain"), (4, "prosy"))


@dataclass(frozen=True, slots=True)
class Wording:
    """How quoted words speak: their length (short, middle, long); what is found in them; how much, all in all,
    they read like print; whether they begin with a verb and so continue a clause (predicate); whether they speak of a
    man (m), a woman (f), both or neither."""

    length: str
    traits: frozenset[str]
    manner: Manner
    predicate: bool
    of: str


def wording_of(text: str, *, block: bool = False) -> Wording:
    """How some quoted words speak. What a block quotes is not its own way of speaking."""
    plain = text.replace("’", "'")
    own = plain[:1] + _MARKED.sub(" ", plain[1:]) if block else plain     # a mark around the whole quotes nobody else
    traits = {name for name, (pattern, _) in _TRAITS.items() if pattern.search(own)}
    if len(own) < len(plain) - _NICKNAME:
        traits.add("marks")
    count = len(plain.split())
    he, she = bool(_HE.search(plain)), bool(_SHE.search(plain))
    return Wording(
        length="short" if count < 5 else "long" if count > 24 else "middle",
        traits=frozenset(traits), manner=_manner(traits, count), predicate=is_predicate(plain),
        of="both" if he and she else "m" if he else "f" if she else "")


def _manner(traits: set[str], count: int) -> Manner:
    """How much words read like print; those of a few words seldom tell."""
    weight = sum(_TRAITS[name][1] for name in traits)
    if count < _TELLING and -2 < weight < 4:
        return "scrap"
    return next((manner for most, manner in _MANNERS if weight <= most), "printed")


def is_predicate(plain: str) -> bool:
    """Whether words begin with a verb, in small letters."""
    words = plain.split(maxsplit=1)
    first = words[0].strip(",.!?") if words and words[0][0].islower() else ""
    return bool(first) and (
        first in lexicon.AUXILIARIES or first in _IRREGULAR
        or len(first) > 4 and first.endswith("ed")
        or len(first) > 3 and first.endswith("s") and first not in lexicon.PREPOSITIONS and not first.endswith("ss")
    )


def wording_features(wording: Wording, kind: str, sex: str | None) -> Iterator[str]:
    """How words fit a speaker of a kind (person, organisation, unnamed, outlet, nobody) and sex, as far as known."""
    yield f"{kind} {wording.length}"
    yield f"{kind} {wording.manner}"
    yield f"{kind} {wording.manner} {'small' if 'small' in wording.traits else 'capital'}"
    yield from (f"{kind} says {trait}" for trait in sorted(wording.traits))
    if wording.predicate:
        yield f"{kind} predicate"
    if wording.of in ("m", "f") and "I" not in wording.traits:
        yield f"of {'same' if sex == wording.of else 'other' if sex else 'no'} sex {kind}"
