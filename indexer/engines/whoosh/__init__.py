"""The engine Whoosh: reading a build and writing one."""

from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.writer import WhooshWriter

__all__ = ["WhooshEngine", "WhooshWriter"]
