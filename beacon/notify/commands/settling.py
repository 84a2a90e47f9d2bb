"""Texts of which it is not known whether they left: swept up, asked about, given to a person."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor, machine
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.notify import queries
from beacon.notify.commands.recording import keep_sid, sids_taken
from beacon.notify.commands.sender import flag_by_code
from beacon.notify.gateway import CannotAsk, Found, Gateway
from beacon.notify.models import OutboundText, TextAttempt
from beacon.notify.post import post
from beacon.notify.queries import InDoubt
from beacon.notify.rules import CLAIM_MINUTES, PROVIDER_STATES, QUIET_MINUTES, may_move
from beacon.notify.terms import AttemptEnd, Reason, TextState

log = logging.getLogger(__name__)
S = TextState
SETTLING = machine("settle-texts")
# The provider's clock may be a little before ours, and a call may take some minutes.
BEFORE_CLAIM, AFTER_CLAIM = timedelta(minutes=3), timedelta(minutes=30)


@dataclass(frozen=True)
class Settled:
    """What asking about texts in doubt came to."""

    unknown: int = 0
    settled_sent: int = 0
    settled_not_sent: int = 0
    needs_a_person: int = 0

    @property
    def done(self) -> int:
        """How many are in doubt no longer, or wait for a person."""
        return self.settled_sent + self.settled_not_sent + self.needs_a_person


def sweep() -> int:
    """Call unknown what was claimed more than five minutes ago and never recorded.

    Never planned again: its call may have been made (security.md R6).
    """
    limit = clock.now() - timedelta(minutes=CLAIM_MINUTES)
    swept = 0
    for text_id, token in queries.claimed_before(limit):
        with transaction() as session:
            text = _locked(session, text_id)
            if text.state is S.CLAIMED and text.token == token:
                text.state = S.UNKNOWN
                _write_down(text, SETTLING, reason="claimed and never recorded")
                swept += 1
    return swept


def expire_overdue() -> int:
    """Give up what is still waiting when its time has passed (security.md R6)."""
    expired = 0
    for text_id in queries.overdue(clock.now()):
        with transaction() as session:
            text = _locked(session, text_id)
            if text.is_waiting and text.expires_at and text.expires_at <= clock.now():
                text.reason = text.reason or Reason.WINDOW_PASSED.value
                if text.state is S.HELD:
                    text.reason = Reason.HELD_TOO_LONG.value
                text.state, text.settled_at = S.EXPIRED, clock.now()
                _write_down(text, SETTLING, reason=text.reason)
                expired += 1
    return expired


def reconcile(*, quiet: timedelta = timedelta(minutes=QUIET_MINUTES)) -> Settled:
    """Settle what is unknown: by the journal, then by asking the provider; else ask a person.

    Nothing is ever sent again from here (security.md R6.5).
    """
    here = post()
    here.journal.refresh()
    in_doubt = queries.in_doubt(clock.now() - quiet)
    ends = [_settle(one, here.gateway, here.journal.says_not_sent(one.token)) for one in in_doubt]
    return Settled(
        unknown=len(in_doubt),
        settled_sent=ends.count(AttemptEnd.ACCEPTED),
        settled_not_sent=ends.count(AttemptEnd.NOT_SENT),
        needs_a_person=ends.count(AttemptEnd.UNKNOWN),
    )


def _settle(one: InDoubt, gateway: Gateway, is_not_sent: bool) -> AttemptEnd | None:
    if is_not_sent:
        return _write(one, S.PLANNED, AttemptEnd.NOT_SENT)
    db.session.remove()  # no connection waits while the provider is asked
    try:
        listed = gateway.find(one.to)
    except CannotAsk as fault:
        log.warning("the provider could not be asked", extra={"fault": str(fault)})
        return None
    matching = [found for found in listed if is_match(one, found)]
    free = queries.not_ours([found.sid for found in matching], one.text_id)
    kept = [found for found in matching if found.sid in free]
    if not kept:
        return _write(one, S.NEEDS_A_PERSON, AttemptEnd.UNKNOWN)
    state = PROVIDER_STATES.get(kept[0].status, S.ACCEPTED)
    return _write(one, state, AttemptEnd.ACCEPTED, found=kept)


def is_match(one: InDoubt, found: Found) -> bool:
    """Whether a message that the provider has is the text in doubt: the same words, the same time.

    Words before ours are allowed: a trial account adds some.
    """
    if not found.body.endswith(one.body):
        return False
    if found.created_at is None or clock.is_held():
        return True
    return one.claimed_at - BEFORE_CLAIM <= found.created_at <= one.claimed_at + AFTER_CLAIM


def _write(
    one: InDoubt, state: TextState, end: AttemptEnd, found: list[Found] | None = None
) -> AttemptEnd | None:
    with transaction() as session:
        text = _locked(session, one.text_id)
        if text.state is not S.UNKNOWN or text.token != one.token or not may_move(S.UNKNOWN, state):
            return None
        text.state, text.reason = state, ""
        if found:
            keep_sid(text, found[0].sid, sids_taken(session, [found[0].sid]))
            text.error_code = found[0].code
            flag_by_code(session, text.to_index, found[0].code, source="receipt")
            text.is_disputed = text.is_disputed or len(found) > 1
        if state is S.PLANNED:
            text.token, text.may_have_left = None, False
        if text.is_settled:
            text.settled_at = clock.now()
        _end_attempt(session, one.token, end)
        _write_down(text, SETTLING)
    return end


def send_again(text_id: int, *, reason: str, actor: Actor) -> None:
    """A person decides that a text in doubt is sent once more; it may then have gone twice."""
    with transaction() as session:
        text = _in_a_persons_hands(session, text_id)
        if text.expires_at is None or text.expires_at <= clock.now():
            raise RuleBroken("It is too late to send this text. Ring the person instead.")
        text.state, text.token, text.send_after = S.PLANNED, None, clock.now()
        text.reason, text.settled_at = "", None
        _decided(text, "text.sent_again", reason, actor)


def leave(text_id: int, *, reason: str, actor: Actor) -> None:
    """A person decides that a text in doubt is left as it is."""
    with transaction() as session:
        text = _in_a_persons_hands(session, text_id)
        text.state, text.reason = S.CANCELLED, Reason.LEFT_BY_PERSON.value
        text.settled_at = clock.now()
        _decided(text, "text.left", reason, actor)


def _decided(text: OutboundText, action: str, reason: str, actor: Actor) -> None:
    """What a person typed is kept, sealed, with the text; the log says that it was given."""
    text.decided_because = reason
    audit.record(action, text, actor, fields=("decided_because",), key=text.key)


def _in_a_persons_hands(session: Session, text_id: int) -> OutboundText:
    text = _locked(session, text_id)
    if text.state is not S.NEEDS_A_PERSON:
        raise RuleBroken("This text has been settled meanwhile. Look at it again.")
    return text


def _locked(session: Session, text_id: int) -> OutboundText:
    text = session.scalars(
        sa.select(OutboundText)
        .where(OutboundText.id == text_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if text is None:
        raise NotFound
    return text


def _end_attempt(session: Session, token: str, end: AttemptEnd) -> None:
    attempt = session.scalar(sa.select(TextAttempt).where(TextAttempt.token == token))
    if attempt is not None:
        attempt.ended, attempt.ended_at = end, clock.now()


def _write_down(text: OutboundText, actor: Actor, *, reason: str = "") -> None:
    audit.record(f"text.{text.state.value}", text, actor, reason=reason, key=text.key)
