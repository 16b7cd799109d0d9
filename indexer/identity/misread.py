"""Misread names: what is printed in an article was taken for more of a name than it is, as the rest of the archive
shows, or for less."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from indexer.identity.name_forms import NameForm, hyphenless_form, name_form, name_key, plain_words
from indexer.identity.named import NamedPerson
from indexer.language import LINKING_NOUNS, LOWER_PARTICLES, PERSON_NOUNS, ROLES, key_of, usage

# A surname with a word grown onto its end: FinchIt.
_GROWN = re.compile(r"([A-Z][a-z]{3,})[A-Z][a-z]*")
_USUAL = 3            # how usual a surname is, at least, that is rather one than a title: King
_TIMES = 3            # as many articles, at least, name somebody without the words that are too many


def mend(named: Sequence[NamedPerson]) -> None:
    """Give misread names the forms that they have in other articles."""
    _lay_surnames_bare(named)
    articles = _articles(named)
    _fill_hyphenated(named, articles)
    _take_words_out(named, articles)


def _articles(named: Iterable[NamedPerson]) -> Counter[NameForm]:
    counted = Counter([each.form for each in named])
    return Counter({form: count for form, count in counted.items() if form is not None and not form.is_one_of_several})


def _lay_surnames_bare(named: Iterable[NamedPerson]) -> None:
    """Van Zandt is a surname if somebody is called Steven van Zandt; Van Morrison is a full name."""
    surnames = {each.form.surname for each in named if each.form is not None}
    for each in named:
        form = each.form
        if form and form.given in LOWER_PARTICLES and f"{form.given} {form.surname}" in surnames:
            each.form = None


def _fill_hyphenated(named: Iterable[NamedPerson], articles: Counter[NameForm]) -> None:
    """Lee-Roy is Lee Roy, if there is one and nobody has that surname."""
    surnames = {form.surname for form in articles}
    for each in named:
        form = hyphenless_form(each.names[0]) if each.form is None else None
        if form is not None and form in articles and name_key(each.names[0]) not in surnames:
            each.form = form
            articles[form] += 1


def _take_words_out(named: Iterable[NamedPerson], articles: Mapping[NameForm, int]) -> None:
    """Harbor Board Member Ada Finch and Ada FREAKING Finch are Ada Finch, if she is named more often."""
    for each in named:
        if each.form is not None and not each.form.is_one_of_several and _may_be_longer(each.names[0], each.form):
            each.form = _shorter(each.names[0], articles[each.form], articles) or each.form


def _may_be_longer(name: str, form: NameForm) -> bool:
    """Whether a name may have a word, or the end of one, that is no part of it."""
    last = name.rpartition(" ")[2]
    return bool(form.middle) or " " in form.surname or not last[1:].islower() and _GROWN.fullmatch(last) is not None


def _shorter(name: str, count: int, articles: Mapping[NameForm, int]) -> NameForm | None:
    """The form of a name without words that are nobody's name."""
    words = plain_words(name)
    grown = _GROWN.fullmatch(words[-1])
    parts = [[*words[:-1], grown[1]]] if grown and len(words) > 1 else []
    parts += [words[:end] for end in range(2, len(words)) if _is_no_end(words[end:])]
    parts += [words[start:] for start in range(1, len(words) - 1) if _is_no_name(words[:start])]
    parts += [[words[0], *words[2:]]] if len(words) == 3 and _is_aside(words[1]) else []
    parts += [first for first, other in _halves(words) if _is_printed(other, count, articles)]
    return next((name_form(" ".join(part)) for part in parts if _is_printed(part, count, articles)), None)


def _is_printed(words: Sequence[str], count: int, articles: Mapping[NameForm, int]) -> bool:
    """Whether so many more articles give a name."""
    form = name_form(" ".join(words))
    return form is not None and articles.get(form, 0) >= _TIMES * count


def _halves(words: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Where two full names may meet that nothing separates, or a hyphen: a Jo Roe-Al Poe debate."""
    single = " ".join(words).replace("-", " ").split()
    yield from ((single[:at], single[at:]) for at in range(2, len(single) - 1))


def _is_no_name(words: Sequence[str]) -> bool:
    """Whether words before a name end in a title, or are none that begin a name."""
    title = key_of(words[-1]).replace(".", "")
    if title in ROLES or title in PERSON_NOUNS or title in LINKING_NOUNS:
        return usage(title).given < 2
    return not any(usage(key_of(word)).given or len(word.strip(".")) == 1 for word in words)


def _is_no_end(words: Sequence[str]) -> bool:
    """Whether words behind a name are a title, or begin with what somebody did: Ada Finch Harbor Board Member."""
    title = key_of(words[-1]).replace(".", "")
    first, last = usage(key_of(words[0])), usage(title)
    is_title = (title in ROLES or title in PERSON_NOUNS) and last.surname < _USUAL
    return is_title or words[0].endswith("ed") and not (first.given or first.surname)


def _is_aside(word: str) -> bool:
    """Whether a word inside a name is an everyday word, or shouted, and no name."""
    known = usage(key_of(word))
    return not (known.given or known.surname) and len(word.strip(".")) > 2 and (known.word > 0 or word.isupper())
