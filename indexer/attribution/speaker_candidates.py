"""Who may have said a quotation: candidates from the text around it, each with the features that the model weighs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from indexer.attribution.coordination import joined_with
from indexer.attribution.coreference import Coreference
from indexer.attribution.cue_features import (
    SENTENCE, Ties, cue_features, cue_span, own_clauses, sentence_of, tie_names, ties_of,
)
from indexer.attribution.parsed_article import Paragraph, ParsedArticle, QuotationCandidate
from indexer.attribution.source_features import (
    kind_features, position_features, quoted_words, size_of_gap, speaker_features, word_class,
)
from indexer.attribution.phrases import Source
from indexer.attribution.speakers import Speaker
from indexer.attribution.subjects import Relation
from indexer.attribution.tokens import Tokens
from indexer.attribution.turns import Turn, turn_of
from indexer.attribution.wording import Wording, nobody_wording, wording_features, wording_of
from indexer.language import lexicon
from indexer.models import Method, Span, SpeakerKind

_LOOK_BACK = 2  # paragraphs before a quotation whose sources are candidates
_REACH = 250  # tokens from a quotation to the furthest source that may have spoken
_FAR = 5_000  # characters from a quotation to the furthest link of its paragraph
_JOINED: frozenset[Relation] = frozenset({"subject", "inverted", "according", "clause", "agent"})
_METHODS: tuple[Method, ...] = ("name", "surname", "description", "pronoun")    # the surer, the earlier


class SpeakerCandidate(NamedTuple):
    """Somebody who may have said a quotation (None: nobody whom the article names), what is true of that, and where
    the cue is. ties are those of a source beside the quotation; None for candidates from elsewhere."""

    speaker: Speaker | None
    features: tuple[str, ...]
    cue: Span | None = None
    ties: Ties | None = None

    @property
    def key(self) -> str:
        """Equal for candidates that give the same answer."""
        return self.speaker.key if self.speaker else ""

    def and_also(self, features: Iterable[str]) -> SpeakerCandidate:
        """The same candidate, of whom more is true."""
        return SpeakerCandidate(self.speaker, (*self.features, *features), self.cue, self.ties)

    @property
    def is_reported(self) -> bool:
        """Whether a clause right beside the quotation says that it is this speaker's."""
        return self.ties is not None and self.ties.closest is not None and self.ties.rank == 0


def speaker_candidates(
    parsed: ParsedArticle, coreference: Coreference, quoted: QuotationCandidate
) -> list[SpeakerCandidate]:
    """Everybody who may have said it, nobody among them."""
    wording = wording_of(quoted.span.of(parsed.text))
    found = list(_around(parsed, coreference, quoted, wording))
    closest = str(min((each.ties.rank for each in found if each.ties), default="none"))
    found += [
        each.and_also([f"spoke closest {closest}"]) for each in _same_speaker(parsed, coreference, quoted)]
    clauses = list(own_clauses((each.key, each.ties) for each in found if each.ties))
    turn = turn_of(coreference.spoken, quoted)
    if clauses or turn.asker:
        found = _with_clauses(found, clauses, turn)
    nobody = [*_nobody_features(parsed, quoted, closest), *nobody_wording(wording)]
    nobody += [f"nobody clause {side}" for side, _ in clauses]
    found.append(SpeakerCandidate(None, tuple(nobody)))
    if quoted.block:
        return [each.and_also("block " + name for name in each.features) for each in found]
    return found


def _with_clauses(
    found: Iterable[SpeakerCandidate], clauses: Sequence[tuple[str, str]], turn: Turn
) -> list[SpeakerCandidate]:
    """The candidates, with whose the clauses that report the quotation are and whose turn it is. Of several that are
    one speaker the same is true, unless only some of them are beside the quotation."""
    known: dict[tuple[str, str], tuple[str, ...]] = {}
    more = []
    for each in found:
        where = "beside" if each.ties is not None else "spoke" if each.cue is None else "elsewhere"
        if (key := (each.key, where)) not in known:
            known[key] = *_clause_owner(each.key, where, clauses), *turn.features(each.key, bool(clauses))
        outer = each.ties is not None and each.ties.passes_on and any(owner != each.key for _, owner in clauses)
        more.append(each.and_also((*known[key], "passes on") if outer else known[key]))
    return more


def _clause_owner(own: str, where: str, clauses: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Whether the clauses that report a quotation are a candidate's (own) or somebody else's. where: as above."""
    for side, key in clauses:
        whose = "own" if key == own else "other"
        yield f"clause {side} {whose}"
        if where != "beside":
            yield f"clause {side} {whose} {where}"


def _around(
    parsed: ParsedArticle, coreference: Coreference, quoted: QuotationCandidate, wording: Wording
) -> Iterator[SpeakerCandidate]:
    """Those whom the credit line, the paragraphs or the links name, with what is true of each wherever it is named."""
    found = [_credited(parsed, quoted.credit)] if quoted.credit is not None else []
    if quoted.paragraph >= 0:
        found += _beside(parsed, coreference, quoted)
        found += _before(parsed, coreference, quoted)
        found += _linked(parsed, coreference, quoted)
    words = quoted_words(parsed, quoted)
    known: dict[tuple[str, str, int], tuple[str, ...]] = {}
    for each in found:
        if (speaker := each.speaker) is None:
            yield each
            continue
        who = (speaker.kind, speaker.name, speaker.person)
        if who not in known:
            known[who] = (*speaker_features(words, parsed, coreference, speaker),
                          *wording_features(wording, coreference, speaker))
        yield each.and_also(known[who])


def _credited(parsed: ParsedArticle, credit: Span) -> SpeakerCandidate:
    """Whom the credit line of a post names."""
    name = credit.of(parsed.text)
    for number, person in enumerate(parsed.people):
        if any(mention.span and mention.span.overlaps(credit) for mention in person.mentions):
            return SpeakerCandidate(Speaker(person.name, "person", "block credit", credit, number), ("credit",))
    kind: SpeakerKind = "unnamed" if name.startswith("@") else "organisation"
    return SpeakerCandidate(Speaker(name, kind, "block credit", credit), ("credit",))


# ---- the paragraph of the quotation


def _beside(
    parsed: ParsedArticle, coreference: Coreference, quoted: QuotationCandidate
) -> Iterator[SpeakerCandidate]:
    """The sources of the quotation's own paragraph."""
    paragraph = parsed.paragraph(quoted.paragraph)
    near = paragraph.sources_near(quoted.token, _REACH, parsed.most_sources)
    found = ties_of(paragraph, quoted, near)
    together = _joint_speakers(paragraph, coreference, quoted.paragraph, zip(near, found, strict=True))
    for number, ties in zip(near, found, strict=True):
        source = paragraph.sources[number]
        speaker = coreference.speaker(source, quoted.paragraph)
        if speaker is None and not (source.kind == "pronoun" and ties.rank == 0):
            continue        # «I said», «he said»: whoever it is whom the article does not name speaks all the same
        speaker = together.get(number, speaker)
        features = (
            *cue_features(paragraph, quoted, source, ties), *tie_names(source.kind, ties.rank, ties.least),
            *position_features(paragraph, quoted, source, ties.rank),
            *(kind_features(parsed, coreference, source, speaker) if speaker else [f"unknown {source.name}"]))
        yield SpeakerCandidate(speaker, features, cue_span(paragraph, ties), ties)


def _joint_speakers(
    paragraph: Paragraph, coreference: Coreference, number: int, found: Iterable[tuple[int, Ties]]
) -> dict[int, Speaker]:
    """The sources that speak together with others, by number, each with all of them as one speaker."""
    together: dict[int, Speaker] = {}
    for source, ties in found:
        if source not in together and ties.closest and ties.closest.relation in _JOINED:
            members = joined_with(paragraph.tokens, paragraph.sources, source)
            speaker = _together(coreference, number, [paragraph.sources[each] for each in members]) if members else None
            together.update(dict.fromkeys(members, speaker) if speaker else {})
    return together


def _together(coreference: Coreference, paragraph: int, sources: Sequence[Source]) -> Speaker | None:
    """Several who speak with one voice, as one speaker; None if they are not several."""
    speakers = [coreference.speaker(source, paragraph) for source in sources]
    found = {speaker.key: speaker for speaker in speakers if speaker}
    if len(found) < 2 or None in speakers:
        return None
    *others, last = found.values()
    name = f"{', '.join(speaker.name for speaker in others)} and {last.name}"
    kind = last.kind if all(speaker.kind == last.kind for speaker in others) else "unnamed"
    spans = [speaker.source for speaker in found.values() if speaker.source]
    whole = Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else None
    return Speaker(name, kind, max((speaker.method for speaker in found.values()), key=_METHODS.index), whole)


# ---- the paragraphs before


def _before(
    parsed: ParsedArticle, coreference: Coreference, quoted: QuotationCandidate
) -> Iterator[SpeakerCandidate]:
    """The sources of the narrative paragraphs before."""
    back = 0
    for number in range(quoted.paragraph - 1, -1, -1):
        if not parsed.is_narrative(number) and not quoted.in_block:
            continue
        back += 1
        if back > _LOOK_BACK:
            return
        yield from _sources_back(parsed, coreference, number, back)


def _sources_back(
    parsed: ParsedArticle, coreference: Coreference, number: int, back: int
) -> Iterator[SpeakerCandidate]:
    """The sources of one earlier paragraph: what they are subject of, how near its end."""
    paragraph = parsed.paragraph(number)
    last_sentence = (paragraph.tokens.sentences or [0])[-1]
    colon = paragraph.tokens.words[-1:] == [":"]
    for index in range(max(len(paragraph.sources) - parsed.most_sources, 0), len(paragraph.sources)):
        source = paragraph.sources[index]
        if source.inner or (source.kind == "pronoun" and index not in paragraph.reporters):
            continue
        speaker = coreference.speaker(source, number)
        if speaker is None:
            continue
        away = min(last_sentence - paragraph.tokens.sentences[source.first], 2)
        subject = "subject" if index in paragraph.reporters else "other"
        opens, colon_before = source.first == 0, colon and back == 1
        yield SpeakerCandidate(speaker, _features_back(back, away, source.kind, subject, opens, colon_before))


@cache
def _features_back(back: int, away: int, kind: str, subject: str, opens: bool, colon: bool) -> tuple[str, ...]:
    """What is true of a source so many paragraphs and sentences before; subject or other of its cues."""
    features = [f"back {back}", f"back {back} sentences {away}", f"back {back} {kind}", f"back {back} {subject} {away}"]
    if opens:
        features.append(f"back {back} opens paragraph")
    if colon:
        features.append(f"back colon {away} {subject}")
    return tuple(features)


# ---- whoever is linked


def _linked(
    parsed: ParsedArticle, coreference: Coreference, quoted: QuotationCandidate
) -> Iterator[SpeakerCandidate]:
    """The organisations that the article names and that a link of the quotation's paragraph leads to."""
    for link in parsed.links_in(_surroundings(parsed, quoted))[:parsed.most_sources]:
        within, before = link.span.overlaps(quoted.outer), link.span.end <= quoted.outer.start
        side = "within" if within else "before" if before else "behind"
        for speaker in coreference.organisations.at(link.url):
            kind = "outlet" if speaker.name in coreference.outlets else "other"
            yield SpeakerCandidate(speaker, ("address", f"address {side}", f"address {kind}"))


def _surroundings(parsed: ParsedArticle, quoted: QuotationCandidate) -> Span:
    """The quotation's paragraph; of a long one what is near."""
    line = parsed.lines[quoted.paragraph]
    start, end = max(line.start, quoted.outer.start - _FAR), min(line.end, quoted.outer.end + _FAR)
    return Span(min(start, line.end), max(end, line.start))


# ---- whoever spoke last


def _same_speaker(
    parsed: ParsedArticle, coreference: Coreference, quoted: QuotationCandidate
) -> Iterator[SpeakerCandidate]:
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
                features += _continuation_features(parsed, quoted, earlier)
            yield SpeakerCandidate(speaker.known_by("same speaker", speaker.source), tuple(features))
        seen += 1


def _continuation_features(
    parsed: ParsedArticle, quoted: QuotationCandidate, earlier: QuotationCandidate
) -> list[str]:
    """What ties a quotation to the one before it."""
    if quoted.continued:
        return ["continued paragraph"]
    if quoted.block:
        return ["spoke before block"]
    tokens = parsed.paragraph(quoted.paragraph).tokens
    if earlier.paragraph != quoted.paragraph:
        alone = quoted.token == 0 and all(quote >= 0 for quote in tokens.quotes)
        return [f"spoke before {'whole' if alone else 'opens' if quoted.token == 0 else 'within'}"]
    between = tokens.words[earlier.token + 1:quoted.token]
    new = "new" if tokens.sentences[earlier.token] != tokens.sentences[quoted.token] else "same"
    opens = "opens" if tokens.sentences[quoted.token - 1] != tokens.sentences[quoted.token] else "within"
    joined = all(word in (",", "and", "or", "&", "-", "—") for word in between)
    paragraph = parsed.paragraph(quoted.paragraph)
    near = (paragraph.sources[number] for number in paragraph.sources_near(quoted.token, _REACH, parsed.most_sources))
    sources = sum(1 for source in near if earlier.token < source.first < quoted.token and not source.inner)
    return [
        f"spoke here {'joined' if joined else size_of_gap(len(between))} {new} {opens}",
        f"spoke here sources {min(sources, 3)} {opens}",
    ]


# ---- nobody


_PASSIVE = frozenset(
    "called described known billed considered dubbed deemed labeled regarded termed listed named hailed".split())


def _nobody_features(parsed: ParsedArticle, quoted: QuotationCandidate, closest: str) -> list[str]:
    """What speaks for no speaker at all; closest is the rank of the closest tie of anybody."""
    if quoted.paragraph < 0:
        return ["nobody", "nobody no paragraph"]
    paragraph = parsed.paragraph(quoted.paragraph)
    tokens = paragraph.tokens
    sentence = sentence_of(tokens, quoted.token, introduced=True)
    here = [
        cue
        for cue in paragraph.cues_between(quoted.token - SENTENCE, quoted.token + SENTENCE)
        if tokens.sentences[cue.first] == sentence
    ]
    words = quoted.span.of(parsed.text)
    size = "small" if words[0].islower() else "capital"
    before = word_class(tokens.lower[quoted.token - 1] if quoted.token else "^")
    features = [
        "nobody",
        f"nobody cues {min(len(here), 2)}",
        f"nobody closest {closest}",
        f"nobody closest {closest} {size}",
        f"nobody behind {before}",
        f"nobody behind {before} {size} {'cued' if here else 'uncued'}",
    ]
    features += ["nobody passive"] * _passives_before(tokens, quoted.token)
    if any(cue.strength == "speech" and not cue.subjects for cue in here):
        features.append("nobody cue without subject")
    if len(words.split()) < 5:
        features.append("nobody short")
    return features


def _passives_before(tokens: Tokens, at: int) -> int:
    """How many verbs right before a quotation name something without saying who does: is known as «Q»."""
    return sum(
        tokens.lower[position] in _PASSIVE
        and tokens.lower[position - 1] in lexicon.AUXILIARIES
        and "by" not in tokens.lower[position:at]
        for position in range(max(0, at - 5), min(at, len(tokens.words)))
    )
