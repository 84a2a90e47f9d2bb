"""The claim: one short durable transaction in which a text is checked again and taken."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.core import clock, settings
from beacon.core.db import transaction
from beacon.core.errors import BeaconError
from beacon.notify import register
from beacon.notify.commands.sender import SENDING, sender
from beacon.notify.gateway import Letter
from beacon.notify.models import OutboundText, SenderState, TextAttempt
from beacon.notify.outbox import is_held, readdress, refusal_of
from beacon.notify.post import post
from beacon.notify.register import Kind, Verdict
from beacon.notify.rules import Window
from beacon.notify.terms import AttemptEnd, Reason, TextState

S = TextState
HOUR = timedelta(hours=1)
NOTHING_LEFT = (AttemptEnd.NOT_SENT, AttemptEnd.REFUSED)


class Capped(BeaconError):
    """No further text may leave now: the sender is stopped, or the day's most has gone."""


def window_of(kind: Kind) -> Window:
    """The hours of a kind, from the settings it names."""
    opens, closes = (time.fromisoformat(settings.value(name)) for name in kind.window)
    return Window(opens, closes)


def claim(text_id: int) -> Letter | None:
    """Take one text to send it now, or leave, cancel or suppress it. Committed before any call.

    Everything that decides whether it may leave is asked again in here: the feature that owns
    it, opt-outs, the numbers of victims, the environment, the caps and the hours
    (security.md R6, domain.md RULE 5.4).
    """
    return next(iter(claim_some([text_id])), None)


def claim_some(text_ids: Sequence[int]) -> list[Letter]:
    """The same for several texts at once, in the order given: one commit, on the disk, for all.

    A fault of one text undoes all of them; nothing has been called yet.
    """
    at, letters, is_capped = clock.now(), list[Letter](), False
    with transaction() as session:
        row = sender(session)
        room = _room(session, at)
        held = session.scalars(
            sa.select(OutboundText)
            .where(OutboundText.id.in_(text_ids), OutboundText.state == S.PLANNED)
            .order_by(OutboundText.id)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        ).all()
        texts = {text.id: text for text in held}
        for text in (texts[text_id] for text_id in text_ids if text_id in texts):
            try:
                letter = _claim_one(session, text, row, at, room - len(letters))
            except Capped:
                is_capped = True
                break
            letters += [letter] if letter else []
    if is_capped and not letters:
        raise Capped("No further text may leave now.")
    return letters


def _claim_one(
    session: Session, text: OutboundText, row: SenderState, at: datetime, room: int
) -> Letter | None:
    if text.send_after is None or text.expires_at is None:
        return None
    kind = register.kind_of(text.kind)
    window = window_of(kind)
    if not window.is_open(at) or text.send_after > at or text.expires_at <= at:
        return None
    if is_held(session, text):
        _hold(text)
        return None
    if not _is_still_right(session, text, kind, at):
        return None
    if _must_wait(session, text, row, at, room):
        return None
    return _take(session, text, window.seconds_left(at, text.expires_at), at)


def _hold(text: OutboundText) -> None:
    """Planned while its day was being held, so that the hold did not see it."""
    text.state, text.reason = S.HELD, Reason.HELD.value
    audit.record("text.held", text, SENDING, key=text.key)


def _take(session: Session, text: OutboundText, seconds: int, at: datetime) -> Letter | None:
    """Write the claim, and go on only if this claim is the one that changed the row."""
    token = secrets.token_hex(16)
    session.flush()
    taken = session.execute(
        sa.update(OutboundText)
        .where(OutboundText.id == text.id, OutboundText.state == S.PLANNED)
        .values(
            state=S.CLAIMED,
            token=token,
            claimed_at=at,
            attempts=OutboundText.attempts + 1,
            may_have_left=True,
            reason="",
        )
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return None
    session.add(TextAttempt(text_id=text.id, token=token, to_index=text.to_index, claimed_at=at))
    letter = Letter(
        to=text.to,
        body=text.body,
        token=token,
        key=text.key,
        valid_seconds=seconds,
        call_seconds=float(settings.count("texts.call_seconds")),
    )
    session.flush()
    session.expire(text)
    return letter


def _is_still_right(session: Session, text: OutboundText, kind: Kind, at: datetime) -> bool:
    """Ask the feature and the guards again; write down what stops the text."""
    answer = kind.ask(session, text.about_id, text.on_day)
    if answer.verdict is not Verdict.SEND:
        state = S.CANCELLED if answer.verdict is Verdict.CANCEL else S.SUPPRESSED
        return _stop(text, state, answer.reason, at)
    readdress(text, answer)
    if refusal := refusal_of(session, text):
        return _stop(text, S.SUPPRESSED, refusal.value, at)
    if token := left_before_a_restore(text):
        remember(session, text, token)
        return _stop(text, S.UNKNOWN, Reason.IN_THE_JOURNAL.value, at)
    if is_doubtful(text):
        return _stop(text, S.NEEDS_A_PERSON, Reason.AFTER_A_RESTORE.value, at)
    return True


def _stop(text: OutboundText, state: TextState, reason: str, at: datetime) -> bool:
    text.state, text.reason = state, reason
    text.settled_at = None if state is S.UNKNOWN else at
    audit.record(f"text.{state.value}", text, SENDING, reason=reason, key=text.key)
    return False


def left_before_a_restore(text: OutboundText) -> str | None:
    """The call for this text that the journal knows and the database does not (TM-20)."""
    last = post().journal.last_token(text.key)
    if last is None or last in {attempt.token for attempt in text.calls}:
        return None
    return last


def is_doubtful(text: OutboundText) -> bool:
    """Whether it may have left before a restore without a trace, and nobody has decided yet."""
    is_decided = text.decided_because_sealed is not None
    return not is_decided and post().journal.may_have_left_unknown(text.on_day, text.created_at)


def remember(session: Session, text: OutboundText, token: str) -> None:
    """Take a call back from the journal, so that receipts find it and the provider is asked."""
    made_at = post().journal.moment_of(token)
    text.token, text.claimed_at, text.may_have_left = token, made_at, True
    session.add(
        TextAttempt(
            text_id=text.id,
            token=token,
            to_index=text.to_index,
            claimed_at=made_at,
            ended=AttemptEnd.UNKNOWN,
        )
    )


def _must_wait(
    session: Session, text: OutboundText, row: SenderState, at: datetime, room: int
) -> bool:
    """Whether a cap stops this text for now. A stopped sender or a full day stops them all."""
    if row.paused_at or row.breaker_at:
        raise Capped("The sender is stopped.")
    if room <= 0:
        raise Capped("The most texts for one day have been sent.")
    midnight = clock.start_of_day(clock.london_day(at))
    in_hour, in_day = session.execute(
        sa.select(
            sa.func.count().filter(TextAttempt.claimed_at > at - HOUR),
            sa.func.count().filter(TextAttempt.claimed_at >= midnight),
        ).where(
            TextAttempt.to_index == text.to_index,
            TextAttempt.text_id != text.id,
            TextAttempt.claimed_at >= min(midnight, at - HOUR),
            TextAttempt.ended.not_in(NOTHING_LEFT),
        )
    ).one()
    if in_hour < settings.count("texts.per_number_hour") and in_day < settings.count(
        "texts.per_number_day"
    ):
        return False
    text.reason, text.send_after = Reason.NUMBER_CAP.value, at + HOUR / 4
    return True


def _room(session: Session, at: datetime) -> int:
    """How many more may leave today. The sender's row is held: nobody else adds meanwhile."""
    midnight = clock.start_of_day(clock.london_day(at))
    counted = sa.select(sa.func.count(TextAttempt.id)).where(
        TextAttempt.ended.not_in(NOTHING_LEFT), TextAttempt.claimed_at >= midnight
    )
    return settings.count("texts.daily_cap") - (session.scalar(counted) or 0)
