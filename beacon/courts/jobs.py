"""When defendants are reminded: asked every few minutes, done once."""

from __future__ import annotations

from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.timetable import every
from beacon.courts.commands.corrections import plan_corrections
from beacon.courts.commands.notices import tell_of_hearing
from beacon.courts.commands.texts import days_to_plan, plan_texts
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
    """Plan the texts of the hearings to come, and of today's that were listed too late for that.

    Planned all day, so that people see who will be texted tonight; they leave from 17:00. On a
    Friday those of Monday are planned as well, while somebody is there to see them.
    """
    actor = machine("plan-texts")
    return sum(plan_texts(day, actor=actor) for day in days_to_plan(clock.now()))


@every(5, name="correct-texts", order=12)
def correct_court_texts() -> int:
    """Plan one correction where what a defendant was told is no longer true."""
    return plan_corrections(actor=machine("correct-texts"))
