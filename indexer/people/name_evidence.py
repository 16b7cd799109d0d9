"""The evidence on names: what speaks for and against a candidate being a person's name.

A piece of evidence is a word ("given=4", "before=the"); how much each counts is learned (name_model).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from indexer.language import (
    CALENDAR, FUNCTION_WORDS, NATIONALITIES, ORGANISATIONS, PLACES, ROLES, SUFFIXES, THING_ENDINGS, THING_OR_SURNAME,
    Usage, name_endings, well_known,
)
from indexer.people.capital_runs import Token
from indexer.people.name_candidates import NameCandidate
from indexer.people.name_context import ArticleContext, neighbours, usage_evidence

# These tell of a person the more clearly, the less usual the words are as words.
_FULL_RELATIONS = frozenset(("honorific", "role", "signature", "before relative", "before role", "after role",
                             "beside person", "after verb", "before verb", "age", "credit by", "credit slash",
                             "last alone acts"))
_NEVER_TITLED = frozenset("thing place organisation nationality calendar rank function shouted always-the".split())
# These tell of a person if the word can be a name at all.
_RELATIONS = frozenset(("honorific", "role", "signature", "comma relative", "before relative", "before role",
                        "credit by", "credit slash", "beside person", "after verb", "after who"))
_TABLES = (("place", PLACES), ("organisation", ORGANISATIONS), ("nationality", NATIONALITIES), ("calendar", CALENDAR),
           ("function", FUNCTION_WORDS), ("rank", ROLES))


def full_evidence(mentions: Sequence[NameCandidate], context: ArticleContext) -> set[str]:
    """Evidence on a name of two words or more, from all of its mentions."""
    one = mentions[0]
    tokens = [token for token in one.tokens
              if token.key not in SUFFIXES and (not token.nickname or token is one.tokens[0])] or list(one.tokens)
    evidence = set(_of_words(tokens, one))
    evidence.update(_of_tables(tokens))
    names = (" ".join(token.key for token in part) for part in (tokens, one.tokens))
    group = next(filter(None, map(well_known().get, names)), None)
    if group:
        evidence.add(group)
    evidence.update(_of_article(tokens, context))
    evidence.update(neighbours(mentions, context))
    evidence.update(usage_evidence(mentions, context))
    first, last = tokens[0].usage, tokens[-1].usage
    known = "known" if first.given or last.surname or tokens[0].is_initial else "unknown"
    plain = f"{known} words={_band(first.word + last.word)}"
    evidence.update(f"{each}, {plain}" for each in evidence & _FULL_RELATIONS)
    if "before=as" in evidence and evidence & {"after verb", "after comma"}:
        evidence.add("as said")
    return evidence


def single_evidence(mentions: Sequence[NameCandidate], context: ArticleContext) -> set[str]:
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
    evidence.update(_tables_of(token.key))
    if token.key in THING_ENDINGS or token.key in THING_OR_SURNAME:
        evidence.add("thing")
    if token.key in context.small:
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
    evidence.update(usage_evidence(mentions, context))
    evidence.update(neighbours(mentions, context))
    plain = f"{_band(max(known.given, known.surname))} word={_band(known.word)}"
    evidence.update(f"{each} {plain}" for each in evidence & _RELATIONS)
    if token.key in context.in_title:
        evidence.add("in headline")
    if context.fiction:
        evidence.add("fiction")
    if evidence & {"role", "honorific"} and not evidence & _NEVER_TITLED:
        if known.word < 2 or known.word < 3 and known.surname > 2:
            evidence.add("titled")
    return evidence


def _of_words(tokens: Sequence[Token], one: NameCandidate) -> Iterator[str]:
    """What the words are in themselves."""
    first, last = tokens[0], tokens[-1]
    given, surname = first.usage, last.usage
    if first.is_initial:
        given = Usage("-", 4, 0, 0)
    yield from _of_usages(given, surname)
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
    if surname.word and not surname.surname and last.text[-1:] == "s":
        yield "plural last"
    for token in tokens[1:-1]:
        if token.is_initial:
            yield "initial inside"
        if token.usage.word > 1 and token.usage.given < 2 and token.usage.surname < 3:
            yield "word inside"
    for token in one.tokens:
        if token.key in SUFFIXES:
            yield "suffix"
        if token.nickname:
            yield "nickname"
    if any(before.end + 1 < after.start for before, after in pairwise(one.tokens)):
        yield "particle"
    if any("-" in token.text for token in tokens):
        yield "hyphen"


@lru_cache(maxsize=5_000)
def _of_usages(given: Usage, surname: Usage) -> tuple[str, ...]:
    """How usual the first word is as a given name, the last as a surname, and both as words."""
    return (
        f"given={given.given}", f"given={_band(given.given)} word={given.word}",
        f"surname={surname.surname}", f"surname={_band(surname.surname)} word={surname.word}",
        f"given={_band(given.given)} surname={_band(surname.surname)}", f"words={given.word + surname.word}",
    )


def _band(level: int) -> str:
    return "0" if not level else "low" if level < 3 else "high"


def _of_tables(tokens: Sequence[Token]) -> Iterator[str]:
    """Which tables the words are in."""
    first, last = tokens[0], tokens[-1]
    if last.key in THING_OR_SURNAME:
        yield "thing or surname last"
    elif last.key in THING_ENDINGS:
        yield "thing last"
    if any(token.key in THING_ENDINGS and token.key not in THING_OR_SURNAME for token in tokens[:-1]):
        yield "thing inside"
    yield from (f"{name} first" for name in _tables_of(first.key))
    yield from (f"{name} last" for name in _tables_of(last.key))
    yield from (f"{name} inside" for token in tokens[1:-1] for name in _tables_of(token.key))
    shouted = [token.is_shouted for token in tokens]
    if any(shouted):
        yield "all shouted" if all(shouted) else "shouted"
    if any(token.text[:1].isdigit() for token in tokens):
        yield "digit"


@lru_cache(maxsize=5_000)
def _tables_of(key: str) -> tuple[str, ...]:
    return tuple(name for name, table in _TABLES if key in table)


def _of_article(tokens: Sequence[Token], context: ArticleContext) -> Iterator[str]:
    """What the rest of the article does with the words."""
    first, last = tokens[0].key, tokens[-1].key
    if context.fiction:
        yield "fiction"
        yield f"fiction, {'last' if context.alone[last] else 'first' if context.alone[first] else 'none'} alone"
    if context.alone[last]:
        yield "last alone"
        if last in context.said:
            yield "last alone acts"
    if context.alone[first]:
        yield "first alone"
        yield "first alone acts" if first in context.said else "first alone idle"
    if last in context.titled:
        yield "last titled"
    if last in context.small:
        yield "last small elsewhere"
    if first in context.small:
        yield "first small elsewhere"
