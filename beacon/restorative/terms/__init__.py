"""The words of restorative justice and of out-of-court disposals: read this package first."""

from beacon.restorative.terms.disposals import (
    VIEWS,
    AskedBy,
    Decided,
    Disposal,
    PassedBy,
    ViewStep,
)
from beacon.restorative.terms.offering import (
    CENTRE,
    COMPLETED,
    OFFERS,
    RECORDED,
    SATISFIED,
    AgeGroup,
    InformedBy,
    OfferOutcome,
    Ruling,
    Satisfaction,
    StepKind,
    VictimAnswer,
    Waiting,
    Whose,
)
from beacon.restorative.terms.permissions import GRANTS, RestorativePermission

__all__ = [
    "AgeGroup",
    "AskedBy",
    "CENTRE",
    "COMPLETED",
    "Decided",
    "Disposal",
    "GRANTS",
    "InformedBy",
    "OFFERS",
    "OfferOutcome",
    "PassedBy",
    "RECORDED",
    "RestorativePermission",
    "Ruling",
    "SATISFIED",
    "Satisfaction",
    "StepKind",
    "VIEWS",
    "VictimAnswer",
    "ViewStep",
    "Waiting",
    "Whose",
]
