"""When somebody is reminded of what a victim must be told, and when it is mailed."""

from __future__ import annotations

from datetime import date, datetime, time

from beacon.cases.terms import ReminderKind
from beacon.core import clock
from beacon.core.bank_holidays import CalendarEnds
from beacon.core.working_days import add_working_days, is_working_day
from beacon.entitlements.rules import reminder_days

MAIL_FROM, MAIL_UNTIL = time(8), time(18)  # by the London clock
_FRIDAY = 4


def stage_of(due_on: date, today: date) -> ReminderKind | None:
    """Of what the manager is reminded today: the working day before, the day, the one after it.

    What was missed is caught up until the next stage begins.
    """
    if due_on == today:
        return ReminderKind.ON_THE_DAY
    if due_on > today:
        return ReminderKind.DAY_BEFORE if reminder_days(due_on)[0] <= today else None
    return ReminderKind.LATE if late_from(due_on) <= today else None


def late_from(due_on: date, *, more: int = 0) -> date:
    """The first working day after the due date, or so many working days later than that.

    Where the calendar ends, every day after the due date counts: to remind a day early does no
    harm, to remind nobody does.
    """
    try:
        return add_working_days(due_on, 1 + more)
    except CalendarEnds:
        return date.fromordinal(due_on.toordinal() + 1 + more)


def is_time_to_mail(moment: datetime) -> bool:
    """Whether reminders may be mailed: 08:00 to 18:00 in London on a working day."""
    local = clock.london(moment)
    if not MAIL_FROM <= local.time() < MAIL_UNTIL:
        return False
    try:
        return is_working_day(local.date())
    except CalendarEnds:
        return local.weekday() <= _FRIDAY


def mail_opens(day: date) -> datetime:
    """The moment from which the reminders of a day may be mailed."""
    return clock.from_london(day, MAIL_FROM)
