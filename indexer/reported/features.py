"""Features of a frame and of the words that it may report, for the model: what tells how far reported words go, and
whether they are reported speech at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from indexer.attribution import Paragraph, Tokens
from indexer.language import lexicon
from indexer.reported import verbs
from indexer.reported.contents import QUESTION, Content
from indexer.reported.frames import Frame

_DETERMINERS = lexicon.DETERMINERS | {"the", "these", "those", "no", "any", "all"}
_SUBJECTS = frozenset("he she they it we i there you this that these those".split())
_NEGATIONS = frozenset("not never n't didn't don't doesn't won't wouldn't hasn't haven't hadn't couldn't can't isn't "
                       "wasn't aren't weren't".split())
_MODALS = frozenset("would could should may might must can will shall".split())
_PERFECT = frozenset("has have had 've".split())
_FINITE = lexicon.AUXILIARIES - {"'s"}


def extent_features(paragraph: Paragraph, frame: Frame, content: Content) -> list[str]:
    """What tells whether the words of a content are all that its frame reports, and no more."""
    tokens = paragraph.tokens
    mid = frame.first > frame.begin and tokens.words[frame.first - 1] in (",", "—", "–", "-")
    way = f"{content.side} {content.lead}{' mid' if mid else ''}"
    first = _class(tokens, content.first)
    stop = f"{content.side} stops {content.stop}"
    length = _length(content.last - content.first + 1)
    tail = frame.end - content.last if content.side != "before" else 0
    inside = len(paragraph.cues_between(content.first - 1, content.last + 1))
    features = [
        way, f"{way} {first}", f"{way} {frame.cue.strength}", f"{frame.stem} {way}", stop,
        f"{stop} {'long' if length > '2' else length}", f"{content.side} length {length}",
        f"{content.side} holds {min(inside, 2)}",
        f"last {_class(tokens, content.last)}",
        f"{way} {_clause(tokens, content)}", f"{content.side} last {_class(tokens, content.last)} {content.stop}",
        f"{content.side} predicate {_predicate(tokens, content.first, content.last)} {content.stop}",
        f"{frame.stem} {content.stop}",
    ]
    if tail:
        left = len(paragraph.cues_between(content.last, frame.end + 1))
        features += [f"{content.side} leaves {_length(tail)}", f"{content.side} leaves cues {min(left, 2)}",
                     f"{stop} cues {min(left, 2)}",
                     f"{stop} leaves predicate {_predicate(tokens, content.last + 1, frame.end)}",
                     f"{content.stop} leaves {_length(tail)}"]
        if content.stop == "quote":
            features.append(f"leaves quote {'all' if tail <= 2 else 'more'}")
    if frame.relation == "relative":
        features.append(f"relative {stop} {_predicate(tokens, content.last + 1, frame.end)}")
    if content.side == "before":
        features.append(f"before opens {_opening(tokens, content)}")
    if content.side != "behind":
        features.append(f"{content.side} {'inverted' if frame.inverted else frame.cue.strength} {content.lead}")
        features.append(f"{content.side} {content.stop} {frame.relation or 'nobody'}")
    return features


def speech_features(paragraph: Paragraph, frame: Frame, content: Content, share: float, within: str) -> list[str]:
    """What tells whether a frame with the best of its contents is reported speech. share: of all odds those of this
    content; within: what the frame is to what was found before, "" if nothing."""
    tokens, cue = paragraph.tokens, frame.cue
    side, lead, stem = content.side, content.lead, frame.stem
    source = frame.source
    first = _first(tokens, content.first)
    kind = source.kind if source else "nobody"
    relation = frame.relation or "nobody"
    form = _form(tokens.lower[cue.first])
    voice = voice_of(tokens, frame)
    plain, quoted = _words(tokens, content)
    clause = _clause(tokens, content)
    features = [
        "bias", f"stem {stem}", f"{stem} {side}", f"{stem} {lead}", f"{stem} {form}", f"{stem} {clause}",
        f"{stem} first {first}", f"{cue.strength} {side} {lead}", f"{cue.strength} {form}", f"first {first}",
        f"{side} {lead} {first}", f"{side} {clause}", f"{cue.strength} {relation}", f"{side} {relation}",
        f"{stem} {kind}", f"speaks {kind}", f"{form} {voice}", f"{stem} {voice}", f"voice {voice}",
        f"length {_length(plain)}",
        f"{side} length {_length(plain)}", f"quoted {quoted}", f"{side} quoted {quoted}", f"share {int(share * 5)}",
        f"stop {content.stop}", f"before {_class(tokens, frame.first - 1) if frame.first > frame.begin else 'start'}",
        f"nested {within or 'no'}", f"{lead} {clause}", f"within {within} {stem}" if within else "alone",
    ]
    last = max(frame.last, frame.listener)
    after = _follows(tokens, last, frame.end)
    features += [f"{side} follows {after}", f"{stem} {lead} {first}", f"{stem} {first} {clause}",
                 f"{stem} {relation}", f"{stem} {lead} {relation}", f"{side} {content.stop} {content.lead}"]
    features += [f"{form} {relation}", f"{form} {kind} {clause}"]
    if frame.group == frame.begin and form == "plain" and source is None:
        features.append("imperative")
    if content.side == "before":
        features.append(f"before opens {_opening(tokens, content)}")
    else:
        features.append(f"colon quote {_colon_quote(tokens, content)}")
    if frame.relation == "relative":
        features.append(f"relative {'comma' if tokens.words[frame.group - 2] == ',' else 'bare'} {form}")
    if source is not None and source.kind == "unnamed":
        head = tokens.lower[source.last]
        features.append("document" if head in lexicon.DOCUMENT_NOUNS else "describes")
    if "if" in tokens.lower[frame.begin:frame.first]:
        features.append("if before")
    if tokens.words[frame.end + 1:frame.end + 2] == ["?"]:
        features.append("question")
    return features


def _opening(tokens: Tokens, content: Content) -> str:
    """How words before a cue begin: asked about it, after the vote, holding a sign; and whether a verb follows."""
    word = tokens.lower[content.first]
    name = ("cue" if word in lexicon.SPEECH_VERBS else
            word if word in ("as", "after", "before", "when", "while", "if", "in", "on", "with", "at") else
            _class(tokens, content.first))
    return f"{name} {_predicate(tokens, content.first, content.last)}"


def _predicate(tokens: Tokens, first: int, last: int) -> bool:
    """Whether there is likely a finite verb among some tokens."""
    return any(map(_may_be_finite, tokens.lower[first + 1:last + 1]))


@lru_cache(maxsize=20_000)
def _may_be_finite(word: str) -> bool:
    return word in _FINITE or word.endswith("ed") and len(word) > 4


def _first(tokens: Tokens, at: int) -> str:
    """What the first word does; «to» by what follows it: to leave, to the mayor."""
    name = _class(tokens, at)
    if name not in ("to", "about", "of", "for", "in") or at + 1 >= len(tokens.words):
        return name
    after = _class(tokens, at + 1)
    return f"{name} {'verb' if after in ('word', 'auxiliary', 'adverb') else 'noun'}"


def _follows(tokens: Tokens, last: int, end: int) -> str:
    """What follows a frame: nothing, a point, a quotation, perhaps behind a comma."""
    if last >= end:
        return "nothing"
    after = tokens.words[last + 1]
    if after in (",", ":") and last + 2 < len(tokens.words):
        return f"{after} {'quote' if tokens.quotes[last + 2] >= 0 else 'words'}"
    return _class(tokens, last + 1)


def _colon_quote(tokens: Tokens, content: Content) -> bool:
    """Whether a comma or colon within the words leads to a quotation: she said to the council: «Q»."""
    return any(tokens.quotes[at] >= 0 and tokens.words[at - 1] in (",", ":")
               for at in range(content.first + 1, content.last + 1))


def _class(tokens: Tokens, at: int) -> str:
    """What a word does: words of grammar by what kind they are."""
    if tokens.quotes[at] >= 0:
        return "quote"
    name = _class_of(tokens.lower[at])
    return "capital" if name in ("adverb", "word") and tokens.words[at][0].isupper() else name


@lru_cache(maxsize=20_000)
def _class_of(word: str) -> str:
    if not word[0].isalnum():
        return "point" if word != "'s" else "'s"
    if word in ("to", "that", "the", "of", "for", "about", "by", "as", "if", "in"):
        return word
    if word in _SUBJECTS:
        return "subject"
    for name, table in (("question", QUESTION), ("pronoun", lexicon.PRONOUNS), ("determiner", _DETERMINERS),
                        ("possessive", lexicon.POSSESSIVE_PRONOUNS), ("preposition", lexicon.PREPOSITIONS),
                        ("conjunction", lexicon.CONJUNCTIONS), ("auxiliary", lexicon.AUXILIARIES)):
        if word in table:
            return name
    if word.endswith("ing"):
        return "ing"
    return "digit" if word[0].isdigit() else "adverb" if lexicon.is_adverb(word) else "word"


def _length(words: int) -> str:
    return ("0" if words < 2 else "1" if words < 4 else "2" if words < 7 else "3" if words < 11 else
            "4" if words < 20 else "5" if words < 35 else "6")


def _form(word: str) -> str:
    return ("ing" if word.endswith("ing") else "s" if word.endswith("s") else
            "past" if word.endswith("ed") or word in ("said", "told", "wrote", "swore", "pled") else
            "part" if word in ("written", "sworn") else "plain")


def voice_of(tokens: Tokens, frame: Frame) -> str:
    """What the verb group says of the verb: denied, only possible, passive, an infinitive."""
    words = tokens.lower[frame.group:frame.cue.first]
    if not _NEGATIONS.isdisjoint(words):
        return "not"
    if words and words[-1] == "to":
        return "to"
    if not _MODALS.isdisjoint(words):
        return "modal"
    if not verbs.BE.isdisjoint(words):
        return "progressive" if tokens.lower[frame.cue.first].endswith("ing") else "passive"
    return "simple" if _PERFECT.isdisjoint(words) else "perfect"


def _words(tokens: Tokens, content: Content) -> tuple[int, int]:
    """How many words of a content are not between marks, and what part of its characters is, in fifths."""
    plain, marked = 0, 0
    for at in range(content.first, content.last + 1):
        if tokens.quotes[at] >= 0:
            marked += tokens.ends[at] - tokens.starts[at]
        elif tokens.words[at][0].isalnum():
            plain += 1
    whole = tokens.ends[content.last] - tokens.starts[content.first]
    return plain, 5 * marked // max(whole, 1) + (marked > 0)


def _clause(tokens: Tokens, content: Content) -> str:
    """Whether the words are a clause: what verb they have near their beginning."""
    start = content.first
    if tokens.lower[start] == "to":
        return "infinitive"
    words = tokens.lower[start:min(content.last, start + 14) + 1]
    if not _FINITE.isdisjoint(words):
        return "auxiliary"
    if words[0].endswith("ing"):
        return "gerund"
    if any(word.endswith("ed") for word in words[1:]):
        return "ed"
    return "none"


def is_plain(tokens: Tokens, frame: Frame, content: Content) -> bool:
    """Whether words are reported speech by their construction alone, however rare it is in what was learned from: it
    was announced that Q; the council was told that Q; she asked whether Q; she announced plans to Q."""
    voice = voice_of(tokens, frame)
    if content.side != "behind" or frame.cue.strength != "speech" or tokens.lower[frame.cue.first].endswith("ing"):
        return False
    if voice == "passive":
        return content.lead in ("that", "led that")
    if frame.source is None or frame.relation not in ("subject", "apposition", "phrase") or (
            voice not in ("simple", "perfect")):
        return False
    first = tokens.lower[content.first:content.first + 2]
    return frame.stem == "ask" and first[0] in ("whether", "if") or frame.stem == "announc" and first == ["plans", "to"]


def offers(paragraph: Paragraph, frame: Frame, contents: Sequence[Content]) -> list[tuple[str, list[str]]]:
    """The contents of a frame as they compete."""
    return [(str(number), extent_features(paragraph, frame, each)) for number, each in enumerate(contents)]
