"""Reaching a fraud victim, the tick list, and the decision without which no case is closed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases import commands as cases
from beacon.cases.models import CaseFile, CaseTask, ContactLog
from beacon.cases.terms import ContactOutcome, TaskKind
from beacon.core import clock, settings
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.core.roles import Role
from beacon.entitlements import commands as duties
from beacon.entitlements import queries as entitlements
from beacon.entitlements.terms import Channel
from beacon.fraud_hub import commands, jobs, queries
from beacon.fraud_hub.models import FraudDecision, FraudTriage
from beacon.fraud_hub.standards import TRIES
from beacon.fraud_hub.terms import Asked, Decision, Factor, Level, Source, Standing
from beacon.people import commands as people
from beacon.people.models import ContactPoint, SafeContact, Victim
from beacon.people.terms import Fact, Safe
from beacon.plans import commands as plans
from beacon.plans.terms import ClosingReason, NotAssessed
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
from tests.work.fraud_hub.builders import a_fraud_case, attempt, decided, triaged, tried

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
UNSAFE = "They said that contact is not safe"


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def officer(monday: None) -> Actor:
    return an_actor(a_member_of_staff(Role.FRAUD_OFFICER))


def standing(case: CaseFile) -> Standing:
    row = queries.row_of(TEST, case.id)
    assert row is not None
    return row.standing


def tasks(case: CaseFile, kind: TaskKind, *, done: bool = False) -> list[CaseTask]:
    query = sa.select(CaseTask).filter_by(case_id=case.id, kind=kind)
    found = db.session.scalars(query.order_by(CaseTask.id))
    return [one for one in found if (one.done_at is not None) is done]


def safe(case: CaseFile, overall: Safe, **of_points: Safe) -> None:
    """What the victim said of contact, and of each of their numbers."""
    with transaction() as session:
        said = session.query(SafeContact).filter_by(victim_id=case.victim_id).one_or_none()
        if said is None:
            said = SafeContact(victim_id=case.victim_id)
            session.add(said)
        said.overall = overall
        for point in session.query(ContactPoint).filter_by(victim_id=case.victim_id):
            for name, answer in of_points.items():
                setattr(point, name, answer)


def settled(case: CaseFile) -> None:
    """Nothing is owed any more by the Code, so that only the hub's decision is left."""
    for duty in entitlements.duties_owed(case.id):
        duties.not_applicable(duty, reason="Not this time.", actor=TEST)


def test_an_attempt_is_a_contact_of_the_case_with_its_time_its_way_and_the_next_try():
    case = a_fraud_case()
    made = tried(case, outcome=ContactOutcome.NO_ANSWER)
    assert (made.case_id, made.channel, made.happened_at) == (case.id, Channel.PHONE, MONDAY)
    assert [task.due_on for task in tasks(case, TaskKind.RING_AGAIN)] == [TUESDAY]
    assert standing(case) is Standing.TRYING
    with clock.fixed(MONDAY + timedelta(days=1)):
        assert standing(case) is Standing.CALL_TODAY


def test_a_form_that_is_sent_twice_makes_one_attempt():
    case = a_fraud_case()
    once = attempt()
    first = commands.record_attempt(case, once, seen=0, actor=TEST)
    again = commands.record_attempt(case, once, seen=0, actor=TEST)
    assert first.id == again.id
    assert db.session.scalar(sa.select(sa.func.count(ContactLog.id))) == 1


def test_who_has_not_read_the_last_contact_records_nothing():
    case = a_fraud_case()
    tried(case, outcome=ContactOutcome.NO_ANSWER)
    with pytest.raises(Stale):
        commands.record_attempt(case, attempt(), seen=0, actor=TEST)
    given = commands.DecisionGiven(decision=Decision.NOT_A_FRAUD, reason="A dispute.")
    with pytest.raises(Stale):
        commands.decide(case, given, seen=0, actor=TEST)


def test_a_call_is_not_recorded_before_it_was_asked_whether_it_is_safe():
    case = a_fraud_case()
    with pytest.raises(RuleBroken, match="asking first"):
        tried(case, asked=None)
    assert queries.newest_contact(case.id) == 0


def test_who_said_that_contact_is_not_safe_is_not_tried_by_any_way():
    case = a_fraud_case()
    safe(case, Safe.NO)
    for channel in Channel:
        with pytest.raises(RuleBroken, match=UNSAFE):
            tried(case, channel=channel)
    made = tried(case, outcome=ContactOutcome.NOT_SAFE, asked=None)
    assert made.outcome is ContactOutcome.NOT_SAFE


def test_a_letter_that_is_not_agreed_is_refused():
    case = a_fraud_case()
    with pytest.raises(RuleBroken, match="This way is closed"):
        tried(case, channel=Channel.LETTER, outcome=ContactOutcome.SENT)


def test_a_message_is_refused_until_messages_are_safe():
    case = a_fraud_case()
    safe(case, Safe.YES, safe=Safe.YES)
    with pytest.raises(RuleBroken, match="Leave none"):
        tried(case, outcome=ContactOutcome.MESSAGE_LEFT, asked=None)
    safe(case, Safe.YES, voicemail_ok=Safe.YES)
    made = tried(case, outcome=ContactOutcome.MESSAGE_LEFT, asked=None)
    assert made.outcome is ContactOutcome.MESSAGE_LEFT
    assert standing(case) is Standing.TRYING  # a message reaches nobody


def test_after_so_many_tries_there_is_no_next_and_a_decision_is_asked_for():
    case = a_fraud_case()
    for day in range(settings.count(TRIES)):
        with clock.fixed(MONDAY + timedelta(days=day)):
            tried(case, outcome=ContactOutcome.NO_ANSWER)
    assert tasks(case, TaskKind.RING_AGAIN) == []
    assert standing(case) is Standing.TRIES_OVER
    assert decided(case, Decision.UNREACHABLE).decision is Decision.UNREACHABLE
    assert standing(case) is Standing.DECIDED


def test_spoken_with_is_reached_and_then_decided():
    case = a_fraud_case()
    made = tried(case)
    assert standing(case) is Standing.REACHED
    decision = decided(case, Decision.DECLINED)
    assert (decision.contact_id, standing(case)) == (made.id, Standing.DECIDED)


def test_the_states_before_any_try_follow_triage_and_the_first_contact_standard():
    case = a_fraud_case()
    assert standing(case) is Standing.TRIAGE
    triaged(case)
    assert standing(case) is Standing.TO_CALL
    with clock.fixed(MONDAY + timedelta(days=14)):
        assert standing(case) is Standing.CALL_TODAY


@pytest.mark.parametrize("fact", ["still_paying", "remote_access"])
def test_what_the_report_says_is_urgent_until_a_person_says_otherwise(fact):
    case = a_fraud_case(**{fact: True})
    assert standing(case) is Standing.CALL_TODAY
    with pytest.raises(RuleBroken, match="how you know"):
        triaged(case, notes="")
    assert triaged(case, notes="She stopped on Friday.").same_day is False
    assert standing(case) is Standing.TO_CALL


def test_a_tick_list_is_kept_in_versions_with_who_and_when(officer: Actor):
    case = a_fraud_case(vulnerable=True, reported_pence=100_00)
    triaged(case, Factor.REPORTED)
    given = commands.TriageGiven(factors=[Factor.BEREAVED, Factor.SUICIDAL], source=Source.BANK)
    now = commands.confirm_triage(case, given, number=1, actor=officer)
    assert (now.number, now.level, now.same_day) == (2, Level.TWO, True)
    assert now.factors == (Factor.BEREAVED, Factor.SUICIDAL)
    assert now.denied == (Factor.REPORTED,)
    assert (now.by_name, now.made_at) == (officer.name, MONDAY)
    query = sa.select(FraudTriage).where(FraudTriage.case_id == case.id).order_by(FraudTriage.id)
    before, after = db.session.scalars(query)
    assert (before.replaced_at, after.replaced_at) == (MONDAY, None)
    row = queries.row_of(officer, case.id)
    assert row is not None
    assert (row.source, row.level, row.standing) == (Source.BANK, Level.TWO, Standing.CALL_TODAY)
    with pytest.raises(Stale):
        commands.confirm_triage(case, given, number=1, actor=officer)


def test_a_same_day_factor_puts_a_task_on_the_case_until_they_are_reached():
    case = a_fraud_case()
    triaged(case, Factor.VISITED)
    assert [one.due_on for one in tasks(case, TaskKind.FRAUD_SAME_DAY)] == [TODAY]
    tried(case, outcome=ContactOutcome.NO_ANSWER)
    assert len(tasks(case, TaskKind.FRAUD_SAME_DAY)) == 1
    with pytest.raises(RuleBroken, match="next working day"):
        tried(case, outcome=ContactOutcome.NO_ANSWER, again_on=TUESDAY + timedelta(days=2),
              at=MONDAY - timedelta(minutes=1))  # fmt: skip
    tried(case)
    assert tasks(case, TaskKind.FRAUD_SAME_DAY) == []


def test_the_job_raises_what_the_report_says_once():
    case = a_fraud_case(still_paying=True)
    quiet = a_fraud_case()
    assert jobs.raise_fraud_alarms() == 1
    assert jobs.raise_fraud_alarms() == 0
    assert len(tasks(case, TaskKind.FRAUD_SAME_DAY)) == 1
    assert tasks(quiet, TaskKind.FRAUD_SAME_DAY) == []


def linked(victim: Victim) -> Victim:
    """Another record of the same person."""
    other = a_victim()
    people.link(other, victim, facts=(Fact.NAME,), actor=TEST)
    return other


def test_a_second_report_in_a_year_is_a_repeat_under_a_linked_record(officer: Actor):
    old = a_fraud_case(recorded_at=MONDAY - timedelta(days=300))
    new = a_fraud_case(victim=linked(old.victim))
    alone = a_fraud_case()
    alerts = queries.alerts_of(officer, [old.id, new.id, alone.id])
    assert [alerts[one.id].reports for one in (old, new, alone)] == [1, 2, 1]
    assert queries.contact_in(officer, new).proposed == (Factor.REPEAT,)
    assert queries.marks(officer, [new.id])[new.id].words == "Repeat fraud victim"


def test_fees_to_get_money_back_raise_the_alarm_on_both_cases_once(officer: Actor):
    old = a_fraud_case(recorded_at=MONDAY - timedelta(days=500))
    new = a_fraud_case(victim=linked(old.victim), fraud_code="NFIB1E")
    alerts = queries.alerts_of(officer, [old.id, new.id])
    assert alerts[new.id].preyed_on == (old.reference,)
    assert alerts[old.id].preyed_by == (new.reference,)
    assert jobs.raise_fraud_alarms() == 2
    assert jobs.raise_fraud_alarms() == 0
    for case in (old, new):
        assert len(tasks(case, TaskKind.FRAUD_RECOVERY)) == 1
        assert queries.marks(officer, [case.id])[case.id].words == "Recovery fraud"


def test_sealed_words_of_the_report_raise_it_too(officer: Actor):
    victim = a_victim()
    a_fraud_case(victim=victim, recorded_at=MONDAY - timedelta(days=40))
    new = a_fraud_case(victim=victim, vulnerability="Was told to pay a fee to get the money back")
    assert queries.alerts_of(officer, [new.id])[new.id].is_recovery


CLOSINGS = {
    "the command of a case": lambda case: cases.close_case(
        case, note="Over.", version=case.version, actor=TEST
    ),
    "the closing summary": lambda case: plans.close(
        case,
        plans.ClosingGiven(
            reason=ClosingReason.DONE, summary="Over.", not_assessed=NotAssessed.DECLINED
        ),
        version=case.version,
        actor=TEST,
    ),
    "the end at triage": lambda case: cases.end_at_triage(case, note="Over.", actor=TEST),
}


@pytest.mark.parametrize("way", list(CLOSINGS))
def test_no_way_closes_a_fraud_case_before_its_decision(way: str):
    case = a_fraud_case()
    settled(case)
    with pytest.raises(RuleBroken, match="fraud hub has not decided"):
        CLOSINGS[way](case)
    tried(case)
    with pytest.raises(RuleBroken, match="fraud hub has not decided"):
        CLOSINGS[way](case)
    decided(case)
    CLOSINGS[way](db.session.get_one(CaseFile, case.id))
    assert standing(case) is Standing.CLOSED


def test_a_case_of_another_crime_knows_nothing_of_it():
    case = a_case()
    settled(case)
    assert queries.ends_of(case) == []
    with pytest.raises(NotFound):
        decided(case)
    CLOSINGS["the command of a case"](case)


@pytest.mark.parametrize("decision", list(Decision))
def test_no_decision_is_made_without_an_attempt(decision: Decision):
    case = a_fraud_case()
    triaged(case)
    to = "Somebody" if decision is Decision.HANDED_ON else ""
    given = commands.DecisionGiven(decision=decision, reason="Because.", handed_to=to)
    with pytest.raises(RuleBroken, match="Nobody has tried"):
        commands.decide(case, given, seen=0, actor=TEST)
    assert db.session.scalar(sa.select(sa.func.count(FraudDecision.id))) == 0


def test_a_decision_needs_words_and_to_whom_it_is_handed_on():
    case = a_fraud_case()
    tried(case)
    with pytest.raises(RuleBroken, match="Enter why"):
        decided(case, reason=" ")
    with pytest.raises(RuleBroken, match="to whom"):
        decided(case, Decision.HANDED_ON)
    with pytest.raises(RuleBroken, match="Only what is handed on"):
        decided(case, Decision.DECLINED, handed_to="Age UK")


def test_a_later_decision_takes_the_place_of_an_earlier_one_which_stays():
    case = a_fraud_case()
    first = decided(case, Decision.DECLINED)
    second = decided(case, Decision.PLAN)
    assert queries.standing_decision(case.id) == second
    assert (first.replaced_at, second.replaced_at) == (MONDAY, None)
    assert standing(case) is Standing.PLAN


def test_the_database_keeps_one_standing_decision():
    case = a_fraud_case()
    one = decided(case)
    second = sa.insert(FraudDecision.__table__).values(
        case_id=case.id,
        contact_id=one.contact_id,
        decision=Decision.PLAN,
        decided_at=MONDAY,
        by_name="x",
        created_at=MONDAY,
        seal_key="x",
    )
    with pytest.raises(sa.exc.IntegrityError):
        db.session.execute(second)
    db.session.rollback()


def test_a_court_officer_and_a_stranger_to_the_case_decide_nothing(officer: Actor):
    case = a_fraud_case()
    tried(case)
    given = commands.DecisionGiven(decision=Decision.NOT_A_FRAUD, reason="A dispute.")
    seen = queries.newest_contact(case.id)
    court = an_actor(a_member_of_staff(Role.COURT_OFFICER))
    with pytest.raises(RuleBroken):
        commands.decide(case, given, seen=seen, actor=court)
    commands.decide(case, given, seen=seen, actor=officer)


def test_asking_is_written_into_the_contact():
    case = a_fraud_case()
    made = tried(case, asked=Asked.SAFE, notes="Rings back tomorrow.")
    assert made.notes == f"{Asked.SAFE.label}.\nRings back tomorrow."
