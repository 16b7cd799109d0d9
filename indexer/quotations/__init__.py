"""A text becomes the stretches in it that may be quotations: what stands between marks, and blocks."""

from indexer.quotations.blocks import credit_of, quoted_blocks, unwrapped
from indexer.quotations.stretches import Marked, find_marked, paragraphs

__all__ = ["Marked", "credit_of", "find_marked", "paragraphs", "quoted_blocks", "unwrapped"]
