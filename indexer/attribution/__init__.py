"""An article and its persons become quotations, each with its speaker, or with none, and how sure that is; and the
article as it was parsed for that."""

from indexer.attribution.certainty import level_of, measured_levels
from indexer.attribution.coreference import Coreference
from indexer.attribution.cues import Cue
from indexer.attribution.decision import Attributed, attribute, attributed
from indexer.attribution.model import (
    AttributionModel, Weights, choose, load_model, log_odds, measured_accuracy, probability,
)
from indexer.attribution.modality import stance_of
from indexer.attribution.organisations import initials_of
from indexer.attribution.parsed_article import Paragraph, ParsedArticle, QuotationCandidate
from indexer.attribution.phrases import Source
from indexer.attribution.speakers import Speaker
from indexer.attribution.subjects import Relation
from indexer.attribution.tokens import QUOTE, Tokens

__all__ = [
    "QUOTE", "Attributed", "AttributionModel", "Coreference", "Cue", "Paragraph", "ParsedArticle", "QuotationCandidate",
    "Relation", "Source", "Speaker", "Tokens", "Weights", "attribute", "attributed", "choose", "initials_of",
    "level_of", "load_model", "log_odds", "measured_accuracy", "measured_levels", "probability", "stance_of",
]
