"""Proper names: where a run of capitalised words begins and ends, and when a capital only opens a sentence."""

from __future__ import annotations

import re

from indexer.attribution.noun_phrases import CUES, ENDS_PHRASE, SENTENCE_OPENERS, is_age
from indexer.attribution.tokens import Tokens
from indexer.language import CALENDAR, LINKING_NOUNS, POST_NOMINALS, ROLES, lexicon

_PARTY = re.compile(r"[RDI]-[A-Z][a-z]*\.?$")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_STATE = re.compile(
    r"A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]")
_ADJECTIVE = re.compile(r"[^-]*[A-Z][^-]*-[a-z]{3,}")      # Calder-based, iPad-loving
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]|\d[A-Z]|\.(?:com|org|net|info|tv)$")   # CityRoom, Harbor50.com
# Adjectives of roles: [senior] residential manager Jo Roe.
_RANKS = frozenset("senior junior acting deputy assistant associate vice executive longtime veteran".split())
_BEFORE_NAMES = (lexicon.TITLES | ROLES) - {"council", "general"}     # these end the name of an office, too
_HUMANS = lexicon.SPEAKING_NOUNS - lexicon.NO_PERSONS
_CHIEFS = _HUMANS - LINKING_NOUNS
_SUNDAY_PAPERS = frozenset("mail independent scotland wales".split())      # the Mail on Sunday
_PERSONS = (lexicon.SPEAKING_NOUNS | lexicon.TITLES | ROLES) - lexicon.NO_PERSONS
_OPENING = lexicon.DETERMINERS | lexicon.POSSESSIVE_PRONOUNS | {"the", "'s"}
_APPOSED = 7        # tokens of an apposition
_TYING = frozenset({"of", "in", "for", "at", "to"})      # between a role and whose it is
_NAME_JOINS = frozenset({"of", "for", "the", "&", "and", "de", "at", "on", "'s"})


def capital(tokens: Tokens, position: int) -> bool:
    word = tokens.words[position]
    if word.islower():
        return False
    return word[0].isupper() or word[0].isdigit() and word[-1].isupper() or word[0].islower() and len(word) > 2


def end_of_name(tokens: Tokens, position: int, taken: list[bool]) -> int:
    last = position
    ahead = position + 1
    while ahead < len(tokens.words) and ahead - last <= 2 + (tokens.lower[ahead - 2:ahead] == ["of", "the"]):
        if taken[ahead]:
            break
        joined = tokens.words[last] in ("Of", "In", "For")
        if (tokens.words[ahead] == "The" and ahead == last + 1 and not joined) or is_verb(tokens, ahead):
            break  # «… made in the U.S. The Times added»
        if (
            tokens.words[ahead] == "."
            and ahead == last + 1
            and tokens.lower[last] in ("st", "mt", "ft")
            and tokens.words[ahead + 1:ahead + 2]
            and tokens.words[ahead + 1][0].isupper()
        ):
            pass
        elif capital(tokens, ahead) or (
            tokens.words[ahead].isdigit() and ahead == last + 1 and len(tokens.words[ahead]) <= 4
        ):
            last = ahead
        elif _ORDINAL.fullmatch(tokens.words[ahead]) and ahead == last + 1:
            pass        # West [9th] Street
        elif tokens.lower[ahead] not in _NAME_JOINS or (
            tokens.lower[ahead] in ("and", "on", "at", "'s") and not _joined(tokens, ahead)
        ):
            break
        ahead += 1
    while last > position and tokens.lower[last] in _NAME_JOINS:
        last -= 1           # Friends Of
    return last


def _joined(tokens: Tokens, position: int) -> bool:
    """«Parks and Recreation», «Macy's Herald»: a capital on both sides, and neither two names in a list nor a day."""
    return (
        position + 1 < len(tokens.words)
        and capital(tokens, position + 1)
        and tokens.lower[position] != "at"
        and (
            tokens.lower[position] != "on"
            or tokens.lower[position + 1] not in CALENDAR
            or tokens.lower[position - 1] in _SUNDAY_PAPERS
        )
        and (
            tokens.lower[position] != "and"
            or position + 2 >= len(tokens.words)
            or tokens.lower[position + 1] not in CUES
        )
    )


def end_of_day(tokens: Tokens, position: int, last: int) -> int:
    """The last token of a day that a capitalised run only begins with: [March 22] Westminster, [Monday] the Harbor
    Board; -1 if it begins with none."""
    if tokens.lower[position] not in CALENDAR or last == position:
        return -1
    following = tokens.words[position + 1]
    return position + 1 if following.isdigit() else position if following in ("the", "The") else -1


def opens_sentence(tokens: Tokens, position: int) -> bool:
    return (
        position == 0
        or tokens.sentences[position] != tokens.sentences[position - 1]
        or tokens.quotes[position - 1] >= 0
    )


def is_tag(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a capitalised run is a party with a state (R-Maine), the state behind a town (Calder, CT) or the place
    that a dispatch is sent from (HELENA, Mont. — …): nobody who speaks."""
    if _PARTY.match(tokens.words[first]):
        return True
    if first == last and first > 1 and tokens.words[first - 1] == "," and _STATE.fullmatch(tokens.words[first]):
        return capital(tokens, first - 2)
    after = tokens.words[last + 1:last + 2]
    shouted = first == 0 and len(tokens.words[0]) > 3 and tokens.words[0].isupper()
    return shouted and after in (["-"], ["—"], ["–"], [","], ["("])


def is_verb(tokens: Tokens, position: int) -> bool:
    """Whether a capitalised word within a sentence is a verb of speech all the same: a rider Tweeted."""
    lower = tokens.lower[position]
    return (
        lower in lexicon.SPEECH_VERBS
        and (lower.endswith("ed") or lower in ("said", "says", "wrote", "writes", "told", "tells"))
        and not opens_sentence(tokens, position)
    )


def is_name(tokens: Tokens, position: int, last: int) -> bool:
    """Whether a capitalised run is more than the first word of a sentence."""
    if last > position:
        return not (tokens.lower[position] in SENTENCE_OPENERS and last - position < 1)
    word, lower = tokens.words[position], tokens.lower[position]
    if (
        lower in SENTENCE_OPENERS
        or _ADJECTIVE.fullmatch(word) is not None
        or is_verb(tokens, position)
        or lower.split("'")[0] in ("i", "you", "we", "it", "that", "here")
        or lower.split("-")[-1] in CALENDAR
        or len(word) < 2
        and not word.isupper()
    ):
        return False
    if not opens_sentence(tokens, position):
        return lower not in lexicon.TITLES or len(word) > 4
    following = tokens.lower[position + 1] if position + 1 < len(tokens.words) else ""
    return (
        (word.isupper() and len(word) > 1)
        or _INNER_CAPITAL.search(word) is not None
        or lower in lexicon.SPEAKING_NOUNS
        or following in CUES
        or following == "'s"
        or following == "," and _is_described(tokens, position + 2)
    )


def _is_described(tokens: Tokens, position: int) -> bool:
    """Whether a token begins an apposition that says what an organisation is: Loomly, [a meal-kit startup], said."""
    if tokens.lower[position:position + 1] not in (["a"], ["an"], ["the"]):
        return False
    words = tokens.lower[position:position + _APPOSED]
    end = next((at for at, word in enumerate(words) if not word[0].isalnum()), 0)
    return end > 1 and words[end] == "," and words[end - 1] in lexicon.ORGANISATION_NOUNS


def follows_name(tokens: Tokens, position: int) -> bool:
    """Whether a token is what follows a name in capitals: Jo Roe QC."""
    return tokens.lower[position] in POST_NOMINALS and tokens.words[position].isupper()


def _is_somebodys(tokens: Tokens, position: int, head: int) -> bool:
    """Whether a preposition ties a role to somebody who has a title: an aide [to] Deputy Mayor Jo Roe, but not the head
    [of] Public Works Jo Roe."""
    title = head - 2 if tokens.words[head - 1] == "." else head - 1
    return (
        tokens.lower[title] in _BEFORE_NAMES
        and tokens.words[title][0].isupper()
        and tokens.words[position - 1].islower()
        and tokens.lower[position - 1] in lexicon.SPEAKING_NOUNS
        and tokens.lower[position] in ("for", "of", "to")
    )


def _joins_roles(tokens: Tokens, position: int, head: int) -> bool:
    """Whether "and" joins two roles of one person: founder [and] organizer Jo Roe, the author [and] critic Jo Roe; but
    not the mayor [and] Councilman Jo Roe, or police [and] Mayor Roe."""
    second = any(_is_role(tokens, each) for each in range(position + 1, head))
    if position < 1 or not second or not _is_role(tokens, position - 1):
        return False
    first = position - 1
    while first and (tokens.words[first - 1][0].isupper() or _is_role(tokens, first - 1)) and (
            tokens.lower[first - 1] not in SENTENCE_OPENERS):
        first -= 1
    opener = tokens.lower[first - 1] if first else ""
    plain = tokens.words[first].islower() and tokens.words[position + 1].islower()
    return opener == "the" and plain or opener not in _OPENING


def _is_role(tokens: Tokens, position: int) -> bool:
    """Whether a word is the role of one person."""
    word = tokens.lower[position].rstrip(".")
    return word in _PERSONS and not word.endswith("s")


def _names_office(tokens: Tokens, position: int, head: int) -> bool:
    """Whether a word before a name says of what somebody is the chief: chief of [staff] Jo Roe; head of [security] Jo
    Roe; but not the mother of [victim] Jo Roe."""
    lower = tokens.lower[position]
    return (
        position + 1 == head and position > 1 and tokens.lower[position - 1] == "of"
        and tokens.lower[position - 2] in _CHIEFS
        and tokens.words[position].islower() and lower.isalpha()
        and lower not in _HUMANS and lower not in ENDS_PHRASE and lower not in CUES
    )


def _ties_role(tokens: Tokens, position: int) -> bool:
    """Whether a preposition belongs to a role: chief [of] Detectives; the officer [in] charge."""
    return (
        (tokens.words[position + 1][0].isupper() or tokens.lower[position + 1] == "charge")
        and (tokens.words[position - 1][0].isupper() or tokens.lower[position - 1] in lexicon.SPEAKING_NOUNS)
        and tokens.lower[position - 1] not in SENTENCE_OPENERS
        and tokens.lower[position - 1] not in CUES
    )


def before_name(tokens: Tokens, position: int, head: int) -> bool:
    """Whether a token can belong to the title or role before a name whose first token is head."""
    word, lower = tokens.words[position], tokens.lower[position]
    if lower in _TYING and (position + 1 == head or _is_somebodys(tokens, position, head)):
        return False  # a spokesman for Jo Roe, or for Mayor Roe, is neither
    if _names_office(tokens, position + (lower == "of"), head):
        return True
    if lower in _TYING and position:
        return _ties_role(tokens, position)
    if lower == "and":
        return _joins_roles(tokens, position, head)
    if word == ")" and position > 1 and tokens.words[position - 2] == "(":
        return True  # the short form of an organisation: Corporation (LDCCH) head Caple Spence
    if (
        word == "("
        and tokens.words[position + 2] == ")"
        or (tokens.words[position - 1:position] == ["("] and tokens.words[position + 1] == ")")
    ):
        return position > 0
    if lower == "charge" and tokens.lower[position - 1] == "in":
        return True
    if (
        lower in lexicon.SPEAKING_NOUNS
        or lower.rstrip(".") in lexicon.TITLES
        or lower in ("'s", "-", "/", "&", "former", "ex")
    ):
        return lower not in CUES or tokens.words[position][0].isupper() or lower in lexicon.SPEAKING_NOUNS
    if is_age(lower) or lower in _RANKS and position + 1 < head:
        return True
    if lower in SENTENCE_OPENERS or lower in CUES:
        return False
    return (
        word[0].isupper()
        or (word == "." and tokens.lower[position - 1] in lexicon.TITLES)
        or (
            word[0].isalpha()
            and position + 1 < len(tokens.words)
            and tokens.lower[position + 1] in lexicon.SPEAKING_NOUNS
            and lower not in ENDS_PHRASE
        )
    )
