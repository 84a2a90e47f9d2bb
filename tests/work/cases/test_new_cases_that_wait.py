"""New cases that nobody has are one line for a leader, on the desk and in the mail: a count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from beacon.accounts.models import Staff
from beacon.cases import commands, jobs, queries
from beacon.cases.models import CaseFile
from beacon.cases.terms import ContactOutcome
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.entitlements.terms import Channel, Milestone
from beacon.mail import commands as mails
from tests.factories import TEST, a_case, a_member_of_staff, an_actor
from tests.mail_server import MailServer, mail_server, mailing

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DUE, LATER = MONDAY + timedelta(days=7, hours=-1), MONDAY + timedelta(days=8)


@pytest.fixture(autouse=True)
def server(app: Flask) -> Iterator[MailServer]:
    """A mail server, through which the application sends; it is Monday."""
    with mail_server() as here, mailing(app, f"smtp://127.0.0.1:{here.port}"), clock.fixed(MONDAY):
        yield here


@pytest.fixture
def leader(app: Flask) -> Staff:
    return a_member_of_staff(Role.TEAM_LEADER, email="lee@example.org")


def imported(many: int) -> list[CaseFile]:
    """So many new cases that came in together, and that nobody has."""
    return [a_case() for _ in range(many)]


def remind(moment: datetime) -> None:
    with clock.fixed(moment):
        jobs.remind_managers()
        jobs.mail_reminders()
        mails.send_due()


def waiting(person: Staff, moment: datetime) -> tuple[int, int]:
    db.session.rollback()
    with clock.fixed(moment):
        found = queries.new_cases_waiting(an_actor(person))
    return found.count, found.late


def letters(server: MailServer) -> list[tuple[str, list[str]]]:
    return [
        (one["Subject"], one.get_payload().replace("\r", "").splitlines())
        for one in server.messages
    ]


def test_many_new_cases_are_one_line_on_the_desk_and_beside_it_stands_what_else_is_late(leader):
    cases = imported(40)
    commands.record_milestone(cases[0].crime, kind=Milestone.CHARGED, at=MONDAY, actor=TEST)
    remind(LATER)
    assert waiting(leader, LATER) == (40, 40)
    with clock.fixed(LATER):
        rows = queries.escalations_for(an_actor(leader))
    assert {row.due.reference for row in rows} == {cases[0].reference}


def test_the_mail_says_the_same_number_and_names_none_of_them(leader, server):
    imported(45)
    remind(DUE)
    ((subject, words),) = letters(server)
    assert subject == "Beacon: 1 reminder to see to"
    assert "45 new cases wait for a first contact." in words
    assert [line for line in words if line.startswith("BCN-")] == []
    assert waiting(leader, DUE) == (45, 0)


def test_a_later_mail_counts_all_that_wait_as_the_desk_does(leader, server):
    imported(3)
    remind(DUE)
    with clock.fixed(DUE):
        imported(2)
    then = LATER + timedelta(days=7)
    remind(then)
    assert waiting(leader, then) == (5, 5)
    assert "5 new cases wait for a first contact, all of them late." in letters(server)[-1][1]


def test_a_case_that_somebody_takes_or_calls_is_counted_no_more(leader):
    first, second, _ = imported(3)
    remind(LATER)
    commands.assign_manager(first, a_member_of_staff(), version=first.version, actor=TEST)
    assert waiting(leader, LATER) == (2, 2)
    with clock.fixed(LATER):
        commands.log_contact(
            second,
            at=LATER,
            channel=Channel.PHONE,
            outcome=ContactOutcome.SPOKE,
            notes="",
            actor=TEST,
        )
    assert waiting(leader, LATER) == (1, 1)


def test_one_case_is_one_case(leader, server):
    imported(1)
    remind(DUE)
    assert "1 new case waits for a first contact." in letters(server)[-1][1]
