"""When support is followed up, and how first contacts are judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from dateutil.relativedelta import relativedelta

from beacon.core.working_days import working_days_between


def check_due_on(first: date, months: int) -> date:
    """The day of a check, so many months after the first support (domain.md 4.3, 4.6)."""
    return first + relativedelta(months=months)


@dataclass(frozen=True)
class Contact:
    """One fraud case as the board judges its first contact."""

    opened_on: date
    reached_on: date | None
    limit: int  # working days within which somebody was to be reached


@dataclass(frozen=True)
class FirstContacts:
    """First contacts of a period. A case not yet reached is late once its days have run out."""

    cases: int | None = 0  # a hidden count is None
    reached: int | None = 0
    median_days: float | None = None  # working days from opening, of those reached
    in_time: int | None = 0
    late: int | None = 0
    waiting: int | None = 0  # not reached, and there is still time

    @property
    def judged(self) -> int | None:
        """Those of which it is known whether they were in time."""
        return None if self.in_time is None or self.late is None else self.in_time + self.late


def first_contacts(contacts: Iterable[Contact], today: date) -> FirstContacts:
    """Count first contacts against the local standard, in working days."""
    days: list[int] = []
    cases = in_time = late = waiting = 0
    for one in contacts:
        cases += 1
        taken = working_days_between(one.opened_on, one.reached_on or today)
        if one.reached_on is not None:
            days.append(taken)
        if taken > one.limit:
            late += 1
        elif one.reached_on is not None:
            in_time += 1
        else:
            waiting += 1
    middle = float(median(days)) if days else None
    return FirstContacts(cases, len(days), middle, in_time, late, waiting)
