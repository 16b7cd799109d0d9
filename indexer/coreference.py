"""Whom a noun phrase means: "he", "Joshi", "the mayor", "the agency", resolved within one article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer import lexicon
from indexer.models import Method, SpeakerKind, Span
from indexer.people import gender
from indexer.reading import Quoted, Reading
from indexer.sources import Source

_LOOK_BACK = 4            # paragraphs before a pronoun that may name whom it means
_MALE = frozenset("""man men guy boy father dad son brother uncle nephew husband boyfriend fiance widower grandfather grandpa grandson
    king prince priest actor policeman fireman doorman spokesman councilman congressman assemblyman chairman mr sir waiter gunman
    ex-husband ex-boyfriend stepfather father-in-law brother-in-law son-in-law pope cardinal businessman""".split())
_FEMALE = frozenset("""woman women girl mother mom daughter sister aunt niece wife girlfriend fiancee fiancée widow grandmother grandma
    granddaughter queen princess actress policewoman spokeswoman councilwoman congresswoman assemblywoman chairwoman mrs ms miss
    waitress nun ex-wife ex-girlfriend stepmother mother-in-law sister-in-law daughter-in-law businesswoman""".split())
_PLURAL = re.compile(r"(?:[^s]s|men|women|people|police|children|family|couple)$")
_OUTLET = re.compile(r"\b(?:Times|Post|News|Journal|Paper|Eagle|Gazette|Herald|Tribune|Observer|Sun|Star|Daily|Magazine|Globe"
                     r"|Chronicle|Press|Telegraph|Guardian|Independent|Mirror|Mail|Today|Week|Wire|Reuters|AP|CNN|NBC|ABC|CBS|NPR|BBC"
                     r"|Radio|TV|Blog|Bulletin|Mercury|Record|Examiner|Inquirer|Courier|Dispatch|Voice|Insider|Reporter|Politico)\b")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A resolved source: the fullest name, or the words that describe it, and where those words stand.
    person is the number of the person in the article, -1 for organisations and unnamed sources."""

    name: str
    kind: SpeakerKind
    method: Method
    source: Span | None = None
    person: int = -1

    @property
    def key(self) -> str:
        """Equal for the same speaker, however named."""
        return f"#{self.person}" if self.person >= 0 else self.name.lower().replace("’", "'").removeprefix("the ")


class Coreference:
    """Resolves the sources of one article; remembers who spoke, since pronouns lean towards the last speaker."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.spoken: list[tuple[Quoted, Speaker | None]] = []
        self._genders: dict[int, str | None] = {}
        self._resolved: dict[tuple[int, int], Speaker | None] = {}

    def spoke(self, quoted: Quoted, speaker: Speaker | None) -> None:
        """Remember who said a quotation."""
        self.spoken.append((quoted, speaker))

    def speaker(self, source: Source, paragraph: int) -> Speaker | None:
        """Whom a source means; None where the article does not say."""
        tokens = self.reading.paragraph(paragraph).tokens
        span = tokens.span(source.head, source.last)
        if source.kind == "person":
            return self._person(source.person, span)
        if source.kind == "pronoun":
            return self._pronoun(source, paragraph, span)
        if source.kind == "organisation":
            return Speaker(_without_article(source.name), "organisation", "name", span)
        return self._described(source, paragraph, span)

    def _person(self, number: int, span: Span) -> Speaker:
        person = self.reading.people[number]
        printed = span.of(self.reading.text).replace("’", "'")
        method: Method = "name" if person.name.replace("’", "'") in printed or " " not in person.name else "surname"
        return Speaker(person.name, "person", method, span, number)

    def gender(self, number: int) -> str | None:
        """m, f or None: by what the article calls a person, else by the given name."""
        if number not in self._genders:
            person = self.reading.people[number]
            words = set(re.findall(r"[a-z-]+", (person.description or "").lower())) | self._title_words(number)
            male, female = words & _MALE, words & _FEMALE
            self._genders[number] = "m" if male and not female else "f" if female and not male else gender(person.name)
        return self._genders[number]

    def _title_words(self, number: int) -> set[str]:
        """The words right before a person's names: Mr., Councilwoman, spokesman."""
        words: set[str] = set()
        for mention in self.reading.people[number].mentions:
            if mention.span:
                before = self.reading.text[max(0, mention.span.start - 40):mention.span.start].lower()
                words.update(re.findall(r"[a-z-]+", before)[-2:])
        return words

    # ---- pronouns

    def _pronoun(self, source: Source, paragraph: int, span: Span) -> Speaker | None:
        best, best_score = None, -9.0
        for speaker, score in self._antecedents(source, paragraph):
            if score > best_score:
                best, best_score = speaker, score
        return replace(best, method="pronoun", source=span) if best else None

    def _antecedents(self, pronoun: Source, paragraph: int) -> Iterator[tuple[Speaker, float]]:
        """Everybody a pronoun may mean, with a score: nearer, a subject, a former speaker, of that gender."""
        wanted = lexicon.PRONOUNS[pronoun.name]
        distance = 0.0
        last = next((speaker for _, speaker in reversed(self.spoken) if speaker), None)
        for number in range(paragraph, max(paragraph - _LOOK_BACK, 0) - 1, -1):
            if number != paragraph and not self.reading.is_narrative(number):
                continue
            read = self.reading.paragraph(number)
            here = read.tokens.sentences[pronoun.first] if number == paragraph else (read.tokens.sentences or [0])[-1] + 1
            for source in read.sources:
                if source.kind == "pronoun" or (number == paragraph and source.first >= pronoun.first):
                    continue
                speaker = self.speaker(source, number)
                agrees = self._agrees(speaker, source, wanted) if speaker else None
                if speaker is None or agrees is None:
                    continue
                score = agrees - 0.55 * (distance + here - read.tokens.sentences[source.first]) + self._salience(source, number)
                if last and last.key == speaker.key:
                    score += 1.0
                yield speaker, score
            distance += here + 0.3

    def _agrees(self, speaker: Speaker, source: Source, wanted: str) -> float | None:
        """How well a speaker fits a pronoun's gender and number; None where they cannot go together."""
        if speaker.person >= 0:
            sex = self.gender(speaker.person)
            if wanted == "n":
                return -1.0
            return None if sex and sex != wanted else 0.8 if sex else 0.3
        if speaker.kind == "organisation":
            return 0.3 if wanted == "n" else None
        head = source.name.lower().split()[-1] if source.name else ""
        words = set(source.name.lower().replace("’", "'").split())
        if wanted == "n":
            return 0.5 if _PLURAL.search(head) else -0.3
        if _PLURAL.search(source.name.lower().split(" of ")[0].split(" from ")[0]) or words & lexicon.DOCUMENT_NOUNS \
                or words & lexicon.ORGANISATION_NOUNS:
            return None
        male, female = words & _MALE, words & _FEMALE
        if (male and wanted == "f") or (female and wanted == "m"):
            return None
        return 0.3 if male or female else -0.4

    def _salience(self, source: Source, number: int) -> float:
        """Subjects are meant more often than what stands behind a preposition or within a longer phrase."""
        tokens = self.reading.paragraph(number).tokens
        before = tokens.lower[source.first - 1] if source.first else ""
        after = tokens.lower[source.last + 1] if source.last + 1 < len(tokens.words) else ""
        score = 0.0
        if source.inner or after == "'s" or after == "'":
            score -= 0.6
        if before in lexicon.PREPOSITIONS:
            score -= 0.4
        if source.first == 0 or not before[0].isalnum() or tokens.sentences[source.first - 1] != tokens.sentences[source.first]:
            score += 0.5
        return score

    # ---- descriptions

    def _described(self, source: Source, paragraph: int, span: Span) -> Speaker | None:
        """«the mayor» is the mayor the article names, «the agency» the organisation named last; else the words."""
        words = source.name.lower().replace("’", "'").split()
        if words[0] == "the" and len(words) <= 3:
            known = self._person_called(words[1:])
            if known is not None:
                return known if known.source is None else replace(known, source=span, method="description")
            if words[-1] in lexicon.ORGANISATION_NOUNS and len(words) == 2:
                organisation = self._organisation_before(source, paragraph)
                if organisation is not None:
                    return replace(organisation, source=span, method="description")
        return Speaker(_without_article(source.name) if words[0] == "the" else source.name, "unnamed", "name", span)

    def _person_called(self, words: list[str]) -> Speaker | None:
        """The one person whose title or description holds these words."""
        wanted = " ".join(words)
        bearers = [number for number, person in enumerate(self.reading.people)
                   if wanted in (person.description or "").lower().split(", ")[0].split()
                   or (len(words) == 1 and words[0] in self._title_words(number) and words[0] in lexicon.TITLES)]
        if len(bearers) != 1:
            return None
        mention = next((mention.span for mention in self.reading.people[bearers[0]].mentions if mention.span), Span(0, 0))
        return Speaker(self.reading.people[bearers[0]].name, "person", "description", mention, bearers[0])

    def _organisation_before(self, source: Source, paragraph: int) -> Speaker | None:
        """The organisation named last before a source, outlets left out unless a paper is meant."""
        paper = source.name.lower().split()[-1] in ("paper", "newspaper", "magazine", "tabloid", "station", "publication", "outlet",
                                                    "site", "website", "blog", "channel", "network")
        for number in range(paragraph, max(paragraph - _LOOK_BACK, 0) - 1, -1):
            for other in reversed(self.reading.paragraph(number).sources):
                if other.kind == "organisation" and not (number == paragraph and other.first >= source.first) \
                        and is_outlet(other.name) == paper:
                    return self.speaker(other, number)
        return None


def is_outlet(name: str) -> bool:
    """Whether an organisation's name is that of a paper, a station, a news site."""
    return bool(_OUTLET.search(name))


def _without_article(name: str) -> str:
    return name[4:] if name[:4].lower() == "the " else name
