"""Text → who is named in it: every person once, with all mentions and the role the article gives."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from indexer.candidates import Candidate, candidate_at, cut, find_candidates
from indexer.clusters import Cluster, bearer, cluster_full, title_gender
from indexer.credits import small_names
from indexer.models import Block, Mention, Person, Span
from indexer.name_evidence import Page, full_evidence, log_odds, single_evidence
from indexer.names import Gender, given_gender, key_of, usage
from indexer.person_words import FEMALE_TITLES, FUNCTION_WORDS, MALE_TITLES, ROLES, THING_ENDINGS

# Log-odds: what a part of a candidate needs at least, and ahead of the whole, since many parts are tried.
_FULL_LEAST = 0.0
_PART_LEAST = 0.5
_PART_AHEAD = 2.0
_HEADLINE_LEAST = 1.5
_SINGLE_LEAST = -0.6
_LONGEST = 5          # words of a part
_AND = re.compile(r" (?:and|&) ")
_APPOSITION = re.compile(r",? ?(?:\(?\d{1,3}\)?, ?)?(?:who (?:is|was) )?"
                         r"((?:an?|the|his|her|their|one of) [^,.;:\n\"“”()—]{3,90})[,.]")

Groups = dict[tuple[str, ...], list[Candidate]]


def find_people(title: str, text: str, blocks: Sequence[Block] = ()) -> tuple[Person, ...]:
    """The persons that an article names, in the order of their first mention in the text, then those whom only
    the headline names."""
    candidates = find_candidates(text)
    page = Page(text, candidates, title)
    groups = _grouped(candidates)
    full, rest = _full_names(groups, page)
    _share_surnames(full, rest, page)
    page.starts.update(each.start for each in full)
    page.ends.update(each.end for each in full)
    clusters = cluster_full(full, text)
    clusters += _single_names(clusters, rest, page)
    clusters += _small_names(text, clusters)
    persons = sorted((cluster for cluster in clusters), key=lambda each: min(one.start for one in each.mentions))
    found = [_person(cluster, title, text) for cluster in persons]
    return tuple(found + _headline_only(title, persons, groups))


def _grouped(candidates: Iterable[Candidate]) -> Groups:
    groups: Groups = defaultdict(list)
    for candidate in candidates:
        groups[candidate.words].append(candidate)
    return groups


def _full_names(groups: Groups, page: Page) -> tuple[list[Candidate], list[Candidate]]:
    """Mentions by full name, and everything else, both in the order of the text."""
    full: list[Candidate] = []
    rest: list[Candidate] = []
    for words, mentions in groups.items():
        if len(words) == 1:
            rest.extend(mentions)
        else:
            _sort_parts(mentions, page, full, rest)
    return sorted(full, key=_start), sorted(rest, key=_start)


def _odds(mentions: Sequence[Candidate], page: Page) -> float:
    return log_odds("full", full_evidence(mentions, page))


def _start(candidate: Candidate) -> int:
    return candidate.start


def _sort_parts(mentions: Sequence[Candidate], page: Page, full: list[Candidate], rest: list[Candidate]) -> None:
    """A candidate that is a name as a whole, or the part of it that is one: "Harbor Hotel Manager Ken Falco"."""
    whole = _odds(mentions, page)
    best, part = max(((_odds([cut(page.text, mentions[0], *part)], page), part) for part in _parts(mentions[0])),
                     default=(-9.0, None))
    if whole > _FULL_LEAST and best < whole + _PART_AHEAD:
        full.extend(mentions)
    elif part is not None and best > _PART_LEAST:
        full.extend(cut(page.text, each, *part) for each in mentions)
    else:
        rest.extend(mentions)


def _parts(candidate: Candidate) -> Iterator[tuple[int, int]]:
    """Where two or more words of a longer candidate begin and end; a street's name is not cut out of the street's."""
    tokens = candidate.tokens
    if not 2 < len(tokens) < 12:
        return
    for begin in range(len(tokens) - 1):
        for end in range(begin + 2, min(len(tokens), begin + _LONGEST) + 1):
            if end - begin < len(tokens) and not any(token.key in THING_ENDINGS for token in tokens[end:]):
                yield begin, end


def _share_surnames(full: list[Candidate], rest: list[Candidate], page: Page) -> None:
    """Imani and Theo Brooks are two people of one surname."""
    by_start = {each.start: each for each in full}
    for each in list(rest):
        joined = _AND.match(page.text, each.end)
        other = by_start.get(joined.end()) if joined and len(each.words) == 1 and not each.possessive else None
        if other is None or len(other.words) != 2:
            continue
        if each.tokens[-1].usage.given > 1 and other.tokens[0].usage.given:
            each.words = (each.words[0], other.words[-1])
            each.shared = other.tokens[-1].text
            full.append(each)
            rest.remove(each)
    full.sort(key=_start)


def _single_names(clusters: list[Cluster], rest: Iterable[Candidate], page: Page) -> list[Cluster]:
    """Give every later surname and given name to its bearer; the persons whom only one word names."""
    alone: Groups = defaultdict(list)
    for candidate in rest:
        person = bearer(clusters, candidate)
        if person is not None:
            person.add(candidate, page.text)
        elif len(candidate.words) == 1:
            alone[candidate.words].append(candidate)
        else:
            last = cut(page.text, candidate, len(candidate.tokens) - 1, len(candidate.tokens))
            if candidate.tokens[0].usage.word > 1 and candidate.opens:
                alone[last.words].append(last)
    return [_all_of(mentions, page.text) for mentions in alone.values()
            if log_odds("single", single_evidence(mentions, page)) > _SINGLE_LEAST]


def _small_names(text: str, clusters: Sequence[Cluster]) -> list[Cluster]:
    """Those who are only credited, in small letters; one whom the article also writes large is left to that."""
    known = {cluster.words for cluster in clusters}
    found: dict[tuple[str, ...], Cluster] = {}
    for span in small_names(text):
        candidate = candidate_at(text, span.start, span.end)
        if candidate.words in known:
            continue
        if candidate.words in found:
            found[candidate.words].add(candidate, text)
        else:
            found[candidate.words] = Cluster(candidate, text)
    return list(found.values())


def _all_of(mentions: Sequence[Candidate], text: str) -> Cluster:
    cluster = Cluster(mentions[0], text)
    for each in mentions[1:]:
        cluster.add(each, text)
    return cluster


def _person(cluster: Cluster, title: str, text: str) -> Person:
    mentions = sorted(cluster.mentions, key=_start)
    return Person(
        cluster.name,
        (*_in_headline(cluster, title),
         *(Mention(Span(each.start, each.end), each.name(text)) for each in mentions)),
        _description(mentions, text),
    )


def _in_headline(cluster: Cluster, title: str) -> Iterator[Mention]:
    """One mention for a headline that holds the surname, or the one name there is."""
    for word in re.findall(r"[^\W\d_][\w'’.-]*", title):
        plain = re.sub(r"['’]s?$", "", word)
        if plain[:1].isupper() and key_of(plain) == cluster.words[-1]:
            yield Mention(None, plain)
            return


def _headline_only(title: str, clusters: Sequence[Cluster], groups: Groups) -> list[Person]:
    """Full names of the headline that the text does not hold. Headlines write every word large, so that only
    a likely part of a run is believed."""
    known = {word for cluster in clusters for word in cluster.words}
    known.update(word for words in groups if len(words) > 1 for word in words)
    candidates = find_candidates(title)
    page = Page(title, candidates)
    found = []
    for candidate in candidates:
        parts = [part for part in _parts(candidate) if part[1] - part[0] < 4]
        parts += [(0, len(candidate.tokens))] if 1 < len(candidate.tokens) < 4 else []
        names = [cut(title, candidate, *part) for part in parts]
        best = max(names, key=lambda name: _odds([name], page), default=None)
        if best is not None and _odds([best], page) > _HEADLINE_LEAST and not known & set(best.words):
            if all("'" not in token.text[1:-2] and token.key not in FUNCTION_WORDS for token in best.tokens):
                found.append(Person(best.name(title), (Mention(None, best.name(title)),)))
    return found


def gender(name: str) -> Gender | None:
    """The sex that a name gives away, by honorific (Mr. Wexler) or given name (Imani Brooks); else None."""
    words = [key_of(word.strip(",\"“”'’")) for word in name.split()]
    for number, word in enumerate(words):
        if word in MALE_TITLES or word in FEMALE_TITLES:
            return title_gender((word,))
        if word not in ROLES and len(word) > 1 and (number + 1 < len(words) or usage(word).given > 2):
            return given_gender(word)
    return None


def _description(mentions: Sequence[Candidate], text: str) -> str | None:
    """The role that stands before the name, or the apposition behind it."""
    for candidate in mentions:
        after = _APPOSITION.match(text, candidate.end)
        if after and key_of(after.group(1).split()[-1]) not in FUNCTION_WORDS:
            return after.group(1).strip()
    return None
