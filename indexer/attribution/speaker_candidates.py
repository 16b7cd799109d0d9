"""Who may have said a quotation, and what ties each to it: the evidence that attribution weighs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.attribution.coreference import Coreference
from indexer.attribution.cue_features import SENTENCE, UNTIED, cue_features, sentence_of
from indexer.attribution.parsed_article import Quoted, Reading
from indexer.attribution.source_features import kind_traits, place_traits, size_of_gap, speaker_traits, words_of
from indexer.attribution.speakers import Speaker, is_outlet
from indexer.language import lexicon
from indexer.models import Span

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
        offered += _linked(reading, coreference, quoted)
    words = words_of(reading, quoted)
    offered = [
        replace(each, features=each.features + speaker_traits(words, reading, coreference, each.speaker))
        for each in offered
        if each.speaker
    ]
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
        features += place_traits(paragraph, quoted, source, rank)
        features += kind_traits(reading, source, speaker)
        yield Candidate(speaker, tuple(features), cue)


# ---- the paragraphs before


def _before(reading: Reading, coreference: Coreference, quoted: Quoted) -> Iterator[Candidate]:
    """The sources of the narrative paragraphs before."""
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


# ---- whoever is linked


def _linked(reading: Reading, coreference: Coreference, quoted: Quoted) -> Iterator[Candidate]:
    """The organisations that the article names and that a link of the quotation's paragraph leads to."""
    for link in reading.links_in(reading.lines[quoted.paragraph]):
        within, before = link.span.overlaps(quoted.outer), link.span.end <= quoted.outer.start
        side = "within" if within else "before" if before else "behind"
        for speaker in coreference.organisations.at(link.url):
            kind = "outlet" if is_outlet(speaker.name) else "other"
            yield Candidate(speaker, ("address", f"address {side}", f"address {kind}"))


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
        f"spoke here {'joined' if joined else size_of_gap(len(between))} {new} {opens}",
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
