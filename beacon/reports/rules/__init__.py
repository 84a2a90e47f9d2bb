"""What follows from the duties of a period: figures, what of them is hidden, samples, packs."""

from beacon.reports.rules.figures import (
    Counted,
    Figures,
    Group,
    Period,
    Tally,
    figures_of,
    month_name,
    outcome_of,
    percent,
    quarter_before,
    quarter_of,
    quarters_before,
    quarters_within,
    rows_by_rule,
)
from beacon.reports.rules.hiding import LEAST, Publication, Table, publish
from beacon.reports.rules.packing import DutyFact, digest_of, pack_of
from beacon.reports.rules.publishing import Leaving, bytes_of, read_back
from beacon.reports.rules.sampling import drawn

__all__ = [
    "LEAST",
    "Leaving",
    "Counted",
    "DutyFact",
    "Figures",
    "Group",
    "Period",
    "Publication",
    "Table",
    "Tally",
    "bytes_of",
    "digest_of",
    "drawn",
    "figures_of",
    "month_name",
    "outcome_of",
    "pack_of",
    "percent",
    "publish",
    "quarter_before",
    "quarter_of",
    "quarters_before",
    "quarters_within",
    "read_back",
    "rows_by_rule",
]
