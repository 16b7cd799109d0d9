"""What was typed, understood as a question about what somebody said: the names in it are looked up in the archive.

Words stay words unless the archive knows the name, and where only a name makes a question of them (“NAME on X”,
“NAME X”), unless that name is hardly anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.language import fold, is_well_known, usage
from indexer.query import (
    EVERYTHING, Exact, Period, Phrase, Query, Question, Range, all_of, any_of, names_and_words, parse, period_in_words,
    read_period, read_question,
)
from indexer.search.analysis import STOP_WORDS, forms, name_forms
from indexer.search.engine import Document, Engine, Results
from indexer.search.people_named import (
    RARE, Tenure, bare, bearers, described, holding, is_called, nearly, organisation, quoted, surname_is, tenures,
    without_particle,
)

SEVERAL = 8                        # people of one surname whose words are looked for together
BEST = 3                           # quotations that are shown above articles
OFFERED = 5                        # others of that name
DOMINANT = 4                       # times as often quoted as the next of the name: then this one is meant
NAME = re.compile(r"[^\W\d_]\S*(?: [^\W\d_][^\s:]*){0,3}")       # up to four words, as a name can be typed
_OFFICE = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,4}")          # letters alone
_JOINING = re.compile(r",? (?:and|or|&) ", re.I)
EVERYDAY = 1                       # a word that is more usual than this (names.Usage) is not taken for a name


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A question, answered with quotations. people: whose, the most quoted first; none: anybody's. others: who else
    has this name. misspelt: the name is not written as the archive writes it. by_name: the people are named one by one,
    not by a name that they share. source: the name of a speaker who is none of its people: an organisation, whose names
    as the archive writes them are sources, or somebody whom articles only describe. reported, denials: what somebody
    denied is sought: in the reporters' words as well, or, if there is any, only what articles report as denied."""

    question: Question
    people: tuple[Document, ...] = ()
    others: tuple[Document, ...] = ()
    misspelt: bool = False
    by_name: bool = False
    source: str = ""
    sources: tuple[str, ...] = ()
    reported: bool = False
    denials: bool = False

    @property
    def typed(self) -> str:
        """The search for the words that the quotations must contain, as it can be typed."""
        named = f'speaker:"{bare(self.source)}"' if self.source else ""
        return " ".join(filter(None, (self.question.topic, named)))

    @property
    def topic(self) -> Query:
        """The same as a query."""
        return parse(self.typed).query

    @property
    def kept_to(self) -> tuple[tuple[str, str], ...]:
        """Which keyword fields must have which values; of the values of one field, any."""
        found = [("speaker_id", person["id"]) for person in self.people]
        found += [("speaker_name", name) for name in self.sources]
        found += [("form", form) for form in ("quotation", "reported") if self.reported and not self.denials]
        return (*found, *((("form", "reported"), ("stance", "denied")) if self.denials else ()))

    @property
    def filters(self) -> Query:
        """Whose quotations, and of which days."""
        fields = dict.fromkeys(field for field, _ in self.kept_to)
        kept = (any_of(Exact(value, field) for each, value in self.kept_to if each == field) for field in fields)
        return all_of(each for each in (*kept, self.days) if each and each != EVERYTHING)

    @property
    def days(self) -> Query:
        """The days that were named, as a query."""
        if not self.question.start and not self.question.end:
            return EVERYTHING
        period = read_period(f"{self.question.start}..{self.question.end}", 0, [])
        return Range("date", period.start, period.end)

    def in_words(self) -> str:
        """“quotations by Ruth Adeyemi about ferries, from 2009 to 2012”."""
        topic = f" about {self.question.topic}" if self.question.topic else ""
        days = self.days
        when = f", {period_in_words(Period(days.start, days.end))}" if isinstance(days, Range) else ""
        words = "denials" if self.denials else "quotations and reported speech" if self.reported else "quotations"
        return f"{words}{self._whose()}{topic}{when}"

    def _whose(self) -> str:
        names = [person["name"] for person in self.people]
        if self.sources:
            return f" by {self.source}"
        if self.source:
            return f" by anyone described as “{self.source}”"
        if len(names) > 1 and not self.by_name:
            return f" by anyone named {self._shared_name()}"
        return f" by {' or '.join(names)}" if names else ""

    def _shared_name(self) -> str:
        """The name that was typed, with its capitals."""
        typed = self.question.who.split()
        last = self.people[0]["name"].split()[-len(typed):]
        shared = " ".join(last if fold(" ".join(last)) == fold(self.question.who) else typed)
        return shared.title() if shared.islower() else shared


def interpreted(engine: Engine, typed: str) -> Interpretation | None:
    """The question that typed text asks of this archive; None if it is words to search for."""
    question = read_question(typed)
    found = _meant(engine, question) if question else None
    if question and found:
        return _of_denials(engine, found) if question.denied else found
    return _named_beside_words(engine, typed)


def namesakes(engine: Engine, typed: str, found: int = 1) -> tuple[Document, ...]:
    """Those who have this surname and are quoted, the most quoted first, if that is several people; of a name that is
    one word, and hardly an everyday one. found: how much the words find; if nothing, those whose names are nearly
    so."""
    if not found and NAME.fullmatch(typed):
        return tuple(nearly(engine, typed))[:SEVERAL]
    if len(typed.split()) != 1 or len(name_forms(typed)) != 1 or not _hardly_a_word(typed):
        return ()
    people = tuple(person for person in quoted(bearers(engine, typed)) if surname_is(person, typed))
    return people[:SEVERAL] if len(people) > 1 else ()


def holders(engine: Engine, typed: str) -> tuple[Tenure, ...]:
    """Those who are quoted and held the office that was typed and nothing else, the earlier before the later."""
    if not _OFFICE.fullmatch(typed):
        return ()
    held = [each for each in tenures(engine, typed) if each.first]
    return tuple(sorted(held[:SEVERAL], key=lambda each: (each.first, each.last, each.person["name"])))


def best_quotations(engine: Engine, query: Query, filters: Query = EVERYTHING) -> Results:
    """The best of the quotations that answer a search for articles, and how many there are."""
    return engine.search(query, kind="quotation", filters=filters, per_page=BEST, relax=False)


def _meant(engine: Engine, question: Question) -> Interpretation | None:
    """The question with those whom its name means: people of that name or in that office, an organisation, people in
    whose names it is, or, misspelt, nearly is; at last sources that articles describe so. Where only a name makes it a
    question, an organisation must be quoted with the words."""
    who = question.who
    if not who:
        return Interpretation(question)
    if not question.asked and not _hardly_a_word(who):
        return None
    if exact := quoted(bearers(engine, who)):
        return _of(question, exact)
    if names := organisation(engine, who):
        found = Interpretation(question, source=names[0], sources=names)
        if question.asked or engine.count(found.topic, kind="quotation", filters=found.filters):
            return found
    if question.asked and (held := tenures(engine, who, *_when(question))):
        return Interpretation(question, tuple(each.person for each in held[:SEVERAL]), by_name=True)
    if question.asked and (people := quoted(holding(engine, who))):
        return _of(question, people)
    if people := tuple(nearly(engine, who)) or quoted(bearers(engine, without_particle(who))):
        return _of(question, people, misspelt=True)
    if together := _joined(engine, question):
        return together
    return Interpretation(question, source=who) if question.asked and described(engine, who) else None


def _joined(engine: Engine, question: Question) -> Interpretation | None:
    """Two people whose names “and” or “or” joins, if each is somebody's."""
    names = _JOINING.split(question.who)
    found = [_meant(engine, replace(question, who=name)) for name in names] if len(names) == 2 else []
    people = tuple(person for each in found if each for person in each.people[:1])
    return Interpretation(question, people, by_name=True) if len(people) == 2 else None


def _when(question: Question) -> tuple[Query, tuple[str, str]]:
    return Interpretation(question).days, (question.start, question.end)


def _of_denials(engine: Engine, found: Interpretation) -> Interpretation:
    """The same for what was denied."""
    denials = replace(found, denials=True)
    if engine.count(denials.topic, kind="quotation", filters=denials.filters):
        return denials
    return replace(found, reported=True)


def _of(question: Question, people: Sequence[Document], misspelt: bool = False) -> Interpretation:
    first, *others = people
    same = [each for each in others if fold(each["name"]) == fold(first["name"])]
    if not others or (not same and first["quotations"] >= DOMINANT * others[0]["quotations"]):
        return Interpretation(question, (first,), tuple(others[:OFFERED]), misspelt)
    return Interpretation(question, tuple(people[:SEVERAL]), (), misspelt)


def _named_beside_words(engine: Engine, typed: str) -> Interpretation | None:
    """The first name with words beside it, if its bearer is quoted with all of those words; with days beside it, of a
    full name whether or not."""
    readings = [each for each in names_and_words(typed) if _subject(each.topic) or each.start or each.end]
    last, comma, first = typed.partition(", ")
    if not readings or holding(engine, typed) or (comma and holding(engine, f"{first} {last}")):
        return None
    for question in _with_known_names(engine, readings):
        people = quoted(bearers(engine, question.who))
        found = _of(question, people) if people else None
        if found and len(found.people) == 1:
            surely = (question.start or question.end) and len(name_forms(question.who)) > 1
            if surely or engine.count(found.topic, kind="quotation", filters=found.filters):
                return found
    return None


def _with_known_names(engine: Engine, readings: Sequence[Question]) -> Iterator[Question]:
    """The readings whose names somebody has, and that stand for nothing but a name."""
    long = [each for each in readings if len(name_forms(each.who)) > 1]
    names = any_of(Phrase(each.who, "speaker") for each in long)
    if names and engine.count(names, kind="person"):
        yield from (each for each in long if _known(engine, each.who))
    for each in (each for each in readings if each not in long):
        if _hardly_a_word(each.who) and not _compound(engine, each):
            yield each


def _known(engine: Engine, name: str) -> bool:
    """Whether somebody has this name of several words, or this surname."""
    return any(is_called(person, name) or surname_is(person, name) for person in bearers(engine, name))


def _compound(engine: Engine, question: Question) -> bool:
    """Whether the name and the word behind it are often together: a square or a street that is called so."""
    behind = question.topic.split()[:1]
    return bool(behind) and engine.count(Phrase(f"{question.who} {behind[0]}"), kind="article") > RARE


def _subject(topic: str) -> bool:
    return any(form not in STOP_WORDS for form in forms(topic))


def _hardly_a_word(name: str) -> bool:
    """Whether a name of one word is hardly ever an everyday word; of names of several words nobody doubts it."""
    words = name.split()
    return len(words) > 1 or is_well_known(name) or usage(words[0]).word <= EVERYDAY
