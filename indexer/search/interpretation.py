"""What was typed, understood as a question about what somebody said: the names in it are looked up in the archive.

Words stay words unless the archive knows the name, and where only a name makes a question of them (“NAME on X”,
“NAME X”), unless that name is hardly anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from indexer.language import SUFFIXES, fold, is_well_known, usage
from indexer.query import (
    EVERYTHING, Exact, Period, Phrase, Query, Question, Range, all_of, any_of, names_and_words, parse, period_in_words,
    read_period, read_question,
)
from indexer.search.analysis import STOP_WORDS, forms, name_forms
from indexer.search.engine import Document, Engine, Results
from indexer.search.name_variants import variants
from indexer.search.spelling import allowed_edits, edits

LOOKED_AT = 40                     # people of one name, the most quoted first
SEVERAL = 8                        # people of one surname whose words are looked for together
BEST = 3                           # quotations that are shown above articles
OFFERED = 5                        # others of that name
DOMINANT = 4                       # times as often quoted as the next of the name: then this one is meant
RARE = 2                           # articles that contain a word; a misspelt one is in no more
NAME = re.compile(r"[^\W\d_]\S*(?: [^\W\d_][^\s:]*){0,3}")       # up to four words, as a name can be typed
EVERYDAY = 1                       # a word that is more usual than this (names.Usage) is not taken for a name


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A question, answered with quotations. people: whose, the most quoted first; none: anybody's. others: who else
    has this name. misspelt: the name is not written as the archive writes it."""

    question: Question
    people: tuple[Document, ...] = ()
    others: tuple[Document, ...] = ()
    misspelt: bool = False

    @property
    def topic(self) -> Query:
        """The words that the quotations must contain."""
        return parse(self.question.topic).query

    @property
    def filters(self) -> Query:
        """Whose quotations, and of which days."""
        whose = any_of(Exact(person["id"], "speaker_id") for person in self.people)
        return all_of(each for each in (whose or EVERYTHING, self.days) if each != EVERYTHING)

    @property
    def days(self) -> Query:
        """The days that were named, as a query."""
        if not self.question.start and not self.question.end:
            return EVERYTHING
        period = read_period(f"{self.question.start}..{self.question.end}", 0, [])
        return Range("date", period.start, period.end)

    def in_words(self) -> str:
        """“quotations by Ruth Adeyemi about ferries, from 2009 to 2012”."""
        names = [person["name"] for person in self.people]
        whose = f" by {names[0]}" if len(names) == 1 else f" by anyone named {self._shared_name()}" if names else ""
        topic = f" about {self.question.topic}" if self.question.topic else ""
        days = self.days
        when = f", {period_in_words(Period(days.start, days.end))}" if isinstance(days, Range) else ""
        return f"quotations{whose}{topic}{when}"

    def _shared_name(self) -> str:
        """The name that was typed, with its capitals."""
        typed = self.question.who.split()
        last = self.people[0]["name"].split()[-len(typed):]
        return " ".join(last if fold(" ".join(last)) == fold(self.question.who) else typed)


def interpreted(engine: Engine, typed: str) -> Interpretation | None:
    """The question that typed text asks of this archive; None if it is words to search for."""
    question = read_question(typed)
    if question and not question.who:
        return Interpretation(question)
    if question and (found := _meant(engine, question)):
        return found
    return _named_beside_words(engine, typed)


def namesakes(engine: Engine, typed: str, found: int = 1) -> tuple[Document, ...]:
    """Those who have this surname and are quoted, the most quoted first, if that is several people; of a name that is
    one word, and hardly an everyday one. found: how much the words find; if nothing, those whose names are nearly
    so."""
    if not found and NAME.fullmatch(typed):
        return _quoted(_nearly(engine, typed))[:SEVERAL]
    if len(typed.split()) != 1 or len(name_forms(typed)) != 1 or not _hardly_a_word(typed):
        return ()
    people = tuple(person for person in _quoted(_bearers(engine, typed)) if _surname_is(person, typed))
    return people[:SEVERAL] if len(people) > 1 else ()


def best_quotations(engine: Engine, query: Query, filters: Query = EVERYTHING) -> Results:
    """The best of the quotations that answer a search for articles, and how many there are."""
    return engine.search(query, kind="quotation", filters=filters, per_page=BEST, relax=False)


def _meant(engine: Engine, question: Question) -> Interpretation | None:
    """The question with the people whom its name means."""
    if not question.asked and not _hardly_a_word(question.who):
        return None
    if exact := _quoted(_bearers(engine, question.who)):
        return _of(question, exact)
    near = _quoted(_nearly(engine, question.who))
    return _of(question, near, misspelt=True) if near else None


def _of(question: Question, people: Sequence[Document], misspelt: bool = False) -> Interpretation:
    first, *others = people
    same = [each for each in others if fold(each["name"]) == fold(first["name"])]
    if not others or (not same and first["quotations"] >= DOMINANT * others[0]["quotations"]):
        return Interpretation(question, (first,), tuple(others[:OFFERED]), misspelt)
    return Interpretation(question, tuple(people[:SEVERAL]), (), misspelt)


def _named_beside_words(engine: Engine, typed: str) -> Interpretation | None:
    """The first name with words beside it, if its bearer is quoted with all of those words."""
    readings = [each for each in names_and_words(typed) if _subject(each.topic)]
    if not readings or _bearers(engine, typed):
        return None
    for question in _with_known_names(engine, readings):
        people = _quoted(_bearers(engine, question.who))
        found = _of(question, people) if people else None
        if found and len(found.people) == 1 and engine.count(found.topic, kind="quotation", filters=found.filters):
            return found
    return None


def _with_known_names(engine: Engine, readings: Sequence[Question]) -> Iterator[Question]:
    """The readings whose names somebody has, and that stand for nothing but a name."""
    long = [each for each in readings if len(name_forms(each.who)) > 1]
    names = any_of(Phrase(each.who, "speaker") for each in long)
    if names and engine.count(names, kind="person"):
        yield from (each for each in long if _known(engine, each.who))
    for each in readings[len(long):]:
        if _hardly_a_word(each.who) and not _compound(engine, each):
            yield each


def _known(engine: Engine, name: str) -> bool:
    """Whether somebody has this name of several words, or this surname."""
    return any(_is_called(person, name) or _surname_is(person, name) for person in _bearers(engine, name))


def _compound(engine: Engine, question: Question) -> bool:
    """Whether the name and the word behind it are often together: a square or a street that is called so."""
    together = f"{question.who} {question.topic.split()[0]}"
    return engine.count(Phrase(together), kind="article") > RARE


def _subject(topic: str) -> bool:
    return any(form not in STOP_WORDS for form in forms(topic))


def _hardly_a_word(name: str) -> bool:
    """Whether a name of one word is hardly ever an everyday word; of names of several words nobody doubts it."""
    words = name.split()
    return len(words) > 1 or is_well_known(name) or usage(words[0]).word <= EVERYDAY


def _quoted(people: Sequence[Document]) -> tuple[Document, ...]:
    return tuple(person for person in people if person["quotations"])


def _bearers(engine: Engine, name: str) -> list[Document]:
    """The people whom a name means as it is written: those who are called just so; else those whose surname it is;
    else those in whose names it is."""
    hits = engine.search(Phrase(name, "speaker"), kind="person", per_page=LOOKED_AT, relax=False).hits
    people = sorted((hit.document for hit in hits), key=lambda each: (-each["quotations"], each["name"]))
    called = [person for person in people if _is_called(person, name)] if len(name_forms(name)) > 1 else []
    return called or [person for person in people if _surname_is(person, name)] or people


def _is_called(person: Document, name: str) -> bool:
    """Whether a name of several words is one of the person's, give or take a title or the form of the given name."""
    known = {fold(each) for each in (person["name"], *person["aliases"])}
    return any(fold(each) in known for each in variants(name))


def _surname_is(person: Document, name: str) -> bool:
    """Whether the last words of the person's name are these."""
    words = [form for form in name_forms(person["name"]) if form not in SUFFIXES]
    return any(words[-len(wanted):] == wanted for wanted in map(name_forms, variants(name)) if wanted)


def _nearly(engine: Engine, name: str) -> list[Document]:
    """The people whose names are a few letters away, if the archive hardly uses the words that were typed."""
    words = name_forms(name)
    people = [person for person in engine.suggest(name, LOOKED_AT) if _is_nearly_called(person, words)]
    if not people:
        return []
    known = {form for person in people for each in (person["name"], *person["aliases"]) for form in name_forms(each)}
    strange = [word for word in words if word not in known]
    if any(engine.count(Phrase(word), kind="article") > RARE for word in strange):
        return []
    best = min(_distance(person, words) for person in people)
    return [person for person in people if _distance(person, words) == best]


def _is_nearly_called(person: Document, words: Sequence[str]) -> bool:
    return any(_near_words(name_forms(name), words) is not None for name in (person["name"], *person["aliases"]))


def _distance(person: Document, words: Sequence[str]) -> int:
    found = (_near_words(name_forms(name), words) for name in (person["name"], *person["aliases"]))
    return min(each for each in found if each is not None)


def _near_words(name: Sequence[str], typed: Sequence[str]) -> int | None:
    """How many letters are wrong if the typed words are the last ones of a name; None if they are others."""
    last = [form for form in name if form not in SUFFIXES][-len(typed):]
    if len(last) < len(typed):
        return None
    wrong = [edits(one, other, allowed_edits(one)) for one, other in zip(typed, last)]
    near = list(takewhile(lambda each: each[1] <= allowed_edits(each[0]), zip(typed, wrong)))
    return sum(wrong) if len(near) == len(typed) else None
