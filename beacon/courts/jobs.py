"""When defendants are reminded: asked every few minutes, done once."""

from __future__ import annotations

from datetime import timedelta

from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.timetable import every
from beacon.courts.commands.notices import tell_of_hearing
from beacon.courts.commands.texts import is_time_to_plan, plan_texts
from beacon.courts.queries.reminders import hearings_untold


@every(10, name="list-hearings", order=8)
def tell_of_hearings() -> int:
    """Open the victims' right to know of hearings that were listed before we knew the crime."""
    untold = hearings_untold(clock.today())
    for hearing_id in untold:
        tell_of_hearing(hearing_id, actor=machine("list-hearings"))
    return len(untold)


@every(5, name="plan-texts", order=10)
def plan_court_texts() -> int:
    """Plan the texts of tomorrow's hearings, and of today's that were listed too late for that.

    Planned all day, so that people see who will be texted tonight; they leave from 17:00.
    """
    at, today = clock.now(), clock.today()
    days = [day for day in (today, today + timedelta(days=1)) if is_time_to_plan(day, at)]
    return sum(plan_texts(day, actor=machine("plan-texts")) for day in days)
