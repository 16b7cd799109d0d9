"""What speaks for and against a candidate being somebody's name, and how much: a small logistic model.

A piece of evidence is a word ("given=4", "before=the"); people_weights.json says how much each counts. The
weights were learned from annotated articles by benchmarks/train_people.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import fsum

from indexer.language import (
    CALENDAR, FUNCTION_WORDS, NATIONALITIES, ORGANISATIONS, PLACES, ROLES, SUFFIXES, THING_ENDINGS, THING_OR_SURNAME,
    Usage, name_endings, well_known,
)
from indexer.people.name_candidates import Candidate, Token
from indexer.people.name_context import Page, neighbours, surroundings

__all__ = ["Page", "full_evidence", "full_odds", "log_odds", "single_evidence", "weights"]

# With these a name is believed whose words are no words at all, be they in no table of names: "Jaani Korpela (@".
_TELLING = frozenset(("signature", "before role", "before relative", "after role", "age", "credit by", "credit slash",
                      "beside person", "role"))
_AGAINST = frozenset(
    [f"{table} {place}" for table in ("place", "organisation", "nationality", "calendar", "thing", "rank")
     for place in ("first", "last", "inside")]
    + ["always the", "before=the", "before=a", "before=in", "in quotes", "shouted", "all shouted", "digit", "things",
       "characters", "thing or surname last", "beside thing"])
_ENOUGH = 0.5
# What tells of a person the more, the less the words are known as words.
_FULL_RELATIONS = frozenset(("honorific", "role", "signature", "before relative", "before role", "after role",
                             "beside person", "after verb", "before verb", "age", "credit by", "credit slash",
                             "last alone acts"))
# What a person does and a brand does not.
_ACTS = frozenset(("after verb", "before role", "before relative", "last alone acts", "honorific", "role", "age"))
_NEVER = -20.0


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """For full and for single names: evidence → weight."""
    table: dict[str, dict[str, float]] = json.loads(
        files("indexer.people").joinpath("people_weights.json").read_text(encoding="utf-8"))
    return table


def log_odds(kind: str, evidence: Iterable[str]) -> float:
    """How likely a candidate is a person's name: above 0 likelier than not. kind: full (two words or more), single."""
    table = weights()[kind]
    return fsum([table["bias"], *(table.get(each, 0.0) for each in evidence)])      # exact: sets have no order


def full_odds(mentions: Sequence[Candidate], page: Page) -> float:
    """The log-odds of a name of two words or more; what the tables settle is settled."""
    evidence = full_evidence(mentions, page)
    if "firm" in evidence or "characters" in evidence and page.fiction or "brands" in evidence and not evidence & _ACTS:
        return _NEVER
    odds = log_odds("full", evidence)
    if "words=0" in evidence and evidence & _TELLING and not evidence & _AGAINST:
        return max(odds, _ENOUGH)
    return odds


def full_evidence(mentions: Sequence[Candidate], page: Page) -> set[str]:
    """Evidence on a name of two words or more, given wherever it stands."""
    one = mentions[0]
    tokens = [token for token in one.tokens
              if token.key not in SUFFIXES and (not token.nickname or token is one.tokens[0])] or list(one.tokens)
    evidence = set(_of_words(tokens, one))
    evidence.update(_of_tables(tokens))
    names = (" ".join(token.key for token in part) for part in (tokens, one.tokens))
    group = next(filter(None, map(well_known().get, names)), None)
    if group:
        evidence.add(group)
    evidence.update(_of_page(tokens, page))
    evidence.update(neighbours(mentions, page))
    evidence.update(surroundings(mentions, page))
    first, last = tokens[0].usage, tokens[-1].usage
    known = "known" if first.given or last.surname or tokens[0].is_initial else "unknown"
    plain = f"{known} words={_band(first.word + last.word)}"
    evidence.update(f"{each}, {plain}" for each in evidence & _FULL_RELATIONS)
    if "before=as" in evidence and evidence & {"after verb", "after comma"}:
        evidence.add("as said")
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
        evidence.add("name ending" if token.key[-3:] in name_endings() else "strange ending")
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
    evidence.update(surroundings(mentions, page))
    evidence.update(neighbours(mentions, page))
    plain = f"{_band(max(known.given, known.surname))} word={_band(known.word)}"
    evidence.update(f"{each} {plain}" for each in evidence & _RELATIONS)
    if token.key in page.in_title:
        evidence.add("in headline")
    if page.fiction:
        evidence.add("fiction")
    if evidence & {"role", "honorific"} and not evidence & _NEVER_TITLED:
        if known.word < 2 or known.word < 3 and known.surname > 2:
            evidence.add("titled")
    return evidence


_NEVER_TITLED = frozenset("thing place organisation nationality calendar rank function shouted always-the".split())
# What tells of a person if the word can be a name at all.
_RELATIONS = frozenset(("honorific", "role", "signature", "comma relative", "before relative", "before role",
                        "credit by", "credit slash", "beside person", "after verb", "after who"))


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
        yield "name ending first" if first.key[-3:] in name_endings() else "strange ending first"
    if not any(surname[1:]):
        yield "unknown last"
        yield "name ending last" if last.key[-3:] in name_endings() else "strange ending last"
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
    if page.fiction:
        yield "fiction"
        yield f"fiction, {'last' if page.alone[last] else 'first' if page.alone[first] else 'none'} alone"
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
