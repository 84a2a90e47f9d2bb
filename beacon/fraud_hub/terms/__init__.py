"""The words of the fraud hub: how money left, how it comes back, and who may see it."""

from beacon.fraud_hub.terms.approvals import Booked, ProposalKind, ProposalState
from beacon.fraud_hub.terms.claims import ANSWERS, AWAITING, ClaimStatus
from beacon.fraud_hub.terms.contact import (
    BY_HAND,
    ON_THE_LIST,
    Asked,
    CallKind,
    Decision,
    Source,
    Standing,
)
from beacon.fraud_hub.terms.ledger import (
    MONEY_BACK,
    PREVENTED,
    PREVENTED_ROUTES,
    ROUTE_LABELS,
    THROUGH_BEACON,
    Contribution,
    EntryKind,
    Route,
)
from beacon.fraud_hub.terms.lists import Waiting
from beacon.fraud_hub.terms.losses import PaymentMethod, Scheme
from beacon.fraud_hub.terms.permissions import GRANTS, FraudPermission
from beacon.fraud_hub.terms.triage import CALL_THE_SAME_DAY, FACTOR_LABELS, Because, Factor, Level

__all__ = [
    "ANSWERS",
    "AWAITING",
    "ClaimStatus",
    "Contribution",
    "EntryKind",
    "FraudPermission",
    "GRANTS",
    "MONEY_BACK",
    "PREVENTED",
    "PREVENTED_ROUTES",
    "PaymentMethod",
    "ProposalKind",
    "ProposalState",
    "ROUTE_LABELS",
    "Route",
    "Scheme",
    "Booked",
    "THROUGH_BEACON",
    "Waiting",
    "Asked",
    "BY_HAND",
    "Because",
    "CALL_THE_SAME_DAY",
    "CallKind",
    "Decision",
    "FACTOR_LABELS",
    "Factor",
    "Level",
    "ON_THE_LIST",
    "Source",
    "Standing",
]
