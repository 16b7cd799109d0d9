"""Texts become vectors: near each other if they mean nearly the same."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from indexer.errors import ModelError
from indexer.meaning.model_files import LENGTH, PROMPTS, TOKENIZER, ModelFiles

GRAPH = "encoder.onnx"
ABOUT = "encoder.json"
LONGEST = 256                     # tokens of a text; what is beyond is not read
TOKENS_AT_ONCE = 1_024            # in one run of the graph: more no longer make it faster, and take memory
STEP = 8                          # texts are filled up to a multiple of so many tokens, and encoded with their like

Array: TypeAlias = np.ndarray[Any, Any]
Batch: TypeAlias = tuple[list[int], Array, Array]      # places of the texts, tokens, mask


@dataclass(frozen=True, slots=True)
class Vectors:
    """A vector for each text, as whole numbers with a scale: row * scale is of length 1."""

    rows: Array                   # int8 [texts, dimension]
    scales: Array                 # float32 [texts]


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a prepared encoder without opening it. key: equal if equal texts have equal vectors."""

    key: str
    dimension: int
    longest: int
    query_prompt: str = ""        # what some encoders want before a query, and before a passage
    passage_prompt: str = ""


def prepare(model: ModelFiles, folder: Path) -> About:
    """Quantise a model, once, into a folder of its own under the folder named; what an Encoder opens."""
    from indexer.meaning import graph  # onnx, which nothing else needs, takes a third of a second to load

    key = f"{model.key[:16]}-{graph.VERSION}"
    place = folder / key
    if (place / ABOUT).is_file():
        return about(place)
    place.mkdir(parents=True, exist_ok=True)
    shape = graph.write_graph(model, place / GRAPH)
    (place / TOKENIZER).write_bytes((model.folder / TOKENIZER).read_bytes())
    prompts = model.settings(PROMPTS).get("prompts") or {}
    longest = min(LONGEST, int(model.settings(LENGTH).get("max_seq_length") or LONGEST))
    found = About(key, shape.dimension, longest, str(prompts.get("query", "")),
                  str(prompts.get("document", prompts.get("passage", ""))))
    written = place / f"{ABOUT}.new"
    written.write_text(json.dumps(asdict(found)), "utf-8")
    os.replace(written, place / ABOUT)       # last: without it the folder is not prepared
    return found


def about(folder: Path) -> About:
    """What a prepared folder says of itself; ModelError if it is none."""
    try:
        return About(**json.loads((folder / ABOUT).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(f"{folder} is not a prepared sentence encoder ({error}): onrecord model") from error


class Encoder:
    """A prepared encoder. Safe from many threads."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """threads: how many runs of the graph encode passages at the same time; each uses one core."""
        self.about = about(folder)
        self._threads = threads
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            self._tokenizer.no_padding()
            self._tokenizer.enable_truncation(self.about.longest)
            self._session = onnxruntime.InferenceSession(folder / GRAPH, _options(), ["CPUExecutionProvider"])
        except Exception as error:           # both libraries raise bare Exceptions for files that they cannot read
            raise ModelError(f"The sentence encoder in {folder} cannot be opened: {error}") from error

    def query(self, text: str) -> Array:
        """The vector of what somebody typed: float32 of length 1."""
        (_, tokens, mask), = self._batches([self.about.query_prompt + text])
        vector: Array = self._run(tokens, mask)[0]
        return vector

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages, in the same order. A vector depends on nothing but its text."""
        rows = np.zeros((len(texts), self.about.dimension), np.int8)
        scales = np.zeros(len(texts), np.float32)
        batches = self._batches([self.about.passage_prompt + text for text in texts])
        with ThreadPoolExecutor(self._threads) as pool:
            for places, vectors in pool.map(lambda batch: (batch[0], self._run(batch[1], batch[2])), batches):
                scales[places] = np.maximum(np.abs(vectors).max(axis=1), 1e-12) / 127
                rows[places] = np.rint(vectors / scales[places, None])
        return Vectors(rows, scales)

    def _batches(self, texts: Sequence[str]) -> Iterator[Batch]:
        """Texts of about the same length together."""
        by_length: defaultdict[int, list[tuple[int, Sequence[int]]]] = defaultdict(list)
        for place, found in enumerate(self._tokenizer.encode_batch_fast(texts)):
            by_length[-(-len(found.ids) // STEP) * STEP].append((place, found.ids))
        for length, alike in by_length.items():
            most = max(1, TOKENS_AT_ONCE // length)
            for start in range(0, len(alike), most):
                yield _batch(alike[start:start + most], length)

    def _run(self, tokens: Array, mask: Array) -> Array:
        vectors: Array = self._session.run(["vectors"], {"ids": tokens, "mask": mask})[0]
        return vectors


def _batch(alike: Sequence[tuple[int, Sequence[int]]], length: int) -> Batch:
    tokens = np.zeros((len(alike), length), np.int64)
    mask = np.zeros((len(alike), length), np.float32)
    for row, (_, ids) in enumerate(alike):
        tokens[row, :len(ids)] = ids
        mask[row, :len(ids)] = 1
    return [place for place, _ in alike], tokens, mask


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_mem_pattern = False       # it is kept for every shape of batch that there was
    options.log_severity_level = 3           # errors: it warns of what it does not fuse
    return options
