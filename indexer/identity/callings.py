"""Callings: the kinds of work that roles say somebody does, and which of them one person hardly ever does both of."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

_KINDS = {
    "rule": """
        mayor councilman councilwoman councilmember councilor councillor senator sen governor gov representative rep
        assemblyman assemblywoman assemblymember congressman congresswoman congressmember alderman comptroller minister
        premier ambassador politician democrat republican commissioner mp
        """,
    "guard": """
        officer detective det sergeant sgt lieutenant lt lieut inspector insp cop trooper patrolman policeman
        policewoman firefighter fireman police precinct nypd fdny sheriff soldier marine
        """,
    "law": "judge justice attorney lawyer prosecutor da ada counsel",
    "stage": """
        actor actors actress comedian comic comedienne singer rapper musician guitarist bassist drummer pianist composer
        songwriter frontman dj dancer choreographer filmmaker screenwriter playwright violinist cellist vocalist crooner
        emcee saxophonist trumpeter keyboardist soprano tenor
        """,
    "letters": "author novelist poet journalist reporter columnist critic correspondent editor blogger newscaster",
    "art": "artist painter sculptor architect designer illustrator photographer cinematographer cartoonist",
    "sport": """
        pitcher catcher quarterback outfielder shortstop infielder goalkeeper goalie midfielder striker linebacker
        receiver cornerback slugger jockey boxer wrestler golfer swimmer skater coach umpire referee baseman reliever
        defenseman goaltender winger defender hitter
        """,
    "kitchen": "chef baker bartender restaurateur sommelier pitmaster mixologist barista butcher",
    "learning": """
        professor teacher educator principal economist scientist historian biologist psychologist researcher sociologist
        physicist
        """,
    "medicine": "psychiatrist nurse doctor physician surgeon paramedic pathologist dentist",
    "church": "pastor bishop rabbi imam deacon priest cardinal archbishop monsignor reverend",
    "trade": """
        driver janitor superintendent worker doorman custodian plumber electrician carpenter waiter waitress mechanic
        farmer beekeeper
        """,
    "money": "banker trader broker ceo cfo investor developer",
}
PUBLIC = frozenset(("rule", "guard", "law"))       # kinds of work that news tell of without the age
UNSUNG = frozenset(("trade",))        # kinds of work that bring nobody into the news
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
# Those that one person may well do both of, or go from one to the other.
_OFTEN_ONE = frozenset(frozenset(pair.split()) for pair in (
    "rule guard", "rule law", "rule church", "rule learning", "rule medicine", "rule money", "rule letters",
    "guard law", "law learning", "law letters", "law money", "stage letters", "stage art", "stage money",
    "letters art", "letters learning", "letters church", "letters medicine", "letters sport", "letters money",
    "letters kitchen", "art learning", "art money", "art trade", "learning medicine", "learning money",
    "learning church", "kitchen money", "kitchen trade", "guard trade", "guard medicine", "church learning",
))


def kinds_of(words: Iterable[str]) -> frozenset[str]:
    """The kinds of work that the words of roles name."""
    return frozenset(_KIND_OF[word] for word in words if word in _KIND_OF)


def are_two_lives(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether kinds of work are such that hardly anybody does one of the one and one of the other; not if either is
    unknown."""
    return bool(one and other) and not any(
        here == there or frozenset((here, there)) in _OFTEN_ONE for here, there in product(one, other))
