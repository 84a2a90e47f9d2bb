"""The Code as a case manager would apply it: given facts, what follows."""

from beacon.entitlements.rules.grounds import (
    ProposedGround,
    VictimFacts,
    age_on,
    is_enhanced,
    proposed_grounds,
)
from beacon.entitlements.rules.limits import (
    Due,
    TwoStages,
    code_on,
    due,
    due_if_known,
    duties_for,
    first_contact_due,
    reminder_days,
    rules_for,
    telling_state,
    two_stage_expected,
)

__all__ = [
    "Due",
    "ProposedGround",
    "TwoStages",
    "VictimFacts",
    "age_on",
    "code_on",
    "due",
    "due_if_known",
    "duties_for",
    "first_contact_due",
    "is_enhanced",
    "proposed_grounds",
    "reminder_days",
    "rules_for",
    "telling_state",
    "two_stage_expected",
]
