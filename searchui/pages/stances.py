"""Words that an article does not report as said: in a word, and as a sentence around whose they would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer import Document

# (stance, form) → a word, the sentence before and after a name, and the sentence without one.
_WORDING: Mapping[tuple[str, str], tuple[str, str, str, str]] = {
    ("denied", "quotation"): ("Not said", "The article reports that ", " did not say this.",
                              "The article reports that nobody said this."),
    ("denied", "reported"): ("Not said", "The article reports that ", " did not say this.",
                             "The article reports that this was denied, or was not said."),
    ("hypothetical", "quotation"): ("Hypothetical", "The article only imagines ", " saying this.",
                                    "The article only imagines these words being said."),
    ("hypothetical", "reported"): ("Hypothetical", "The article only imagines ", " saying this.",
                                   "The article only imagines this being said."),
}
_DENIAL = ("Denied", "The article reports that ", " denied this.")       # somebody spoke, and said that it is not so


@dataclass(frozen=True, slots=True)
class NotSaid:
    """label: a word; before, name and after: a sentence. name: whose the words would be, "" if nobody's; slug: of that
    person, "" unless one of the archive."""

    label: str
    before: str
    name: str = ""
    slug: str = ""
    after: str = ""


def not_said(quotation: Document) -> NotSaid | None:
    """What the page says of words that were denied or only supposed; None of words that were said."""
    wording = _WORDING.get((quotation["stance"], quotation["form"]))
    if wording is None:
        return None
    label, before, after, without = wording
    if quotation["speaker"]:
        label, before, after = _DENIAL
    if not quotation["stance_of"]:
        return NotSaid(label, without)
    return NotSaid(label, before, quotation["stance_of"], quotation["stance_of_id"], after)
