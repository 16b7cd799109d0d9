"""How a question was read: a line that says so, the way back to its words, and the people whom its name may mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer import Document, Engine, Results
from searchui.pages.hits import Quoted
from searchui.pages.search_page import Link, ReadQuestion
from searchui.request import Filter, SearchRequest, namesakes_of


def read_question(search: SearchRequest) -> ReadQuestion | None:
    """The line above the answer to a question; None if words are searched for."""
    found = search.interpretation
    if found is None or search.asked is None:
        return None
    return ReadQuestion(
        words=found.in_words(),
        instead=replace(search.asked, as_words=True, page=1).url(),
        one_of=_of_each(search, found.people) if len(found.people) > 1 else (),
        others=_of_each(search, found.others),
    )


def people_of_name(search: SearchRequest, engine: Engine, results: Results) -> tuple[Quoted, ...]:
    """The people of a surname that was typed and nothing else, if several of them are quoted; or those whose names are
    nearly what was typed, if that finds nothing."""
    people = () if search.asked else namesakes_of(search, engine, results)
    return tuple(Quoted(name, each["id"], quotations=each["quotations"])
                 for name, each in zip(_distinguished(people), people))


def _of_each(search: SearchRequest, people: Sequence[Document]) -> tuple[Link, ...]:
    others = tuple(each for each in search.filters if each.field != "speaker_id")
    return tuple(
        Link(name, replace(search, filters=(*others, Filter("speaker_id", person["id"])), page=1).url(),
             person["quotations"])
        for name, person in zip(_distinguished(people), people)
    )


def _distinguished(people: Sequence[Document]) -> list[str]:
    """The names of people; those who have the same name with what articles say they are, if they do."""
    often = Counter(each["name"] for each in people)
    roles = [next(iter(each["roles"]), "") if often[each["name"]] > 1 else "" for each in people]
    return [f"{each['name']} ({role})" if role else each["name"] for each, role in zip(people, roles)]
