"""Texts to vectors: what comes out, that it depends on the text alone, and which encoders are taken."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import ModelError
from indexer.meaning.encoder import Encoder, about, prepare
from indexer.meaning.model_files import checked_model, sum_of
from tests.meaning.tiny_encoder import (
    DIMENSION, WORDS, expected_vector, prepared, random_weights, tokenizer, write_encoder,
)

TEXTS = ("the mayor opened the bridge", "a ferry", "rain and snow closed the old school in the morning",
         "Zebra crossing 42", "", "the fire of the museum was a painting of the fire")


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return prepared(tmp_path_factory.mktemp("encoder"))


def test_vectors_are_those_of_the_weights(encoder: Encoder) -> None:
    """In bytes nearly the same comes out as in numbers with fractions."""
    weights, found = random_weights(1), encoder.passages(TEXTS)
    for text, row, scale in zip(TEXTS, found.rows, found.scales):
        right = expected_vector(weights, tokenizer().encode(text).ids)

        assert float(row.astype(float) * scale @ right) > 0.985
        assert float(encoder.query(text) @ right) > 0.985


def test_another_text_has_another_vector(encoder: Encoder) -> None:
    one, other = encoder.query("the mayor opened the bridge"), encoder.query("snow in the park")

    assert float(one @ one) == pytest.approx(1, abs=1e-5)
    assert float(one @ other) < 0.97


def test_a_vector_depends_on_its_text_alone(encoder: Encoder) -> None:
    """To the last bit: not on what is encoded beside it, nor on how many threads encode."""
    draw = random.Random(7)
    texts = [" ".join(draw.choices(WORDS, k=draw.randint(1, 40))) for _ in range(150)]
    together = encoder.passages(texts)
    shuffled = draw.sample(range(len(texts)), len(texts))
    again = encoder.passages([texts[place] for place in shuffled])
    alone = [encoder.passages([text]) for text in texts[:20]]

    assert (again.rows == together.rows[shuffled]).all() and (again.scales == together.scales[shuffled]).all()
    assert all((each.rows[0] == row).all() for each, row in zip(alone, together.rows))


def test_a_long_text_is_read_to_its_limit(encoder: Encoder) -> None:
    """Beyond the places that the encoder knows, nothing is read and nothing fails."""
    long = encoder.passages(["bread " * 500, "bread " * 600])

    assert (long.rows[0] == long.rows[1]).all()


def test_no_texts_have_no_vectors(encoder: Encoder) -> None:
    assert encoder.passages([]).rows.shape == (0, DIMENSION)


@pytest.mark.parametrize(("settings", "reason"), [
    ({"model_type": "roberta"}, "model_type = 'roberta' in place of 'bert'"),
    ({"hidden_act": "relu"}, "hidden_act = 'relu' in place of 'gelu'"),
    ({"position_embedding_type": "relative_key"}, "position_embedding_type"),
    ({"hidden_size": None}, "does not say what shape"),
    ({"num_hidden_layers": 3}, "not the weights of a BERT"),
    ({"pooling": "max_tokens"}, "neither the mean of the tokens nor the first"),
])
def test_other_encoders_are_refused(tmp_path: Path, settings: dict[str, Any], reason: str) -> None:
    folder = write_encoder(tmp_path / "model", **settings)
    model = checked_model(folder, sum_of(folder / "model.safetensors"))

    with pytest.raises(ModelError, match=reason):
        prepare(model, tmp_path / "models")


def test_the_first_token_may_be_the_vector(tmp_path: Path) -> None:
    """Where the settings say so: two texts with the same words in another order are then not alike by chance."""
    mean, first = prepared(tmp_path / "a"), prepared(tmp_path / "b", pooling="cls_token")

    assert float(mean.query("ferry fare") @ first.query("ferry fare")) < 0.95


def test_an_encoder_is_prepared_once(tmp_path: Path) -> None:
    folder = write_encoder(tmp_path / "model")
    model = checked_model(folder, sum_of(folder / "model.safetensors"))
    prepare(model, tmp_path / "models")
    graph = next((tmp_path / "models").glob("*/encoder.onnx"))
    written = graph.stat().st_mtime_ns

    assert prepare(model, tmp_path / "models") == about(graph.parent)
    assert graph.stat().st_mtime_ns == written


def test_weights_have_a_folder_each(tmp_path: Path) -> None:
    one, other = prepared(tmp_path, seed=1), prepared(tmp_path, seed=2)

    assert one.about.key != other.about.key
    assert float(one.query("ferry") @ other.query("ferry")) < 0.9


def test_prompts_stand_before_what_is_encoded(tmp_path: Path) -> None:
    plain = prepared(tmp_path / "a")
    prompted = prepared(tmp_path / "b", prompts={"query": "ferry ", "passage": "boat "})

    assert (prompted.query("fare") == plain.query("ferry fare")).all()
    assert (prompted.passages(["fare"]).rows == plain.passages(["boat fare"]).rows).all()


@pytest.mark.parametrize("name", ["encoder.json", "encoder.onnx", "tokenizer.json"])
def test_a_damaged_folder_is_an_error_with_words(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "models" / prepared(tmp_path).about.key
    (folder / name).write_bytes(b"rubbish")

    with pytest.raises(ModelError, match="encoder"):
        Encoder(folder)
