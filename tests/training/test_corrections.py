"""A keeper's corrections as annotations."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.annotations import read, resolve
from training.corrections import main

STORY = ("---\ntitle: Tides\ndate: 2012-03-04\n---\n“The tide waits for no fare,” said Cora Dunmore. "
         "“Nor for me,” said Ben Castor. The “Tide Table” is a bar, she said.\n")
CORRECTIONS = """
[[quotation]]
article = "tides"
words = "The tide waits for no fare"
speaker = "Ben Castor"
[[quotation]]
article = "tides"
words = "Nor for me"
not_a_quotation = true
"""


def test_corrections_become_annotations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was corrected is a person's word, what was taken out is no quotation, and the text is the archive's."""
    (tmp_path / "tides.md").write_text(STORY, "utf-8")
    (tmp_path / "other.md").write_text(STORY, "utf-8")
    (tmp_path / "corrections.toml").write_text(CORRECTIONS, "utf-8")
    assert main(tmp_path, tmp_path / "out.jsonl") == 0
    (found, article), = resolve(read(tmp_path / "out.jsonl"), tmp_path).articles
    assert [(each.span.of(article.text), each.speaker, each.speaker_type) for each in found.quotations] == [
        ("The tide waits for no fare,", "Ben Castor", "person")]
    assert [span.of(article.text) for span in found.not_quotations] == ["Nor for me,"]
    assert set(found.people) == {"Cora Dunmore", "Ben Castor"}
    assert "1 corrected articles annotated" in capsys.readouterr().out


def test_what_is_no_file_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 1."""
    (tmp_path / "corrections.toml").write_text(CORRECTIONS, "utf-8")
    assert main(tmp_path, tmp_path / "out.jsonl") == 1
    assert "1 left out" in capsys.readouterr().out
