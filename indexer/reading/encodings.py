"""The bytes of a file to text: composed letters, one kind of line end."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

from indexer.errors import ArticleError

_MARKS = (      # byte order marks; that of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?\sencoding\s{0,9}=\s{0,9}["']([\w.:-]{2,30})"""
                       rb"""|<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{2,30})""", re.IGNORECASE)
# Python knows codecs that are no encodings of text, and some that take quadratic time.
_OF_TEXT = re.compile(r"(?:iso[-_]?8859|windows[-_]125|cp\d|koi8|mac|big5|gb|shift|sjis|euc|tis|hz|us[-_]?ascii|ascii"
                      r"|latin)", re.IGNORECASE)
# Browsers read these labels as Windows' Latin, for that is what pages with them hold.
_WINDOWS = frozenset(("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "us-ascii", "ascii"))
_MULTI_BYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LOOKED_AT = 4096
MOST_MARKS = 30         # combining marks on one letter, as in Unicode's Stream-Safe Text Format (UAX 15, section 13)
_RUN = re.compile(rf"[^\w\s\x00-\u02ff]{{{MOST_MARKS + 1},}}")       # signs that may be more


def decoded(data: bytes, path: Path) -> tuple[str, str]:
    """The text, and the encoding it is in. ArticleError where there is none, or it is no text."""
    if not data.strip():
        raise ArticleError(path, "empty")
    encoding = encoding_of(data)
    text = text_of(data, encoding)
    if "\0" in text:
        raise ArticleError(path, "binary: it holds NUL bytes")
    return text, encoding


def text_of(data: bytes, encoding: str) -> str:
    """The text in Unicode's composed form (NFC), its lines ended by line feeds. What the encoding does not explain
    is read as Windows' Latin."""
    text = composed(data.decode(encoding, "as_windows"))
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def composed(text: str) -> str:
    """The text in Unicode's composed form (NFC), with at most thirty marks on one letter: composing takes the square of
    their number."""
    if text.isascii():
        return text
    text = _RUN.sub(_with_few_marks, text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def without_halves(text: str) -> str:
    """The text without halves of letters (surrogates): JSON can write one alone, and no file can hold it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _with_few_marks(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for each in run[0]:
        marks = marks + 1 if unicodedata.combining(each) else 0
        if marks <= MOST_MARKS:
            kept.append(each)
    return "".join(kept)


def encoding_of(data: bytes) -> str:
    """By its byte order mark; as UTF-8, also where few bytes are not; as declared; and else as Windows' Latin."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if _is_encoded(data, "utf-8"):
        return _wide(data) or "utf-8"
    if wide := _wide(data):
        return wide
    damaged, whole = _sequences(data)
    if damaged * 4 <= whole:
        return "utf-8"
    declared = _declared(data)
    if declared and _is_encoded(data, declared):
        return declared
    return "utf-8" if damaged <= whole else "cp1252"


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: in a text of Latin letters every second byte is zero."""
    start = data[:_LOOKED_AT]
    half = len(start) // 2
    if half < 2 or len(data) % 2:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd * 2 >= half and even * 20 <= half:
        return "utf-16-le"
    if even * 2 >= half and odd * 20 <= half:
        return "utf-16-be"
    return None


def _sequences(data: bytes) -> tuple[int, int]:
    """How many bytes beyond ASCII stand in no sequence of UTF-8, and how many sequences there are."""
    rest, whole = _MULTI_BYTE.subn(b"", data)
    return len(re.findall(rb"[\x80-\xff]+", rest)), whole


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_LOOKED_AT])
    if match is None:
        return None
    name = (match[1] or match[2]).decode("ascii", "replace").lower()
    if name in _WINDOWS:
        return "cp1252"
    return name if _OF_TEXT.match(name) else None


def _is_encoded(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (ValueError, LookupError):
        return False
    return True


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """A byte that does not belong was mostly pasted from a Windows program; a sequence cut short is lost."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start:error.end]
    if len(wrong) > 1:
        return "\ufffd", error.end
    return wrong.decode("cp1252", "ignore") or wrong.decode("latin-1"), error.end


codecs.register_error("as_windows", _as_windows)
