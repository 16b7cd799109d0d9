"""Text in a table that a spreadsheet opens: none of it may run as a formula.

What a spreadsheet takes for a formula: https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import re
import unicodedata

_FORMULA = "=+-@−"                # the last is the minus sign
_BREAKS = ("\t", "\r", "\n")
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})          # controls, invisible characters, blanks
_NEW_CELL = re.compile("([,;|])")


def spreadsheet_safe(text: str) -> str:
    """The text of a cell, with an apostrophe in front if a spreadsheet might run it as a formula: if it begins with
    one of the signs = + - @, in whatever width and after whatever blanks, or with a tab or a line break."""
    sign = unicodedata.normalize("NFKC", _first_seen(text))[0]
    return f"'{text}" if text.startswith(_BREAKS) or sign in _FORMULA else text


def safe_comment(text: str) -> str:
    """A line that stands in a table without quotation marks: each part of it that a separator would make a cell of
    its own is safe."""
    return "".join(map(spreadsheet_safe, _NEW_CELL.split(" ".join(text.split()))))


def _first_seen(text: str) -> str:
    """The first character that is neither a blank nor invisible; a blank if there is none."""
    return next((each for each in text if unicodedata.category(each) not in _UNSEEN), " ")
