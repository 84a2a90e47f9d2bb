"""One mail at eight on working days, however many duties: counts and references, no name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.cases import commands, jobs, queries, rules
from beacon.cases.commands.digests import CASES_AT_MOST, body, subject
from beacon.cases.models import CaseFile, ReminderDigest
from beacon.cases.queries import DigestLine
from beacon.cases.terms import ReminderKind
from beacon.core import clock, timetable
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.entitlements.terms import Channel, Milestone
from beacon.mail import commands as mails
from beacon.mail.models import OutboundMail
from beacon.scheduler import running
from tests.factories import TEST, a_crime, a_member_of_staff, a_victim, an_actor
from tests.mail_server import MailServer, mail_server, mailing
from tests.work.cases.test_reminding_managers import FRIDAY, MONDAY, a_case_in_contact, charged

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
DUE = FRIDAY + 3 * DAY


@pytest.fixture(autouse=True)
def server(app: Flask) -> Iterator[MailServer]:
    """A mail server, through which the application sends; it is Monday."""
    with mail_server() as here, mailing(app, f"smtp://127.0.0.1:{here.port}"), clock.fixed(MONDAY):
        yield here


def at(*moments: datetime) -> int:
    """Passes over the jobs that this is about; how many mails were written."""
    written = 0
    for moment in moments:
        with clock.fixed(moment):
            jobs.remind_managers()
            written += jobs.mail_reminders()
            mails.send_due()
    return written


def letters(server: MailServer) -> list[tuple[str, str, list[str]]]:
    return [
        (one["To"], one["Subject"], one.get_payload().replace("\r", "").splitlines())
        for one in server.messages
    ]


def many_due(manager: Staff, many: int) -> list[CaseFile]:
    """So many victims of one crime, each to be told by Monday 30 November."""
    crime = a_crime()
    cases = [
        a_case_in_contact(crime=crime, victim=a_victim(last_name=f"Hidden{n}"), manager=manager)
        for n in range(many)
    ]
    commands.record_milestone(crime, kind=Milestone.CHARGED, at=MONDAY, actor=TEST)
    db.session.remove()
    return cases


@pytest.mark.proves("D-11")
def test_a_manager_with_sixty_duties_gets_one_mail_that_names_nobody(server: MailServer):
    manager = a_member_of_staff(email="sam@example.org")
    many_due(manager, 60)
    assert at(*(FRIDAY + 10 * n * MINUTE for n in range(6))) == 1
    ((to, line, words),) = letters(server)
    assert (to, line) == ("sam@example.org", "Beacon: 60 reminders to see to")
    assert "Due next working day: 60" in words
    assert f"and {60 - CASES_AT_MOST} more cases" in words
    assert len([one for one in words if one.startswith("BCN-")]) == CASES_AT_MOST
    assert len(words) < 50
    assert "Hidden" not in server.taken[0]
    assert "Alex" not in server.taken[0]


def test_each_working_day_has_its_own_mail_and_tells_each_reminder_once(server: MailServer):
    charged(a_case_in_contact(manager=a_member_of_staff()))
    at(*(FRIDAY + n * DAY + 10 * t * MINUTE for n in range(8) for t in range(4)))
    said = [words[2] for _, _, words in letters(server)]
    assert said == ["Due next working day: 1", "Due today: 1", "Late: 1"]
    days = db.session.scalars(sa.select(ReminderDigest.on_day).order_by(ReminderDigest.id))
    assert list(days) == [date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 1)]


def test_leaders_are_mailed_what_came_to_them(server: MailServer):
    a_member_of_staff(Role.TEAM_LEADER, email="lee@example.org")
    kept, nobodys = a_case_in_contact(manager=a_member_of_staff()), a_case_in_contact()
    charged(kept), charged(nobodys)
    at(FRIDAY, DUE + 2 * DAY)
    mine = [words for to, _, words in letters(server) if to == "lee@example.org"]
    assert mine[0][2:4] == ["Nobody has this case: 1", nobodys.reference]
    assert mine[1][2:5] == ["Late in your team: 2", kept.reference, nobodys.reference]


@pytest.mark.parametrize(
    ("moment", "is_time"),
    [
        pytest.param(datetime(2026, 11, 27, 7, 59, 59, tzinfo=UTC), False, id="before eight"),
        pytest.param(datetime(2026, 11, 27, 8, tzinfo=UTC), True, id="at eight"),
        pytest.param(datetime(2026, 11, 27, 17, 59, 59, tzinfo=UTC), True, id="before six"),
        pytest.param(datetime(2026, 11, 27, 18, tzinfo=UTC), False, id="at six"),
        pytest.param(datetime(2026, 11, 28, 9, tzinfo=UTC), False, id="on a Saturday"),
        pytest.param(datetime(2027, 3, 26, 9, tzinfo=UTC), False, id="on Good Friday"),
        pytest.param(datetime(2027, 3, 29, 9, tzinfo=UTC), False, id="on Easter Monday"),
        pytest.param(datetime(2027, 3, 30, 7, tzinfo=UTC), True, id="at eight in summer time"),
        pytest.param(datetime(2027, 3, 30, 6, 59, tzinfo=UTC), False, id="before it"),
        pytest.param(datetime(2027, 11, 1, 7, 59, tzinfo=UTC), False, id="winter time again"),
        pytest.param(datetime(2099, 6, 1, 9, tzinfo=UTC), True, id="a Monday beyond the calendar"),
        pytest.param(datetime(2099, 6, 6, 9, tzinfo=UTC), False, id="a Saturday beyond it"),
    ],
)
def test_mails_are_written_from_eight_to_six_on_working_days(moment: datetime, is_time: bool):
    assert rules.is_time_to_mail(moment) is is_time


def test_what_the_scheduler_missed_at_eight_goes_later_that_day_once(server: MailServer):
    charged(a_case_in_contact(manager=a_member_of_staff()))
    half_past_five = FRIDAY + timedelta(hours=9, minutes=30)
    assert at(half_past_five, half_past_five + 10 * MINUTE) == 1
    assert len(server.taken) == 1


def test_what_was_missed_all_day_goes_with_the_next_and_tells_each_duty_once(server: MailServer):
    charged(a_case_in_contact(manager=a_member_of_staff()))
    assert at(FRIDAY + timedelta(hours=10)) == 0
    assert at(DUE) == 1
    ((_, line, words),) = letters(server)
    assert (line, words[2]) == ("Beacon: 1 reminder to see to", "Due today: 1")


def test_nobody_is_mailed_who_has_nothing_to_be_told(server: MailServer):
    manager, other = a_member_of_staff(), a_member_of_staff()
    case = a_case_in_contact(manager=manager)
    duty = charged(case)
    seen = a_case_in_contact(manager=other)
    also = charged(seen)
    with clock.fixed(FRIDAY):
        jobs.remind_managers()
    commands.tell_victim(case, duty, at=MONDAY, channel=Channel.PHONE, actor=TEST)
    commands.mark_reminders_seen(also, actor=an_actor(other))
    assert at(FRIDAY) == 0
    assert server.taken == []


def test_what_begins_during_the_day_is_on_the_desk_and_in_the_next_mail(server: MailServer):
    manager = a_member_of_staff()
    with clock.fixed(FRIDAY + 60 * MINUTE):
        case = a_case_in_contact(manager=manager)
        commands.record_milestone(case.crime, kind=Milestone.ARRESTED, at=MONDAY, actor=TEST)
    assert at(FRIDAY + 70 * MINUTE) == 0
    assert len(queries.reminders_for(an_actor(manager))) == 1
    assert at(DUE) == 1


def test_whoever_takes_a_case_over_is_told_of_what_was_told_to_another(server: MailServer):
    first, second = (a_member_of_staff(email=f"{name}@example.org") for name in ("one", "two"))
    case = a_case_in_contact(manager=first)
    charged(case)
    at(FRIDAY)
    commands.assign_manager(case, second, version=case.version, actor=TEST)
    at(FRIDAY + 10 * MINUTE)
    assert [to for to, _, _ in letters(server)] == ["one@example.org", "two@example.org"]


def test_an_administrator_can_turn_the_mails_off(server: MailServer):
    manager = a_member_of_staff()
    charged(a_case_in_contact(manager=manager))
    with transaction() as session:
        session.add(Setting(name="reminders.mail", text="no"))
    assert at(FRIDAY) == 0
    assert len(queries.reminders_for(an_actor(manager))) == 1


def test_nobody_is_mailed_who_no_longer_works_here(server: MailServer):
    manager = a_member_of_staff()
    charged(a_case_in_contact(manager=manager))
    with clock.fixed(FRIDAY):
        jobs.remind_managers()
        with transaction():
            db.session.get_one(Staff, manager.id).disabled_at = FRIDAY
        assert not commands.mail_reminders(manager.id, actor=TEST)
        assert not commands.mail_reminders(10_000, actor=TEST)
    assert server.taken == []


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


def test_who_is_killed_between_the_row_and_the_mail_wrote_neither(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
):
    charged(a_case_in_contact(manager=a_member_of_staff()))

    def die(*args: object, **known: object) -> None:
        raise Killed

    with monkeypatch.context() as here:
        here.setattr(mails, "write", die)
        with pytest.raises(Killed):
            at(FRIDAY)
    counted = sa.select(sa.func.count())
    assert db.session.scalar(counted.select_from(ReminderDigest)) == 0
    assert db.session.scalar(counted.select_from(OutboundMail)) == 0
    assert at(FRIDAY + 10 * MINUTE, FRIDAY + 20 * MINUTE) == 1


def test_one_pass_of_the_timetable_reminds_writes_and_sends(server: MailServer):
    charged(a_case_in_contact(manager=a_member_of_staff()))
    with clock.fixed(FRIDAY):
        ran = {one.name: (one.done, one.failed) for one in running.tick()}
    assert ran["remind-managers"] == ran["mail-reminders"] == ran["send-mails"] == (1, 0)
    assert len(server.taken) == 1
    with clock.fixed(FRIDAY + DAY):
        assert {one.name: one.done for one in running.tick()}["mail-reminders"] == 0
    (entry,) = [one for one in timetable.entries() if one.name == "mail-reminders"]
    assert entry.is_open(FRIDAY)
    assert not entry.is_open(FRIDAY - MINUTE)


def test_a_case_with_several_things_is_named_once_and_a_long_list_is_cut_over_all_headings():
    def line(number: int, kind: ReminderKind, due_on: date) -> DigestLine:
        return DigestLine(
            kind=kind, reference=f"BCN-{number:05}", due_on=due_on, reminder_ids=(number,)
        )

    today = FRIDAY.date()
    late = [line(n // 2, ReminderKind.LATE, today - DAY) for n in range(2 * CASES_AT_MOST)]
    soon = [line(n, ReminderKind.DAY_BEFORE, today + DAY) for n in (901,)]
    words = body(late + soon, today).splitlines()
    assert f"Late: {2 * CASES_AT_MOST}" in words
    assert "BCN-00000 (2 things)" in words
    assert words[words.index("Due next working day: 1") + 1] == "and 1 more case"
    assert subject(1) == "Beacon: 1 reminder to see to"
