"""Texts become vectors: near each other if they mean nearly the same."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from indexer.errors import ModelError
from indexer.meaning.model_files import LENGTH, PROMPTS, TOKENIZER, ModelFiles
from indexer.models import Span

GRAPH = "encoder.onnx"
ABOUT = "encoder.json"
LONGEST = 256                     # tokens of a text; what is beyond is not read
TOKENS_AT_ONCE = 256              # in one run of the graph: what is computed in between then stays in a core's cache
STEP = 8                          # texts are filled up to a multiple of so many tokens, and encoded with their like
RUNS_AHEAD = 64                   # runs of the graph for each thread that are prepared before one is taken

Array: TypeAlias = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Vectors:
    """Vectors as whole numbers with a scale: row * scale is of length 1."""

    rows: Array                   # int8 [vectors, dimension]
    scales: Array                 # float32 [vectors]


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a prepared encoder without opening it. key: equal if equal texts have equal vectors."""

    key: str
    dimension: int
    longest: int
    first_token: bool = False     # the vector of a text is that of its first token, not the mean of all
    query_prompt: str = ""        # what some encoders want before a query, and before a passage
    passage_prompt: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text to encode, and the parts of it that get vectors of their own."""

    text: str
    parts: tuple[Span, ...] = ()


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
    found = About(key, shape.dimension, longest, shape.first_token, str(prompts.get("query", "")),
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
        self.folder = folder
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
        encoding = self._tokenizer.encode(self.about.query_prompt + text)
        tokens = self._run([encoding], len(encoding.ids))[0]
        return _of_length_one(self._whole(tokens))

    def vocabulary(self) -> Collection[str]:
        """The tokens that the tokenizer knows."""
        return self._tokenizer.get_vocab().keys()

    def words(self, words: Sequence[str]) -> Array:
        """The vectors of words by themselves: float32 [words, dimension], each of length 1."""
        encodings = self._tokenizer.encode_batch(list(words))
        found = np.zeros((len(words), self.about.dimension), np.float32)
        for places in self._batches(encodings):
            for place, tokens in zip(places, self._run([encodings[each] for each in places])):
                found[place] = _of_length_one(self._whole(tokens))
        return found

    def passages(self, texts: Sequence[Text]) -> list[Vectors]:
        """The vectors of each text: that of the whole, then those of its parts. They depend on nothing but the text."""
        if self.about.first_token:           # a part has no first token of its own: it is read by itself
            return self._each_by_itself(texts)
        prompt = self.about.passage_prompt
        encodings = self._tokenizer.encode_batch([prompt + each.text for each in texts])
        found: list[Vectors | None] = [None] * len(texts)
        with ThreadPoolExecutor(self._threads) as pool:
            batches = self._batches(encodings)
            while ahead := list(islice(batches, RUNS_AHEAD * self._threads)):
                tokens = pool.map(lambda places: self._run([encodings[each] for each in places]), ahead)
                for places, of_texts in zip(ahead, tokens):
                    for place, of_text in zip(places, of_texts):
                        found[place] = self._pooled(of_text, encodings[place], texts[place], len(prompt))
        return [each for each in found if each is not None]

    def _each_by_itself(self, texts: Sequence[Text]) -> list[Vectors]:
        encodings = self._tokenizer.encode_batch([
            self.about.passage_prompt + text for each in texts
            for text in (each.text, *(part.of(each.text) for part in each.parts))])
        firsts: dict[int, Array] = {}
        for places in self._batches(encodings):
            firsts |= zip(places, (tokens[0] for tokens in self._run([encodings[each] for each in places])))
        ends = np.cumsum([1 + len(each.parts) for each in texts])
        return [_quantised([firsts[place] for place in range(end - 1 - len(each.parts), end)])
                for each, end in zip(texts, ends.tolist())]

    def _batches(self, encodings: Sequence[Encoding]) -> Iterator[list[int]]:
        """The places of texts that are encoded together: those of about the same length."""
        by_length: defaultdict[int, list[int]] = defaultdict(list)
        for place, encoding in enumerate(encodings):
            by_length[_filled(encoding)].append(place)
        for length, places in by_length.items():
            most = max(1, TOKENS_AT_ONCE // length)
            yield from (places[start:start + most] for start in range(0, len(places), most))

    def _run(self, encodings: Sequence[Encoding], length: int = 0) -> Sequence[Array]:
        """The tokens of texts, without those that fill up: float32 [tokens, dimension] each."""
        length = length or _filled(encodings[0])
        ids = np.zeros((len(encodings), length), np.int64)
        mask = np.zeros((len(encodings), length), np.float32)
        for row, encoding in enumerate(encodings):
            ids[row, :len(encoding.ids)] = encoding.ids
            mask[row, :len(encoding.ids)] = 1
        tokens = self._session.run(["tokens"], {"ids": ids, "mask": mask})[0].reshape(*ids.shape, -1)
        return [of_text[:len(encoding.ids)] for of_text, encoding in zip(tokens, encodings)]

    def _pooled(self, tokens: Array, encoding: Encoding, text: Text, shift: int) -> Vectors:
        """The vectors of a text and of its parts; a part that was not read has that of the whole."""
        whole = self._whole(tokens)
        vectors = [whole]
        if text.parts:
            starts, ends = np.array(encoding.offsets).T - shift
            for part in text.parts:
                inside = (starts < part.end) & (ends > part.start) & (ends > starts)
                vectors.append(tokens[inside].mean(axis=0) if inside.any() else whole)
        return _quantised(vectors)

    def _whole(self, tokens: Array) -> Array:
        vector: Array = tokens[0] if self.about.first_token else tokens.mean(axis=0)
        return vector


def _filled(encoding: Encoding) -> int:
    """The length to which a text is filled up. It depends on the text alone, so that its vector does, too."""
    return -(-len(encoding.ids) // STEP) * STEP


def _of_length_one(vector: Array) -> Array:
    scaled: Array = vector / max(1e-12, float(np.sqrt((vector * vector).sum())))
    return scaled


def _quantised(vectors: Sequence[Array]) -> Vectors:
    scaled = np.array([_of_length_one(vector) for vector in vectors], np.float32)
    scales = np.maximum(np.abs(scaled).max(axis=1), 1e-12) / 127
    return Vectors(np.rint(scaled / scales[:, None]).astype(np.int8), scales)


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_mem_pattern = False       # it is kept for every shape of batch that there was
    options.log_severity_level = 3           # errors: it warns of what it does not fuse
    return options
