"""Documents: who issued the report, the letter, the lawsuit that an article quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from indexer.attribution.agreement import head_noun
from indexer.attribution.parsed_article import Paragraph, ParsedArticle
from indexer.attribution.phrases import Source
from indexer.attribution.speakers import Speaker
from indexer.language import PLACES, lexicon

Resolve = Callable[[Source, int], Speaker | None]    # a source and the number of its paragraph → whom it means

_LOOK_BACK = 8          # paragraphs before a document in which it may have been introduced
_MOST_MENTIONS = 12     # earlier mentions of a document that are looked at
_REACH = 30             # tokens between a verb and the subject that opens its sentence
_FAR = 1_000            # tokens of one paragraph that are looked through
_BETWEEN = 12           # tokens between whoever issues a document and the document
# Nouns of which an article uses one for the other.
_SAME = tuple(map(frozenset, (
    ("report", "study", "survey", "audit", "poll", "analysis", "review", "reports", "findings"),
    ("letter", "note", "missive", "memo"), ("email", "e-mail", "message"),
    ("suit", "lawsuit", "complaint", "filing", "papers"), ("statement", "release", "press-release"),
    ("order", "decree"), ("sheet", "memo"), ("article", "story", "piece", "editorial", "column"), ("post", "tweet"),
)))
_ISSUING = lexicon.all_forms("""
    publish release issue send write file post put unveil submit draft distribute circulate print commission compile
    conduct produce author sign have present
""")
# What somebody does who writes such a document, if it is not mentioned.
_DOING = {noun: frozenset(forms.split()) for nouns, forms in (
    ("letter note missive", "wrote written writes writing"), ("email e-mail", "emailed wrote"),
    ("suit lawsuit complaint filing papers", "sued sues suing"), ("survey poll", "surveyed polled"),
    ("tweet post", "tweeted posted"),
) for noun in nouns.split()}
_WORDING = re.compile(r"^the (?:full )?(?:text|wording|language|copy|draft|version) of ")
_PLAIN_VERBS = lexicon.SPEECH_VERBS - lexicon.NOUN_VERBS
# Anybody can post there: a Craigslist ad is not Craigslist's.
_HOSTED = frozenset("ad ads listing listings post page account tweet sign user rule rules law bill".split())


class Documents:
    """The documents of one article."""

    def __init__(self, parsed: ParsedArticle, resolve: Resolve) -> None:
        self._parsed = parsed
        self._resolve = resolve

    def issuer(self, source: Source, paragraph: int) -> Speaker | None:
        """Who speaks through a document: by the phrase itself (Roe's letter, a study by the Trust), or by how the
        article introduced the document before; None if it does not say."""
        named = self._named_within(source, paragraph)
        opener = source.name.lower().split()[0]
        if named is not None or opener not in ("a", "an", "the", "this", "that"):
            return named
        filed = self._passive_behind(source, paragraph)
        if opener in ("a", "an"):
            return filed or self._subject(self._parsed.paragraph(paragraph), paragraph, source.last, _ISSUING)
        return filed or self._introduced(self._noun_of(source), source, paragraph)

    def _noun_of(self, source: Source) -> str:
        """The noun that a document is called by: order of «the text of the order»."""
        name = _WORDING.sub("", source.name.lower())
        return head_noun(name)

    def _passive_behind(self, source: Source, paragraph: int) -> Speaker | None:
        """Whose a document is by what comes behind it: the suit, filed by [Roe], says."""
        read = self._parsed.paragraph(paragraph)
        words, at = read.tokens.lower, source.last + 1
        if words[at:at + 1] == [","] and words[at + 1:at + 2] == ["which"]:
            return None
        at += words[at:at + 1] == [","]
        if not (words[at:at + 1] and words[at] in _ISSUING and words[at + 1:at + 2] == ["by"]):
            return None
        number = next((index for index in read.sources_near(at + 2, 2) if read.sources[index].first in (
            at + 2, at + 3) and not read.sources[index].inner), None)
        return self._resolve(read.sources[number], paragraph) if number is not None else None

    def _named_within(self, source: Source, paragraph: int) -> Speaker | None:
        """The possessor, the author behind "by" or "from", or the organisation before the noun."""
        read = self._parsed.paragraph(paragraph)
        words = read.tokens.lower
        head = self._noun_of(source)
        if words[source.first] in lexicon.OWNERS:
            owner = Source(source.first, source.first, source.first, "pronoun", lexicon.OWNERS[words[source.first]])
            return self._resolve(owner, paragraph)
        for number in read.sources_near(source.first, source.last - source.first + 1):
            other = read.sources[number]
            if other is source or other.first < source.first or other.last > source.last or other.kind == "pronoun":
                continue
            behind = words[other.last + 1:source.last + 1]
            if behind[:1] in (["'s"], ["'"]) or self._is_by(words, other):
                return self._resolve(other, paragraph)
            adjacent = head in behind[:2] and other.kind == "organisation" and head not in _HOSTED
            if adjacent and other.name.lower() not in PLACES:
                return self._resolve(other, paragraph)
        return self._described_owner(source, paragraph)

    def _described_owner(self, source: Source, paragraph: int) -> Speaker | None:
        """Whose a document is by a description: [the governor]'s statement."""
        tokens = self._parsed.paragraph(paragraph).tokens
        for last in range(source.first, source.last):
            if tokens.lower[last + 1] == "'s":
                name = tokens.span(source.first, last).of(self._parsed.text)
                owner = self._resolve(Source(source.first, source.first, last, "unnamed", name), paragraph)
                return owner if owner is not None and owner.kind != "unnamed" else None
        return None

    def _is_by(self, words: list[str], source: Source) -> bool:
        before = source.first - 1
        return words[before] in ("by", "from") or (words[before] == "the" and words[before - 1] in ("by", "from"))

    def _introduced(self, head: str, source: Source, paragraph: int) -> Speaker | None:
        """Who issued the document where the article spoke of it before, the last mention first."""
        nouns = next((group for group in _SAME if head in group), frozenset({head}))
        for number, position in self._mentions(nouns, source, paragraph):
            read = self._parsed.paragraph(number)
            found = self._of_mention(read, number, position) or self._subject(read, number, position, _ISSUING)
            if found is not None:
                return found
        return self._doer(head, source, paragraph) if head in _DOING else None

    def _mentions(self, nouns: frozenset[str], source: Source, paragraph: int) -> Iterator[tuple[int, int]]:
        """The earlier mentions of a document as paragraph and token, from the last one back."""
        seen = 0
        for number in range(paragraph, max(paragraph - _LOOK_BACK, 0) - 1, -1):
            words = self._parsed.paragraph(number).tokens.lower
            last = source.first if number == paragraph else len(words)
            for position in range(last - 1, max(last - _FAR, 0) - 1, -1):
                if words[position] in nouns:
                    yield number, position
                    seen += 1
                    if seen == _MOST_MENTIONS:
                        return

    def _of_mention(self, read: Paragraph, number: int, position: int) -> Speaker | None:
        """Whose an earlier mention says that the document is: the Trust's report, a report released by the Trust."""
        words = read.tokens.lower
        for index in read.sources_near(position, 6):
            other = read.sources[index]
            if other.kind == "unnamed" and other.first <= position <= other.last:
                named = self._named_within(other, number)
                if named is not None:
                    return named
            if _owns(words, other, position) and other.name.lower() not in PLACES:
                return self._resolve(other, number)
            between = words[position + 1:other.first]
            if other.first > position and other.kind != "pronoun" and len(between) < 5 and (
                {"by", "from"} & set(between[-2:])
            ):
                return self._resolve(other, number)
        return None

    def _subject(self, read: Paragraph, number: int, position: int, verbs: frozenset[str]) -> Speaker | None:
        """Who issues a document in its sentence: the Trust published [its report]; Roe said in the [suit]."""
        words, sentences = read.tokens.lower, read.tokens.sentences
        said_in = "in" in words[max(position - 4, 0):position]
        for at in range(position - 1, max(position - _BETWEEN, 0), -1):
            if sentences[at] != sentences[position]:
                return None
            if words[at] in verbs or (said_in and words[at] in _PLAIN_VERBS):
                return self._before(read, number, at)
        return None

    def _before(self, read: Paragraph, number: int, verb: int) -> Speaker | None:
        """The subject of a verb: right before it, adverbs and auxiliaries passed over, else what opens its sentence;
        None if the verb is passive."""
        words, sentences = read.tokens.lower, read.tokens.sentences
        if words[verb - 1] in lexicon.BE:
            return None
        at = verb - 1
        while at > 0 and (words[at] in lexicon.AUXILIARIES or words[at] in lexicon.ADVERBS):
            at -= 1
        opening = None
        for index in read.sources_near(verb, _REACH):
            other = read.sources[index]
            if other.inner or other.last > at or head_noun(other.name) in lexicon.DOCUMENT_NOUNS:
                continue
            if other.last == at:
                return self._resolve(other, number)
            opens = other.first == 0 or sentences[other.first - 1] != sentences[other.first]
            if opens and sentences[other.first] == sentences[verb] and other.kind != "pronoun":
                opening = other
        return self._resolve(opening, number) if opening is not None else None

    def _doer(self, head: str, source: Source, paragraph: int) -> Speaker | None:
        """Who wrote or sued, if nothing but that tells of the document."""
        for number in range(paragraph, max(paragraph - _LOOK_BACK, 0) - 1, -1):
            read = self._parsed.paragraph(number)
            last = source.first if number == paragraph else len(read.tokens.lower)
            for position in range(last - 1, max(last - _FAR, 0), -1):
                if read.tokens.lower[position] in _DOING[head]:
                    found = self._before(read, number, position)
                    if found is not None:
                        return found
        return None


def _owns(words: Sequence[str], source: Source, position: int) -> bool:
    """Whether a possessive is before a noun with no more than adjectives between: [the mayor]'s executive order."""
    behind = words[source.last + 1:position]
    return source.kind in ("person", "organisation") and 0 < len(behind) < 4 and behind[0] == "'s"
