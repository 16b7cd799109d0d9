"""Speakers: sources resolved to whom they mean, and which organisations are news outlets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from indexer.models import Method, Span, SpeakerKind

_OUTLET = re.compile(
    r"\b(?:Times|Post|News|Journal|Paper|Eagle|Gazette|Herald|Tribune|Observer|Sun|Star|Daily|Magazine|Globe"
    r"|Chronicle|Press|Telegraph|Guardian|Independent|Mirror|Mail|Today|Week|Wire|Reuters|AP|CNN|NBC|ABC|CBS|NPR|BBC"
    r"|Radio|TV|Blog|Bulletin|Mercury|Record|Examiner|Inquirer|Courier|Dispatch|Voice|Insider|Reporter|Politico)\b"
    r"|^[WK][A-Z]{2,3}(?: \d+)?$|\.(?:com|org|net|info)$"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A resolved source: the fullest name, or the words that describe it, and where those words are in the text.
    person is the number of the person in the article, -1 for organisations and unnamed sources."""

    name: str
    kind: SpeakerKind
    method: Method
    source: Span | None = None
    person: int = -1
    key: str = field(init=False, repr=False, compare=False)      # equal for the same speaker, however named

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", f"#{self.person}" if self.person >= 0 else _folded(self.name))

    def known_by(self, method: Method, source: Span | None) -> Speaker:
        """The same speaker, named in another place; dataclasses.replace would take three times as long."""
        return Speaker(self.name, self.kind, method, source, self.person)


@lru_cache(maxsize=5_000)           # an article asks again and again
def _folded(name: str) -> str:
    return name.lower().replace("’", "'").removeprefix("the ")


@lru_cache(maxsize=5_000)
def is_outlet(name: str) -> bool:
    """Whether an organisation's name is that of a paper, a station, a news site."""
    return bool(_OUTLET.search(name))


def without_article(name: str) -> str:
    return name[4:] if name[:4].lower() == "the " else name
