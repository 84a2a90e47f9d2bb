"""The words of the fraud hub: how money left, how it comes back, and who may see it."""

from beacon.fraud_hub.terms.approvals import ProposalKind, ProposalState, Standing
from beacon.fraud_hub.terms.claims import ANSWERS, AWAITING, ClaimStatus
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
    "Standing",
    "THROUGH_BEACON",
    "Waiting",
]
