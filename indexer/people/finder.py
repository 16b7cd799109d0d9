"""The finder of people: every person whom an article names, once, with all mentions and the role it gives."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from indexer.language import (
    FEMALE_TITLES, FUNCTION_WORDS, MALE_TITLES, PLACES, PRESIDENTS, ROLE_MODIFIERS, ROLES, Gender, given_gender,
    is_known_person, is_well_known, key_of, same_given_name, usage,
)
from indexer.models import Block, Mention, Person, Span
from indexer.people.capital_runs import Token
from indexer.people.clusters import Cluster, Clusters, is_president, title_gender
from indexer.people.credits import small_names
from indexer.people.descriptions import description
from indexer.people.misnomers import Misnomers, without_saints
from indexer.people.name_candidates import (
    NameCandidate, candidate_at, cut, find_candidates, is_everyday, is_phrase, same_part, words_of,
)
from indexer.people.name_context import ArticleContext
from indexer.people.name_evidence import single_evidence
from indexer.people.name_model import NameModel, NameScorer, load_model
from indexer.people.name_parts import lacks_surname, nicknames, parts
from indexer.people.traits import Traits

# Log-odds: what a part of a candidate needs at least, and ahead of the whole, since many parts are tried.
_FULL_LEAST = 0.0
_PART_LEAST = 0.5
_HOPELESS = -4.0       # whoever is named beside it, this is no person
_SURE = 1.0            # so sure that whoever is named beside it is more likely a person too
_PART_AHEAD = 2.0
_BEYOND_DOUBT = 4.0
_HEADLINE_LEAST = 1.5
_SINGLE_LEAST = -0.6
_EVERYDAY = 3         # how usual a word is, at least, that rather ends a name than goes on in it
_AND = re.compile(r" (?:and|&) ")


Groups = dict[tuple[str, ...], list[NameCandidate]]


def find_people(
    title: str, text: str, blocks: Sequence[Block] = (), model: NameModel | None = None
) -> tuple[Person, ...]:
    """The persons that an article names, in the order of their first mention in the text, then those whom only
    the headline names. Without a model the one that is installed decides."""
    model = model or load_model()
    candidates = without_saints(list(_one_by_one(find_candidates(text), text)))
    context = ArticleContext(text, candidates, title)
    scorer = NameScorer(context, model)
    groups = _grouped(candidates)
    full, rest = _full_names(groups, scorer)
    _share_surnames(full, rest, text)
    context.know(full)
    clusters = Clusters(text)
    for candidate in full:
        clusters.take(candidate)
    _single_names(clusters, rest, scorer)
    _small_names(text, clusters)
    persons = sorted(clusters.all, key=lambda each: each.first)
    _fuller_in_headline(persons, title)
    traits = Traits(text, [cluster.mentions for cluster in persons])
    headline = dict(_words_of_headline(title))
    found = [_person(cluster, headline, text, traits.of(number)) for number, cluster in enumerate(persons)]
    return tuple(found + _headline_only(title, persons, groups, model))


def _one_by_one(candidates: Sequence[NameCandidate], text: str) -> Iterator[NameCandidate]:
    """Two names that nothing separates are two: «Ada Finch Theo Brooks & others were there», where the article has Ada
    Finch elsewhere."""
    names = {each.words for each in candidates if len(each.words) > 1}
    for each in candidates:
        place = next((place for place in range(2, len(each.tokens) - 1) if _are_two_names(each, place, names)), None)
        if place is None:
            yield each
        else:
            yield cut(text, each, 0, place)
            yield cut(text, each, place, len(each.tokens))


def _are_two_names(candidate: NameCandidate, place: int, names: Container[tuple[str, ...]]) -> bool:
    """Whether one name ends and the next one begins at a word: the article has the first elsewhere, and either the
    second too, or it begins with what is a given name much rather than a surname."""
    first, second = candidate.tokens[:place], candidate.tokens[place:]
    given = second[0].usage
    is_name = words_of(second) in names or len(second) == 2 and given.given > max(2, given.surname, given.word)
    return words_of(first) in names and is_name


def _grouped(candidates: Iterable[NameCandidate]) -> Groups:
    groups: Groups = defaultdict(list)
    for candidate in candidates:
        groups[candidate.words].append(candidate)
    return groups


def _full_names(groups: Groups, scorer: NameScorer) -> tuple[list[NameCandidate], list[NameCandidate]]:
    """Mentions by full name, and everything else, both in the order of the text."""
    full: list[NameCandidate] = []
    rest: list[NameCandidate] = []
    odds = {words: -9.0 if is_phrase(mentions[0].tokens) else scorer.full(mentions)
            for words, mentions in groups.items() if len(words) > 1}
    for words in odds:
        if odds[words] > _SURE:
            scorer.context.know(groups[words])
    for words, mentions in groups.items():
        if len(words) == 1:
            rest.extend(mentions)
            continue
        if _HOPELESS < odds[words] < _SURE:     # again, now that it is known who is named beside them
            odds[words] = scorer.full(mentions)
        for mention, name in zip(mentions, _names_in(mentions, odds[words], scorer), strict=True):
            if name is None:
                rest.append(mention)
            else:
                full.append(name)
    return sorted(full, key=_start), sorted(rest, key=_start)


def _start(candidate: NameCandidate) -> int:
    return candidate.start


def _names_in(
    mentions: Sequence[NameCandidate], whole: float, scorer: NameScorer
) -> Sequence[NameCandidate | None]:
    """For each mention of the same words itself if they are a name as a whole, or the part of it that is one: "Harbor
    Hotel Manager Ken Falco"; None if there is none. whole: the odds of the whole."""
    if whole > _BEYOND_DOUBT:
        return mentions
    plain, text = min(mentions, key=nicknames), scorer.context.text
    best, part = max(((scorer.full([cut(text, plain, *part)]), part) for part in parts(plain)),
                     default=(-9.0, None))
    if whole > _FULL_LEAST and best < whole + _PART_AHEAD or part and lacks_surname(plain, part):
        return mentions
    if part is None or best <= _PART_LEAST:
        return [None] * len(mentions)
    found = [same_part(plain, part, each) for each in mentions]
    return [cut(text, each, *its) if its else None for each, its in zip(mentions, found, strict=True)]


def _share_surnames(full: list[NameCandidate], rest: list[NameCandidate], text: str) -> None:
    """Imani and Theo Brooks are two people of one surname."""
    by_start = {each.start: each for each in full}
    surnames = {each.words[-1] for each in full}
    for each in rest:
        joined = _AND.match(text, each.end)
        other = by_start.get(joined.end()) if joined and len(each.words) == 1 and not each.possessive else None
        if other is None or len(other.words) != 2:
            continue
        is_given = each.tokens[-1].usage.given > 1 and not is_well_known(each.words[0])       # Madonna and Theo Brooks
        if each.words[0] not in surnames and is_given and other.tokens[0].usage.given:
            each.words = (each.words[0], other.words[-1])
            each.shared = other.tokens[-1].text
    full.extend(each for each in rest if each.shared)
    full.sort(key=_start)
    rest[:] = [each for each in rest if not each.shared]


def _single_names(clusters: Clusters, rest: Iterable[NameCandidate], scorer: NameScorer) -> None:
    """Give every later surname and given name to the person meant; find the persons whom only one word names."""
    context = scorer.context
    alone: Groups = defaultdict(list)
    rest = list(rest)
    presidents = {each.words for each in rest if is_president(each) and clusters.meant(each) is None}
    by_given = {each.words[0] for each in rest if len(each.words) == 1}
    misnomers = Misnomers(rest, context)
    for candidate in rest:
        person = clusters.meant(candidate) or clusters.misspelt(candidate)
        if person and not _is_hers(candidate) and (
                candidate.words in presidents or _is_relative(person, candidate.words[-1], by_given)):
            person = None
        if person is not None:
            person.add(candidate, context.text)
            context.know([candidate])
        elif len(candidate.words) == 1:
            if candidate not in misnomers:
                alone[candidate.words].append(candidate)
        else:
            last = cut(context.text, candidate, len(candidate.tokens) - 1, len(candidate.tokens))
            if candidate.tokens[0].usage.word > 1 and (candidate.opens or is_well_known(last.words[0])):
                alone[last.words].append(last)
    for least in (_SINGLE_LEAST + _HOPELESS, _SINGLE_LEAST):      # twice: the first round may find their neighbours
        for words, mentions in list(alone.items()):
            evidence = single_evidence(mentions, context)
            odds = scorer.single(evidence)
            if "titled" in evidence or odds > _SINGLE_LEAST:
                _open(clusters, mentions, context.text)
                context.know(mentions)
                del alone[words]
            elif odds < least:
                del alone[words]


def _is_hers(candidate: NameCandidate) -> bool:
    """Mrs. Obama, in an article that names the president by surname only."""
    return title_gender(candidate.title) == "f"


def _is_relative(person: Cluster, surname: str, by_given: set[str]) -> bool:
    """Whether a president's surname does not mean this person, whom the article calls by given name: Ivanka."""
    president = PRESIDENTS.get(surname)
    return president is not None and person.words[-1] == surname and person.words[0] in by_given and not (
        same_given_name(person.words[0], president))


def _small_names(text: str, clusters: Clusters) -> None:
    """Those who are only credited, in small letters, unless the article also writes the name with capitals."""
    known = {cluster.words for cluster in clusters.all}
    found: Groups = defaultdict(list)
    for span in small_names(text):
        candidate = candidate_at(text, span.start, span.end)
        if candidate.words not in known:
            found[candidate.words].append(candidate)
    for mentions in found.values():
        _open(clusters, mentions, text)


def _open(clusters: Clusters, mentions: Sequence[NameCandidate], text: str) -> None:
    cluster = clusters.open(mentions[0])
    for each in mentions[1:]:
        cluster.add(each, text)


def _person(
    cluster: Cluster, headline: Mapping[str, str], text: str, traits: tuple[int | None, Gender | None]
) -> Person:
    mentions = sorted(cluster.mentions, key=_start)
    titles = [found for mention in mentions if (found := title_gender(mention.title))]
    in_headline = headline.get(cluster.words[-1])       # the surname, or the one name there is
    return Person(
        cluster.name,
        (*([Mention(None, in_headline)] if in_headline else ()),
         *(Mention(Span(each.start, each.end), each.name(text)) for each in mentions)),
        description(mentions, text), traits[0], titles[0] if titles else traits[1],
    )


def _words_of_headline(title: str) -> Iterator[tuple[str, str]]:
    """The capitalised words of a headline by their keys, from the last to the first, which counts."""
    for word in re.findall(r"[^\W\d_][\w'’.-]*", title)[::-1]:
        plain = re.sub(r"['’]s?$", "", word)
        if plain[:1].isupper():
            yield key_of(plain), plain


def _fuller_in_headline(clusters: Iterable[Cluster], title: str) -> None:
    """If the text has a surname only, the headline may have the full name; not of President Roe the one of his wife."""
    single = {cluster.words[0]: cluster for cluster in clusters if len(cluster.words) == 1}
    for candidate in find_candidates(title) if single else ():
        for number, token in enumerate(candidate.tokens[1:], 1):
            before = candidate.tokens[number - 1]
            is_name = token.key in single and before.usage.given > 1 and before.usage.word < 3
            if is_name and not _is_presidents(single[token.key], before.key):
                full = cut(title, candidate, number - 1, number + 1)
                single[token.key].words, single[token.key].name = full.words, full.name(title)


def _is_presidents(cluster: Cluster, given: str) -> bool:
    """Whether a surname is called President somewhere, and the president of that surname has another given name."""
    president = PRESIDENTS.get(cluster.words[0]) if any(map(is_president, cluster.mentions)) else None
    return president is not None and not same_given_name(given, president)


def _headline_only(title: str, clusters: Sequence[Cluster], groups: Groups, model: NameModel) -> list[Person]:
    """Full names of the headline that the text does not have. Headlines capitalise every word, so that only a likely
    part of a run is believed."""
    known = {word for cluster in clusters for word in cluster.words}
    known.update(word for words in groups if len(words) > 1 for word in words)
    candidates = find_candidates(title)
    scorer = NameScorer(ArticleContext(title, candidates), model)
    found = []
    for candidate in candidates:
        places = [part for part in parts(candidate) if part[1] - part[0] < 4]
        places += [(0, len(candidate.tokens))] if 1 < len(candidate.tokens) < 4 else []
        names = [cut(title, candidate, *place) for place in places]
        new = [name for name in names if not known & set(name.words) and _may_be_name(name.tokens)]
        if any(_likely_in_headline(name, scorer) for name in new):
            best = max(names, key=lambda name: scorer.full([name]))
            if best in new:
                found.append(Person(best.name(title), (Mention(None, best.name(title)),)))
    return found


def _likely_in_headline(name: NameCandidate, scorer: NameScorer) -> bool:
    return scorer.full([name]) > _HEADLINE_LEAST


def _may_be_name(tokens: Sequence[Token]) -> bool:
    """Whether a headline can mean somebody by words, of which it capitalises what people do as well: Sues Roe."""
    does = is_everyday(tokens[0]) or is_everyday(tokens[-1]) or tokens[0].usage.word > _EVERYDAY > tokens[0].usage.given
    is_known = is_known_person(" ".join(token.key for token in tokens))
    return (is_known or not does) and not any(map(_never_in_headlines, tokens))


def _never_in_headlines(token: Token) -> bool:
    return "'" in token.text[1:-2] or token.key in FUNCTION_WORDS or token.key in PLACES


def gender(name: str) -> Gender | None:
    """The sex that a name gives away, by honorific (Mr. Wexler) or given name (Imani Brooks); else None."""
    words = [key_of(word.strip(",\"“”'’")) for word in name.split()]
    for number, word in enumerate(words):
        if word in MALE_TITLES or word in FEMALE_TITLES:
            return title_gender((word,))
        is_last = number + 1 == len(words)
        if word not in ROLES and word not in ROLE_MODIFIERS and usage(word).given > (2 if is_last else 0):
            return given_gender(word)
    return None
