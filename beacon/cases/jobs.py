"""When casework acts by itself."""

from __future__ import annotations

from beacon.cases import commands, queries
from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.timetable import every

REMINDER = machine("remind-managers")
ALARM = machine("raise-alarms")


@every(1, name="review-paces", order=15)
def review_paces() -> int:
    """Ask for a look at everybody who was stopped for reading too much in a short time."""
    return commands.review_paces()


@every(10, name="remind-managers", between=("08:00", "18:00"))
def remind_managers() -> int:
    """Remind managers of what victims must be told, the working day before and on the day."""
    return sum(
        commands.remind_manager(duty_id, kind=kind, actor=REMINDER)
        for duty_id, kind in queries.reminders_to_give(clock.today())
    )


@every(10, name="raise-alarms", between=("08:00", "18:00"))
def raise_alarms() -> int:
    """Ask for the updates that victims asked for, and warn before an order or a last day ends."""
    today = clock.today()
    updates = sum(
        commands.call_for_update(wish_id, actor=ALARM)
        for wish_id in queries.wishes_to_call_for(today)
    )
    warned = sum(
        commands.raise_alarm(alarm, actor=ALARM) for alarm in queries.alarms_to_raise(today)
    )
    return updates + warned
