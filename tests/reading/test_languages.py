"""Which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from indexer.models import Article
from indexer.pipeline import annotate
from indexer.reading.languages import language_of

GERMAN = "Die Fähre blieb am Montag im Hafen. „Wir haben kein Öl, und das seit Tagen“, sagte Ruth Adeyemi den Leuten."


@pytest.mark.parametrize(("text", "language"), [
    ("The ferry was late again on Sunday, and nobody who had been on the quay was there to see it.", "en"),
    ("No man is an island, said Una Birk, who has one. Die-hard fans sat on their land for ten days.", "en"),
    (GERMAN, "de"),
    ("Le bac est resté au port lundi, et les gens de la ville n'ont pas été surpris, a dit la maire.", "fr"),
    ("El barco se quedó en el puerto el lunes, pero la gente de la ciudad no lo notó, dijo la alcaldesa.", "es"),
    ("O barco ficou no porto na segunda-feira, mas as pessoas da cidade não viram isso, disse ela.", "pt"),
    ("Il traghetto è rimasto in porto, ma la gente della città non lo ha visto, come dice il sindaco.", "it"),
    ("De boot bleef maandag in de haven, maar de mensen van de stad hebben het niet gezien, zei zij.", "nl"),
    ("Färjan blev kvar i hamnen på måndagen, men det var inte så många som såg att den låg där.", "sv"),
    ("Паром остался в порту в понедельник, и никто в городе этого не заметил, сказала мэр.", "ru"),
    ("フェリーは月曜日に港に残った。町の人は誰も気づかなかったと市長は言った。", "ja"),
    ("渡轮星期一留在港口。市长说，城里没有人注意到，也没有人抱怨过这件事情。", "zh"),
    ("Ruth Adeyemi, Ben Castellan, Nadia Okafor, Luis de la Vega, Mei-Ling Zhao, Jonah Reyes", "en"),
    ("“El barco no sale,” he said. The rest of them had been there when it did, and they left with theirs.", "en"),
    ("Adiós.", "en"), ("", "en"), ("12 34", "en"),
])
def test_languages(text: str, language: str) -> None:
    """By small words, or by script; English where a text is too short to say."""
    assert language_of(text) == language


def test_quotations_of_another_language_have_no_speaker() -> None:
    """They are found, and it is not known whose they are."""
    said = annotate(Article("a", "a.txt", "", "", None, GERMAN, language="de")).quotations
    assert [(each.span.of(GERMAN), each.speaker, each.cue) for each in said] == [
        ("Wir haben kein Öl, und das seit Tagen", None, None)]


@given(st.text())
def test_any_text_is_in_some_language(text: str) -> None:
    """A code of two letters, or three where it is not determined."""
    assert len(language_of(text)) in (2, 3)
