"""What identity reads: the names of each article, and each person of it while it is found out who that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from indexer.identity.name_forms import NameForm, name_form
from indexer.identity.roles import gender_in, offices_in, role_words, title_words
from indexer.language import Gender
from indexer.models import Person


class ArticleNames(NamedTuple):
    """Whom an article names. authors: who wrote it, in one line; offices: the words by which it names speakers by
    nothing but an office, "the mayor"."""

    article: str
    published: datetime | None
    people: Sequence[Person]
    authors: str = ""
    offices: Sequence[str] = ()

    @property
    def day(self) -> int | None:
        """When it was published, in days."""
        return self.published.toordinal() if self.published else None


@dataclass(slots=True)
class NamedPerson:
    """A person of an article while the archive is read."""

    article: str
    day: int | None
    names: tuple[str, ...]        # the fullest first, then the other forms that the article uses
    form: NameForm | None             # of the fullest; None if that is a single word
    offices: frozenset[str] = frozenset()     # mayor, governor: what the article says they are
    role: frozenset[str] = frozenset()        # the words of the role that the article gives
    title: frozenset[str] = frozenset()       # the same, with offices written out
    gender: Gender | None = None              # that the role says, or else titles and pronouns
    born: int | None = None                   # the year, within one, by the age that the article gives
    age: int | None = None
    authors: str = ""                         # who wrote the article
    doubtful: bool = False                    # which of several people of one name this is was inferred


def named_person(
    person: Person, printed: tuple[str, ...], names: ArticleNames, form: NameForm | None = None
) -> NamedPerson:
    """A person of an article, who is called so there. form: the one of several people of this name whom the user says
    it is."""
    role, published, age = person.description, names.published, person.age
    form = form or name_form(printed[0])
    if role is None and age is None:                       # as of most
        return NamedPerson(names.article, names.day, printed, form, gender=person.gender, authors=names.authors)
    born = published.year - age if published and age is not None else None
    return NamedPerson(
        names.article, names.day, printed, form, offices_in(role), role_words(role), title_words(role),
        gender_in(role) or person.gender, born, age, names.authors)


def printed_names(person: Person) -> tuple[str, ...]:
    """The names by which an article calls a person, the fullest first."""
    if len(person.mentions) == 1 and person.mentions[0].name == person.name:
        return (person.name,)
    return tuple(dict.fromkeys((person.name, *[mention.name for mention in person.mentions])))
