"""The words of a text about a hearing: from what is true of it now, in its person's language."""

from __future__ import annotations

from datetime import date

from beacon.courts import languages
from beacon.courts.messages import Bailed, CourtReminder, NotGoingAhead, Requisitioned, Rescheduled
from beacon.courts.models import Defendant, Hearing
from beacon.courts.rules import ENGLISH, Speech, bail_wording


def speech_for(person: Defendant) -> Speech:
    """How to speak to this person: English too where nobody has approved words in their language.

    Whoever needs such words is never texted (`eligible`); what is written for them is not sent.
    """
    return languages.spoken(person.interpreter_language) or ENGLISH


def reminder(hearing: Hearing, *, sent_on: date) -> CourtReminder:
    """The words for one hearing, with the consequence that is true for this defendant."""
    assert hearing.starts_at is not None
    words = Bailed if bail_wording(hearing.remand, hearing.initiation) else Requisitioned
    speech = speech_for(hearing.defendant)
    made: CourtReminder = speech.message(words)(
        court=hearing.court.name,
        postcode=hearing.court.postcode,
        when=speech.when(sent_on, hearing.held_on),
        day=speech.day(hearing.held_on),
        time=speech.time(hearing.starts_at),
    )
    return made


def rescheduled(hearing: Hearing, *, told_day: date, sent_on: date) -> Rescheduled:
    """The correction for a hearing that is still to be held, but not as it was told."""
    assert hearing.starts_at is not None
    speech = speech_for(hearing.defendant)
    made: Rescheduled = speech.message(Rescheduled)(
        was=speech.day(told_day),
        court=hearing.court.name,
        postcode=hearing.court.postcode,
        when=speech.when(sent_on, hearing.held_on),
        day=speech.day(hearing.held_on),
        time=speech.time(hearing.starts_at),
    )
    return made


def not_going_ahead(person: Defendant, court: str, *, told_day: date) -> NotGoingAhead:
    """The correction for a hearing that is off the list, with no word about a new one."""
    speech = speech_for(person)
    made: NotGoingAhead = speech.message(NotGoingAhead)(was=speech.day(told_day), court=court)
    return made
