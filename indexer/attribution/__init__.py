"""An article and its persons become quotations, each with its speaker, or with none."""

from indexer.attribution.decision import attribute
from indexer.attribution.model import AttributionModel, load_model, measured_accuracy
from indexer.attribution.organisations import initials_of

__all__ = ["AttributionModel", "attribute", "initials_of", "load_model", "measured_accuracy"]
