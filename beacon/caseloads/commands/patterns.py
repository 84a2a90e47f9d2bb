"""When somebody works, what they carry and can do, when they are away, and who covers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import sqlalchemy as sa

from beacon.accounts.commands import still_may
from beacon.accounts.models import Staff
from beacon.audit import commands as audit
from beacon.caseloads import queries
from beacon.caseloads.access import MAY_COVER
from beacon.caseloads.models import Cover, Leave, ManagerStrength, WorkPattern
from beacon.caseloads.rules import half_hours_of
from beacon.caseloads.terms import USUAL_DAYS, CaseloadPermission, StrengthKind
from beacon.cases.commands.keeping import HOLD
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken

LONGEST = timedelta(days=400)
WORD_AT_MOST = 60
STALE = "Somebody else has just changed this. Look at it again."
OVER = "That day is over. Choose today or a later day."


@dataclass(frozen=True, kw_only=True)
class PatternGiven:
    """When somebody works, and how much they carry."""

    days: str = USUAL_DAYS
    hours: str = "37"
    capacity: int | None = None
    takes_new: bool = True
    strengths: Mapping[StrengthKind, Iterable[str]] = field(default_factory=dict)


def set_pattern(person: Staff, given: PatternGiven, *, version: int, actor: Actor) -> None:
    """Set the working pattern of somebody whom one leads, with their skills and districts."""
    days = "".join(sorted(set(given.days)))
    if not days or not set(days) <= set("1234567"):
        raise RuleBroken("Choose the days on which they work.", field="days")
    try:
        half_hours = half_hours_of(given.hours)
    except ValueError as wrong:
        raise RuleBroken(str(wrong), field="hours") from wrong
    with transaction() as session:
        _led(person, actor)
        session.get(Staff, person.id, with_for_update=HOLD | {"of": Staff})
        row = session.scalars(
            sa.select(WorkPattern).where(WorkPattern.staff_id == person.id).with_for_update()
        ).first()
        if (row.version if row else 0) != version:
            raise RuleBroken(STALE)
        if row is None:
            row = WorkPattern(staff_id=person.id, half_hours=half_hours, version=0)
            session.add(row)
        row.days, row.half_hours, row.capacity = days, half_hours, given.capacity
        row.takes_new, row.version = given.takes_new, row.version + 1
        _keep_strengths(person, given.strengths)
        audit.record("work_pattern.changed", row, actor, person=person.id)


def add_leave(person: Staff, first: date, last: date, *, actor: Actor) -> Leave:
    """Say when somebody is away: oneself, or whom one leads. Why is not asked."""
    _check_days(first, last)
    with transaction() as session:
        _own_or_led(person, actor)
        overlaps = sa.select(Leave.id).where(
            Leave.staff_id == person.id,
            Leave.taken_back_at.is_(None),
            Leave.starts_on <= last,
            Leave.ends_on >= first,
        )
        session.get(Staff, person.id, with_for_update=HOLD | {"of": Staff})
        if session.scalar(overlaps.limit(1)) is not None:
            raise RuleBroken(
                "Some of these days are leave already. Take that back first, or choose others.",
                field="first",
            )
        leave = Leave(staff_id=person.id, starts_on=first, ends_on=last, set_by_id=actor.id)
        session.add(leave)
        audit.record("staff_leave.added", leave, actor, person=person.id)
    return leave


def take_leave_back(leave: Leave, *, actor: Actor) -> None:
    """They are not away after all."""
    with transaction() as session:
        row = session.get_one(Leave, leave.id, with_for_update=HOLD, populate_existing=True)
        _own_or_led(session.get_one(Staff, row.staff_id), actor)
        if row.taken_back_at is None:
            row.taken_back_at = clock.now()
            audit.record("staff_leave.taken_back", row, actor, person=row.staff_id)


def start_cover(absent: Staff, cover: Staff, first: date, last: date, *, actor: Actor) -> Cover:
    """Let a colleague answer for somebody's cases from one day to another, and no longer.

    A form that was sent twice makes one cover, so that ending it ends it.
    """
    _check_days(first, last)
    with transaction() as session:
        _led(absent, actor)
        if cover.id == absent.id:
            raise RuleBroken("Choose somebody else: nobody covers themselves.", field="cover")
        if MAY_COVER.isdisjoint(cover.roles) or not cover.may_sign_in(clock.today()):
            raise RuleBroken(f"{cover.name} does not manage cases. Choose somebody else.", "cover")
        away = queries.absences_of([cover.id], from_day=clock.today()).get(cover.id, [])
        if any(one.first <= last and one.last >= first for one in away):
            raise RuleBroken(
                f"{cover.name} is away on some of these days. Choose somebody else.", "cover"
            )
        session.get(Staff, absent.id, with_for_update=HOLD | {"of": Staff})
        said = {
            "absent_id": absent.id, "cover_id": cover.id, "starts_on": first, "ends_on": last,
        }  # fmt: skip
        if same := session.scalars(sa.select(Cover).filter_by(**said, ended_at=None)).first():
            return same
        row = Cover(**said, set_by_id=actor.id)
        session.add(row)
        audit.record("case_cover.started", row, actor, absent=absent.id, cover=cover.id)
    return row


def end_cover(cover: Cover, *, actor: Actor) -> None:
    """End a cover now: from the next page on the colleague sees those cases no more."""
    with transaction() as session:
        row = session.get_one(Cover, cover.id, with_for_update=HOLD | {"of": Cover})
        _led(row.absent, actor)
        if row.ended_at is None:
            row.ended_at = clock.now()
            audit.record("case_cover.ended", row, actor, absent=row.absent_id, cover=row.cover_id)


def _check_days(first: date, last: date) -> None:
    if last < first:
        raise RuleBroken("The last day must not be before the first.", field="last")
    if last < clock.today():
        raise RuleBroken(OVER, field="last")
    if last - first > LONGEST:
        raise RuleBroken("Choose a last day within thirteen months of the first.", field="last")


def _led(person: Staff, actor: Actor) -> None:
    """Refuse an order about somebody whom this person does not lead at this moment."""
    now = still_may(actor, CaseloadPermission.LEAD)
    if not now.is_machine:
        queries.get_led(now, person.id)


def _own_or_led(person: Staff, actor: Actor) -> None:
    now = still_may(actor, CaseloadPermission.OWN)
    if now.is_machine or now.id == person.id:
        return
    if not any(one.id == person.id for one in queries.who_manages()):
        raise NotFound
    _led(person, actor)


def _keep_strengths(person: Staff, given: Mapping[StrengthKind, Iterable[str]]) -> None:
    with transaction() as session:
        session.execute(sa.delete(ManagerStrength).where(ManagerStrength.staff_id == person.id))
        for kind, words in given.items():
            for word in dict.fromkeys(" ".join(one.split()) for one in words):
                if len(word) > WORD_AT_MOST:
                    raise RuleBroken(
                        f"Shorten this to {WORD_AT_MOST} letters at most: {word[:20]}…", kind.value
                    )
                if word:
                    session.add(ManagerStrength(staff_id=person.id, kind=kind, word=word))
