"""The classifier of marked stretches: what tells speech from a title, a label, a nickname, a scare quote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from indexer.attribution.marked_context import MarkedContext, distance_ahead, distance_back
from indexer.attribution.parsed_article import QuotationCandidate
from indexer.attribution.speaker_candidates import SpeakerCandidate
from indexer.attribution.tokens import QUOTE, Tokens
from indexer.language import lexicon

_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|I'll|I'd|we|we're|we've|my|our|me|us|you|your)\b")
_VERB = re.compile(r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|should|must|may|might|isn't|don't"
                   r"|can't|didn't|won't|wasn't)\b|'(?:s|re|ve|ll)\b")
_NEXT_SENTENCE = re.compile(r"[.!?] [A-Z]")
_SMALL = frozenset("of the a an in on at for and or to with from by but as is".split())
_ARTICLES = frozenset({"the", "a", "an", "'s", "his", "her", "their", "its", "this", "that", "some", "such"})
_GRAMMAR = lexicon.PREPOSITIONS | lexicon.CONJUNCTIONS | lexicon.RELATIVES | lexicon.DETERMINERS
_NO_NOUNS = lexicon.PREPOSITIONS | lexicon.AUXILIARIES | lexicon.CONJUNCTIONS
_FUNCTION_WORDS = _GRAMMAR | lexicon.AUXILIARIES | lexicon.POSSESSIVE_PRONOUNS | frozenset("""
    so very too more most such been not just all any no he she they it i we you them him me us there here these those
""".split())
# Verbs that give a thing its name as often as they report what somebody calls it.
_NAMING = lexicon.all_forms("""
    call dub deem term label brand describe characterize characterise refer consider declare title nickname name know entitle
""") | {"dubbed", "dubbing", "known", "labelled", "labelling"}
_CLAUSE_WORDS = 11        # how far before the marks the verb of their clause is looked for


def quotation_features(
    context: MarkedContext, quoted: QuotationCandidate, best: SpeakerCandidate, share: float
) -> list[str]:
    """What is true of a marked stretch. best is the candidate chosen as its speaker, share the part of all odds that
    this speaker collects (0 to 1)."""
    parsed = context.parsed
    text = quoted.span.of(parsed.text).replace("’", "'")
    tokens = parsed.paragraph(quoted.paragraph).tokens
    words = text.split()
    size = _size(len(words))
    features = ["bias", f"words {_length(len(words))}"]
    features += _shape(text, words)
    features += _neighbours(tokens, quoted.token)
    features += _speaker(best, share, len(words))
    features += _frame(quoted, context, alone=len(tokens.words) == 1)
    if text.rstrip(".,!?").lower() in parsed.title.lower().replace("’", "'"):
        features.append("in title")
    sized = [_governed(tokens, quoted.token), *_edges(words), *_both_sides(tokens, quoted.token),
             *_company(context, quoted), *_cues_near(context, tokens, quoted)]
    if best.ties:
        sized.append(best.ties.feature)
    return features + [f"{size} {each}" for each in sized]


def _length(words: int) -> str:
    return str(words) if words < 7 else "7-9" if words < 10 else "10-14" if words < 15 else "15+"


def _size(words: int) -> str:
    return "1" if words == 1 else "2-4" if words < 5 else "5-9" if words < 10 else "10+"


# ---- the words themselves


def _shape(text: str, words: Sequence[str]) -> list[str]:
    """What the words look like: capitals, pronouns, verbs, the last point."""
    features = [f"ends {text[-1] if text[-1] in '.,!?-—:;' else 'bare'}",
                "begins capital" if text[0].isupper() else "begins small"]
    if len(words) > 1 and _is_title_case(words):
        features.append(f"title case {min(len(words), 5)}")
    if _FIRST_PERSON.search(text):
        features.append("first person")
    if _VERB.search(text):
        features.append("verb")
    if _NEXT_SENTENCE.search(text):
        features.append("sentences")
    if text.isupper():
        features.append("capitals")
    short = "short" if len(words) < 5 else "long"
    return features + [f"{short} {each}" for each in features]


def _is_title_case(words: Sequence[str]) -> bool:
    """Whether all words but small ones begin with a capital, and some do."""
    return all(word[0].isupper() or not word[0].isalpha() or word.lower() in _SMALL for word in words) and not all(
        word.lower() in _SMALL for word in words)


def _edges(words: Sequence[str]) -> list[str]:
    """The first and the last word, if they are words of grammar: a label is quoted whole, speech is cut anywhere."""
    first, last = words[0].lower(), words[-1].lower().strip(".,!?;:")
    return [f"{side} {word if word in _FUNCTION_WORDS else 'content'}" for side, word in (("first", first), ("last", last))]


# ---- the sentence around them


def _neighbours(tokens: Tokens, at: int) -> list[str]:
    """What the words on both sides of the marks do."""
    before, before2 = _word(tokens, at - 1), _word(tokens, at - 2)
    after = _word(tokens, at + 1)
    features = [f"before {_class(before)}", f"after {_class(after)}"]
    if before in (",", ":") or before in _SMALL:
        if before2 in lexicon.SPEECH_VERBS:
            features.append("before2 speech verb")
        elif before2 in lexicon.LABEL_WORDS:
            features.append("before2 label word")
    if before in _ARTICLES and after[:1].isalpha() and after not in _NO_NOUNS:
        features.append("modifies a noun")
    return features


def _both_sides(tokens: Tokens, at: int) -> list[str]:
    before = _word(tokens, at - 1)
    capital = before and tokens.words[at - 1][0].isupper()
    return [f"between {_class(before)} {_class(_word(tokens, at + 1))}", f"behind {'capital' if capital else 'small'} {_class(before)}"]


def _word(tokens: Tokens, position: int) -> str:
    return tokens.lower[position] if 0 <= position < len(tokens.words) else ""


@lru_cache(maxsize=20_000)
def _class(word: str) -> str:
    """What a neighbour of the marks does: the classes that tell speech from labels, and the words that do."""
    if not word:
        return "edge"
    if word == QUOTE:
        return "quotation"
    if not word[0].isalnum() and word != "'s":
        return word
    for name, table in (("label word", lexicon.LABEL_WORDS), ("speech noun", lexicon.SPEECH_NOUNS), ("speech verb", lexicon.SPEECH_VERBS),
                        ("weak verb", lexicon.WEAK_VERBS), ("article", _ARTICLES), ("auxiliary", lexicon.AUXILIARIES)):
        if word in table:
            return name
    return word if word in _GRAMMAR else "word"


def _governed(tokens: Tokens, at: int) -> str:
    """The nearest verb before the marks that reports or names, and how far it is: «X called it Q», «is known as Q»."""
    for position in range(at - 1, max(at - _CLAUSE_WORDS - 1, -1), -1):
        kind = _verb_kind(tokens, position)
        if kind:
            away = at - position
            return f"{kind} {'near' if away < 3 else 'middle' if away < 6 else 'far'}"
    return "no verb"


def _verb_kind(tokens: Tokens, position: int) -> str:
    word = tokens.lower[position]
    if word in _NAMING:
        return "names " + _voice(tokens, position)
    if word in lexicon.SPEECH_VERBS:
        return "reports"
    if word in lexicon.WEAK_VERBS:
        return "may report"
    return "behind quotation" if word == QUOTE else "behind point" if word in (".", ";", "?", "!") else ""


def _voice(tokens: Tokens, position: int) -> str:
    """The voice of a verb of naming: passive (is known as), participle (dubbed), active (they call)."""
    before = _word(tokens, position - 1)
    if before in lexicon.ADVERBS or before.endswith("ly"):
        before = _word(tokens, position - 2)
    if before in lexicon.AUXILIARIES and before not in ("has", "have", "had", "'ve"):
        return "passive"
    return "active" if before[:1].isalnum() else "participle"


def _cues_near(context: MarkedContext, tokens: Tokens, quoted: QuotationCandidate) -> list[str]:
    """How far away the nearest cues of the sentence are on both sides, and whether the paragraph supposes or asks."""
    paragraph, at = context.paragraph_of(quoted), quoted.token
    sentence = tokens.sentences[at]
    features = []
    back, ahead = distance_back(paragraph.cues_end, at), distance_ahead(paragraph.cues_start, at)
    for name, away, place in (("cue back", back, at - (back or 0)), ("cue ahead", ahead, at + (ahead or 0))):
        near = away is not None and tokens.sentences[place] == sentence
        features.append(f"{name} {min(away or 0, 20) // 4 if near else 'none'}")
    if paragraph.first_person:
        features.append("reporter speaks")
    if paragraph.supposes:
        features.append("supposes")
    return features


# ---- the page around them


def _frame(quoted: QuotationCandidate, context: MarkedContext, *, alone: bool) -> list[str]:
    """How the page sets the stretch: in a block, a caption, bold or italic letters, with marks that never close.
    alone: it fills its paragraph; inside a block such marks often only repeat that the block is quoted."""
    features = []
    if not quoted.closed:
        features.append("unclosed continues" if quoted.continues else "unclosed")
    if quoted.outer.start == quoted.span.start:
        features.append("unopened")
    if quoted.continued:
        features.append("continued")
    if quoted.in_block:
        features += ["in block", "in block alone" if alone else "in block among words"]
        if quoted.continued or not quoted.closed:
            features.append("in block of many paragraphs")
    elif alone:
        features.append("alone")
    if context.parsed.captions.contains(quoted.span):
        features.append("in caption")
    if any(len(span) * 2 > len(quoted.span) for span in context.parsed.italic.within(quoted.span)):
        features.append("italic")
    if context.parsed.bold.contains(quoted.span):
        features.append("bold")
    return features


def _company(context: MarkedContext, quoted: QuotationCandidate) -> list[str]:
    """The other stretches of the article, and the same words elsewhere in it."""
    longest = context.longest_other(quoted)
    features = [f"paragraph's longest {_size(longest) if longest else 'none'}",
                f"article's stretches {min(len(context.stretches) - 1, 20) // 3}"]
    for other in context.joined(quoted):
        capital = other.span.of(context.parsed.text)[0].isupper()
        features += [f"joined to {_size(context.words(other))}", f"joined to {'capital' if capital else 'small'}"]
    marked, plain = context.echoes(quoted)
    if marked:
        features.append("marked again")
    if plain:
        features.append("again without marks")
    return features


# ---- who says it


def _speaker(best: SpeakerCandidate, share: float, words: int) -> list[str]:
    """Whether somebody was found who says it, and how clearly."""
    size = "short" if words < 5 else "middle" if words < 10 else "long"
    if best.speaker is None:
        return ["nobody speaks", f"{size} nobody speaks"]
    tied = "again" if best.speaker.method == "same speaker" else "cue" if best.cue else "no cue"
    features = [f"speaks {tied}", f"{size} speaks {tied}", f"share {int(share * 4)}", f"{size} share {int(share * 4)}"]
    adjacent = [tie for tie in best.ties.all if tie.is_adjacent] if best.ties else []
    if adjacent:
        features += ["close cue", f"{size} close cue"]
        if any(tie.makes_speaker and tie.cue.strength == "speech" for tie in adjacent):
            features.append(f"{size} close speech cue")
    return features
