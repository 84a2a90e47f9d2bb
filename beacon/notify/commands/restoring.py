"""After a restore: what left since the backup is found in the journal, or a person decides.

The journal, a file outside the database, knows every call. Without it nobody does, and each text
that may have left waits for a person (security.md B-05, B-06; decision 0018).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.core import clock, restored, settings
from beacon.core.actor import Actor
from beacon.core.bank_holidays import CalendarEnds
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.working_days import next_working_day
from beacon.notify import queries
from beacon.notify.commands.claiming import left_before_a_restore, remember
from beacon.notify.commands.sender import sender
from beacon.notify.commands.settling import SETTLING, Settled, expire_overdue, reconcile, sweep
from beacon.notify.models import OutboundText
from beacon.notify.post import post
from beacon.notify.readiness import RESTORED, waits_for_journal
from beacon.notify.rules import WAITING
from beacon.notify.terms import Reason, TextState

S = TextState
NEVER_LEFT = frozenset({S.CANCELLED, S.SUPPRESSED, S.EXPIRED})
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reconciled:
    """What reconciling a restored database came to."""

    settled: Settled
    journal_is_ours: bool
    unknown_left: int  # the provider could not be asked about these
    for_a_person: int  # texts that wait because nobody knows whether they left


def stand_still(session: Session, *, actor: Actor) -> None:
    """Stop the sender until the texts are reconciled. In the transaction of the adoption."""
    row = sender(session)
    row.breaker_at, row.breaker_reason = clock.now(), RESTORED
    # What somebody decided before the backup may have been carried out after it.
    waiting = sa.update(OutboundText).where(OutboundText.state.in_(WAITING))
    session.execute(waiting.values(decided_because_sealed=None))
    audit.record("texts.stopped", row, actor, reason=RESTORED)


def reconcile_after_restore(*, actor: Actor) -> Reconciled:
    """Find what left since the backup, ask the provider about it, and let the sender go on.

    It goes on where the journal is the one of the backup and the provider could be asked. Else
    every text that may have left waits for a person, and the sender stands still.
    """
    journal = post().journal
    journal.refresh()
    sweep()
    facts = restored.read(post().config.instance)
    if facts is None or not journal.knows_backup(facts.journal_mark):
        expire_overdue()
        held = _each(_may_have_left, _for_a_person)
        return Reconciled(Settled(), False, 0, held)
    _doubt_what_the_backup_does_not_know(datetime.fromisoformat(facts.restored_at))
    _each(_is_in_journal, _take_from_journal)
    expire_overdue()
    settled = reconcile(quiet=timedelta(0))
    left = len(queries.in_doubt(clock.now()))
    if not left:
        _go_on("texts.reconciled", actor)
    return Reconciled(settled, True, left, settled.needs_a_person)


def resume_without_journal(*, reason: str, actor: Actor) -> int:
    """A person decides to go on although nobody knows what left; each text in doubt waits for one.

    So do texts planned later for the days that were told already: they may have left before.
    """
    if not reason.strip():
        raise RuleBroken("Say why texts go on without the journal: --reason")
    if not waits_for_journal():
        raise RuleBroken("The sender does not wait for the journal: flask notify resume")
    here, at = post().journal, clock.now()
    here.doubt(secrets.token_hex(16), "all", _last_day_told(), at)
    here.refresh()
    held = _each(_may_have_left, _for_a_person)
    _go_on("texts.resumed_without_journal", actor, reason=reason)
    return held


def _doubt_what_the_backup_does_not_know(restored_at: datetime) -> None:
    """Days of which the journal names texts that the restored database has never heard of.

    A hearing that is listed anew may get another number than it had: by its key alone it would
    not be known again. What is planned anew for such a day waits for a person.
    """
    journal = post().journal
    near = (OutboundText.on_day >= clock.today(), OutboundText.created_at < restored_at)
    known = {text.key for text in db.session.scalars(sa.select(OutboundText).where(*near))}
    days = {_day_of(key) for key in journal.sent_keys() - known}
    for day in sorted(day for day in days if day and day >= clock.today()):
        journal.doubt(secrets.token_hex(16), "new", day, restored_at)
    journal.refresh()


def _day_of(key: str) -> date | None:
    try:
        return date.fromisoformat(key.rpartition(":")[2])
    except ValueError:
        return None


def _each(concerns: Callable[[OutboundText], bool], deal: Callable[[Session, int], bool]) -> int:
    """Deal with each text that concerns us, one a transaction; how many were dealt with."""
    waiting = sa.select(OutboundText).where(OutboundText.state.in_({*WAITING, *NEVER_LEFT}))
    ids = [t.id for t in db.session.scalars(waiting.order_by(OutboundText.id)) if concerns(t)]
    dealt = 0
    for text_id in ids:
        with transaction() as session:
            dealt += deal(session, text_id)
    return dealt


def _is_in_journal(text: OutboundText) -> bool:
    return left_before_a_restore(text) is not None


def _may_have_left(text: OutboundText) -> bool:
    """Whether it waits, for a day that was told already, and no person has decided about it."""
    is_near = text.on_day <= _last_day_told()
    return text.is_waiting and is_near and text.decided_because_sealed is None


def _last_day_told() -> date:
    """The last day about which texts may have left: tomorrow, or the next working day (0017)."""
    today = clock.today()
    if not settings.is_on("texts.on_working_day"):
        return today + DAY
    try:
        return max(next_working_day(today), today + DAY)
    except CalendarEnds:
        return today + DAY


def _locked(session: Session, text_id: int) -> OutboundText:
    query = sa.select(OutboundText).where(OutboundText.id == text_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _take_from_journal(session: Session, text_id: int) -> bool:
    text = _locked(session, text_id)
    token = left_before_a_restore(text)
    if token is None:
        return False
    remember(session, text, token)
    text.state, text.reason, text.settled_at = S.UNKNOWN, Reason.IN_THE_JOURNAL.value, None
    audit.record("text.unknown", text, SETTLING, reason=text.reason, key=text.key)
    return True


def _for_a_person(session: Session, text_id: int) -> bool:
    text = _locked(session, text_id)
    if not _may_have_left(text):
        return False
    text.state, text.reason = S.NEEDS_A_PERSON, Reason.AFTER_A_RESTORE.value
    text.settled_at = clock.now()
    audit.record("text.needs_a_person", text, SETTLING, reason=text.reason, key=text.key)
    return True


def _go_on(action: str, actor: Actor, *, reason: str = "") -> None:
    """The sender waits for the restore no more; a pause that somebody made is left as it is."""
    with transaction() as session:
        row = sender(session)
        if row.breaker_reason == RESTORED:
            row.breaker_at, row.breaker_reason = None, ""
        if reason and not row.paused_at:
            row.paused_reason = reason[:200]
        audit.record(action, row, actor, fields=("paused_reason",) if reason else ())
    restored.forget(post().config.instance)
