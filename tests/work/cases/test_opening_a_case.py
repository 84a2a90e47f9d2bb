"""A case is opened, and somebody decides which rights its victim has."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.cases import commands
from beacon.cases.commands.opening import new_reference
from beacon.cases.models import CaseFile, CaseTask, ProposedMilestone
from beacon.cases.terms import CaseStatus, CrimeKind, SuspectStatus, TaskKind
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState, EnhancedGround, Milestone, VictimCategory
from beacon.numbers import queries as numbers
from beacon.numbers.terms import Held
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim, an_actor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
GROUND = EnhancedGround


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def duties(case: CaseFile) -> dict[str, Duty]:
    return {
        duty.rule: duty
        for duty in db.session.scalars(sa.select(Duty).where(Duty.case_id == case.id))
    }


def decide(case: CaseFile, category: VictimCategory, *grounds: EnhancedGround, **known: object):
    usual = {"reason": "", "version": case.version, "actor": TEST}
    commands.decide_category(
        case, category=category, grounds=dict.fromkeys(grounds, True), **usual | known
    )


def test_a_new_case_is_new_unassigned_and_undecided():
    case = a_case()
    assert (case.status, case.manager_id, case.team_id) == (CaseStatus.NEW, None, None)
    assert case.category_is_proposed
    assert case.reference.startswith("BCN-")


def test_the_referral_is_met_at_receipt_and_judged_by_the_day_of_the_record():
    in_time = a_case(crime=a_crime(recorded_at=MONDAY - timedelta(days=3)))
    too_late = a_case(crime=a_crime(recorded_at=MONDAY - timedelta(days=14)))
    assert duties(in_time)["R4_REFER"].state is DutyState.MET
    assert duties(too_late)["R4_REFER"].state is DutyState.MET_LATE
    assert duties(in_time)["R4_REFER"].due_on == date(2026, 11, 24)


def test_a_crime_from_before_the_first_code_opens_no_duty_of_a_code():
    case = a_case(crime=a_crime(recorded_at=datetime(2014, 3, 1, tzinfo=UTC)))
    assert set(duties(case)) == {"FIRST_CONTACT"}


def test_a_proposed_ground_counts_as_enhanced_until_somebody_decides():
    case = a_case(proposals=[(GROUND.DOMESTIC_ABUSE, "domestic abuse flag")])
    assert case.enhanced
    assert case.category is VictimCategory.STANDARD
    assert case.needs_a_named_manager
    assert duties(case)["FIRST_CONTACT"].due_on == date(2026, 11, 24)
    assert case.next_due_on == date(2026, 11, 24)


def test_a_standard_victim_is_to_be_reached_within_five_working_days():
    case = a_case()
    assert case.next_due_on == date(2026, 11, 30)


def test_under_18_at_the_offence_decides_by_itself():
    case = a_case(under_18=True, proposals=[(GROUND.UNDER_18, "under 18 at the offence")])
    assert (case.category, case.enhanced) == (VictimCategory.ENHANCED, True)
    assert not case.category_is_proposed
    (ground,) = case.grounds
    assert (ground.holds, ground.decided_by_id) == (True, None)


def test_the_ground_of_age_cannot_be_turned_down():
    case = a_case(under_18=True)
    with pytest.raises(RuleBroken, match="under 18"):
        decide(case, VictimCategory.STANDARD, reason="No")


def test_the_same_person_and_crime_have_one_case():
    case = a_case()
    with pytest.raises(RuleBroken, match="already a case"):
        a_case(crime=case.crime, victim=case.victim)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CaseFile)) == 1


def test_the_numbers_of_the_victim_are_placed_in_the_case():
    case = a_case(victim=a_victim(mobile="07700 900123"))
    assert numbers.holder("07700900123", [case.id]) is Held.SAME_CASE
    assert numbers.holder("07700900123", [case.id + 1]) is Held.ANOTHER_CASE


def test_a_reference_that_is_taken_is_drawn_again():
    case = a_case()
    letters = iter([*case.reference[4:], *"22222"])

    class Loaded:
        def choice(self, seq: object) -> str:
            return next(letters)

    assert new_reference(Loaded()) == "BCN-22222"


def test_nothing_personal_is_in_the_log():
    a_case(
        victim=a_victim(first_name="Zebedee", last_name="Quixote"),
        proposals=[(GROUND.HATE_CRIME, "hate crime strand")],
    )
    facts = db.session.scalars(sa.select(AuditEntry.facts)).all()
    assert facts
    assert not any("Zebedee" in fact or "Quixote" in fact for fact in facts)


def test_deciding_writes_who_when_and_why():
    case = a_case(proposals=[(GROUND.DOMESTIC_ABUSE, "flag"), (GROUND.VULNERABLE, "flag")])
    officer = a_member_of_staff(Role.INTAKE_OFFICER)
    decide(
        case,
        VictimCategory.ENHANCED,
        GROUND.DOMESTIC_ABUSE,
        reason="Said so",
        actor=an_actor(officer),
    )
    held = {ground.ground: ground for ground in case.grounds}
    assert held[GROUND.DOMESTIC_ABUSE].holds is True
    assert held[GROUND.VULNERABLE].holds is False
    assert held[GROUND.DOMESTIC_ABUSE].decided_by_id == officer.id
    assert held[GROUND.DOMESTIC_ABUSE].decided_at == MONDAY
    assert held[GROUND.DOMESTIC_ABUSE].reason == "Said so"
    assert case.category is VictimCategory.ENHANCED


@pytest.mark.parametrize(
    ("category", "grounds", "reason", "field"),
    [
        (VictimCategory.ENHANCED, [], "", "grounds"),
        (VictimCategory.STANDARD, [GROUND.KIDNAP], "", "category"),
        (VictimCategory.ENHANCED, [GROUND.DISCRETION], " ", "reason"),
        (VictimCategory.STANDARD, [], "", "reason"),
        (VictimCategory.STANDARD, [], "x" * 501, "reason"),
    ],
)
def test_a_decision_that_does_not_hold_together_is_refused(category, grounds, reason, field):
    case = a_case(proposals=[(GROUND.VULNERABLE, "flag")])
    with pytest.raises(RuleBroken) as refusal:
        decide(case, category, *grounds, reason=reason)
    assert refusal.value.field == field
    assert case.category_is_proposed


def test_a_decision_from_an_old_page_is_refused():
    case = a_case()
    version = case.version
    decide(case, VictimCategory.STANDARD)
    with pytest.raises(RuleBroken, match="Somebody else"):
        decide(case, VictimCategory.ENHANCED, GROUND.KIDNAP, version=version)
    assert case.category is VictimCategory.STANDARD


def test_a_change_of_category_leaves_earlier_duties_and_reaches_later_ones():
    case = a_case()
    commands.record_milestone(case.crime, kind=Milestone.ARRESTED, at=MONDAY, actor=TEST)
    commands.record_milestone(
        case.crime, kind=Milestone.HEARING_LISTED, at=MONDAY, about="hearing:1", actor=TEST
    )
    with clock.fixed(MONDAY + timedelta(hours=2)):
        decide(case, VictimCategory.ENHANCED, GROUND.KIDNAP)
        commands.record_milestone(case.crime, kind=Milestone.CHARGED, at=clock.now(), actor=TEST)
    found = duties(case)
    assert (found["FIRST_CONTACT"].enhanced, found["FIRST_CONTACT"].amount) == (False, 5)
    assert (found["R6_ARREST"].enhanced, found["R6_ARREST"].amount) == (False, 5)
    assert found["R8_HEARING"].enhanced  # its clock starts later than the change
    assert (found["R6_CHARGE"].enhanced, found["R6_CHARGE"].amount) == (True, 1)


def test_what_is_recorded_later_has_the_limit_of_the_moment_that_set_it_off():
    case = a_case(crime=a_crime(recorded_at=MONDAY - timedelta(days=7)))
    moments = [MONDAY + timedelta(days=days) for days in range(5)]
    turns = [VictimCategory.ENHANCED, VictimCategory.STANDARD, VictimCategory.ENHANCED]
    for moment, category in zip(moments[1:], turns, strict=False):
        with clock.fixed(moment - timedelta(hours=12)):
            decide(case, category, *[GROUND.KIDNAP] * category.startswith("e"), reason="As told")
    with clock.fixed(moments[-1]):
        for moment in (MONDAY - timedelta(days=1), *moments):
            commands.record_milestone(case.crime, kind=Milestone.ARRESTED, at=moment, actor=TEST)
    told = sa.select(Duty).where(Duty.case_id == case.id, Duty.rule == "R6_ARREST")
    found = db.session.scalars(told.order_by(Duty.event_at)).all()
    assert [duty.amount for duty in found] == [5, 5, 1, 5, 1, 1]
    assert [duty.enhanced for duty in found] == [False, False, True, False, True, True]


def test_witness_care_heard_before_a_change_so_its_clock_has_the_limit_of_then():
    case = a_case()
    about = {"kind": Milestone.BAIL_HEARING_OUTCOME, "at": MONDAY, "about": "hearing:1"}
    milestone = commands.record_milestone(case.crime, **about, actor=TEST)
    with clock.fixed(MONDAY + timedelta(hours=2)):
        decide(case, VictimCategory.ENHANCED, GROUND.KIDNAP)
        assert duties(case)["R8_BAILOUT"].amount == 1
        commands.receive(milestone, at=MONDAY + timedelta(hours=1), actor=TEST)
    found = duties(case)["R8_BAILOUT"]
    assert (found.enhanced, found.amount, found.due_on) == (False, 5, date(2026, 11, 30))


def test_a_proposal_counts_from_when_it_was_proposed():
    case = a_case(crime=a_crime(recorded_at=MONDAY - timedelta(days=7)))
    with clock.fixed(MONDAY + timedelta(hours=1, seconds=40)):
        new = [(GROUND.DOMESTIC_ABUSE, "domestic abuse flag")]
        commands.propose_grounds(case, new, domestic_abuse=True, actor=TEST)
    with clock.fixed(MONDAY + timedelta(hours=2)):
        for kind, minutes in ((Milestone.ARRESTED, 59), (Milestone.CHARGED, 60)):
            at = MONDAY + timedelta(minutes=minutes)
            commands.record_milestone(case.crime, kind=kind, at=at, actor=TEST)
    assert (duties(case)["R6_ARREST"].amount, duties(case)["R6_CHARGE"].amount) == (5, 1)


def test_a_status_in_the_feed_proposes_a_milestone_and_opens_no_duty():
    crime = a_crime(suspect_status=SuspectStatus.ARRESTED)
    case = a_case(crime=crime)
    (task,) = db.session.scalars(sa.select(CaseTask)).all()
    assert (task.case_id, task.kind) == (case.id, TaskKind.MILESTONE_PROPOSED)
    assert "R6_ARREST" not in duties(case)
    assert case.timeline[0].sentence.startswith("The police feed says: Suspect arrested")


@pytest.mark.parametrize("status", [None, SuspectStatus.NONE, SuspectStatus.IDENTIFIED])
def test_a_status_that_promises_nothing_proposes_nothing(status):
    a_crime(suspect_status=status)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ProposedMilestone)) == 0


def test_a_changed_status_asks_every_live_case_once():
    crime = a_crime(reference="41/7/26", suspect_status=SuspectStatus.NONE)
    first, second = a_case(crime=crime), a_case(crime=crime)
    for _ in range(2):
        a_crime(reference="41/000007/2026", suspect_status=SuspectStatus.CHARGED)
    asked = db.session.scalars(sa.select(CaseTask.case_id).order_by(CaseTask.case_id)).all()
    assert asked == [first.id, second.id]


def test_giving_the_moment_answers_the_question_of_the_feed():
    case = a_case(crime=a_crime(suspect_status=SuspectStatus.CHARGED))
    milestone = commands.record_milestone(case.crime, kind=Milestone.CHARGED, at=MONDAY, actor=TEST)
    proposal = db.session.scalars(sa.select(ProposedMilestone)).one()
    assert proposal.milestone_id == milestone.id
    assert db.session.scalars(sa.select(CaseTask)).one().done_at == MONDAY


def test_a_proposal_may_be_set_aside_with_a_reason():
    case = a_case(crime=a_crime(suspect_status=SuspectStatus.CHARGED))
    proposal = db.session.scalars(sa.select(ProposedMilestone)).one()
    with pytest.raises(RuleBroken, match="reason"):
        commands.set_proposal_aside(proposal, reason=" ", actor=TEST)
    commands.set_proposal_aside(proposal, reason="Another suspect", actor=TEST)
    assert proposal.decided_at == MONDAY
    assert db.session.scalars(sa.select(CaseTask)).one().done_at == MONDAY
    assert "Another suspect" in case.timeline[1].sentence
    with pytest.raises(RuleBroken, match="already"):
        commands.set_proposal_aside(proposal, reason="Again", actor=TEST)


def test_an_empty_fact_never_erases_one_that_was_known():
    crime = a_crime(reference="41/9/26", officer_name="PC Example", place="1 High Street")
    again = a_crime(reference="41/9/26", offence="Robbery", place="", officer_name="")
    assert again.id == crime.id
    assert (again.offence, again.officer_name, again.place) == (
        "Robbery",
        "PC Example",
        "1 High Street",
    )


def test_a_fraud_report_keeps_what_the_list_said():
    crime = a_crime(kind=CrimeKind.FRAUD, reference="nfrc 2606 00001")
    assert crime.reference_key == "NFRC260600001"
    facts = commands.FraudFacts(amount_lost_pence=125_000, sending_bank="Example Bank")
    report = commands.record_fraud_report(crime, facts, actor=TEST)
    again = commands.record_fraud_report(crime, commands.FraudFacts(), actor=TEST)
    assert (again.id, again.amount_lost_pence, again.sending_bank) == (
        report.id,
        125_000,
        "Example Bank",
    )
