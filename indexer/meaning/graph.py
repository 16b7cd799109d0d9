"""The weights of a sentence encoder as a graph that onnxruntime computes in eight-bit integers.

The encoder is BERT (Devlin et al. 2019): embeddings, then layers of attention and of two dense steps. What comes out is
a vector for each token; the encoder makes those of texts of them. Every dense step multiplies bytes: its weights are
quantised once, with a scale for each column; its input while it runs, with a scale for each token. So a text has the
same vector whatever else is encoded beside it, which one scale for a whole batch, the usual way, does not give.

Weights have 7 bits: on processors that add products of bytes in 16 bits, pairs of 8-bit ones would overflow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

from indexer.errors import ModelError
from indexer.meaning.model_files import POOLING, SETTINGS, WEIGHTS, ModelFiles

VERSION = 2                       # raised when the same weights would give other vectors

# int64 and float32 [texts, tokens] → float32 [texts * tokens, dimension]
IDS, MASK, TOKENS = "ids", "mask", "tokens"
_OPSET, _IR = 21, 10              # of the standard that the graph is written in
_LARGEST_WEIGHT = 63              # 7 bits
_LARGEST_INPUT = 127              # 8 bits: a byte is this much below or above its zero
_ZERO = 128
_MASKED = 1e9                     # taken off what attention gives to a place without a token
_OURS = "com.microsoft"           # operators that onnxruntime has beyond the standard

Array: TypeAlias = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """What the settings of a BERT say about its weights."""

    dimension: int
    layers: int
    heads: int
    epsilon: float
    first_token: bool             # the vector of a text is that of its first token, not the mean of all


def write_graph(model: ModelFiles, path: Path) -> Shape:
    """Write the quantised graph of an encoder; ModelError if it is not one that can be computed here."""
    shape = shape_of(model)
    weights = {name.removeprefix("bert."): each.astype(np.float32) if each.dtype.kind == "f" else each
               for name, each in load_file(model.folder / WEIGHTS).items()}
    try:
        graph = _Encoder(weights, shape).graph()
    except KeyError as error:
        raise ModelError(f"{model.folder / WEIGHTS} has no {error}: these are not the weights of a BERT") from error
    onnx.save(graph, path)
    return shape


def shape_of(model: ModelFiles) -> Shape:
    """The shape that the settings give; ModelError if they are of another kind of encoder."""
    settings, pooling = model.settings(SETTINGS), model.settings(POOLING)
    wrong = [f"{key} = {settings.get(key)!r} in place of {value!r}" for key, value in (
        ("model_type", "bert"), ("hidden_act", "gelu"), ("position_embedding_type", "absolute"),
    ) if settings.get(key, value if key == "position_embedding_type" else None) != value]
    first, mean = (bool(pooling.get(f"pooling_mode_{each}")) for each in ("cls_token", "mean_tokens"))
    others = [key for key, value in pooling.items() if key.startswith("pooling_mode_") and value is True
              and key not in ("pooling_mode_cls_token", "pooling_mode_mean_tokens")]
    if pooling and (first == mean or others):
        wrong.append(f"neither the mean of the tokens nor the first of them as vector, in {POOLING}")
    if wrong:
        raise ModelError(f"{model.folder} is not a sentence encoder that can be computed here: {', '.join(wrong)}")
    try:
        return Shape(int(settings["hidden_size"]), int(settings["num_hidden_layers"]),
                     int(settings["num_attention_heads"]), float(settings.get("layer_norm_eps", 1e-12)), first)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{model.folder / SETTINGS} does not say what shape the encoder has: {error}") from error


class _Graph:
    """Nodes in the order in which they are computed. Each is named by its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: Any, kind: Any = np.float32) -> str:
        name = f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value, kind).reshape(np.shape(value)), name))
        return name

    def shape(self, *sizes: int) -> str:
        return self.constant(sizes, np.int64)

    def node(self, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        return self.nodes_of(operator, 1, *inputs, domain=domain, **attributes)[0]

    def nodes_of(self, operator: str, outputs: int, *inputs: str, domain: str = "", **attributes: Any) -> Sequence[str]:
        names = [f"{operator}{len(self.nodes)}_{each}" for each in range(outputs)]
        self.nodes.append(helper.make_node(operator, inputs, names, domain=domain, **attributes))
        return names


class _Encoder(_Graph):
    """The graph of one encoder while it is made. Between layers the tokens of all texts are the rows of one matrix."""

    def __init__(self, weights: Mapping[str, Array], shape: Shape) -> None:
        super().__init__()
        self.weights = weights
        self.size = shape
        sizes = self.node("Shape", IDS)
        self.texts, self.tokens = (self.node("Gather", sizes, self.shape(at)) for at in (0, 1))
        self.rows = self.shape(-1, shape.dimension)
        self.one = self.constant(1.0)

    def graph(self) -> onnx.ModelProto:
        away = self.node("Mul", self.node("Sub", MASK, self.one), self.constant(_MASKED))
        unseen = self.node("Unsqueeze", away, self.shape(1, 2))
        tokens = self.embeddings()
        for number in range(self.size.layers):
            tokens = self.layer(tokens, unseen, f"encoder.layer.{number}.")
        self.node("Identity", tokens)
        self.nodes[-1].output[0] = TOKENS
        inputs = [helper.make_tensor_value_info(IDS, TensorProto.INT64, ["texts", "tokens"]),
                  helper.make_tensor_value_info(MASK, TensorProto.FLOAT, ["texts", "tokens"])]
        output = helper.make_tensor_value_info(TOKENS, TensorProto.FLOAT, ["rows", self.size.dimension])
        made = helper.make_graph(self.nodes, "encoder", inputs, [output], self.constants)
        sets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_OURS, 1)]
        return helper.make_model(made, opset_imports=sets, ir_version=_IR)

    def embeddings(self) -> str:
        """What each token is by itself and by its place. The table of words, half of all weights, is kept in bytes."""
        words, scales = _quantised(self.weights["embeddings.word_embeddings.weight"].T, 127)
        found = self.node("Cast", self.node("Gather", self.constant(words.T, np.int8), IDS), to=TensorProto.FLOAT)
        scale = self.node("Gather", self.constant(scales[:, None]), IDS)
        places = self.weights["embeddings.position_embeddings.weight"]
        places = places + self.weights["embeddings.token_type_embeddings.weight"][0]
        place = self.node("Slice", self.constant(places), self.shape(0), self.tokens, self.shape(0))
        tokens = self.node("Add", self.node("Mul", found, scale), place)
        return self.node("Reshape", self.normalised(tokens, "embeddings.LayerNorm"), self.rows)

    def layer(self, tokens: str, unseen: str, name: str) -> str:
        """Each token takes in the others, then is worked out by itself."""
        seen = self.dense(self.attention(tokens, unseen, f"{name}attention.self."), f"{name}attention.output.dense")
        tokens = self.normalised(self.node("Add", seen, tokens), f"{name}attention.output.LayerNorm")
        inner = self.multiplied(tokens, self.weights[f"{name}intermediate.dense.weight"].T)
        bias = self.constant(self.weights[f"{name}intermediate.dense.bias"])
        inner = self.node("BiasGelu", inner, bias, domain=_OURS)
        outer = self.dense(inner, f"{name}output.dense")
        return self.normalised(self.node("Add", outer, tokens), f"{name}output.LayerNorm")

    def attention(self, tokens: str, unseen: str, name: str) -> str:
        """What each token takes from the others. Queries, keys and values are one product; queries come scaled."""
        each = self.size.dimension // self.size.heads
        parts = [(self.weights[f"{name}{part}.weight"].T, self.weights[f"{name}{part}.bias"])
                 for part in ("query", "key", "value")]
        parts[0] = parts[0][0] / np.sqrt(each), parts[0][1] / np.sqrt(each)
        product = self.multiplied(tokens, np.concatenate([weights for weights, _ in parts], axis=1))
        product = self.node("Add", product, self.constant(np.concatenate([bias for _, bias in parts])))
        sizes = self.node("Concat", self.texts, self.tokens, self.shape(3, self.size.heads, each), axis=0)
        by_head = self.node("Transpose", self.node("Reshape", product, sizes), perm=[2, 0, 3, 1, 4])
        queries, keys, values = (self.node("Squeeze", part, self.shape(0))
                                 for part in self.nodes_of("Split", 3, by_head, axis=0, num_outputs=3))
        likeness = self.node("MatMul", queries, self.node("Transpose", keys, perm=[0, 1, 3, 2]))
        share = self.node("Softmax", self.node("Add", likeness, unseen), axis=-1)
        taken = self.node("Transpose", self.node("MatMul", share, values), perm=[0, 2, 1, 3])
        return self.node("Reshape", taken, self.rows)

    def dense(self, rows: str, name: str) -> str:
        product = self.multiplied(rows, self.weights[f"{name}.weight"].T)
        return self.node("Add", product, self.constant(self.weights[f"{name}.bias"]))

    def multiplied(self, rows: str, weights: Array) -> str:
        """The product with weights, in bytes."""
        quantised, scales = _quantised(weights, _LARGEST_WEIGHT)
        highest = self.node("ReduceMax", rows, self.shape(1), keepdims=0)
        lowest = self.node("ReduceMin", rows, self.shape(1), keepdims=0)
        farthest = self.node("Max", highest, self.node("Neg", lowest), self.constant(1e-12))
        scale = self.node("Mul", farthest, self.constant(1 / _LARGEST_INPUT))
        zeros = self.node("Expand", self.constant([_ZERO], np.uint8), self.node("Shape", scale))
        product = self.node(
            "MatMulIntegerToFloat", self.node("QuantizeLinear", rows, scale, zeros, axis=0),
            self.constant(quantised, np.int8), self.one, self.constant(scales), self.constant(_ZERO, np.uint8),
            domain=_OURS)
        return self.node("Mul", product, self.node("Unsqueeze", scale, self.shape(1)))

    def normalised(self, tokens: str, name: str) -> str:
        weight, bias = (self.constant(self.weights[f"{name}.{each}"]) for each in ("weight", "bias"))
        return self.node("LayerNormalization", tokens, weight, bias, axis=-1, epsilon=self.size.epsilon)


def _quantised(weights: Array, largest: int) -> tuple[Array, Array]:
    """Weights as whole numbers of at most so much, and the scale of each column."""
    scales = np.maximum(np.abs(weights).max(axis=0), 1e-12) / largest
    return np.rint(weights / scales).astype(np.int8), scales.astype(np.float32)
