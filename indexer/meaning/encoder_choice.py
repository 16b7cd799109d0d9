"""Which encoder an archive is encoded with: the one that was fetched, or the one that its configuration names."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import ExtraMissing, ModelError
from indexer.meaning.extra import MODELS, installed
from indexer.meaning.model_files import NAME, checked_model


def fetched_model(index: Path) -> Path:
    """The folder into which the usual encoder is fetched."""
    return index / MODELS / NAME


def prepared_encoder(index: Path, model: str = "", sha256: str = "") -> Path | None:
    """The folder of the encoder, ready for use; None if nobody chose one: it is neither named nor fetched.

    model: the folder of another encoder than the usual one; sha256: of its weights, if they may be used. Raises
    ExtraMissing or ModelError if the one that was chosen cannot be used.
    """
    folder = Path(model) if model else fetched_model(index)
    if not model and not folder.is_dir():
        return None
    if not installed():
        raise ExtraMissing("meaning", "a sentence encoder was chosen")
    if not folder.is_dir():
        raise ModelError(f"There is no folder {folder}, which the configuration names: under [meaning], model")
    from indexer.meaning.encoder import prepare

    return index / MODELS / prepare(checked_model(folder, sha256), index / MODELS).key
