"""Coreference: whom "he", "Adeyemi", "the mayor", "the agency" mean, resolved within one article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from indexer.attribution.agreement import Agreement, may_be_person
from indexer.attribution.clauses import GOVERNING, is_first_subject, is_joined, is_subject
from indexer.attribution.coordination import joined_with
from indexer.attribution.cues import Cue
from indexer.attribution.descriptions import LOOK_BACK, MOST_SOURCES, Descriptions
from indexer.attribution.model import AttributionModel, choose
from indexer.attribution.organisations import Organisations
from indexer.attribution.outlets import Outlets
from indexer.attribution.parsed_article import Paragraph, ParsedArticle, QuotationCandidate
from indexer.attribution.phrases import Source
from indexer.attribution.speakers import Speaker, without_article
from indexer.attribution.subjects import Relation
from indexer.language import PLACES, lexicon
from indexer.models import Method, Span

_ANSWERS = lexicon.all_forms("reply respond answer retort counter")
_DEEPEST = 20  # descriptions that may depend on each other: the woman, who is the woman before, who is …
_Place = tuple[int, int, int]       # of a source: its paragraph, its first token and its last


class _Named(NamedTuple):
    """Somebody named before a pronoun, so many paragraphs back and with so many others nearer, 3 for more: what is true
    of that wherever in the article somebody has spoken, and whether a verb makes it the listener."""

    speaker: Speaker
    features: tuple[str, ...]
    back: int
    nearer: int
    listens: bool


class _Before(NamedTuple):
    """What is before a pronoun: everybody named who agrees with it, nearest first, and where the same pronoun is."""

    named: tuple[_Named, ...]
    same: tuple[_Place, ...]


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
        self._most = min(MOST_SOURCES, parsed.most_sources)     # of one paragraph that a pronoun may mean
        self._last: Speaker | None = None
        self.agreement = Agreement(parsed)
        self._descriptions = Descriptions(parsed, self.agreement, self.organisations, self.outlets, self.speaker)
        self._roles: dict[tuple[Span, int], tuple[str, bool]] = {}
        self._resolved: dict[_Place, Speaker | None] = {}
        self._pronouns: dict[tuple[_Place, str], Speaker | None] = {}
        self._latest: dict[_Place, Speaker | None] = {}       # whom each pronoun was last found to mean
        self._before: dict[_Place, _Before] = {}

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
        return self._said.get(speaker.key, 0)

    def speaker(self, source: Source, paragraph: int) -> Speaker | None:
        """Whom a source means; None if the article does not say."""
        if source.kind == "pronoun":
            return self._author(source, paragraph) if source.name == "i" else self._pronoun(source, paragraph)
        place = _place_of(source, paragraph)
        if place not in self._resolved:
            if self._depth > _DEEPEST:
                return None
            self._resolved[place] = None     # until it is known: in «a letter from the woman» each may mean the other
            self._depth += 1
            self._resolved[place] = self._meant(source, paragraph, self._span(source, paragraph))
            self._depth -= 1
        return self._resolved[place]

    def _span(self, source: Source, paragraph: int) -> Span:
        """Where a source is in the text."""
        return self.parsed.paragraph(paragraph).tokens.span(source.head, source.last)

    def _meant(self, source: Source, paragraph: int, span: Span) -> Speaker | None:
        """Whom a name or a description means."""
        if source.kind == "person":
            return self._person(source.person, span)
        if source.kind == "organisation":
            return Speaker(self.organisations.full_name(without_article(source.name)), "organisation", "name", span)
        return self._descriptions.speaker(source, paragraph, span)

    def _author(self, source: Source, paragraph: int) -> Speaker | None:
        """Whom "I" and "we" mean: outside of all quotations the author, within a block whoever speaks there."""
        span, author = self._span(source, paragraph), self.parsed.author
        if not self.parsed.is_narrative(paragraph):
            within = next((speaker for block, speaker in reversed(self.spoken)
                           if block.block and span in block.outer), None)
            return within.known_by("pronoun", span) if within is not None else None
        return Speaker(author, "person", "pronoun", span) if author else None

    def _person(self, number: int, span: Span) -> Speaker:
        person = self.parsed.people[number]
        printed = span.of(self.parsed.text).replace("’", "'")
        method: Method = "name" if person.name.replace("’", "'") in printed or " " not in person.name else "surname"
        return Speaker(person.name, "person", method, span, number)

    # ---- pronouns

    def _pronoun(self, source: Source, paragraph: int) -> Speaker | None:
        """Whom a pronoun means; kept for as long as nobody else speaks, since that may change it."""
        last = self.spoken[-1][1] if self.spoken else None
        place = _place_of(source, paragraph)
        key = (place, last.key if last else "")
        if key not in self._pronouns:
            self._pronouns[key] = self._latest[place] = self._antecedent(source, paragraph)
        return self._pronouns[key]

    def _antecedent(self, source: Source, paragraph: int) -> Speaker | None:
        offered = self.antecedents(source, paragraph)
        if not offered:
            return None
        best, _ = choose(self.model.antecedent, [(speaker.key, features) for speaker, features in offered])
        return offered[best][0].known_by("pronoun", self._span(source, paragraph))

    def antecedents(self, pronoun: Source, paragraph: int) -> list[tuple[Speaker, tuple[str, ...]]]:
        """Everybody a pronoun may mean, with what is true of each: how near, a subject, of its gender."""
        before = self._named_before(pronoun, paragraph)
        chain = next(filter(None, map(self._latest.get, before.same)), None)    # whom the same pronoun meant before
        offered = []
        for each in before.named:
            features = each.features + self._spoke(each)
            if chain is not None and each.speaker.key == chain.key:
                features += ("pronoun before",)
            offered.append((each.speaker, features))
        nearer = {each.speaker.key for each in before.named}
        return offered + self._spoken_last(lexicon.PRONOUNS[pronoun.name], nearer)

    def _named_before(self, pronoun: Source, paragraph: int) -> _Before:
        """What is before a pronoun; kept once everything there has its final meaning."""
        place = _place_of(pronoun, paragraph)
        if place in self._before:
            return self._before[place]
        found = self._look_back(pronoun, paragraph)
        if not self._depth:
            self._before[place] = found
        return found

    def _look_back(self, pronoun: Source, paragraph: int) -> _Before:
        wanted = lexicon.PRONOUNS[pronoun.name]
        named: list[_Named] = []
        same: list[_Place] = []
        nearer: set[str] = set()  # keys of the persons named between
        sentences = 0
        words = self.parsed.paragraph(paragraph).tokens.lower
        replies = not _ANSWERS.isdisjoint(words[pronoun.last + 1:pronoun.last + 2])
        for number in self._paragraphs_back(paragraph):
            read = self.parsed.paragraph(number)
            here = read.tokens.sentences[pronoun.first] if number == paragraph else read.tokens.count_sentences()
            last = read.sources_near(pronoun.first, 0).start if number == paragraph else len(read.sources)
            for index in range(last - 1, max(last - self._most, 0) - 1, -1):
                source = read.sources[index]
                if source.kind == "pronoun":
                    same += [_place_of(source, number)] if source.name == pronoun.name else []
                    continue
                speaker = self.speaker(source, number)
                agrees = self.agreement.of(speaker, source, wanted) if speaker else None
                if speaker is not None and agrees is None and (
                        any(map(_speaks, read.cues_of[index])) or _acts(read, index)):
                    agrees = self._perhaps(speaker, wanted)
                if speaker is None or agrees is None:
                    continue
                away = sentences + here - read.tokens.sentences[source.first]
                between = len(nearer) - (speaker.key in nearer)
                kind = agrees if agrees == "many" else source.kind
                features = self._antecedent_features(speaker, read, index, kind, away, paragraph - number)
                features += [agrees, f"nearer {min(between, 3)}"]
                relations = [relation for _, relation in read.cues_of[index]]
                if replies:
                    features += [f"replies {relation}" for relation in dict.fromkeys(relations)]
                named.append(_Named(
                    speaker, tuple(features), paragraph - number, min(between, 3), "listener" in relations))
                nearer.add(speaker.key)
            sentences += here
        return _Before(tuple(named), tuple(same))

    def _paragraphs_back(self, paragraph: int) -> Iterator[int]:
        """The paragraph of a pronoun and those before it that may name whom it means."""
        yield paragraph
        narrative = self.parsed.is_narrative(paragraph)
        for number in range(paragraph - 1, max(paragraph - LOOK_BACK, 0) - 1, -1):
            if not narrative or self.parsed.is_narrative(number):
                yield number

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

    def _antecedent_features(
        self, speaker: Speaker, read: Paragraph, index: int, kind: str, away: int, back: int
    ) -> list[str]:
        """How near a source of some kind is, and what it does in its sentence."""
        source, tokens = read.sources[index], read.tokens
        before = tokens.lower[source.first - 1] if source.first else ""
        after = tokens.lower[source.last + 1] if source.last + 1 < len(tokens.words) else ""
        opens = (
            not source.first
            or not before[0].isalnum()
            or before in lexicon.CONJUNCTIONS
            or tokens.sentences[source.first - 1] != tokens.sentences[source.first]
        )
        role, listed = self._role(read, index)
        features = [*_nearness(min(away, 4), min(back, 3), kind, role, opens)]
        if source.inner:
            features.append("inner")
        if after in ("'s", "'"):
            features.append("possessive")
        if before in GOVERNING:
            features.append("behind preposition")
        if opens:
            features.append("opens clause" if source.first else "opens paragraph")
        if after in lexicon.AUXILIARIES or after.endswith("ed"):
            features.append("acts")
        if before in lexicon.BE:
            features.append("named by be")
        if listed:
            features.append("listed")
        if speaker.kind == "organisation":
            placed = speaker.name.lower() in PLACES or before in ("in", "at", "to", "from", "near")
            features.append("outlet" if speaker.name in self.outlets else "place" if placed else "other organisation")
            features.append(f"named {min(self.organisations.count(speaker.name), 4)}")
        features += dict.fromkeys(f"{relation} of cue" for _, relation in read.cues_of[index])
        if speaker.person >= 0:
            mentions = len(self.parsed.people[speaker.person].mentions)
            features.append(f"mentions {'1' if mentions == 1 else '2-3' if mentions < 4 else '4+'}")
        return features

    def _spoke(self, named: _Named) -> tuple[str, ...]:
        """How often somebody has spoken so far, and whether last."""
        times = min(self._said.get(named.speaker.key, 0), 2)
        quoted, last = self.spoken[-1] if self.spoken else (None, None)
        if quoted is None or last is None:
            return _spoke_names(times, min(named.back, 2), -1, "")
        is_last = last.key == named.speaker.key
        turn = "" if quoted.last != "?" else "asker" if is_last else "asked" if named.listens else "other"
        return _spoke_names(times, min(named.back, 2), named.nearer if is_last else -1, turn)


@cache
def _nearness(sentences: int, paragraphs: int, kind: str, role: str, opens: bool) -> tuple[str, ...]:
    """How near a source is to a pronoun, by itself and with what it is and does."""
    return (f"sentences {sentences}", f"paragraphs {paragraphs}", f"sentences {sentences} {kind}",
            f"sentences {sentences} {'opens' if opens else 'within'}", f"{role} sentences {min(sentences, 2)}")


@cache
def _spoke_names(times: int, back: int, nearer: int, turn: str) -> tuple[str, ...]:
    """The names of how often somebody has spoken who is named so many paragraphs back; of who spoke last so many others
    are named nearer (else -1); turn: what the question that was asked last makes of it ("" if none was)."""
    last = (f"spoke last {back}", f"spoke last nearer {nearer}") if nearer >= 0 else ()
    return (f"spoke {times}", *last, *([f"answers {turn} {back}"] if turn else []))


def _place_of(source: Source, paragraph: int) -> _Place:
    return paragraph, source.head, source.last


def _role_in(read: Paragraph, index: int) -> tuple[str, bool]:
    """Whether a source is the subject of a clause, the first of its sentence, and whether it is one of several."""
    role = "subject" if is_subject(read.tokens, index, read.sources) else "other"
    first = is_first_subject(read.tokens, index, read.sources)
    place = "first" if first else "joined" if is_joined(read.tokens, read.sources[index].first) else "later"
    return f"{role} {place}", bool(joined_with(read.tokens, read.sources, index))


def _acts(read: Paragraph, index: int) -> bool:
    """Whether a source does something: the subject of a clause, a verb right behind it."""
    tokens, after = read.tokens, read.sources[index].last + 1
    verb = tokens.lower[after] if after < len(tokens.words) else "."
    acts = verb in lexicon.AUXILIARIES and verb != "'s" or verb.endswith(("ed", "s")) and verb.isalpha()
    return acts and is_subject(tokens, index, read.sources)


def _speaks(tie: tuple[Cue, Relation]) -> bool:
    """Whether a cue plainly says that a source speaks."""
    cue, relation = tie
    return cue.strength == "speech" and relation in ("subject", "inverted", "apposition", "shared")
