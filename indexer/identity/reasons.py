"""Reasons: why two names are one person's, in words and with the articles that show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.identity.evidence import Contexts
from indexer.identity.name_forms import NameForm, name_form, nickname_form, sort_key
from indexer.identity.named import NamedPerson
from indexer.identity.resemblance import is_misspelt

Reason = tuple[str, tuple[str, ...]]        # in words, and the ids of the articles; "" and () if there is none
_NONE: Reason = ("", ())


class Reasons:
    """Finds the reasons of pairs of names. families: the forms of each person who is asked about."""

    def __init__(self, contexts: Contexts, families: Iterable[Sequence[NameForm]]) -> None:
        self._contexts = contexts
        self._family = {form: family for family in families for form in family}
        self._both: dict[frozenset[NameForm], str] = {}        # the first article that gives one person both names
        self._called: dict[tuple[NameForm, NameForm], str] = {}        # that prints the other as a nickname in the one
        self._articles: dict[NameForm, str] = {}
        self._names: dict[NameForm, str] = {}
        called = [(each, form) for form in self._family for each in contexts.bearers(form)]
        for each, form in sorted(called, key=lambda each: each[0].article):
            self._read(each, form)

    def _read(self, person: NamedPerson, form: NameForm) -> None:
        self._articles[form] = min(person.article, self._articles.get(form, person.article))
        for name in person.names:
            read = name_form(name)
            if read is not None:
                self._names.setdefault(read, name)
                self._both.setdefault(frozenset((form, read)), person.article)
            nickname = nickname_form(name, read or form)
            if nickname is not None:
                self._names.setdefault(nickname, name)
                self._called.setdefault((form, nickname), person.article)

    def why(self, one: NameForm, other: NameForm) -> Reason:
        """What joins two names: an article or what their articles share, or else a third name of the person's."""
        found = self._directly(one, other)
        if found[0]:
            return found
        for third in sorted(self._family.get(one, ()), key=sort_key):
            reasons = [self._directly(third, form) for form in (one, other) if not _is_one_name(third, form)]
            if third not in (one, other) and reasons and all(words for words, _ in reasons):
                words = "; ".join(dict.fromkeys(words for words, _ in reasons))
                name = self._names.get(third) or " ".join(third.words)
                return f"through {name}: {words}", tuple(id for _, ids in reasons for id in ids)
        return _NONE

    def _directly(self, one: NameForm, other: NameForm) -> Reason:
        shown = self.shown(one, other)
        return shown if shown[0] else self._slightly(one, other)

    def shown(self, one: NameForm, other: NameForm) -> Reason:
        """What speaks for two names being one person's, whether or not it is enough."""
        both = self._both.get(frozenset((one, other)))
        if both is not None:
            return "one article gives one person both names", (both,)
        called = self._called.get((one, other)) or self._called.get((other, one))
        if called is not None:
            return "one article prints the one inside the other", (called,)
        return self._contexts.shared(one, other)

    def _slightly(self, one: NameForm, other: NameForm) -> Reason:
        """What is enough for a slip, or for a surname that few have."""
        beside, articles = self._contexts.beside_both(one, other)
        if beside:
            return f"both are named beside {beside}", articles
        if not any(is_misspelt(*pair) for pair in ((one, other), (other, one))):
            return _NONE
        ids = tuple(self._articles[form] for form in (one, other) if form in self._articles)
        if self._contexts.tell_one_story(one, other):
            return "a letter apart, in articles of the same days", ids
        seldom = any(self._contexts.is_seldom_beside(*pair) for pair in ((one, other), (other, one)))
        return ("a letter apart from a name that far more articles print", ids) if seldom else _NONE


def _is_one_name(one: NameForm, other: NameForm) -> bool:
    """Whether two forms are one name but for a middle name, or its spelling."""
    return one.letters == other.letters or one.given == other.given and one.surname == other.surname
