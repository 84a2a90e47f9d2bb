"""Recording what calls came to: several in one commit, each only while its claim still stands."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.notify.commands.sender import SENDING, flag_by_code
from beacon.notify.gateway import Answer
from beacon.notify.models import OutboundText, TextAttempt
from beacon.notify.rules import NUMBER_FLAGS, back_off, may_move
from beacon.notify.terms import AttemptEnd, Reason, TextState

log = logging.getLogger(__name__)
S = TextState


def record_surely(answers: Mapping[str, Answer]) -> None:
    """Record, and once more where the database was busy; else the sweep finds it as unknown."""
    for may_try_again in (True, True, False):
        try:
            record_some(answers)
        except sa.exc.OperationalError:
            db.session.remove()
            if not may_try_again:
                if len(answers) == 1:
                    raise
                for token, answer in answers.items():
                    record_surely({token: answer})
                return
        else:
            return


def record(token: str, answer: Answer) -> bool:
    """Write down what a call came to, unless the text has meanwhile been claimed anew.

    A late worker holds an old token and changes nothing but its own call (security.md T-20).
    """
    return record_some({token: answer}) == 1


def record_some(answers: Mapping[str, Answer]) -> int:
    """The same for several calls by their tokens, in one commit; how many changed their text."""
    with transaction() as session:
        attempts = session.scalars(
            sa.select(TextAttempt).where(TextAttempt.token.in_(answers)).order_by(TextAttempt.id)
        ).all()
        # The texts are locked first, as a receipt locks one, so that the two never wait in a ring.
        held = session.scalars(
            sa.select(OutboundText)
            .where(OutboundText.id.in_({attempt.text_id for attempt in attempts}))
            .order_by(OutboundText.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).all()
        texts = {text.id: text for text in held}
        ended = [(texts[one.text_id], one, answers[one.token]) for one in attempts]
        taken = sids_taken(session, {answer.sid for answer in answers.values() if answer.sid})
        current = [
            (text, answer)
            for text, attempt, answer in ended
            if _end_one(session, attempt, text, answer, taken)
        ]
        session.flush()
        for text, answer in current:
            audit.record(
                f"text.{text.state.value}",
                (OutboundText.__tablename__, text.id),
                SENDING,
                operation=Operation.DISCLOSURE if text.may_have_left else Operation.ALTERATION,
                reason=answer.fault,
                key=text.key,
            )
        return len(current)


def _end_one(
    session: Session, attempt: TextAttempt, text: OutboundText, answer: Answer, taken: set[str]
) -> bool:
    attempt.ended, attempt.ended_at = answer.end, clock.now()
    attempt.error_code, attempt.fault = answer.code, answer.fault[:60]
    if text.token != attempt.token:
        if answer.end in {AttemptEnd.ACCEPTED, AttemptEnd.UNKNOWN}:
            text.is_disputed = True  # it may have gone twice: a person must know
        return False
    if answer.end is AttemptEnd.ACCEPTED:
        keep_sid(text, answer.sid, taken)
    _WRITE[answer.end](session, text, answer)
    return True


def _accepted(session: Session, text: OutboundText, answer: Answer) -> None:
    if may_move(text.state, S.ACCEPTED):  # a receipt may have come before our own answer (W-11)
        text.state, text.reason = S.ACCEPTED, ""


def _not_sent(session: Session, text: OutboundText, answer: Answer) -> None:
    if not may_move(text.state, S.PLANNED):
        return
    text.state, text.token, text.may_have_left = S.PLANNED, None, False
    if answer.is_free or answer.refuses_us:
        text.attempts -= 1
    else:
        wait_for = back_off(text.attempts, asked_seconds=answer.retry_after)
        text.send_after = clock.now() + wait_for


def _refused(session: Session, text: OutboundText, answer: Answer) -> None:
    if not may_move(text.state, S.REJECTED):
        return
    flag = NUMBER_FLAGS.get(answer.code or 0)
    text.state, text.may_have_left, text.settled_at = S.REJECTED, False, clock.now()
    text.error_code = answer.code
    text.reason = flag.reason.value if flag else Reason.REFUSED.value
    flag_by_code(session, text.to_index, answer.code, source="provider")
    if not flag:
        log.error("the provider refused a text", extra={"text_id": text.id, "code": answer.code})


def _unknown(session: Session, text: OutboundText, answer: Answer) -> None:
    if may_move(text.state, S.UNKNOWN):
        text.state, text.error_code = S.UNKNOWN, answer.code


_WRITE = {
    AttemptEnd.ACCEPTED: _accepted,
    AttemptEnd.NOT_SENT: _not_sent,
    AttemptEnd.REFUSED: _refused,
    AttemptEnd.UNKNOWN: _unknown,
}


def keep_sid(text: OutboundText, sid: str, taken: set[str]) -> None:
    """Keep the provider's name for the text; one that another text has is a matter to look at.

    `taken` are the names that texts have (`sids_taken`); this one is added.
    """
    if text.provider_sid or not sid:
        text.is_disputed = text.is_disputed or bool(sid and text.provider_sid != sid)
    elif sid in taken:
        text.is_disputed = True
    else:
        text.provider_sid = sid
        taken.add(sid)


def sids_taken(session: Session, sids: Collection[str]) -> set[str]:
    """Which of these names of the provider a text has already."""
    known = sa.select(OutboundText.provider_sid).where(OutboundText.provider_sid.in_(sids))
    return {sid for sid in session.scalars(known) if sid}
