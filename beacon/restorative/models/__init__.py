"""Offers, their steps and rulings; disposals that are considered, and the views on them."""

from beacon.restorative.models.disposals import DisposalStep, DisposalView
from beacon.restorative.models.offering import (
    RestorativeOffer,
    RestorativeRuling,
    RestorativeStep,
)

__all__ = [
    "DisposalStep",
    "DisposalView",
    "RestorativeOffer",
    "RestorativeRuling",
    "RestorativeStep",
]
