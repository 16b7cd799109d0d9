"""What a keeper may say of a quotation, and the check that it means something."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, get_args

from indexer.corrections.quoted_words import HASH, is_hash, occurrence_of, quotation_key
from indexer.errors import CorrectionError
from indexer.models import SpeakerKind, Stance

KEYS = ("article", "words", "occurrence", "speaker", "speaker_kind", "unknown", "not_a_quotation", "stance", "note")
_NUMBER = re.compile(r"#[qr]\d+$")
LONGEST_NAME = 200               # characters
LONGEST_NOTE = 1_000
LONGEST_WORDS = 100_000
_TEXTS = {"article": 1_000, "words": LONGEST_WORDS, "speaker": LONGEST_NAME, "note": LONGEST_NOTE}
_STANCES: Mapping[str, Stance] = {each: each for each in get_args(Stance)}
_SPEAKER_KINDS: Mapping[str, SpeakerKind] = {each: each for each in get_args(SpeakerKind)}


@dataclass(frozen=True, slots=True)
class Correction:
    """What is so, whatever was found: who said some words of an article, or that nobody knows, or that they are no
    quotation; and whether they were said, denied or only supposed.

    words are as the keeper wrote them, the words or their hash. Of words that the article quotes several times
    occurrence is which, from 1; 0 is all of them. line is that of the entry in its file, 0 if it has none.
    """

    article: str
    words: str
    occurrence: int = 0
    speaker: str = ""
    speaker_kind: SpeakerKind | None = None      # None: that of the name in the article, else a person
    unknown: bool = False
    not_a_quotation: bool = False
    stance: Stance | None = None
    note: str = ""
    line: int = 0

    @property
    def key(self) -> str:
        return quotation_key(self.words)

    @property
    def place(self) -> tuple[str, str, int]:
        """What no two corrections share."""
        return self.article, self.key, self.occurrence

    def values(self) -> dict[str, str | int | bool]:
        """The keys of its entry in the file, without those that say nothing."""
        named = {each.name: getattr(self, each.name) for each in fields(self) if each.name in KEYS}
        return {name: named[name] for name in KEYS if named[name]}


def checked_correction(values: Mapping[str, Any], line: int = 0) -> Correction:
    """The correction of these keys and values, whoever wrote them. Raises CorrectionError."""
    for key in values:
        if key not in KEYS:
            raise CorrectionError(f"no such key '{key}'; there are {', '.join(KEYS)}", key)
    texts = {name: _text(values, name, most) for name, most in _TEXTS.items()}
    found = Correction(
        **texts, occurrence=_occurrence(values), unknown=_yes(values, "unknown"),
        not_a_quotation=_yes(values, "not_a_quotation"), stance=_choice(values, "stance", _STANCES),
        speaker_kind=_choice(values, "speaker_kind", _SPEAKER_KINDS), line=line)
    _check_place(found)
    _check_meaning(found)
    return found


def _text(values: Mapping[str, Any], name: str, most: int) -> str:
    value = values.get(name, "")
    if not isinstance(value, str):
        raise CorrectionError(f"{name} must be a text, as {name} = \"…\"", name)
    if len(value) > most:
        raise CorrectionError(f"{name} has {len(value):,} characters; there may be {most:,}", name)
    if name in values and not value.strip():
        raise CorrectionError(f"{name} is empty", name)
    strange = next((each for each in value if _is_control(each, name == "words")), "")
    if strange:
        raise CorrectionError(f"{name} holds a control character (U+{ord(strange):04X})", name)
    return value if name == "words" else value.strip()


def _is_control(sign: str, may_break: bool) -> bool:
    """Words of several paragraphs have line breaks, and archived text may hold anything else that is not shown; what
    no file in UTF-8 can hold is refused everywhere."""
    if "\ud800" <= sign <= "\udfff" or sign == "\0":
        return True
    return not may_break and (ord(sign) < 32 or 127 <= ord(sign) < 160 or sign in "\u2028\u2029")


def _occurrence(values: Mapping[str, Any]) -> int:
    value = values.get("occurrence", 0)
    if isinstance(value, bool) or not isinstance(value, int) or "occurrence" in values and not 1 <= value <= 10_000:
        raise CorrectionError("occurrence must be a number from 1, as occurrence = 2", "occurrence")
    return value


def _yes(values: Mapping[str, Any], name: str) -> bool:
    value = values.get(name, False)
    if not isinstance(value, bool):
        raise CorrectionError(f"{name} must be true", name)
    return value


def _choice(values: Mapping[str, Any], name: str, known: Mapping[str, Any]) -> Any:
    value = values.get(name, "")
    if name in values and (not isinstance(value, str) or value not in known):
        raise CorrectionError(f"{name} must be one of {', '.join(known)}", name)
    return known.get(value)


def _check_place(found: Correction) -> None:
    if not found.article:
        raise CorrectionError("needs article, the id of the article: its path without the suffix", "")
    if not found.words:
        raise CorrectionError("needs words, the words of the quotation as they were printed", "")
    if _NUMBER.search(found.article):
        raise CorrectionError("article is the id of the article, without # and the number of the quotation", "article")
    if found.words.strip().startswith(HASH) and not is_hash(found.words):
        raise CorrectionError("a hash of words is hash: and sixteen of 0-9 and a-f", "words")


def _check_meaning(found: Correction) -> None:
    said = [name for name, is_so in (("speaker", found.speaker), ("unknown", found.unknown),
                                     ("not_a_quotation", found.not_a_quotation)) if is_so]
    if len(said) > 1:
        raise CorrectionError(f"says {' and '.join(said)}; only one of them can be", said[-1])
    if found.not_a_quotation and found.stance:
        raise CorrectionError("what is no quotation has no stance", "stance")
    if not said and not found.stance:
        raise CorrectionError("needs speaker, unknown = true, not_a_quotation = true or stance", "")
    if found.speaker_kind and not found.speaker:
        raise CorrectionError("speaker_kind is that of a speaker: it needs speaker", "speaker_kind")


class Corrections:
    """The corrections of an archive, by article."""

    def __init__(self, corrections: Iterable[Correction] = ()) -> None:
        self._of: dict[str, list[Correction]] = {}
        for each in corrections:
            self._of.setdefault(each.article, []).append(each)

    def __len__(self) -> int:
        return sum(map(len, self._of.values()))

    def __iter__(self) -> Iterator[Correction]:
        return (each for corrections in self._of.values() for each in corrections)

    def articles(self) -> frozenset[str]:
        return frozenset(self._of)

    def of(self, article: str) -> tuple[Correction, ...]:
        return tuple(self._of.get(article, ()))

    def meant(self, article: str, said: Sequence[str], number: int) -> tuple[int, Correction | None]:
        """Which of the quotations of the same words one of an article's is (Correction.occurrence), and the correction
        that it has already. said: the words of the corrected quotations in order; number: which is meant, from 1."""
        key = quotation_key(said[number - 1])
        same = {each.occurrence: each for each in self.of(article) if each.key == key}
        occurrence = occurrence_of(said, number, [at for at, each in same.items() if at and each.not_a_quotation])
        return occurrence, same.get(occurrence) or same.get(0)

    def digest(self, article: str) -> str:
        """Equal if the corrections of an article are; "" if there are none."""
        entries = sorted(json.dumps({**each.values(), "words": each.key}) for each in self.of(article))
        return hashlib.sha256("\n".join(entries).encode()).hexdigest()[:16] if entries else ""
