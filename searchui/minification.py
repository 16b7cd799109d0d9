"""Stylesheet and script as they travel: without comments, indentation and blanks that mean nothing.

Made for the two files of static/, which keep to what it can rely on: no string holds a comment or two blanks, a comment
that ends a line stands two blanks behind it, and every statement of the script ends with a sign that ends it.
"""

from __future__ import annotations

import re

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LAST_OF_LINE = re.compile(r"\s{2,}// .*")
_AROUND = re.compile(r"\s*([{};,>])\s*")


def lean_style(text: str) -> str:
    """A stylesheet in one line. Blanks beside + and - stay, since calc() needs them; so does one before a colon, where
    a descendant's pseudo-class may begin."""
    text = " ".join(_COMMENT.sub(" ", text).split())
    return _AROUND.sub(r"\1", text).replace(": ", ":").replace(";}", "}")


def lean_script(text: str) -> str:
    """A script without its indentation. Lines and names stay, so that an error can be found."""
    lines = (_LAST_OF_LINE.sub("", line).strip() for line in _COMMENT.sub("", text).splitlines())
    return "\n".join(filter(None, lines)) + "\n"
