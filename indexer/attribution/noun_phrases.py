"""Noun phrases without a name that can speak: where one ends that begins at a token."""

from __future__ import annotations

import re

from indexer.attribution.tokens import QUOTE, Tokens
from indexer.language import lexicon

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
    "-in-law",
)
_NOUNS_BEFORE_REPORTS = frozenset("press police news court book arrest status progress annual".split())
MAX_PHRASE = 9
_GROUPING = frozenset("of for from with at in on near behind close familiar who whose that".split())
_MAX_MODIFIER = 14  # tokens from a phrase to the verb behind its relative clause
_DECADE = re.compile(r"(?:early|mid|late)?-?\d0s|\w+ties")  # in his 30s, in her late-twenties
_MAX_DESCRIPTION = 16  # tokens of «who …» behind a phrase that ends its sentence


def end_of_phrase(tokens: Tokens, position: int) -> int:
    """The last token of an unnamed phrase that begins at a token; -1 if none does."""
    lower = tokens.lower[position]
    opens = lower in lexicon.DETERMINERS or lower in lexicon.POSSESSIVE_PRONOUNS or lower == "the" or is_age(lower)
    if not opens and _bare_plural(tokens, position):
        return position
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


def _bare_plural(tokens: Tokens, position: int) -> bool:
    """«according to astronomers,»: a plural that nothing opens, and nothing goes on from."""
    return (
        position > 1
        and tokens.lower[position].endswith("s")
        and tokens.words[position].islower()
        and len(tokens.lower[position]) > 4
        and tokens.lower[position - 1] == "to"
        and tokens.lower[position - 2] == "according"
        and (position + 1 == len(tokens.words) or not tokens.words[position + 1][0].isalnum())
    )


def _speaks(word: str) -> bool:
    """Whether a noun names somebody or something that can speak: in the table, or built like such a noun."""
    return word in lexicon.SPEAKING_NOUNS or (len(word) > 6 and word.endswith(_SPEAKING_ENDINGS))


def _end_before_cue(tokens: Tokens, position: int) -> int:
    """The last token of a phrase whose noun is in no table, but that a speech verb follows (one attendee said) or
    leads up to (said one attendee; according to an attendee); -1 if neither does."""
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


def end_of_modifier(tokens: Tokens, end: int) -> int:
    """The last token of a modifier without commas that a speech verb follows: one worker [who saw the attack] told."""
    after = end + 1
    if (
        after >= len(tokens.words)
        or not (tokens.lower[after] in _GROUPING or tokens.lower[after].endswith("ing"))
        or tokens.lower[after] in lexicon.SPEECH_VERBS
    ):
        return end
    for ahead in range(after + 1, min(after + _MAX_MODIFIER, len(tokens.words))):
        lower = tokens.lower[ahead]
        if (
            lower in lexicon.SPEECH_VERBS
            and not lower.endswith("ing")
            and tokens.lower[ahead - 1] not in ("to", "who", "that")
        ):
            last = ahead - 1
            while last > end and tokens.lower[last] in lexicon.ADVERBS | lexicon.AUXILIARIES:
                last -= 1
            return last
        if (
            not (lower[0].isalnum() or lower in ("'s", "-", "'"))
            or lower == QUOTE
            or tokens.sentences[ahead] != tokens.sentences[after]
        ):
            break
    return end


def end_of_description(tokens: Tokens, first: int, end: int) -> int:
    """The last token of a phrase with «in his 30s» and, behind its verb, with what says who that is: said a man
    [who would not be named]."""
    following = tokens.lower[end + 1:end + 4]
    if (
        len(following) == 3
        and following[0] == "in"
        and following[1] in lexicon.POSSESSIVE_PRONOUNS
        and _DECADE.fullmatch(following[2])
    ):
        end += 3
    if first and tokens.lower[first - 1] in lexicon.SPEECH_VERBS and tokens.lower[end + 1:end + 2] == ["who"]:
        ahead = end + 1
        while ahead < min(len(tokens.words), end + _MAX_DESCRIPTION) and (
            tokens.words[ahead][0].isalnum() or tokens.lower[ahead] in ("'s", "-")
        ):
            ahead += 1
        end = ahead - 1
    return end
