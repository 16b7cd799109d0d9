"""The table of steps is of all steps and of every article that can be read."""

from __future__ import annotations

from pathlib import Path

from benchmarks.speed import lines_of, readable

STORY = '---\ntitle: Late\n---\n"The ferry is late," said Olive Marsden. She said the pier would close.\n'


def test_lines(tmp_path: Path) -> None:
    """Each step has a line, then come words and articles; what is no article is left out."""
    paths = [tmp_path / name for name in ("a.md", "b.md", "c.md")]
    for path, content in zip(paths, (STORY, "", STORY), strict=True):
        path.write_text(content, "utf-8")
    assert readable(paths, tmp_path) == [paths[0], paths[2]] and readable(paths, tmp_path, 1) == paths[:1]
    lines = list(lines_of(readable(paths, tmp_path), tmp_path))
    assert [line.split()[0] for line in lines[:7]] == [
        "step", "reading", "people", "quotations", "attribution", "reported", "all"]
    assert lines[7].startswith("26 words of 2 articles, ")
