"""The files that pages load: small enough, under an open licence, and each address changing with its file."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

import searchui
from searchui import create_app
from tests.engines.linear_engine import LinearEngine

STATIC = Path(searchui.__file__).parent / "static"
STYLE = (STATIC / "onrecord.css").read_text("utf-8")
FONTS = sorted(STATIC.glob("*.woff2"))


def test_fonts_are_small_and_come_with_their_licences() -> None:
    """All fonts weigh under 60 KB, and each family's licence lies beside them."""
    assert 0 < sum(font.stat().st_size for font in FONTS) < 60_000
    for licence in ("newsreader-licence.txt", "libre-franklin-licence.txt"):
        text = (STATIC / licence).read_text("utf-8")
        assert "SIL Open Font License, Version 1.1" in text and "Reserved Font Name" not in text.partition("----")[0]


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.name)
def test_the_address_of_a_font_changes_with_it(font: Path) -> None:
    """Browsers keep what has a v in its address forever: the stylesheet names the font with its checksum."""
    assert f'url("{font.name}?v={sha256(font.read_bytes()).hexdigest()[:8]}")' in STYLE


def test_text_shows_before_its_font_has_come(linear_engine: LinearEngine) -> None:
    """Every font is swapped in when it comes, and may be loaded from here alone."""
    faces = re.findall(r"@font-face \{[^}]*\}", STYLE)
    assert len(faces) == len(FONTS) and all("font-display: swap" in face for face in faces)
    client = create_app({"ENGINE": linear_engine, "TESTING": True}).test_client()
    response = client.get("/static/serif-400.woff2?v=1", buffered=True)
    assert response.mimetype == "font/woff2" and "immutable" in response.headers["Cache-Control"]
    assert "font-src 'self'" in response.headers["Content-Security-Policy"]
