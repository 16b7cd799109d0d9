"""Text to words, the same for documents and for queries, whatever the engine.

A word has a form (folded: lower case, without accents, apostrophes and possessives) and a stem, which is what
its forms share: parks, park's and Park are all the stem "park". Text fields match by stem, quoted single words
and names by form.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

from indexer.language import form_of, forms, words

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

_stemmer = Stemmer.Stemmer("english", 0)
_stemmer_lock = threading.Lock()


@lru_cache(maxsize=300_000)
def stem(form: str) -> str:
    """What the forms of a word share; words with digits are their own stem."""
    if not form.isalpha():
        return form
    with _stemmer_lock:                     # PyStemmer's objects are not safe from several threads
        return str(_stemmer.stemWord(form))


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
