"""When casework acts by itself."""

from __future__ import annotations

from beacon.cases import commands, queries, rules
from beacon.core import clock, settings
from beacon.core.actor import machine
from beacon.core.timetable import every

REMINDER = machine("remind-managers")
ALARM = machine("raise-alarms")
MAILER = machine("mail-reminders")


@every(1, name="review-paces", order=15)
def review_paces() -> int:
    """Ask for a look at everybody who was stopped for reading too much in a short time."""
    return commands.review_paces()


@every(10, name="remind-managers", between=("08:00", "18:00"), order=21)
def remind_managers() -> int:
    """Remind of what victims must be told: before, on the day, when late, then the leaders."""
    return sum(_remind(one) for one in queries.reminders_to_give(clock.today()))


@every(10, name="mail-reminders", between=("08:00", "18:00"), order=22)
def mail_reminders() -> int:
    """Write each person with reminders the one mail of a working day, from 08:00 in London.

    The mail of a day on which the scheduler stood still at eight goes later, until 18:00.
    """
    if not rules.is_time_to_mail(clock.now()) or not settings.is_on("reminders.mail"):
        return 0
    people = queries.people_to_mail(clock.today())
    return sum(commands.mail_reminders(one, actor=MAILER) for one in people)


def _remind(one: queries.ToGive) -> bool:
    if one.leader_id is None:
        return commands.remind_manager(
            one.duty_id, kind=one.kind, due_on=one.due_on, actor=REMINDER
        )
    return commands.remind_leader(
        one.duty_id, kind=one.kind, leader_id=one.leader_id, due_on=one.due_on, actor=REMINDER
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
