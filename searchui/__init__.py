"""The page: ranked, highlighted answers from an index."""
