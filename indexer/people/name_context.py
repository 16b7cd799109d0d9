"""The context of a name wherever an article uses it, as evidence on whether it is a person's."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from indexer.language import (
    HONORIFICS, LINKING_NOUNS, ORGANISATIONS, PERSON_NOUNS, PERSON_VERBS, PLACE_PREPOSITIONS, ROLES, THING_ENDINGS,
    key_of, usage, well_known,
)
from indexer.people.name_candidates import NameCandidate

_SMALL_WORDS = re.compile(r"(?<![\w'’])[a-z][a-z'’-]+")
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|He|She|His|Her)\b")
_JOINED_BEFORE = re.compile(r"(?:,|,? and| &|,? or|/| vs\.?|['’]s?) ?\Z")
_JOINED_AFTER = re.compile(r"(?:,|,? and| &|,? or|/| vs\.?) ?")
_TITLE_WORDS = re.compile(r"[^\W\d_][^\W_]+")
_STATEMENT = re.compile(r" in an? (?:\w{1,15} )?(?:statement|interview|e-?mail|letter|tweet|post|memo|speech|press|"
                        r"release|filing|affidavit)")
_QUOTED_BEFORE = re.compile(r"[\"”’'] [a-z]+ \Z")
_QUOTED_AFTER = re.compile(r" [a-z]+(?: \w{2,12}){0,3}[,:.]? ?[\"“]")
_FICTION = re.compile(r"\b(?:characters?|episodes?|seasons?|sitcom|finale|plays|played by|starring|role of|movies?|"
                      r"film|trailer|plot|series|sequel|scenes?)\b")
_FICTION_LEAST = 2     # more such words than this show that an article is about a film or a series
_ADVERB = re.compile(r" [a-z]+ly ([a-z]+)")
_LATER_ROLE = re.compile(r", ((?:[\w'’.&-]+ ){1,6})")
# Of a person the age, of a firm the partners, of an account its handle; the names of the groups are the evidence.
_BEHIND = re.compile(
    r"(?P<age>,? \(?\d{1,3}[),])"
    r"|(?P<firm> (?:&|and) (?:Sons?|Daughters?|Co\b|Company|Associates|Partners|Bro(?:ther)?s)| & the [A-Z])"
    r"|(?P<signature>\s*\(@)")
_OTHERS_FLICKR = re.compile(r"['’]s? (?:flickr|instagram|Flickr|Instagram)")
_CREDIT_BEFORE = re.compile(
    r"(?:\b((?:photo|photograph|image|picture|illustration|video)s?(?: taken)? by|(?:shared|posted) by)"
    r"|\b(?:courtesy|via)(?: of)?):? ?\(?$", re.IGNORECASE)
_CREDITING = frozenset(("by", "via", "of", "courtesy"))
_SMALL_BEFORE = frozenset("the a an i of as by with and or named to from on that like".split())
_SMALL_AFTER = frozenset("and or is was in at has had will would from with to on".split())
# Who plays whom: "Ines Duarte (Grace Holt)", "with Grace Holt as Ines Duarte".
_PLAYER_BEHIND = re.compile(r"(?:['’]s)? \((?:played by )?([A-Z][\w'’.-]+)(?: [A-Z][\w'’.-]+){1,2}\)")
_ROLE_OF = re.compile(r"\b([a-z-]+) (?:of|for) (?:the )?\w+(?: \w+)?, \Z")     # the minister of culture, Jo Roe
_PRONOUN_NEAR = 150           # characters
_MAX_MENTIONS = 4             # of one name that are looked at


class ArticleContext:
    """What the evidence on one name needs to know of the whole article."""

    def __init__(self, text: str, candidates: Sequence[NameCandidate], title: str = "") -> None:
        self.text = text
        self.small = frozenset(_SMALL_WORDS.findall(text))
        self.alone = Counter(each.words[0] for each in candidates if len(each.words) == 1)
        self.said = {each.words[0] for each in candidates
                     if len(each.words) == 1 and (each.after in PERSON_VERBS or each.possessive)}
        self.pronouns = [match.start() for match in _PRONOUN.finditer(text)]
        self.starts: set[int] = set()      # where known people are named
        self.ends: set[int] = set()
        things = [each for each in candidates if _names_thing(each)]
        self.thing_starts = {each.start for each in things}
        self.thing_ends = {each.end for each in things}
        fiction = len(_FICTION.findall(text))
        self.fiction, self.hints_at_fiction = fiction > _FICTION_LEAST, fiction > 0
        self.in_title = frozenset(key_of(word) for word in _TITLE_WORDS.findall(title))
        self.titled = {each.words[-1] for each in candidates if each.title}

    def know(self, people: Iterable[NameCandidate]) -> None:
        """These are known to be people: whoever is named beside them may be one too."""
        for each in people:
            self.starts.add(each.start)
            self.ends.add(each.end)


def neighbours(mentions: Sequence[NameCandidate], context: ArticleContext) -> Iterator[str]:
    """Whether it is in a list with somebody who is known to be a person, or with something."""
    for each in islice(mentions, _MAX_MENTIONS):
        joined = _JOINED_BEFORE.search(context.text[max(0, each.start - 8):each.start])
        before = each.start - len(joined.group()) if joined else -1
        joined = _JOINED_AFTER.match(context.text, each.end)
        after = joined.end() if joined else -1
        if before in context.ends or after in context.starts:
            yield "beside person"
        if before in context.thing_ends or after in context.thing_starts:
            yield "beside thing"
        if each.before == "as" and each.mark_before == " " and each.start - 4 in context.ends:
            yield "as played"
        player = _PLAYER_BEHIND.match(context.text, each.end)
        if player and usage(player[1]).given > 1:
            yield "player behind"


def usage_evidence(mentions: Sequence[NameCandidate], context: ArticleContext) -> set[str]:
    """What is around the name in its first mentions."""
    evidence: set[str] = set()
    for each in islice(mentions, _MAX_MENTIONS):
        evidence.update(_around(each, context.text))
        following = bisect_left(context.pronouns, each.end)
        if following < len(context.pronouns) and context.pronouns[following] < each.end + _PRONOUN_NEAR:
            evidence.add("pronoun")
    if len(mentions) > 1:
        evidence.add("repeated")
    if all(each.before == "the" and each.mark_before == " " for each in mentions):
        evidence.add("always the")
    return evidence


def _names_thing(one: NameCandidate) -> bool:
    """Whether the tables know it as an organisation, a work or a brand."""
    last = one.words[-1]
    return last in ORGANISATIONS or well_known().get(" ".join(one.words)) in ("things", "brands") or (
        last in THING_ENDINGS and len(one.words) > 1)


def _around(one: NameCandidate, text: str) -> Iterator[str]:
    if one.title:
        yield "honorific" if one.title[-1] in HONORIFICS else "role"
        if one.before == "the" and one.mark_before == " ":
            yield "the role"
    if one.lead:
        yield "lead"
    if one.tail:
        yield "tail"
    yield from _before(one, text)
    yield from _after(one, text)
    if "(" in one.mark_before and one.mark_after.startswith(")"):
        yield "in brackets"
        if one.mark_before.startswith(" (") and one.before and text[one.start - len(one.before) - 2].isupper():
            yield "in brackets after name"
    if one.mark_before[-1:] in "\"“‘'" and one.mark_before and one.mark_after[:2].strip()[-1:] in ("\"", "”", "'", "’"):
        yield "in quotes"


def _before(one: NameCandidate, text: str) -> Iterator[str]:
    if not one.mark_before.strip():
        word = one.before
        if word in _SMALL_BEFORE:
            yield f"before={word}"
        elif word in PLACE_PREPOSITIONS:
            yield "before=in"
        elif word in PERSON_VERBS:
            yield "before verb"
            if _QUOTED_BEFORE.search(text[max(0, one.start - len(word) - 4):one.start]):
                yield "quoted before"
        elif word in LINKING_NOUNS:
            yield "before relative"
        elif word in ROLES or word in PERSON_NOUNS:
            yield "before role"
        elif word.endswith(("'s", "’s")):
            yield "before possessive"
    elif one.mark_before in (", ", " — ", "—"):
        role = _ROLE_OF.search(text[max(0, one.start - 70):one.start])
        if any(word in table for word in (one.before, role[1] if role else "")
               for table in (LINKING_NOUNS, ROLES, PERSON_NOUNS)):
            yield "comma relative"
        else:
            yield "before comma"
    elif "/" in one.mark_before:
        yield "before slash"
    if one.start and text[one.start - 1] == "\n" or not one.start:
        yield "starts line"
    credit = one.before in _CREDITING and _CREDIT_BEFORE.search(text[max(0, one.start - 30):one.start])
    if credit:
        yield "credit by" if credit.group(1) else "credit via"


def _speaks(one: NameCandidate, text: str) -> bool:
    """Whether the name does behind it what people do: says, quietly says, in a statement."""
    if one.after.endswith("ly"):
        adverb = _ADVERB.match(text, one.end)
        return adverb is not None and adverb[1] in PERSON_VERBS
    return one.after in PERSON_VERBS or one.after == "in" and _STATEMENT.match(text, one.end) is not None


def _after(one: NameCandidate, text: str) -> Iterator[str]:
    if one.possessive:
        yield "possessive"
        if _OTHERS_FLICKR.match(text, one.end):
            yield "flickr"
    if not one.mark_after.strip():
        if _speaks(one, text):
            yield "after verb"
            if _QUOTED_AFTER.match(text, one.end):
                yield "quoted after"
        elif one.after in _SMALL_AFTER:
            yield f"after={one.after}"
        elif one.after and one.mark_after and one.after[0].islower():
            yield "after thing" if one.after in THING_ENDINGS and not one.possessive else "after word"
    elif one.mark_after[0] == "/" or one.mark_after.startswith(" /"):
        yield "after slash"
        if one.mark_before.endswith("(") or one.start == 0 or text[one.start - 1] == "\n":
            yield "credit slash"
    elif one.mark_after.startswith(","):
        yield "after comma"
        later = _LATER_ROLE.match(text, one.end)
        if later and any(key_of(word) in ROLES or key_of(word) in PERSON_NOUNS for word in later.group(1).split()):
            yield "after role"
        if one.after in ("who", "whose", "whom"):
            yield "after who"
        elif one.after in ("a", "an", "the", "his", "her"):
            yield "after apposition"
    behind = _BEHIND.match(text, one.end)
    if behind and behind.lastgroup:
        yield behind.lastgroup
    if text[one.end:one.end + 1] == "-":
        yield "hyphenated"
