"""What speaks for and against a candidate being somebody's name, and how much: a small logistic model.

A piece of evidence is a word ("given=4", "before=the"); people_weights.json says how much each counts. The
weights were learned from annotated articles by benchmarks/train_people.py.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice

from indexer.candidates import Candidate, Token
from indexer.names import Usage, key_of, well_known
from indexer.person_words import (
    CALENDAR, FUNCTION_WORDS, HONORIFICS, LINKING_NOUNS, NATIONALITIES, ORGANISATIONS, PERSON_VERBS,
    PLACE_PREPOSITIONS, PLACES, ROLES, SUFFIXES, THING_ENDINGS, THING_OR_SURNAME,
)

_SMALL_WORDS = re.compile(r"(?<![\w'’])[a-z][a-z'’-]+")
_AGE = re.compile(r",? \(?\d{1,3}[),]")
_STATEMENT = re.compile(r" in an? (?:\w{1,15} )?(?:statement|interview|e-?mail|letter|tweet|post|memo|speech|press|"
                        r"release|filing|affidavit)")
_SIGNATURE = re.compile(r"\s*\(@")
_OTHERS_FLICKR = re.compile(r"['’]s? (?:flickr|instagram|Flickr|Instagram)")
_CREDIT_BEFORE = re.compile(r"(?:photo|photograph|photos|image|video|illustration|courtesy|via|by)(?: courtesy)?"
                            r"(?: of| by| via)?:? ?\(?$", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|He|She|His|Her)\b")
_JOINED_BEFORE = re.compile(r"(?:,|,? and| &|,? or|/| vs\.?|['’]s?) ?\Z")
_JOINED_AFTER = re.compile(r"(?:,|,? and| &|,? or|/| vs\.?) ?")
_TITLE_WORDS = re.compile(r"[^\W\d_][^\W_]+")
_SMALL_BEFORE = frozenset("the a an of as by with and or named to from on that like".split())
_SMALL_AFTER = frozenset("and or is was in at has had will would from with to on".split())
_MAX_MENTIONS = 4             # of one name, so many are looked at


class Page:
    """What the evidence needs to know of the whole article."""

    def __init__(self, text: str, candidates: Sequence[Candidate], title: str = "") -> None:
        self.text = text
        self.small = frozenset(_SMALL_WORDS.findall(text))
        self.alone = Counter(each.words[0] for each in candidates if len(each.words) == 1)
        self.said = {each.words[0] for each in candidates
                     if len(each.words) == 1 and (each.after in PERSON_VERBS or each.possessive)}
        self.starts: set[int] = set()      # where the full names stand, once they are known
        self.ends: set[int] = set()
        self.in_title = frozenset(key_of(word) for word in _TITLE_WORDS.findall(title))
        self.titled = {each.words[-1] for each in candidates if each.title}


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """For full and for single names: evidence → weight."""
    table: dict[str, dict[str, float]] = json.loads(
        files("indexer").joinpath("people_weights.json").read_text(encoding="utf-8"))
    return table


def log_odds(kind: str, evidence: Iterable[str]) -> float:
    """How likely a candidate is a person's name: above 0 likelier than not. kind: full (two words or more), single."""
    table = weights()[kind]
    return table["bias"] + sum(table.get(each, 0.0) for each in evidence)


def full_evidence(mentions: Sequence[Candidate], page: Page) -> set[str]:
    """Evidence on a name of two words or more, given wherever it stands."""
    one = mentions[0]
    tokens = [token for token in one.tokens if token.key not in SUFFIXES and not token.nickname] or list(one.tokens)
    evidence = set(_of_words(tokens, one))
    evidence.update(_of_tables(tokens))
    names = (" ".join(token.key for token in part) for part in (tokens, one.tokens))
    group = next(filter(None, map(well_known().get, names)), None)
    if group:
        evidence.add(group)
    evidence.update(_of_page(tokens, page))
    evidence.update(_of_places(mentions, page))
    return evidence


def single_evidence(mentions: Sequence[Candidate], page: Page) -> set[str]:
    """Evidence on a name of one word."""
    token = next((each for each in mentions[0].tokens if each.key == mentions[0].words[0]), mentions[0].tokens[0])
    known = token.usage
    evidence = {
        f"name={max(known.given, known.surname)}", f"word={known.word}",
        f"names={(known.given > 1) + (known.surname > 1)} word={known.word}",
    }
    if known.given > known.surname:
        evidence.add("rather given")
    if not (known.given or known.surname or known.word):
        evidence.add("unknown")
    group = well_known().get(token.key)
    if group:
        group = "single" if group == "people" else group
        evidence.add(group)
        evidence.add(f"{group} word={known.word}")
    evidence.update(name for name, table in _TABLES if token.key in table)
    if token.key in THING_ENDINGS or token.key in THING_OR_SURNAME:
        evidence.add("thing")
    if token.key in page.small:
        evidence.add("small elsewhere")
    if all(each.tokens[0].is_shouted for each in mentions):
        evidence.add("shouted")
    if all(each.opens for each in mentions):
        evidence.add("opens always")
        evidence.add(f"opens always word={known.word}")
    if len(token.key) < 4:
        evidence.add("short")
    if not token.text[1:].islower():
        evidence.add("mixed case")
    evidence.update(_of_places(mentions, page))
    evidence.update(_beside_people(mentions, page))
    plain = f"{_band(max(known.given, known.surname))} word={_band(known.word)}"
    evidence.update(f"{each} {plain}" for each in evidence & _RELATIONS)
    if token.key in page.in_title:
        evidence.add("in headline")
    if evidence & {"role", "honorific"} and known.word < 2 and not evidence & _NEVER_TITLED:
        evidence.add("titled")
    return evidence


_NEVER_TITLED = frozenset("thing place organisation nationality calendar rank function shouted always-the".split())
# What tells of a person if the word can be a name at all.
_RELATIONS = frozenset(("honorific", "role", "signature", "comma relative", "before relative", "before role",
                        "credit before", "beside person", "after verb", "after who"))


def _beside_people(mentions: Sequence[Candidate], page: Page) -> Iterator[str]:
    """In a list with somebody whose full name stands there."""
    for each in islice(mentions, _MAX_MENTIONS):
        joined = _JOINED_BEFORE.search(page.text[max(0, each.start - 8):each.start])
        if joined and each.start - len(joined.group()) in page.ends:
            yield "beside person"
        joined = _JOINED_AFTER.match(page.text, each.end)
        if joined and joined.end() in page.starts:
            yield "beside person"


_TABLES = (("place", PLACES), ("organisation", ORGANISATIONS), ("nationality", NATIONALITIES), ("calendar", CALENDAR),
           ("function", FUNCTION_WORDS), ("rank", ROLES))


def _of_words(tokens: Sequence[Token], one: Candidate) -> Iterator[str]:
    """What the words are in themselves."""
    first, last = tokens[0], tokens[-1]
    given, surname = first.usage, last.usage
    if first.is_initial:
        given = Usage("-", 4, 0, 0)
    yield f"given={given.given}"
    yield f"given={_band(given.given)} word={given.word}"
    yield f"surname={surname.surname}"
    yield f"surname={_band(surname.surname)} word={surname.word}"
    yield f"given={_band(given.given)} surname={_band(surname.surname)}"
    yield f"words={given.word + surname.word}"
    yield f"length={min(len(tokens), 5)}"
    if not any(given[1:]):
        yield "unknown first"
    if not any(surname[1:]):
        yield "unknown last"
        yield f"unknown last given={given.given}"
    if last.usage.given > 2 and not surname.surname:
        yield "last is given"
    if first.is_initial:
        yield "initial first"
    if any(token.is_initial for token in tokens[1:-1]):
        yield "initial inside"
    if any(token.key in SUFFIXES for token in one.tokens):
        yield "suffix"
    if any(token.nickname for token in one.tokens):
        yield "nickname"
    if any(one.tokens[n].end + 1 < one.tokens[n + 1].start for n in range(len(one.tokens) - 1)):
        yield "particle"
    if any(token.usage.word > 1 and token.usage.given < 2 and token.usage.surname < 3 for token in tokens[1:-1]):
        yield "word inside"
    if any(token.usage.word and token.text[-1:] == "s" for token in tokens[-1:]) and not surname.surname:
        yield "plural last"
    if any("-" in token.text for token in tokens):
        yield "hyphen"


def _band(level: int) -> str:
    return "0" if not level else "low" if level < 3 else "high"


def _of_tables(tokens: Sequence[Token]) -> Iterator[str]:
    """Which tables the words stand in."""
    first, last = tokens[0], tokens[-1]
    if last.key in THING_OR_SURNAME:
        yield "thing or surname last"
    elif last.key in THING_ENDINGS:
        yield "thing last"
    if any(token.key in THING_ENDINGS and token.key not in THING_OR_SURNAME for token in tokens[:-1]):
        yield "thing inside"
    for name, table in _TABLES:
        if first.key in table:
            yield f"{name} first"
        if last.key in table:
            yield f"{name} last"
        if any(token.key in table for token in tokens[1:-1]):
            yield f"{name} inside"
    if any(token.is_shouted for token in tokens):
        yield "all shouted" if all(token.is_shouted for token in tokens) else "shouted"
    if any(token.text[:1].isdigit() for token in tokens):
        yield "digit"


def _of_page(tokens: Sequence[Token], page: Page) -> Iterator[str]:
    """What the rest of the article does with the words."""
    first, last = tokens[0].key, tokens[-1].key
    if page.alone[last]:
        yield "last alone"
        if last in page.said:
            yield "last alone acts"
    if page.alone[first]:
        yield "first alone"
        yield "first alone acts" if first in page.said else "first alone idle"
    if last in page.titled:
        yield "last titled"
    if last in page.small:
        yield "last small elsewhere"
    if first in page.small:
        yield "first small elsewhere"


def _of_places(mentions: Sequence[Candidate], page: Page) -> set[str]:
    """What stands around the name where it is used."""
    evidence: set[str] = set()
    for each in islice(mentions, _MAX_MENTIONS):
        evidence.update(_around(each, page.text))
    if len(mentions) > 1:
        evidence.add("repeated")
    if all(each.before == "the" and each.mark_before == " " for each in mentions):
        evidence.add("always the")
    return evidence


def _around(one: Candidate, text: str) -> Iterator[str]:
    if one.title:
        yield "honorific" if one.title[-1] in HONORIFICS else "role"
        if one.before == "the" and one.mark_before == " ":
            yield "the role"
    if one.lead:
        yield "lead"
    if one.tail:
        yield "tail"
    yield from _before(one, text)
    yield from _after(one, text)
    if "(" in one.mark_before and one.mark_after.startswith(")"):
        yield "in brackets"
        if one.mark_before.startswith(" (") and one.before and text[one.start - len(one.before) - 2].isupper():
            yield "in brackets after name"
    if one.mark_before[-1:] in "\"“‘'" and one.mark_before and one.mark_after[:2].strip()[-1:] in ("\"", "”", "'", "’"):
        yield "in quotes"


def _before(one: Candidate, text: str) -> Iterator[str]:
    if not one.mark_before.strip():
        word = one.before
        if word in _SMALL_BEFORE:
            yield f"before={word}"
        elif word in PLACE_PREPOSITIONS:
            yield "before=in"
        elif word in PERSON_VERBS:
            yield "before verb"
        elif word in LINKING_NOUNS:
            yield "before relative"
        elif word in ROLES:
            yield "before role"
        elif word.endswith(("'s", "’s")):
            yield "before possessive"
    elif one.mark_before in (", ", " — ", "—"):
        if one.before in LINKING_NOUNS or one.before in ROLES:
            yield "comma relative"
        else:
            yield "before comma"
    elif "/" in one.mark_before:
        yield "before slash"
    if one.start and text[one.start - 1] == "\n" or not one.start:
        yield "starts line"
    if _CREDIT_BEFORE.search(text[max(0, one.start - 30):one.start]):
        yield "credit before"


def _after(one: Candidate, text: str) -> Iterator[str]:
    if one.possessive:
        yield "possessive"
        if _OTHERS_FLICKR.match(text, one.end):
            yield "flickr"
    if not one.mark_after.strip():
        if one.after in PERSON_VERBS or _STATEMENT.match(text, one.end):
            yield "after verb"
        elif one.after in _SMALL_AFTER:
            yield f"after={one.after}"
        elif one.after and one.mark_after and one.after[0].islower():
            yield "after thing" if one.after in THING_ENDINGS else "after word"
    elif one.mark_after[0] == "/" or one.mark_after.startswith(" /"):
        yield "after slash"
    elif one.mark_after.startswith(","):
        yield "after comma"
        if one.after in ("who", "whose", "whom"):
            yield "after who"
        elif one.after in ("a", "an", "the", "his", "her"):
            yield "after apposition"
    if _AGE.match(text, one.end):
        yield "age"
    if _SIGNATURE.match(text, one.end):
        yield "signature"
    if text[one.end:one.end + 1] == "-":
        yield "hyphenated"
    if _PRONOUN.search(text, one.end, one.end + 150):
        yield "pronoun"
