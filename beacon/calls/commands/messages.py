"""Leaving a message for whoever has the case, and dealing with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.calls import access, queries
from beacon.calls.commands.ground import held_for_call
from beacon.calls.models import CallMessage
from beacon.calls.terms import CallPermission, Proof, RingBack
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile
from beacon.core import clock, scope
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner
from beacon.people import queries as people

LONGEST_WAIT = 31  # days: a caller who is to wait longer is better told so now


@dataclass(frozen=True, kw_only=True)
class Left:
    """What a caller asked to be told, and how they want to hear."""

    words: str
    ring_on: date | None
    hours: str
    way: RingBack


@dataclass(frozen=True, kw_only=True)
class SaidOfThemselves:
    """What somebody said of themselves whom the worker did not find."""

    name: str
    born: str = ""
    reference: str = ""
    number: str = ""


def leave_message(case: CaseFile, left: Left, *, proof: Proof, actor: Actor) -> CallMessage:
    """Leave a message for the manager of a case that this person may open.

    Only a way that is recorded as safe is taken (domain.md RULE 7.1).
    """
    with transaction():
        row = held_for_call(case, actor)
        ring_on = _checked(left)
        channel = left.way.channel
        card = people.contact_card(actor, row.victim)
        if channel is not None and (why := cases.cautions(card).get(channel)):
            raise RuleBroken(
                f"That way is not safe: {why} Choose another, or that they ring again.", "way"
            )
        nothing = SaidOfThemselves(name="")
        return _keep(row.id, left, ring_on, proof, nothing, actor)


def leave_unplaced(left: Left, said: SaidOfThemselves, *, actor: Actor) -> None:
    """Leave a message for somebody whom the worker did not find, or may not open.

    It goes to whoever has the case that it points to, and else to intake; which of the two, the
    worker does not learn, so that nobody learns on the telephone whom we know.
    """
    with transaction():
        still_may(actor, CallPermission.TAKE)
        ring_on = _checked(left)
        if not said.name.strip():
            raise RuleBroken("Enter the name that they gave.", "name")
        if left.way is not RingBack.THEY_RING and not said.number.strip():
            raise RuleBroken("Enter the number that they gave, or choose that they ring.", "number")
        case_id = queries.case_meant(
            name=said.name, born=said.born, reference=said.reference, number=said.number
        )
        _keep(case_id, left, ring_on, Proof.NONE, said, actor)


def show_number(message: CallMessage, *, actor: Actor) -> str:
    """The number that the caller gave, in full; each time is written down."""
    with transaction():
        row = _held(message, actor)
        audit.record(
            "call_message.number_shown",
            row,
            actor,
            operation=Operation.CONSULTATION,
            fields=("number",),
            case_id=row.case_id,
        )
        return row.number


def finish_message(message: CallMessage, *, actor: Actor) -> None:
    """Record that it was dealt with; a second time changes nothing."""
    with transaction():
        row = _held(message, actor)
        if row.is_open:
            row.done_at, row.done_by_id = clock.now(), actor.id
            audit.record("call_message.done", row, actor, case_id=row.case_id)


def _held(message: CallMessage, actor: Actor) -> CallMessage:
    now = still_may(actor, CallPermission.TAKE)
    with transaction() as session:
        row = session.scalars(
            scope.visible(now, CallMessage)
            .where(CallMessage.id == message.id, access.to_answer(now))
            .with_for_update(of=CallMessage)
            .execution_options(populate_existing=True)
        ).first()
    if row is None:
        raise NotFound
    return row


def _checked(left: Left) -> date:
    if not left.words.strip():
        raise RuleBroken("Enter what they want to be told.", "words")
    if left.ring_on is None:
        raise RuleBroken("Enter a day.", "ring_on")
    days = (left.ring_on - clock.today()).days
    if days < 0:
        raise RuleBroken("Enter a day that has not passed.", "ring_on")
    if days > LONGEST_WAIT:
        raise RuleBroken("Enter a day within a month.", "ring_on")
    return left.ring_on


def _keep(
    case_id: int | None,
    left: Left,
    ring_on: date,
    proof: Proof,
    said: SaidOfThemselves,
    actor: Actor,
) -> CallMessage:
    """Keep a message; a form that was sent twice leaves one (security.md L-05)."""
    reference = ", ".join(part for part in (said.born.strip(), said.reference.strip()) if part)
    sealed = {
        "words": left.words.strip(),
        "hours": left.hours.strip(),
        "caller": said.name.strip(),
        "number": said.number.strip(),
        "reference": reference,
    }
    plain = {"case_id": case_id, "ring_on": ring_on, "way": left.way, "by_id": actor.id}
    with transaction() as session:
        waiting = sa.select(CallMessage).filter_by(**plain, done_at=None)
        for one in session.scalars(waiting):
            if all((getattr(one, name) or "") == value for name, value in sealed.items()):
                return one
        message = CallMessage(**plain, proof=proof, left_at=clock.now(), by_name=actor.name)
        for name, value in sealed.items():
            setattr(message, name, value)
        session.add(message)
        session.flush()
        if said.number.strip():
            numbers.hold(said.number, Owner.CALLER, message.id, case_id=case_id)
        audit.record(
            "call_message.left",
            message,
            actor,
            operation=Operation.COLLECTION,
            case_id=case_id,
        )
        return message
