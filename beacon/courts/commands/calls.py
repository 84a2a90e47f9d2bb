"""Writing down what came of a call to a defendant who could not be texted."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.courts.models import CourtCall, Hearing
from beacon.courts.queries.standing import standing_now
from beacon.courts.terms import CallOutcome, Standing
from beacon.notify.commands.sender import flag_number
from beacon.notify.terms import NumberFlag

# What a call found out about the number itself.
FLAGS = {
    CallOutcome.WRONG_NUMBER: NumberFlag.WRONG_PERSON,
    CallOutcome.NOT_IN_USE: NumberFlag.BAD_NUMBER,
}


def record_call(
    hearing_id: int, *, outcome: CallOutcome, note: str = "", seen: int, actor: Actor
) -> CourtCall:
    """Write down one call, by whom and when; a number that proved wrong is marked as such.

    `seen` is how many calls the page showed: two people who ring the same defendant at the same
    time do not write over each other.
    """
    with transaction() as session:
        hearing = session.get(Hearing, hearing_id, with_for_update=True, populate_existing=True)
        if hearing is None:
            raise NotFound
        _refuse_unless_listed(hearing, actor)
        before = sa.select(sa.func.count(CourtCall.id)).where(
            CourtCall.hearing_id == hearing.id, CourtCall.held_on == hearing.held_on
        )
        if session.scalar(before) != seen:
            raise RuleBroken("Somebody else has just rung this defendant. Look at what came of it.")
        index = hearing.defendant.mobile_index or ""
        call = CourtCall(
            hearing_id=hearing.id,
            held_on=hearing.held_on,
            outcome=outcome,
            rung_index=index,
            rung_at=clock.now(),
            by_name=actor.name[:100],
            by_id=actor.id,
        )
        call.note = note
        session.add(call)
        audit.record("hearing.rung", hearing, actor, came_to=outcome.value, fields=("outcome",))
        if index and outcome in FLAGS:
            flag_number(session, index, FLAGS[outcome], source="call")
        return call


def _refuse_unless_listed(hearing: Hearing, actor: Actor) -> None:
    """Only who is on the call list is rung, as the list stands at this moment."""
    if hearing.held_on < clock.today():
        raise RuleBroken("The day of this hearing is over, so there is nobody to ring about it.")
    now = standing_now(actor, hearing.id, hearing.held_on)
    if now is None:
        raise RuleBroken(
            "This hearing is not listed any more, so there is nobody to ring about it."
        )
    if now.standing is not Standing.CALL_LIST:
        why = f": {now.reason.rstrip('.')}" if now.reason else ""
        raise RuleBroken(f"This defendant is not on the call list ({now.standing.label}{why}).")
