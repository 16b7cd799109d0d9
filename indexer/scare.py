"""Speech between the marks, or a title, a label, a nickname, a scare quote: what tells them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer import lexicon
from indexer.evidence import Candidate
from indexer.reading import Quoted, Reading
from indexer.tokens import QUOTE, Tokens

_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|I'll|I'd|we|we're|we've|my|our|me|us|you|your)\b")
_VERB = re.compile(r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|should|must|may|might|isn't|don't"
                   r"|can't|didn't|won't|wasn't)\b|'(?:s|re|ve|ll)\b")
_SMALL = frozenset("of the a an in on at for and or to with from by but as is".split())
_ARTICLES = frozenset({"the", "a", "an", "'s", "his", "her", "their", "its", "this", "that", "some", "such"})


def quotation_features(reading: Reading, quoted: Quoted, best: Candidate, share: float) -> list[str]:
    """What is true of a marked stretch whose best candidate collects a share of the weight (attribution.choose)."""
    text = quoted.span.of(reading.text).replace("’", "'")
    tokens = reading.paragraph(quoted.paragraph).tokens
    words = text.split()
    features = ["bias", f"words {_length(len(words))}"]
    features += _shape(text, words)
    features += _neighbours(tokens, quoted.token)
    features += _speaker(best, share, len(words))
    features += _frame(reading, quoted)
    if text.rstrip(".,!?").lower() in reading.title.lower().replace("’", "'"):
        features.append("in title")
    return features


def _length(words: int) -> str:
    return str(words) if words < 7 else "7-9" if words < 10 else "10-14" if words < 15 else "15+"


def _shape(text: str, words: Sequence[str]) -> list[str]:
    """The words themselves: capitals, persons, verbs, how they end."""
    features = [f"ends {text[-1] if text[-1] in '.,!?-—:;' else 'bare'}",
                "begins capital" if text[0].isupper() else "begins small"]
    content = [word for word in words if word.lower() not in _SMALL]
    if len(words) > 1 and content and all(word[0].isupper() or not word[0].isalpha() for word in content):
        features.append(f"title case {min(len(words), 5)}")
    if _FIRST_PERSON.search(text):
        features.append("first person")
    if _VERB.search(text):
        features.append("verb")
    if re.search(r"[.!?] [A-Z]", text):
        features.append("sentences")
    if text.isupper():
        features.append("capitals")
    short = "short" if len(words) < 5 else "long"
    return features + [f"{short} {each}" for each in features]


def _frame(reading: Reading, quoted: Quoted) -> list[str]:
    """What the page does around it: blocks, captions, letters, marks that never close."""
    features = []
    if not quoted.closed:
        features.append("unclosed continues" if quoted.continues else "unclosed")
    if quoted.continued:
        features.append("continued")
    if quoted.in_block:
        features.append("in block")
    if any(quoted.span in caption for caption in reading.captions):
        features.append("in caption")
    if any(span in quoted.span and len(span) * 2 > len(quoted.span) for span in reading.italic):
        features.append("italic")
    if any(quoted.span in span for span in reading.bold):
        features.append("bold")
    return features


def _neighbours(tokens: Tokens, at: int) -> list[str]:
    """The words on both sides of the marks, by what they do."""
    before, before2 = _word(tokens, at - 1), _word(tokens, at - 2)
    after = _word(tokens, at + 1)
    features = [f"before {_class(before)}", f"after {_class(after)}"]
    if before in (",", ":") or before in _SMALL:
        if before2 in lexicon.SPEECH_VERBS:
            features.append("before2 speech verb")
        elif before2 in lexicon.LABEL_WORDS:
            features.append("before2 label word")
    if before in _ARTICLES and after[:1].isalpha() and after not in lexicon.PREPOSITIONS | lexicon.AUXILIARIES | lexicon.CONJUNCTIONS:
        features.append("modifies a noun")
    return features


def _word(tokens: Tokens, position: int) -> str:
    return tokens.lower[position] if 0 <= position < len(tokens.words) else ""


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
    small = lexicon.PREPOSITIONS | lexicon.CONJUNCTIONS | lexicon.RELATIVES | lexicon.DETERMINERS
    return word if word in small else "word"


def _speaker(best: Candidate, share: float, words: int) -> list[str]:
    """Whether somebody can be found who says it, and how clearly."""
    size = "short" if words < 5 else "middle" if words < 10 else "long"
    if best.speaker is None:
        return ["nobody speaks", f"{size} nobody speaks"]
    tied = "again" if best.speaker.method == "same speaker" else "cue" if best.cue else "no cue"
    features = [f"speaks {tied}", f"{size} speaks {tied}", f"share {int(share * 4)}", f"{size} share {int(share * 4)}"]
    close = [name for name in best.features if "-next" in name and not name.startswith(("listener", "object"))]
    if close:
        features += ["close cue", f"{size} close cue"]
        if any(" speech " in name for name in close):
            features.append(f"{size} close speech cue")
    return features
