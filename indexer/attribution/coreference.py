"""Coreference: whom "he", "Adeyemi", "the mayor", "the agency" mean, resolved within one article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from indexer.attribution.agreement import Agreement, head_noun
from indexer.attribution.model import AttributionModel, choose
from indexer.attribution.organisations import Organisations
from indexer.attribution.parsed_article import Paragraph, ParsedArticle, QuotationCandidate
from indexer.attribution.roles import Roles
from indexer.attribution.sources import Source
from indexer.attribution.speakers import Speaker, is_outlet, without_article
from indexer.language import PLACES, lexicon
from indexer.models import Method, Span

_MOST_SOURCES = 60  # sources of one paragraph that are looked at, from the last back
_DEEPEST = 20  # descriptions that may depend on each other: the woman, who is the woman before, who is …
_LOOK_BACK = 4  # paragraphs before a pronoun that may name whom it means
# Documents that speak for themselves, whoever filed them: Jane Roe's lawsuit.
_FILED = frozenset("""
    lawsuit suit complaint indictment filing filings papers report reports survey study poll review release
    press-release rules law bill menu page ad sign book
""".split())
# The department that "police" means if the article names one: the NYPD, the Calder Police Department.
_POLICE = re.compile(r"\b[A-Z]{1,3}PD\b|\b(?:[A-Z][a-z]+ )+Police Department\b")


class Coreference:
    """Resolves the sources of one article; remembers who spoke, since pronouns lean towards the last speaker."""

    def __init__(self, parsed: ParsedArticle, model: AttributionModel) -> None:
        self.parsed = parsed
        self.spoken: list[tuple[QuotationCandidate, Speaker | None]] = []
        self.organisations = Organisations(parsed)
        self._model = model
        self._said: Counter[str] = Counter()
        self._depth = 0
        self._last: Speaker | None = None
        self._agreement = Agreement(parsed)
        self._roles = Roles(parsed, self._agreement)
        self._resolved: dict[Span, Speaker | None] = {}
        self._pronouns: dict[tuple[Span, str], Speaker | None] = {}

    def remember(self, quoted: QuotationCandidate, speaker: Speaker | None) -> None:
        """Remember who said a quotation."""
        self.spoken.append((quoted, speaker))
        if speaker is not None:
            self._said[speaker.key] += 1
            self._last = speaker

    def quotations_of(self, speaker: Speaker) -> int:
        """How many quotations so far are a speaker's."""
        return self._said[speaker.key]

    def speaker(self, source: Source, paragraph: int) -> Speaker | None:
        """Whom a source means; None if the article does not say."""
        span = source_span(self.parsed, paragraph, source)
        if source.kind == "pronoun":
            return self._pronoun(source, paragraph, span)
        if span not in self._resolved:
            if self._depth > _DEEPEST:
                return None
            self._resolved[span] = None     # until it is known: in «a letter from the woman» each may mean the other
            self._depth += 1
            self._resolved[span] = self._meant(source, paragraph, span)
            self._depth -= 1
        return self._resolved[span]

    def _meant(self, source: Source, paragraph: int, span: Span) -> Speaker | None:
        """Whom a name or a description means."""
        if source.kind == "person":
            return self._person(source.person, span)
        if source.kind == "organisation":
            return Speaker(self.organisations.full_name(without_article(source.name)), "organisation", "name", span)
        return self._described(source, paragraph, span)

    def _person(self, number: int, span: Span) -> Speaker:
        person = self.parsed.people[number]
        printed = span.of(self.parsed.text).replace("’", "'")
        method: Method = "name" if person.name.replace("’", "'") in printed or " " not in person.name else "surname"
        return Speaker(person.name, "person", method, span, number)

    # ---- pronouns

    def _pronoun(self, source: Source, paragraph: int, span: Span) -> Speaker | None:
        """Whom a pronoun means; kept for as long as nobody else speaks, since that may change it."""
        last = self.spoken[-1][1] if self.spoken else None
        key = (span, last.key if last else "")
        if key not in self._pronouns:
            self._pronouns[key] = self._antecedent(source, paragraph, span)
        return self._pronouns[key]

    def _antecedent(self, source: Source, paragraph: int, span: Span) -> Speaker | None:
        offered = self.antecedents(source, paragraph)
        if not offered:
            return None
        best, _ = choose(self._model.antecedent, [(speaker.key, features) for speaker, features in offered])
        return replace(offered[best][0], method="pronoun", source=span)

    def antecedents(self, pronoun: Source, paragraph: int) -> list[tuple[Speaker, tuple[str, ...]]]:
        """Everybody a pronoun may mean, with what is true of each: how near, a subject, of its gender."""
        wanted = lexicon.PRONOUNS[pronoun.name]
        offered: list[tuple[Speaker, tuple[str, ...]]] = []
        nearer: list[str] = []  # keys of the persons named between, each once
        sentences = 0
        narrative = self.parsed.is_narrative(paragraph)
        for number in range(paragraph, max(paragraph - _LOOK_BACK, 0) - 1, -1):
            if number != paragraph and narrative and not self.parsed.is_narrative(number):
                continue
            read = self.parsed.paragraph(number)
            here = (
                read.tokens.sentences[pronoun.first]
                if number == paragraph
                else (read.tokens.sentences or [0])[-1] + 1
            )
            last = read.sources_near(pronoun.first, 0).start if number == paragraph else len(read.sources)
            for index in range(last - 1, max(last - _MOST_SOURCES, 0) - 1, -1):
                source = read.sources[index]
                if source.kind == "pronoun":
                    continue
                speaker = self.speaker(source, number)
                agrees = self._agreement.of(speaker, source, wanted) if speaker else None
                if speaker is None or agrees is None:
                    continue
                away = sentences + here - read.tokens.sentences[source.first]
                features = self._antecedent_features(speaker, read, index, away, paragraph - number)
                features += [agrees, f"nearer {min(len(set(nearer) - {speaker.key}), 3)}"]
                offered.append((speaker, tuple(features)))
                nearer.append(speaker.key)
            sentences += here
        return offered + self._spoken_last(wanted, {speaker.key for speaker, _ in offered})

    def _spoken_last(self, wanted: str, nearer: set[str]) -> list[tuple[Speaker, tuple[str, ...]]]:
        """Who spoke last, if no name is near enough."""
        last = self._last
        if last is None or last.key in nearer or last.source is None:
            return []
        agrees = self._agreement.of(last, Source(0, 0, 0, last.kind, last.name, last.person), wanted)
        if agrees is None:
            return []
        return [(last, (agrees, "spoke last far", f"spoke last far nearer {min(len(nearer), 3)}"))]

    def _antecedent_features(self, speaker: Speaker, read: Paragraph, index: int, away: int, back: int) -> list[str]:
        """How near a source is, what it does in its sentence, and whether it has just spoken."""
        source, tokens = read.sources[index], read.tokens
        before = tokens.lower[source.first - 1] if source.first else ""
        after = tokens.lower[source.last + 1] if source.last + 1 < len(tokens.words) else ""
        features = [f"sentences {min(away, 4)}", f"paragraphs {min(back, 3)}"]
        if source.inner:
            features.append("inner")
        if after in ("'s", "'"):
            features.append("possessive")
        if before in lexicon.PREPOSITIONS:
            features.append("behind preposition")
        opens = (
            not source.first
            or not before[0].isalnum()
            or before in lexicon.CONJUNCTIONS
            or tokens.sentences[source.first - 1] != tokens.sentences[source.first]
        )
        if opens:
            features.append("opens clause" if source.first else "opens paragraph")
        if after in lexicon.AUXILIARIES or after.endswith("ed"):
            features.append("acts")
        features.append(f"sentences {min(away, 4)} {'opens' if opens else 'within'}")
        features.append(f"sentences {min(away, 4)} {source.kind}")
        if speaker.kind == "organisation":
            placed = speaker.name.lower() in PLACES or before in ("in", "at", "to", "from", "near")
            features.append("outlet" if is_outlet(speaker.name) else "place" if placed else "other organisation")
            features.append(f"named {min(self.organisations.count(speaker.name), 4)}")
        features.append(f"spoke {min(self.quotations_of(speaker), 2)}")
        features += [f"{relation} of cue" for _, relation in read.cues_of[index]]
        last = next((quoted_by for _, quoted_by in reversed(self.spoken)), None)
        if last is not None and last.key == speaker.key:
            features.append(f"spoke last {min(back, 2)}")
        if speaker.person >= 0:
            mentions = len(self.parsed.people[speaker.person].mentions)
            features.append(f"mentions {'1' if mentions == 1 else '2-3' if mentions < 4 else '4+'}")
        return list(dict.fromkeys(features))

    # ---- descriptions

    def _described(self, source: Source, paragraph: int, span: Span) -> Speaker | None:
        """«the mayor» is the mayor the article names, «the agency» the organisation named last, «the woman» the woman
        described before, «her report» speaks for her; else the words themselves."""
        words = source.name.lower().replace("’", "'").split()
        named = self._apposed(source, paragraph)
        if named is not None:
            return replace(named, source=span, method="description")
        if head_noun(source.name) in lexicon.DOCUMENT_NOUNS:
            author = self._author(source, paragraph, words)
            if author is not None:
                return replace(author, source=span, method="description")
        if words[-1] in ("police", "cops") and words[:-1] in ([], ["the"]):
            department = _POLICE.search(self.parsed.text)
            if department:
                return Speaker(department[0], "organisation", "description", span)
        if words[0] == "the" and len(words) <= 4:
            meant = (
                self._person_number(self._roles.holder(words[-1], span))
                or self._person_number(self._roles.of_age(words))
                or self._described_before(source, paragraph, words)
            )
            if meant is None and len(words) == 2 and words[1] in lexicon.LIKE_PRONOUNS:
                meant = self._pronoun(
                    Source(source.first, source.first, source.first, "pronoun", lexicon.LIKE_PRONOUNS[words[1]]),
                    paragraph,
                    span,
                )
            if meant is None and words[-1] in lexicon.ORGANISATION_NOUNS and len(words) == 2:
                meant = self._organisation_before(source, paragraph)
            if meant is not None:
                return replace(meant, source=span, method="description")
        return Speaker(source.name, "unnamed", "name", span)

    def _author(self, source: Source, paragraph: int, words: list[str]) -> Speaker | None:
        """Whose a document is: «his report», «the agency's memo»."""
        if words[0] in ("his", "her") and head_noun(source.name) not in ("lawsuit", "suit", "complaint", "page"):
            pronoun = Source(
                source.first, source.first, source.first, "pronoun", "he" if words[0] == "his" else "she"
            )
            return self._pronoun(pronoun, paragraph, source_span(self.parsed, paragraph, pronoun))
        if head_noun(source.name) in _FILED:
            return None
        tokens = self.parsed.paragraph(paragraph).tokens
        for index in self.parsed.paragraph(paragraph).sources_near(source.first, len(words) + 1):
            other = self.parsed.paragraph(paragraph).sources[index]
            if not (other.inner and other.first >= source.first and other.last <= source.last):
                continue
            owns = other.last < source.last and tokens.lower[other.last + 1] in ("'s", "'")
            before = other.first - 2 if tokens.lower[other.first - 1] == "the" else other.first - 1
            if owns or tokens.lower[before] in ("from", "by"):
                return self.speaker(other, paragraph)
        return None

    def _apposed(self, source: Source, paragraph: int) -> Speaker | None:
        """Whose description comes behind the name: Jane Roe, [president of the Harbor Trust], said."""
        read = self.parsed.paragraph(paragraph)
        words = read.tokens.words
        if source.first < 2 or words[source.first - 1] != "," or source.last + 1 >= len(words):
            return None
        after, beyond = words[source.last + 1], words[source.last + 2:source.last + 3]
        closed = after == "," and beyond not in (["and"], ["or"]) or after in ("who", ".")
        if not closed and read.tokens.lower[source.last + 1] not in lexicon.SPEECH_VERBS:
            return None
        for index in read.sources_near(source.first - 2, 8):
            other = read.sources[index]
            if other.last == source.first - 2 and other.kind == "person" and not other.inner:
                return self.speaker(other, paragraph)
        return None

    def _described_before(self, source: Source, paragraph: int, words: list[str]) -> Speaker | None:
        """The last source before that the article described by the same noun, and more fully."""
        head = words[-1]
        if head not in lexicon.SPEAKING_NOUNS or head in lexicon.DOCUMENT_NOUNS | lexicon.ORGANISATION_NOUNS:
            return None
        for number in range(paragraph, max(paragraph - _LOOK_BACK, 0) - 1, -1):
            for other in self._before(number, source if number == paragraph else None):
                if other.kind != "unnamed" or other.inner or (number == paragraph and other.first >= source.first):
                    continue
                theirs = other.name.lower().split()
                noun = next(
                    (
                        word
                        for word in reversed(
                            re.split(r" (?:who|from|of|for|with|in|at|whose|that) ", other.name.lower())[0].split()
                        )
                    ),
                    "",
                )
                if noun == head and theirs[0] in ("a", "an", "one", "another"):
                    return Speaker(other.name, "unnamed", "description", None)
        return None

    def _before(self, number: int, source: Source | None) -> Iterator[Source]:
        """The sources of a paragraph from the last one back, or from a given one; at most _MOST_SOURCES."""
        read = self.parsed.paragraph(number)
        last = read.sources_near(source.first, 0).start if source is not None else len(read.sources)
        for index in range(last - 1, max(last - _MOST_SOURCES, 0) - 1, -1):
            yield read.sources[index]

    def _person_number(self, number: int | None) -> Speaker | None:
        if number is None:
            return None
        return Speaker(self.parsed.people[number].name, "person", "description", None, number)

    def _organisation_before(self, source: Source, paragraph: int) -> Speaker | None:
        """The organisation that «the university», «the agency» means: the last whose name contains the noun, else the
        one before that the article speaks of most. Only paper, site, station and the like mean a paper."""
        noun = source.name.lower().split()[-1]
        best: tuple[float, Source, int] | None = None
        for number in range(paragraph, -1, -1):
            for other in self._before(number, source if number == paragraph else None):
                if other.kind != "organisation" or (number == paragraph and other.first >= source.first):
                    continue
                if noun in other.name.lower().split():
                    return self.speaker(other, number)
                if (
                    paragraph - number > _LOOK_BACK
                    or is_outlet(other.name) != (noun in lexicon.PAPER_NOUNS)
                    or other.name.lower() in PLACES
                ):
                    continue
                score = self._prominence(other, number) - 0.8 * (paragraph - number)
                if best is None or score > best[0]:
                    best = (score, other, number)
        return self.speaker(best[1], best[2]) if best else None

    def _prominence(self, source: Source, number: int) -> float:
        """How much an article speaks of an organisation: how often it names it, and whether as a subject here."""
        tokens = self.parsed.paragraph(number).tokens
        opens = source.first == 0 or tokens.sentences[source.first - 1] != tokens.sentences[source.first]
        placed = source.first > 0 and tokens.lower[source.first - 1] in ("in", "at", "on", "near")
        return min(self.organisations.count(source.name), 6) + 1.5 * opens - 2.5 * placed


def source_span(parsed: ParsedArticle, paragraph: int, source: Source) -> Span:
    """Where a source is in the text."""
    return parsed.paragraph(paragraph).tokens.span(source.head, source.last)
