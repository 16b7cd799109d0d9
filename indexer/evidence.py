"""Who may have said a quotation, and what ties each to it: the evidence that attribution weighs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer import lexicon
from indexer.coreference import Coreference
from indexer.models import Span
from indexer.person_words import PLACES
from indexer.reading import Paragraph, Quoted, Reading
from indexer.sources import Source
from indexer.speakers import Speaker, is_outlet
from indexer.ties import SENTENCE, UNTIED, cue_features, sentence_of
from indexer.tokens import QUOTE, Tokens

_LOOK_BACK = 2  # paragraphs before a quotation whose sources are candidates
_REACH = 250  # tokens from a quotation to the furthest source that may have spoken


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may have said it (None: nobody the article names), what is true of that, and the cue."""

    speaker: Speaker | None
    features: tuple[str, ...]
    cue: Span | None = None

    @property
    def key(self) -> str:
        return self.speaker.key if self.speaker else ""


def candidates(reading: Reading, coreference: Coreference, quoted: Quoted) -> list[Candidate]:
    """Everybody who may have said it, nobody among them."""
    offered: list[Candidate] = []
    if quoted.credit is not None:
        offered.append(Candidate(_credited(reading, quoted.credit), ("credit",)))
    if quoted.paragraph >= 0:
        offered += _beside(reading, coreference, quoted)
        offered += _before(reading, coreference, quoted)
    closest = min(
        (name.split()[1] for each in offered for name in each.features if name.startswith("tied ")), default="none"
    )
    offered += [
        replace(each, features=(*each.features, f"spoke closest {closest}"))
        for each in _same_speaker(reading, coreference, quoted)
    ]
    offered.append(Candidate(None, tuple(_nobody(reading, quoted, closest))))
    if quoted.block:
        return [
            Candidate(each.speaker, each.features + tuple("block " + name for name in each.features), each.cue)
            for each in offered
        ]
    return offered


def _credited(reading: Reading, credit: Span) -> Speaker:
    """Whom the credit line of a post names."""
    name = credit.of(reading.text)
    for number, person in enumerate(reading.people):
        if any(mention.span and mention.span.overlaps(credit) for mention in person.mentions):
            return Speaker(person.name, "person", "block credit", credit, number)
    return Speaker(name, "unnamed" if name.startswith("@") else "organisation", "block credit", credit)


# ---- the paragraph of the quotation


def _beside(reading: Reading, coreference: Coreference, quoted: Quoted) -> Iterator[Candidate]:
    """The sources of the quotation's own paragraph."""
    paragraph = reading.paragraph(quoted.paragraph)
    near = paragraph.sources_near(quoted.token, _REACH)
    ties = [cue_features(paragraph, quoted, number) for number in near]
    closest = min((rank for _, _, rank in ties), default=UNTIED)
    for number, (features, cue, rank) in zip(near, ties, strict=True):
        source = paragraph.sources[number]
        speaker = coreference.speaker(source, quoted.paragraph)
        if speaker is None:
            continue
        features += [f"tied {min(rank, 7)} of {min(closest, 7)}", f"{source.kind} tied {min(rank, 7)}"]
        features += _place_features(paragraph, quoted, source)
        features += _kind_features(reading, source, speaker)
        yield Candidate(speaker, tuple(features), cue)


def _kind_features(reading: Reading, source: Source, speaker: Speaker) -> list[str]:
    """What a source is: a person, an outlet, words that link to where they come from."""
    features = ["kind " + source.kind]
    if source.kind == "organisation":
        if is_outlet(speaker.name):
            features.append("outlet")
        elif speaker.name.lower() in PLACES:
            features.append("place")
    if speaker.source is not None and any(link.overlaps(speaker.source) for link in reading.links):
        features.append("linked")
    return features


def _place_features(paragraph: Paragraph, quoted: Quoted, source: Source) -> list[str]:
    """Where a source stands: which side, how far, what is around it."""
    tokens, at = paragraph.tokens, quoted.token
    behind = source.first > at
    side = "behind" if behind else "before"
    between = tokens.words[at + 1:source.first] if behind else tokens.words[source.last + 1:at]
    away = abs(tokens.sentences[source.first] - sentence_of(tokens, at, True))
    features = [
        f"{side} sentences {min(away, 3)}",
        f"{side} distance {_bucket(len(between))}",
        f"{side} quotations {min(between.count(QUOTE), 3)}",
        f"{side} others {min(paragraph.people_between(min(at, source.last), max(at, source.first)), 2)}",
    ]
    if source.first == 0 or tokens.sentences[source.first - 1] != tokens.sentences[source.first]:
        features.append(f"opens sentence {side} {min(away, 2)}")
    if not behind and between and between[-1] == ":":
        features.append(f"introduces {min(away, 2)}")
    if behind and between in (["-"], ["—"], ["–"]) and source.last == len(tokens.words) - 1:
        features.append("signature")
    return features + _neighbours(tokens, source)


def _neighbours(tokens: Tokens, source: Source) -> list[str]:
    """What stands right before and behind a source."""
    before = tokens.lower[source.first - 1] if source.first else ""
    after = tokens.lower[source.last + 1] if source.last + 1 < len(tokens.words) else ""
    features = []
    if source.inner:
        features.append("inner")
    if after in ("'s", "'"):
        features.append("possessive")
    if before == "the" and source.first > 1:
        before = tokens.lower[source.first - 2]
    if before in lexicon.PREPOSITIONS:
        features.append("by" if before == "by" else "behind preposition")
    if before == "," and source.kind != "person":
        features.append("apposed")
    if after in lexicon.AUXILIARIES or after.endswith("ed"):
        features.append("acts")
    return features


def _bucket(count: int) -> str:
    return "0-2" if count < 3 else "3-7" if count < 8 else "8-15" if count < 16 else "16-30" if count < 31 else "31+"


# ---- the paragraphs before


def _before(reading: Reading, coreference: Coreference, quoted: Quoted) -> Iterator[Candidate]:
    """The sources of the narrative paragraphs before."""
    if quoted.block:  # read at the end of the paragraph before it, which _beside has taken
        return
    back = 0
    for number in range(quoted.paragraph - 1, -1, -1):
        if not reading.is_narrative(number) and not quoted.in_block:
            continue
        back += 1
        if back > _LOOK_BACK:
            return
        yield from _sources_back(reading, coreference, number, back)


def _sources_back(reading: Reading, coreference: Coreference, number: int, back: int) -> Iterator[Candidate]:
    """The sources of one earlier paragraph: what they are subject of, how near its end."""
    paragraph = reading.paragraph(number)
    last_sentence = (paragraph.tokens.sentences or [0])[-1]
    colon = paragraph.tokens.words[-1:] == [":"]
    subjects = {
        subject
        for cue in paragraph.cues
        for subject, relation in cue.subjects
        if relation not in ("listener", "object")
    }
    for index, source in enumerate(paragraph.sources):
        if source.inner or (source.kind == "pronoun" and index not in subjects):
            continue
        speaker = coreference.speaker(source, number)
        if speaker is None:
            continue
        away = min(last_sentence - paragraph.tokens.sentences[source.first], 2)
        subject = "subject" if index in subjects else "other"
        features = [
            f"back {back}",
            f"back {back} sentences {away}",
            f"back {back} {source.kind}",
            f"back {back} {subject} {away}",
        ]
        if source.first == 0:
            features.append(f"back {back} opens paragraph")
        if colon and back == 1:
            features.append(f"back colon {away} {subject}")
        yield Candidate(speaker, tuple(features))


# ---- whoever spoke last


def _same_speaker(reading: Reading, coreference: Coreference, quoted: Quoted) -> Iterator[Candidate]:
    """The speakers of the quotations before, nearest first."""
    seen = 0
    for earlier, speaker in reversed(coreference.spoken):
        if earlier.in_block != quoted.in_block or (earlier.block and not quoted.block):
            continue
        away = quoted.paragraph - earlier.paragraph
        if seen > 2 or away > 3:
            return
        if speaker is not None:
            features = [f"spoke {seen}", f"spoke {seen} paragraphs {min(away, 3)}"]
            if seen == 0:
                features += _continuation(reading, quoted, earlier)
            yield Candidate(
                Speaker(speaker.name, speaker.kind, "same speaker", speaker.source, speaker.person), tuple(features)
            )
        seen += 1


def _continuation(reading: Reading, quoted: Quoted, earlier: Quoted) -> list[str]:
    """What ties a quotation to the one before it."""
    if quoted.continued:
        return ["continued paragraph"]
    if quoted.block:
        return ["spoke before block"]
    tokens = reading.paragraph(quoted.paragraph).tokens
    if earlier.paragraph != quoted.paragraph:
        alone = quoted.token == 0 and all(quote >= 0 for quote in tokens.quotes)
        return [f"spoke before {'whole' if alone else 'opens' if quoted.token == 0 else 'within'}"]
    between = tokens.words[earlier.token + 1:quoted.token]
    new = "new" if tokens.sentences[earlier.token] != tokens.sentences[quoted.token] else "same"
    opens = "opens" if tokens.sentences[quoted.token - 1] != tokens.sentences[quoted.token] else "within"
    joined = all(word in (",", "and", "or", "&", "-", "—") for word in between)
    paragraph = reading.paragraph(quoted.paragraph)
    near = (paragraph.sources[number] for number in paragraph.sources_near(quoted.token, _REACH))
    sources = sum(1 for source in near if earlier.token < source.first < quoted.token and not source.inner)
    return [
        f"spoke here {'joined' if joined else _bucket(len(between))} {new} {opens}",
        f"spoke here sources {min(sources, 3)} {opens}",
    ]


# ---- nobody


_PASSIVE = frozenset(
    "called described known billed considered dubbed deemed labeled regarded termed listed named hailed".split()
)


def _nobody(reading: Reading, quoted: Quoted, closest: str) -> list[str]:
    """What speaks for no speaker at all; closest is the rank of the closest tie of anybody."""
    if quoted.paragraph < 0:
        return ["nobody", "nobody no paragraph"]
    paragraph = reading.paragraph(quoted.paragraph)
    tokens = paragraph.tokens
    sentence = sentence_of(tokens, quoted.token, True)
    here = [
        cue
        for cue in paragraph.cues_between(quoted.token - SENTENCE, quoted.token + SENTENCE)
        if tokens.sentences[cue.first] == sentence
    ]
    small = "small" if quoted.span.of(reading.text)[0].islower() else "capital"
    features = [
        "nobody",
        f"nobody cues {min(len(here), 2)}",
        f"nobody closest {closest}",
        f"nobody closest {closest} {small}",
    ]
    before = tokens.lower[quoted.token - 1] if quoted.token else ""
    if before in ("the", "a", "as", "of"):
        features.append("nobody " + before)
    start = max(0, quoted.token - 5)
    for position in range(start, min(quoted.token, len(tokens.words))):
        if (
            tokens.lower[position] in _PASSIVE
            and tokens.lower[position - 1] in lexicon.AUXILIARIES
            and "by" not in tokens.lower[position:quoted.token]
        ):
            features.append("nobody passive")
    if any(cue.strength == "speech" and not cue.subjects for cue in here):
        features.append("nobody cue without subject")
    if len(quoted.span.of(reading.text).split()) < 5:
        features.append("nobody short")
    return features
