"""When defendants are reminded: asked every few minutes, done once."""

from __future__ import annotations

from datetime import timedelta

from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.timetable import every
from beacon.courts.commands.texts import is_time_to_plan, plan_texts


@every(5, name="plan-texts", between=("07:30", "20:00"), order=10)
def plan_court_texts() -> int:
    """Plan the texts of tomorrow's hearings, and of today's that were listed too late for that."""
    at, today = clock.now(), clock.today()
    days = [day for day in (today, today + timedelta(days=1)) if is_time_to_plan(day, at)]
    return sum(plan_texts(day, actor=machine("plan-texts")) for day in days)
