"""A forgotten password: asked for by anybody, answered by mail alone.

Asking writes the same row whether or not somebody has that address; only the job looks, so that
neither the page nor its time tells who has an account (security.md A-22).
"""

from __future__ import annotations

from beacon.accounts import queries
from beacon.accounts.commands.passwords import issue_setup_link, link_of
from beacon.accounts.models import SignInAttempt
from beacon.accounts.terms import AttemptKind, LinkPurpose
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock, settings
from beacon.core.actor import Actor, machine
from beacon.core.db import db, transaction
from beacon.mail import commands as mail

MAILED_IN_AN_HOUR = 5
SENDER = machine("send-resets")
WORDS = """\
Somebody, probably you, asked Beacon for a new password.

Set it here. The link works once, within {minutes} minutes:

{link}

If it was not you, there is nothing to do: your password stays as it is.
"""


def ask_for_reset(email: str, *, ip: str) -> None:
    """Write down that a new password was asked for; whether anybody has that address is not."""
    with transaction() as session:
        session.add(
            SignInAttempt(
                email_index=queries.email_index(email),
                kind=AttemptKind.RESET,
                succeeded=False,
                ip=ip[:45],
            )
        )
        audit.record(
            "accounts.reset_asked",
            ("staff", "unknown"),
            Actor(kind="nobody", name="unknown address", ip=ip),
            operation=Operation.CONSULTATION,
        )


def send_resets() -> int:
    """Mail a link to those who asked and have an account; give how many were mailed."""
    return sum(_answer(attempt_id) for attempt_id in queries.resets_asked())


def _answer(attempt_id: int) -> bool:
    with transaction():
        asked = db.session.get(SignInAttempt, attempt_id, with_for_update=True)
        if asked is None or asked.succeeded:
            return False
        asked.succeeded = True  # answered, whatever the answer is
        person = queries.by_index(asked.email_index)
        if person is None or not person.may_sign_in(clock.today()):
            return False
        if queries.resets_before(asked) >= MAILED_IN_AN_HOUR:
            return False
        token = issue_setup_link(person, purpose=LinkPurpose.RESET, actor=SENDER)
        minutes = settings.count("accounts.reset_minutes")
        words = WORDS.format(minutes=minutes, link=link_of(token))
        mail.write(to=person.email, subject="Beacon: a new password", body=words, actor=SENDER)
    return True
