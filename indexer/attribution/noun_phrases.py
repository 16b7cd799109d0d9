"""Noun phrases without a name that can speak: where one ends that begins at a token."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from indexer.attribution.finite_verbs import PLAIN_VERBS, is_finite, is_reporting, passed_over, reports
from indexer.attribution.tokens import QUOTE, Tokens
from indexer.language import lexicon

CUES = lexicon.SPEECH_VERBS | lexicon.WEAK_VERBS
# Pronouns with their verb: an academy [we've] seen.
_CONTRACTED = frozenset(
    f"{pronoun}'{verb}" for pronoun in "i you he she it we they".split() for verb in "ve d ll re m".split())
ENDS_PHRASE = (
    lexicon.PREPOSITIONS
    | lexicon.CONJUNCTIONS
    | lexicon.RELATIVES
    | (lexicon.AUXILIARIES - {"'s"})
    | lexicon.ADVERBS
    | _CONTRACTED
    | frozenset({"he", "she", "they", "we", "i", "it", "to", "there", "him", "them", QUOTE})
)
SENTENCE_OPENERS = ENDS_PHRASE | lexicon.DETERMINERS | lexicon.POSSESSIVE_PRONOUNS | frozenset("""
    here now how what why where when who which there well yes oh hey after before during meanwhile however despite
    according apparently unfortunately sadly luckily thankfully plus anyway maybe perhaps still then thus besides
    additionally furthermore regardless overall earlier later last next update updated via photo photograph image video
    sure ok okay please not nothing everyone everybody nobody someone somebody anyone my our your his her their its
""".split())
_SPEAKING_ENDINGS = tuple(
    "ist ists goer goers grader graders woman women keeper keepers ician icians arian arians -in-law".split())
_NOUNS_BEFORE_REPORTS = frozenset("press police news court book arrest status progress annual".split())
MAX_PHRASE = 9
_GROUPING = frozenset("""
    of for from with at in on near behind inside outside aboard to close familiar briefed who whose that
""".split())
PARTS = frozenset("one some two three four five six several many most both few another others half".split())
TIMES = frozenset("""
    moment minute hour morning afternoon evening night day week weekend month year season summer winter spring fall time
    moments minutes hours days weeks months years
""".split())
# Words that open what an inverted verb's subject goes on with: said a source [familiar with the plan].
_GOING_ON = frozenset("who familiar close briefed".split())
_OPENING = lexicon.DETERMINERS | lexicon.POSSESSIVE_PRONOUNS | {"the"}
_OPENERS = lexicon.POSSESSIVE_PRONOUNS | {"the", "a", "an"}
_SINGULAR = frozenset("a an one another this".split())
_PLAIN_NOUNS = frozenset(word for word in lexicon.NOUN_VERBS if not word.endswith(("s", "ed")))     # a harbor [blog]
# What no modifier ends with: the verb behind is another clause's, or a noun. Signs of spring in [our] forecast.
_NO_ENDS = (
    lexicon.CONJUNCTIONS | _CONTRACTED | lexicon.POSSESSIVE_PRONOUNS | _OPENERS | frozenset("we they i he she".split()))
_DESCRIBING = lexicon.all_forms("show call describe")
_MOST_PARTS = 3  # one of some of two of her neighbors
_SHORT_MODIFIER = 5  # tokens of one behind a noun that is in no table
_READING = frozenset({"saying", "reading", "stating", "announcing"})      # what only something said or written does
_MAX_MODIFIER = 14  # tokens from a phrase to the verb behind its relative clause
_DECADE = re.compile(r"(?:early|mid|late)?-?\d0s|\w+ties")  # in his 30s, in her late-twenties
_MAX_DESCRIPTION = 16  # tokens of «who …» behind a phrase that ends its sentence


def end_of_phrase(tokens: Tokens, position: int) -> int:
    """The last token of an unnamed phrase that begins at a token; -1 if none does."""
    for _ in range(_MOST_PARTS):
        if tokens.lower[position] in PARTS and tokens.lower[position + 1:position + 2] == ["of"] and (
                position + 2 < len(tokens.words)):
            position += 2
    lower = tokens.lower[position]
    opening = _opening(lower)
    if opening == "none" or opening == "silent" and not _goes_on(tokens, position + 1):
        return -1
    opens = lower in _OPENING or is_age(lower)
    if not opens and _bare_plural(tokens, position):
        return position
    if not opens and not (
        tokens.words[position][0].isalpha()
        and lower not in SENTENCE_OPENERS
        and not lexicon.is_adverb(lower)
        and not (lower in CUES and position and tokens.lower[position - 1] == "to")
        and lower not in lexicon.AUXILIARIES
        and (lower not in CUES or lower in lexicon.SPEAKING_NOUNS)
    ):
        return -1
    last = _last_speaking(tokens, position, opens)
    if opens:
        return _end_before_cue(tokens, position) if last < 0 else _end_of_compound(tokens, last)
    if (
        not opens
        and last > position
        and not all(
            _speaks(tokens.lower[each])
            or tokens.words[each][0].isupper()
            or tokens.lower[each] == "'s"
            or each == position
            or each == position + 1 == last - 1 and _speaks(lower) and tokens.words[each].isalpha()   # law enforcement
            for each in range(position, last)
        )
    ):
        return -1
    return _end_of_compound(tokens, last) if last == position else last      # local [news] says


@lru_cache(maxsize=20_000)
def _opening(word: str) -> Literal["none", "silent", "perhaps"]:
    """Whether a phrase can begin with a word: with none of grammar; with one that names nothing that can speak (silent)
    only if what follows goes on with it."""
    if word in PARTS or word in _OPENING or is_age(word) or _speaks(word) or len(word) > 4 and word[-1] == "s":
        return "perhaps"
    if not word[0].isalpha() or word in SENTENCE_OPENERS or lexicon.is_adverb(word) or word in lexicon.AUXILIARIES:
        return "none"
    return "none" if word in CUES else "silent"


def _goes_on(tokens: Tokens, position: int) -> bool:
    """Whether a word can stand between the first of a phrase and the one that can speak, or be that."""
    return position < len(tokens.words) and (
        _speaks(tokens.lower[position]) or tokens.words[position][0].isupper() or tokens.lower[position] == "'s")


def _last_speaking(tokens: Tokens, position: int, opens: bool) -> int:
    """The last token of a phrase that can speak, -1 if none can; opens: its first token is a determiner or the like."""
    last = -1
    for ahead in range(position if not opens else position + 1, min(position + MAX_PHRASE, len(tokens.words))):
        word = tokens.lower[ahead]
        if _speaks(word):
            # A noun that is also a verb ("sources report", "NBC reports") ends the phrase before it.
            if (
                word in CUES
                and ahead > position
                and (last >= 0 or (tokens.words[ahead - 1][0].isupper() and ahead - 1 > position))
                and not (tokens.lower[ahead - 1] in _NOUNS_BEFORE_REPORTS and tokens.words[ahead - 1].islower())
                and not _is_named_after(tokens, ahead)
                and not (tokens.lower[position] in _SINGULAR and word in _PLAIN_NOUNS)
            ):
                break
            last = ahead
        elif word in ENDS_PHRASE or (not word[0].isalnum() and word not in ("'s", "-", "'", "’")):
            break
        elif word in _OPENERS and ahead > position + 1:
            break  # the next phrase: others dispute [the police]
        elif word in CUES and not _participle(tokens, ahead):
            break
    return last


def _is_named_after(tokens: Tokens, position: int) -> bool:
    """Whether a capitalised word is part of a name before somebody's role: a Harbor [Post] reader."""
    return tokens.words[position][0].isupper() and position + 1 < len(tokens.words) and (
        tokens.words[position + 1].islower()
        and tokens.lower[position + 1] in lexicon.SPEAKING_NOUNS and tokens.lower[position + 1] not in CUES)


def _end_of_compound(tokens: Tokens, last: int) -> int:
    """The last token of a noun made of nouns that a verb of speech follows: the community board [calendar] says."""
    for ahead in range(last + 1, min(last + 3, len(tokens.words) - 1)):
        word = tokens.lower[ahead]
        plain = tokens.words[ahead].islower() and word.isalpha() and not word.endswith(("ing", "ed"))
        if not plain or word in ENDS_PHRASE or word in CUES or lexicon.is_adverb(word):
            return last
        if reports(tokens.lower[ahead + 1]) or tokens.lower[ahead + 1] in _DESCRIBING:
            return ahead
    return last


def end_of_compound_name(tokens: Tokens, last: int) -> int:
    """The last token of the noun that a name only opens: a worker at Harbor Supply [paint shop] said."""
    for ahead in range(last + 1, min(last + 4, len(tokens.words))):
        word = tokens.lower[ahead]
        if word == "of" and ahead == last + 2 and _capital_behind(tokens, ahead):
            return ahead + 1        # the Northern [sect of Calders]
        if is_finite(tokens, ahead) or ahead > last + 1 and (word == "," or word.endswith("ed")):
            return ahead - 1
        if not tokens.words[ahead].islower() or word in ENDS_PHRASE or lexicon.is_adverb(word) or word == "'s":
            return last
        if word.endswith(("ing", "ed")):
            return last
    return last


def _capital_behind(tokens: Tokens, position: int) -> bool:
    """Whether a capitalised word follows."""
    return position + 1 < len(tokens.words) and tokens.words[position + 1][0].isupper()


def end_of_described_name(tokens: Tokens, first: int, last: int) -> int:
    """The last token of the noun behind a name that "a" opens: in a Harbor College [sweatshirt]."""
    after = last + 1
    if tokens.lower[first] not in ("a", "an") or after >= len(tokens.words):
        return last
    word = tokens.words[after]
    return after if word.islower() and word.isalpha() and word not in ENDS_PHRASE and word not in CUES else last


def _bare_plural(tokens: Tokens, position: int) -> bool:
    """«according to astronomers,», «while stargazers say»: a plural that nothing opens, and nothing goes on from."""
    word = tokens.lower[position]
    if not (position and word.endswith("s") and tokens.words[position].islower() and len(word) > 4):
        return False
    after = tokens.lower[position + 1:position + 2] or ["."]
    if tokens.lower[position - 1] == "to":
        return position > 1 and tokens.lower[position - 2] == "according" and not after[0][0].isalnum()
    opens = tokens.words[position - 1] in (",", ";", ":", QUOTE) or tokens.lower[position - 1] in lexicon.CONJUNCTIONS
    return opens and after[0] in PLAIN_VERBS and word not in CUES and word not in ENDS_PHRASE


@lru_cache(maxsize=20_000)
def _speaks(word: str) -> bool:
    """Whether a noun names somebody or something that can speak: in the table, or built like such a noun."""
    return word in lexicon.SPEAKING_NOUNS or (len(word) > 6 and word.endswith(_SPEAKING_ENDINGS))


def _end_before_cue(tokens: Tokens, position: int) -> int:
    """The last token of a phrase whose noun is in no table, but that a speech verb follows (one attendee said; an
    attendee of the show said) or leads up to (said one attendee; according to an attendee); -1 if neither does."""
    last = position
    while (
        last + 1 < len(tokens.words)
        and last - position < MAX_PHRASE
        and (tokens.words[last + 1][0].isalnum() or tokens.words[last + 1] in ("-", "'s"))
        and tokens.lower[last + 1] not in ENDS_PHRASE
        and not lexicon.is_adverb(tokens.lower[last + 1])
        and tokens.lower[last + 1] not in lexicon.SPEECH_VERBS
        and not (tokens.lower[last + 1] in _OPENERS and last > position)
    ):
        last += 1
    if last == position or tokens.lower[last] in TIMES or tokens.lower[last] == "ago":
        return -1
    following = tokens.lower[last + 1:last + 2]
    if following == ["who"] or following and following[0] in _READING:
        return last     # whatever the noun, that is a person, or something written
    return last if is_reporting(tokens, last) or _is_led(tokens, position, last) or _is_modified(tokens, last) else -1


def _is_led(tokens: Tokens, position: int, last: int) -> bool:
    """Whether a phrase from one token to another comes right behind an inverted verb or "according to"."""
    before = tokens.lower[position - 1] if position else ""
    inverted = before in lexicon.SPEECH_VERBS and position > 1 and (
        tokens.words[position - 2] == QUOTE
        or tokens.words[position - 2] == "," and (tokens.words[position - 3] == QUOTE or _closes(tokens, last)))
    return inverted or (before == "to" and position > 1 and tokens.lower[position - 2] == "according")


def _closes(tokens: Tokens, last: int) -> bool:
    """Whether a clause ends with a token: «…, said one attendee.», but not «…, says the ride costs $3»."""
    return last + 1 >= len(tokens.words) or tokens.words[last + 1] in (".", ",", ";", "!", "?", ")")


def _is_modified(tokens: Tokens, last: int) -> bool:
    """Whether a phrase goes on with a short modifier up to a verb of speech: a spokeperson [for the port] said."""
    end = end_of_modifier(tokens, last)
    after = end + 1
    while after < len(tokens.words) and passed_over(tokens.lower[after]):
        after += 1
    return last < end <= last + _SHORT_MODIFIER and after < len(tokens.words) and tokens.lower[after] in PLAIN_VERBS


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
        after + 1 >= len(tokens.words)
        or not (tokens.lower[after] in _GROUPING or tokens.lower[after].endswith("ing"))
        or tokens.lower[after] in lexicon.SPEECH_VERBS
        or tokens.lower[after + 1] in ("which", "whom")     # a text in which Roe said
        or (tokens.lower[after] == "to" and not _opens_phrase(tokens, after + 1))
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
            while last > end and passed_over(tokens.lower[last]):
                last -= 1
            return end if tokens.lower[last] in _NO_ENDS else last
        if (
            not (lower[0].isalnum() or lower in ("'s", "-", "'"))
            or lower == QUOTE
            or tokens.sentences[ahead] != tokens.sentences[after]
        ):
            break
    return end


def _opens_phrase(tokens: Tokens, position: int) -> bool:
    """Whether a noun phrase, not a verb, begins here: to [the mayor], to [Adeyemi], but not to [say]."""
    lower = tokens.lower[position]
    return (
        lower in lexicon.DETERMINERS or lower in lexicon.POSSESSIVE_PRONOUNS or tokens.words[position][0].isupper()
        or lower not in CUES and not PLAIN_VERBS.isdisjoint(tokens.lower[position + 1:position + 2])
    )


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
    inverted = first > 0 and tokens.lower[first - 1] in lexicon.SPEECH_VERBS
    if inverted and end + 1 < len(tokens.words) and tokens.lower[end + 1] in _GOING_ON:
        ahead = end + 1
        while ahead < min(len(tokens.words), end + _MAX_DESCRIPTION) and (
            tokens.words[ahead][0].isalnum() or tokens.lower[ahead] in ("'s", "-")
        ):
            ahead += 1
        end = ahead - 1
    return end
