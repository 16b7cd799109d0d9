"""Who wrote a story: bylines to names."""

from __future__ import annotations

from indexer.reading.html_text import fold_spaces, unescape


def authors_of(value: object) -> tuple[str, ...]:
    """The authors, each a name, in the order given."""
    author = fold_spaces(unescape(str(value)))
    return (author,) if author else ()


def byline_of(authors: tuple[str, ...]) -> str:
    """The line that is shown: their names in one."""
    return ", ".join(authors)
