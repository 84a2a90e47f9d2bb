"""The words of the fraud hub: how money left, how it comes back, and who may see it."""

from beacon.fraud_hub.terms.claims import (
    ANSWERS,
    AWAITING,
    DECISIONS,
    Channel,
    ClaimsOf,
    ClaimStatus,
    Deadline,
    EventKind,
    LetterKind,
    OmbudsmanStep,
    RefusalGround,
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
from beacon.fraud_hub.terms.losses import Destination, Known, Payer, PaymentMethod, Scheme
from beacon.fraud_hub.terms.permissions import GRANTS, FraudPermission

__all__ = [
    "ANSWERS",
    "AWAITING",
    "Channel",
    "ClaimStatus",
    "ClaimsOf",
    "Contribution",
    "DECISIONS",
    "Deadline",
    "Destination",
    "EntryKind",
    "EventKind",
    "FraudPermission",
    "GRANTS",
    "Known",
    "LetterKind",
    "MONEY_BACK",
    "PREVENTED",
    "OmbudsmanStep",
    "PREVENTED_ROUTES",
    "Payer",
    "PaymentMethod",
    "ROUTE_LABELS",
    "RefusalGround",
    "Route",
    "Scheme",
    "THROUGH_BEACON",
    "Waiting",
]
