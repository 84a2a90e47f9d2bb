"""Logging one attempt of a contact round: what came of it, and when the next try is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.calls import queries
from beacon.cases import commands as cases
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile, CaseTask, ContactLog
from beacon.cases.terms import CasePermission, ContactOutcome, TaskKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken, Stale
from beacon.entitlements.terms import Channel

LONGEST_WAIT = 92  # days until the next try: a later one is a plan, and no try
STALE = "Somebody else has logged a contact with them meanwhile. Read it, then save this again."


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One attempt to ring somebody."""

    outcome: ContactOutcome
    notes: str = ""
    again_on: date | None = None


def log_attempt(case: CaseFile, attempt: Attempt, *, seen: int, actor: Actor) -> ContactLog:
    """Log one attempt by telephone, and the day of the next.

    ``seen`` is the newest contact that the page showed: where there is another by now, nothing is
    logged. What was to be tried again until now is done with this.
    """
    with transaction() as session:
        row = held_for(case, actor, CasePermission.CONTACT)
        if queries.last_contact(row.id) != seen:
            raise Stale(STALE)
        _check(attempt)
        contact = cases.log_contact(
            row,
            channel=Channel.PHONE,
            outcome=attempt.outcome,
            notes=attempt.notes,
            at=clock.now(),
            actor=actor,
        )
        session.flush()
        waiting = session.scalars(
            sa.select(CaseTask)
            .where(
                CaseTask.case_id == row.id,
                CaseTask.kind == TaskKind.RING_AGAIN,
                CaseTask.done_at.is_(None),
            )
            .order_by(CaseTask.id)
        ).all()
        for task in waiting:
            cases.finish_task(task, actor=actor)
        if attempt.again_on is not None:
            cases.add_task(
                row.id,
                kind=TaskKind.RING_AGAIN,
                about=f"after:{contact.id}",
                due_on=attempt.again_on,
                actor=actor,
            )
        return contact


def _check(attempt: Attempt) -> None:
    if attempt.again_on is None:
        return
    days = (attempt.again_on - clock.today()).days
    if days < 0:
        raise RuleBroken("Enter a day that has not passed.", "again")
    if days > LONGEST_WAIT:
        raise RuleBroken("Enter a day within three months.", "again")
