"""Who is reminded of a duty, and when."""

from __future__ import annotations

from enum import StrEnum


class ReminderKind(StrEnum):
    """When the scheduler reminds somebody of a duty: once each for a duty and its due date."""

    DAY_BEFORE = "day_before"
    ON_THE_DAY = "on_the_day"
    LATE = "late"
    NOBODYS = "nobodys"  # to the leaders at once, in the place of a manager
    ESCALATED = "escalated"  # to the leaders, once it has stayed late

    @property
    def label(self) -> str:
        """The reminder as a page says it."""
        return REMINDER_LABELS[self]


REMINDER_LABELS: dict[ReminderKind, str] = {
    ReminderKind.DAY_BEFORE: "Due next working day",
    ReminderKind.ON_THE_DAY: "Due today",
    ReminderKind.LATE: "Late",
    ReminderKind.NOBODYS: "Nobody has this case",
    ReminderKind.ESCALATED: "Late in your team",
}
FOR_MANAGERS = (ReminderKind.DAY_BEFORE, ReminderKind.ON_THE_DAY, ReminderKind.LATE)
FOR_LEADERS = (ReminderKind.NOBODYS, ReminderKind.ESCALATED)
