"""Read a news archive, find who said what, and index it."""
