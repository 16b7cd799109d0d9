"""The persons of all articles become the people of the archive, each with one name and one address."""

from indexer.identity.corrections import Overrides, read_overrides
from indexer.identity.resolution import People, resolve

__all__ = ["Overrides", "People", "read_overrides", "resolve"]
