"""Sending what is due: claim, commit, journal, call, record. No connection is held in a call."""

from __future__ import annotations

import logging
import threading
import time as stopwatch
from collections import deque
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import BeaconError
from beacon.core.sealed import CannotUnseal
from beacon.notify import queries, register
from beacon.notify.commands.claiming import Capped, claim_some, window_of
from beacon.notify.commands.recording import record_surely
from beacon.notify.commands.sender import SENDING, note_cap, open_breaker, pause
from beacon.notify.commands.stepping import DIFFERS, has_stepped
from beacon.notify.gateway import Answer, Letter
from beacon.notify.journal import JournalUnwritable
from beacon.notify.post import Post, post
from beacon.notify.readiness import why_stopped
from beacon.notify.rules import LARGEST_DRIFT, THREADS
from beacon.notify.terms import AttemptEnd

log = logging.getLogger(__name__)

# What one row's own facts may do to its claim; the others must still be sent.
FAULTS_OF_A_ROW = (BeaconError, CannotUnseal, LookupError, ValueError, TypeError, AttributeError)
# A provider that answers within this many seconds may be handed the next text without a claim
# standing in between.
QUICK_SECONDS = 0.5
GATHER_SECONDS = 0.02
NOT_CALLED = Answer(AttemptEnd.NOT_SENT, fault="not called", is_free=True)
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
        self.is_quick = False
        self.under_way: dict[Future[Answer], str] = {}

    def go(self, pool: ThreadPoolExecutor) -> None:
        """Keep as many calls under way as the pass may, until nothing is left."""
        try:
            while self.due or self.under_way:
                if stopping.is_set():
                    self._call_no_more()
                self._start_calls(pool)
                if self.under_way:
                    db.session.remove()  # no connection waits while calls are made
                    self._end(self._answers())
        finally:
            self._call_no_more()

    def _answers(self) -> dict[str, Answer]:
        """What has been answered, by token: waits for one answer, and for others that are near.

        Several are recorded in one commit; no thread waits while others are claimed already.
        """
        wait(self.under_way, return_when=FIRST_COMPLETED)
        if len(self.under_way) > THREADS:
            wait(self.under_way, timeout=GATHER_SECONDS)
        done = [call for call in self.under_way if call.done()]
        return {self.under_way.pop(call): call.result() for call in done}

    def _start_calls(self, pool: ThreadPoolExecutor) -> None:
        """As many claims in one commit as there are calls free; none waits for another's call.

        While the provider is quick some are claimed before their turn, so that no thread waits
        for a commit; where it is slow none is, so that what is asked in the claim is still true.
        """
        ahead = self.width if self.is_quick and self.width > 1 else 0
        while self.due and (free := self.width + ahead - len(self.under_way)) > 0:
            some = [self.due.popleft() for _ in range(min(free, len(self.due), THREADS))]
            for letter in self._claim(some):
                self.under_way[pool.submit(self._deliver, letter)] = letter.token
                self.called += 1

    def _deliver(self, letter: Letter) -> Answer:
        begun = stopwatch.monotonic()
        answer = deliver(self.here, letter)
        self.is_quick = stopwatch.monotonic() - begun < QUICK_SECONDS
        return answer

    def _call_no_more(self) -> None:
        """Claim no more; what was claimed before its turn and not yet called is planned again."""
        self.due.clear()
        not_called = {token: call for call, token in self.under_way.items() if call.cancel()}
        for call in not_called.values():
            del self.under_way[call]
        self.called -= len(not_called)
        if not_called:
            record_surely(dict.fromkeys(not_called, NOT_CALLED))

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
        record_surely(answers)
        for answer in answers.values():
            if answer.refuses_us:
                open_breaker(f"The text provider refused our account or set-up ({answer.fault}).")
            if answer.refuses_us or answer.is_down or self._clocks_differ(answer):
                self._call_no_more()
            else:
                self.width = THREADS

    @staticmethod
    def _clocks_differ(answer: Answer) -> bool:
        """Pause where this machine's clock and the provider's are apart (security.md D-07)."""
        if clock.is_held() or answer.drift is None or abs(answer.drift) <= LARGEST_DRIFT:
            return False
        pause(reason=DIFFERS, actor=SENDING)
        return True


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
