"""A sentence encoder of a few thousand random weights, made where a test needs one, and what it should compute.

Words weigh most in it: texts that share words are near each other, so it can be searched with.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from indexer.meaning.encoder import Encoder, prepare
from indexer.meaning.model_files import checked_model, sum_of

WORDS = """
    the a of and in on by for to is was has will mayor council ferry ferries boat boats harbor fare fares bridge tunnel
    school schools teacher teachers strike rain storm flood snow museum painting fire dog cat park tree trees river
    said says opened closed raised free new old city court judge jury trial train trains bakery bread cake morning
""".split()
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
DIMENSION, LAYERS, HEADS, INNER, PLACES = 32, 2, 4, 64, 64

Weights = Mapping[str, np.ndarray[Any, Any]]


def prepared(folder: Path, seed: int = 1, **more: Any) -> Encoder:
    """An encoder that is ready; its files are in the folder."""
    made = write_encoder(folder / f"model-{seed}", seed, **more)
    found = prepare(checked_model(made, sum_of(made / "model.safetensors")), folder / "models")
    return Encoder(folder / "models" / found.key)


def write_encoder(
    folder: Path, seed: int = 1, pooling: str = "mean_tokens", prompts: Mapping[str, str] | None = None,
    **settings: object,
) -> Path:
    """The files of an encoder as one finds them published. settings: keys of its config.json, in place of the usual."""
    (folder / "1_Pooling").mkdir(parents=True)
    save_file(dict(random_weights(seed)), folder / "model.safetensors")
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": PLACES}), "utf-8")
    (folder / "config_sentence_transformers.json").write_text(json.dumps({"prompts": prompts}), "utf-8")
    (folder / "config.json").write_text(json.dumps({
        "model_type": "bert", "hidden_act": "gelu", "hidden_size": DIMENSION, "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS, "layer_norm_eps": 1e-12, **settings}), "utf-8")
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({f"pooling_mode_{pooling}": True}), "utf-8")
    tokenizer().save(str(folder / "tokenizer.json"))
    return folder


def tokenizer() -> Tokenizer:
    """Whole words and single letters."""
    letters = [each for letter in "abcdefghijklmnopqrstuvwxyz0123456789" for each in (letter, f"##{letter}")]
    vocabulary = {word: number for number, word in enumerate((*SPECIAL, *dict.fromkeys([*letters, *WORDS])))}
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.BertProcessing(("[SEP]", vocabulary["[SEP]"]), ("[CLS]", vocabulary["[CLS]"]))
    return made


def random_weights(seed: int) -> Weights:
    draw = np.random.default_rng(seed)
    size = len(tokenizer().get_vocab())
    shapes: dict[str, tuple[int, ...]] = {f"embeddings.{name}.weight": (rows, DIMENSION) for name, rows in (
        ("word_embeddings", size), ("position_embeddings", PLACES), ("token_type_embeddings", 2))}
    norms = ["embeddings.LayerNorm"]
    for layer in range(LAYERS):
        before = f"encoder.layer.{layer}."
        dense = {f"attention.self.{part}": (DIMENSION, DIMENSION) for part in ("query", "key", "value")} | {
            "attention.output.dense": (DIMENSION, DIMENSION), "intermediate.dense": (INNER, DIMENSION),
            "output.dense": (DIMENSION, INNER)}
        for name, shape in dense.items():
            shapes[f"{before}{name}.weight"] = shape
            shapes[f"{before}{name}.bias"] = (shape[0],)
        norms += [f"{before}attention.output.LayerNorm", f"{before}output.LayerNorm"]
    weights = {name: draw.normal(0, 1 if "word_embeddings" in name else 0.1, shape).astype(np.float32)
               for name, shape in shapes.items()}
    for name in norms:
        weights[f"{name}.weight"] = draw.normal(1, 0.1, DIMENSION).astype(np.float32)
        weights[f"{name}.bias"] = draw.normal(0, 0.1, DIMENSION).astype(np.float32)
    return weights


def expected_vector(weights: Weights, ids: list[int]) -> np.ndarray[Any, Any]:
    """The mean of a text's tokens, of length 1."""
    return of_length_one(token_vectors(weights, ids).mean(0))


def of_length_one(vector: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.asarray(vector / np.linalg.norm(vector))


def token_vectors(weights: Weights, ids: list[int]) -> np.ndarray[Any, Any]:
    """A text's tokens after all layers, computed in plain numbers with fractions."""
    x = weights["embeddings.word_embeddings.weight"][ids] + weights["embeddings.token_type_embeddings.weight"][0]
    x = _normalised(weights, "embeddings.LayerNorm", x + weights["embeddings.position_embeddings.weight"][:len(ids)])
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}."
        q, k, v = (_dense(weights, f"{name}attention.self.{part}", x).reshape(len(ids), HEADS, -1).swapaxes(0, 1)
                   for part in ("query", "key", "value"))
        likeness = np.exp(q @ k.swapaxes(1, 2) / math.sqrt(DIMENSION / HEADS))
        seen = (likeness / likeness.sum(-1, keepdims=True)) @ v
        seen = _dense(weights, f"{name}attention.output.dense", seen.swapaxes(0, 1).reshape(len(ids), DIMENSION))
        x = _normalised(weights, f"{name}attention.output.LayerNorm", x + seen)
        inner = _dense(weights, f"{name}intermediate.dense", x)
        inner = inner * 0.5 * (1 + np.vectorize(math.erf)(inner / math.sqrt(2)))
        x = _normalised(weights, f"{name}output.LayerNorm", x + _dense(weights, f"{name}output.dense", inner))
    return np.asarray(x)


def _dense(weights: Weights, name: str, x: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.asarray(x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"])


def _normalised(weights: Weights, name: str, x: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    centred = x - x.mean(-1, keepdims=True)
    scaled = centred / np.sqrt((centred ** 2).mean(-1, keepdims=True) + 1e-12)
    return np.asarray(scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"])
