"""When people are asked how we did, invitations are followed, and the box is opened."""

from __future__ import annotations

from beacon.core.actor import machine
from beacon.core.timetable import every
from beacon.surveys import commands, queries
from beacon.surveys.terms import Point

INVITES, FOLLOWS, OPENS = (
    machine("invite-to-surveys"),
    machine("follow-surveys"),
    machine("open-survey-box"),
)


@every(10, name="invite-to-surveys", between=("09:00", "16:00"), order=19)
def invite_to_surveys() -> int:
    """Ask whoever is to be asked by now; how many were decided on."""
    decided = 0
    for point in Point:
        for case_id in queries.due_after(point):
            commands.invite(case_id, point, actor=INVITES)
            decided += 1
    return decided


@every(10, name="follow-surveys", order=36)
def follow_surveys() -> int:
    """See what became of those that are on their way."""
    return sum(commands.follow(one, actor=FOLLOWS) for one in queries.to_follow())


@every(60, name="end-surveys", order=37)
def end_surveys() -> int:
    """End the links whose time is over, and those of people who may not be asked any more."""
    ended = (commands.withdraw_if_unsafe(one, actor=FOLLOWS) for one in queries.live_ones())
    return sum(ended)


@every(60, name="open-survey-box", between=("01:00", "06:00"), order=92)
def open_survey_box() -> int:
    """Count the answers of months that are over; the rest is shuffled where it lies."""
    return commands.empty_box(actor=OPENS)


@every(60, name="sweep-surveys", order=93)
def sweep_surveys() -> int:
    """Remove answers that were never sent, and yesterday's counts of wrong links."""
    return commands.sweep()
