"""Who is meant by a name as people type it: persons of the archive, holders of an office, organisations, sources that
articles only describe."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from indexer.language import ROLES, SUFFIXES, fold
from indexer.query import EVERYTHING, Exact, Or, Phrase, Query
from indexer.search.analysis import STOP_WORDS, forms, name_forms
from indexer.search.engine import Document, Engine
from indexer.search.name_variants import variants
from indexer.search.spelling import allowed_edits, edits

LOOKED_AT = 40                     # people of one name, the most quoted first
NAMES_LOOKED_AT = 2_000            # quotations, for the ways in which an organisation is written
RARE = 2                           # articles that contain a word; a misspelt one is in no more
SELDOM = 20                        # or in so many times fewer than name the person who is meant
_ARTICLE = re.compile(r"(?:the|an?|some) (?=\S)", re.I)
_ANY_OF_THEM = re.compile(r"(?:an?|some) ", re.I)
_PARTICLES = frozenset("da de del della der des di du la le van von".split())


def quoted(people: Sequence[Document]) -> tuple[Document, ...]:
    return tuple(person for person in people if person["quotations"])


def bearers(engine: Engine, name: str) -> list[Document]:
    """The people whom a name means as it is written: those who are called just so, else those whose surname it is."""
    people = holding(engine, name)
    called = [person for person in people if is_called(person, name)] if len(name_forms(name)) > 1 else []
    return called or [person for person in people if surname_is(person, name)]


def holding(engine: Engine, name: str) -> list[Document]:
    """The people in whose names these words are, the most quoted first."""
    hits = engine.search(Phrase(name, "speaker"), kind="person", per_page=LOOKED_AT, relax=False).hits
    return sorted((hit.document for hit in hits), key=lambda each: (-each["quotations"], each["name"]))


@dataclass(frozen=True, slots=True)
class Tenure:
    """Somebody in an office, with the first and the last year in which articles give it to them; "" if unknown."""

    person: Document
    first: str = ""
    last: str = ""


def tenures(engine: Engine, office: str, days: Query = EVERYTHING, years: tuple[str, str] = ("", "")) -> list[Tenure]:
    """Who of the most quoted people of these days held an office in these years (“the mayor”), as articles give it; or
    else an office for which its last word alone stands, if articles call them so before their names (“Harbor Warden
    Falk”, of a warden), or by a title that several of those have who are called so (“HPA Warden”); or else had a role
    that says of what (“the union chairman”). years: "" is open."""
    wanted = name_forms(bare(office))
    if not wanted or wanted[-1] not in ROLES or _ANY_OF_THEM.match(office):
        return []
    found = engine.search(EVERYTHING, kind="quotation", filters=days, per_page=1, facets=("speaker_id",), relax=False,
                          collapse=False)
    slugs = [value.value for value in found.facets["speaker_id"] if value.value]
    people = [person for slug in slugs if (person := engine.get("person", slug))]
    held = [each for person in people for each in _in_office(person, wanted, years)]
    if held or len(wanted) < 2:
        return held
    called = [person for person in people if _in_office(person, wanted[-1:])
              and _is_put_before(engine, bare(office), person["name"])]
    titles = _titles_of_several(called, wanted[-1])
    held = [each for person in called for each in _in_office(person, wanted[-1:], years)]
    held += [each for person in people if person not in called
             for each in _first_of(_in_office(person, title, years) for title in titles)]
    return held or [Tenure(each) for each in people if wanted in map(name_forms, each["roles"])]


def _titles_of_several(people: Sequence[Document], office: str) -> list[list[str]]:
    """The longer titles of an office that several of these people had, each while they were in it."""
    titles = Counter(title for person in people for title in _titles_in_office(person, office))
    return [list(title) for title, often in titles.items() if often > 1]


def _titles_in_office(person: Document, office: str) -> set[tuple[str, ...]]:
    years = [(first, last) for role, first, last in person["offices"] if name_forms(role) == [office]]
    titles = ((tuple(name_forms(role)), since, until) for role, since, until in person["offices"])
    return {title for title, since, until in titles if len(title) > 1 and title[-1] == office
            and any(first <= until and since <= last for first, last in years)}


def _first_of(found: Iterable[list[Tenure]]) -> list[Tenure]:
    return next(filter(None, found), [])


def _in_office(person: Document, wanted: Sequence[str], years: tuple[str, str] = ("", "")) -> list[Tenure]:
    first, last = years[0][:4], years[1][:4] or "9999"
    return [Tenure(person, since, until) for role, since, until in person["offices"]
            if name_forms(role) == wanted and since <= last and first <= until][:1]


def _is_put_before(engine: Engine, office: str, name: str) -> bool:
    """Whether articles put this office before the whole name, or before its last word."""
    last = [word for word in name.split() if fold(word).strip(".") not in SUFFIXES][-1:]
    called = Or((Phrase(f"{office} {name}"), Phrase(" ".join((office, *last)))))
    return engine.count(called, kind="article") > RARE


def organisation(engine: Engine, name: str) -> tuple[str, ...]:
    """How the archive writes the name of an organisation, first as in its best quotations, if that is quoted more than
    once or twice; none if it is not."""
    wanted, called = name_forms(bare(name)), Phrase(bare(name), "speaker")
    only = Exact("organisation", "speaker_kind")
    hits = engine.search(called, kind="quotation", per_page=LOOKED_AT, relax=False, filters=only).hits
    same = [hit.document["speaker"] for hit in hits if wanted in map(name_forms, hit.document["names"])]
    if len(same) <= RARE:
        return ()
    columns = engine.columns(called, ("speaker_name",), kind="quotation", filters=only, most=NAMES_LOOKED_AT)
    written = dict.fromkeys(each for _, (each,) in columns)
    return tuple(dict.fromkeys((*same, *(each for each in written if name_forms(bare(each)) == wanted))))


def described(engine: Engine, name: str) -> bool:
    """Whether articles describe any source in these words: critics, a witness."""
    telling = any(form not in STOP_WORDS for form in forms(name))
    return telling and bool(engine.count(Phrase(bare(name), "speaker"), kind="quotation"))


def bare(name: str) -> str:
    """Without an article before it."""
    return _ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else name


def without_particle(name: str) -> str:
    """A surname without the particle before it (di Luca → Luca), which many write wrong; "" if it has none."""
    first, _, rest = name.partition(" ")
    return rest if first.lower() in _PARTICLES else ""


def is_called(person: Document, name: str) -> bool:
    """Whether a name of several words is one of the person's, give or take a title or the form of the given name."""
    known = {fold(each) for each in (person["name"], *person["aliases"])}
    return any(fold(each) in known for each in variants(name))


def surname_is(person: Document, name: str) -> bool:
    """Whether the last words of the person's name are these."""
    words = [form for form in name_forms(person["name"]) if form not in SUFFIXES]
    return any(words[-len(wanted):] == wanted for wanted in map(name_forms, variants(name)) if wanted)


def nearly(engine: Engine, name: str) -> list[Document]:
    """The people who are quoted and whose names are a few letters away, if the archive hardly uses the words that were
    typed."""
    words = name_forms(name)
    people = [person for person in quoted(engine.suggest(name, LOOKED_AT)) if _is_nearly_called(person, words)]
    if not people:
        return []
    known = {form for person in people for each in (person["name"], *person["aliases"]) for form in name_forms(each)}
    strange = [word for word in words if word not in known]
    best = min(_distance(person, words) for person in people)
    found = [person for person in people if _distance(person, words) == best]
    most = max(RARE, max(person["articles"] for person in found) // SELDOM)
    return [] if any(engine.count(Phrase(word), kind="article") > most for word in strange) else found


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
