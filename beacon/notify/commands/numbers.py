"""Numbers that are not texted any more: marked by a person, and let go again with a reason."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.notify.commands.sender import flag_number
from beacon.notify.models import NumberDecision, SuppressedNumber
from beacon.notify.terms import NumberFlag, NumberVerdict

BY_A_PERSON = "person"


def mark_number(
    session: Session, phone_index: str, flag: NumberFlag, *, because: str, actor: Actor
) -> None:
    """Text a number no more because a person says so. Joins the transaction it is called in."""
    row = flag_number(session, phone_index, flag, source=BY_A_PERSON, actor=actor)
    if row is not None:
        _write_down(session, row, NumberVerdict.MARKED, because, actor)


def lift_number(number_id: int, *, because: str, actor: Actor) -> None:
    """Text a number again because a person says why: they asked for it, or it was a mistake.

    What the provider itself blocks stays blocked there, and comes back as refused (21610).
    """
    with transaction() as session:
        row = session.get(SuppressedNumber, number_id, with_for_update=True, populate_existing=True)
        if row is None:
            raise NotFound
        if row.lifted_at is not None:
            raise RuleBroken("This number is texted again already. Nothing is left to change.")
        row.lifted_at = clock.now()
        _write_down(session, row, NumberVerdict.LIFTED, because, actor)
        audit.record("number.texted_again", row, actor, fields=("because",))


def lift_opt_out(session: Session, phone_index: str, *, actor: Actor) -> bool:
    """Text a number again whose owner said START; whether it had opted out."""
    row = session.scalar(
        sa.select(SuppressedNumber)
        .where(
            SuppressedNumber.phone_index == phone_index,
            SuppressedNumber.flag == NumberFlag.OPTED_OUT,
            SuppressedNumber.lifted_at.is_(None),
        )
        .with_for_update()
    )
    if row is None:
        return False
    row.lifted_at = clock.now()
    audit.record("number.texted_again", row, actor)
    return True


def _write_down(
    session: Session, row: SuppressedNumber, verdict: NumberVerdict, because: str, actor: Actor
) -> None:
    """Keep a person's decision; their reason is sealed."""
    decision = NumberDecision(number_id=row.id, verdict=verdict, by_name=actor.name, by_id=actor.id)
    decision.because = because
    session.add(decision)
