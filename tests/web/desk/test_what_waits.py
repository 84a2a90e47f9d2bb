"""One page for every approval and review, and one for what is at hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.calls import commands as calls
from beacon.calls.commands import Left
from beacon.calls.terms import Proof, RingBack
from beacon.caseloads.models import CaseHandOver, SupervisionReview
from beacon.cases.models import AccessReview, CaseTask, InformationRequest, ProposedMilestone
from beacon.cases.terms import ReviewKind, SuspectStatus
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.entitlements.terms import Body, EnhancedGround
from beacon.people.models import ProposedChange
from beacon.plans.models import Plan
from beacon.plans.terms import PlanState
from tests.factories import TEST, a_case, a_member_of_staff, a_victim
from tests.hearings import a_hearing
from tests.pages import text_of

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(monday):
    return a_member_of_staff(Role.CASE_MANAGER, name="Priya Shah")


@pytest.fixture
def leader(monday):
    return a_member_of_staff(Role.TEAM_LEADER, name="Leo Marsh")


def everything(manager, leader):
    """One of each thing that waits for the one or the other."""
    case = a_case(victim=a_victim(last_name="Waitwell"), manager=manager)
    left = Left(words="When?", ring_on=MONDAY.date(), hours="", way=RingBack.THEY_RING)
    calls.leave_message(case, left, proof=Proof.NONE, actor=TEST)
    answered = InformationRequest(
        case_id=case.id,
        asked_of=Body.POLICE,
        asked_at=MONDAY - timedelta(days=3),
        chase_on=MONDAY.date(),
        answered_at=MONDAY - timedelta(hours=1),
        ended_at=MONDAY - timedelta(hours=1),
        ended_by_id=leader.id,
    )
    answered.words, answered.answer = "The date of the interview", "Friday"
    handed = CaseHandOver(case_id=case.id, from_id=leader.id, to_id=manager.id)
    looked_at = SupervisionReview(
        case_id=case.id, manager_id=manager.id, reviewer_id=leader.id, reviewed_on=MONDAY.date()
    )
    plan = Plan(
        case_id=case.id,
        state=PlanState.SUBMITTED,
        submitted_at=MONDAY,
        submitted_by_id=manager.id,
    )
    with transaction() as session:
        session.add_all(
            [
                answered,
                handed,
                looked_at,
                plan,
                ProposedMilestone(crime_id=case.crime_id, status=SuspectStatus.ARRESTED),
                ProposedChange(
                    victim_id=case.victim_id,
                    field="email",
                    value="new@example.org",
                    source="police",
                ),
                AccessReview(
                    about="case:1",
                    kind=ReviewKind.BREAK_GLASS,
                    staff_id=manager.id,
                    case_id=case.id,
                    due_on=MONDAY.date(),
                ),
            ]
        )
    a_hearing(crime_key=case.crime.reference_key, held_on=MONDAY.date() + timedelta(days=2))
    return case


def test_a_manager_finds_what_waits_for_them_on_one_page(desk, manager, leader):
    everything(manager, leader)
    shown = text_of(desk(person=manager).get("/waiting"))
    for name in (
        "Cases handed to you",
        "Categories to confirm",
        "What the police feed says has happened",
        "Facts that a feed gives otherwise",
        "Reviews of your work to read",
    ):
        assert name in shown
    assert "Plans to approve" not in shown
    assert "new@example.org" not in shown


def test_a_leader_finds_approvals_and_reviews_on_one_page(desk, manager, leader):
    everything(manager, leader)
    shown = text_of(desk(person=leader).get("/waiting"))
    assert "Plans to approve" in shown
    assert "Sent by Priya Shah" in shown
    assert "Accesses to look at" in shown
    assert "Cases handed to you" not in shown


def test_what_is_at_hand_stands_on_one_page_with_its_counts_on_the_desk(desk, manager, leader):
    everything(manager, leader)
    browser = desk(person=manager)
    shown = text_of(browser.get("/at-hand"))
    for name in (
        "Messages of callers",
        "New cases of yours",
        "Hearings in the next seven days",
        "Answers that have come",
        "Safe contact to ask about again",
    ):
        assert name in shown
        assert f"{name} 1" in text_of(browser.get("/"))


def test_whose_names_the_page_shows_is_written_down(desk, manager, leader):
    case = everything(manager, leader)
    desk(person=manager).get("/waiting")
    rows = db.session.scalars(sa.select(AuditEntry).filter_by(action="desk.shown")).all()
    assert any(str(case.id) == row.object_id for row in rows)


@pytest.mark.parametrize("role", [*Role])
@pytest.mark.parametrize("page", ["/waiting", "/at-hand"])
def test_everybody_may_open_the_pages_and_sees_only_their_own(desk, manager, leader, page, role):
    everything(manager, leader)
    browser = desk(role, team="South", agency="Safer Homes" if role is Role.PARTNER else None)
    answer = browser.get(page)
    assert answer.status_code == 200
    if role not in {Role.INTAKE_OFFICER, Role.COURT_OFFICER}:
        assert "Waitwell" not in text_of(answer)


def test_all_counts_of_the_desk_come_in_one_statement(desk, manager, leader, count_queries):
    everything(manager, leader)
    browser = desk(person=manager)
    count_queries.clear()
    browser.get("/")
    counted = [one for one in count_queries if "FROM call_message" in one and "count(" in one]
    assert len(counted) == 1


def test_how_long_an_enhanced_victim_waits_for_a_manager_is_said_in_hours(desk, leader):
    with clock.fixed(MONDAY - timedelta(hours=30)):
        a_case(proposals=[(EnhancedGround.DOMESTIC_ABUSE, "domestic abuse flag")])
    assert "Waiting 30 hours" in text_of(desk(person=leader).get("/"))


def test_a_task_to_try_again_stands_on_the_desk(desk, manager):
    case = a_case(victim=a_victim(last_name="Waitwell"), manager=manager)
    with transaction() as session:
        session.add(
            CaseTask(case_id=case.id, kind="ring_again", about="after:1", due_on=MONDAY.date())
        )
    assert "Try again to reach them" in text_of(desk(person=manager).get("/"))
