"""One hearing at a time: list it, move it, vacate it, record what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.courts.commands.defendants import mark_wanted, unmark_wanted
from beacon.courts.commands.notices import tell_of_listing, withdraw_notice
from beacon.courts.commands.versions import keep_version
from beacon.courts.models import Court, Defendant, Hearing
from beacon.courts.queries.courts import find_court
from beacon.courts.terms import (
    Attendance,
    HearingOutcome,
    HearingStatus,
    Initiation,
    ListChange,
    Remand,
)

CHANGED_MEANWHILE = "Somebody else has just changed this hearing. Look at it again."


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Where and when a hearing is to be held."""

    court: Court
    held_on: date
    starts_at: time | None
    type_code: str
    room: str = ""
    remand: Remand | None = None
    initiation: Initiation | None = None


def list_hearing(
    defendant: Defendant,
    listing: Listing,
    *,
    status: HearingStatus = HearingStatus.LISTED,
    made_by_hand: bool = False,
    listed_at: datetime | None = None,
    received_at: datetime | None = None,
    actor: Actor,
) -> Hearing:
    """Put a hearing on the list and open the victims' right to know of it (Code Right 8)."""
    with transaction() as session:
        _refuse_a_second(session, defendant.id, listing.type_code, listing.held_on)
        hearing = Hearing(
            defendant=defendant,
            court=listing.court,
            held_on=listing.held_on,
            starts_at=listing.starts_at,
            type_code=listing.type_code,
            room=listing.room,
            remand=listing.remand,
            initiation=listing.initiation,
            status=status,
            made_by_hand=made_by_hand,
            listing_no=1,
        )
        session.add(hearing)
        keep_version(hearing, ListChange.CREATED, actor=actor)
        if hearing.is_live:
            tell_of_listing(hearing, listed_at=listed_at, received_at=received_at, actor=actor)
        return hearing


def move_hearing(
    hearing_id: int,
    *,
    court_code: str,
    held_on: date,
    starts_at: time | None,
    room: str = "",
    version: int,
    actor: Actor,
) -> Hearing:
    """Give the hearing another day, time or court. It stays the same hearing."""
    with transaction() as session:
        hearing = held_hearing(session, hearing_id, version)
        if hearing.outcome is not None:
            raise RuleBroken("This hearing is over. List a new one instead.")
        court = find_court(court_code)
        if court is None:
            raise RuleBroken("Choose a court from the list.", field="court")
        if held_on < clock.today():
            raise RuleBroken("The new date must be today or later.", field="held_on")
        if held_on != hearing.held_on:
            _refuse_a_second(session, hearing.defendant_id, hearing.type_code, held_on)
        new = {"court": court, "held_on": held_on, "starts_at": starts_at, "room": room}
        changed = {name for name, fact in new.items() if getattr(hearing, name) != fact}
        if not changed and hearing.status is HearingStatus.LISTED:
            raise RuleBroken("Nothing is different: change the date, the time or the court.")
        for name, fact in new.items():
            setattr(hearing, name, fact)
        was_live, hearing.status = hearing.is_live, HearingStatus.LISTED
        if not was_live or changed - {"room"}:
            hearing.listing_no += 1
        change = ListChange.MOVED if "held_on" in changed else ListChange.UPDATED
        keep_version(
            hearing, change if was_live else ListChange.RELISTED, changed=changed, actor=actor
        )
        tell_of_listing(hearing, actor=actor)
        return hearing


def vacate_hearing(hearing_id: int, *, version: int, actor: Actor) -> Hearing:
    """Take the hearing off the list; nobody is texted about it any more."""
    with transaction() as session:
        hearing = held_hearing(session, hearing_id, version)
        if not hearing.is_live:
            raise RuleBroken("This hearing is not listed any more.")
        hearing.status = HearingStatus.VACATED
        keep_version(hearing, ListChange.VACATED, changed=("status",), actor=actor)
        withdraw_notice(hearing, actor=actor)
        return hearing


def record_outcome(
    hearing_id: int,
    *,
    outcome: HearingOutcome,
    attendance: Attendance,
    version: int,
    actor: Actor,
) -> Hearing:
    """Write down what came of a hearing and whether the defendant came (RULE 5.1)."""
    with transaction() as session:
        hearing = held_hearing(session, hearing_id, version)
        if hearing.held_on > clock.today():
            raise RuleBroken("This hearing has not been held yet.")
        if hearing.status is HearingStatus.VACATED:
            raise RuleBroken("This hearing was vacated, so nothing came of it.")
        absent = {HearingOutcome.WARRANT, HearingOutcome.HEARD_IN_ABSENCE}
        if outcome in absent and attendance is Attendance.ATTENDED:
            raise RuleBroken(
                "That outcome is for a defendant who did not come.", field="attendance"
            )
        was, person = hearing.outcome, hearing.defendant
        if outcome is HearingOutcome.WARRANT:
            mark_wanted(person, actor=actor)
        elif was is HearingOutcome.WARRANT or attendance is Attendance.ATTENDED:
            unmark_wanted(person, actor=actor)
        hearing.outcome, hearing.attendance = outcome, attendance
        hearing.outcome_at = clock.now()
        keep_version(hearing, ListChange.OUTCOME, changed=("outcome", "attendance"), actor=actor)
        return hearing


def held_hearing(session: Session, hearing_id: int, version: int) -> Hearing:
    """The hearing as it is now, held for this change; refused where it changed meanwhile."""
    hearing = session.get(Hearing, hearing_id, with_for_update=True, populate_existing=True)
    if hearing is None:
        raise NotFound
    if hearing.version != version:
        raise RuleBroken(CHANGED_MEANWHILE)
    return hearing


def _refuse_a_second(session: Session, defendant_id: int, type_code: str, on: date) -> None:
    there = session.scalar(
        sa.select(Hearing.id).where(
            Hearing.defendant_id == defendant_id,
            Hearing.type_code == type_code,
            Hearing.held_on == on,
        )
    )
    if there is not None:
        raise RuleBroken(
            "This defendant already has a hearing of that type on that day.", field="held_on"
        )
