"""Parts of names: the stretches of a longer candidate that may be somebody's name by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.language import (
    CALENDAR, LOWER_PARTICLES, ORGANISATIONS, PERSON_NOUNS, PLACES, ROLES, THING_ENDINGS, THING_OR_SURNAME, UNKNOWN,
    is_known_person,
)
from indexer.people.capital_runs import Token
from indexer.people.name_candidates import NameCandidate, is_phrase, words_in

_LONGEST = 5          # words of a part
_ONE_NAME = 2         # words, without initials, of a name in a list that separates none: of three one may be the next's
_USUAL_SURNAME = 4    # how usual a surname is that ends a name of which a part is one; more, if it is a word
_NO_SURNAMES = CALENDAR | PLACES | ORGANISATIONS | PERSON_NOUNS | ROLES
_EVERYDAY = 3         # how usual a word is, at least, that rather ends a name than goes on in it


def parts(candidate: NameCandidate) -> Iterator[tuple[int, int]]:
    """Where two or more words of a longer candidate begin and end; a street's name is not cut out of the street's."""
    tokens = candidate.tokens
    if not 2 < len(tokens) < 12:
        return
    is_nicknamed, is_list = nicknames(candidate) > 0, len(words_in(tokens)) > _LONGEST
    for begin in range(len(tokens) - 1):
        for end in range(begin + 2, min(len(tokens), begin + _LONGEST) + 1):
            whole, initial = end - begin == len(tokens), tokens[end - 1].is_initial      # no Ada L. of Ada L. Finch
            cut_short = end < len(tokens) and tokens[end - 1].key in LOWER_PARTICLES     # no Arthur Van of Van Doren
            excluded = whole or initial or cut_short or is_nicknamed and _cuts_nickname(tokens, begin, end)
            excluded = excluded or is_phrase(tokens[begin:end]) or is_list and _may_be_two(tokens[begin:end])
            if not excluded and not _begins_thing(tokens[end:]) and not _is_unheard(tokens[end:]):
                yield begin, end


def _may_be_two(tokens: Sequence[Token]) -> bool:
    """Whether words may be more than one name: Ada Finch Theo."""
    return len(words_in(tokens)) > _ONE_NAME and not is_known_person(" ".join(token.key for token in tokens))


def _cuts_nickname(tokens: Sequence[Token], begin: int, end: int) -> bool:
    """Whether a part tears a nickname, or takes it from its given name: not Joe” Zuk of Tom “Big Joe” Zuk."""
    before = tokens[begin - 1] if begin else None
    torn = before is not None and tokens[begin].nickname and (before.nickname or before.usage.given > 0)
    return torn or tokens[end - 1].nickname


def lacks_surname(candidate: NameCandidate, part: tuple[int, int]) -> bool:
    """Whether a part is a name without its surname: Ada Marie of Ada Marie Doyle."""
    tokens = candidate.tokens
    last, known = tokens[-1], tokens[-1].usage
    is_usual = known.surname >= _USUAL_SURNAME + (known.word >= _EVERYDAY)
    is_surname = is_usual and not last.is_shouted and not _begins_thing(tokens[-1:]) and last.key not in _NO_SURNAMES
    return part == (0, len(tokens) - 1) and part[1] > 1 and is_surname and tokens[part[1] - 1].usage.word < _EVERYDAY


def _is_unheard(following: Sequence[Token]) -> bool:
    """Whether one word follows that no table knows: the surname, and no word for anything else."""
    return len(following) == 1 and following[0].usage == UNKNOWN and following[0].text[1:].islower() and (
        following[0].key not in PLACES and following[0].key not in ORGANISATIONS)


def _begins_thing(following: Sequence[Token]) -> bool:
    """Whether what follows makes a thing's name of a person's: Douglass Boulevard, but not Prentiss Opens Stadium."""
    for token in following:
        if token.key in THING_ENDINGS or token.key in THING_OR_SURNAME:
            return True
        if token.usage.word > 1 and token.usage.given == 0 and token.usage.surname < 2:
            return False
    return False


def nicknames(candidate: NameCandidate) -> int:
    """How many of its words are nicknames."""
    return sum(token.nickname for token in candidate.tokens)
