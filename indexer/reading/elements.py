"""What the elements of a page set apart, by their names and classes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from indexer.models import BlockKind

ElementKind: TypeAlias = BlockKind | Literal["link", "image"]

EMBEDDED_POSTS = frozenset("""
    bbpbox fb-post fb-xfbml-parse-ignore instagram-media tumblr-post twitter-tweet twitter-video
""".split())
IMAGE_CLASSES = ("image-", "mt-enclosure", "wp-caption", "photo-container")
KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("cite", "em", "i"), "italic"),
    "figcaption": "caption",
}
CREDITS = frozenset(("cite", "footer", "small"))
_CREDIT_CLASS = re.compile(r"(?:^|[-_])(?:attribution|author|citation|cite|credit|source|speaker)s?$")


def classes_in(attributes: Mapping[str, object]) -> list[str]:
    """The classes of an element, in lower case."""
    return str(attributes.get("class", "")).lower().split()


def is_blockquote(name: str) -> bool:
    """Also as people misspell it: blockquuote, blockqoute, blokquote."""
    return len(name) > 8 and name.startswith("blo") and name.endswith("te")


def is_credit(name: str, attributes: Mapping[str, object]) -> bool:
    """Whether an element, if it is in a block quotation or right behind one, says whose the words are."""
    if name in CREDITS:
        return True
    return "class" in attributes and not is_blockquote(name) and any(map(_CREDIT_CLASS.search, classes_in(attributes)))


def kind_of(name: str, attributes: Mapping[str, object]) -> ElementKind | None:
    """What an element sets apart; None for nothing."""
    if name == "a":
        return "link" if "href" in attributes else None
    if "class" in attributes:
        classes = classes_in(attributes)
        if not EMBEDDED_POSTS.isdisjoint(classes):
            return "tweet"
        if any("caption" in each for each in classes) and name in ("span", "p", "div", "small"):
            return "caption"
        if any(each.startswith(IMAGE_CLASSES) for each in classes):
            return "image"
    if name == "figure":
        return "image"
    return "quotation" if is_blockquote(name) else KINDS.get(name)
