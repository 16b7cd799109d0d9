"""Roles: the offices in what articles call somebody, what else tells two people apart, and what may be shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from indexer.language import FUNCTION_WORDS, LINKING_NOUNS, Gender, key_of

_SHORT_OFFICES = {"gov": "governor", "sen": "senator", "rep": "representative", "pres": "president", "ag": "attorney"}
_OFFICES = frozenset("""
    mayor president governor senator representative commissioner speaker chancellor comptroller attorney judge justice
    secretary minister congressman congresswoman congressmember councilman councilwoman councilmember councillor
    assemblyman assemblywoman assemblymember alderman sheriff
    coach manager chef pope cardinal bishop rabbi queen king
    """.split())
# Of these, the ones that many hold at one time.
_SHARED_OFFICES = frozenset(
    "attorney judge justice coach manager chef rabbi queen king speaker secretary".split())
_NO_PUBLIC_OFFICE = frozenset("attorney coach manager chef speaker secretary queen king".split())
_MEN = frozenset("congressman councilman assemblyman businessman policeman fireman patrolman alderman".split())
_WOMEN = frozenset("""
    congresswoman councilwoman assemblywoman businesswoman policewoman spokeswoman chairwoman saleswoman actress
    waitress hostess heiress duchess empress postmistress ballerina
    """.split())

_POSSESSIVE = re.compile(
    r"\b(?:his|her|hers|their|theirs|my|our|your|its|whose)\b|(?P<owner>\w+['’]s?)(?!\w)", re.IGNORECASE)
# Possessives that name no owner but a kind: a children's author.
_OF_A_KIND = frozenset("""
    women's men's children's people's girls' boys' workers' tenants' teachers' veterans' farmers' writers' players'
    """.split())
_BEHIND_HEAD = re.compile(r",|\b(?:of|at|in|for|from|with|on|who|whose|which|that|by|and|to)\b")
_LONGEST_OFFICE = 8   # words
# With these, an office is not held when the article says so.
_NOT_HELD = frozenset("former formerly ex late onetime then future incoming elect candidate retired acting".split())
_PAST = frozenset("former formerly ex late onetime retired".split())
_MANY, _MANY_TIMES = 10, 3      # articles that give an office again, and times as many as speak of a former holder
_OFTEN = 3             # articles that give a role, which is then no joke, though one author wrote them
_USUAL_TIMES = 10     # times as many articles as give a role that adds a word to another, or lacks one, give that one
_FEWEST_DATED = 2     # articles that give an office before it is said from when to when
_SELDOM = 20          # of so many articles that give an office in its best year one in another year tells nothing
_MOST_WEIGHED = 60    # roles of one person, the most frequent, that are compared with each other
ROLES_IN_MEMORY = 100_000     # of which the words are worked out once
# What somebody is to another person; what is no role at all; what shows that the role was cut out wrongly.
_RELATION = re.compile(r"""\b(?:
    husband|wife|widow(?:er)?|spouse|brother|sister|twin|sons?|daughters?|father|mother|parents?|mom|dad|uncle|aunt
    |cousin|nephew|niece|(?:grand|step)(?:son|daughter|mother|father|parent|child|ma|pa)|fianc\w+|girlfriend|boyfriend
    |ex|friend|pal|buddy|roommate|neighbou?r|colleague|opponent|rival|challenger|supporter|namesake
    )\b""", re.IGNORECASE | re.VERBOSE)
_NO_ROLE = re.compile(r"\b(?:it|him|them|us|me)\Z"
                      r"|\A(?:the |an? )?(?:man|woman|boy|girl|guy|teen|resident|native|icon|legend|member)\Z"
                      r"|\A(?:plus|also|meanwhile|because|via|versus)\b|[%$#@*=<>|()—!?]|--|\b\w\Z", re.IGNORECASE)
# Words before "former" are the sentence's: "voters had chosen former Governor".
_GLUED = re.compile(
    r"(?<!\S)(?!(?:an?|the|one|and)\b|[\w-]+ly\b)[a-z][\w'’-]+ (?:former|current|then|late|incoming|outgoing)\b")
# What accuses somebody, or says that somebody was accused, wherever it is in a role.
_ACCUSING = re.compile(r"""\b(?:
    suspect(?:ed|s)?|alleged(?:ly)?|accused|accuser|offenders?|convict(?:ed|s)?|criminals?|crooks?|felons?
    |murder\w*|killers?|kill(?:ed|ing)|slayers?|slain|assassins?|strangler|stabber|slasher|gunm[ae]n|shooters?
    |rapists?|rap(?:ed?|ing)|molest\w*|p(?:a)?edophil\w*|predators?|gropers?|flashers?|peepers?|pervert\w*|stalkers?
    |attackers?|assailants?|abusers?|batterers?|bull(?:y|ies)|terrorists?|bombers?|arsonists?|extremists?|racists?
    |nazis?|robbers?|thie(?:f|ves)|burglars?|muggers?|looters?|shoplifters?|pickpockets?|carjackers?|hijackers?
    |kidnapp?ers?|abduct\w*|captors?|traffickers?|smugglers?|dealers?(?=.*\b(?:drugs?|cocaine|heroin|crack|meth)\b)
    |(?:drugs?|cocaine|heroin|crack|meth|pot|weed|coke)\W+(?:dealers?|lords?|kingpins?|addicts?|users?|mules?)
    |kingpins?|mobsters?|gangsters?|mafios[oi]|capo|mob|mafia|gang|hitm[ae]n|henchm[ae]n|pimps?|prostitutes?|madam
    |fraud\w*|fraudsters?|swindl\w*|scamm\w*|con(?=\s+(?:m[ae]n|artists?|woman))|embezzl\w*|launder\w*|ponzi|forgers?
    |counterfeit\w*|imposters?|impostors?|liars?|cheat\w*|hackers?|vandals?|trespassers?|blackmail\w*|extort\w*
    |perjur\w*|brib\w*|corrupt\w*|traitors?|spies|spy|fugitives?|escapees?|inmates?|prisoners?|detainees?|parolees?
    |jailed|imprisoned|incarcerated|defendants?|perp(?:s|etrators?)?|culprits?|arrest\w*|charg(?:ed|es)|indict\w*
    |sentenced|guilty|wanted|disgraced|drunks?|drunk(?:en|ard)|addicts?|junkies|junkie|crazed|deranged|madm[ae]n
    |bootleggers?|cardsharps?|conm[ae]n|deserters?|defectors?|dropouts?|gatecrashers?|hobos?|hooligans?|housebreakers?
    |hustlers?|insurgents?|guerrillas?|intruders?|mercenary|poachers?|prowlers?|rioters?|ringleaders?|spinsters?
    |streakers?|squatters?|tormentors?|truants?|vagrants?|heretics?|beggars?|gamblers?|scaremongers?
    |victims?|hostages?|cult|crimes?|felony|misdemeano\w*|assault\w*|theft|robber(?:y|ies)|larceny|harass\w*
    )\b""", re.IGNORECASE | re.VERBOSE)


# What several people are together: Officers Roe and Poe.
_OF_SEVERAL = re.compile(r"(?:.* )?(?:officers|reps\.?|sens\.?|actors|brothers|sisters|sons|democrats|republicans)",
                         re.IGNORECASE)


@lru_cache(ROLES_IN_MEMORY)
def offices_in(role: str | None) -> frozenset[str]:
    """The offices in a role: "the former mayor" → mayor; without Gov. and Governor being two."""
    words = {key_of(word) for word in role.split()} if role else set()
    return frozenset(_SHORT_OFFICES.get(word, word) for word in words) & _OFFICES


def sole_offices(words: frozenset[str]) -> frozenset[str]:
    """The offices among the words of a role of which one place has few holders at a time."""
    return (frozenset(_SHORT_OFFICES.get(word, word) for word in words) & _OFFICES) - _SHARED_OFFICES


@lru_cache(ROLES_IN_MEMORY)
def title_words(role: str | None) -> frozenset[str]:
    """The words of a title that is held, however it is shortened: "the Gov." and "governor" are one, "mayor of Calder"
    is another, "former governor" none."""
    if _says_not_held(role or ""):
        return frozenset()
    return frozenset(_SHORT_OFFICES.get(word, word) for word in role_words(role))


@lru_cache(ROLES_IN_MEMORY)
def role_words(role: str | None) -> frozenset[str]:
    """The words of a role that say something: "the postmistress of Carrow" → postmistress, carrow."""
    keys = {key_of(word.strip(",;:()\"“”'’")) for word in role.split()} if role else set()
    return frozenset(key for key in keys if len(key) > 1 and key not in FUNCTION_WORDS and key not in LINKING_NOUNS)


@lru_cache(ROLES_IN_MEMORY)
def gender_in(role: str | None) -> Gender | None:
    """The gender that a role says: councilman, actress."""
    words = role_words(role)
    man, woman = bool(words & _MEN), bool(words & _WOMEN)
    return None if man == woman else "m" if man else "f"


def may_be_shown(role: str) -> bool:
    """Whether a role may be shown as somebody's: it is what they are themselves, not to another person ("his mother",
    "her opponent"), accuses nobody, and is whole."""
    owned = any(not _is_a_kind(found["owner"] or "") for found in _POSSESSIVE.finditer(role))
    is_cut_wrongly = _NO_ROLE.search(role) or _GLUED.search(role) or _OF_SEVERAL.fullmatch(role)
    return not (owned or _RELATION.search(role) or is_cut_wrongly or _ACCUSING.search(role))


def _is_a_kind(owner: str) -> bool:
    """Whether a possessive is of people in general: the Longshoremen's League."""
    key = key_of(owner)
    return key in _OF_A_KIND or key.endswith("men's")


def shown_roles(authors: Mapping[str, Sequence[str]], most: int, has_full_name: bool = True) -> list[str]:
    """Of the roles that articles give somebody the ones that may be shown, most frequent first: offices, and what two
    articles of two authors say. authors: for each role the author of each article that gives it. An office that goes
    with a single word, which may be a joke (Mayor Grumpy), needs two authors too."""
    by = _in_all_spellings({role: found for role, found in authors.items() if may_be_shown(role)})
    frequent = sorted(by, key=lambda role: (-len(by[role]), role))[:_MOST_WEIGHED]
    words = {role: role_words(role) for role in frequent}
    frequent = [role for role in frequent if not _is_variant(role, words, by)]
    return [role for role in frequent
            if has_full_name and is_public_office(role) or _is_said_twice(role, words, by)][:most]


def _is_variant(role: str, words: Mapping[str, frozenset[str]], by: Mapping[str, Sequence[str]]) -> bool:
    """Whether a role that one article gives is another with a word that is a joke, or cut: Banner Mayor, and President
    of a Borough President. That an office is no longer held is no variant."""
    return len(by[role]) == 1 and not _says_not_held(role) and any(
        len(by[other]) >= _USUAL_TIMES and (words[role] < words[other] or words[other] < words[role])
        for other in words)


def _in_all_spellings(found: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What is found of each role, with that of Mayor, mayor and Gov., governor together, as most articles print it."""
    by: dict[str, list[str]] = {}
    usual: dict[str, str] = {}
    for role in sorted(found, key=lambda role: (-len(found[role]), role)):
        by.setdefault(usual.setdefault(_spelled_out(role), role), []).extend(found[role])
    return by


def _spelled_out(role: str) -> str:
    return " ".join(_SHORT_OFFICES.get(word, word) for word in map(key_of, role.split()))


def _is_said_twice(role: str, words: Mapping[str, frozenset[str]], authors: Mapping[str, Sequence[str]]) -> bool:
    """Whether articles of two authors, or several of one, give a role; an immigration lawyer is a lawyer."""
    by = [author for other in words if words[other] >= words[role] for author in authors[other]]
    return len({*by}) > 1 or len(by) >= _OFTEN


def is_public_office(role: str) -> bool:
    """Whether a role is an office: "the mayor of Calder", not "an aide to the mayor", and no whole sentence."""
    head = _BEHIND_HEAD.split(role, maxsplit=1)[0].split()
    return bool(head and len(role.split()) <= _LONGEST_OFFICE and offices_in(head[-1]) - _NO_PUBLIC_OFFICE)


def held_offices(shown: Sequence[str], years: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str]]:
    """Of the roles that are shown the offices, with the first and the last year in which they were held. years: for
    each role, in whatever spelling, the year of each dated article that gives it."""
    given = {_spelled_out(role): Counter(found) for role, found in _in_all_spellings(years).items()}
    dated = [(role, _years_held(role, given)) for role in shown if is_public_office(role) and not _says_not_held(role)]
    return [(role, min(found), max(found)) for role, found in dated if sum(found.values()) >= _FEWEST_DATED]


def _years_held(role: str, given: Mapping[str, Counter[str]]) -> dict[str, int]:
    """In which years how many articles give an office: only those before articles begin to call the same person a
    former holder, or in which many do not, and without single mentions long before or after."""
    found, offices = given.get(_spelled_out(role), Counter()), offices_in(role)
    former = Counter[str]()
    for other, years in given.items():
        if _PAST.intersection(other.split()) and offices_in(other) & offices:
            former.update(years)
    most = max(found.values(), default=0)
    ended = min((year for year, count in former.items() if count > 1 or count >= found[year]), default="9999")
    return {year: count for year, count in found.items() if count * _SELDOM > most
            and (year < ended or count >= _MANY and count > _MANY_TIMES * former[year])}


def _says_not_held(role: str) -> bool:
    return bool({key_of(word) for word in re.split(r"[\W_]+", role)} & _NOT_HELD)
