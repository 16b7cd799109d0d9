"""An attributed article becomes its reported speech: the clauses, without marks, that tell what somebody said, with
their speakers, and how sure those are."""

from indexer.reported.decision import find_reported
from indexer.reported.model import ReportedModel, load_reported_model

__all__ = ["ReportedModel", "find_reported", "load_reported_model"]
