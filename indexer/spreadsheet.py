"""Text in a table that a spreadsheet opens: none of it may run as a formula.

What a spreadsheet takes for a formula: https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import re
import unicodedata

_FORMULA = "=+-@−"                # the last is the minus sign
_BREAKS = ("\t", "\r", "\n")
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})          # controls, invisible characters, blanks
_PARTED = re.compile("([;|\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029])")


def spreadsheet_safe(text: str) -> str:
    """The text of a cell, with an apostrophe in front of what a spreadsheet might run as a formula: what begins with
    one of the signs = + - @, in whatever width and after whatever blanks, or with a tab or a line break. That is the
    whole cell, and each part of it behind a semicolon, a tab, a bar or a line break: where those part cells, quotation
    marks are not understood as they were meant."""
    first, *parts = _PARTED.split(text)
    guarded = [f"'{first}" if text.startswith(_BREAKS) or _is_formula(first) else first]
    for separator, part in zip(parts[::2], parts[1::2]):
        guarded += separator, f"'{part}" if _is_formula(part) else part
    return "".join(guarded)


def _is_formula(text: str) -> bool:
    return unicodedata.normalize("NFKC", _first_seen(text))[0] in _FORMULA


def _first_seen(text: str) -> str:
    """The first character that is neither a blank nor invisible; a blank if there is none."""
    return next((each for each in text if unicodedata.category(each) not in _UNSEEN), " ")
