"""The queue of accesses that must be looked at: for whom, what it shows, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.cases import commands
from beacon.cases.models import AccessReview, CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from tests.factories import a_case, a_member_of_staff, a_victim, an_actor
from tests.kin import declare
from tests.pages import text_of

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
WHY = "She rang: he is at her door tonight."


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def case(monday: None) -> CaseFile:
    victim = a_victim(last_name="Glasshouse")
    return a_case(victim=victim, manager=a_member_of_staff(team="South"))


@pytest.fixture
def review(case: CaseFile) -> AccessReview:
    person = a_member_of_staff(team="North", name="Kit Breaker")
    commands.break_glass(case.reference, reason=WHY, actor=an_actor(person))
    return db.session.scalars(sa.select(AccessReview)).one()


def auditor(desk):
    return desk(Role.AUDITOR, team=None)


def cleared(browser, review, **answers):
    usual = {"outcome": "justified", "note": "I rang her: it was so."}
    return browser.submit(f"/oversight/reviews/{review.id}", **usual | answers)


@pytest.mark.proves("Z-13")
def test_a_leader_reads_who_when_and_why_and_says_that_it_was_justified(desk, case, review):
    leader = desk(Role.TEAM_LEADER, team="North")
    words = text_of(leader.get("/oversight/reviews"))
    for part in ("Kit Breaker", case.reference, WHY, "23 November 2026 at 9:30am", "1 time"):
        assert part in words
    assert "Glasshouse" not in words
    assert "1 access to look at" in text_of(leader.get("/"))
    cleared(leader, review)
    words = text_of(leader.get("/oversight/reviews"))
    assert "Nothing waits to be looked at." in words
    assert "Justified I rang her: it was so." in words
    actions = [row.action for row in db.session.scalars(sa.select(AuditEntry))]
    assert "access_review.cleared" in actions
    assert actions.count("access_review.shown") == 3


@pytest.mark.proves("Z-13")
def test_nobody_clears_their_own_access(desk, case):
    leader = a_member_of_staff(Role.TEAM_LEADER, team="North")
    commands.break_glass(case.reference, reason=WHY, actor=an_actor(leader))
    review = db.session.scalars(sa.select(AccessReview)).one()
    own, other = desk(person=leader), desk(Role.TEAM_LEADER, team="North")
    assert "Somebody else must look at it." in text_of(own.get("/oversight/reviews"))
    assert "Record what you found" not in text_of(own.get(f"/oversight/reviews/{review.id}"))
    token = own.get("/search").get_data(as_text=True).split('name="csrf_token" value="')[1]
    sent = {"csrf_token": token.split('"')[0], "outcome": "justified", "note": "Mine"}
    answer = own.post(f"/oversight/reviews/{review.id}", data=sent)
    assert answer.status_code == 200
    db.session.rollback()
    assert review.reviewed_at is None
    assert cleared(other, review).status_code == 302


def test_an_auditor_looks_at_all_without_the_case_and_a_leader_at_their_own_teams(
    desk, case, review
):
    browser = auditor(desk)
    answer = browser.get("/oversight/reviews")
    assert WHY in text_of(answer)
    assert f"/cases/{case.reference}" not in answer.get_data(as_text=True)
    elsewhere = desk(Role.TEAM_LEADER, team="East")
    assert WHY not in text_of(elsewhere.get("/oversight/reviews"))
    assert elsewhere.get(f"/oversight/reviews/{review.id}").status_code == 404
    assert desk(Role.CASE_MANAGER).get("/oversight/reviews").status_code == 403


def test_what_is_overdue_stands_on_every_page_until_it_is_cleared(desk, review):
    late = "1 access should have been looked at by now."
    assert late not in text_of(auditor(desk).get("/"))
    with clock.fixed(MONDAY + timedelta(days=3)):
        for browser in (auditor(desk), desk(Role.TEAM_LEADER, team="North")):
            assert late in text_of(browser.get("/"))
            assert "Overdue" in text_of(browser.get("/oversight/reviews"))
        assert late not in text_of(desk(Role.CASE_MANAGER).get("/"))
        cleared(browser, review)
        assert late not in text_of(browser.get("/"))


def test_a_finding_without_a_note_is_asked_for_again_and_keeps_the_answer(desk, review):
    answer = cleared(auditor(desk), review, note="", outcome="not_justified")
    assert "Enter what you found" in text_of(answer)
    assert 'value="not_justified" checked' in answer.get_data(as_text=True)


@pytest.mark.proves("Z-11")
def test_the_leader_is_told_of_a_conflict_and_led_to_give_the_case_to_somebody_else(desk):
    manager = a_member_of_staff(name="Dee Kin")
    case = a_case(manager=manager, victim=a_victim(mobile="07700 900321"))
    declare(manager, mobile="07700 900321")
    assert desk(person=manager).get(f"/cases/{case.reference}").status_code == 404
    answer = desk(Role.TEAM_LEADER).get("/oversight/reviews")
    words = text_of(answer)
    assert "Stopped: a conflict of interest" in words
    assert "Dee Kin" in words
    assert "Give the case to somebody else" in words
    assert f"/cases/{case.reference}/assign" in answer.get_data(as_text=True)
