"""What the hub can be asked: totals, lists of cases that wait, one case's money."""

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
from beacon.fraud_hub.queries.totals import (
    HubTotals,
    MonthTotal,
    hub_totals,
    recovered_by_month,
)

__all__ = [
    "CaseMoney",
    "EntryRow",
    "FraudCase",
    "FraudCases",
    "FraudRow",
    "HubTotals",
    "LossRow",
    "MonthTotal",
    "WaitingCounts",
    "counts_waiting",
    "get_claim",
    "get_entry",
    "get_fraud_case",
    "get_loss",
    "hub_totals",
    "money_of",
    "money_in",
    "recovered_by_month",
]
