"""Pure rules: whether an offer is blocked, what its steps come to, and whether a view is late."""

from beacon.restorative.rules.blocking import Standing, Weighed, standing
from beacon.restorative.rules.steps import OfferState, must_inform, state_of, that_stand
from beacon.restorative.rules.views import ViewState, steps_that_stand, view_state_of

__all__ = [
    "OfferState",
    "Standing",
    "ViewState",
    "Weighed",
    "must_inform",
    "standing",
    "state_of",
    "steps_that_stand",
    "that_stand",
    "view_state_of",
]
