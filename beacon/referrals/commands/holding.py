"""Taking a referral in hand, so that no two people decide on the same one; and giving it back."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.accounts.commands import still_may
from beacon.accounts.models import Staff
from beacon.audit import commands as audit
from beacon.core import clock, settings
from beacon.core.actor import Actor
from beacon.core.db import insert_once, transaction
from beacon.core.errors import RuleBroken
from beacon.referrals.models import Referral, ReferralHold
from beacon.referrals.queries import Queue, Standing
from beacon.referrals.terms import ReferralPermission

LOOKED_AT_TOGETHER = 10  # where many take at the same moment, each finds another one among these


def take_next(*, after: Standing | None = None, actor: Actor) -> int | None:
    """Take the next referral of the queue in hand; its number, or None where none is free.

    Whoever still has one in hand is given that one. After a place in the queue, the one they had
    goes back first.
    """
    with transaction() as session:
        now = still_may(actor, ReferralPermission.TRIAGE)
        queue = Queue(viewer=now)
        if after is not None:
            _let_go(session, actor, after[-1])
        elif (own := _own(session, actor, queue)) is not None:
            return own
        for referral_id in queue.free(after, at_most=LOOKED_AT_TOGETHER):
            if not _take(session, referral_id, actor):
                continue
            if session.scalar(queue.ids().where(Referral.id == referral_id)) is None:
                _let_go(session, actor, referral_id)  # decided in the meantime
                continue
            audit.record("referral.taken_in_hand", ("referral", str(referral_id)), actor)
            return referral_id
    return None


def take_in_hand(referral: Referral, *, actor: Actor) -> None:
    """Take this one in hand; refused where somebody else has it."""
    with transaction() as session:
        still_may(actor, ReferralPermission.TRIAGE)
        if not _take(session, referral.id, actor):
            raise RuleBroken(_had_by(session, referral.id))
        audit.record("referral.taken_in_hand", referral, actor)


def give_back(referral: Referral, *, actor: Actor) -> None:
    """Put a referral back in the queue for whoever comes next; a second time changes nothing."""
    with transaction() as session:
        if _let_go(session, actor, referral.id):
            audit.record("referral.given_back", referral, actor)


def in_hand_of(referral: Referral, actor: Actor) -> None:
    """Refuse a decision on what somebody else has in hand; else it stays in the actor's hands.

    Called in the transaction of the decision. A machine has nothing in hand.
    """
    if actor.id is None:
        return
    with transaction() as session:
        if not _take(session, referral.id, actor):
            raise RuleBroken(_had_by(session, referral.id))


def let_go(referral: Referral) -> None:
    """Nobody has it in hand any more: it is decided. In the transaction of the decision."""
    with transaction() as session:
        session.execute(sa.delete(ReferralHold).where(ReferralHold.referral_id == referral.id))


def _take(session: Session, referral_id: int, actor: Actor) -> bool:
    """Take it where it is free, was anybody's too long ago, or is the actor's own."""
    at = clock.now()
    until = at + timedelta(minutes=settings.count("triage.hold_minutes"))
    table: sa.Table = ReferralHold.__table__  # type: ignore[assignment]
    mine = {"staff_id": actor.id, "until": until}
    if insert_once(session, table, referral_id=referral_id, created_at=at, **mine):
        return True
    changed = session.execute(
        sa.update(ReferralHold)
        .where(
            ReferralHold.referral_id == referral_id,
            sa.or_(ReferralHold.until <= at, ReferralHold.staff_id == actor.id),
        )
        .values(**mine)
        .returning(ReferralHold.id)
        .execution_options(synchronize_session=False)
    )
    return changed.first() is not None


def _own(session: Session, actor: Actor, queue: Queue) -> int | None:
    """What the actor has in hand and is still to be decided, kept for as long again."""
    held = sa.select(ReferralHold.referral_id).where(
        ReferralHold.staff_id == actor.id, ReferralHold.until > clock.now()
    )
    own = session.scalar(held.where(ReferralHold.referral_id.in_(queue.ids())).limit(1))
    if own is not None:
        _take(session, own, actor)
    return own


def _let_go(session: Session, actor: Actor, referral_id: int) -> bool:
    gone = session.execute(
        sa.delete(ReferralHold)
        .where(ReferralHold.referral_id == referral_id, ReferralHold.staff_id == actor.id)
        .returning(ReferralHold.id)
    )
    return gone.first() is not None


def _had_by(session: Session, referral_id: int) -> str:
    name, until = session.execute(
        sa.select(Staff.name, ReferralHold.until)
        .join(Staff, Staff.id == ReferralHold.staff_id)
        .where(ReferralHold.referral_id == referral_id)
    ).one()
    return (
        f"{name} has this referral in hand until {clock.london(until):%H:%M}. "
        "Take another, or ask them to give it back."
    )
