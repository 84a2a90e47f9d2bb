"""Sending what is due: claim, commit, journal, call, record. No connection is held in a call."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import BeaconError
from beacon.core.sealed import CannotUnseal
from beacon.notify import queries, register
from beacon.notify.commands.claiming import Capped, claim_some, window_of
from beacon.notify.commands.sender import SENDING, flag_by_code, note_cap, open_breaker, pause
from beacon.notify.commands.stepping import DIFFERS, has_stepped
from beacon.notify.gateway import Answer, Letter
from beacon.notify.journal import JournalUnwritable
from beacon.notify.models import OutboundText, TextAttempt
from beacon.notify.post import Post, post
from beacon.notify.readiness import why_stopped
from beacon.notify.rules import LARGEST_DRIFT, NUMBER_FLAGS, THREADS, back_off, may_move
from beacon.notify.terms import AttemptEnd, Reason, TextState

log = logging.getLogger(__name__)
S = TextState
# What one row's own facts may do to its claim; the others must still be sent.
FAULTS_OF_A_ROW = (BeaconError, CannotUnseal, LookupError, ValueError, TypeError, AttributeError)
# Set by whoever ends the process: calls under way are finished and recorded, no other is made.
stopping = threading.Event()


class SomeCouldNotBeClaimed(BeaconError):
    """Some texts could not be prepared for sending; each is in the log with its id."""


def send_due() -> int:
    """Send every text that is due, sixteen at a time at the most, and record what became of each.

    The first goes alone, so that refused credentials or a provider that is down cost one call.
    """
    if why := why_stopped():
        log.warning("no texts are sent", extra={"why": why})
        return 0
    here = post()
    if here.config.is_production and has_stepped(here.gateway):
        return 0
    at = clock.now()
    here.journal.refresh()
    open_now = [name for name in register.kinds() if window_of(register.kind_of(name)).is_open(at)]
    run = _Run(here, deque(queries.due(at, open_now)))
    with ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="texts") as pool:
        run.go(pool)
    if run.broken:
        raise SomeCouldNotBeClaimed(f"{run.broken} texts could not be prepared for sending.")
    return run.called


class _Run:
    """One pass over what is due."""

    def __init__(self, here: Post, due: deque[int]) -> None:
        self.here = here
        self.due = due
        self.width = 1
        self.called = 0
        self.broken = 0
        self.under_way: dict[Future[Answer], str] = {}

    def go(self, pool: ThreadPoolExecutor) -> None:
        """Keep as many calls under way as the pass may, until nothing is left."""
        while self.due or self.under_way:
            if stopping.is_set():
                self.due.clear()
            self._start_calls(pool)
            if self.under_way:
                db.session.remove()  # no connection waits while calls are made
                done, _ = wait(self.under_way, return_when=FIRST_COMPLETED)
                self._end({self.under_way.pop(call): call.result() for call in done})

    def _start_calls(self, pool: ThreadPoolExecutor) -> None:
        """As many claims in one commit as there are calls free; none waits for another's call."""
        while self.due and (free := self.width - len(self.under_way)) > 0:
            some = [self.due.popleft() for _ in range(min(free, len(self.due)))]
            for letter in self._claim(some):
                self.called += 1
                self.under_way[pool.submit(deliver, self.here, letter)] = letter.token

    def _claim(self, text_ids: list[int]) -> list[Letter]:
        try:
            return claim_some(text_ids)
        except Capped:
            self.due.clear()
            if not why_stopped():
                note_cap()
        except sa.exc.OperationalError:
            self.due.clear()  # the database is busy or gone: what is under way is more urgent
            self.broken += 1
            db.session.remove()
            log.error("the database could not take a claim")
        except FAULTS_OF_A_ROW as fault:
            if len(text_ids) > 1:  # one of them: each by itself, so that the others go
                return [letter for text_id in text_ids for letter in self._claim([text_id])]
            self.broken += 1
            log.error(
                "a text could not be claimed",
                extra={"text_id": text_ids[0], "fault": type(fault).__name__},
            )
        return []

    def _end(self, answers: Mapping[str, Answer]) -> None:
        _record_surely(answers)
        for answer in answers.values():
            if answer.refuses_us:
                open_breaker(f"The text provider refused our account or set-up ({answer.fault}).")
            if answer.refuses_us or answer.is_down or self._clocks_differ(answer):
                self.due.clear()
            else:
                self.width = THREADS

    @staticmethod
    def _clocks_differ(answer: Answer) -> bool:
        """Pause where this machine's clock and the provider's are apart (security.md D-07)."""
        if clock.is_held() or answer.drift is None or abs(answer.drift) <= LARGEST_DRIFT:
            return False
        pause(reason=DIFFERS, actor=SENDING)
        return True


def _record_surely(answers: Mapping[str, Answer]) -> None:
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
                    _record_surely({token: answer})
                return
        else:
            return


def deliver(here: Post, letter: Letter) -> Answer:
    """Journal the call, make it, and journal what certainly did not leave. No database in here."""
    try:
        here.journal.about_to_send(letter.token, letter.key, clock.now())
    except JournalUnwritable:
        return Answer(AttemptEnd.NOT_SENT, fault="journal", is_down=True, is_free=True)
    answer = here.gateway.send(letter)
    if answer.end in {AttemptEnd.NOT_SENT, AttemptEnd.REFUSED}:
        try:
            here.journal.not_sent(letter.token, clock.now())
        except JournalUnwritable:
            log.error("the journal could not take that a text was not sent")
    return answer


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
        return sum(
            _record_one(session, attempt, texts[attempt.text_id], answers[attempt.token])
            for attempt in attempts
        )


def _record_one(session: Session, attempt: TextAttempt, text: OutboundText, answer: Answer) -> bool:
    attempt.ended, attempt.ended_at = answer.end, clock.now()
    attempt.error_code, attempt.fault = answer.code, answer.fault[:60]
    if text.token != attempt.token:
        if answer.end in {AttemptEnd.ACCEPTED, AttemptEnd.UNKNOWN}:
            text.is_disputed = True  # it may have gone twice: a person must know
        return False
    _WRITE[answer.end](session, text, answer)
    audit.record(
        f"text.{text.state.value}",
        text,
        SENDING,
        operation=Operation.DISCLOSURE if text.may_have_left else Operation.ALTERATION,
        reason=answer.fault,
        key=text.key,
    )
    return True


def _accepted(session: Session, text: OutboundText, answer: Answer) -> None:
    keep_sid(session, text, answer.sid)
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


def keep_sid(session: Session, text: OutboundText, sid: str) -> None:
    """Keep the provider's name for the text; one that another text has is a matter to look at."""
    if text.provider_sid or not sid:
        text.is_disputed = text.is_disputed or bool(sid and text.provider_sid != sid)
        return
    taken = session.scalar(sa.select(OutboundText.id).where(OutboundText.provider_sid == sid))
    if taken is None:
        text.provider_sid = sid
    else:
        text.is_disputed = True
