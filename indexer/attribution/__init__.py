"""An article and its persons become quotations, each with its speaker, or with none."""

from indexer.attribution.decision import attribute
from indexer.attribution.organisations import initials_of

__all__ = ["attribute", "initials_of"]
