"""The closest decisions about who is who: names that were joined on little, and names that were nearly joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.identity.evidence import Contexts
from indexer.identity.forest import Forest
from indexer.identity.name_forms import NameForm, name_form, sort_key
from indexer.identity.reasons import Reasons
from indexer.identity.resemblance import generations

MOST, MOST_MERGES = 100, 500     # of the splits, and of the merges, that are told


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two names of which it was close whether they are one person's. one and other are as they are printed most, with
    the number of articles that print them; why is the evidence, articles are the ids of those that show it."""

    is_joined: bool
    one: str
    other: str
    one_articles: int
    other_articles: int
    why: str
    articles: tuple[str, ...] = ()


class Doubts:
    """Looks through an archive whose names are joined. families: every person's forms; together: of each pair of names
    how many articles give them to one person; settled: the names of which the user has said whose they are; alike: the
    pairs that resemblance.alike and resemblance.parts give."""

    def __init__(
        self, forest: Forest, families: Sequence[Sequence[NameForm]], contexts: Contexts,
        together: Mapping[tuple[NameForm, NameForm], int], settled: Iterable[str],
        alike: Sequence[tuple[NameForm, NameForm]],
    ) -> None:
        self._forest = forest
        self._contexts = contexts
        self._alike = alike
        self._together: Counter[frozenset[NameForm]] = Counter()
        for pair, count in together.items():
            self._together[frozenset(pair)] += count
        self._families = families
        self._settled = {form for name in settled if (form := name_form(name))}

    def closest(self) -> tuple[Doubt, ...]:
        """The merges on one article's or one context's word, and the names that are alike and were kept apart: of both
        first those that most articles print."""
        forms = (form for form in self._contexts.forms() if not form.is_one_of_several)
        fathers = ((plain, form) for plain, others in generations(forms).items() for form in others)
        pairs = {*map(frozenset, (*self._alike, *fathers, *self._called_otherwise())), *self._together}
        merges: list[tuple[NameForm, NameForm]] = []
        splits: list[tuple[NameForm, NameForm]] = []
        for one, other in sorted((sorted(pair, key=sort_key) for pair in pairs if len(pair) == 2),
                                 key=lambda pair: [*map(sort_key, pair)]):
            if self._is_open(one, other):
                joined = self._forest.root(one) == self._forest.root(other)
                (merges if joined else splits).append((one, other))
        return (*self._told(merges, True), *self._namesakes(), *self._told(splits, False))

    def _called_otherwise(self) -> Iterator[tuple[NameForm, NameForm]]:
        """The most frequent name of each person beside every other with another given name."""
        for family in self._families:
            if len(family) == 1:
                continue
            usual = min(family, key=lambda form: (-self._articles(form), sort_key(form)))
            yield from ((usual, form) for form in family if form.given != usual.given)

    def _namesakes(self) -> Iterator[Doubt]:
        """People of one full name who were told apart, each beside the most frequent."""
        for form in sorted((form for form in self._contexts.forms() if form.namesake > 1), key=sort_key)[:MOST]:
            usual = form._replace(namesake=0)
            if self._articles(usual) and usual not in self._settled:
                first, other = (min(each.article for each in self._contexts.bearers(one)) for one in (usual, form))
                yield self._pair(usual, form, False, "one name, told apart by ages, work or years", (first, other))

    def _is_open(self, one: NameForm, other: NameForm) -> bool:
        """Whether a reader could think otherwise: not of two spellings of one name, of what several articles say, of
        what the user has said, or of two whom an article names side by side."""
        if one.given == other.given and one.surname == other.surname and one.generation == other.generation:
            return False
        if 1 in (len(one.given), len(other.given)) or one.letters == other.letters:
            return False
        if {one, other} & self._settled or self._together[frozenset((one, other))] > 1:
            return False
        return bool(self._articles(one) and self._articles(other)) and not self._contexts.apart(one, other)

    def _told(self, pairs: Sequence[tuple[NameForm, NameForm]], is_joined: bool) -> list[Doubt]:
        most = MOST_MERGES if is_joined else MOST
        weighed = sorted(pairs, key=lambda pair: (-min(map(self._articles, pair)), [*map(sort_key, pair)]))[:most]
        trees = {self._forest.root(form) for pair in weighed for form in pair}
        families = [family for family in self._families if self._forest.root(family[0]) in trees]
        reasons = Reasons(self._contexts, families if is_joined else weighed)
        return [self._doubt(pair, is_joined, reasons) for pair in weighed]

    def _articles(self, form: NameForm) -> int:
        return len(self._contexts.bearers(form))

    def _doubt(self, pair: tuple[NameForm, NameForm], is_joined: bool, reasons: Reasons) -> Doubt:
        reason, articles = reasons.why(*pair) if is_joined else reasons.shown(*pair)
        why = reason or "nothing in common but the name"
        if not is_joined and articles:
            why += ", but sex, age, generation or other names speak against it"
        return self._pair(*pair, is_joined, why, articles)

    def _pair(self, one: NameForm, other: NameForm, is_joined: bool, why: str, articles: tuple[str, ...]) -> Doubt:
        names = [self._name(form) for form in (one, other)]
        return Doubt(is_joined, names[0], names[1], self._articles(one), self._articles(other), why, articles)

    def _name(self, form: NameForm) -> str:
        """What most articles print of a form."""
        printed = Counter(each.names[0] for each in self._contexts.bearers(form))
        return max(printed.items(), key=lambda each: (each[1], each[0]))[0]
