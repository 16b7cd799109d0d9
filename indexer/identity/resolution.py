"""Resolution of the persons of single articles to the people of the archive: one person for all forms of a name, bare
surnames if the archive leaves no reasonable doubt, and the user's corrections.

The result depends on the set of articles only, never on the order in which they were read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.identity.bare_names import MIN_SHARE, BareNames
from indexer.identity.doubts import Doubt, Doubts
from indexer.identity.evidence import Contexts
from indexer.identity.forest import Forest
from indexer.identity.incumbents import incumbents
from indexer.identity.joins import join_by_context, join_generations, join_misprints, join_officials, join_parts
from indexer.identity.misread import mend
from indexer.identity.name_forms import (
    NameForm, apart_form, grown_form, is_plain, name_form, name_key, nickname_form, odd_words, shown_name, slug_of,
    sort_key, without_title,
)
from indexer.identity.named import ArticleNames, NamedPerson, named_person, printed_names
from indexer.identity.namesakes import tell_apart
from indexer.identity.overrides import Overrides
from indexer.identity.resemblance import akin_givens, alike, is_letter_apart, may_be_cut, parts
from indexer.identity.sex_and_age import births_of, certain_genders, genders_of
from indexer.models import Identity

# So many times as many articles that give a name alone make it another's than the one whose longer name begins so.
_NAMESAKE = 2


class People:
    """The people of the archive."""

    def __init__(
        self, by_article: Mapping[str, Mapping[str, Identity]], nobody: Counter[str], doubts: Sequence[Doubt] = ()
    ) -> None:
        self.by_article = by_article          # who is meant by the keys of its names (name_forms.name_key)
        self._nobody = nobody
        self.doubts = tuple(doubts)           # the closest decisions
        known = {identity.slug: identity for names in by_article.values() for identity in names.values()}
        self.identities = tuple(replace(each, inferred=False) if each.inferred else each
                                for _, each in sorted(known.items()))

    def of(self, article_id: str, name: str) -> Identity | None:
        """Who is meant by a name in an article; None if that is nobody we could tell from others."""
        return self.by_article.get(article_id, {}).get(name_key(name))

    def in_article(self, article_id: str) -> Mapping[str, Identity]:
        """Everybody who is meant in an article, by the keys of the names."""
        return self.by_article.get(article_id, {})

    def unresolved(self, most: int | None = 50) -> tuple[tuple[str, int], ...]:
        """The names that could not be resolved, each with the number of its articles, most frequent first."""
        return tuple(sorted(self._nobody.items(), key=lambda each: (-each[1], each[0]))[:most])


def resolve(articles: Iterable[ArticleNames], overrides: Overrides | None = None) -> People:
    """Who the persons of all articles are, and those speakers whom an article names by an office alone."""
    archive = _Archive(overrides or Overrides())
    for names in articles:
        archive.take(names)
    return archive.people()


class _Archive:
    """Everything that was read, and the rules by which it becomes people."""

    def __init__(self, overrides: Overrides) -> None:
        self.overrides = overrides
        self.forest = Forest({}, {})
        self.printed: dict[NameForm, dict[str, int]] = {}      # in how many articles each name of a form
        self._forms: list[NameForm] = []            # all that are printed, sorted
        self.articles: Counter[NameForm] = Counter()
        self.named: list[NamedPerson] = []
        self.speaking: list[ArticleNames] = []      # articles that name speakers by an office alone
        self._together: Counter[tuple[NameForm, NameForm]] = Counter()      # articles that give one person both
        self._nicknamed: set[tuple[NameForm, NameForm]] = set()
        self._grown: set[tuple[NameForm, NameForm, str]] = set()
        self._ignored = {name_key(name) for name in overrides.ignore}
        self._split = {name_key(name): parts for name, parts in overrides.split.items()}

    def take(self, names: ArticleNames) -> None:
        self.speaking += [names] if names.offices else []
        for person in names.people:
            printed = printed_names(person)
            if not self._ignored or name_key(printed[0]) not in self._ignored:
                part = self._part(names, printed) if self._split else None
                self.named.append(named_person(person, printed, names, part))

    def _part(self, names: ArticleNames, printed: Sequence[str]) -> NameForm | None:
        """The one of several people of this name whom the user says this is."""
        for name in printed:
            for part in self._split.get(name_key(name), ()):
                if part.fits(names.article, names.published):
                    return apart_form(part.name)
        return None

    def _count(self, form: NameForm, names: Sequence[str], articles: int) -> None:
        """Count so many articles that call somebody of this form so."""
        self.articles[form] = self.articles.get(form, 0) + articles
        self._count_printed(form, form.apart or shown_name(names[0], form), articles)
        if form.is_one_of_several:
            return
        for name in names:
            if not is_plain(name) or not name.istitle():                     # else there is nothing to note, as of most
                self._note(name, name_form(name) or form)
        if len(names) == 1:
            return
        for other, name in {name_form(name): name for name in reversed(names[1:])}.items():
            if other is not None and other != form and _akin(form, other):
                self._count_printed(other, name, articles)
                self._together[(other, form) if _is_part(form, other) else (form, other)] += articles

    def _count_printed(self, form: NameForm, name: str, articles: int) -> None:
        printed = self.printed.get(form)
        if printed is None:
            self.printed[form] = {name: articles}
        else:
            printed[name] = printed.get(name, 0) + articles

    def _note(self, name: str, form: NameForm) -> None:
        """Note what a printed name says about other forms of it."""
        nickname, grown = nickname_form(name, form), grown_form(name, form)
        if nickname is not None:
            self._nicknamed.add((form, nickname))
        if grown is not None:
            self._grown.add((form, *grown))

    def people(self) -> People:
        mend(self.named)
        tell_apart(self.named)
        for (form, names), articles in Counter((each.form, each.names) for each in self.named).items():
            if form is not None:
                self._count(form, names, articles)
        self.forest = Forest(genders_of(self.named), births_of(self.named))
        self._forms = sorted(self.printed, key=sort_key)
        for form in self._forms:
            self.forest.root(form)
        self._join_spellings()
        contexts = Contexts(self.named)
        self._join_together(contexts)
        self._join_middles()
        forms = [form for form in self._forms if form in self.articles and not form.is_one_of_several]
        pairs, wholes = alike(forms), parts(forms)
        self._join_contexts(contexts, forms, pairs, wholes)
        shown = self._join_merged()
        families, settled = self.forest.sets(), self.overrides.names()
        doubts = Doubts(self.forest, families, contexts, self._together, settled, (*pairs, *wholes)).closest()
        identities = self._identities(families, shown)
        whose = {form: identities[self.forest.root(form)] for form in self.articles}
        bare = BareNames(self.named, whose, self._claims(identities), self.overrides.rename)
        meant = [(each, self._whoever(whose[each.form], each) if each.form else bare.of(each)) for each in self.named]
        return People(self._by_article(meant), Counter(each.names[0] for each, who in meant if who is None), doubts)

    def _by_article(self, meant: Sequence[tuple[NamedPerson, Identity | None]]) -> dict[str, dict[str, Identity]]:
        """For each article who its names are."""
        found: dict[str, dict[str, Identity]] = defaultdict(dict)
        for each, identity in meant:
            if identity is not None:
                known = found[each.article]
                for name in each.names[1:]:
                    known.setdefault(name_key(name), identity)
                known[name_key(each.names[0])] = identity
        for article, name, identity in incumbents(self.speaking, meant):
            found[article].setdefault(name_key(name), identity)
        return found

    @staticmethod
    def _whoever(identity: Identity, named: NamedPerson) -> Identity:
        return replace(identity, inferred=True) if named.doubtful else identity

    def _claims(self, identities: Mapping[NameForm, Identity]) -> dict[str, Identity]:
        """Single names that the user gives to somebody."""
        claims = {}
        for name, others in self.overrides.merge.items():
            identity = identities.get(self.forest.root(name_form(name) or apart_form(name)))
            if identity is not None:
                claims.update({name_key(other): identity for other in others if name_form(other) is None})
        return claims

    def _join_spellings(self) -> None:
        """Hyphens, dots, blanks, apostrophes and accents make nobody another person."""
        spelled: dict[tuple[str, str], list[NameForm]] = defaultdict(list)
        for form in self._forms:
            if not form.is_one_of_several:
                spelled[form.letters].append(form)
        for forms in spelled.values():
            self._join_all(forms)

    def _join_together(self, contexts: Contexts) -> None:
        """What articles give one person is one person's, unless it is a part of several people's names, or a father's
        whose Jr. an article calls so for short."""
        pairs = {pair for pair, count in self._together.items() if _is_evidence(*pair, count)}
        pairs |= {pair for pair in self._nicknamed if pair[1] in self.printed}
        owners: dict[NameForm, set[NameForm]] = defaultdict(set)
        for form, part in pairs:
            if _is_part(part, form):
                owners[part].add(form._replace(middle=()))
        for form, other in sorted(pairs, key=self._by_weight):
            if _is_part(other, form) and (len(owners[other]) > 1 or self._is_famous_alone(other, form)):
                continue
            if not self._is_fathers(form, other) or contexts.agree(form, other):
                self.forest.join(form, other)

    def _is_famous_alone(self, part: NameForm, form: NameForm) -> bool:
        """Whether a name without a last surname is rather the name of another, after whom somebody is named."""
        cut = len(part.words) < len(form.words)
        return cut and self.articles[part] > _NAMESAKE * self._together[form, part]

    def _is_fathers(self, form: NameForm, other: NameForm) -> bool:
        """Whether a name without Jr. is printed so often alone that it may be another's."""
        alone = self.articles[form if other.generation else other]
        return form.generation != other.generation and form.given != other.given and (
            alone > _NAMESAKE * self._together[form, other])

    def _by_weight(self, pair: tuple[NameForm, NameForm]) -> tuple[int, object, object]:
        return -self._together[pair], sort_key(pair[0]), sort_key(pair[1])

    def _join_contexts(
        self, contexts: Contexts, forms: Sequence[NameForm], pairs: Sequence[tuple[NameForm, NameForm]],
        wholes: Sequence[tuple[NameForm, NameForm]],
    ) -> None:
        nicknames = {(form, nickname.given) for form, nickname in self._nicknamed}
        for form, other, word in sorted(self._grown, key=lambda each: self._by_weight(each[:2])):
            if other in self.articles and ((other, word) in nicknames or contexts.agree(form, other)):
                self.forest.join(form, other)
        join_by_context(self.forest, contexts, pairs)
        join_officials(self.forest, contexts, self.articles)
        join_misprints(self.forest, contexts, forms)
        join_parts(self.forest, contexts, self.articles, wholes)
        join_generations(self.forest, contexts, forms)

    def _join_middles(self) -> None:
        """Michael Bloomberg is Michael R. Bloomberg, unless there is a Michael S. Bloomberg too."""
        variants: dict[tuple[str, str, str], list[NameForm]] = defaultdict(list)
        for form in self._forms:
            if not form.is_one_of_several:
                variants[form.given, form.surname, form.generation].append(form)
        for forms in variants.values():
            if len(forms) == 1:
                continue
            initials: dict[str, list[NameForm]] = defaultdict(list)
            for form in forms:
                if form.middle and (len(form.middle[0]) == 1 or form.middle[0][0] in
                                    {other.middle[0] for other in forms if other.middle}):
                    initials[form.middle[0][0]].append(form)
            for same in initials.values():
                self._join_all(same)
            plain = [form for form in forms if not form.middle]
            owner = self._dominant([same[0] for same in initials.values()])
            if plain and owner is not None and len(plain[0].given) > 1:
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

    def _join_merged(self) -> dict[NameForm, str]:
        """What the user joins and names; by form, the name to show."""
        shown: dict[NameForm, str] = {}
        for name, others in self.overrides.merge.items():
            form = name_form(name) or apart_form(name)
            for other in map(name_form, others):
                if other is not None:
                    self.forest.force(form, other)
            shown[form] = name
        for printed, name in self.overrides.rename.items():
            shown[name_form(printed) or apart_form(printed)] = name
        return shown

    def _identities(
        self, families: Iterable[Sequence[NameForm]], shown: Mapping[NameForm, str]
    ) -> dict[NameForm, Identity]:
        """Root form → identity."""
        chosen: list[tuple[NameForm, str, tuple[str, ...]]] = []
        for forms in families:
            printed: Mapping[str, int] = self.printed.get(forms[0], {})
            if len(forms) > 1:
                printed = sum((Counter(self.printed[form]) for form in forms if form in self.printed), Counter())
            if not printed:
                continue
            names = [*printed]
            if len(names) > 1:
                names.sort(key=lambda name: (
                    without_title(name) != name, -printed[name], odd_words(name), -len(name), name))
            name = names[0]
            if shown:
                name = next((shown[form] for form in forms if form in shown), None) or name
            chosen.append((self.forest.root(forms[0]), name, tuple(each for each in names if each != name)))
        slugs = _slugs([name for _, name, _ in chosen])
        genders = certain_genders(self.named, self.forest)
        return {root: Identity(slug, name, aliases, gender=genders.get(root))
                for slug, (root, name, aliases) in zip(slugs, chosen)}


def _akin(form: NameForm, other: NameForm) -> bool:
    """Whether two full names that an article gives one person say so themselves: one surname, or one begins the
    other. Other pairs may be errors of extraction."""
    if len(form.given) == 1 or len(other.given) == 1:
        return form.given == other.given and form.surname == other.surname
    short, long = sorted((form.words, other.words), key=len)
    if long[-len(short):] == short and short != long:
        return False              # Van Zandt is no other form of Steven van Zandt, but a part
    return form.words[-1] == other.words[-1] or long[:len(short)] == short


def _is_evidence(form: NameForm, other: NameForm, articles: int) -> bool:
    """Whether articles that give one person two names may be believed; of given names that have nothing to do with
    each other one article may be wrong."""
    given = form.given, other.given
    cut = may_be_cut(*given) or _is_part(other, form)
    return articles > 1 or len(other.given) == 1 or cut or akin_givens(*given) or is_letter_apart(*given)


def _is_part(part: NameForm, form: NameForm) -> bool:
    """Whether a name is one without what makes it somebody's own: without Jr., or without the last surname."""
    shorter = part.words == form.words[:len(part.words)] and len(part.words) < len(form.words)
    return shorter or part.words == form.words and bool(form.generation) and not part.generation


def _slugs(names: Sequence[str]) -> Iterator[str]:
    """A slug for each name, in order; names that fold to one and the same are numbered."""
    taken: dict[str, int] = {}
    for name in names:
        slug = slug_of(name)
        taken[slug] = number = taken.get(slug, 0) + 1
        yield slug if number == 1 else f"{slug}-{number}"
