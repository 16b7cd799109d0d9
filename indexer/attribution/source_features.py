"""What is true of a source that may speak a quotation: what it is, where it is, and how it fits the words said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from indexer.attribution.agreement import head_noun
from indexer.attribution.clauses import GOVERNING
from indexer.attribution.coreference import Coreference
from indexer.attribution.cue_features import sentence_of
from indexer.attribution.parsed_article import Paragraph, ParsedArticle, QuotationCandidate
from indexer.attribution.phrases import Source
from indexer.attribution.speakers import Speaker
from indexer.attribution.tokens import QUOTE, Tokens
from indexer.language import PLACES, lexicon

_SINGULAR = re.compile(r"\b(?:I|I'm|I've|I'll|I'd|my|me)\b")
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|I'll|I'd|my|me|we|our|us|we're|we've)\b")
_REPORTS = re.compile(r"\b(?:said|says|told)\b")
_MARKED = re.compile(r"[\"“][^\"“”]*[\"”]?")
_GRAMMAR = (
    lexicon.PREPOSITIONS
    | lexicon.CONJUNCTIONS
    | lexicon.RELATIVES
    | lexicon.DETERMINERS
    | lexicon.AUXILIARIES
    | frozenset("he she they it the him them to not".split())
)


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """The words of a quotation, as far as they tell one speaker from another."""

    text: str
    length: str               # short, middle or long
    singular: bool            # they say I
    block: str                # how a block reads; "" for words between marks
    named: frozenset[int]     # the numbers of the persons they name


def quoted_words(parsed: ParsedArticle, quoted: QuotationCandidate) -> QuotedWords:
    """The words of a candidate quotation."""
    text = quoted.span.of(parsed.text).replace("’", "'")
    count = len(text.split())
    length = "short" if count < 5 else "long" if count > 24 else "middle"
    block = _manner(text) if quoted.block else ""
    return QuotedWords(text, length, bool(_SINGULAR.search(text)), block, parsed.named_in(quoted.outer))


def _manner(text: str) -> str:
    """How a block reads: a report that quotes others, somebody's own statement, or neither."""
    plain = _MARKED.sub(" ", text[1:-1])
    reports = len(plain) < len(text) - 12 or bool(_REPORTS.search(plain))
    return f"{'own' if _FIRST_PERSON.search(plain) else 'plain'} {'report' if reports else 'words'}"


def speaker_features(
    words: QuotedWords, parsed: ParsedArticle, coreference: Coreference, speaker: Speaker
) -> tuple[str, ...]:
    """What is true of a speaker and these words, wherever the article names it."""
    features = [f"{speaker.kind} {words.length}", f"spoke so far {min(coreference.quotations_of(speaker), 2)}"]
    if words.block:
        features.append(f"block {words.block} {'outlet' if _is_outlet(coreference, speaker) else speaker.kind}")
    if words.singular:
        features.append(f"{speaker.kind} says I")
    if speaker.person in words.named or (speaker.kind == "organisation" and speaker.name in words.text):
        features.append("named inside")
    if speaker.person >= 0:
        mentions = len(parsed.people[speaker.person].mentions)
        features.append(f"person named {'1' if mentions == 1 else '2-3' if mentions < 4 else '4+'}")
    return tuple(features)


def _is_outlet(coreference: Coreference, speaker: Speaker) -> bool:
    return speaker.kind == "organisation" and speaker.name in coreference.outlets


def kind_features(parsed: ParsedArticle, coreference: Coreference, source: Source, speaker: Speaker) -> list[str]:
    """What a source is: a person, an outlet, words that link to where they come from."""
    features = ["kind " + source.kind]
    if source.kind == "organisation":
        if speaker.name in coreference.outlets:
            features.append("outlet")
        elif speaker.name.lower() in PLACES:
            features.append("place")
    if source.kind == "unnamed":
        features.append("head " + head_noun(source.name))
        features.append(f"described {_group_of(head_noun(source.name))}")
    if source.kind == "pronoun" and source.name == "i":
        features.append("author")
    if speaker.source is not None and parsed.links_in(speaker.source):
        features.append("linked")
    return features


def _group_of(head: str) -> str:
    """What kind of thing a description's noun is."""
    for name, nouns in (("document", lexicon.DOCUMENT_NOUNS), ("organisation", lexicon.ORGANISATION_NOUNS),
                        ("group", lexicon.GROUP_NOUNS), ("person", lexicon.SPEAKING_NOUNS)):
        if head in nouns:
            return name
    return "other"


def position_features(paragraph: Paragraph, quoted: QuotationCandidate, source: Source, rank: int) -> list[str]:
    """Where a source is, seen from a quotation: on which side, how far, among what. rank: of its closest tie."""
    tokens, at = paragraph.tokens, quoted.token
    behind = source.first > at
    side = "behind" if behind else "before"
    between = tokens.words[at + 1:source.first] if behind else tokens.words[source.last + 1:at]
    away = abs(tokens.sentences[source.first] - sentence_of(tokens, at, introduced=True))
    opens = source.first == 0 or tokens.sentences[source.first - 1] != tokens.sentences[source.first]
    features = [
        *_distance(side, min(away, 3), size_of_gap(len(between)), min(between.count(QUOTE), 3),
                   min(paragraph.people_between(min(at, source.last), max(at, source.first)), 2), opens),
        *_ways(f"{side} tied {rank} q", *_classes_around(tokens, at, at)),
        *_ways(f"{side} s" if rank else f"{side} reporter s", *_classes_around(tokens, source.first, source.last)),
        *_neighbours(tokens, source),
    ]
    if not behind and between and between[-1] == ":":
        features.append(f"introduces {min(away, 2)}")
        if away == 0 and paragraph.subject_before(at) == source.first:
            features.append("introduces as subject")
    if behind and between in (["-"], ["—"], ["–"]) and source.last == len(tokens.words) - 1:
        features.append("signature")
    return features


@cache
def _distance(side: str, sentences: int, gap: str, quotations: int, others: int, opens: bool) -> tuple[str, ...]:
    """How many sentences, words, quotations and others are between; opens: the source opens its sentence."""
    opening = (f"opens sentence {side} {min(sentences, 2)}",) if opens else ()
    return (f"{side} sentences {sentences}", f"{side} distance {gap}", f"{side} quotations {quotations}",
            f"{side} others {others}", *opening)


def _classes_around(tokens: Tokens, first: int, last: int) -> tuple[str, str]:
    """The classes of the words before and behind a stretch of tokens."""
    return (word_class(tokens.lower[first - 1] if first else "^"),
            word_class(tokens.lower[last + 1] if last + 1 < len(tokens.words) else "$"))


@lru_cache(maxsize=20_000)
def _ways(whose: str, before: str, after: str) -> tuple[str, str]:
    return f"{whose}- {before}", f"{whose}+ {after}"


@lru_cache(maxsize=20_000)
def word_class(word: str) -> str:
    """A neighbour by what it does: words of grammar as themselves, verbs of speech, forms by their endings."""
    if word in _GRAMMAR or not word[0].isalnum():
        return word
    if word in lexicon.SPEECH_VERBS:
        return "V"
    if word in lexicon.WEAK_VERBS:
        return "W"
    return next((ending for ending in ("ed", "ing", "s") if word.endswith(ending)), "x")


def _neighbours(tokens: Tokens, source: Source) -> list[str]:
    """What comes right before and behind a source."""
    before = tokens.lower[source.first - 1] if source.first else ""
    after = tokens.lower[source.last + 1] if source.last + 1 < len(tokens.words) else ""
    features = []
    if source.inner:
        features.append("inner")
    if after in ("'s", "'"):
        features.append("possessive")
    if before == "the" and source.first > 1:
        before = tokens.lower[source.first - 2]
    if before in GOVERNING:
        features.append("by" if before == "by" else "behind preposition")
    if before == "," and source.kind != "person":
        features.append("apposed")
    if after in lexicon.AUXILIARIES or after.endswith("ed"):
        features.append("acts")
    return features


def size_of_gap(count: int) -> str:
    return "0-2" if count < 3 else "3-7" if count < 8 else "8-15" if count < 16 else "16-30" if count < 31 else "31+"
