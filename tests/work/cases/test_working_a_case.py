"""A case is given to somebody, who finds out what is needed, makes contact, and closes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.cases import commands
from beacon.cases.commands import NeedGiven
from beacon.cases.models import CaseFile
from beacon.cases.terms import (
    CaseStatus,
    ContactOutcome,
    CrimeKind,
    NeedAnswer,
    NeedCategory,
    Stage,
    TaskKind,
)
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyState, EnhancedGround, Milestone
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, an_actor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ALL_ANSWERED = dict.fromkeys(NeedCategory, NeedGiven(NeedAnswer.SCORED, 3))


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def assign(case: CaseFile, manager: Staff) -> None:
    commands.assign_manager(case, manager, version=case.version, actor=TEST)


def contact(case: CaseFile, outcome: ContactOutcome, at: datetime = MONDAY) -> None:
    commands.log_contact(
        case, channel=Channel.PHONE, outcome=outcome, notes="Quite private", at=at, actor=TEST
    )


def first_contact(case: CaseFile) -> Duty:
    query = sa.select(Duty).where(Duty.case_id == case.id, Duty.rule == "FIRST_CONTACT")
    return db.session.scalars(query).one()


def assess(case: CaseFile, **known: object):
    usual = {"stage": Stage.START, "answers": ALL_ANSWERED, "at": MONDAY, "actor": TEST}
    return commands.assess_needs(case, **usual | known)


def close(case: CaseFile, note: str = "Has the help she wanted.") -> None:
    commands.close_case(case, note=note, version=case.version, actor=TEST)


def test_a_case_goes_to_one_person_and_their_team():
    case, manager = a_case(), a_member_of_staff(team="South")
    assign(case, manager)
    assert (case.manager_id, case.team_id) == (manager.id, manager.team_id)
    assert case.version == 2
    assert case.timeline[0].sentence == f"A test gave the case to {manager.name}."


def test_an_old_page_cannot_take_a_case_from_its_manager():
    case, first, second = a_case(), a_member_of_staff(), a_member_of_staff()
    version = case.version
    assign(case, first)
    with pytest.raises(RuleBroken, match="Somebody else"):
        commands.assign_manager(case, second, version=version, actor=TEST)
    assert case.manager_id == first.id


@pytest.mark.parametrize(
    ("roles", "why"),
    [
        ([Role.INTAKE_OFFICER], "does not manage cases"),
        ([Role.ADMINISTRATOR], "does not manage cases"),
        ([Role.FRAUD_OFFICER], "takes fraud cases only"),
    ],
)
def test_a_case_goes_only_to_somebody_who_manages_such_cases(roles, why):
    case, person = a_case(), a_member_of_staff(*roles)
    with pytest.raises(RuleBroken, match=why) as refusal:
        assign(case, person)
    assert refusal.value.field == "manager"


def test_a_fraud_officer_may_have_an_enhanced_fraud_case():
    case = a_case(
        crime=a_crime(kind=CrimeKind.FRAUD, reference="NFRC260600002"),
        proposals=[(EnhancedGround.VULNERABLE, "vulnerable flag")],
    )
    assign(case, a_member_of_staff(Role.FRAUD_OFFICER))
    assert not case.needs_a_named_manager


def test_a_case_does_not_go_to_somebody_who_has_left():
    case, manager = a_case(), a_member_of_staff()
    with transaction():
        manager.disabled_at = MONDAY
    with pytest.raises(RuleBroken, match="no longer works here"):
        assign(case, manager)


def test_the_first_contact_keeps_the_standard_and_opens_the_case():
    case = a_case()
    contact(case, ContactOutcome.SPOKE)
    assert (case.status, case.first_contact_at) == (CaseStatus.OPEN, MONDAY)
    assert first_contact(case).state is DutyState.MET
    assert case.next_due_on is None


@pytest.mark.parametrize("outcome", [ContactOutcome.NO_ANSWER, ContactOutcome.NOT_SAFE])
def test_an_attempt_that_reached_nobody_is_kept_and_changes_nothing_else(outcome):
    case = a_case()
    contact(case, outcome)
    assert (case.status, case.first_contact_at) == (CaseStatus.NEW, None)
    assert first_contact(case).is_open
    assert "tried to make contact" in case.timeline[0].sentence


def test_a_first_contact_after_its_day_comes_late():
    case = a_case(received_at=MONDAY - timedelta(days=14))
    contact(case, ContactOutcome.SPOKE)
    assert first_contact(case).state is DutyState.MET_LATE


def test_the_notes_of_a_contact_are_sealed():
    case = a_case()
    contact(case, ContactOutcome.SPOKE)
    stored = db.session.execute(sa.text("SELECT notes_sealed FROM contact_log")).scalar_one()
    assert b"private" not in bytes(stored)
    assert not any("private" in facts for facts in db.session.scalars(sa.select(AuditEntry.facts)))


def test_a_contact_that_has_not_happened_yet_is_refused():
    case = a_case()
    with pytest.raises(RuleBroken, match="not happened yet") as refusal:
        contact(case, ContactOutcome.SPOKE, at=MONDAY + timedelta(minutes=1))
    assert refusal.value.field == "at"


def test_all_eight_categories_are_answered_in_order():
    assessment = assess(a_case())
    assert [need.category for need in assessment.needs] == list(NeedCategory)
    assert assessment.by_name == "a test"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (None, "give a score, or say"),
        (NeedGiven(NeedAnswer.SCORED), "choose a score from 1 to 5"),
        (NeedGiven(NeedAnswer.SCORED, 6), "choose a score from 1 to 5"),
        (NeedGiven(NeedAnswer.SCORED, 0), "choose a score from 1 to 5"),
        (NeedGiven(NeedAnswer.DECLINED, 2), "not both"),
    ],
)
def test_an_assessment_with_a_hole_is_refused_by_the_box(given, why):
    answers = {**ALL_ANSWERED, NeedCategory.FINANCE: given}
    with pytest.raises(RuleBroken, match=why) as refusal:
        assess(a_case(), answers=answers)
    assert refusal.value.field == "n6"


def test_what_was_not_discussed_or_declined_has_no_score():
    answers = {
        **ALL_ANSWERED,
        NeedCategory.HEALTH: NeedGiven(NeedAnswer.NOT_DISCUSSED),
        NeedCategory.SOCIAL: NeedGiven(NeedAnswer.DECLINED, notes="Another time"),
    }
    needs = assess(a_case(), answers=answers).needs
    assert (needs[0].score, needs[7].score, needs[7].notes) == (None, None, "Another time")


def test_a_second_first_assessment_is_refused_and_a_review_is_taken():
    case = a_case()
    assess(case)
    with pytest.raises(RuleBroken, match="as a review"):
        assess(case)
    assert assess(case, stage=Stage.REVIEW).stage is Stage.REVIEW


def test_a_case_is_closed_with_a_note_once_everything_is_told():
    case = a_case()
    with pytest.raises(RuleBroken, match="must still be told"):
        close(case)
    contact(case, ContactOutcome.SPOKE)
    close(case)
    assert (case.status, case.closed_at) == (CaseStatus.CLOSED, MONDAY)


def test_a_case_is_not_closed_without_a_note_or_with_something_to_do():
    case = a_case()
    contact(case, ContactOutcome.SPOKE)
    with pytest.raises(RuleBroken) as refusal:
        close(case, note="  ")
    assert refusal.value.field == "note"
    task = commands.add_task(
        case.id, kind=TaskKind.OTHER, about="", due_on=MONDAY.date(), actor=TEST
    )
    with pytest.raises(RuleBroken, match="something to do"):
        close(case)
    commands.finish_task(task, actor=TEST)
    close(case)
    assert case.status is CaseStatus.CLOSED


def test_nothing_is_done_to_a_closed_case():
    case = a_case()
    contact(case, ContactOutcome.SPOKE)
    close(case)
    with pytest.raises(RuleBroken, match="closed"):
        contact(case, ContactOutcome.SPOKE)
    with pytest.raises(RuleBroken, match="closed"):
        assign(case, a_member_of_staff())
    with pytest.raises(RuleBroken, match="closed"):
        assess(case)


def test_a_reopened_case_owes_what_can_still_be_told_in_time():
    case = a_case()
    contact(case, ContactOutcome.SPOKE)
    close(case)
    with clock.fixed(MONDAY + timedelta(days=30)):
        for kind, days in ((Milestone.ARRESTED, 10), (Milestone.CHARGED, 29)):
            commands.record_milestone(
                case.crime, kind=kind, at=MONDAY + timedelta(days=days), actor=TEST
            )
        commands.reopen_case(case, note="She rang.", version=case.version, actor=TEST)
    owed = [duty.rule for duty in case.duties if duty.is_open]
    assert (case.status, owed) == (CaseStatus.OPEN, ["R6_CHARGE"])
    assert case.next_due_on is not None
    with pytest.raises(RuleBroken, match="not closed"):
        commands.reopen_case(case, note="Again", version=case.version, actor=TEST)


def test_a_task_is_asked_for_once():
    case = a_case()
    first, again = (
        commands.add_task(
            case.id,
            kind=TaskKind.SAFEGUARDING_NUMBER,
            about="defendant:1",
            due_on=MONDAY.date(),
            actor=TEST,
        )
        for _ in range(2)
    )
    assert first.id == again.id
    manager = a_member_of_staff()
    for _ in range(2):
        commands.finish_task(first, actor=an_actor(manager))
    done = [entry for entry in case.timeline if entry.event == "task_done"]
    assert (first.done_by_id, len(done)) == (manager.id, 1)
