"""What the hub can be asked: totals, lists of cases that wait, one case's money."""

from beacon.fraud_hub.queries.behind import BehindRow, ClaimsBehind, LossesBehind, MoneyBehind
from beacon.fraud_hub.queries.board import SINCE, Board, OpenLine, board
from beacon.fraud_hub.queries.board_parts import Outreach, Repeats, Stops
from beacon.fraud_hub.queries.cuts import Cut, LossCuts
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
from beacon.fraud_hub.queries.prevention import Calls, Events, get_call, get_event
from beacon.fraud_hub.queries.support import (
    Checks,
    Loans,
    SupportOf,
    checks_to_open,
    loans_overdue,
    support_of,
)
from beacon.fraud_hub.queries.totals import (
    HubTotals,
    MonthTotal,
    hub_totals,
    recovered_by_month,
)

__all__ = [
    "BehindRow",
    "Board",
    "Calls",
    "CaseMoney",
    "Checks",
    "ClaimsBehind",
    "Cut",
    "EntryRow",
    "Events",
    "FraudCase",
    "FraudCases",
    "FraudRow",
    "HubTotals",
    "Loans",
    "LossCuts",
    "LossRow",
    "LossesBehind",
    "MoneyBehind",
    "MonthTotal",
    "OpenLine",
    "Outreach",
    "Repeats",
    "SINCE",
    "Stops",
    "SupportOf",
    "WaitingCounts",
    "board",
    "checks_to_open",
    "counts_waiting",
    "get_call",
    "get_claim",
    "get_entry",
    "get_event",
    "get_fraud_case",
    "get_loss",
    "hub_totals",
    "loans_overdue",
    "money_in",
    "money_of",
    "recovered_by_month",
    "support_of",
]
