"""Misnomers: what looks like a person's name and is that of a place, a day, a firm, a church or a publisher."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.language import CALENDAR, NATIONALITIES, ORGANISATIONS, PLACES, is_well_known
from indexer.people.name_candidates import NameCandidate
from indexer.people.name_context import ArticleContext

_NO_SINGLE_NAMES = (CALENDAR, NATIONALITIES, ORGANISATIONS, PLACES)
_WHERE = frozenset("to from at near outside".split())      # words before a place
_NEWS = frozenset("news newswire magazine".split())       # words behind whose name a publisher has
_SLASH = 3            # characters of a slash with its blanks


def without_saints(candidates: Sequence[NameCandidate]) -> list[NameCandidate]:
    """Without St. Ann and Saint John the Divine, who are churches, schools and streets in the news; unless somebody has
    that surname, Jo St. John."""
    surnames = {each.words[-2:] for each in candidates if len(each.words) > 2}
    return [each for each in candidates if not _is_saint(each) or each.words in surnames]


def _is_saint(candidate: NameCandidate) -> bool:
    words = candidate.words
    is_called_so = len(words) == 2 and words[0].strip(".") == "st" and not is_well_known(" ".join(words))
    return is_called_so or candidate.title[-1:] == ("saint",)


class Misnomers:
    """The single words of an article that name nobody. rest: what is no full name; context: who is known."""

    def __init__(self, rest: Sequence[NameCandidate], context: ArticleContext) -> None:
        self._words = {each.words for each in rest if _is_airport(each) or _is_outlet(each, context)}
        self._words |= {each.words[:1] for each in rest if _is_publisher(each, context)}

    def __contains__(self, candidate: NameCandidate) -> bool:
        return candidate.words in self._words or _is_settled(candidate)


def _is_settled(candidate: NameCandidate) -> bool:
    """Whether it is a place, a day, a firm or a people: no person, unless it has a title or is well known as one."""
    word = candidate.words[0]
    return not candidate.title and any(word in table for table in _NO_SINGLE_NAMES) and not is_well_known(word)


def _is_airport(candidate: NameCandidate) -> bool:
    """Whether initials are those of a place: a flight to JFK."""
    is_shouted = candidate.tokens[0].is_shouted and len(candidate.words) == 1 and not candidate.title
    is_there = candidate.before in _WHERE and candidate.mark_before == " "
    return is_shouted and (is_there or "airport" in (candidate.after, candidate.tail))


def _is_publisher(candidate: NameCandidate, context: ArticleContext) -> bool:
    """Whether a surname is a publisher's in an article that has no Mayor of that name: Roe News reports."""
    word, *behind = candidate.words
    is_news = bool(_NEWS & {*behind[:1], candidate.tail})
    return is_news and len(candidate.words) < 3 and word not in context.titled


def _is_outlet(candidate: NameCandidate, context: ArticleContext) -> bool:
    """Whether one word behind the name of a photographer is who publishes the picture: Jo Roe/Clarion."""
    start = candidate.start - len(candidate.mark_before)
    is_behind = "/" in candidate.mark_before and len(candidate.mark_before) <= _SLASH and start in context.ends
    return is_behind and len(candidate.words) == 1 and not is_well_known(candidate.words[0])
