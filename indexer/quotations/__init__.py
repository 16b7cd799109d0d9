"""A text becomes the stretches in it that may be quotations: words between marks, and blocks set apart."""

from indexer.quotations.blocks import credit_of, quoted_blocks, unwrapped
from indexer.quotations.stretches import MarkedSpan, find_marked_spans, paragraphs

__all__ = ["MarkedSpan", "credit_of", "find_marked_spans", "paragraphs", "quoted_blocks", "unwrapped"]
