"""What becomes of some duties of the last quarter, so that its figures show every outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from beacon.entitlements.terms import DutyState
from beacon.reports.rules import Period

FATES = (
    DutyState.MET_LATE,
    DutyState.OPEN,  # and nobody tells them
    DutyState.WITHHELD,
    DutyState.PAUSED,
    DutyState.DECLINED,
    DutyState.SAFETY_DELAY,
    DutyState.NOT_APPLICABLE,
)


@dataclass
class Fates:
    """Hands out each fate once, to duties that are due in the quarter."""

    quarter: Period
    left: list[DutyState] = field(default_factory=lambda: list(FATES))

    def of(self, due_on: date) -> DutyState | None:
        """What becomes of the next duty, due on this day; None leaves it to chance."""
        if not self.quarter.first <= due_on <= self.quarter.last:
            return None
        return self.left.pop(0) if self.left else None
