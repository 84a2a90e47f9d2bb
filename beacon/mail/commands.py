"""Writing a mail to a member of staff: it waits in its table until a job carries it out."""

from __future__ import annotations

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.mail.models import OutboundMail


def write(*, to: str, subject: str, body: str, actor: Actor) -> OutboundMail:
    """Write down a mail to one address; it leaves with the next round."""
    with transaction() as session:
        mail = OutboundMail(subject=subject, send_after=clock.now(), to=to, body=body)
        session.add(mail)
        audit.record("mail.written", mail, actor)
        return mail
