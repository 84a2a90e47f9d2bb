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
# So that a county of some size shows the share that was told in time: five or more were missed.
MORE_MISSED, EVERY = 4, 3


@dataclass
class Fates:
    """Hands out each fate to duties that are due in the quarter, those that are missed oftener."""

    quarter: Period
    left: list[DutyState] = field(
        default_factory=lambda: [*FATES, *(DutyState.OPEN,) * MORE_MISSED]
    )
    seen: int = 0

    def of(self, due_on: date) -> DutyState | None:
        """What becomes of the next duty, due on this day; None leaves it to chance."""
        if not self.quarter.first <= due_on <= self.quarter.last:
            return None
        self.seen += 1
        is_next = self.seen <= len(FATES) or self.seen % EVERY == 0
        return self.left.pop(0) if self.left and is_next else None

    def give_back(self, fate: DutyState) -> None:
        """The case was closed, or the victim told, before it came to that: another duty gets it."""
        self.left.insert(0, fate)
