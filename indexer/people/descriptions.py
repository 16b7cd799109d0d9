"""Descriptions: the role that an article gives a person before the name, "ferry captain Hank Sorensen", or behind
it, "Imani Brooks, a tenants' organizer from Saltmarsh,"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.language import (
    FUNCTION_WORDS, HONORIFICS, LINKING_NOUNS, LOWER_PARTICLES, PERSON_NOUNS, PERSON_VERBS, ROLES, key_of,
)
from indexer.people.name_candidates import NameCandidate

_AGE = r"(?:,? (?:aged? )?\(?\d{1,3}\)?(?=,))?"
_APPOSITION = re.compile(
    rf"{_AGE}(?:, (?:who (?:is|was) |then )?| \()(?=(?:an?|the|his|her|their|one|president|chair|head|director|owner|"
    r"executive|chief|former|co)\b)([^,.;:\n\"“”()—]{3,90})(?=[,.;)—]| – )")
# The words of a phrase up to where its first preposition, relative clause or verb begins.
_HEAD = re.compile(
    r"\b(?:of|at|in|for|from|with|on|who|whose|which|that|by|and|to|based|living|named|accused|charged)\b")
_SHORT = 4             # letters of a role that is written short: Sgt., Capt.
_LONGEST = 6           # words of a role in front of a name
_LONGEST_NAMES = 10    # the same with the names that it begins with
_BEFORE = 160          # characters before a name in which its role may be
_BREAK = re.compile(r"\n|—|--|…|\.\.\.")
# A name behind an opening mark, without a closing one.
_OPENED = re.compile(r"[\"“'‘(\[][^\W\d_a-z][\w'’-]*")
# Words that only open a sentence, unless a name goes on behind them: Long Island, New Hampton.
_OF_PLACES = frozenset("new long upper lower".split())
# Plurals whose possessive is a part of an organisation's name: the Firemen's League.
_OF_PEOPLE = re.compile(r"(?:men|children|people)['’]s\Z", re.IGNORECASE)
_OF_A_TIME = re.compile(r"(?:then|ex)-[A-Z]")
_NEVER_IN_NAMES = HONORIFICS | frozenset("the a an and or of i in on at for but".split())
_AUXILIARIES = frozenset("will would can could may might shall should must".split())      # will star Jo Roe
_FORMS_OF_ADDRESS = HONORIFICS - {"lady", "lord", "dame"}          # which a role never ends with: First Lady
# What somebody does to the one who is named behind it: we sent photographer Jo Roe.
_VERBS = frozenset("""
    saw see sees sent send sends gave give gives took take takes made make makes got get gets let put met indicate
    indicates show shows feature features depict depicts examine examines remember remembers join joins stress help
    helps want wants need needs
    """.split())
_ENDINGS = ("er", "or", "ist", "ian", "ant", "man", "woman", "person", "eur", "ess", "ee")
# What a person is to another one named elsewhere; alone it says nothing.
_KIN = frozenset("""
    son daughter husband wife brother sister mother father mom dad uncle aunt nephew niece grandfather grandmother
    grandpa grandma boyfriend girlfriend fiance fiancé fiancee fiancée friend partner victim suspect witness neighbor
    """.split())
_BEFORE_ROLES = frozenset(
    "former first top acting running managing leading sitting outgoing incoming famed disgraced".split())
_NO_ROLES = frozenset(
    "number letter order offer paper center corner summer winter power tower border chapter color error major".split())


def description(mentions: Sequence[NameCandidate], text: str) -> str | None:
    """The role given beside one of the mentions, one with the full name first; mentions in the order of the text."""
    for mention in mentions:
        if len(mention.words) > 1:
            found = _behind(mention, text) or _in_front(mention, text)
            if found:
                return found
    return next(filter(None, (_in_front(mention, text) for mention in mentions)), None)


def _behind(mention: NameCandidate, text: str) -> str | None:
    match = _APPOSITION.match(text, mention.end)
    if match is None:
        return None
    phrase = match.group(1).strip()
    head = _HEAD.split(phrase, maxsplit=1)[0].split()
    return phrase if head and is_person_noun(head[-1]) else None


def is_person_noun(word: str) -> bool:
    """Whether a noun says what somebody is: by table, or by its ending (-er, -ist, -woman)."""
    key = key_of(word)
    if key in ROLES or key in LINKING_NOUNS or key in PERSON_NOUNS:
        return True
    return len(key) > 5 and key.endswith(_ENDINGS) and key not in _NO_ROLES


def _in_front(mention: NameCandidate, text: str) -> str | None:
    """The words before a name up to its role, without "the" and without what belongs to the sentence."""
    start = mention.start
    if start and text[start - 1] == "[":
        start -= 1
    if text[start - 1:start] != " ":
        return None
    words = _BREAK.split(text[max(0, start - _BEFORE):start])[-1].split()
    if len(words) > 1 and key_of(words[-1]) in _FORMS_OF_ADDRESS and _is_role(words[-2]):
        words.pop()                   # Health Commissioner Dr. Jo Roe
    if not words or not _is_role(words[-1]) or _is_verb(words):
        return None
    phrase = [words.pop()]
    while words and phrase[0][0].isalnum() and (
            _belongs(words[-1], phrase[0], len(phrase)) or _is_in_name(words, phrase)):
        phrase.insert(0, words.pop())
    opened = _OPENED.fullmatch(words[-1]) if words and phrase[0][0].isupper() else None
    if opened and key_of(words[-1][1:]) not in FUNCTION_WORDS:
        phrase.insert(0, words.pop())
    phrase[0] = phrase[0].lstrip("\"“'‘([—–-*•")
    is_mere_title = len(phrase) == 1 and key_of(phrase[0]) in HONORIFICS or key_of(phrase[-1]) in _FORMS_OF_ADDRESS
    return None if is_mere_title else " ".join(phrase)


def _is_role(word: str) -> bool:
    key = key_of(word)
    ends = word[-1] in ",;:" or word[-1] == "." and len(key) > _SHORT
    return not ends and (key in ROLES or key in PERSON_NOUNS) and key not in _KIN


def _is_verb(words: Sequence[str]) -> bool:
    """Whether the last of words is what somebody will do to the one who is named behind it: will star Jo Roe."""
    return len(words) > 1 and words[-1].islower() and words[-2] in _AUXILIARIES


def _is_in_name(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether the last of words is a part of a name though it is no noun, since it is written large inside a sentence:
    the Tonight Show host."""
    word, before = words[-1], words[-2] if len(words) > 1 else "."
    is_large = word.isalpha() and word[0].isupper() and phrase[0][0].isupper() and len(phrase) < _LONGEST_NAMES
    return is_large and len(phrase) > 1 and before[-1].isalpha() and key_of(word) not in _NEVER_IN_NAMES


def _belongs(word: str, following: str, taken: int) -> bool:
    """Whether a word is part of the noun phrase that ends in a role, of which so many words are taken; before one in
    capitals small words are rather the sentence's: "met President"."""
    key, is_name = key_of(word), word[0].isupper() and following[0].isupper()
    if taken >= (_LONGEST_NAMES if is_name else _LONGEST) or not word[0].isalnum():
        return False
    if is_name and (key in _OF_PLACES or _OF_PEOPLE.search(word)):
        return True
    if key in FUNCTION_WORDS and key not in _BEFORE_ROLES or key in PERSON_VERBS or word in _VERBS:
        return False
    if word.endswith((".", ",", ":", ";", "'s", "’s", ")", "\"", "”", "—")) and word[-2:] != "S.":
        return False
    if word[0].islower() and following[0].isupper():
        is_named = key in LOWER_PARTICLES or _OF_A_TIME.match(word) is not None
        return is_named or key in _BEFORE_ROLES or is_person_noun(word)
    return not key.endswith(("ing", "ly", "ed")) or key in _BEFORE_ROLES
