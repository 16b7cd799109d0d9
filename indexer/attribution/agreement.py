"""Whether a speaker agrees with a pronoun in gender and number, as far as names, titles and nouns tell them."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.attribution.parsed_article import ParsedArticle
from indexer.attribution.phrases import Source
from indexer.attribution.speakers import Speaker, is_outlet
from indexer.language import PLACES, ROLES, THING_ENDINGS, lexicon
from indexer.people import gender

_BEHIND_HEAD = re.compile(r" (?:of|from|at|in|on|who|for|with|that|whose|by|to|near|familiar|close|briefed) ")
_POINT = re.compile(r"([a-z\d-]+)\.\s")
_WORDS = re.compile(r"[a-z-]+|[!?;:\"”]")
_PLURAL = re.compile(r"(?:[^s]s|men|women|people|police|children|family|couple)$")

# What a title ends with right before a name; behind any other word the noun is somebody else's: the mayor met Jo Roe.
_TITLES = lexicon.SPEAKING_NOUNS | lexicon.TITLES | ROLES


class Agreement:
    """The genders of an article's persons, and what agrees with a pronoun."""

    def __init__(self, parsed: ParsedArticle) -> None:
        self._parsed = parsed
        self._genders: dict[int, str | None] = {}
        self._titles: dict[int, set[str]] = {}
        self._agreeing: dict[tuple[int, str, str, str], str | None] = {}

    def gender(self, number: int) -> str | None:
        """The gender of a person by number: m, f or None; by what the article calls the person, else by given name."""
        if number not in self._genders:
            person = self._parsed.people[number]
            words = set(re.findall(r"[a-z-]+", (person.description or "").lower())) | self.title_words(number)
            male, female = words & lexicon.MALE, words & lexicon.FEMALE
            self._genders[number] = (
                "m" if male and not female else "f" if female and not male else gender(person.name)
            )
        return self._genders[number]

    def title_words(self, number: int) -> set[str]:
        """The words right before a person's names: Mr., Councilwoman, spokesman."""
        if number not in self._titles:
            self._titles[number] = set()
            for mention in self._parsed.people[number].mentions:
                if mention.span:
                    before = self._parsed.text[max(0, mention.span.start - 40):mention.span.start].lower()
                    words = _WORDS.findall(_last_sentence(before))[-2:]
                    self._titles[number].update(words if words and words[-1] in _TITLES else ())
        return self._titles[number]

    def of(self, speaker: Speaker, source: Source, wanted: str) -> str | None:
        """How a speaker agrees with a pronoun, as a feature; None if it cannot. wanted: the gender and number of the
        pronoun as lexicon.PRONOUNS gives them."""
        key = (speaker.person, speaker.kind, source.name, wanted)
        if key not in self._agreeing:
            self._agreeing[key] = self._of(speaker, source, wanted)
        return self._agreeing[key]

    def _of(self, speaker: Speaker, source: Source, wanted: str) -> str | None:
        if speaker.person >= 0:
            sex = self.gender(speaker.person)
            if wanted == "i":
                return None
            if wanted == "n":
                return "one person for they"
            return None if sex and sex != wanted else "person of gender" if sex else "person of any gender"
        if speaker.kind == "organisation":
            return "organisation" if wanted in ("n", "i") else None
        words = source.name.lower().replace("’", "'").split()
        head = head_noun(source.name)
        many = bool(_PLURAL.search(head))
        if wanted == "i":
            return "thing" if head in lexicon.DOCUMENT_NOUNS or head in lexicon.ORGANISATION_NOUNS else None
        if wanted == "n":
            return None if head in lexicon.DOCUMENT_NOUNS else "many" if many else "one for they"
        if many or head in lexicon.NO_PERSONS:
            return None
        male, female = set(words) & lexicon.MALE, set(words) & lexicon.FEMALE
        if (male and wanted == "f") or (female and wanted == "m"):
            return None
        return "unnamed of gender" if male or female else "unnamed of any gender"


def _last_sentence(text: str) -> str:
    """What of a text in small letters belongs to its last sentence: … met the sergeant. [Then dr. ]"""
    ends = [match.end() for match in _POINT.finditer(text) if match[1] not in lexicon.TITLES]
    return text[ends[-1]:] if ends else text


def may_be_person(name: str) -> bool:
    """Whether a name that is taken for an organisation's is built as a person's: Sullenby, Max Orrin; not the FDNY."""
    words = name.split()
    return len(words) < 3 and all(word.isalpha() and not word.isupper() for word in words) and not (
        name.lower() in PLACES or is_outlet(name) or words[-1].lower() in THING_ENDINGS
        or {word.lower() for word in words} & lexicon.NO_PERSONS)


@lru_cache(maxsize=5_000)           # an article asks again and again
def head_noun(name: str) -> str:
    """The noun that a phrase is about: owner of «the owner of the bar»."""
    words = _BEHIND_HEAD.split(name.lower().replace("’", "'").removeprefix("one of "))[0].split()
    while len(words) > 2 and words[-1].endswith("ing") and words[-2] in lexicon.SPEAKING_NOUNS:
        words.pop()  # the group [trying]
    return words[-1] if words else ""
