"""Texts to vectors: what comes out, that it depends on the text alone, and which encoders are taken."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from indexer.errors import ModelError
from indexer.meaning.encoder import Encoder, Text, Vectors, about, prepare
from indexer.meaning.model_files import checked_model, sum_of
from indexer.models import Span
from tests.meaning.tiny_encoder import (
    DIMENSION, WORDS, expected_vector, of_length_one, prepared, random_weights, token_vectors, tokenizer, write_encoder,
)

TEXTS = ("the mayor opened the bridge", "a ferry", "rain and snow closed the old school in the morning",
         "Zebra crossing 42", "", "the fire of the museum was a painting of the fire")


def floats(vectors: Vectors) -> np.ndarray[Any, Any]:
    return vectors.rows.astype(float) * vectors.scales[:, None]


def same(one: Vectors, other: Vectors) -> bool:
    return bool((one.rows == other.rows).all() and (one.scales == other.scales).all())


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return prepared(tmp_path_factory.mktemp("encoder"))


def test_vectors_are_those_of_the_weights(encoder: Encoder) -> None:
    """In bytes nearly the same comes out as in numbers with fractions."""
    weights, found = random_weights(1), encoder.passages(list(map(Text, TEXTS)))
    for text, vectors in zip(TEXTS, found):
        right = expected_vector(weights, tokenizer().encode(text).ids)

        assert float(floats(vectors)[0] @ right) > 0.985
        assert float(encoder.query(text) @ right) > 0.985


def test_a_part_is_read_in_its_text(encoder: Encoder) -> None:
    """Its vector is the mean of its tokens, each of which has taken in the others."""
    text = "the mayor opened the old bridge in the rain"
    parts = [Span(text.index(words), text.index(words) + len(words)) for words in ("the mayor", "old bridge in", text)]
    vectors, = encoder.passages([Text(text, tuple(parts))])
    whole, mayor, bridge, all_of_it = floats(vectors)
    tokens = token_vectors(random_weights(1), tokenizer().encode(text).ids)

    assert float(mayor @ of_length_one(tokens[1:3].mean(0))) > 0.985
    assert float(bridge @ of_length_one(tokens[5:8].mean(0))) > 0.985
    assert float(all_of_it @ whole) > 0.95
    assert float(mayor @ encoder.query("the mayor")) < 0.999


@pytest.mark.parametrize("part", [Span(3, 4), Span(10_000, 10_005), Span(0, 0)])
def test_a_part_without_words_that_were_read_has_the_vector_of_the_whole(encoder: Encoder, part: Span) -> None:
    vectors, = encoder.passages([Text("the mayor opened " + "bread " * 400, (part,))])

    assert (vectors.rows[0] == vectors.rows[1]).all()


@settings(max_examples=60)
@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 210), st.integers(0, 210)), max_size=4))
def test_any_text_has_its_vectors(encoder: Encoder, text: str, parts: list[tuple[int, int]]) -> None:
    vectors, = encoder.passages([Text(text, tuple(Span(min(each), max(each)) for each in parts))])

    assert vectors.rows.shape == (1 + len(parts), DIMENSION)
    assert np.linalg.norm(floats(vectors), axis=1) == pytest.approx(1, abs=0.02)


def test_another_text_has_another_vector(encoder: Encoder) -> None:
    one, other = encoder.query("the mayor opened the bridge"), encoder.query("snow in the park")

    assert float(one @ one) == pytest.approx(1, abs=1e-5)
    assert float(one @ other) < 0.97


def test_a_vector_depends_on_its_text_alone(encoder: Encoder) -> None:
    """To the last bit: not on what is encoded beside it, nor on how many threads encode."""
    draw = random.Random(7)
    written = [" ".join(draw.choices(WORDS, k=draw.randint(1, 40))) for _ in range(150)]
    texts = [Text(each, (Span(0, len(each) // 2),)) for each in written]
    together = encoder.passages(texts)
    shuffled = draw.sample(range(len(texts)), len(texts))
    again = Encoder(encoder.folder, threads=2).passages([texts[place] for place in shuffled])
    alone = [encoder.passages([text])[0] for text in texts[:20]]

    assert all(same(one, together[place]) for one, place in zip(again, shuffled))
    assert all(map(same, alone, together))


def test_a_long_text_is_read_to_its_limit(encoder: Encoder) -> None:
    """Beyond the places that the encoder knows, nothing is read and nothing fails."""
    one, other = encoder.passages([Text("bread " * 500), Text("bread " * 600)])

    assert same(one, other)


def test_no_texts_have_no_vectors(encoder: Encoder) -> None:
    assert encoder.passages([]) == []


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
    """Then a part, which has none, is read by itself."""
    encoder, text = prepared(tmp_path, pooling="cls_token"), "the mayor opened the bridge"
    one, other = encoder.passages([Text(text, (Span(4, 9), Span(10, 16))), Text("a ferry")])
    right = of_length_one(token_vectors(random_weights(1), tokenizer().encode(text).ids)[0])

    assert float(encoder.query(text) @ right) > 0.985
    assert float(floats(one)[0] @ right) > 0.985
    assert float(floats(one)[2] @ encoder.query("opened")) > 0.999
    assert float(floats(other)[0] @ encoder.query("a ferry")) > 0.999


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
    assert same(prompted.passages([Text("fare")])[0], plain.passages([Text("boat fare")])[0])
    assert same(prompted.passages([Text("fare of ferries", (Span(0, 4),))])[0],
                plain.passages([Text("boat fare of ferries", (Span(5, 9),))])[0])


@pytest.mark.parametrize("name", ["encoder.json", "encoder.onnx", "tokenizer.json"])
def test_a_damaged_folder_is_an_error_with_words(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "models" / prepared(tmp_path).about.key
    (folder / name).write_bytes(b"rubbish")

    with pytest.raises(ModelError, match="encoder"):
        Encoder(folder)
