"""A text becomes the stretches in it that may be quotations: words between marks, and blocks set apart."""

from indexer.quotations.blocks import BlockQuotation, quoted_blocks
from indexer.quotations.stretches import MarkedSpan, find_marked_spans, paragraphs

__all__ = ["BlockQuotation", "MarkedSpan", "find_marked_spans", "paragraphs", "quoted_blocks"]
