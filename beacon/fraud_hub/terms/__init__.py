"""The words of the fraud hub: how money left, how it comes back, and who may see it."""

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
from beacon.fraud_hub.terms.outreach import Audience, OutreachKind
from beacon.fraud_hub.terms.permissions import GRANTS, FraudPermission
from beacon.fraud_hub.terms.scams import SCAM_OF_CODE, Scam, scam_of
from beacon.fraud_hub.terms.support import (
    ASKED,
    CHECK_MONTHS,
    ENDS_OF_LOAN,
    STARTS,
    RepeatOutcome,
    SupportKind,
    SupportState,
)

__all__ = [
    "ANSWERS",
    "ASKED",
    "AWAITING",
    "Audience",
    "CHECK_MONTHS",
    "ClaimStatus",
    "Contribution",
    "ENDS_OF_LOAN",
    "EntryKind",
    "FraudPermission",
    "GRANTS",
    "MONEY_BACK",
    "OutreachKind",
    "PREVENTED",
    "PREVENTED_ROUTES",
    "PaymentMethod",
    "ROUTE_LABELS",
    "RepeatOutcome",
    "Route",
    "SCAM_OF_CODE",
    "STARTS",
    "Scam",
    "Scheme",
    "SupportKind",
    "SupportState",
    "THROUGH_BEACON",
    "Waiting",
    "scam_of",
]
