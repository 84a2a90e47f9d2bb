"""What was taken is acknowledged once, with its reference and by when somebody is in touch."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.notices.models import VictimNotice
from beacon.notices.terms import Age, HeldBecause, Matter, NoticeState, Way
from beacon.notify.models import OutboundText
from beacon.referrals import commands, jobs
from tests.factories import a_member_of_staff, an_actor
from tests.work.referrals.conftest import MONDAY


@pytest.fixture(autouse=True)
def texts_are_on(monday):
    with transaction() as session:
        session.add(Setting(name="notices.by_text", text="yes"))


def written() -> list[VictimNotice]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(VictimNotice).order_by(VictimNotice.id)))


def test_a_referral_that_opened_a_case_is_acknowledged_by_the_way_that_is_safe(take, referrals):
    take({})
    assert jobs.acknowledge_referrals() == 1
    (notice,) = written()
    case = referrals()[0].case
    assert (notice.way, notice.state, notice.reference, notice.due_on) == (
        Way.TEXT,
        NoticeState.PLANNED,
        case.reference,
        date(2026, 11, 30),
    )
    text = db.session.scalars(sa.select(OutboundText)).one()
    assert f"Your reference is {case.reference}." in text.body
    assert "by Monday 30 November" in text.body


def test_asked_again_it_acknowledges_nothing_twice(take):
    take({}, {"crime_reference": "41/2/26", "last_name": "Bell", "mobile": "07700 900124",
              "email": "", "date_of_birth": ""})  # fmt: skip
    assert jobs.acknowledge_referrals() == 2
    assert jobs.acknowledge_referrals() == 0
    assert len(written()) == 2


@pytest.mark.parametrize(
    ("row", "because"),
    [
        ({"safe_to_contact": "no"}, HeldBecause.NOT_SAFE),
        ({"safe_to_contact": "ask"}, HeldBecause.ASK_FIRST),
        ({"safe_to_contact": ""}, HeldBecause.NOT_ASKED),
        ({"preferred_contact": "phone"}, HeldBecause.RING_THEM),
        ({"preferred_contact": "post"}, HeldBecause.NO_SAFE_WAY),
        ({"domestic_abuse": "yes"}, HeldBecause.CAREFUL),
        ({"safe_contact_notes": "Only mornings"}, HeldBecause.RULE),
        ({"date_of_birth": "2014-05-01"}, HeldBecause.CHILD),
        ({"language": "Polish"}, HeldBecause.LANGUAGE),
    ],
)
def test_where_contact_is_not_known_to_be_safe_it_is_held_with_why(take, row, because):
    take(row)
    jobs.acknowledge_referrals()
    (notice,) = written()
    assert (notice.state, notice.held_because) == (NoticeState.HELD, because)
    assert db.session.scalar(sa.select(sa.func.count(OutboundText.id))) == 0


@pytest.mark.parametrize(
    ("row", "feed", "matter", "age"),
    [
        ({}, "police", Matter.CRIME, Age.ADULT),
        ({"date_of_birth": "2009-05-01"}, "police", Matter.CRIME, Age.YOUNG),
        ({}, "fraud", Matter.FRAUD, Age.ADULT),
    ],
)
def test_the_words_are_chosen_by_the_matter_and_the_age(take, row, feed, matter, age):
    take(row, feed=feed)
    jobs.acknowledge_referrals()
    (notice,) = written()
    assert (notice.matter, notice.age) == (matter, age)


def test_nobody_is_texted_until_the_service_says_so(take):
    with transaction() as session:
        session.scalars(sa.select(Setting)).one().text = "no"
    take({})
    jobs.acknowledge_referrals()
    assert [one.held_because for one in written()] == [HeldBecause.TEXTS_OFF]
    assert db.session.scalar(sa.select(sa.func.count(OutboundText.id))) == 0


def test_what_waits_for_a_decision_is_not_acknowledged_before_it_is_taken(take, referrals):
    take({"consent_to_referral": "no"})
    assert jobs.acknowledge_referrals() == 0


def test_what_came_longer_ago_than_a_week_is_not_acknowledged_now(take):
    take({})
    with clock.fixed(MONDAY + timedelta(days=7, minutes=1)):
        assert jobs.acknowledge_referrals() == 0


def test_a_case_that_is_closed_is_not_acknowledged(take, referrals):
    take({})
    officer = an_actor(a_member_of_staff(Role.INTAKE_OFFICER))
    ended = referrals()[0]
    commands.decline(ended, reason="By mistake.", version=ended.version, actor=officer)
    assert jobs.acknowledge_referrals() == 0


def test_a_setting_turns_it_off(take):
    with transaction() as session:
        session.add(Setting(name="notices.acknowledge", text="no"))
    take({})
    assert jobs.acknowledge_referrals() == 0


def test_a_text_has_the_telephone_number_that_the_setting_gives(take):
    with transaction() as session:
        session.add(Setting(name="notices.telephone", text="01632 960123"))
    take({})
    jobs.acknowledge_referrals()
    text = db.session.scalars(sa.select(OutboundText)).one()
    assert "Questions? Ring 01632 960123." in text.body


def test_taking_in_a_file_writes_to_nobody(take):
    take({})
    assert written() == []
    assert db.session.scalar(sa.select(sa.func.count(CaseFile.id))) == 1
