"""The words of partner agencies: the directory, what is sent on, and what may be done."""

from beacon.partners.terms.directory import CrimeType, District, ServiceKind
from beacon.partners.terms.permissions import GRANTS, PartnerPermission
from beacon.partners.terms.sending import (
    FACTS_ABOUT_REACHING,
    Basis,
    LawfulGround,
    Outcome,
    ReferralState,
    SharedFact,
    Side,
    StepKind,
)

__all__ = [
    "FACTS_ABOUT_REACHING",
    "GRANTS",
    "Basis",
    "CrimeType",
    "District",
    "LawfulGround",
    "Outcome",
    "PartnerPermission",
    "ReferralState",
    "ServiceKind",
    "SharedFact",
    "Side",
    "StepKind",
]
