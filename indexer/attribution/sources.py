"""Sources: the noun phrases of a paragraph that name a person, an organisation or somebody unnamed who could speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.attribution.lone_words import ALONE, is_alone, is_handle
from indexer.attribution.noun_phrases import CUES, ENDS_PHRASE, MAX_PHRASE, PARTS, SENTENCE_OPENERS, end_of_phrase
from indexer.attribution.phrases import Source, SourceKind, groups_of, join_modifiers, with_owner
from indexer.attribution.proper_names import (
    before_name, capital, end_of_day, end_of_name, follows_name, is_name, is_tag, opens_sentence,
)
from indexer.attribution.speakers import is_outlet
from indexer.attribution.tokens import QUOTE, Tokens
from indexer.language import lexicon

# Capitalised words that are no name by themselves: the Judge, Police, Fire Officials, Special Agent.
_ROLE_WORDS = (
    lexicon.SPEAKING_NOUNS | lexicon.TITLES | frozenset("special agent fire deputy assistant senior former".split())
)
# Pronouns that are looked at only as subjects of such verbs: authors know and think more than they say.
_SAID_BY_AUTHORS = frozenset("asked told emailed messaged texted tweeted wrote replied answered said".split())
_REPORTING = {"it": lexicon.SPEECH_VERBS, "i": _SAID_BY_AUTHORS, "we": _SAID_BY_AUTHORS - {"said"}}
_PRONOUNS = frozenset(lexicon.SUBJECT_OF) | frozenset(_REPORTING)
_PICTURES = frozenset("photo photos photograph photographs image images screenshot illustration video videos".split())
# Words of grammar that a heading writes with a capital, and no line that names a speaker does: Statement From Jo Roe:
_SMALL_WORDS = frozenset("in on about at after before his her their your my our he's she's he she i".split())
_MOST_MARKED = 4        # words between marks that name somebody
_MAX_HEADING = 10       # words
_FROM = frozenset("from in at with".split())


def find_sources(tokens: Tokens, text: str, named: Sequence[tuple[int, int, int]]) -> list[Source]:
    """The sources of a paragraph in order of their first token. named: for each mention of a person in it the start
    and end in characters, and the person's number."""
    if _is_heading(tokens):
        return []
    people = _people(tokens, named)
    taken = [False] * len(tokens.words)
    for source in people:
        for position in range(source.first, source.last + 1):
            taken[position] = True
    found = people + _pronouns(tokens)
    organisations = _organisations(tokens, text, taken)
    found += organisations
    owners = {source.last: source for source in organisations}
    unnamed = _unnamed(tokens, text, taken, people + organisations)
    found += [with_owner(source, owners.get(source.first - 1), tokens, text) for source in unnamed]
    found += groups_of(tokens, text, people)
    found += _others(tokens) + _handles(tokens) + _marked(tokens, text)
    found += _parts(tokens, text, found)
    found.sort(key=lambda source: (source.first, -source.last))
    return _mark_inner(join_modifiers(found, tokens, text), tokens)


def _people(tokens: Tokens, named: Sequence[tuple[int, int, int]]) -> list[Source]:
    """The persons named, each with the titles and roles before the name: CTA chairman [Patrick Mulcahy]."""
    sources: list[Source] = []
    floor = 0
    for start, end, person in named:
        head, last = tokens.at(start), tokens.at(end - 1)
        if head >= len(tokens.words) or tokens.starts[head] >= end or tokens.quotes[head] >= 0:
            continue
        first = head
        while first > floor and head - first < MAX_PHRASE and before_name(tokens, first - 1, head):
            first -= 1
        if tokens.lower[first] == "'s" and sources and sources[-1].last == first - 1:
            first = sources[-1].first       # [Roe's manager Jo Poe], of whom Roe is a part
        last = min(last, len(tokens.words) - 1)
        while last + 1 < len(tokens.words) and follows_name(tokens, last + 1):
            last += 1
        sources.append(Source(first, head, last, "person", "", person))
        floor = last + 1
    return sources


def _is_heading(tokens: Tokens) -> bool:
    """Whether a paragraph is a heading and no line that names who speaks: Oddest Trip In Her Life:"""
    words = [word for word in tokens.words if word[0].isalnum()]
    return (
        tokens.words[-1:] == [":"] and 1 < len(words) <= _MAX_HEADING and not any(word[0].islower() for word in words)
        and any(word.lower() in _SMALL_WORDS for word in words[1:])
    )


def _pronouns(tokens: Tokens) -> list[Source]:
    """Pronouns by the subject form of their person: him as he, we as I. What is no subject is inner: it seldom
    speaks."""
    return [
        Source(
            position,
            position,
            position,
            "pronoun",
            "i" if lower == "we" else lexicon.SUBJECT_OF.get(lower, lower),
            inner=lower in ("his", "her"),
        )
        for position, lower in enumerate(tokens.lower)
        if lower in _PRONOUNS
        and (lower in lexicon.SUBJECT_OF or _verb_behind(tokens, position) in _REPORTING[lower])
    ]


def _verb_behind(tokens: Tokens, position: int) -> str:
    """The word behind a subject, adverbs passed over; "" if there is none."""
    after = position + 1
    while after < len(tokens.words) and lexicon.is_adverb(tokens.lower[after]):
        after += 1
    return tokens.lower[after] if after < len(tokens.words) else ""


def _others(tokens: Tokens) -> list[Source]:
    """«while another said», «One told the Post», «according to one»: sources without a noun."""
    return [
        Source(position, position, position, "unnamed", tokens.words[position])
        for position, lower in enumerate(tokens.lower[:-1])
        if lower in ALONE and is_alone(tokens, position) and tokens.lower[position - 1:position] != ["no"]
    ]


def _handles(tokens: Tokens) -> list[Source]:
    """Accounts by their handles: «tweeted @calderferry», «user ferryfan71 demands»."""
    return [
        Source(position, position, position, "unnamed", tokens.words[position])
        for position, word in enumerate(tokens.words)
        if not word.isalpha()       # most words are, and no handle is: cheaper to ask than the rest
        and is_handle(tokens, position) and position + 1 < len(tokens.words) and is_alone(tokens, position)
    ]


def _marked(tokens: Tokens, text: str) -> list[Source]:
    """Those who are named between marks: A "senior aide" told us; "Adeyemi" explains that."""
    found = []
    for position in (at for at, quote in enumerate(tokens.quotes) if quote >= 0):
        name = text[tokens.starts[position]:tokens.ends[position]].strip("'‘’\"“”„«» ")
        words = name.split()
        verb = _verb_behind(tokens, position)
        if not 0 < len(words) <= _MOST_MARKED or not name[-1].isalnum() or verb not in lexicon.SPEECH_VERBS:
            continue
        after = tokens.lower.index(verb, position) + 1
        opened = position > 0 and tokens.lower[position - 1] in ("a", "an", "the", "one")
        named = all(word[0].isupper() for word in words) and tokens.lower[after:after + 1] and (
            tokens.lower[after] in (",", ":", "that", QUOTE))
        if opened and not name[0].isupper() or named:
            found.append(Source(position - opened, position, position, "unnamed", name))
    return found


def _parts(tokens: Tokens, text: str, found: Sequence[Source]) -> list[Source]:
    """«one of Adeyemi's neighbors», «some of the group», «one from Calder»: a few of what another source names."""
    by_first = {source.first: source for source in found if source.kind in ("organisation", "person", "unnamed")}
    return [
        Source(position, position, whole.last, "unnamed", text[tokens.starts[position]:tokens.ends[whole.last]])
        for position, lower in enumerate(tokens.lower[:-2])
        if lower in PARTS
        and (tokens.lower[position + 1] == "of" or lower in ALONE and tokens.lower[position + 1] in _FROM)
        and position not in by_first
        and (whole := by_first.get(position + 2)) is not None
        and tokens.lower[whole.last + 1:whole.last + 2] not in (["'s"], ["'"])
    ]


def _organisations(tokens: Tokens, text: str, taken: list[bool]) -> list[Source]:
    """Runs of capitalised words that are no person: the Riverhead Foundation, NBC New York, ICE."""
    sources = []
    position = 0
    while position < len(tokens.words):
        if taken[position] or tokens.words[position].islower() or not capital(tokens, position):
            position += 1
            continue
        last = end_of_name(tokens, position, taken)
        if is_tag(tokens, position, last):
            position = last + 1
            continue
        if last > position and opens_sentence(tokens, position) and tokens.lower[position] in SENTENCE_OPENERS:
            position += 1  # «In 1969», «But Forbes»: the opener is no part of a name
            if not capital(tokens, position):
                continue
        if (day := end_of_day(tokens, position, last)) >= 0:
            position = day + 1
            continue
        if is_name(tokens, position, last):
            first = position - 1 if position and tokens.lower[position - 1] == "the" else position
            if _role_goes_on(tokens, position, last):
                position = last + 1
                continue
            name = text[tokens.starts[position]:tokens.ends[last]]
            kind: SourceKind = "organisation"
            role = all(tokens.lower[each] in _ROLE_WORDS for each in range(position, last + 1))
            if role and not name.isupper() and not is_outlet(name):
                kind = "unnamed"
                name = text[tokens.starts[first]:tokens.ends[last]]
            sources.append(Source(first, position, last, kind, name))
            for each in range(first, last + 1):
                taken[each] = True
        position = last + 1
    return sources


def _role_goes_on(tokens: Tokens, position: int, last: int) -> bool:
    """Whether capitalised role words are only the beginning of a phrase: [Police] sources said."""
    following = tokens.lower[last + 1] if last + 1 < len(tokens.words) else ""
    if position == last and opens_sentence(tokens, position) and not (
            following in CUES or following in ENDS_PHRASE):
        noun = tokens.words[last + 2:last + 3]
        speaking = noun and noun[0] in lexicon.SPEAKING_NOUNS and noun[0] not in CUES
        if following.isalpha() and speaking and tokens.words[last].istitle():
            return tokens.words[last + 1].islower()      # [Law] enforcement sources said
    return (
        following in lexicon.SPEAKING_NOUNS
        and following not in CUES
        and all(tokens.lower[each] in _ROLE_WORDS for each in range(position, last + 1))
    )


def _unnamed(tokens: Tokens, text: str, taken: list[bool], people: Sequence[Source]) -> list[Source]:
    """Phrases without a name that can speak: a neighbor, police sources, the victim's sister, one worker.
    One that ends in a person's name belongs to the person."""
    named = {
        position for person in people if person.kind == "person" for position in range(person.first, person.last + 1)
    }
    sources = []
    position = 0
    possessors = {
        source.first: source.last + 2
        for source in people
        if tokens.lower[source.last + 1:source.last + 2] == ["'s"]
    }
    while position < len(tokens.words):
        if position in possessors:  # Brooks's parents, the Post's sources
            last = end_of_phrase(tokens, possessors[position]) if possessors[position] < len(tokens.words) else -1
            if last >= 0 and last not in named:
                sources.append(
                    Source(position, position, last, "unnamed", text[tokens.starts[position]:tokens.ends[last]])
                )
                position = last + 1
                continue
        last = -1 if taken[position] and tokens.lower[position] != "the" else end_of_phrase(tokens, position)
        if last == position and tokens.lower[position] in CUES and position and taken[position - 1]:
            last = -1  # a verb with its subject before it: NBC [reports]
        if last >= position and last not in named and not all(taken[position:last + 1]):
            sources.append(
                Source(position, position, last, "unnamed", text[tokens.starts[position]:tokens.ends[last]])
            )
            position = last + 1
        else:
            position += 1
    return sources


def _closed_apposition(tokens: Tokens, last: int | None) -> bool:
    """Whether a name that ends with this token is set off on its other side too: …, Jo Roe, or a verb."""
    return last is not None and (last + 1 >= len(tokens.words) or tokens.words[last + 1] in (",", "(", ".", QUOTE))


def _goes_on(tokens: Tokens, last: int) -> bool:
    """Whether a list goes on behind a token: the mayor, Harbor Hands, and the Dispatch said."""
    return tokens.words[last + 1:last + 2] == [","] and tokens.lower[last + 2:last + 3] in (["and"], ["or"])


def _is_credited(tokens: Tokens, source: Source) -> bool:
    """Whether a source only has the credit for a picture: photographs by [Jo Roe]."""
    return tokens.lower[source.first - 1:source.first] in (["by"], ["via"]) and source.first > 1 and (
        tokens.lower[source.first - 2] in _PICTURES)


def _mark_inner(sources: list[Source], tokens: Tokens) -> list[Source]:
    """Sources within a longer one are part of its description; so is «the chef» in «the chef, Jo Roe,». Whoever took a
    picture says nothing by that."""
    names = {source.first: source.last for source in sources
             if source.kind == "person" or source.kind == "organisation" and not _goes_on(tokens, source.last)}
    marked: list[Source] = []
    furthest = -1
    for source in sources:
        inside = (source.last <= furthest and source.kind != "pronoun") or _is_credited(tokens, source) or (
            source.kind == "unnamed"
            and tokens.words[source.last + 1:source.last + 2] == [","]
            and _closed_apposition(tokens, names.get(source.last + 2))
        )
        marked.append(replace(source, inner=True) if inside else source)
        furthest = max(furthest, source.last)
    return marked
