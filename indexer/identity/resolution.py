"""Resolution of the persons of single articles to the people of the archive: one person for all forms of a name, bare
surnames if the archive leaves no reasonable doubt, and the user's corrections.

The result depends on the set of articles only, never on the order in which they were read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from indexer.identity.bare_names import MIN_SHARE, BareNames, NamedPerson
from indexer.identity.corrections import Overrides, read_overrides
from indexer.identity.name_forms import Forest, NameForm, apart_form, name_form, name_key, slug_of, sort_key
from indexer.language import LOWER_PARTICLES, key_of, short_forms
from indexer.models import Identity, Person

__all__ = ["Overrides", "People", "read_overrides", "resolve"]

_SHORT_OFFICES = {"gov": "governor", "sen": "senator", "rep": "representative", "pres": "president", "ag": "attorney"}
_OFFICES = frozenset("""
    mayor president governor senator representative commissioner speaker chancellor comptroller attorney judge justice
    secretary minister congressman congresswoman councilman councilwoman assemblyman assemblywoman alderman sheriff
    coach manager chef pope cardinal bishop rabbi queen king
    """.split())


class People:
    """The people of the archive."""

    def __init__(self, by_article: Mapping[str, Mapping[str, Identity]], nobody: Counter[str]) -> None:
        self._by_article = by_article
        self._nobody = nobody
        known = {identity.slug: identity for names in by_article.values() for identity in names.values()}
        self.identities = tuple(replace(known[slug], inferred=False) for slug in sorted(known))

    def of(self, article_id: str, name: str) -> Identity | None:
        """Who is meant by a name in an article; None if that is nobody we could tell from others."""
        return self._by_article.get(article_id, {}).get(name_key(name))

    def in_article(self, article_id: str) -> Mapping[str, Identity]:
        """Everybody who is meant in an article, by the keys of the names (name_forms.name_key)."""
        return self._by_article.get(article_id, {})

    def unresolved(self, most: int = 50) -> tuple[tuple[str, int], ...]:
        """The names that could not be resolved, each with the number of its articles, most frequent first."""
        return tuple(sorted(self._nobody.items(), key=lambda each: (-each[1], each[0]))[:most])


def resolve(
    persons: Iterable[tuple[str, datetime | None, tuple[Person, ...]]], overrides: Overrides | None = None
) -> People:
    """Who the persons of all articles are: (article id, when published, its persons)."""
    archive = _Archive(overrides or Overrides())
    for article_id, published, named in persons:
        archive.take(article_id, published, named)
    return archive.people()


class _Archive:
    """Everything that was read, and the rules by which it becomes people."""

    def __init__(self, overrides: Overrides) -> None:
        self.overrides = overrides
        self.forest = Forest()
        self.printed: dict[NameForm, Counter[str]] = defaultdict(Counter)
        self.articles: Counter[NameForm] = Counter()
        self.named: list[NamedPerson] = []
        self._ignored = {name_key(name) for name in overrides.ignore}
        self._split = {name_key(name): parts for name, parts in overrides.split.items()}

    def take(self, article_id: str, published: datetime | None, persons: Sequence[Person]) -> None:
        day = published.toordinal() if published else None
        for person in persons:
            names = _names_of(person)
            if name_key(names[0]) in self._ignored:
                continue
            form = self._part(article_id, published, names) or name_form(names[0])
            self.named.append(NamedPerson(article_id, day, names, form, _offices(person.description)))
            if form is not None:
                self._count(form, names)

    def _part(self, article_id: str, published: datetime | None, names: Sequence[str]) -> NameForm | None:
        """The one of several people of this name whom the user says this is."""
        for name in names:
            for part in self._split.get(name_key(name), ()):
                if part.fits(article_id, published):
                    return apart_form(part.name)
        return None

    def _count(self, form: NameForm, names: Sequence[str]) -> None:
        self.articles[form] += 1
        self.printed[form][form.apart or names[0]] += 1
        self.forest.root(form)
        for name in names[1:] if not form.apart else ():
            other = name_form(name)
            if other is not None and other != form and _akin(form, other):
                self.printed[other][name] += 1
                self.forest.join(form, other)

    def people(self) -> People:
        self._lay_surnames_bare()
        self._join_middles()
        self._join_short_forms()
        shown = self._join_merged()
        identities = self._identities(shown)
        bare = BareNames(self.named, {form: identities[self.forest.root(form)] for form in self.articles},
                         self._claims(identities), self.overrides.rename)
        by_article: dict[str, dict[str, Identity]] = defaultdict(dict)
        nobody: Counter[str] = Counter()
        for each in self.named:
            identity = identities[self.forest.root(each.form)] if each.form else bare.of(each)
            if identity is None:
                nobody[each.names[0]] += 1
                continue
            known = by_article[each.article]
            for name in each.names[1:]:
                known.setdefault(name_key(name), identity)
            known[name_key(each.names[0])] = identity
        return People(by_article, nobody)

    def _claims(self, identities: Mapping[NameForm, Identity]) -> dict[str, Identity]:
        """Single names that the user gives to somebody."""
        claims = {}
        for name, others in self.overrides.merge.items():
            identity = identities.get(self.forest.root(name_form(name) or apart_form(name)))
            if identity is not None:
                claims.update({name_key(other): identity for other in others if name_form(other) is None})
        return claims

    def _lay_surnames_bare(self) -> None:
        """Van Zandt is a surname if somebody is called Steven van Zandt; Van Morrison is a full name."""
        surnames = {form.surname for form in self.articles}
        for each in self.named:
            form = each.form
            if form and form.given in LOWER_PARTICLES and f"{form.given} {form.surname}" in surnames:
                each.form = None
                self.articles[form] -= 1
        for form in [form for form, count in self.articles.items() if count == 0]:
            del self.articles[form]
            self.printed.pop(form, None)

    def _join_middles(self) -> None:
        """Michael Bloomberg is Michael R. Bloomberg, unless there is a Michael S. Bloomberg too."""
        variants: dict[tuple[str, str, str], list[NameForm]] = defaultdict(list)
        for form in sorted(self.printed, key=sort_key):
            if not form.apart:
                variants[form.given, form.surname, form.generation].append(form)
        for forms in variants.values():
            initials: dict[str, list[NameForm]] = defaultdict(list)
            for form in forms:
                if form.middle and (len(form.middle[0]) == 1 or form.middle[0][0] in
                                    {other.middle[0] for other in forms if other.middle}):
                    initials[form.middle[0][0]].append(form)
            for same in initials.values():
                self._join_all(same)
            plain = [form for form in forms if not form.middle]
            owner = self._dominant([same[0] for same in initials.values()])
            if plain and owner is not None:
                self.forest.join(plain[0], owner)

    def _join_all(self, forms: Sequence[NameForm]) -> None:
        for form in forms[1:]:
            self.forest.join(forms[0], form)

    def _dominant(self, forms: Sequence[NameForm]) -> NameForm | None:
        """Of several people the one whom nearly all articles mean; None if that is open."""
        counts = [(self.articles[form], form) for form in forms]
        total = sum(count for count, _ in counts)
        best = max(counts, key=lambda each: (each[0], sort_key(each[1])), default=None)
        return best[1] if best and (len(counts) == 1 or best[0] >= MIN_SHARE * total) else None

    def _join_short_forms(self) -> None:
        """Mike Bloomberg is Michael Bloomberg, if there is no other whose given name has that short form."""
        by_surname: dict[tuple[str, str], dict[str, NameForm]] = defaultdict(dict)
        for form in sorted(self.printed, key=sort_key):
            if not form.apart:
                by_surname[form.surname, form.generation].setdefault(form.given, form)
        for givens in by_surname.values():
            # Twice: Mick finds Mike and Michael, who are one only once Mike has found Michael.
            for short, form in 2 * sorted(givens.items(), key=_longest_first) if len(givens) > 1 else ():
                longer = [other for given, other in givens.items()
                          if short in short_forms().get(given, ()) and (len(given), given) > (len(short), short)]
                owner = self._dominant(list({self.forest.root(other): other for other in longer}.values()))
                if owner is not None:
                    self.forest.join(owner, form)

    def _join_merged(self) -> dict[NameForm, str]:
        """What the user joins and names; by form, the name to show."""
        shown: dict[NameForm, str] = {}
        for name, others in self.overrides.merge.items():
            form = name_form(name) or apart_form(name)
            for other in map(name_form, others):
                if other is not None:
                    self.forest.join(form, other)
            shown[form] = name
        for printed, name in self.overrides.rename.items():
            shown[name_form(printed) or apart_form(printed)] = name
        return shown

    def _identities(self, shown: Mapping[NameForm, str]) -> dict[NameForm, Identity]:
        """Root form → identity."""
        chosen: list[tuple[NameForm, str, tuple[str, ...]]] = []
        for forms in self.forest.sets():
            printed: Counter[str] = Counter()
            for form in forms:
                printed.update(self.printed.get(form, {}))
            if not printed:
                continue
            names = sorted(printed, key=lambda name: (-printed[name], -len(name), name))
            name = next((shown[form] for form in forms if form in shown), None) or names[0]
            chosen.append((self.forest.root(forms[0]), name, tuple(dict.fromkeys([name, *names]))))
        slugs = _slugs([name for _, name, _ in chosen])
        return {root: Identity(slug, name, tuple(alias for alias in names if alias != name))
                for slug, (root, name, names) in zip(slugs, chosen)}


def _akin(form: NameForm, other: NameForm) -> bool:
    """Whether two full names that an article gives one person say so themselves: one surname, or one begins the
    other. Other pairs may be errors of extraction."""
    if len(form.given) == 1 or len(other.given) == 1:
        return form.given == other.given and form.surname == other.surname
    short, long = sorted((form.words, other.words), key=len)
    if long[-len(short):] == short and short != long:
        return False              # Van Zandt is no other form of Steven van Zandt, but a part
    return form.words[-1] == other.words[-1] or long[:len(short)] == short


def _longest_first(given: tuple[str, NameForm]) -> tuple[int, str]:
    return -len(given[0]), given[0]


def _offices(description: str | None) -> frozenset[str]:
    """The offices in a role: "the former mayor" → mayor; without Gov. and Governor being two."""
    words = {key_of(word) for word in description.split()} if description else set()
    return frozenset(_SHORT_OFFICES.get(word, word) for word in words) & _OFFICES


def _names_of(person: Person) -> tuple[str, ...]:
    return tuple(dict.fromkeys([person.name, *(mention.name for mention in person.mentions)]))


def _slugs(names: Sequence[str]) -> Iterator[str]:
    """A slug for each name, in order; names that fold to one and the same are numbered."""
    taken: Counter[str] = Counter()
    for name in names:
        slug = slug_of(name)
        taken[slug] += 1
        yield slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"
