"""The engine Tantivy: reading a build and writing one."""

from indexer.engines.tantivy.engine import TantivyEngine
from indexer.engines.tantivy.writer import TantivyWriter

__all__ = ["TantivyEngine", "TantivyWriter"]
