"""What the hub can be asked: totals, lists of cases that wait, one case's money."""

from beacon.fraud_hub.queries.banks import (
    BankRow,
    active_banks,
    banks_page,
    get_bank,
    signed_by,
)
from beacon.fraud_hub.queries.claims import (
    BankLine,
    ClaimRow,
    Claims,
    ClaimView,
    claim_view,
    get_letter,
    open_by_bank,
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
from beacon.fraud_hub.queries.totals import (
    HubTotals,
    MonthTotal,
    hub_totals,
    recovered_by_month,
)
from beacon.fraud_hub.queries.warnings import cases_to_warn

__all__ = [
    "BankLine",
    "BankRow",
    "CaseMoney",
    "ClaimRow",
    "ClaimView",
    "Claims",
    "EntryRow",
    "FraudCase",
    "FraudCases",
    "FraudRow",
    "HubTotals",
    "LossRow",
    "MonthTotal",
    "WaitingCounts",
    "active_banks",
    "banks_page",
    "cases_to_warn",
    "claim_view",
    "counts_waiting",
    "get_bank",
    "get_claim",
    "get_entry",
    "get_fraud_case",
    "get_letter",
    "get_loss",
    "hub_totals",
    "money_of",
    "money_in",
    "open_by_bank",
    "recovered_by_month",
    "signed_by",
]
