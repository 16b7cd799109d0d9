"""Joins: the names that become one person's, by the evidence that their kind needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indexer.identity.evidence import Contexts
from indexer.identity.forest import Forest
from indexer.identity.name_forms import NameForm
from indexer.identity.resemblance import (
    akin_givens, generations, is_cut, is_letter_apart, is_misspelt, is_slip, near_surnames,
)
from indexer.language import usage

_FREQUENT = 5         # times as many articles as print a misspelling print the name that is meant
_USUAL = 4            # how usual a name is, at least, that many have
_UNUSUAL = 3          # and at most, that few have
_TIMES_ALONE = 3      # articles with a name without its last surname, at most, for each with it
_LONG = 6             # letters of a surname in which a slip, within days, is nothing but a slip


def join_by_context(forest: Forest, contexts: Contexts, alike: Iterable[tuple[NameForm, NameForm]]) -> None:
    """Join Mike and Michael Garrity, Garrity and Garritty, where their articles agree about more than the name."""
    pairs = [*alike]
    strangers = {_roots(forest, *pair) for pair in pairs if contexts.are_called_otherwise(*pair)}
    for one, other in pairs:
        if forest.root(one) != forest.root(other) and _agree(contexts, one, other):
            is_told = _roots(forest, one, other) not in strangers or contexts.share_a_role(one, other)
            if is_told and _are_forms_of_one(forest.givens(one), forest.givens(other)):
                forest.join(one, other)


def _roots(forest: Forest, one: NameForm, other: NameForm) -> frozenset[NameForm]:
    return frozenset((forest.root(one), forest.root(other)))


def _agree(contexts: Contexts, one: NameForm, other: NameForm) -> bool:
    """Whether articles give reason to take two forms for one person's. Less is enough where a form is nobody's name but
    a slip, or where the surname is so unusual that few have it."""
    if contexts.apart(one, other):
        return False
    pairs = (one, other), (other, one)
    slips = [pair for pair in pairs if is_misspelt(*pair)]
    is_slip = bool(slips) and one.given == other.given
    if contexts.agree(one, other) or contexts.have_enough_in_common(one, other, is_slip):
        return True
    if any(contexts.is_seldom_beside(*pair) and (one.given == other.given or not _is_usual(one)) for pair in slips):
        return True
    return any(contexts.meet(*pair) or _is_long(*pair) and contexts.tell_one_story(*pair) for pair in slips) or any(
        _is_unusual(*pair) and contexts.meet(*pair) for pair in pairs)


def _is_usual(form: NameForm) -> bool:
    return usage(form.surname).surname > _USUAL


def _is_long(one: NameForm, other: NameForm) -> bool:
    """Whether the surnames in which two names differ are so long that no other is a letter away."""
    return one.given == other.given and min(len(one.surname), len(other.surname)) >= _LONG


def _is_unusual(form: NameForm, other: NameForm) -> bool:
    return form.surname == other.surname and usage(form.surname).surname <= _UNUSUAL


def _are_forms_of_one(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether all given names of the one person can be forms of all of the other's, directly or through another that
    either has: a longer one, as Thomas for Tom and Thom, or any for what is nobody's name."""
    return all(_may_be_one_given(one, other) or any(
        _may_be_one_given(one, third) and _may_be_one_given(third, other) for third in ones | others
        if len(third) > max(len(one), len(other)) or not all(usage(each).given for each in (one, other)))
        for one in ones for other in others)


def _may_be_one_given(one: str, other: str) -> bool:
    return akin_givens(one, other) or is_slip(one, other) or is_cut(one, other)


def join_officials(forest: Forest, contexts: Contexts, articles: Mapping[NameForm, int]) -> None:
    """Join Mayor Cara Brice and Mayor Carra Brise, of whom far more articles print the one, though both be names: one
    office at one time."""
    for forms in contexts.officials():
        for number, one in enumerate(forms):
            for other in forms[number + 1:]:
                fewer, more = sorted((articles[one], articles[other]))
                is_slip = fewer * _FREQUENT <= more and _is_one_letter_wrong(one, other)
                if is_slip and contexts.hold_one_office(one, other):
                    forest.join(one, other)


def join_misprints(forest: Forest, contexts: Contexts, forms: Iterable[NameForm]) -> None:
    """Join Cara Brice and Cara Bryce, though both be names, where far more articles print the one and theirs agree
    about much with the others."""
    for pair in near_surnames(forms):
        for rare, other in (pair, pair[::-1]):
            if contexts.is_drowned_out(rare, other) and not contexts.are_called_otherwise(rare, other):
                forest.join(rare, other)


def _is_one_letter_wrong(one: NameForm, other: NameForm) -> bool:
    odd = [pair for pair in zip(one.words, other.words) if pair[0] != pair[1]]
    return len(one.words) == len(other.words) and len(odd) == 1 and is_letter_apart(*odd[0])


def join_parts(
    forest: Forest, contexts: Contexts, articles: Mapping[NameForm, int], wholes: Iterable[tuple[NameForm, NameForm]]
) -> None:
    """Join Ana Leeds and Ana Leeds Stone where their articles agree, unless she is so much more in the news that the
    other may be named after her. wholes: the pairs that resemblance.parts gives."""
    for part, whole in wholes:
        if articles[part] <= _TIMES_ALONE * articles[whole] and contexts.agree(part, whole):
            forest.join(part, whole)


def join_generations(forest: Forest, contexts: Contexts, forms: Iterable[NameForm]) -> None:
    """Join Ada Finch and Ada Finch Jr. if she is a Jr. anyway, or both hold one office at the same time, or share much
    and never stand side by side; not if a Sr. does too."""
    for plain, others in generations(forms).items():
        same = [form for form in others if forest.generations(plain) == {form.generation}
                or contexts.hold_one_office(plain, form) or contexts.are_much_alike(plain, form)
                or form.generation == "jr" and contexts.share_a_story(plain, form)]
        if len(same) == 1:
            forest.join(plain, same[0])
