"""An article and its persons become quotations, each with its speaker, or with none, and how sure that is."""

from indexer.attribution.certainty import level_of, measured_levels
from indexer.attribution.decision import attribute
from indexer.attribution.model import AttributionModel, load_model, measured_accuracy
from indexer.attribution.organisations import initials_of

__all__ = [
    "AttributionModel", "attribute", "initials_of", "level_of", "load_model", "measured_accuracy", "measured_levels",
]
