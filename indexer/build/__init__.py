"""An archive becomes an index: files are read, compared with the ledger, and written by an engine."""

from typing import TYPE_CHECKING

from indexer.lazy_door import lazy_door

if TYPE_CHECKING:
    from indexer.build.annotation_shards import Annotations, Shard, annotate_shard
    from indexer.build.builder import build
    from indexer.build.report import BuildReport
    from indexer.build.check import differences
    from indexer.build.code_version import onrecord_version
    from indexer.build.refresh import no_articles
    from indexer.build.workers import Lost, share, was_lost

__all__ = [
    "Annotations", "BuildReport", "Lost", "Shard", "annotate_shard", "build", "differences", "no_articles",
    "onrecord_version", "share", "was_lost",
]

__getattr__ = lazy_door(__name__)
