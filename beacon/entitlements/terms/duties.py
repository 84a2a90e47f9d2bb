"""What becomes of a duty, how a victim is told, and who may record it."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class DutyState(StrEnum):
    """What became of a duty. "Missed" is no state: it is an open duty whose day has passed."""

    OPEN = "open"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met_late"
    WITHHELD = "withheld"
    DECLINED = "declined"
    SAFETY_DELAY = "safety_delay"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return DUTY_STATE_LABELS[self]


DUTY_STATE_LABELS: dict[DutyState, str] = {
    DutyState.OPEN: "To do",
    DutyState.PAUSED: "Paused, with a reason",
    DutyState.MET: "Told in time",
    DutyState.MET_LATE: "Told late",
    DutyState.WITHHELD: "Withheld, with a reason",
    DutyState.DECLINED: "Victim did not want to be told",
    DutyState.SAFETY_DELAY: "Delayed for the victim's safety",
    DutyState.NOT_APPLICABLE: "Does not apply",
}


class DutyEventKind(StrEnum):
    """What happened to a duty."""

    OPENED = "opened"
    CLOCK_STARTED = "clock_started"
    CATEGORY_CHANGED = "category_changed"
    PAUSED = "paused"
    RESUMED = "resumed"
    TOLD = "told"
    SET_ASIDE = "set_aside"
    DAY_FOUND = "day_found"

    @property
    def label(self) -> str:
        """What happened, in a few words."""
        return DUTY_EVENT_LABELS[self]


DUTY_EVENT_LABELS: dict[DutyEventKind, str] = {
    DutyEventKind.OPENED: "Opened",
    DutyEventKind.CLOCK_STARTED: "Clock started",
    DutyEventKind.CATEGORY_CHANGED: "Limit changed with the category",
    DutyEventKind.PAUSED: "Paused",
    DutyEventKind.RESUMED: "Clock goes on",
    DutyEventKind.TOLD: "Told",
    DutyEventKind.SET_ASIDE: "Set aside, with a reason",
    DutyEventKind.DAY_FOUND: "Day found when the calendar was loaded",
}


class Channel(StrEnum):
    """How a victim was told, or spoken with."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    VIDEO = "video"
    EMAIL = "email"
    TEXT = "text"
    LETTER = "letter"
    PORTAL = "portal"
    THROUGH_SOMEONE = "through_someone"

    @property
    def label(self) -> str:
        """The channel as a page says it."""
        return CHANNEL_LABELS[self]


CHANNEL_LABELS: dict[Channel, str] = {
    Channel.PHONE: "Telephone",
    Channel.IN_PERSON: "In person",
    Channel.VIDEO: "Video call",
    Channel.EMAIL: "Email",
    Channel.TEXT: "Text message",
    Channel.LETTER: "Letter",
    Channel.PORTAL: "Beacon's own pages",
    Channel.THROUGH_SOMEONE: "Through somebody they chose",
}


class FiguresKind(StrEnum):
    """What was published of some days: the figures of the Code, or the commissioner's page."""

    COMPLIANCE = "compliance"
    OUTCOMES = "outcomes"

    @property
    def label(self) -> str:
        """The kind as a page says it."""
        return "The Code" if self is FiguresKind.COMPLIANCE else "Outcomes"


class EntitlementPermission(StrEnum):
    """What a person may do with duties."""

    READ = "entitlements.read"
    RECORD = "entitlements.record"
    RULES = "entitlements.rules"
    PUBLISH = "entitlements.publish"  # the figures of a quarter, for good


GRANTS: dict[EntitlementPermission, frozenset[Role]] = {
    EntitlementPermission.READ: frozenset(
        {Role.INTAKE_OFFICER, Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER}
    ),
    EntitlementPermission.RECORD: frozenset(
        {Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER}
    ),
    EntitlementPermission.PUBLISH: frozenset({Role.TEAM_LEADER}),
    # The printed Code, with no victim in it: everybody who works here.
    EntitlementPermission.RULES: frozenset(Role) - {Role.PARTNER},
}
