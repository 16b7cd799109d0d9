"""People while somebody types: by the beginnings of the words of any of their names, give or take a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.engines.opensearch.index import MOST_QUOTED, EngineQuery, KindIndex, all_of, any_of
from indexer.language import OTHER_FORMS
from indexer.search import Deadline, Document, analysis, spelling

MOST_WORDS = 6                     # typed words that are looked at
EXPANSIONS = 200                   # words of names two letters away that are looked for
LOOKED_AT = 200                    # the most quoted of those whose names may answer


class Beginning:
    """The words that begin with what was typed; nearly: or with something one letter off, or that are other forms of
    the same given name; far: or that are two letters off, if the word is long."""

    def __init__(self, typed: str, nearly: bool, far: bool = False) -> None:
        self._typed = typed
        self._far = far and len(typed) >= spelling.LONG
        self._other = OTHER_FORMS.get(typed, frozenset()) if nearly else frozenset()
        near = nearly and spelling.SHORTEST <= len(typed) <= spelling.LONGEST
        self._pattern = "|".join(dict.fromkeys(_one_off(typed))) if near else ""
        self._matches = re.compile(self._pattern).match if near else None

    def __call__(self, form: str) -> bool:
        if form.startswith(self._typed) or form in self._other or (self._matches and self._matches(form)):
            return True
        return self._far and form[0] == self._typed[0] and spelling.edits(self._typed, form, 2) <= 2

    def engine_query(self, field: str) -> EngineQuery:
        found: list[EngineQuery] = [{"prefix": {field: {"value": self._typed}}}]
        if self._other:
            found.append({"terms": {field: sorted(self._other)}})
        if self._pattern:
            found.append({"regexp": {field: {"value": f"({self._pattern}).*"}}})
        if self._far:
            found.append({"fuzzy": {field: {"value": self._typed, "fuzziness": 2, "prefix_length": 1,
                                            "max_expansions": EXPANSIONS}}})
        return any_of(found)


def _one_off(word: str) -> list[str]:
    """What one letter more, less, other, or two exchanged make of a word, as patterns; the first letter stays."""
    found = []
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        found += [f"{head}.{tail}", *([f"{head}.{tail[1:]}", head + tail[1:]] if tail else [])]
        if len(tail) > 1:
            found.append(head + tail[1] + tail[0] + tail[2:])
    return found


def suggested(people: KindIndex, typed: str, limit: int) -> list[Document]:
    """The people whom the typed words may mean, the most quoted first; those whose names are a letter away follow those
    whose names begin so, and so do those who have another form of the same given name. If there are none, two letters
    of a long word may be wrong."""
    words = [word for word in analysis.name_forms(typed)[:MOST_WORDS] if word.isalnum()]
    found = _named(people, [Beginning(word, nearly=False) for word in words], limit)
    if len(found) < limit:
        further = _named(people, [Beginning(word, nearly=True) for word in words], limit)
        found += [person for person in further if person not in found]
    return found[:limit] or _named(people, [Beginning(word, nearly=True, far=True) for word in words], limit)


def _named(people: KindIndex, words: Sequence[Beginning], limit: int) -> list[Document]:
    """The people who have a name that matches every word."""
    if not words:
        return []
    deadline = Deadline()
    possible = all_of([word.engine_query(people.forms_field("speaker")) for word in words])
    most_quoted = people.found(possible, MOST_QUOTED, max(limit, LOOKED_AT), deadline).ranked
    found = [person for person in people.documents(most_quoted, deadline) if _matches(person, words)]
    return sorted(found, key=lambda person: (-person["quotations"], person["name"]))[:limit]


def _matches(person: Document, words: Sequence[Beginning]) -> bool:
    names = map(analysis.name_forms, (person["name"], *person["aliases"]))
    return any(all(any(map(word, name)) for word in words) for name in map(list, names))
