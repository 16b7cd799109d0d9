"""How near documents are to a text by what they mean: what a search asks of whatever knows that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal, Protocol, TypeAlias

from indexer.models import Span

Part: TypeAlias = Literal["stories", "quotations"]


class Nearest(Protocol):
    """A document by its id, how near it is (the cosine of its nearest passage), how near its opening is, how near its
    three nearest passages are (their mean), and which passage of the article's text is nearest."""

    @property
    def id(self) -> str: ...

    @property
    def likeness(self) -> float: ...

    @property
    def opening(self) -> float: ...

    @property
    def several(self) -> float: ...

    @property
    def span(self) -> Span: ...


class Likeness(Protocol):
    """How near all documents of a kind are to one text."""

    def nearest(self, most: int, among: Collection[str] | None = None) -> Sequence[Nearest]:
        """The nearest, of all or among those of these ids."""
        ...

    def of(self, id: str) -> Nearest | None:
        """One of them; None if nothing is known of it."""
        ...


class Meaning(Protocol):
    """Tells how near documents are to a text (meaning.ArchiveMeaning)."""

    def likeness(self, text: str, part: Part) -> Likeness | None:
        """None if that cannot be said."""
        ...

    def related(self, word: str) -> Sequence[str]:
        """The words that mean nearly the same as a word in lower case; none if that cannot be said."""
        ...

    def warm(self) -> None:
        """Open everything now and read it once, so that the first to ask need not wait."""
        ...

    def like(self, id: str, part: Part, most: int) -> Sequence[Nearest]:
        """The documents most like one of them, without itself, the nearest first; none if that cannot be said."""
        ...
