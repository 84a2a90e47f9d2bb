"""Writing a mail, and carrying out those that are due.

Nothing leaves inside a transaction: a mail is written in the transaction of what it tells of, and
a job carries it out. Unlike a text it may be sent twice after a crash, which does no harm.
"""

from __future__ import annotations

import logging
from datetime import timedelta

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor, machine
from beacon.core.db import db, transaction
from beacon.mail import post, queries, register, rules
from beacon.mail.gateway import Letter, NotSent
from beacon.mail.models import OutboundMail
from beacon.mail.terms import MailState

log = logging.getLogger(__name__)
SENDER = machine("send-mails")
SUBJECT_AT_MOST = 90
KEPT_FOR = timedelta(days=31)


def write(
    *,
    to: str,
    subject: str,
    body: str,
    kind: str = "",
    about_id: int | None = None,
    actor: Actor,
) -> OutboundMail:
    """Write a mail in the transaction of what it tells of. Its subject never names a victim.

    One that is not to a member of staff has a kind, whose feature is asked again before it leaves.
    """
    line = " ".join(subject.split())
    if not line or len(line) > SUBJECT_AT_MOST:
        raise ValueError("a mail needs a subject of one short line")
    with transaction() as session:
        mail = OutboundMail(subject=line, send_after=clock.now(), kind=kind, about_id=about_id)
        mail.to, mail.body = to, body
        session.add(mail)
        audit.record("mail.written", mail, actor)
    return mail


def send_due() -> int:
    """Carry out the mails that are due, one at a time; give how many have left."""
    sent, door = 0, post.door()
    for mail_id in queries.due():
        letter = _taken(mail_id)
        if letter is None:
            continue
        try:
            door.send(letter)
        except NotSent as failure:
            _not_sent(mail_id, failure)
            if failure.is_down:  # the others would only be tried in vain
                break
        else:
            _sent(mail_id)
            sent += 1
    return sent


def _sent(mail_id: int) -> None:
    with transaction():
        mail = db.session.get_one(OutboundMail, mail_id)
        mail.state, mail.sent_at, mail.error = MailState.SENT, clock.now(), ""
        mail.body = ""
        audit.record("mail.sent", mail, SENDER, operation=Operation.DISCLOSURE)


def _taken(mail_id: int) -> Letter | None:
    """Take a mail in hand: from now on it is not due again before the next try."""
    with transaction() as session:
        mail = session.scalar(
            sa.select(OutboundMail).where(OutboundMail.id == mail_id).with_for_update()
        )
        if mail is None or mail.state is not MailState.PLANNED or mail.send_after > clock.now():
            return None
        if not register.may_leave(mail.kind, mail.about_id):
            mail.state, mail.body = MailState.STOPPED, ""
            audit.record("mail.stopped", mail, SENDER)
            return None
        mail.attempts += 1
        mail.send_after = clock.now() + rules.wait_after(mail.attempts)
        return Letter(f"M{mail.id}", mail.to, mail.subject, mail.body)


def _not_sent(mail_id: int, failure: NotSent) -> None:
    with transaction():
        mail = db.session.get_one(OutboundMail, mail_id)
        mail.error = failure.fault[:60]
        if failure.for_good or rules.is_given_up(mail.attempts):
            mail.state = MailState.FAILED
            mail.body = ""
            audit.record("mail.given_up", mail, SENDER)
    log.warning("a mail could not be sent", extra={"mail": mail_id, "fault": failure.fault})


def sweep() -> int:
    """Remove the mails that are long done with."""
    before = clock.now() - KEPT_FOR
    with transaction() as session:
        gone = session.execute(
            sa.delete(OutboundMail).where(
                OutboundMail.state != MailState.PLANNED, OutboundMail.created_at < before
            )
        ).rowcount  # type: ignore[attr-defined]
        if gone:
            audit.record(
                "mail.swept",
                ("outbound_mail", "old"),
                machine("sweep-mails"),
                operation=Operation.ERASURE,
                rows=gone,
            )
        return int(gone)
