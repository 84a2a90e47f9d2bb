"""The duties of a period: counted in the database, listed, drawn, and as facts. Read only."""

from beacon.reports.queries.counting import counted
from beacon.reports.queries.listing import DutyList, DutyRow
from beacon.reports.queries.packing import facts
from beacon.reports.queries.sampling import SampledCase, sample

__all__ = ["DutyList", "DutyRow", "SampledCase", "counted", "facts", "sample"]
