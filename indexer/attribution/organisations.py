"""The organisations that an article names: initials and short forms spelled out, and whose an address is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from indexer.attribution.parsed_article import ParsedArticle
from indexer.attribution.phrases import Source
from indexer.attribution.speakers import Speaker, is_outlet, without_article
from indexer.language import FUNCTION_WORDS, PLACES, THING_ENDINGS

_MOST_NAMES = 200       # names of one article that are spelled out, and that its addresses are compared with
_BODY = re.compile(
    r"(?:Group|Inc|Co|Corp|Company|Department|Association|Foundation|Society|Council|Club|Union|University|College"
    r"|School|Hospital|Museum|Brewing|Records|Realty|Properties|Partners|Management|Theater|Center|Institute|Agency"
    r"|Authority)\b"
)
_RUN = re.compile(r"\b[A-Z][a-z][\w'’-]*(?: (?:(?:of|the|and|for|on|in|to|&) ){0,2}[A-Z][\w'’-]*)+")
_BRACKETED = re.compile(r"[ \"”]*\(\W*([A-Z]{2,6})\b")
_MOST_WORDS = 9         # of one run


_NAMES = re.compile(r"\b[A-Z][\w&’'-]*(?: [A-Z][\w&’'-]*){1,4}")


@dataclass(frozen=True, slots=True)
class Shortened:
    """Names of several words by the initials that follow them in brackets, and by their initials."""

    introduced: dict[str, str]
    initials: dict[str, str]


class Organisations:
    """The organisations of one article."""

    def __init__(self, parsed: ParsedArticle) -> None:
        self._parsed = parsed
        self._full: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._endings: dict[str, set[str]] | None = None
        self._persons = [person.name for person in parsed.people[:_MOST_NAMES]]
        self._hosts: dict[str, list[Speaker]] = {}

    def full_name(self, name: str) -> str:
        """The long name that the article prints for initials (HHS), a first word (Slate for Slate Property Group), a
        last one (the Alliance) or an abbreviation (the Parks Dept.); the name itself if it prints none."""
        if name not in self._full:
            if len(self._full) >= _MOST_NAMES:
                return name
            self._full[name] = (
                self._spelled_out(name) or self._longer(name) or self._by_ending(name) or self._undotted(name)
            )
        return self._full[name]

    def count(self, name: str) -> int:
        """How often the article prints a name."""
        if name not in self._counts:
            self._counts[name] = self._parsed.text.count(name)
        return self._counts[name]

    def at(self, url: str) -> list[Speaker]:
        """Those that an address belongs to: the NY Times of nytimes.com."""
        host = _host_of(url)
        if not host:
            return []
        if host not in self._hosts:
            found = [each for folded, each in self._by_folded_name.items() if folded in host]
            self._hosts[host] = [
                Speaker(name, "organisation", "name", read.tokens.span(source.head, source.last))
                for name, number, source in found if (read := self._parsed.paragraph(number))]
        return self._hosts[host]

    @cached_property
    def _long_names(self) -> list[tuple[str, int]]:
        """The names of several words that the article prints, each with where it ends."""
        return [(run[0].removeprefix("The "), run.end()) for run in _RUN.finditer(self._parsed.text)]

    @cached_property
    def _shortened(self) -> Shortened:
        """Those names, and parts of them, by what may be short for them."""
        found = Shortened({}, {})
        for whole, end in self._long_names:
            bracketed = _BRACKETED.match(self._parsed.text, end)
            for name, letters in _parts_of(whole):
                if bracketed and whole.endswith(name) and bracketed[1] == letters:
                    found.introduced.setdefault(letters, name)
                if letters not in found.initials and self._is_no_person(name):
                    found.initials[letters] = self._with_end(name, whole)
        return found

    @cached_property
    def _by_first_word(self) -> dict[str, str]:
        """Those names that say that they are an organisation's."""
        found: dict[str, str] = {}
        for whole, _ in self._long_names:
            if _BODY.search(whole):
                found.setdefault(whole.split()[0], whole.removesuffix("’s").removesuffix("'s"))
        return found

    def _with_end(self, name: str, whole: str) -> str:
        """A name with what its initials leave out: Centers for Disease Control [and Prevention]."""
        end = whole.removeprefix(name)
        left_out = end.startswith(" and ") and end.count(" ") == 2 and whole.startswith(name)
        return whole if left_out and self._parsed.text.count(name) == self._parsed.text.count(name + " and ") else name

    def _is_no_person(self, name: str) -> bool:
        return not any(name in each or each in name for each in self._persons)

    def _spelled_out(self, name: str) -> str | None:
        """The name whose initials these are; one that they follow in brackets goes first."""
        letters = name.replace(".", "")
        if not (2 <= len(letters) <= 6 and letters.isupper() and letters.isalpha()):
            return None
        introduced = self._shortened.introduced.get(letters)
        named = self._shortened.initials.get(letters)
        two = len(letters) == 2 and not (named and is_outlet(named))     # two letters mean a paper
        return introduced or (None if two else named)

    def _longer(self, name: str) -> str | None:
        """The longer name that begins with a short one."""
        if " " in name or name.lower() in PLACES or is_outlet(name) or len(name) < 4 or name.isupper():
            return None
        return self._by_first_word.get(name)

    def _by_ending(self, name: str) -> str | None:
        """The only longer name that ends with a word: Harbor Alliance for the Alliance."""
        if name.lower() not in THING_ENDINGS or name.lower() in PLACES or self._names_person(name):
            return None
        longer = self._by_last_word().get(name, ())
        return next(iter(longer)) if len(longer) == 1 else None

    def _names_person(self, word: str) -> bool:
        return any(word in name.split() for name in self._persons)

    def _by_last_word(self) -> dict[str, set[str]]:
        """The names of several words, without the words that only open a sentence, by their last word."""
        if self._endings is None:
            self._endings = {}
            for run in _NAMES.finditer(self._parsed.text):
                words = re.sub(r"['’]s?$", "", run[0]).split(" ")
                while words and words[0].lower() in FUNCTION_WORDS and not _opens_place(words):
                    words.pop(0)
                name = " ".join(words)
                if len(words) > 1 and self._is_no_person(name):
                    self._endings.setdefault(words[-1], set()).add(name)
        return self._endings

    def _undotted(self, name: str) -> str:
        full = name.replace("Dept.", "Department").replace("Dept", "Department")
        return full if full in self._parsed.text else name

    @cached_property
    def _by_folded_name(self) -> dict[str, tuple[str, int, Source]]:
        """The organisations by their names as an address writes them, nytimes, wnbc: their names, and where each is
        named first, paragraph and source."""
        found: dict[str, tuple[str, int, Source]] = {}
        for number in range(len(self._parsed.lines)):
            for source in self._parsed.paragraph(number).sources:
                if source.kind == "organisation" and not source.inner and len(found) < _MOST_NAMES:
                    name = self.full_name(without_article(source.name))
                    for folded in _folded_names(name):
                        found.setdefault(folded, (name, number, source))
        return found


def _opens_place(words: Sequence[str]) -> bool:
    """Whether a word that may only open a sentence belongs to the name of a place: [New] York Post."""
    return words[0] == "New" and len(words) > 1 and words[1].lower() in PLACES


def initials_of(name: str) -> list[str]:
    """How a long name may be shortened, three letters at least: DOH for the Department of Harbors."""
    return sorted({letters for part, letters in _parts_of(name) if part == name and len(letters) > 2})


def _host_of(url: str) -> str:
    """The letters and digits of an address's host; "" if it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:      # archived links may be anything
        return ""
    return re.sub(r"\W", "", host.lower().removeprefix("www."))


def _parts_of(run: str) -> Iterator[tuple[str, str]]:
    """The stretches of a run of capitalised words with their initials: DB and DOB for the Department of Buildings."""
    words = run.split(" ")[:_MOST_WORDS]
    for first in range(len(words)):
        for last in range(len(words), first + 1, -1):
            part = words[first:last]
            if part[0][0].isupper() and part[-1][0].isupper():
                name = " ".join(part).removesuffix("’s").removesuffix("'s")
                capitals = "".join(word[0] for word in part if word[0].isupper())
                yield name, capitals
                if len(capitals) < len(part):
                    yield name, "".join(word[0] for word in part if word != "the").upper()


def _folded_names(name: str) -> set[str]:
    """A name as addresses write it: newyorktimes and nytimes."""
    words = re.findall(r"[a-z0-9]+", name.lower())
    if not words:
        return set()
    folded = {"".join(words), "".join(word[0] for word in words[:-1]) + words[-1]}
    return {each for each in folded if len(each) >= 4 or (len(each) == 3 and name.isupper())}
