"""Stylesheet and script as they travel: without comments, indentation and blanks that mean nothing.

Made for the two files of static/, which keep to what it can rely on: no string holds a comment or two blanks, a comment
that ends a line stands two blanks behind it, every statement of the script ends with a sign that ends it, and nothing
is divided there.
"""

from __future__ import annotations

import re

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LAST_OF_LINE = re.compile(r"\s{2,}// .*")
_PROPERTY = re.compile(r"(?<![\w-])--[a-z][a-z0-9-]*")
_LITERAL = re.compile(r"""("(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|/(?! )(?:\\.|[^/\\])+/)""")
_BESIDE_SIGN = re.compile(r" ?([-=+<>!?:,;(){}|&%]) ?")
_AROUND = re.compile(r"\s*([{};,>])\s*")


def lean_style(text: str) -> str:
    """A stylesheet in one line, its custom properties called by letters. Blanks beside + and - stay, since calc() needs
    them; so does one before a colon, where a descendant's pseudo-class may begin."""
    text = " ".join(_COMMENT.sub(" ", text).split())
    text = _AROUND.sub(r"\1", text).replace(": ", ":").replace(";}", "}")
    names = {name: f"--{_letters(number)}" for number, name in enumerate(dict.fromkeys(_PROPERTY.findall(text)))}
    return _PROPERTY.sub(lambda name: names[name.group()], text)


def _letters(number: int) -> str:
    """a, b … z, aa, ab …"""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(97 + number % 26)


def lean_script(text: str) -> str:
    """A script without its indentation, and without blanks beside signs. Lines and names stay, so that an error can be
    found; and so does everything inside of strings and patterns."""
    lines = (_LAST_OF_LINE.sub("", line).strip() for line in _COMMENT.sub("", text).splitlines())
    return "\n".join(map(_lean_line, filter(None, lines))) + "\n"


def _lean_line(line: str) -> str:
    parts = _LITERAL.split(line)          # code and literals by turns
    parts[::2] = (_BESIDE_SIGN.sub(r"\1", code) for code in parts[::2])
    return "".join(parts)
