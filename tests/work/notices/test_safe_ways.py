"""What we write goes by the safe way, is asked about again before it leaves, or is held."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.tray import FILE, Tray
from beacon.mail.models import OutboundMail
from beacon.mail.terms import MailState
from beacon.notices import commands, jobs, queries
from beacon.notices.models import VictimNotice
from beacon.notices.terms import HeldBecause, NoticeKind, NoticeState, Way
from beacon.notify import jobs as text_jobs
from beacon.notify import queries as texts
from beacon.notify.models import OutboundText, SuppressedNumber
from beacon.notify.terms import Audience, NumberFlag, TextState
from beacon.people import commands as people
from beacon.people.rules import PersonFacts
from beacon.people.terms import Fact, Preferred, Safe
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
from tests.work.notices.conftest import MONDAY, a_pass, answered, the_notice

S = NoticeState


def sheets(app: Flask):
    return Tray(app.config["BEACON"].instance / FILE).sheets()


def the_text() -> OutboundText:
    return db.session.scalars(sa.select(OutboundText).order_by(OutboundText.id.desc())).first()


def test_a_text_goes_to_the_number_that_is_safe_and_says_nothing_that_betrays(app, somebody, write):
    victim = somebody(Preferred.SMS)
    number, name = victim.contact_points[0].value, victim.last_name.casefold()
    assert write(victim).state is S.PLANNED
    a_pass()
    (sheet,) = sheets(app)
    assert sheet.to == number
    assert "BCN-7K2M4" in sheet.body
    for word in ("victim", "crime", "beacon", name):
        assert word not in sheet.body.casefold()
    assert the_text().audience is Audience.VICTIM


def test_an_email_goes_where_they_would_rather_have_one_with_a_neutral_subject(
    app, somebody, write
):
    write(somebody(Preferred.EMAIL))
    a_pass()
    (sheet,) = sheets(app)
    assert (sheet.to, sheet.subject) == ("robin.marsh@example.org", "Your reference BCN-7K2M4")
    assert (the_notice().state, the_notice().settled_at) == (S.SENT, MONDAY)


@pytest.mark.proves("P-04")
@pytest.mark.parametrize(
    ("known", "because"),
    [
        ({"overall": Safe.NO}, HeldBecause.NOT_SAFE),
        ({"overall": Safe.ASK}, HeldBecause.ASK_FIRST),
        ({"overall": Safe.NOT_ASKED}, HeldBecause.NOT_ASKED),
        ({"words": "Never after 17:00"}, HeldBecause.RULE),
        ({"preferred": Preferred.NONE}, HeldBecause.NO_CONTACT),
        ({"preferred": Preferred.PHONE, "letter_ok": Safe.NO}, HeldBecause.RING_THEM),
        ({"safe": Safe.NO, "letter_ok": Safe.NOT_ASKED}, HeldBecause.NO_SAFE_WAY),
        ({"facts": {"language": "Polish"}}, HeldBecause.LANGUAGE),
        ({"facts": {"date_of_birth": MONDAY.date().replace(year=2014)}}, HeldBecause.CHILD),
    ],
)
def test_what_is_not_known_to_be_safe_is_held_and_says_why(app, somebody, write, known, because):
    notice = write(somebody(**known))
    assert (notice.state, notice.held_because, notice.way) == (S.HELD, because, None)
    a_pass()
    assert sheets(app) == []


def test_a_number_that_the_feed_alone_calls_safe_is_enough_but_not_with_domestic_abuse(app, write):
    facts = {"safe": Safe.YES, "preferred": Preferred.SMS}
    first, second = a_victim(**facts), a_victim(**facts)
    for one in (first, second):
        a_case(victim=one)
    assert write(first).state is S.PLANNED
    assert write(second, is_careful=True).held_because is HeldBecause.CAREFUL


def test_a_restricted_case_is_told_by_a_person(somebody, write):
    victim = somebody()
    with transaction() as session:
        session.scalars(sa.select(CaseFile).filter_by(victim_id=victim.id)).one().restricted = True
    assert write(victim).held_because is HeldBecause.RESTRICTED


def test_what_a_linked_record_says_against_it_holds(somebody, write, officer):
    victim, other = somebody(), a_victim()
    a_case(victim=other)
    answered(other, officer, overall=Safe.NO)
    people.link(victim, other, facts=(Fact.NAME,), actor=TEST)
    assert write(victim).held_because is HeldBecause.NOT_SAFE


def test_what_a_feed_says_against_it_holds_until_somebody_decides(somebody, write):
    victim = somebody()
    people.receive(
        victim,
        PersonFacts(first_name="Alex", last_name=victim.last_name, safe=Safe.NO),
        source="police",
        actor=TEST,
    )
    assert write(victim).held_because is HeldBecause.CHANGE_WAITS


def test_it_is_written_once_for_its_kind_and_what_it_is_about(somebody, write):
    victim = somebody()
    write(victim)
    write(victim)
    assert db.session.scalar(sa.select(sa.func.count(VictimNotice.id))) == 1


def test_a_text_that_is_no_longer_safe_when_it_would_leave_does_not_leave(
    app, somebody, write, officer
):
    victim = somebody()
    with clock.fixed(MONDAY - timedelta(hours=4)):  # at six in the morning none leaves
        write(victim)
        text_jobs.send_texts()
    answered(victim, officer, overall=Safe.NO)
    text_jobs.send_texts()
    jobs.follow_notices()
    assert sheets(app) == []
    assert the_text().state is TextState.SUPPRESSED
    assert (the_notice().state, the_notice().held_because) == (S.HELD, HeldBecause.NOT_SAFE)


def test_a_text_goes_to_the_number_that_is_theirs_when_it_leaves(app, somebody, write, officer):
    victim = somebody()
    with clock.fixed(MONDAY - timedelta(hours=4)):
        write(victim)
    (phone, *_) = victim.contact_points
    answers = {"points": {}, "new_points": ()}
    answered(victim, officer, **answers)
    with transaction():
        phone.retired_at = MONDAY
        phone.text_ok = Safe.NO
    people.confirm_contact(
        victim,
        people.ContactAnswers(overall=Safe.YES, preferred=Preferred.EMAIL, letter_ok=Safe.NO),
        version=victim.version,
        actor=officer,
    )
    a_pass()
    a_pass()
    assert [sheet.to for sheet in sheets(app)] == ["robin.marsh@example.org"]


def test_an_email_that_is_no_longer_safe_when_it_would_leave_does_not_leave(
    app, somebody, write, officer
):
    victim = somebody(Preferred.EMAIL)
    write(victim)
    answered(victim, officer, Preferred.PHONE, letter_ok=Safe.NO)
    a_pass()
    assert sheets(app) == []
    mail = db.session.scalars(sa.select(OutboundMail)).one()
    assert (mail.state, mail.body_sealed) == (MailState.STOPPED, None)
    assert the_notice().held_because is HeldBecause.EMAIL_FAILED


def test_what_was_held_goes_by_itself_once_they_were_asked(app, somebody, write, officer):
    victim = somebody(overall=Safe.NOT_ASKED)
    write(victim)
    a_pass()
    assert the_notice().state is S.HELD
    answered(victim, officer, Preferred.SMS)
    a_pass()
    assert len(sheets(app)) == 1
    assert jobs.ask_notices_again() == 0


def test_what_is_a_month_old_is_not_sent_by_itself_any_more(app, somebody, write, officer):
    victim = somebody(overall=Safe.NOT_ASKED)
    write(victim)
    with clock.fixed(MONDAY + timedelta(days=29)):
        answered(victim, officer)
        a_pass()
    assert sheets(app) == []


def test_a_number_that_opted_out_is_held_for_a_person_and_not_tried_again(
    app, somebody, write, officer
):
    victim = somebody()
    index = victim.contact_points[0].value_index
    with transaction() as session:
        session.add(SuppressedNumber(phone_index=index, flag=NumberFlag.OPTED_OUT, source="reply"))
    notice = write(victim)
    assert (notice.state, notice.held_because) == (S.HELD, HeldBecause.TEXT_STOPPED)
    answered(victim, officer)
    a_pass()
    assert the_notice().held_because is HeldBecause.TEXT_STOPPED


@pytest.mark.parametrize(
    ("state", "because"),
    [
        (TextState.UNDELIVERED, HeldBecause.TEXT_FAILED),
        (TextState.EXPIRED, HeldBecause.TEXT_FAILED),
        (TextState.REJECTED, HeldBecause.TEXT_FAILED),
        (TextState.NEEDS_A_PERSON, HeldBecause.TEXT_IN_DOUBT),
    ],
)
def test_what_did_not_reach_them_is_held_for_a_person(somebody, write, state, because):
    write(somebody())
    with transaction():
        the_text().state = state
    jobs.follow_notices()
    assert the_notice().held_because is because


@pytest.mark.proves("T-05")
def test_of_a_text_in_doubt_a_person_says_that_they_told_them_and_it_is_not_sent_again(
    somebody, write, officer
):
    write(somebody())
    with transaction():
        the_text().state, the_text().may_have_left = TextState.NEEDS_A_PERSON, True
    jobs.follow_notices()
    notice = the_notice()
    commands.told(notice, words="Rang them.", version=notice.version, actor=officer)
    assert (the_notice().state, the_notice().settled_by) == (S.TOLD, officer.name)
    assert the_text().state is TextState.CANCELLED


def test_a_late_receipt_settles_a_text_in_doubt(somebody, write):
    write(somebody())
    with transaction():
        the_text().state = TextState.NEEDS_A_PERSON
    jobs.follow_notices()
    with transaction():
        the_text().state = TextState.DELIVERED
    jobs.follow_notices()
    assert the_notice().state is S.SENT


@pytest.mark.proves("Z-03")
def test_no_court_officer_sees_a_text_to_a_victim(somebody, write):
    write(somebody())
    viewer = an_actor(a_member_of_staff(Role.COURT_OFFICER))
    assert texts.texts_of_day(viewer, MONDAY.date()) == []


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.COURT_OFFICER, Role.AUDITOR])
def test_others_see_nothing_of_what_is_written(somebody, write, role):
    write(somebody())
    viewer = an_actor(a_member_of_staff(role))
    assert list(queries.Notices(viewer=viewer, state=None).page()) == []


def test_the_log_names_no_way_to_reach_anybody(somebody, write):
    victim = somebody()
    values = [point.value for point in victim.contact_points]
    write(victim)
    a_pass()
    entries = db.session.scalars(sa.select(AuditEntry)).all()
    assert values
    assert not any(value in entry.facts for entry in entries for value in values)


def test_a_kind_that_ends_a_matter_goes_by_letter_not_by_text(somebody, write):
    notice = write(somebody(Preferred.SMS), NoticeKind.DECLINED)
    assert (notice.state, notice.way) == (S.FOR_PRINT, Way.LETTER)
