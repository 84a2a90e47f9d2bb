"""What the hub can be asked: totals, lists of cases that wait, one case's money."""

from beacon.fraud_hub.queries.approvals import Proposals, get_proposal, may_decide
from beacon.fraud_hub.queries.ledger import LedgerEntries, LedgerRow, LedgerSum
from beacon.fraud_hub.queries.letters import (
    Differences,
    Line,
    LineRow,
    differences,
    get_letter,
    get_line,
    letters,
    lines_of,
)
from beacon.fraud_hub.queries.lists import FraudCases, FraudRow, WaitingCounts, counts_waiting
from beacon.fraud_hub.queries.money import (
    CaseMoney,
    EntryRow,
    FraudCase,
    LossRow,
    get_claim,
    get_entry,
    get_fraud_case,
    get_loss,
    money_in,
    money_of,
)
from beacon.fraud_hub.queries.months import closed_months, get_month, moved_months, next_month
from beacon.fraud_hub.queries.opening import get_opening, opening_rows
from beacon.fraud_hub.queries.totals import (
    HubTotals,
    MonthTotal,
    hub_totals,
    recovered_by_month,
)

__all__ = [
    "CaseMoney",
    "Differences",
    "EntryRow",
    "FraudCase",
    "FraudCases",
    "FraudRow",
    "HubTotals",
    "LedgerEntries",
    "LedgerRow",
    "LedgerSum",
    "Line",
    "LineRow",
    "LossRow",
    "MonthTotal",
    "Proposals",
    "WaitingCounts",
    "closed_months",
    "counts_waiting",
    "differences",
    "get_claim",
    "get_entry",
    "get_fraud_case",
    "get_letter",
    "get_line",
    "get_loss",
    "get_month",
    "get_opening",
    "get_proposal",
    "hub_totals",
    "letters",
    "lines_of",
    "money_in",
    "money_of",
    "may_decide",
    "moved_months",
    "next_month",
    "opening_rows",
    "recovered_by_month",
]
