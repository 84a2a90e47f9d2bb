"""The words of a text about a hearing, from what is true of it now."""

from __future__ import annotations

from datetime import date

from beacon.courts.messages import Bailed, CourtReminder, NotGoingAhead, Requisitioned, Rescheduled
from beacon.courts.models import Hearing
from beacon.courts.rules import bail_wording, spoken_day, spoken_time, spoken_when


def reminder(hearing: Hearing, *, sent_on: date) -> CourtReminder:
    """The words for one hearing, with the consequence that is true for this defendant."""
    assert hearing.starts_at is not None
    words = Bailed if bail_wording(hearing.remand, hearing.initiation) else Requisitioned
    return words(
        court=hearing.court.name,
        postcode=hearing.court.postcode,
        when=spoken_when(sent_on, hearing.held_on),
        day=spoken_day(hearing.held_on),
        time=spoken_time(hearing.starts_at),
    )


def rescheduled(hearing: Hearing, *, told_day: date, sent_on: date) -> Rescheduled:
    """The correction for a hearing that is still to be held, but not as it was told."""
    assert hearing.starts_at is not None
    return Rescheduled(
        was=spoken_day(told_day),
        court=hearing.court.name,
        postcode=hearing.court.postcode,
        when=spoken_when(sent_on, hearing.held_on),
        day=spoken_day(hearing.held_on),
        time=spoken_time(hearing.starts_at),
    )


def not_going_ahead(court: str, *, told_day: date) -> NotGoingAhead:
    """The correction for a hearing that is off the list, with no word about a new one."""
    return NotGoingAhead(was=spoken_day(told_day), court=court)
