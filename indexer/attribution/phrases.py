"""Phrases: a noun phrase that names a source, and how it takes in its neighbours: an owner before it, whom it is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexer.attribution.noun_phrases import (
    ENDS_PHRASE, end_of_compound_name, end_of_described_name, end_of_description, end_of_modifier,
)
from indexer.attribution.speakers import is_outlet
from indexer.attribution.tokens import Tokens
from indexer.language import PLACES, lexicon

SourceKind = Literal["person", "organisation", "unnamed", "pronoun"]

# Nouns of people who are somebody's: an aide to the mayor.
_LINKED_BY_TO = frozenset("""
    aide aides adviser advisers advisor advisors contributor contributors ambassador assistant assistants counsel deputy
    consultant consultants envoy witness witnesses visitor visitors letter heir
""".split())
_NO_MEMBERS = lexicon.DETERMINERS | lexicon.POSSESSIVE_PRONOUNS | {"the"}     # the next phrase: told Calder [the board]
_PLACING = frozenset("in at near on".split())     # in Calder [residents] said
_OF_MANY = frozenset("have are were say do don't aren't weren't haven't".split())      # verbs of a plural


@dataclass(frozen=True, slots=True)
class Source:
    """A noun phrase that could speak. head..last are its own tokens; first takes in the titles and roles
    before a person's name. person is the number of the person in the article, -1 for others."""

    first: int
    head: int
    last: int
    kind: SourceKind
    name: str
    person: int = -1
    inner: bool = False  # part of a longer phrase: the Post in "a reader of the Post"


def join_modifiers(sources: list[Source], tokens: Tokens, text: str) -> list[Source]:
    """A phrase takes in the name behind its preposition: a spokesman for [the Health Department]."""
    by_first = {source.first: source for source in sources if source.kind in ("organisation", "person", "unnamed")}
    joined: list[Source] = []
    for source in _with_nouns(sources, tokens):
        if source.kind == "unnamed":
            source = _longer(source, end_of_description(tokens, source.first, source.last), tokens, text)
            after = source.last + 1
            if after < len(tokens.words) and (
                tokens.lower[after] in ("of", "for", "from", "at", "with", "in")
                or tokens.lower[after] == "to" and tokens.lower[source.last] in _LINKED_BY_TO
            ):
                inner = by_first.get(after + 1)
                if inner is not None and not (
                    tokens.lower[inner.last] in lexicon.DOCUMENT_NOUNS
                    or tokens.lower[after] == "in"
                    and tokens.lower[inner.head] == "interview"
                ):
                    last = inner.last
                    if tokens.words[last + 1:last + 2] in (["'"], ["'s"], ["’"]) and last + 2 in by_first:
                        last = by_first[last + 2].last
                    elif tokens.words[last + 1:last + 2] == ["'s"] and tokens.lower[last + 2:last + 3] and (
                            tokens.lower[last + 2] in lexicon.SPEECH_VERBS):
                        last += 1       # an adviser of Adeyemi's said
                    last = end_of_described_name(tokens, inner.first, last)
                    source = _longer(source, end_of_compound_name(tokens, last), tokens, text)
            elif tokens.lower[after:after + 2] in (["close", "to"], ["familiar", "with"]) and after + 2 in by_first:
                source = _longer(source, by_first[after + 2].last, tokens, text)
            elif (named := by_first.get(after)) is not None and _is_called(tokens, source, named):
                source = _longer(source, named.last, tokens, text)
            source = _longer(source, end_of_modifier(tokens, source.last), tokens, text)
        joined.append(source)
    return joined


def _with_nouns(sources: Sequence[Source], tokens: Tokens) -> list[Source]:
    """The sources; an organisation takes in the noun that says what it is: the tenants' [group] Harbor Hands, service
    workers [union] SEIU."""
    groups = {source.last: source.first for source in sources
              if source.kind == "unnamed" and tokens.lower[source.last] in lexicon.ORGANISATION_NOUNS
              and tokens.words[source.last].islower() and tokens.lower[source.first] not in ("a", "an")}
    found = [
        replace(source, first=groups[source.first - 1])
        if source.kind == "organisation" and source.first == source.head and source.first - 1 in groups
        and source.name.lower() not in PLACES else source
        for source in sources
    ]
    return sorted(found, key=lambda source: (source.first, -source.last))


def _is_called(tokens: Tokens, source: Source, named: Source) -> bool:
    """Whether an unknown name is that of whose role comes before it: zoo keeper [Mo]; his girlfriend [Jo]."""
    role, opener = tokens.lower[source.last], tokens.lower[source.first]
    return (
        named.kind == "organisation"
        and named.first == named.last
        and named.name[1:] != named.name[1:].upper()
        and role in lexicon.SPEAKING_NOUNS
        and role not in lexicon.NO_PERSONS
        and tokens.words[source.last].islower()
        and opener not in lexicon.DETERMINERS
        and opener != "the"
        and not is_outlet(named.name)
    )


def _longer(source: Source, last: int, tokens: Tokens, text: str) -> Source:
    """A source that reaches to another last token."""
    if last == source.last:
        return source
    return replace(source, last=last, name=text[tokens.starts[source.first]:tokens.ends[last]])


def with_owner(source: Source, owner: Source | None, tokens: Tokens, text: str) -> Source:
    """An unnamed source with the organisation right before it: [Calder County] police, a [Harbor Board] president."""
    if owner is None or not tokens.words[source.first].islower() or tokens.lower[source.first] in _NO_MEMBERS:
        return source
    before = tokens.lower[owner.first - 1] if owner.first else ""
    if is_outlet(owner.name) or before in lexicon.SPEECH_VERBS or before in _PLACING or tokens.quotes[owner.last] >= 0:
        return source
    name = text[tokens.starts[owner.first]:tokens.ends[source.last]]
    return replace(source, first=owner.first, head=owner.first, name=name)


def groups_of(tokens: Tokens, text: str, people: Sequence[Source]) -> list[Source]:
    """Groups called by a person's name: [Adeyemi fans] have banded together."""
    return [
        Source(person.first, person.first, person.last + 1, "unnamed",
               text[tokens.starts[person.first]:tokens.ends[person.last + 1]])
        for person in people
        if tokens.lower[person.last + 2:person.last + 3] and tokens.lower[person.last + 2] in _OF_MANY
        and tokens.words[person.last + 1].islower() and tokens.lower[person.last + 1].endswith("s")
        and tokens.words[person.last + 1].isalpha() and tokens.lower[person.last + 1] not in ENDS_PHRASE
    ]
