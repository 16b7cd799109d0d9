"""Resemblance: which names are so alike that they can be one person's. It is never evidence by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from indexer.identity.name_forms import NAMES_IN_MEMORY, NameForm, sort_key
from indexer.language import OTHER_FORMS, usage

_LETTERS = 5          # that a name needs for one odd letter to be a slip
_MOST_SLIPS = 20      # forms a letter apart from each other that are compared
_CUT = 3              # letters of a given name that is a longer one cut short: Sal, Geoff
_USUAL = 4            # how usual a name of its own is, at least


def akin_givens(one: str, other: str) -> bool:
    """Whether two given names are usual forms of one: never evidence by itself."""
    return one == other or other in OTHER_FORMS.get(one, ()) or one in OTHER_FORMS.get(other, ())


def may_be_cut(one: str, other: str) -> bool:
    """Whether one given name begins the other: Cy, Cyrus."""
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and long.startswith(short)


def is_cut(one: str, other: str) -> bool:
    """Whether a given name is another cut short, and no usual name of its own: Sal, Salvatore; not Ann, Anna."""
    short = min((one, other), key=len)
    return len(short) >= _CUT and may_be_cut(one, other) and usage(short).given < _USUAL


def is_slip(one: str, other: str) -> bool:
    """Marrrow and Marrow are one letter apart, in Marorw two changed places; Marina and Marisa are two names."""
    return not (is_name(one) and is_name(other)) and (is_letter_apart(one, other) or _are_swapped(one, other))


def is_letter_apart(one: str, other: str) -> bool:
    """Whether two long words differ in one letter that is odd, missing or too many."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LETTERS - 1 or len(long) < _LETTERS or len(long) - len(short) > 1 or not (one + other).isalpha():
        return False
    at = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    return short[at:] == long[at + 1:] or short[at + 1:] == long[at + 1:]


def _are_swapped(one: str, other: str) -> bool:
    """Whether two long words differ in two letters that changed places."""
    if len(one) != len(other) or len(one) < _LETTERS:
        return False
    at = next((n for n, letter in enumerate(one) if letter != other[n]), len(one))
    return one[at:at + 2] == other[at:at + 2][::-1] and one[at + 2:] == other[at + 2:]


def parts(forms: Sequence[NameForm]) -> list[tuple[NameForm, NameForm]]:
    """Pairs of a name without its last surname and with it, Ana Leeds and Ana Leeds Stone, unless there is an Ana Leeds
    Brook too; sorted."""
    wholes: dict[tuple[str, ...], list[NameForm]] = defaultdict(list)
    for form in forms:
        if len(words := form.words) > 2:
            wholes[words[:-1]].append(form)
    found = ((form, whole[0]) for form in forms if len(whole := wholes.get(form.words, [])) == 1)
    return sorted(found, key=lambda pair: sort_key(pair[0]))


def generations(forms: Iterable[NameForm]) -> dict[NameForm, list[NameForm]]:
    """For names without Jr. and the like the same names with it; sorted."""
    called: dict[NameForm, list[NameForm]] = defaultdict(list)
    for form in sorted((form for form in forms if form.generation), key=sort_key):
        called[form._replace(generation="")].append(form)
    return called


def alike(forms: Sequence[NameForm]) -> list[tuple[NameForm, NameForm]]:
    """Pairs whose names can be one person's, sorted."""
    pairs = {(one, other) if sort_key(one) < sort_key(other) else (other, one)
             for one, other in (*_by_short_forms(forms), *_by_slips(forms))}
    return sorted(pairs, key=lambda pair: (sort_key(pair[0]), sort_key(pair[1])))


def _by_short_forms(forms: Iterable[NameForm]) -> Iterator[tuple[NameForm, NameForm]]:
    """Pairs of one surname with given names that are usual forms of one."""
    families: dict[tuple[str, str], dict[str, list[NameForm]]] = defaultdict(dict)
    for form in forms:
        families[form.surname, form.generation].setdefault(form.given, []).append(form)
    for called in families.values():
        for given, bearers in called.items() if len(called) > 1 else ():
            for other in called.keys() & _short_forms(given):
                yield from ((form, found) for found in called[other] for form in bearers)


@lru_cache(NAMES_IN_MEMORY)
def _short_forms(given: str) -> frozenset[str]:
    """Other usual forms of a given name, and what it may be cut to."""
    cut = (given[:end] for end in range(_CUT, len(given)) if is_cut(given[:end], given))
    return frozenset((*OTHER_FORMS.get(given, ()), *cut))


def _by_slips(forms: Iterable[NameForm]) -> Iterator[tuple[NameForm, NameForm]]:
    """Pairs that differ by one odd letter in the given name or in the surname."""
    blocks: dict[tuple[int, tuple[str, ...], str], list[NameForm]] = defaultdict(list)
    for form in forms:
        words = form.words
        blocks[0, words[1:], form.generation].append(form)
        blocks[-1, words[:-1], form.generation].append(form)
    for (at, _, _), block in blocks.items():
        if len(block) > 1:
            yield from _slips(at, block)


def _slips(at: int, block: Iterable[NameForm]) -> Iterator[tuple[NameForm, NameForm]]:
    """Pairs of a block whose words at one place are a letter apart. Of two words that are names neither is a slip."""
    words = [(form.given if at == 0 else form.words[at], form) for form in block]
    if not all(map(is_name, {word for word, _ in words})):
        yield from _near(words, is_slip)


def near_surnames(forms: Iterable[NameForm]) -> list[tuple[NameForm, NameForm]]:
    """Pairs of one name but for a letter of the surname, or two that changed places, though both be names; sorted."""
    blocks: dict[tuple[tuple[str, ...], str], list[tuple[str, NameForm]]] = defaultdict(list)
    for form in sorted(forms, key=sort_key):
        blocks[form.words[:-1], form.generation].append((form.words[-1], form))
    return list(dict.fromkeys(pair for block in blocks.values() if len(block) > 1 for pair in _near(block, _are_near)))


def _are_near(one: str, other: str) -> bool:
    return one != other and (is_letter_apart(one, other) or _are_swapped(one, other))


def _near(
    words: Iterable[tuple[str, NameForm]], are_alike: Callable[[str, str], bool]
) -> Iterator[tuple[NameForm, NameForm]]:
    """Pairs of forms whose words are alike, a letter apart: they are equal once each has lost a letter."""
    rests: dict[str, list[tuple[str, NameForm]]] = defaultdict(list)
    for each in words:
        for rest in _rests(each[0]):
            rests[rest].append(each)
    for found in rests.values():
        for number, (word, one) in enumerate(found[:_MOST_SLIPS] if len(found) > 1 else ()):
            yield from ((one, other) for that, other in found[number + 1:_MOST_SLIPS] if are_alike(word, that))


@lru_cache(NAMES_IN_MEMORY)
def _rests(word: str) -> tuple[str, ...]:
    """A word, and all that is left of it without a letter; nothing of a word that is too short to be a slip."""
    if len(word) < _LETTERS - 1 or not word.isalpha():
        return ()
    return tuple(dict.fromkeys((word, *(word[:n] + word[n + 1:] for n in range(len(word))))))


def is_misspelt(form: NameForm, other: NameForm) -> bool:
    """Whether the one word in which two forms differ is nobody's name in the one."""
    odd = [word for word, right in zip(form.words, other.words) if word != right]
    return len(form.words) == len(other.words) and len(odd) == 1 and not is_name(odd[0])


@lru_cache(NAMES_IN_MEMORY)
def is_name(word: str) -> bool:
    """Whether anybody is called so."""
    return any(usage(word)[1:3])
