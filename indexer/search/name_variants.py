"""Names as people type them: with a title before, with the short form of a given name or the long one."""

from __future__ import annotations

from indexer.language import OTHER_FORMS, ROLE_MODIFIERS, ROLES
from indexer.search.analysis import name_forms

# Titles before a bare surname. Kings, doctors and sisters are not among them: what follows is often a given name, or
# the title is part of the name ("Dr. John").
_BEFORE_SURNAMES = frozenset("""
    mr mrs ms miss mayor governor gov president senator sen representative rep congressman congresswoman councilman
    councilwoman councilmember assemblyman assemblywoman commissioner chief judge justice officer detective det
    sergeant sgt lieutenant lt captain capt inspector chancellor comptroller speaker sheriff
""".split())


def variants(name: str) -> tuple[str, ...]:
    """The names under which a typed name may be printed, itself first: "Mayor Mike Garrity" may be "Michael
    Garrity"."""
    words = name_forms(name)
    bare = _without_titles(words)
    found = [name, *(" ".join(each) for each in (bare, *_other_given_names(bare)) if each != words)]
    return tuple(dict.fromkeys(found))


def _without_titles(words: list[str]) -> list[str]:
    left = list(words)
    while len(left) > 2 and left[0] in ROLES | ROLE_MODIFIERS:
        left = left[1:]
    return left[1:] if len(left) == 2 and left[0] in _BEFORE_SURNAMES else left


def _other_given_names(words: list[str]) -> list[list[str]]:
    if len(words) < 2:
        return []
    return [[given, *words[1:]] for given in sorted(OTHER_FORMS.get(words[0], ()))]
