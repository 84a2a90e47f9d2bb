"""What stands in one person's calendar: a day, an hour, and a word that names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.calls import access as calls
from beacon.calls.models import CallMessage
from beacon.calls.terms import RingBack
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import TaskKind
from beacon.core import clock, roles, scope
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.sealed import blind_index
from beacon.courts.queries.gathered import hearings_between
from beacon.mine.models import CalendarLink
from beacon.mine.terms import MinePermission
from beacon.plans import queries as plans

BEFORE = timedelta(days=14)
AHEAD = timedelta(days=90)
AT_MOST = 500
COURT, RING_BACK, PROMISE, APPOINTMENT = "Court", "Ring back", "Promise", "Appointment"
_TITLES = {"Promise": PROMISE, "Session": APPOINTMENT}  # of what the desk calls so


@dataclass(frozen=True, kw_only=True)
class Event:
    """One line of a calendar: a whole day, or a moment of it."""

    uid: str
    title: str
    on: date
    at: datetime | None = None  # in London, where an hour is known
    reference: str = ""


def link_of(actor: Actor) -> CalendarLink | None:
    """The link of this person's own calendar, revoked or not."""
    return db.session.scalars(scope.visible(actor, CalendarLink)).first()


def token_index(token: str) -> str:
    """By what the secret of a link is recognised."""
    return blind_index("calendar", token)


def owner_of(token: str) -> tuple[Actor, CalendarLink] | None:
    """Whose calendar a secret opens, as long as they work here and may have one."""
    row = db.session.execute(
        sa.select(CalendarLink, Staff)
        .join(Staff, Staff.id == CalendarLink.staff_id)
        .where(CalendarLink.token_index == token_index(token))
    ).first()
    if row is None:
        return None
    link, person = row[0], row[1]
    if not person.may_sign_in(clock.today()):
        return None
    if not roles.may(person.roles, MinePermission.TOOLS):
        return None
    actor = Actor(
        kind="staff",
        id=person.id,
        name=person.name,
        team_id=person.team_id,
        agency=person.agency,
        roles=person.roles,
    )
    return actor, link


def events_of(actor: Actor) -> list[Event]:
    """Hearings, promises, appointments and calls to make of this person's own cases."""
    first, last = clock.today() - BEFORE, clock.today() + AHEAD
    found = [*_hearings(actor, first, last), *_messages(actor), *_planned(actor, last)]
    again = (TaskKind.RING_AGAIN,)
    for task in cases.open_tasks(actor, manager_id=actor.id, kinds=again, at_most=AT_MOST):
        found.append(
            Event(
                uid=f"task-{task.task_id}",
                title=RING_BACK,
                on=task.due_on,
                reference=task.reference,
            )
        )
    return sorted(found, key=lambda one: (one.on, one.uid))


def _hearings(actor: Actor, first: date, last: date) -> list[Event]:
    """Each hearing once, whichever of this person's cases it is of."""
    found: dict[int, Event] = {}
    for row in db.session.execute(hearings_between(actor, first, last).limit(AT_MOST)):
        at = None
        if row.starts_at is not None:
            at = datetime.combine(row.held_on, row.starts_at, tzinfo=clock.LONDON)
        event = Event(
            uid=f"hearing-{row.hearing_id}",
            title=COURT,
            on=row.held_on,
            at=at,
            reference=row.reference,
        )
        found.setdefault(row.hearing_id, event)
    return list(found.values())


def _messages(actor: Actor) -> list[Event]:
    query = (
        sa.select(CallMessage.id, CallMessage.ring_on, CaseFile.reference)
        .outerjoin(CaseFile, CaseFile.id == CallMessage.case_id)
        .where(
            scope.condition(actor, CallMessage),
            calls.for_desk(actor),
            CallMessage.done_at.is_(None),
            CallMessage.way != RingBack.THEY_RING,
        )
        .order_by(CallMessage.ring_on, CallMessage.id)
        .limit(AT_MOST)
    )
    return [
        Event(
            uid=f"message-{row.id}",
            title=RING_BACK,
            on=row.ring_on,
            reference=row.reference or "",
        )
        for row in db.session.execute(query)
    ]


def _planned(actor: Actor, last: date) -> list[Event]:
    found = []
    for row in plans.to_do(actor, last, at_most=AT_MOST):
        if row.kind in _TITLES:
            # Of the address only its number: the reference leads to the case.
            number = next(value for name, value in row.args.items() if name != "reference")
            uid = f"{row.kind.lower()}-{number}"
            title = _TITLES[row.kind]
            found.append(Event(uid=uid, title=title, on=row.due_on, reference=row.reference))
    return found
