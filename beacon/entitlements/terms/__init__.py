"""The words of the Victims' Code: who is owed more, what happened, who must act, how it ended."""

from beacon.entitlements.terms.duties import (
    CHANNEL_LABELS,
    DUTY_STATE_LABELS,
    GRANTS,
    Channel,
    DutyEventKind,
    DutyState,
    EntitlementPermission,
    FiguresKind,
)
from beacon.entitlements.terms.limits import (
    BODY_LABELS,
    CLOCK_START_LABELS,
    MARK_LABELS,
    Body,
    ClockStart,
    Mark,
    Unit,
)
from beacon.entitlements.terms.milestones import MILESTONE_LABELS, Milestone
from beacon.entitlements.terms.rights import RIGHTS, Right
from beacon.entitlements.terms.victims import (
    GROUND_GROUPS,
    GROUND_LABELS,
    EnhancedGround,
    VictimCategory,
)

__all__ = [
    "BODY_LABELS",
    "Body",
    "CHANNEL_LABELS",
    "CLOCK_START_LABELS",
    "Channel",
    "ClockStart",
    "DUTY_STATE_LABELS",
    "DutyEventKind",
    "FiguresKind",
    "DutyState",
    "EnhancedGround",
    "EntitlementPermission",
    "GRANTS",
    "GROUND_GROUPS",
    "GROUND_LABELS",
    "MARK_LABELS",
    "MILESTONE_LABELS",
    "Mark",
    "Milestone",
    "RIGHTS",
    "Right",
    "Unit",
    "VictimCategory",
]
