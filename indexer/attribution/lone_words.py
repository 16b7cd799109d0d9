"""Lone words: what means somebody without a noun, «another», «one», a handle."""

from __future__ import annotations

from indexer.attribution.noun_phrases import CUES, TIMES
from indexer.attribution.tokens import QUOTE, Tokens
from indexer.language import lexicon

# Words that mean somebody where no noun follows them.
ALONE = frozenset("another others one some someone somebody everyone everybody many several few both".split())
_ANYBODY = frozenset({"someone", "somebody"})
_PLURAL = frozenset("some many several few both".split())
_LEADING = 12           # tokens from a word that means somebody to what is quoted of them
_ACCOUNTS = frozenset("user commenter redditor poster blogger tweeter reader".split())


def is_alone(tokens: Tokens, position: int) -> bool:
    """Whether a word that could open a phrase means somebody by itself: a verb or a point follows."""
    after = position + 1
    if tokens.lower[after] in ("last", "this", "earlier") and tokens.lower[after + 1:after + 2] and (
        tokens.lower[after + 1] in TIMES
    ):
        after += 2
    while after < len(tokens.words) and (
        tokens.lower[after] in lexicon.AUXILIARIES
        or lexicon.is_adverb(tokens.lower[after])
        or tokens.lower[after:after + 2] == [",", "who"]
    ):
        after += 2 if tokens.words[after] == "," else 1
    if after < len(tokens.words) and tokens.lower[after] in CUES:
        return after > position + 1 or not _is_noun_of(tokens, position)
    if tokens.lower[position + 1] == "to" and tokens.lower[position] in _ANYBODY:
        return tokens.lower[position + 2:position + 3] != [] and tokens.lower[position + 2] in CUES
    if tokens.lower[position + 1] in lexicon.AUXILIARIES:
        return _leads_to_quote(tokens, position)
    if tokens.lower[max(position - 2, 0):position] == ["according", "to"]:
        return not tokens.words[position + 1][0].isalnum()
    inverted = position > 0 and tokens.lower[position - 1] in lexicon.SPEECH_VERBS
    somebody = tokens.lower[position] in _ANYBODY and tokens.words[position - 2:position - 1] == [QUOTE]
    return inverted and (somebody or tokens.words[position + 1] in (".", ",", ";"))


def _is_noun_of(tokens: Tokens, position: int) -> bool:
    """Whether a word behind another that could be alone is a noun: some [reviews], at one [point]."""
    noun = tokens.lower[position + 1]
    plural = noun.endswith("s")
    return noun in lexicon.NOUN_VERBS and not noun.endswith("ed") and (
        plural if tokens.lower[position] in _PLURAL else not plural)


def _leads_to_quote(tokens: Tokens, position: int) -> bool:
    """Whether the sentence goes on to a quotation behind a comma or a colon: [one] was pleased, "…"."""
    for ahead in range(position + 1, min(position + _LEADING, len(tokens.words))):
        if tokens.words[ahead] == QUOTE:
            return tokens.words[ahead - 1] in (",", ":")
        if tokens.sentences[ahead] != tokens.sentences[position]:
            return False
    return False


def is_handle(tokens: Tokens, position: int) -> bool:
    """Whether a word is an account by its handle: @calderferry, user ferryfan71."""
    word = tokens.words[position]
    if word[0] == "@":
        return len(word) > 1
    return position > 0 and tokens.lower[position - 1] in _ACCOUNTS and _is_odd(word)


def _is_odd(word: str) -> bool:
    """Whether a word is written as only handles are: ferryfan71, ferry_fan."""
    return word[0].isalpha() and not word.isalpha() and word.replace("_", "").isalnum()
