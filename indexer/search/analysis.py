"""Text to words, the same for documents and for queries, whatever the engine.

A word has a form (folded: lower case, without accents, apostrophes and possessives) and a stem, which is what
its forms share: parks, park's and Park are all the stem "park". Text fields match by stem, quoted single words
and names by form.

Words that are written in several ways have one: e-mail is email, highrise is high rise, the stem of 2nd is that of
second. What would fold into another word does not: U.S. is not us, $5 is not 5, C++ is not C.
"""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

import Stemmer

from indexer.language import WORD, form_of, words

# The values of one field (a person's aliases, an article's quotations) are this far apart, so that no phrase runs from
# one into the next.
VALUE_GAP = 100

# Words without a subject. A query keeps them only if it has no other words, or between quotation marks.
STOP_WORDS = frozenset("""
    a about after all also am an and any are as at be because been before being but by can could did do does doing
    during each for from further had has have having he her here hers him his how i if in into is it its itself just
    me more most my no nor not of off on once only or other our ours out over own same she should so some such than
    that the their theirs them then there these they this those through to too under until up very was we were
    what when where which while who whom whose why will with would you your yours
    dont doesnt didnt isnt arent wasnt werent cant couldnt wont wouldnt shouldnt hasnt havent hadnt
    im ive ill youre hes shes theyre weve id whats whos
    tell find show article articles story stories news
""".split())

# What asks, in a question that begins with one of the first: not what is asked about.
QUESTION_WORDS = frozenset("who whom whose what when where which why how did does do has have was were is are".split())
ASKING_WORDS = STOP_WORDS | frozenset("""
    say says said saying tell told think thinks thought mention mentioned ever happen happens happened found called
""".split())

# Written with a hyphen or as one word, and never found by the half of it.
_HYPHENATED = (r"(?:e[-‐‑](?:mail|book|reader)|co[-‐‑]op|(?:wi|hi|sci)[-‐‑]fi|x[-‐‑]ray|t[-‐‑]shirt)[a-z]*"
               r"(?:['’]s)?")
# Written as one word, as two, or with a hyphen: of these words, the first of the two.
_COMPOUNDS = {first + second: (first, second) for line in """
    high rise, low rise, mid rise, town house, row house, web site, web page, health care, child care, day care,
    elder care, bike share, ride share, car share, cell phone, smart phone, video game, ice cream, food truck,
    fire truck, fire house, flash mob, street light, stop light, policy maker, paper work, bike lane, speed bump
""".splitlines() for pair in filter(None, map(str.strip, line.split(","))) for first, second in [pair.split()]}
_ORDINALS = {f"{number}{'st' if number == 1 else 'nd' if number == 2 else 'rd' if number == 3 else 'th'}": word
             for number, word in enumerate("""
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth""".split(), 1)}
_PRONOUNS = ("us", "it")           # which initials spell: U.S. and US, I.T. and IT

_WRITTEN = re.compile(
    rf"(?<![^\W_])(?i:{_HYPHENATED})(?![^\W_])"
    r"|[$£€]\d+(?:[.,]\d+)*(?![^\W_])"
    r"|(?<![^\W_])[A-Za-z](?:\+\+|#)(?![^\W_])"
    rf"|{WORD}")

_stemmer = Stemmer.Stemmer("english", 0)
_stemmer_lock = threading.Lock()


@lru_cache(maxsize=300_000)
def stem(form: str) -> str:
    """What the forms of a word share; words with digits are their own stem, ordinals that of their word."""
    form = _ORDINALS.get(form, form)
    if not form.isalpha():
        return form
    with _stemmer_lock:                     # PyStemmer's objects are not safe from several threads
        return str(_stemmer.stemWord(form))


def written(text: str) -> Iterator[re.Match[str]]:
    """The words of a text in order, as they are written, each with its place."""
    return _WRITTEN.finditer(text)


@lru_cache(maxsize=2_000)                   # quotations of one paragraph come one after the other
def forms(text: str) -> tuple[str, ...]:
    """The forms of the words of a text."""
    return tuple(form for word in _WRITTEN.findall(text) for form in forms_of(word))


@lru_cache(maxsize=300_000)
def forms_of(word: str) -> tuple[str, ...]:
    """The forms of one word as it is written: one, or two of a compound, or none."""
    form = form_of(word)
    if form in _PRONOUNS and (word.isupper() or "." in word):
        return (".".join(form),)
    if word[0] in "$£€":
        return (word[0] + form_of(word[1:]),)
    if word[-1] in "+#":
        return (form + word[1:],)
    return _parts(form) or ((form,) if form else ())


def _parts(form: str) -> tuple[str, ...]:
    """The two words of a compound, the second with its ending."""
    plural = form[-1:] == "s" and form not in _COMPOUNDS
    parts = _COMPOUNDS.get(form[:-1] if plural else form, ())
    return (parts[0], parts[1] + "s") if parts and plural else parts


@lru_cache(100)
def compounds_with(beginnings: frozenset[str]) -> frozenset[str]:
    """How compounds begin whose second word begins in one of these ways: "row" of rowhouse for "hou"."""
    wanted = tuple(beginnings)
    return frozenset(first for first, second in _COMPOUNDS.values() if second.startswith(wanted))


def positions(values: Iterable[str]) -> dict[str, list[int]]:
    """The forms of a text field with their positions, ascending; its values are VALUE_GAP apart."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    first = 0
    for value in values:
        found = forms(value)
        for place, form in enumerate(found, first):
            places[form].append(place)
        first += len(found) + VALUE_GAP
    return places


def name_positions(values: Iterable[str]) -> dict[str, list[int]]:
    """The forms of a field of names with their positions. An initial shares its place with the word after it,
    so that the name "Maria Santos" is found in "Maria T. Santos"; J.P. is two initials."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    place = 0
    for value in values:
        for form in name_forms(value):
            places[form].append(place)
            place += len(form) > 1
        place += VALUE_GAP
    return places


def name_forms(name: str) -> list[str]:
    """The folded words of a name, with J.P. as two initials."""
    found: list[str] = []
    for match in words(name):
        form = form_of(match.group())
        if "." in match.group() and form.isalpha():
            found.extend(form)
        elif form:
            found.append(form)
    return found
