"""Whether the extra onrecord[meaning] is installed, and where the files lie that it makes, beside the builds."""

from __future__ import annotations

from importlib.util import find_spec

LIBRARIES = ("numpy", "onnx", "onnxruntime", "safetensors", "tokenizers")

MODELS = "models"                 # a folder for each encoder
VECTORS = "vectors"               # a folder for each encoder, in it those of passages
TABLE = "meaning.json"            # in the folder of a build that knows what its articles mean


def installed() -> bool:
    """Whether everything that the extra lists is there."""
    return all(map(find_spec, LIBRARIES))
