"""The words of the fraud hub: how money left, how it comes back, and who may see it."""

from beacon.fraud_hub.terms.approvals import Booked, ProposalKind, ProposalState
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
from beacon.fraud_hub.terms.losses import Destination, Known, Payer, PaymentMethod, Scheme
from beacon.fraud_hub.terms.permissions import GRANTS, FraudPermission
from beacon.fraud_hub.terms.triage import CALL_THE_SAME_DAY, FACTOR_LABELS, Because, Factor, Level

__all__ = [
    "ANSWERS",
    "AWAITING",
    "Asked",
    "BY_HAND",
    "Because",
    "Booked",
    "CALL_THE_SAME_DAY",
    "CallKind",
    "Channel",
    "ClaimStatus",
    "ClaimsOf",
    "Contribution",
    "DECISIONS",
    "Deadline",
    "Decision",
    "Destination",
    "EntryKind",
    "EventKind",
    "FACTOR_LABELS",
    "Factor",
    "FraudPermission",
    "GRANTS",
    "Known",
    "LetterKind",
    "Level",
    "MONEY_BACK",
    "ON_THE_LIST",
    "OmbudsmanStep",
    "PREVENTED",
    "PREVENTED_ROUTES",
    "Payer",
    "PaymentMethod",
    "ProposalKind",
    "ProposalState",
    "ROUTE_LABELS",
    "RefusalGround",
    "Route",
    "Scheme",
    "Source",
    "Standing",
    "THROUGH_BEACON",
    "Waiting",
]
