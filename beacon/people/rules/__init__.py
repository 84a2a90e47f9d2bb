"""The rules of people: who may be one person, and how somebody may be reached."""

from beacon.people.rules.around import NUMBERS, AroundFacts, guard_around, why_around
from beacon.people.rules.consenting import has_run_out, stands
from beacon.people.rules.facts import PersonFacts, Point, mail, telephone
from beacon.people.rules.reaching import (
    CONFIRM_AGAIN_AFTER,
    HIDDEN,
    SHORTEST_REASON,
    Guard,
    Opened,
    Standing,
    carries_a_rule,
    dialled,
    guard,
    is_reason,
    masked,
    needs_confirming,
    opened,
    strictest,
    why,
)
from beacon.people.rules.sameness import (
    REACHED_BY,
    Fingerprint,
    agreeing,
    is_certain,
    is_likely,
)

__all__ = [
    "CONFIRM_AGAIN_AFTER",
    "HIDDEN",
    "NUMBERS",
    "REACHED_BY",
    "SHORTEST_REASON",
    "AroundFacts",
    "Fingerprint",
    "Guard",
    "Opened",
    "PersonFacts",
    "Point",
    "Standing",
    "agreeing",
    "carries_a_rule",
    "dialled",
    "guard",
    "guard_around",
    "has_run_out",
    "is_certain",
    "is_likely",
    "is_reason",
    "mail",
    "masked",
    "needs_confirming",
    "opened",
    "stands",
    "strictest",
    "telephone",
    "why",
    "why_around",
]
