"""Texts are found by what they mean.

In go annotated articles; out come, of each build, the articles and quotations nearest to what somebody typed, whatever
their words. What needs the extra onrecord[meaning] is loaded when it is used, so that without it nothing changes.
"""

from typing import TYPE_CHECKING

from indexer.lazy_door import lazy_door

if TYPE_CHECKING:
    from indexer.meaning.archive_meaning import ArchiveMeaning, encode_build, open_meaning, remove_unused_vectors
    from indexer.meaning.encoder_choice import fetched_model, prepared_encoder
    from indexer.meaning.model_files import NAME, fetch_model

__all__ = [
    "NAME", "ArchiveMeaning", "encode_build", "fetch_model", "fetched_model", "open_meaning", "prepared_encoder",
    "remove_unused_vectors",
]

__getattr__ = lazy_door(__name__)
