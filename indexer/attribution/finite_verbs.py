"""Verbs: which words behind a phrase are finite verbs that report, and what may stand before them."""

from __future__ import annotations

from indexer.attribution.tokens import Tokens
from indexer.language import lexicon

# Verbs that nobody takes for anything but a report, whatever their subject.
PLAIN_VERBS = lexicon.all_forms("""
    say tell write add explain state announce argue claim insist ask warn reply respond declare tweet comment confirm
""") - lexicon.NOUN_VERBS
_MAX_CLAUSE = 20  # tokens of a relative clause between commas


def reports(word: str) -> bool:
    """Whether a word is a finite verb of speech, and no noun."""
    return word in lexicon.SPEECH_VERBS and word not in lexicon.NOUN_VERBS and not word.endswith("ing")


def passed_over(word: str) -> bool:
    """Whether a word may stand between a subject and its verb: an auxiliary or an adverb."""
    return word in lexicon.AUXILIARIES or lexicon.is_adverb(word)


def is_finite(tokens: Tokens, position: int) -> bool:
    """Whether a token is a verb of speech or an auxiliary that goes with a subject."""
    word = tokens.lower[position]
    return reports(word) or word in lexicon.AUXILIARIES and word != "'s"


def is_reporting(tokens: Tokens, last: int) -> bool:
    """Whether a verb of speech follows in the active voice: not The pick was [revealed]."""
    after = first = _behind_clause(tokens, last + 1)
    while after < len(tokens.words) and passed_over(tokens.lower[after]):
        after += 1
    passive = bool(lexicon.BE & set(tokens.lower[first:after]))
    return after < len(tokens.words) and reports(tokens.lower[after]) and not passive


def _behind_clause(tokens: Tokens, after: int) -> int:
    """The token behind a relative clause between commas or brackets that begins at a token: The oath[, which she took,]
    says; one vegan [(who quit)] explained; that token if none does."""
    closing = {",": ",", "(": ")"}.get(tokens.words[after]) if after < len(tokens.words) else None
    if closing is None or tokens.lower[after + 1:after + 2] not in (["which"], ["who"]):
        return after
    for ahead in range(after + 2, min(after + _MAX_CLAUSE, len(tokens.words) - 1)):
        if tokens.quotes[ahead] >= 0 or tokens.sentences[ahead] != tokens.sentences[after]:
            break
        if tokens.words[ahead] == closing and reports(tokens.lower[ahead + 1]):
            return ahead + 1
    return after
