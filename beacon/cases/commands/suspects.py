"""Since when a crime has a known suspect: kept once, so that it can be listed by and counted."""

from __future__ import annotations

from beacon.audit import commands as audit
from beacon.cases.commands.keeping import held_crime
from beacon.cases.models import Crime
from beacon.cases.terms import SuspectStatus
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.entitlements.terms import Milestone

M = Milestone
NOBODY = frozenset({None, SuspectStatus.NONE, SuspectStatus.NFA})
# Of these, each is done to, or said of, somebody who is known.
KNOWN_BY = frozenset(
    {
        *(M.ARRESTED, M.INTERVIEWED_UNDER_CAUTION, M.BAILED, M.BAIL_CHANGED),
        *(M.RELEASED_UNDER_INVESTIGATION, M.OUT_OF_COURT_CONSIDERED, M.OUT_OF_COURT_DISPOSAL),
        *(M.CHARGED, M.HEARING_LISTED, M.HEARING_HELD, M.PLEADED_GUILTY, M.PLEADED_NOT_GUILTY),
        *(M.TRIAL_OUTCOME, M.SENTENCED, M.RELEASE_PLANNED),
    }
)


def note_suspect(crime: Crime, milestone: Milestone | None = None) -> None:
    """Write down that somebody is known, by the feed's status or by what has happened.

    The first moment stays. It is the moment of our own knowledge, not that of the arrest.
    """
    is_known = milestone in KNOWN_BY or crime.suspect_status not in NOBODY
    if is_known and crime.suspect_known_at is None:
        crime.suspect_known_at = clock.now()


def know_suspect(crime: Crime, *, actor: Actor) -> None:
    """Say that somebody is known to have done it, where neither feed nor milestone says so."""
    with transaction():
        row = held_crime(crime)
        if row.suspect_known_at is None:
            row.suspect_known_at = clock.now()
            audit.record("crime.suspect_known", row, actor)
