"""Bytes to text: marks, declarations, damage."""

from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import given, strategies as st

from indexer.reading.encodings import encoding_of, text_of

CAFE = "Café “open”, says Zoë – naïve"


@pytest.mark.parametrize(("data", "text"), [
    (CAFE.encode(), CAFE),
    (CAFE.encode("utf-8-sig"), CAFE),
    (CAFE.encode("utf-16"), CAFE),
    (codecs.BOM_UTF16_BE + CAFE.encode("utf-16-be"), CAFE),
    (CAFE.encode("utf-32"), CAFE),
    (CAFE.encode("cp1252"), CAFE),
    (CAFE.encode("utf-16-le"), CAFE),
    (CAFE.encode("utf-16-be"), CAFE),
    (b'<?xml version="1.0" encoding="ISO-8859-2"?>\xa3\xf3d\xbc', '<?xml version="1.0" encoding="ISO-8859-2"?>Łódź'),
    (b"<meta charset='windows-1251'>\xcd\xe5\xf2", "<meta charset='windows-1251'>Нет"),
    (b"<meta charset=iso-8859-1>\x93no\x94", "<meta charset=iso-8859-1>“no”"),
    (b"<meta charset=utf-7>+ADw-p caf\xe9", "<meta charset=utf-7>+ADw-p café"),
    (b"<meta charset=rot13>caf\xe9", "<meta charset=rot13>café"),
    (b"<meta charset=utf-16>plain", "<meta charset=utf-16>plain"),
    (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
    ("Jose\u0301".encode(), "José"),
    (b"\x81\x8d", "\x81\x8d"),
    (b"", ""),
], ids=repr)
def test_every_encoding_reads_alike(data: bytes, text: str) -> None:
    """By mark, by shape, by declaration, and else as Windows' Latin; letters come out composed."""
    assert text_of(data, encoding_of(data)) == text


@pytest.mark.parametrize(("data", "text"), [
    ("Zoë’s café – “closed”. ".encode() + b"\xa35", "Zoë’s café – “closed”. £5"),
    ("Zoë’s café – “closed”".encode()[:-1], "Zoë’s café – “closed\ufffd"),
    ("“Née” – ".encode() + "né".encode("latin-1") + b" in May", "“Née” – né in May"),
    ("<meta charset=windows-1252>Zoë’s café – “shut”".encode() + b" \x97",
     "<meta charset=windows-1252>Zoë’s café – “shut” —"),
])
def test_a_bad_byte_costs_no_other_letter(data: bytes, text: str) -> None:
    """Where nearly all sequences are UTF-8's, the text is; a byte that is not comes from Windows."""
    assert text_of(data, encoding_of(data)) == text


@given(st.text(min_size=1))
def test_utf_8_is_read_as_such(text: str) -> None:
    """No valid file is taken for another encoding, but for its line ends and composition."""
    data = text.encode("utf-8", "replace")
    read = text_of(data, encoding_of(data))
    wanted = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    if "\0" not in text:
        assert read == wanted.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@given(st.binary(max_size=200), st.sampled_from([b"", b"<?xml encoding='utf-16'?>", b"<meta charset=hz>", b"\xff\xfe"]))
def test_any_bytes_are_some_text(data: bytes, start: bytes) -> None:
    """Nothing that lies in a file raises, and the encoding named is one that Python knows."""
    assert isinstance(text_of(start + data, encoding_of(start + data)), str)
    assert codecs.lookup(encoding_of(start + data))
