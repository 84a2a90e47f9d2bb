"""The commissioner's page: what is counted, and the rows behind each figure. Read only."""

from beacon.reports.queries.outcomes.counting import Behind, BehindList
from beacon.reports.queries.outcomes.families import Asked
from beacon.reports.queries.outcomes.gathering import FAMILIES, outcomes

__all__ = ["FAMILIES", "Asked", "Behind", "BehindList", "outcomes"]
