"""Mails to staff: written with what they tell of, carried out by a job, tried again, given up."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.tray import FILE, Tray
from beacon.mail import commands, queries
from beacon.mail.models import OutboundMail
from beacon.mail.rules import ATTEMPTS_AT_MOST
from beacon.mail.terms import MailState
from beacon.ops import checks
from tests.factories import TEST
from tests.mail_server import MailServer, mail_server, mailing

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LINK = "https://beacon.example.org/set-password/abc"


@pytest.fixture
def server(app: Flask) -> Iterator[MailServer]:
    """A mail server, through which the application sends."""
    with mail_server() as here, mailing(app, f"smtp://127.0.0.1:{here.port}"), clock.fixed(NOON):
        yield here


def a_mail(**known: str) -> OutboundMail:
    usual = {"to": "kim@example.org", "subject": "Beacon: a link for you", "body": LINK}
    return commands.write(**usual | known, actor=TEST)


def the_mail() -> OutboundMail:
    db.session.rollback()
    return db.session.scalars(sa.select(OutboundMail)).one()


def test_a_mail_leaves_by_the_job_once_and_its_words_are_erased(server: MailServer):
    a_mail()
    assert server.taken == []
    assert commands.send_due() == 1
    assert commands.send_due() == 0
    (letter,) = server.messages
    assert (letter["To"], letter["Subject"]) == ("kim@example.org", "Beacon: a link for you")
    assert letter["From"] == "beacon@beacon.example.org"
    assert letter.get_payload().strip() == LINK
    sent = the_mail()
    assert (sent.state, sent.sent_at, sent.body_sealed) == (MailState.SENT, NOON, None)


def test_what_is_undone_is_not_told(server: MailServer):
    with suppress(LookupError), transaction():
        a_mail()
        raise LookupError
    assert commands.send_due() == 0
    assert server.taken == []


def test_a_mail_that_cannot_leave_is_tried_again_later_and_given_up_after_eight_times(
    server: MailServer,
):
    a_mail()
    server.refusals["DATA"] = "451 not now"
    moment, tries = NOON, []
    while the_mail().state is MailState.PLANNED:
        with clock.fixed(moment):
            commands.send_due()
            tries.append(the_mail().attempts)
            assert commands.send_due() == 0
            assert the_mail().attempts == tries[-1]  # not twice at one moment
        moment = the_mail().send_after
    assert tries == list(range(1, ATTEMPTS_AT_MOST + 1))
    given_up = the_mail()
    assert (given_up.state, given_up.body_sealed) == (MailState.FAILED, None)
    assert given_up.error == "SMTPDataError"
    with clock.fixed(moment):
        assert checks.mails().state == "warning"


def test_a_mail_leaves_at_a_later_try(server: MailServer):
    a_mail()
    server.refusals["RCPT"] = "450 later"
    commands.send_due()
    server.refusals.clear()
    with clock.fixed(the_mail().send_after):
        assert commands.send_due() == 1
    assert the_mail().attempts == 2


def test_an_address_that_the_server_does_not_know_is_given_up_at_once(server: MailServer):
    a_mail()
    server.refusals["RCPT"] = "550 nobody"
    commands.send_due()
    assert the_mail().state is MailState.FAILED


def test_while_the_server_is_down_only_one_mail_is_tried_in_a_pass(app: Flask):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{unused.getsockname()[1]}"
        a_mail()
        a_mail()
        with mailing(app, url):
            assert commands.send_due() == 0
    db.session.rollback()
    tried = db.session.scalars(sa.select(OutboundMail.attempts).order_by(OutboundMail.id))
    assert list(tried) == [1, 0]


@pytest.mark.allow_hosts(["127.0.0.1", "::1", "0.0.0.0"])  # noqa: S104
def test_nothing_is_said_in_the_clear_to_another_machine(app: Flask):
    with mail_server() as here, mailing(app, f"smtp://kim:word@0.0.0.0:{here.port}"):
        a_mail()
        assert commands.send_due() == 0
        assert here.taken == []
    assert the_mail().error == "SMTPNotSupportedError"


@pytest.mark.proves("I-18")
@pytest.mark.parametrize("to", ["kim@example.org\r\nBcc: eve@example.org", "kim@example.org\neve"])
def test_a_line_break_in_a_header_sends_nothing(server: MailServer, to: str):
    a_mail(to=to)
    commands.send_due()
    assert server.taken == []
    assert the_mail().state is MailState.FAILED


@pytest.mark.proves("I-18")
def test_a_subject_is_one_line(server: MailServer):
    a_mail(subject="Beacon:\r\nBcc: eve@example.org")
    commands.send_due()
    (letter,) = server.messages
    assert letter["Subject"] == "Beacon: Bcc: eve@example.org"
    assert letter["Bcc"] is None
    with pytest.raises(ValueError, match="one short line"):
        a_mail(subject="x" * 91)


def test_without_a_server_a_mail_goes_to_the_paper_tray(app: Flask):
    a_mail()
    assert commands.send_due() == 1
    tray = Tray(app.config["BEACON"].instance / FILE)
    (sheet,) = tray.sheets()
    assert (sheet.kind, sheet.to, sheet.body) == ("mail", "kim@example.org", LINK)
    assert tray.path.stat().st_mode & 0o777 == 0o600
    assert b"set-password" not in tray.path.read_bytes()


def test_what_is_long_done_with_is_removed_and_what_waits_is_kept(app: Flask):
    with clock.fixed(NOON):
        a_mail()
        commands.send_due()
        a_mail()
    with clock.fixed(NOON + timedelta(days=32)):
        assert commands.sweep() == 1
        assert len(queries.waiting()) == 1
        assert checks.mails().state == "warning"  # waits for longer than an hour
