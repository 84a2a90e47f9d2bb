"""When somebody must be warned that an order, or the time to ask for something, runs out."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Alarm(StrEnum):
    """The two warnings before a last day: one in good time, one when it is near."""

    SOON = "soon"
    NEAR = "near"


def alarm_for(last_on: date, today: date, *, soon_days: int, near_days: int) -> Alarm | None:
    """Which warning is due on this day; None while it is too early for either.

    The nearer takes the place of the first. After the last day it is still due, so that a scheduler
    that stood still does not swallow it.
    """
    if today >= last_on - timedelta(days=near_days):
        return Alarm.NEAR
    if today >= last_on - timedelta(days=soon_days):
        return Alarm.SOON
    return None
