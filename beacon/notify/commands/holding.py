"""Holds: one text, or all of a day, kept back by a person until somebody lets it go."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import insert_once, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.notify.commands.sender import sender
from beacon.notify.models import OutboundText, TextHold
from beacon.notify.outbox import days_held
from beacon.notify.terms import Reason, TextState

S = TextState
TOO_LATE = "This text is already on its way, or settled. It is too late to hold it."


def hold(text_id: int, *, actor: Actor) -> None:
    """Keep one text back until somebody lets it go. It works until the text is claimed."""
    with transaction() as session:
        text = _locked(session, text_id)
        if not text.is_waiting:
            raise RuleBroken(TOO_LATE)
        _hold(text)
        text.hold = True
        audit.record("text.held", text, actor, key=text.key)


def release(text_id: int, *, actor: Actor) -> None:
    """Let one text go, although all the others of its day may stay held."""
    with transaction() as session:
        text = _locked(session, text_id)
        if text.state is not S.HELD:
            raise RuleBroken("This text is not held any more. Look at it again.")
        if text.expires_at is None or text.expires_at <= clock.now():
            raise RuleBroken("It is too late to send this text. Ring the person instead.")
        text.hold = False if days_held(session, [text.on_day]) else None
        _let_go(text)
        audit.record("text.released", text, actor, key=text.key)


def hold_day(on: date, *, actor: Actor) -> int:
    """Keep back every text about a day, and each that is still to be planned; how many waited.

    The sender's row is locked first, as a claim locks it: what is claimed after this is held.
    """
    with transaction() as session:
        sender(session)
        _write_hold(session, on, actor)
        texts = _waiting(session, on)
        for text in texts:
            _hold(text)
            text.hold = text.hold or None  # one that was let go is held again with the others
        row = session.scalars(_of_day(on)).one()
        audit.record("texts.held", row, actor, day=on.isoformat(), texts=len(texts))
        return len(texts)


def release_day(on: date, *, actor: Actor) -> int:
    """Let the texts about a day go; those that were held one by one stay held. How many went on."""
    with transaction() as session:
        sender(session)
        row = session.scalars(_of_day(on).with_for_update()).one_or_none()
        if row is None or row.released_at is not None:
            raise RuleBroken("The texts of this day are not held any more. Look at them again.")
        row.released_at = clock.now()
        texts = [text for text in _waiting(session, on) if not text.hold]
        for text in texts:
            text.hold = None
            _let_go(text)
        audit.record("texts.released", row, actor, day=on.isoformat(), texts=len(texts))
        return len(texts)


def _hold(text: OutboundText) -> None:
    text.state, text.reason = S.HELD, Reason.HELD.value


def _let_go(text: OutboundText) -> None:
    text.state, text.reason = S.PLANNED, ""


def _write_hold(session: Session, on: date, actor: Actor) -> None:
    facts = {"held_at": clock.now(), "held_by": actor.name[:100]}
    table: sa.Table = TextHold.__table__  # type: ignore[assignment]
    if not insert_once(session, table, on_day=on, created_at=clock.now(), **facts):
        row = session.scalars(_of_day(on).with_for_update()).one()
        row.released_at = None
        row.held_at, row.held_by = clock.now(), actor.name[:100]


def _of_day(on: date) -> sa.Select[TextHold]:
    return (
        sa.select(TextHold).where(TextHold.on_day == on).execution_options(populate_existing=True)
    )


def _waiting(session: Session, on: date) -> list[OutboundText]:
    return list(
        session.scalars(
            sa.select(OutboundText)
            .where(OutboundText.on_day == on, OutboundText.state.in_([S.PLANNED, S.HELD]))
            .order_by(OutboundText.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def _locked(session: Session, text_id: int) -> OutboundText:
    text = session.get(OutboundText, text_id, with_for_update=True, populate_existing=True)
    if text is None:
        raise NotFound
    return text
