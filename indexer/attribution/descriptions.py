"""Descriptions: whom "the mayor", "the agency", "her lawyer", "another" mean in one article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from indexer.attribution.agreement import Agreement, head_noun
from indexer.attribution.documents import Documents, Resolve
from indexer.attribution.organisations import Organisations
from indexer.attribution.outlets import Outlets
from indexer.attribution.parsed_article import ParsedArticle
from indexer.attribution.phrases import Source
from indexer.attribution.roles import Roles
from indexer.attribution.speakers import Speaker, without_article
from indexer.language import PLACES, lexicon
from indexer.models import Span

LOOK_BACK = 4           # paragraphs before a description that may hold whom it means
MOST_SOURCES = 60       # sources of one paragraph that are looked at, from the last back
_IN_NAMES = frozenset({"trust", "tank"})      # nouns that mean only a name that contains them
_APPOSED = 9            # tokens behind a name that say what it is: Loomly, a young meal-kit startup in Calder,
_LEAST_SCORE = -1.0     # an organisation with less is not what "the agency" means
# The department that "police" means if the article names one: the NYPD, the Calder Police Department.
_POLICE = re.compile(r"\b[A-Z]{1,3}PD\b|\b(?:[A-Z][a-z]+ ){1,8}Police Department\b")
_INITIALS = r"^(?:[A-Z]\.?){2,5}$"
# What a name looks like that such a noun can mean; any other noun means only names that contain it.
_KINDS = {noun: re.compile(pattern) for nouns, pattern in (
    ("department", rf"Department|Dept|{_INITIALS}"), ("agency authority", (
        rf"Agency|Authority|Department|Administration|Commission|Bureau|Service|Office|Transit|{_INITIALS}")),
    ("museum", rf"Museum|Gallery|Collection|Center|{_INITIALS}"),
    ("university college school", rf"University|College|School|Academy|Institute|{_INITIALS}"),
    ("hospital", "Hospital|Medical|Clinic|Health"), ("airline", "Air|Jet|Lines"), ("bank", "Bank|Trust|Financial"),
    ("union", rf"Union|Local|Federation|Association|Brotherhood|Workers|{_INITIALS}"),
) for noun in nouns.split()}
# Nouns that an article uses of whatever organisation it speaks of.
_OF_ANY_KIND = frozenset("""
    group company firm organization organisation nonprofit chain shop store restaurant bar band bakery brewery hotel
    institution team
""".split())
_PLACE_ENDING = re.compile(
    r"\b(?:Street|St|Avenue|Ave|Road|Boulevard|Park|Bridge|Island|River|Beach|Square|Station|Side|Heights|County|Hill"
    r"|Village|Terminal|Airport|Plaza|Tunnel|Expressway|Highway|Lane|Place)\.?$"
)
# Groups that are called by whose they are: Adeyemi's office.
_OWNED_GROUPS = frozenset("office campaign administration camp".split())
_CLOSING = frozenset({",", ".", "of", "in", "for", "that"})     # what is behind the noun of an apposition
_ALONE = frozenset({"another", "one"})


class Descriptions:
    """Resolves the descriptions of one article."""

    def __init__(
        self, parsed: ParsedArticle, agreement: Agreement, organisations: Organisations, outlets: Outlets,
        resolve: Resolve,
    ) -> None:
        self._parsed = parsed
        self._organisations = organisations
        self._outlets = outlets
        self._resolve = resolve
        self._roles = Roles(parsed, agreement)
        self._documents = Documents(parsed, resolve)
        self._most = min(MOST_SOURCES, parsed.most_sources)

    def speaker(self, source: Source, paragraph: int, span: Span) -> Speaker:
        """Whom an unnamed source means: somebody whom the article names or describes more fully, else the words."""
        meant = self._meant(source, paragraph, span)
        if meant is None:
            return Speaker(source.name, "unnamed", "name", span)
        return meant.known_by("description", span)

    def _meant(self, source: Source, paragraph: int, span: Span) -> Speaker | None:
        words = source.name.lower().replace("’", "'").split()
        head = head_noun(source.name)
        apposed = self._apposed(source, paragraph)
        if apposed is not None:
            return apposed
        if source.name.lower() in _ALONE:
            return self._one_of_them(source, paragraph)
        if head in lexicon.DOCUMENT_NOUNS or head == "website":
            issuer = self._documents.issuer(source, paragraph)
            if issuer is not None or head != "website":
                return issuer
        if words[-1] in ("police", "cops") and words[:-1] in ([], ["the"]):
            return Speaker(self._police, "organisation", "description", span) if self._police else None
        if words[0] in lexicon.OWNERS:
            return self._owned(source, paragraph, words, head)
        if words[0] == "the":
            return self._definite(source, paragraph, span, words)
        if words[0] in ("a", "an") and len(words) < 4 and words[-1] not in lexicon.LIKE_PRONOUNS:
            return self._person(self._roles.named_later(words[-1], span))
        return self._person(self._roles.relative(words[-1])) if "'s" in words[0] or "s'" in words[0] else None

    @cached_property
    def _police(self) -> str:
        """The department that the article names; "" if it names none."""
        department = _POLICE.search(self._parsed.text)
        return department[0] if department else ""

    def _person(self, number: int | None) -> Speaker | None:
        if number is None:
            return None
        return Speaker(self._parsed.people[number].name, "person", "description", None, number)

    # ---- the mayor, the woman

    def _definite(self, source: Source, paragraph: int, span: Span, words: list[str]) -> Speaker | None:
        """«the mayor», «the three-term mayor», «the site», «the woman»."""
        head = head_noun(source.name)
        if words[-1] == head or self._name_within(source, paragraph):
            meant = (
                self._holder(source, paragraph, head, span)
                or self._person(self._roles.of_age(words))
                or self._introduced(source.name[4:])
            )
            if meant is not None:
                return meant
        if words[-1] != head or _names_something(source.name):
            return None
        described = self._described_before(source, paragraph, head) if len(words) < 5 else None
        if described is None and len(words) == 2 and head in lexicon.LIKE_PRONOUNS:
            like = Source(source.first, source.first, source.first, "pronoun", lexicon.LIKE_PRONOUNS[head])
            return self._resolve(like, paragraph)
        if described is None and head in _OWNED_GROUPS:
            described = self._owned_before(source, paragraph, head)
        if described is None and len(words) < 5 and (
                head in lexicon.ORGANISATION_NOUNS or head in _IN_NAMES):
            return self._organisation_before(source, paragraph, head)
        return described

    def _introduced(self, phrase: str) -> Speaker | None:
        """The person beside whose name the same words are: the tall one from Saltmarsh, Jo Roe."""
        return self._person(self._roles.introduced(phrase)) if " " in phrase else None

    def _name_within(self, source: Source, paragraph: int) -> str | None:
        read = self._parsed.paragraph(paragraph)
        within = (read.sources[number] for number in read.sources_near(source.first, source.last - source.first + 1))
        return next((each.name for each in within
                     if each.kind == "organisation" and source.first <= each.first and each.last <= source.last), None)

    def _holder(self, source: Source, paragraph: int, head: str, span: Span) -> Speaker | None:
        """The person who has a role; if the phrase says of what, that must be named beside the person too."""
        number = self._roles.holder(head, span)
        name = self._name_within(source, paragraph)
        if number is None or name is None:
            return self._person(number)
        text = self._parsed.text
        beside = any(
            name in text[max(mention.span.start - 80, 0):mention.span.end + 80]
            for mention in self._parsed.people[number].mentions
            if mention.span
        )
        return self._person(number) if beside else None

    def _apposed(self, source: Source, paragraph: int) -> Speaker | None:
        """Whose description comes behind the name: Jane Roe, [president of the Harbor Trust], said."""
        read = self._parsed.paragraph(paragraph)
        words = read.tokens.words
        last = source.last + (read.tokens.lower[source.last + 1:source.last + 2] == ["'s"])      # a friend of Poe's
        if source.first < 2 or words[source.first - 1] != "," or last + 1 >= len(words):
            return None
        after, beyond = words[last + 1], words[last + 2:last + 3]
        closed = after == "," and beyond not in (["and"], ["or"]) or after in ("who", ".")
        reports = read.tokens.lower[last + 1] in lexicon.SPEECH_VERBS and not self._is_many(source)
        if not closed and not reports:
            return None
        for index in read.sources_near(source.first - 2, 8):
            other = read.sources[index]
            named = other.kind == "person" or other.kind == "organisation" and (
                head_noun(source.name) in lexicon.ORGANISATION_NOUNS)
            if other.last == source.first - 2 and named and not other.inner:
                return self._resolve(other, paragraph)
        return None

    def _is_many(self, source: Source) -> bool:
        """Whether a phrase is in the plural: … Jane Roe, [prosecutors] said, …"""
        head = head_noun(source.name)
        plural = head.endswith("s") and head[:-1] in lexicon.SPEAKING_NOUNS
        return plural or head in ("police", "people", "men", "women")

    def _described_before(self, source: Source, paragraph: int, head: str) -> Speaker | None:
        """The last source before that the article described by the same noun, and more fully."""
        if head not in lexicon.SPEAKING_NOUNS or head in lexicon.DOCUMENT_NOUNS or head in lexicon.ORGANISATION_NOUNS:
            return None
        for _, other in self._unnamed_before(source, paragraph, LOOK_BACK):
            first = other.name.lower().split()[0]
            if head_noun(other.name) == head and first in ("a", "an", "one", "another"):
                return Speaker(other.name, "unnamed", "description", None)
        return None

    # ---- another, her lawyer, his office

    def _one_of_them(self, source: Source, paragraph: int) -> Speaker | None:
        """«another» after «one neighbor» is another neighbor."""
        for _, other in self._unnamed_before(source, paragraph, 1):
            head = head_noun(other.name)
            person = head in lexicon.SPEAKING_NOUNS and head not in lexicon.NO_PERSONS
            if other.name.lower() not in _ALONE and person:
                return Speaker(f"{source.name.lower()} {lexicon.singular_of(head)}", "unnamed", "description", None)
        return None

    def _owned(self, source: Source, paragraph: int, words: list[str], head: str) -> Speaker | None:
        """«her lawyer» is the lawyer named beside her, «his office» is Adeyemi's office."""
        if head not in _OWNED_GROUPS or len(words) > 3:
            return self._person(self._roles.relative(words[-1]))
        first = source.first
        owner = self._resolve(Source(first, first, first, "pronoun", lexicon.OWNERS[words[0]]), paragraph)
        if owner is None:
            return None
        return Speaker(f"{owner.name}'s {' '.join(words[1:])}", "organisation", "description", None)

    def _owned_before(self, source: Source, paragraph: int, head: str) -> Speaker | None:
        """«the campaign» is the one that the article called by whose it is."""
        for number, other in self._unnamed_before(source, paragraph, LOOK_BACK):
            words = other.name.lower().split()
            if words[-1] == head and words[0] not in ("the", "a", "an", "this", "that"):
                return self._resolve(other, number)
        return None

    def _unnamed_before(self, source: Source, paragraph: int, back: int) -> Iterator[tuple[int, Source]]:
        """The descriptions before a source with their paragraphs, from the last one back."""
        for number in range(paragraph, max(paragraph - back, 0) - 1, -1):
            for other in self._before(number, source if number == paragraph else None):
                if other.kind == "unnamed" and not other.inner:
                    yield number, other

    def _before(self, number: int, source: Source | None) -> Iterator[Source]:
        """The sources of a paragraph from the last one back, or from a given one; not too many."""
        read = self._parsed.paragraph(number)
        last = read.sources_near(source.first, 0).start if source is not None else len(read.sources)
        for index in range(last - 1, max(last - self._most, 0) - 1, -1):
            yield read.sources[index]

    # ---- the agency, the site

    def _organisation_before(self, source: Source, paragraph: int, noun: str) -> Speaker | None:
        """The organisation that «the university», «the agency» means: the last whose name contains the noun, else the
        one before that the article speaks of most. Only paper, site, station and the like mean an outlet."""
        best: tuple[float, Source, int] | None = None
        for number in range(paragraph, -1, -1):
            for other in self._before(number, source if number == paragraph else None):
                if other.kind != "organisation" or (number == paragraph and other.first >= source.first):
                    continue
                if noun in other.name.lower().split() or self._is_called(other, number, noun):
                    return self._resolve(other, number)
                if paragraph - number > LOOK_BACK or not self._fits(other.name, noun):
                    continue
                score = self._prominence(other, number) - 0.8 * (paragraph - number)
                if best is None or score > best[0]:
                    best = (score, other, number)
        return self._resolve(best[1], best[2]) if best and best[0] > _LEAST_SCORE else None

    def _is_called(self, other: Source, number: int, noun: str) -> bool:
        """Whether a paragraph introduces an organisation by a noun: the [union] Harbor Hands; Loomly, a [startup]."""
        tokens = self._parsed.paragraph(number).tokens
        before = tokens.lower[other.head - 1:other.head]
        behind = tokens.lower[other.last + 1:other.last + _APPOSED]
        if behind[:1] == [","] and behind[1:2] and behind[1] in ("a", "an", "the"):
            closed = next((at for at, word in enumerate(behind[1:], 1) if word in _CLOSING), 0)
            return closed > 0 and behind[closed - 1] == noun
        return before == [noun] and other.name.lower() not in PLACES

    def _fits(self, name: str, noun: str) -> bool:
        """Whether an article can call an organisation of this name by this noun."""
        if name.lower() in PLACES or _PLACE_ENDING.search(name):
            return False
        if noun in lexicon.PAPER_NOUNS:
            return name in self._outlets
        if name in self._outlets:
            return False
        ending = name.lower().split()[-1]
        other_kind = ending in lexicon.ORGANISATION_NOUNS and ending not in _OF_ANY_KIND
        if noun in _OF_ANY_KIND:
            return not other_kind
        return noun in _KINDS and _KINDS[noun].search(self._organisations.full_name(without_article(name))) is not None

    def _prominence(self, source: Source, number: int) -> float:
        """How much an article speaks of an organisation: how often it names it, and whether as a subject here."""
        read = self._parsed.paragraph(number)
        tokens = read.tokens
        opens = source.first == 0 or tokens.sentences[source.first - 1] != tokens.sentences[source.first]
        placed = source.first > 0 and tokens.lower[source.first - 1] in ("in", "at", "on", "near")
        return min(self._organisations.count(source.name), 6) + 1.5 * opens - 2.5 * placed


def _names_something(name: str) -> bool:
    """Whether a description holds a name: the Adeyemi organization."""
    return any(word[0].isupper() for word in name.split()[1:])
