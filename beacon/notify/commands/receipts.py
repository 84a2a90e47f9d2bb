"""What the provider reports about a text. States only ever go forward."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.db import insert_once, transaction
from beacon.notify.commands.recording import keep_sid, sids_taken
from beacon.notify.commands.sender import flag_by_code
from beacon.notify.models import OutboundText, TextAttempt, TextEvent
from beacon.notify.rules import (
    FINAL_AT_PROVIDER,
    PROVIDER_STATES,
    may_move,
)
from beacon.notify.terms import AttemptEnd, TextState

log = logging.getLogger(__name__)
PROVIDER = machine("text provider")


@dataclass(frozen=True)
class Receipt:
    """One report about one text."""

    token: str
    sid: str
    status: str
    code: int | None = None

    @property
    def event_key(self) -> str:
        """What makes two posts the same report."""
        facts = "|".join((self.token, self.sid, self.status, str(self.code or "")))
        return hashlib.sha256(facts.encode()).hexdigest()


class Taken(StrEnum):
    """What was done with a report."""

    APPLIED = "applied"
    KEPT = "kept"
    SEEN_BEFORE = "seen_before"
    NOT_OURS = "not_ours"


def record_receipt(receipt: Receipt) -> Taken:
    """Keep one report of the provider and move the text forward by it.

    The same report twice is one; an older one changes nothing; one that contradicts the end
    already reported is kept and marked for a person (security.md W-04 to W-06, W-11, W-12).
    """
    with transaction() as session:
        attempt = session.scalar(sa.select(TextAttempt).where(TextAttempt.token == receipt.token))
        if attempt is None:
            log.warning("a report about a text that is not ours")
            return Taken.NOT_OURS
        text = session.scalars(
            sa.select(OutboundText)
            .where(OutboundText.id == attempt.text_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one()
        if not _keep(session, receipt, text.id):
            return Taken.SEEN_BEFORE
        return _apply(session, receipt, attempt, text)


def _keep(session: Session, receipt: Receipt, text_id: int) -> bool:
    return insert_once(
        session,
        TextEvent.__table__,  # type: ignore[arg-type]
        text_id=text_id,
        event_key=receipt.event_key,
        token=receipt.token,
        provider_sid=receipt.sid,
        status=receipt.status[:30],
        error_code=receipt.code,
        received_at=clock.now(),
        created_at=clock.now(),
        is_applied=False,
        is_conflict=False,
    )


def _apply(session: Session, receipt: Receipt, attempt: TextAttempt, text: OutboundText) -> Taken:
    state = PROVIDER_STATES.get(receipt.status)
    if attempt.ended is not AttemptEnd.ACCEPTED:
        attempt.ended, attempt.ended_at = AttemptEnd.ACCEPTED, clock.now()
    is_current = text.token in {receipt.token, None}
    if is_current:
        keep_sid(text, receipt.sid, sids_taken(session, [receipt.sid]))
    else:
        text.is_disputed = True  # an earlier call went out after all: it may have gone twice
    flag_by_code(session, text.to_index, receipt.code, source="receipt")
    if state is None:
        log.warning("the provider reports a state we do not know")
        return Taken.KEPT
    is_conflict = {state, text.state} <= FINAL_AT_PROVIDER and state is not text.state
    is_applied = is_current and may_move(text.state, state)
    _mark(session, receipt, is_applied=is_applied, is_conflict=is_conflict)
    if is_conflict:
        text.is_disputed = True
    if not is_applied:
        return Taken.KEPT
    _move(text, state, receipt)
    return Taken.APPLIED


def _move(text: OutboundText, state: TextState, receipt: Receipt) -> None:
    was_certain = text.state in {TextState.PLANNED, TextState.REJECTED, TextState.EXPIRED}
    text.is_disputed = text.is_disputed or was_certain  # we held that it had not left
    text.state, text.reason, text.token = state, "", receipt.token
    text.may_have_left, text.error_code = True, receipt.code
    text.settled_at = clock.now() if text.is_settled else None
    audit.record(f"text.{state.value}", text, PROVIDER, key=text.key)


def _mark(session: Session, receipt: Receipt, *, is_applied: bool, is_conflict: bool) -> None:
    session.execute(
        sa.update(TextEvent)
        .where(TextEvent.event_key == receipt.event_key)
        .values(is_applied=is_applied, is_conflict=is_conflict)
    )
