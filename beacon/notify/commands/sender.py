"""The sender as a whole: paused, resumed, stopped by itself; numbers that are not texted."""

from __future__ import annotations

import logging

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor, machine
from beacon.core.db import insert_once, transaction
from beacon.core.errors import RuleBroken
from beacon.notify.models import OutboundText, SenderState, SuppressedNumber
from beacon.notify.readiness import RESTORED, SENDER, TO_RECONCILE
from beacon.notify.rules import NUMBER_FLAGS
from beacon.notify.terms import NumberFlag, TextState

log = logging.getLogger(__name__)
SENDING = machine("send-texts")


def sender(session: Session) -> SenderState:
    """The one row about the sender, locked, so that claims are counted one after another."""
    query = sa.select(SenderState).where(SenderState.name == SENDER).with_for_update()
    query = query.execution_options(populate_existing=True)
    row = session.scalars(query).one_or_none()
    if row is None:
        insert_once(
            session,
            SenderState.__table__,  # type: ignore[arg-type]
            name=SENDER,
            created_at=clock.now(),
            paused_by="",
            breaker_reason="",
        )
        row = session.scalars(query).one()
    return row


def pause(*, reason: str, actor: Actor) -> None:
    """Stop sending, until somebody says to go on."""
    with transaction() as session:
        row = sender(session)
        if row.paused_at is None:
            row.paused_at, row.paused_by, row.paused_reason = clock.now(), actor.name, reason[:200]
            audit.record("texts.paused", row, actor, fields=("paused_reason",))
    log.warning("texts are paused", extra={"by": actor.kind})


def resume(*, actor: Actor) -> None:
    """Go on sending: ends a pause, and closes the breaker that refused credentials opened.

    Refused after a restore until the texts are reconciled with the journal.
    """
    with transaction() as session:
        row = sender(session)
        if row.breaker_at and row.breaker_reason == RESTORED:
            raise RuleBroken(f"{RESTORED} {TO_RECONCILE}")
        if row.paused_at or row.breaker_at:
            row.paused_at, row.paused_by, row.paused_reason = None, "", ""
            row.breaker_at, row.breaker_reason = None, ""
            audit.record("texts.resumed", row, actor)


def open_breaker(reason: str) -> None:
    """Stop sending because every call would be refused (security.md T-11)."""
    with transaction() as session:
        row = sender(session)
        if row.breaker_at is None:
            row.breaker_at, row.breaker_reason = clock.now(), reason[:200]
            audit.record("texts.stopped", row, SENDING, reason=reason)
    log.error("the provider refuses us; texts are stopped")


def note_cap() -> None:
    """Write down that the most texts of one day have gone (security.md T-30)."""
    with transaction() as session:
        row = sender(session)
        if row.capped_on != clock.today():
            row.capped_on = clock.today()
            audit.record("texts.capped", row, SENDING)
            log.error("the most texts for one day have been sent; the rest wait")


def flag_number(
    session: Session,
    phone_index: str,
    flag: NumberFlag,
    *,
    source: str,
    actor: Actor = SENDING,
) -> SuppressedNumber | None:
    """Text this number no more, and take back what waits for it (domain.md 5.6).

    None where that is so already.
    """
    at = clock.now()
    is_new = insert_once(
        session,
        SuppressedNumber.__table__,  # type: ignore[arg-type]
        phone_index=phone_index,
        flag=flag,
        source=source,
        flagged_at=at,
        created_at=at,
    )
    row = session.scalars(
        sa.select(SuppressedNumber)
        .where(SuppressedNumber.phone_index == phone_index, SuppressedNumber.flag == flag)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if not is_new and row.lifted_at is None:
        return None
    row.lifted_at, row.flagged_at, row.source = None, at, source
    waiting = sa.select(OutboundText).where(
        OutboundText.to_index == phone_index,
        OutboundText.state.in_([TextState.PLANNED, TextState.HELD]),
    )
    for text in session.scalars(waiting.order_by(OutboundText.id).with_for_update()).all():
        text.state, text.reason, text.settled_at = (
            TextState.SUPPRESSED,
            flag.reason.value,
            clock.now(),
        )
        audit.record("text.suppressed", text, actor, reason=flag.value, key=text.key)
    audit.record("number.not_texted", row, actor, reason=flag.value)
    return row


def flag_by_code(session: Session, phone_index: str, code: int | None, *, source: str) -> None:
    """What the provider's code says about the number itself, if it says anything."""
    if code in NUMBER_FLAGS and phone_index:
        flag_number(session, phone_index, NUMBER_FLAGS[code], source=source)
