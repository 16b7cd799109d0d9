"""The engine OpenSearch: reading a build and writing one."""

from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.engines.opensearch.writer import OpenSearchWriter

__all__ = ["OpenSearchEngine", "OpenSearchWriter"]
