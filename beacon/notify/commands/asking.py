"""Asking the provider by ourselves: about texts without a receipt, and to forget what was said.

A receipt that never came is asked for after two hours (security.md W-16, W-17); the words of a
text that has ended are wiped at the provider a day later (T-32). No transaction is open in a call.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.db import db, transaction
from beacon.notify import received
from beacon.notify.commands.receipts import Receipt, Taken, record_receipt
from beacon.notify.commands.sending import stopping
from beacon.notify.gateway import CannotAsk
from beacon.notify.models import OutboundText
from beacon.notify.post import post
from beacon.notify.readiness import why_stopped
from beacon.notify.received import Named

log = logging.getLogger(__name__)
REDACTING = machine("redact-texts")


def ask_for_receipts() -> int:
    """Ask about each text of which no end was reported, and record the answer like a receipt.

    The number of texts that the answers moved forward.
    """
    return _each(received.silent(clock.now()), _ask_about)


def redact() -> int:
    """Have the provider wipe the words of texts that ended a day ago; how many were wiped."""
    if why_stopped() or post().config.forgetful:  # told at once to keep nothing
        return 0
    return _each(received.to_redact(clock.now()), _forget)


def _each(due: list[Named], do: Callable[[Named], bool]) -> int:
    """One call after another; the first that cannot be made ends the pass."""
    if not post().config.texts_are_real:
        return 0
    done = 0
    for one in due:
        if stopping.is_set():
            break
        db.session.remove()  # no connection waits while the provider is asked
        try:
            done += do(one)
        except CannotAsk as fault:
            log.warning("the provider could not be asked", extra={"fault": str(fault)})
            break
    return done


def _ask_about(one: Named) -> bool:
    found = post().gateway.look_up(one.sid)
    took = None
    if found is not None:
        took = record_receipt(Receipt(one.token, one.sid, found.status.lower(), found.code))
    _note(one, "asked_at")
    return took is Taken.APPLIED


def _forget(one: Named) -> bool:
    post().gateway.forget(one.sid)
    _note(one, "redacted_at", action="text.redacted")
    return True


def _note(one: Named, column: str, *, action: str = "") -> None:
    """Write down that it was done, so that it is not done again."""
    with transaction() as session:
        session.execute(
            sa.update(OutboundText)
            .where(OutboundText.id == one.text_id)
            .values({column: clock.now()})
            .execution_options(synchronize_session=False)
        )
        if action:
            subject = ("outbound_text", one.text_id)
            audit.record(action, subject, REDACTING, operation=Operation.ERASURE)
