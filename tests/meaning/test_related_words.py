"""Words that mean nearly the same: which there are, and how they are found again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.errors import ModelError
from indexer.meaning import related_words
from indexer.meaning.encoder import Encoder
from indexer.meaning.related_words import LEAST, MOST, RELATED, RelatedWords, relate_words
from tests.meaning.tiny_encoder import prepared


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of an encoder whose words are related."""
    encoder = prepared(tmp_path_factory.mktemp("encoder"))
    relate_words(encoder)
    return encoder.folder


def test_related_words_are_the_nearest(folder: Path) -> None:
    encoder, related = Encoder(folder), RelatedWords(folder)
    words = related_words._whole_words(encoder.vocabulary())
    vectors = encoder.words(words)
    near = vectors @ vectors.T

    assert len(words) > 5
    for place, word in enumerate(words):
        expected = [other for other in np.argsort(-near[place], kind="stable").tolist()
                    if other != place and near[place, other] >= LEAST][:MOST]
        assert sorted(related.of(word)) == sorted(words[other] for other in expected)


def test_a_word_that_is_not_known_has_none(folder: Path) -> None:
    assert RelatedWords(folder).of("xyzzyx") == []


@pytest.mark.parametrize(("tokens", "words"), [
    (["ferry", "##boat", "[CLS]", "an", "bridge", "42nd"], ["bridge", "ferry"]),
    (["▁ferry", "boat", "▁Bridge", "▁a"], ["bridge", "ferry"]),
    (["Ġferry", "boat"], ["ferry"]),
    ([], []),
])
def test_which_tokens_are_words(tokens: list[str], words: list[str]) -> None:
    assert related_words._whole_words(tokens) == words


@pytest.mark.parametrize("content", [None, b"", b"no array"])
def test_what_is_damaged_is_an_error(folder: Path, tmp_path: Path, content: bytes | None) -> None:
    (tmp_path / "words.txt").write_bytes((folder / "words.txt").read_bytes())
    if content is not None:
        (tmp_path / RELATED).write_bytes(content)
    with pytest.raises(ModelError, match="onrecord model"):
        RelatedWords(tmp_path)


def test_other_words_than_were_compared_are_an_error(folder: Path, tmp_path: Path) -> None:
    (tmp_path / RELATED).write_bytes((folder / RELATED).read_bytes())
    (tmp_path / "words.txt").write_text("one\ntwo", "utf-8")
    with pytest.raises(ModelError):
        RelatedWords(tmp_path)
