"""Noun phrases without a name that can speak: where one ends that begins at a token."""

from __future__ import annotations

from indexer import lexicon
from indexer.tokens import QUOTE, Tokens

CUES = lexicon.SPEECH_VERBS | lexicon.WEAK_VERBS
ENDS_PHRASE = (
    lexicon.PREPOSITIONS
    | lexicon.CONJUNCTIONS
    | lexicon.RELATIVES
    | (lexicon.AUXILIARIES - {"'s"})
    | lexicon.ADVERBS
    | frozenset({"he", "she", "they", "we", "i", "it", "to", "there", "him", "them", QUOTE})
)
SENTENCE_OPENERS = ENDS_PHRASE | lexicon.DETERMINERS | lexicon.POSSESSIVE_PRONOUNS | frozenset("""
    here now how what why where when who which there well yes oh hey after before during meanwhile however despite
    according apparently unfortunately sadly luckily thankfully plus anyway maybe perhaps still then thus besides
    additionally furthermore regardless overall earlier later last next update updated via photo photograph image video
    sure ok okay please not nothing everyone everybody nobody someone somebody anyone my our your his her their its
""".split())
_SPEAKING_ENDINGS = (
    "ist",
    "ists",
    "goer",
    "goers",
    "grader",
    "graders",
    "woman",
    "women",
    "keeper",
    "keepers",
    "ician",
    "icians",
    "arian",
    "arians",
)
_NOUNS_BEFORE_REPORTS = frozenset("press police news court book arrest status progress annual".split())
MAX_PHRASE = 9


def end_of_phrase(tokens: Tokens, position: int) -> int:
    """The last token of an unnamed phrase that begins here, -1 where none does."""
    lower = tokens.lower[position]
    opens = lower in lexicon.DETERMINERS or lower in lexicon.POSSESSIVE_PRONOUNS or lower == "the" or is_age(lower)
    if not opens and not (
        tokens.words[position][0].isalpha()
        and lower not in SENTENCE_OPENERS
        and lower not in lexicon.AUXILIARIES
        and (lower not in CUES or lower in lexicon.SPEAKING_NOUNS)
    ):
        return -1
    last = -1
    for ahead in range(position if not opens else position + 1, min(position + MAX_PHRASE, len(tokens.words))):
        word = tokens.lower[ahead]
        if _speaks(word):
            # A noun that is also a verb ("sources report", "NBC reports") ends the phrase before it.
            if (
                word in CUES
                and ahead > position
                and (last >= 0 or tokens.words[ahead - 1][0].isupper())
                and not (tokens.lower[ahead - 1] in _NOUNS_BEFORE_REPORTS and tokens.words[ahead - 1].islower())
            ):
                break
            last = ahead
        elif word in ENDS_PHRASE or (not word[0].isalnum() and word not in ("'s", "-", "'", "’")):
            break
        elif word in CUES and not _participle(tokens, ahead):
            break
    if opens and last < 0:
        return _end_before_cue(tokens, position)
    if (
        not opens
        and last > position
        and not all(
            _speaks(tokens.lower[each]) or tokens.words[each][0].isupper() or each == position
            for each in range(position, last)
        )
    ):
        return -1
    return last


def _speaks(word: str) -> bool:
    """Whether a noun names somebody or something that can speak: in the table, or built like such a noun."""
    return word in lexicon.SPEAKING_NOUNS or (len(word) > 6 and word.endswith(_SPEAKING_ENDINGS))


def _end_before_cue(tokens: Tokens, position: int) -> int:
    """The last token of a phrase whose noun is in no table, but that a speech verb follows (one attendee said) or
    leads up to (said one attendee; according to an attendee); -1 where neither does."""
    last = position
    while (
        last + 1 < len(tokens.words)
        and last - position < MAX_PHRASE
        and tokens.words[last + 1][0].isalnum()
        and tokens.lower[last + 1] not in ENDS_PHRASE
        and tokens.lower[last + 1] not in lexicon.SPEECH_VERBS
    ):
        last += 1
    if last == position:
        return -1
    after = last + 1
    while after < len(tokens.words) and tokens.lower[after] in lexicon.ADVERBS | lexicon.AUXILIARIES:
        after += 1
    followed = (
        after < len(tokens.words)
        and tokens.lower[after] in lexicon.SPEECH_VERBS - lexicon.NOUN_VERBS
        and not tokens.lower[after].endswith("ing")
    )
    before = tokens.lower[position - 1] if position else ""
    led = (
        before in lexicon.SPEECH_VERBS
        and position > 1
        and tokens.words[position - 2] in (",", QUOTE)
        or (before == "to" and position > 1 and tokens.lower[position - 2] == "according")
    )
    return last if followed or led else -1


def _participle(tokens: Tokens, position: int) -> bool:
    """A verb's form that describes a noun: the accused officer, a named source."""
    return (
        tokens.lower[position].endswith(("ed", "ing"))
        and position + 1 < len(tokens.words)
        and tokens.lower[position + 1] in lexicon.SPEAKING_NOUNS
        and tokens.lower[position - 1] in ("the", "a", "an")
    )


def is_age(word: str) -> bool:
    return word.endswith("-year-old")
