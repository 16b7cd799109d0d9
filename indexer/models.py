"""The things we talk about: frozen values that do no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

BlockKind = Literal["quotation", "tweet", "credit", "caption", "heading", "bold", "italic"]
QuotationKind = Literal["direct", "fragment", "block", "reported"]
SpeakerKind = Literal["person", "organisation", "unnamed"]
Precision = Literal["day", "month", "year"]
Method = Literal["name", "surname", "pronoun", "description", "same speaker", "block credit", "corrected", "none"]
Stance = Literal["said", "denied", "hypothetical"]
Level = Literal["sure", "likely", "unsure"]


@dataclass(frozen=True, slots=True)
class Span:
    """The characters from start up to, but not including, end."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start:self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text that the page set apart: a block quotation, an embedded tweet, the line that says
    whose it is, a caption, a heading, bold or italic letters. Blocks may nest; they stand in order of their start."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Link:
    """Words that linked elsewhere, and the address they linked to before the page was archived."""

    span: Span
    url: str


@dataclass(frozen=True, slots=True)
class Article:
    """One news story, as published."""

    id: str                       # its path under the archive without the suffix: stable and unique
    path: str                     # its path under the archive, with the suffix
    title: str                    # "" where the file gives none
    author: str                   # as it is shown, the authors in one line; "" where the file gives none
    published: datetime | None    # plain local time; None where there is no date line that can be read
    text: str                     # plain text, a paragraph a line
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)   # every further line of the front matter
    authors: tuple[str, ...] = ()                            # each one's name
    precision: Precision = "day"                             # how much of published is known
    language: str = "en"                                     # ISO 639-1, by its words


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands. In the title the span is None: spans count characters of the text."""

    span: Span | None
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """Mentions in one article that are one individual."""

    name: str                     # the fullest form used in this article, without honorifics
    mentions: tuple[Mention, ...]
    description: str | None = None   # the role the article gives, "an immigration lawyer based in New York"
    age: int | None = None           # in years, if the article gives it
    gender: Literal["m", "f"] | None = None     # by titles and pronouns of the article, never by the given name


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that the article reports as somebody's own, without their marks, and how we know whose. Of the kind
    "reported" the words are the reporter's: a clause that tells what somebody said.

    speaker is a person's fullest name in the article, an organisation, an unnamed source as the article
    describes it ("a witness"), or None: unknown is an answer. cue is where the reporting verb or phrase
    stands, source where the words stand that name the speaker; both may lie in other sentences. certainty is the
    probability that the speaker is right, 0 to 1; without a speaker, that the article names nobody.

    Words that nobody said have no speaker: their stance is "denied" if the article reports that they were not said
    (never said, denied saying), "hypothetical" if it only supposes that they are (if she says, should have said).
    Of reported speech that somebody denied ("he denied that …") that person is the speaker.
    stance_of is whose words they would be; None for everybody's and nobody's, and for words that were said.
    """

    span: Span
    kind: QuotationKind
    speaker: str | None = None
    speaker_kind: SpeakerKind | None = None
    method: Method = "none"
    cue: Span | None = None
    source: Span | None = None
    certainty: float = 0.0
    stance: Stance = "said"
    stance_of: str | None = None
    note: str = ""                # what the archive's keeper says of a correction, where the method is "corrected"

    @property
    def is_reported(self) -> bool:
        """Whether the words are the reporter's, not the speaker's own."""
        return self.kind == "reported"


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article, who is named in it, and who said what."""

    article: Article
    people: tuple[Person, ...]
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """One person of the whole archive: what the persons of single articles are resolved to."""

    slug: str                     # stable, in the address of the person's page: "michael-bloomberg"
    name: str
    aliases: tuple[str, ...] = ()
    inferred: bool = False        # True where an article gives only a surname or an office and the archive decided
    gender: Literal["m", "f"] | None = None     # that the archive knows for certain
