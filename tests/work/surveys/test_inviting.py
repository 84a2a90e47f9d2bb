"""Asking somebody how we did: through the gate of safe contact, or not at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.entitlements.terms import Milestone
from beacon.mail import commands as mail
from beacon.notices.terms import HeldBecause
from beacon.notify.models import OutboundText
from beacon.people.models import SafeContact
from beacon.people.terms import Agreed, Safe
from beacon.surveys import commands, jobs, queries
from beacon.surveys.models import SurveyInvitation
from beacon.surveys.terms import InvitationState, Point, RefusedBecause, Way
from tests.factories import TEST, a_case
from tests.surveys import (
    ADDRESS,
    a_closed_case,
    agree,
    invite,
    set_to,
    somebody,
    token_of,
)
from tests.work.plans.conftest import MONDAY
from tests.work.risk.builders import an_assessment

S = InvitationState
WEEK = timedelta(days=7)


def test_a_link_goes_by_text_and_says_nothing_of_what_happened():
    row = invite(a_closed_case())
    assert (row.state, row.way, row.because) == (S.PLANNED, Way.TEXT, "")
    text = db.session.scalars(sa.select(OutboundText)).one()
    assert f"{ADDRESS}/{token_of(row)}" in text.body
    for telling in ("crime", "victim", "beacon", "police", "case", "BCN"):
        assert telling not in text.body.lower()


def test_only_the_print_of_the_link_is_kept():
    row = invite(a_closed_case())
    token = token_of(row)
    assert row.token_hash == queries.print_of(token)
    assert len(token) == 28  # of 29 letters: 136 bits
    assert token not in str(list(db.session.execute(sa.select(SurveyInvitation.__table__))))


def test_a_link_goes_by_email_to_who_would_rather_have_one():
    row = invite(a_closed_case(preferred="email"))
    assert (row.state, row.way) == (S.PLANNED, Way.EMAIL)
    assert len(token_of(row)) == 28


def refusals() -> dict[str, tuple[object, object]]:
    """By a word: what is so of the person, and why nothing goes."""
    return {
        "did not agree": ({"agrees": False}, RefusedBecause.NO_CONSENT),
        "a child": ({"date_of_birth": date(2014, 1, 1)}, HeldBecause.CHILD),
        "needs a language": ({"language": "Polish"}, HeldBecause.LANGUAGE),
        "words on safe contact": ({"safe_notes": "Never after six"}, HeldBecause.RULE),
        "would rather be rung": ({"preferred": "phone"}, HeldBecause.RING_THEM),
    }


@pytest.mark.parametrize("what", list(refusals()))
def test_what_is_not_known_to_be_safe_is_refused_in_words_and_nothing_is_sent(what):
    known, because = refusals()[what]
    row = invite(a_closed_case(**known))
    assert (row.state, row.because, row.way) == (S.REFUSED, because.value, None)
    assert row.token_hash is None
    why, advice = queries.reason_in_words(row.because)
    assert why.endswith(".")
    assert advice.endswith(".")
    assert db.session.scalars(sa.select(OutboundText)).all() == []


def test_somebody_for_whom_contact_is_not_safe_is_not_asked():
    victim = somebody(agrees=False)
    agree(victim)
    with transaction() as session:
        held = session.scalars(
            sa.select(SafeContact).where(SafeContact.victim_id == victim.id)
        ).one()
        held.overall = Safe.NO
    assert invite(a_closed_case(victim=victim)).because == HeldBecause.NOT_SAFE


def test_a_high_risk_forbids_it():
    case = a_case(victim=somebody())
    an_assessment(case, 14, judged_high=True, judgement="Fears him")
    assert invite(case, Point.AFTER_CONTACT).because == RefusedBecause.RISK


def test_who_said_no_is_not_asked_to_ask_again():
    victim = somebody(agrees=False)
    agree(victim, Agreed.REFUSED)
    assert invite(a_closed_case(victim=victim)).because == RefusedBecause.SAID_NO


def test_without_an_address_no_text_goes():
    set_to("surveys.address", "")
    assert invite(a_closed_case()).because == RefusedBecause.NO_ADDRESS


def test_it_is_asked_once_for_each_case_and_point():
    case = a_closed_case()
    first, again = invite(case), invite(case)
    assert first.id == again.id
    assert len(db.session.scalars(sa.select(OutboundText)).all()) == 1


def test_one_that_was_refused_is_asked_anew_by_a_person():
    victim = somebody(agrees=False)
    case = a_closed_case(victim=victim)
    assert invite(case).state is S.REFUSED
    agree(victim)
    assert invite(case).state is S.PLANNED


def test_the_job_asks_after_closing_and_not_before_and_never_twice():
    a_closed_case(closed_at=MONDAY - WEEK)
    a_closed_case(closed_at=MONDAY - WEEK + timedelta(minutes=1))
    a_closed_case(closed_at=MONDAY - timedelta(days=60))
    assert jobs.invite_to_surveys() == 1
    assert jobs.invite_to_surveys() == 0


def test_nobody_is_asked_where_it_is_switched_off():
    a_closed_case(closed_at=MONDAY - WEEK)
    set_to("surveys.on", "no")
    assert jobs.invite_to_surveys() == 0


def test_by_setting_somebody_is_asked_after_the_first_contact_and_after_a_trial():
    case = a_case(victim=somebody())
    with transaction() as session:
        session.get_one(CaseFile, case.id).first_contact_at = MONDAY - timedelta(days=91)
    cases.record_milestone(
        case.crime, kind=Milestone.TRIAL_OUTCOME, at=MONDAY - timedelta(days=15), actor=TEST
    )
    assert jobs.invite_to_surveys() == 0
    set_to("surveys.after_contact", "yes")
    set_to("surveys.after_trial", "yes")
    assert jobs.invite_to_surveys() == 2
    points = {row.point for row in db.session.scalars(sa.select(SurveyInvitation))}
    assert points == {Point.AFTER_CONTACT, Point.AFTER_TRIAL}


def test_a_link_ends_once_it_is_not_safe_any_more():
    victim = somebody()
    row = invite(a_closed_case(victim=victim))
    agree(victim, Agreed.WITHDRAWN)
    assert jobs.end_surveys() == 1
    db.session.refresh(row)
    assert (row.state, row.because) == (S.WITHDRAWN, RefusedBecause.SAID_NO)
    assert row.token_hash is None
    assert jobs.end_surveys() == 0


def test_a_link_ends_once_its_days_are_over():
    row = invite(a_closed_case())
    with clock.fixed(MONDAY + timedelta(days=21)):
        assert jobs.end_surveys() == 1
    db.session.refresh(row)
    assert row.state is S.EXPIRED


def test_a_mail_that_left_is_sent_and_one_that_may_not_leave_is_told():
    going = invite(a_closed_case(preferred="email", email="one@example.org"))
    victim = somebody(preferred="email", email="two@example.org")
    stopped = invite(a_closed_case(victim=victim))
    agree(victim, Agreed.WITHDRAWN)
    mail.send_due()
    jobs.follow_surveys()
    db.session.refresh(going)
    db.session.refresh(stopped)
    assert going.state is S.SENT
    assert (stopped.state, stopped.because) == (S.FAILED, RefusedBecause.MAIL_STOPPED)


def test_the_log_says_what_was_decided_of_whom():
    case = a_closed_case()
    invite(case)
    actions = set(db.session.scalars(sa.select(AuditEntry.action)))
    assert "survey.planned" in actions
    assert commands.invite(case.id, Point.CLOSING, actor=TEST).state is S.PLANNED
