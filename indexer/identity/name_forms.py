"""The forms of full names as they are compared across the archive: without titles, accents, marks and nicknames."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from indexer.language import LOWER_PARTICLES, NEVER_GIVEN, POST_NOMINALS, ROLES, TITLES_AND_NAMES, key_of, usage

_GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv", "v"))
_DEGREES = frozenset(("esq", "phd", "md", "jd", "dds", "rn"))
_NICKNAME = re.compile(r"(?<!\S)[\"“'‘(]([^\"”'’)]{1,30})[\"”'’)](?= )")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?")
_NO_LETTER = re.compile(r"[\W_]+")
_GROWN = re.compile(r"[A-Z][a-z]{3,}(?=[A-Z][a-z])")
_WITHOUT_DECOMPOSITION = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"})
# Titles that are given names, surnames or particles but for their capitals or dots: Ada, Ag, Da, Pc.
_SHOUTED_TITLES = frozenset("da ada ag mp msp mep mla pc dc ds di".split())
NAMES_IN_MEMORY = 200_000   # of which the form is worked out once: a large archive prints each a few times
_USUAL = 3            # how usual a given name is, at least, that the end of a word is taken for one


class NameForm(NamedTuple):
    """A full name as names are compared: folded, without nickname. middle has words and initials. It is a tuple because
    it is looked up in tables a million times in a large archive."""

    given: str
    middle: tuple[str, ...]
    surname: str
    generation: str = ""
    apart: str = ""               # the user's own name for one of several people: never joined with anything
    namesake: int = 0             # of several people with this name, all but the most frequent are numbered from 2

    @property
    def is_one_of_several(self) -> bool:
        """Whether others have the name, so that it says nothing about who this is."""
        return bool(self.apart or self.namesake)

    @property
    def words(self) -> tuple[str, ...]:
        if not self.middle and self.surname.isalpha():             # as of most
            return self.given, self.surname
        return self.given, *self.middle, *self.surname.split()

    @property
    def letters(self) -> tuple[str, str]:
        """Equal for spellings of one name: J.T., J. T. and JT; Mei-Ling, Mei Ling and Meiling. An initial behind a
        given name remains a word, unless the surname is initials too: Ann A. Lee is no Anna Lee, Ann A.L. is Ann AL."""
        words = [word if word.isalpha() else _NO_LETTER.sub("", word) for word in self.words]
        if len(words) == 2 and len(words[1]) > 1:
            return "".join(words), self.generation
        first = len(words[0]) if len(words) < 3 or any(len(word) > 1 for word in words[1:]) else 1
        written = (f" {word} " if at and len(word) == 1 < first else word for at, word in enumerate(words))
        return "".join(written), self.generation


@lru_cache(NAMES_IN_MEMORY)
def name_form(name: str) -> NameForm | None:
    """The parts of a full name; None if it is a surname only, with its particles or without."""
    if name.count(" ") == 1 and is_plain(name):                # as most are: the same as below, in fewer steps
        given, _, surname = name.lower().partition(" ")
        if given and surname and surname not in _GENERATIONS:
            return None if given in NEVER_GIVEN else NameForm(given, (), surname)
    printed = [word for each in plain_words(name) for word in _initials(each)]
    keys = list(map(_word, printed))
    words = list(filter(None, keys))
    generation = words.pop() if len(words) > 1 and words[-1] in _GENERATIONS else ""
    if len(words) > 2 and words[1] in ("jr", "sr"):
        generation = words.pop(1)
    if len(words) < 2 or all(word in NEVER_GIVEN for word in words[:-1]):
        return None
    start = len(words) - 1
    if start > 1 and words[start - 1] in LOWER_PARTICLES:
        # Not the initial of Ann E. Lee.
        particles = {key for key, word in zip(keys, printed) if len(word) > 2 or not word[0].isupper()}
        while start > 1 and words[start - 1] in LOWER_PARTICLES & particles:
            start -= 1
    return NameForm(words[0], tuple(words[1:start]), " ".join(words[start:]), generation)


def odd_words(name: str) -> int:
    """How many words of a name are nobody's, as in a misprint."""
    form = name_form(name)
    return sum(not any(usage(word)[1:3]) and len(word) > 1 for word in form.words) if form else 0


def is_full_name(name: str) -> bool:
    """Whether a name is more than a surname or a nickname."""
    return name_form(name) is not None


def plain_words(name: str) -> list[str]:
    """The words of a name as they are printed, without title and nickname."""
    return without_title(name if is_plain(name) else _NICKNAME.sub("", name)).split()


def is_plain(name: str) -> bool:
    """Whether a name is words of ASCII letters and nothing else, as nearly all are: it has no nickname, no dots."""
    return name.isascii() and name.replace(" ", "").isalpha()


def shown_name(name: str, form: NameForm) -> str:
    """A name as it is printed, without titles and without the words that its form does without."""
    if name.count(" ") < 2 and is_plain(name):
        return name.strip()
    read = name_form(name)
    if read is None or len(read.words) <= len(form.words):
        return without_title(name)
    return " ".join(word for word in plain_words(name) if _word(word) in form.words)


@lru_cache(NAMES_IN_MEMORY)
def without_title(name: str) -> str:
    """A name without the titles before it and the degrees and honours behind it, if a full name is left."""
    words = name.split()
    while len(words) > 2 and _is_honour(words[-1], name):
        words.pop()
    while len(words) > 2 and _is_title(words[0], name):
        words.pop(0)
    return " ".join(words).rstrip(",")


def _is_title(word: str, name: str) -> bool:
    """Whether the first word of three or more is a title: D.A., MP, Cllr, Councilwoman; not Dean or Ada."""
    key = key_of(word).replace(".", "")
    if key in _SHOUTED_TITLES:
        return word.isupper() and not name.isupper()
    return key in ROLES and key not in TITLES_AND_NAMES and usage(key).given < 1


def _is_honour(word: str, name: str) -> bool:
    """Whether the last word is a degree, or letters that show a seat or an honour."""
    key = key_of(word.strip(",()")).replace(".", "")
    return key in _DEGREES or key in POST_NOMINALS and word.strip(",()").isupper() and not name.isupper()


def _initials(word: str) -> list[str]:
    """J.T. is two words, as J. T. is."""
    if "." not in word:
        return [word]
    return word.rstrip(",").replace(".", " ").split() if _INITIALS.fullmatch(word.rstrip(",")) else [word]


def _word(word: str) -> str:
    if word.isalpha() and word.isascii():
        return word.lower()
    return key_of(word.strip(",\"“”()").translate(_WITHOUT_DECOMPOSITION))


def nickname_form(name: str, form: NameForm) -> NameForm | None:
    """The same name with the nickname that is printed inside it: Margaret "Peggy" Lunt → Peggy Lunt."""
    found = None if is_plain(name) else _NICKNAME.search(name)
    if found is None or not found.start() or len(found.group(1).split()) > 1:
        return None
    nickname = _word(found.group(1).strip(","))
    return NameForm(nickname, (), form.surname, form.generation) if nickname.isalpha() else None


def grown_form(name: str, form: NameForm) -> tuple[NameForm, str] | None:
    """The same name without a word that has grown onto its given name, and that word: TugboatSam Fenn → Sam Fenn."""
    if not _GROWN.search(name):
        return None
    word = plain_words(name)[0]
    grown = _GROWN.match(word)
    if grown is None or usage(grown.group()).given:
        return None
    given = _word(word[grown.end():])
    if usage(given).given < _USUAL:
        return None
    return NameForm(given, form.middle, form.surname, form.generation), key_of(grown.group())


def hyphenless_form(name: str) -> NameForm | None:
    """Of a name of one word with a hyphen, what it is with a blank instead: Lee-Roy → Lee Roy."""
    return name_form(name.replace("-", " ")) if "-" in name and " " not in name else None


def is_handle(name: str) -> bool:
    """Whether a name is that of an account, which shows nobody's name for certain."""
    return name.startswith("@") or "_" in name or any(letter.isdigit() for letter in name)


def sort_key(form: NameForm) -> tuple[str, str, tuple[str, ...], str, str, int]:
    return form.surname, form.given, form.middle, form.generation, form.apart, form.namesake


@lru_cache(NAMES_IN_MEMORY)
def name_key(name: str) -> str:
    """A name as names are compared: small letters, without accents and dots."""
    if is_plain(name):
        return " ".join(name.lower().split())
    return " ".join(key_of(word) for word in name.split())


def apart_form(name: str) -> NameForm:
    """The form of one of several people of a name, whom the user calls so."""
    return NameForm("", (), name_key(name), "", name)


@lru_cache(NAMES_IN_MEMORY)
def slug_of(name: str) -> str:
    """A name as it is in an address: "Renée O'Rourke" → renee-orourke."""
    key = name_key(name)
    if key and is_plain(key):
        return key.replace(" ", "-")
    return re.sub(r"[^a-z0-9]+", "-", key.replace("'", "")).strip("-") or "person"
