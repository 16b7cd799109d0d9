"""Coreference: whom "he", "Adeyemi", "the mayor", "the agency" mean, resolved within one article."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from indexer.attribution.agreement import Agreement, may_be_person
from indexer.attribution.clauses import OPENING_CLAUSES, is_first_subject, is_subject
from indexer.attribution.cues import Cue
from indexer.attribution.descriptions import LOOK_BACK, MOST_SOURCES, Descriptions
from indexer.attribution.model import AttributionModel, choose
from indexer.attribution.organisations import Organisations
from indexer.attribution.outlets import Outlets
from indexer.attribution.parsed_article import Paragraph, ParsedArticle, QuotationCandidate
from indexer.attribution.sources import Source
from indexer.attribution.speakers import Speaker, without_article
from indexer.attribution.subjects import Relation, joined_with
from indexer.language import PLACES, lexicon
from indexer.models import Method, Span

_ANSWERS = lexicon.all_forms("reply respond answer retort counter")
_DEEPEST = 20  # descriptions that may depend on each other: the woman, who is the woman before, who is …


class Coreference:
    """Resolves the sources of one article; remembers who spoke, since pronouns lean towards the last speaker."""

    def __init__(self, parsed: ParsedArticle, model: AttributionModel) -> None:
        self.parsed = parsed
        self.spoken: list[tuple[QuotationCandidate, Speaker | None]] = []
        self.organisations = Organisations(parsed)
        self.outlets = Outlets(parsed.text)
        self.model = model
        self._said: Counter[str] = Counter()
        self._depth = 0
        self._last: Speaker | None = None
        self.agreement = Agreement(parsed)
        self._descriptions = Descriptions(parsed, self.agreement, self.organisations, self.outlets, self.speaker)
        self._roles: dict[tuple[Span, int], tuple[str, bool]] = {}
        self._resolved: dict[Span, Speaker | None] = {}
        self._pronouns: dict[tuple[Span, str], Speaker | None] = {}
        self._latest: dict[Span, Speaker | None] = {}       # whom each pronoun was last found to mean

    def remember(self, quoted: QuotationCandidate, speaker: Speaker | None) -> None:
        """Remember who said a quotation."""
        self.spoken.append((quoted, speaker))
        if speaker is not None:
            self._said[speaker.key] += 1
            self._last = speaker

    def restart(self) -> list[tuple[QuotationCandidate, Speaker | None]]:
        """Begin the article again, as if nobody had spoken; returns who had."""
        spoken, self.spoken = self.spoken, []
        self._said.clear()
        self._pronouns.clear()
        self._latest.clear()
        self._last = None
        return spoken

    def quotations_of(self, speaker: Speaker) -> int:
        """How many quotations so far are a speaker's."""
        return self._said[speaker.key]

    def speaker(self, source: Source, paragraph: int) -> Speaker | None:
        """Whom a source means; None if the article does not say."""
        span = source_span(self.parsed, paragraph, source)
        if source.name == "i" and source.kind == "pronoun":
            return self._author(paragraph, span)
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
        return self._descriptions.speaker(source, paragraph, span)

    def _author(self, paragraph: int, span: Span) -> Speaker | None:
        """Whom "I" and "we" mean outside of all quotations: the author."""
        author = self.parsed.author
        return Speaker(author, "person", "pronoun", span) if author and self.parsed.is_narrative(paragraph) else None

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
            self._pronouns[key] = self._latest[span] = self._antecedent(source, paragraph, span)
        return self._pronouns[key]

    def _antecedent(self, source: Source, paragraph: int, span: Span) -> Speaker | None:
        offered = self.antecedents(source, paragraph)
        if not offered:
            return None
        best, _ = choose(self.model.antecedent, [(speaker.key, features) for speaker, features in offered])
        return replace(offered[best][0], method="pronoun", source=span)

    def antecedents(self, pronoun: Source, paragraph: int) -> list[tuple[Speaker, tuple[str, ...]]]:
        """Everybody a pronoun may mean, with what is true of each: how near, a subject, of its gender."""
        wanted = lexicon.PRONOUNS[pronoun.name]
        offered: list[tuple[Speaker, tuple[str, ...]]] = []
        nearer: list[str] = []  # keys of the persons named between, each once
        chain: Speaker | None = None  # whom the same pronoun meant before
        sentences = 0
        narrative = self.parsed.is_narrative(paragraph)
        words = self.parsed.paragraph(paragraph).tokens.lower
        replies = not _ANSWERS.isdisjoint(words[pronoun.last + 1:pronoun.last + 2])
        for number in range(paragraph, max(paragraph - LOOK_BACK, 0) - 1, -1):
            if number != paragraph and narrative and not self.parsed.is_narrative(number):
                continue
            read = self.parsed.paragraph(number)
            here = (
                read.tokens.sentences[pronoun.first]
                if number == paragraph
                else (read.tokens.sentences or [0])[-1] + 1
            )
            last = read.sources_near(pronoun.first, 0).start if number == paragraph else len(read.sources)
            for index in range(last - 1, max(last - MOST_SOURCES, 0) - 1, -1):
                source = read.sources[index]
                if source.kind == "pronoun":
                    if chain is None and source.name == pronoun.name:
                        chain = self._latest.get(source_span(self.parsed, number, source))
                    continue
                speaker = self.speaker(source, number)
                agrees = self.agreement.of(speaker, source, wanted) if speaker else None
                if speaker is not None and agrees is None and any(map(_speaks, read.cues_of[index])):
                    agrees = self._perhaps(speaker, wanted)
                if speaker is None or agrees is None:
                    continue
                away = sentences + here - read.tokens.sentences[source.first]
                features = self._antecedent_features(speaker, read, index, away, paragraph - number)
                others = min(len(set(nearer) - {speaker.key}), 3)
                features += [agrees, f"nearer {others}"]
                if self.spoken and self.spoken[-1][1] and self.spoken[-1][1].key == speaker.key:
                    features.append(f"spoke last nearer {others}")
                if replies:
                    features += [f"replies {relation}" for _, relation in read.cues_of[index]]
                offered.append((speaker, tuple(features)))
                nearer.append(speaker.key)
            sentences += here
        if chain is not None:
            offered = [(each, (*features, "pronoun before") if each.key == chain.key else features)
                       for each, features in offered]
        return offered + self._spoken_last(wanted, {speaker.key for speaker, _ in offered})

    def _perhaps(self, speaker: Speaker, wanted: str) -> str | None:
        """How the name of somebody whom no table knows agrees with he and she, if it speaks as a person would."""
        unknown = speaker.kind == "organisation" and wanted in ("m", "f") and speaker.name not in self.outlets
        return "perhaps a person" if unknown and may_be_person(speaker.name) else None

    def _spoken_last(self, wanted: str, nearer: set[str]) -> list[tuple[Speaker, tuple[str, ...]]]:
        """Who spoke last, if no name is near enough."""
        last = self._last
        if last is None or last.key in nearer or last.source is None:
            return []
        agrees = self.agreement.of(last, Source(0, 0, 0, last.kind, last.name, last.person), wanted)
        if agrees is None:
            return []
        return [(last, (agrees, "spoke last far", f"spoke last far nearer {min(len(nearer), 3)}"))]

    def _role(self, read: Paragraph, index: int) -> tuple[str, bool]:
        """As _role_in; each source is asked about for every pronoun behind it."""
        key = (read.line, index)
        if key not in self._roles:
            self._roles[key] = _role_in(read, index)
        return self._roles[key]

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
        if before in lexicon.PREPOSITIONS - OPENING_CLAUSES:
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
        role, listed = self._role(read, index)
        features.append(f"{role} sentences {min(away, 2)}")
        if before in lexicon.BE:
            features.append("named by be")
        if listed:
            features.append("listed")
        if speaker.kind == "organisation":
            placed = speaker.name.lower() in PLACES or before in ("in", "at", "to", "from", "near")
            features.append("outlet" if speaker.name in self.outlets else "place" if placed else "other organisation")
            features.append(f"named {min(self.organisations.count(speaker.name), 4)}")
        features.append(f"spoke {min(self.quotations_of(speaker), 2)}")
        features += [f"{relation} of cue" for _, relation in read.cues_of[index]]
        last = next((quoted_by for _, quoted_by in reversed(self.spoken)), None)
        if last is not None and last.key == speaker.key:
            features.append(f"spoke last {min(back, 2)}")
        if last is not None and self.spoken[-1][0].last == "?":
            asked = any(relation == "listener" for _, relation in read.cues_of[index])
            turn = "asker" if last.key == speaker.key else "asked" if asked else "other"
            features.append(f"answers {turn} {min(back, 2)}")
        if speaker.person >= 0:
            mentions = len(self.parsed.people[speaker.person].mentions)
            features.append(f"mentions {'1' if mentions == 1 else '2-3' if mentions < 4 else '4+'}")
        return list(dict.fromkeys(features))


def _role_in(read: Paragraph, index: int) -> tuple[str, bool]:
    """Whether a source is the subject of a clause, the first of its sentence, and whether it is one of several."""
    role = "subject" if is_subject(read.tokens, index, read.sources) else "other"
    place = "first" if is_first_subject(read.tokens, index, read.sources) else "later"
    return f"{role} {place}", bool(joined_with(read.tokens, read.sources, index))


def _speaks(tie: tuple[Cue, Relation]) -> bool:
    """Whether a cue plainly says that a source speaks."""
    cue, relation = tie
    return cue.strength == "speech" and relation in ("subject", "inverted", "apposition", "shared")


def source_span(parsed: ParsedArticle, paragraph: int, source: Source) -> Span:
    """Where a source is in the text."""
    return parsed.paragraph(paragraph).tokens.span(source.head, source.last)
