"""What is typed at a terminal becomes a call, and what it returns becomes lines."""

from indexer.commands.cli import main

__all__ = ["main"]
