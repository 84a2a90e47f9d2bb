"""What suits whom, which step may follow which, and what may be shared: tables and functions."""

from beacon.partners.rules.finding import (
    Offer,
    Wanted,
    age_on,
    crimes_of,
    is_stale,
    matching_needs,
    suits,
)
from beacon.partners.rules.sharing import Said, names_what_is_kept_back, not_safe_alone, snapshot
from beacon.partners.rules.steps import MAY_TAKE, STEPS, may_step, steps_for

__all__ = [
    "MAY_TAKE",
    "STEPS",
    "Offer",
    "Said",
    "Wanted",
    "age_on",
    "crimes_of",
    "is_stale",
    "matching_needs",
    "may_step",
    "names_what_is_kept_back",
    "not_safe_alone",
    "snapshot",
    "steps_for",
    "suits",
]
