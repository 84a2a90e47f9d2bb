"""Reviews, statements, complaints and claims: their steps, their clocks, their last days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.cases import commands, queries
from beacon.cases.commands import StepGiven
from beacon.cases.jobs import raise_alarms
from beacon.cases.models import CaseFact, CaseFile, CaseTask, FactStepTaken
from beacon.cases.rules import steps_of
from beacon.cases.terms import ALARMS, FactChoice, FactKind, FactStep
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.entitlements import queries as entitlements
from beacon.entitlements.codes import CODES
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState, EnhancedGround, Milestone
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim, an_actor

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = MONDAY.date()
DAY = timedelta(days=1)
K, S, C = FactKind, FactStep, FactChoice
SOON, NEAR = ALARMS["window"]


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(monday: None) -> Staff:
    return a_member_of_staff(name="Priya Shah")


@pytest.fixture
def case(manager: Staff) -> CaseFile:
    return a_case(manager=manager, crime=a_crime(offence_on=date(2026, 3, 2)))


def given(step: FactStep, on: date = TODAY, **known: object) -> StepGiven:
    return StepGiven(step=step, on=on, **known)


def start(case: CaseFile, kind: FactKind, step: FactStep, on: date = TODAY, **known) -> CaseFact:
    return commands.start_fact(case, kind, given(step, on, **known), actor=TEST)


def go_on(case: CaseFile, fact: CaseFact, step: FactStep, on: date = TODAY, **known) -> None:
    commands.record_step(case, fact, given(step, on, **known), actor=TEST)


def duties(case: CaseFile) -> list[tuple[str, date | None, DutyState]]:
    db.session.rollback()
    rules = ("VRR_ACK", "VRR_DECIDE", "VRRC_LOCAL", "VRRC_DECIDE", "R12_COMPLAINT", "R10_EXP")
    query = sa.select(Duty).where(Duty.case_id == case.id, Duty.rule.in_(rules))
    rows = db.session.scalars(query.order_by(Duty.id))
    return [(row.rule, row.due_on, row.state) for row in rows]


def alarms(case: CaseFile) -> list[tuple[object, bool]]:
    db.session.rollback()
    query = sa.select(CaseTask).where(CaseTask.case_id == case.id, CaseTask.kind.in_([SOON, NEAR]))
    return [
        (row.kind, row.done_at is not None)
        for row in db.session.scalars(query.order_by(CaseTask.id))
    ]


def at(day: date) -> int:
    with clock.fixed(datetime(day.year, day.month, day.day, 8, tzinfo=UTC)):
        return raise_alarms()


def test_a_review_of_a_police_decision_has_its_window_and_opens_two_clocks(case):
    fact = start(case, K.REVIEW_POLICE, S.TOLD, TODAY - 10 * DAY, choice=C.NO_PROCEEDINGS)
    assert (fact.last_on, duties(case)) == (date(2027, 2, 13), [])
    go_on(case, fact, S.ASKED)
    assert duties(case) == [
        ("VRR_ACK", date(2026, 12, 7), DutyState.OPEN),
        ("VRR_DECIDE", date(2027, 1, 7), DutyState.OPEN),
    ]
    with clock.fixed(MONDAY + 60 * DAY):
        go_on(case, fact, S.ACKNOWLEDGED, date(2026, 12, 7))
        go_on(case, fact, S.DECIDED, date(2027, 1, 8), choice=C.STANDS)
    assert [state for _, _, state in duties(case)] == [DutyState.MET, DutyState.MET_LATE]


def test_a_step_has_the_limit_of_the_day_on_which_it_was_taken(case, monkeypatch):
    shorter = replace(CODES[date(2021, 4, 1)].rules["R12_COMPLAINT"], enhanced=1)
    monkeypatch.setitem(CODES[date(2021, 4, 1)].rules, "R12_COMPLAINT", shorter)
    new = [(EnhancedGround.DOMESTIC_ABUSE, "domestic abuse flag")]
    commands.propose_grounds(case, new, domestic_abuse=True, actor=TEST)
    start(case, K.COMPLAINT, S.RECEIVED, TODAY - 3 * DAY, choice=C.POLICE)
    with clock.fixed(MONDAY + DAY):
        start(case, K.COMPLAINT, S.RECEIVED, TODAY + DAY, choice=C.POLICE)
    assert [due for _, due, _ in duties(case)] == [date(2026, 12, 4), date(2026, 11, 25)]


def test_a_review_of_a_cps_decision_is_acknowledged_as_a_fact_and_decided_by_two_clocks(case):
    fact = start(case, K.REVIEW_CPS, S.TOLD, choice=C.LEFT_ON_FILE)
    go_on(case, fact, S.ASKED)
    assert (fact.last_on, duties(case)) == (
        date(2027, 2, 23),
        [
            ("VRRC_LOCAL", date(2026, 12, 7), DutyState.OPEN),
            ("VRRC_DECIDE", date(2027, 1, 7), DutyState.OPEN),
        ],
    )
    go_on(case, fact, S.ACKNOWLEDGED)
    assert {state for _, _, state in duties(case)} == {DutyState.OPEN}
    with clock.fixed(MONDAY + 60 * DAY):
        go_on(case, fact, S.LOOKED_AT_AGAIN, date(2026, 12, 8), choice=C.STANDS)
        go_on(case, fact, S.DECIDED, date(2027, 1, 7), choice=C.CHANGED)
    assert [state for _, _, state in duties(case)] == [DutyState.MET_LATE, DutyState.MET]


@pytest.mark.parametrize(
    ("milestone", "kind", "rules"),
    [
        (Milestone.REVIEW_REQUESTED, K.REVIEW_POLICE, ["VRR_ACK", "VRR_DECIDE"]),
        (Milestone.CPS_REVIEW_REQUESTED, K.REVIEW_CPS, ["VRRC_LOCAL", "VRRC_DECIDE"]),
        (Milestone.COMPLAINT_RECEIVED, K.COMPLAINT, ["R12_COMPLAINT"]),
        (Milestone.EXPENSES_CLAIMED, K.EXPENSES, ["R10_EXP"]),
    ],
)
def test_what_is_recorded_as_a_milestone_and_step_by_step_is_owed_once(
    case, milestone, kind, rules
):
    def record() -> None:
        commands.record_milestone(case.crime, kind=milestone, at=MONDAY, actor=TEST)

    record()
    assert [rule for rule, _, _ in duties(case)] == rules
    asked = {S.RECEIVED: {"choice": C.POLICE}, S.CLAIMED: {"pence": 1_000}}
    step = next(one.step for one in steps_of(kind) if one.opens)
    fact = start(case, kind, step, **asked.get(step, {}))
    owed = [rule for rule, _, state in duties(case) if state is DutyState.OPEN]
    assert owed == rules
    assert len(duties(case)) == 2 * len(rules)
    commands.take_fact_back(case, fact, reason="A mistake.", actor=TEST)
    assert [rule for rule, _, state in duties(case) if state is DutyState.OPEN] == rules

    with clock.fixed(MONDAY + DAY):
        start(case, kind, step, TODAY + DAY, **asked.get(step, {}))
        commands.record_milestone(case.crime, kind=milestone, at=MONDAY + DAY, actor=TEST)
    owed = [rule for rule, _, state in duties(case) if state is DutyState.OPEN]
    assert owed == [*rules, *rules]  # asked for on two days


def test_a_sentence_that_calls_for_the_contact_scheme_opens_its_clock_unverified(case):
    fact = start(case, K.CONTACT_SCHEME, S.SENTENCED)
    (owed,) = [one for one in case.duties if one.rule == "R11_VCS"]
    assert (owed.due_on, owed.right) == (date(2026, 12, 21), 11)
    assert entitlements.rule_of(owed).must_be_checked
    with clock.fixed(MONDAY + 2 * DAY):
        go_on(case, fact, S.REFERRED, TODAY + 2 * DAY)
    db.session.expire_all()
    assert owed.state is DutyState.MET


def test_a_complaint_and_expenses_run_ten_working_days_for_this_victim_alone(case, manager):
    other = a_case(manager=manager, crime=case.crime)
    complaint = start(case, K.COMPLAINT, S.RECEIVED, choice=C.POLICE, words="Nobody rang")
    claim = start(case, K.EXPENSES, S.CLAIMED, pence=12_50)
    assert duties(case) == [
        ("R12_COMPLAINT", date(2026, 12, 7), DutyState.OPEN),
        ("R10_EXP", date(2026, 12, 7), DutyState.OPEN),
    ]
    assert duties(other) == []
    with clock.fixed(MONDAY + 20 * DAY):
        go_on(case, complaint, S.ACKNOWLEDGED, date(2026, 12, 8))
        go_on(case, claim, S.PAID, date(2026, 12, 4), pence=10_00)
    assert [state for _, _, state in duties(case)] == [DutyState.MET_LATE, DutyState.MET]


def test_the_earliest_duty_stands_on_the_case(manager):
    case = a_case(manager=manager, received_at=MONDAY, proposals=())
    start(case, K.COMPLAINT, S.RECEIVED, TODAY - 9 * DAY, choice=C.COURT)
    db.session.rollback()
    assert db.session.get_one(CaseFile, case.id).next_due_on == date(2026, 11, 27)


def test_a_statement_is_offered_answered_taken_and_read(case):
    fact = start(case, K.STATEMENT, S.OFFERED, TODAY - 20 * DAY)
    go_on(case, fact, S.ANSWERED, TODAY - 10 * DAY, choice=C.WANTS)
    go_on(case, fact, S.TAKEN, TODAY - 5 * DAY)
    go_on(case, fact, S.READ, TODAY, choice=C.THEMSELVES)
    db.session.rollback()
    held = db.session.get_one(CaseFact, fact.id).standing
    assert [(step, one.choice) for step, one in held.items()] == [
        (S.OFFERED, None),
        (S.ANSWERED, C.WANTS),
        (S.TAKEN, None),
        (S.READ, C.THEMSELVES),
    ]
    assert (fact.last_on, duties(case)) == (None, [])


def test_compensation_is_kept_in_pence_and_no_more_is_paid_than_was_ordered(case):
    fact = start(case, K.COMPENSATION, S.ASKED, TODAY - 9 * DAY, pence=500_00)
    go_on(case, fact, S.ORDERED, TODAY - 5 * DAY, pence=250_00)
    with pytest.raises(RuleBroken, match="£250.01 paid is more than the £250.00 ordered") as no:
        go_on(case, fact, S.PAID, pence=250_01)
    assert no.value.field == "pence"
    go_on(case, fact, S.PAID, pence=100_00)
    go_on(case, fact, S.PAID, pence=250_00)
    db.session.rollback()
    held = db.session.get_one(CaseFact, fact.id)
    assert held.standing[S.PAID].pence == 250_00
    assert [one.pence for one in held.steps if one.step is S.PAID] == [100_00, 250_00]


def test_criminal_injuries_are_claimed_in_two_years_of_the_incident(case):
    fact = start(case, K.INJURIES, S.TOLD)
    assert fact.last_on == date(2028, 3, 2)
    go_on(case, fact, S.APPLIED, words="X/26/123456")
    child = a_case(
        crime=a_crime(offence_on=date(2026, 3, 2)), victim=a_victim(date_of_birth=date(2012, 1, 1))
    )
    assert start(child, K.INJURIES, S.TOLD).last_on is None


def test_a_sentence_may_be_named_for_28_days(case):
    assert start(case, K.LENIENT, S.SENTENCED).last_on == date(2026, 12, 21)


def test_property_and_the_contact_scheme_are_facts(case):
    fact = start(case, K.PROPERTY, S.HELD, words="A telephone")
    go_on(case, fact, S.RETURNED)
    scheme = start(case, K.CONTACT_SCHEME, S.REFERRED)
    go_on(case, scheme, S.ANSWERED, choice=C.WANTS)
    with pytest.raises(RuleBroken, match="liaison officer"):
        go_on(case, scheme, S.ASSIGNED)
    go_on(case, scheme, S.ASSIGNED, words="Ola Brook")
    assert duties(case) == []


@pytest.mark.parametrize(
    ("kind", "step", "on", "known", "field"),
    [
        (K.COMPLAINT, S.RECEIVED, TODAY + DAY, {"choice": C.CPS}, "on"),
        (K.COMPLAINT, S.RECEIVED, date(2026, 3, 1), {"choice": C.CPS}, "on"),
        (K.COMPLAINT, S.RECEIVED, TODAY, {}, "choice"),
        (K.COMPLAINT, S.RECEIVED, TODAY, {"choice": C.THEMSELVES}, "choice"),
        (K.PROPERTY, S.HELD, TODAY, {"words": "  "}, "words"),
        (K.STATEMENT, S.OFFERED, TODAY, {"words": "x" * 501}, "words"),
        (K.EXPENSES, S.CLAIMED, TODAY, {"pence": -1}, "pence"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(case, kind, step, on, known, field):
    with pytest.raises(RuleBroken) as refused:
        start(case, kind, step, on, **known)
    assert refused.value.field == field
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CaseFact)) == 0
    assert duties(case) == []


def test_a_step_before_the_one_before_it_is_refused(case):
    fact = start(case, K.REVIEW_CPS, S.TOLD, choice=C.NOT_CHARGED)
    with pytest.raises(RuleBroken, match="before “Told of the decision” on 23 November 2026"):
        go_on(case, fact, S.ASKED, TODAY - DAY)


def test_a_step_of_another_kind_and_a_fact_of_another_case_are_not_there(case, manager):
    fact = start(case, K.EXPENSES, S.CLAIMED)
    with pytest.raises(NotFound):
        go_on(case, fact, S.READ)
    with pytest.raises(NotFound):
        go_on(a_case(manager=manager), fact, S.PAID)


def test_a_form_sent_twice_makes_one(case):
    one = start(case, K.COMPLAINT, S.RECEIVED, choice=C.CPS, words="Late")
    assert start(case, K.COMPLAINT, S.RECEIVED, choice=C.CPS, words="Late").id == one.id
    go_on(case, one, S.ACKNOWLEDGED)
    go_on(case, one, S.ACKNOWLEDGED)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(FactStepTaken)) == 2
    assert start(case, K.COMPLAINT, S.RECEIVED, choice=C.POLICE).id != one.id


def test_a_date_put_right_is_a_new_row_and_the_clock_starts_anew(case):
    fact = start(case, K.COMPLAINT, S.RECEIVED, TODAY - DAY, choice=C.CPS)
    go_on(case, fact, S.RECEIVED, TODAY, choice=C.CPS)
    db.session.rollback()
    held = db.session.get_one(CaseFact, fact.id)
    assert [(one.happened_on, one.replaced_at) for one in held.steps] == [
        (TODAY - DAY, MONDAY),
        (TODAY, None),
    ]
    assert duties(case) == [
        ("R12_COMPLAINT", date(2026, 12, 4), DutyState.NOT_APPLICABLE),
        ("R12_COMPLAINT", date(2026, 12, 7), DutyState.OPEN),
    ]


def test_what_is_taken_back_is_kept_and_what_it_opened_falls_away(case):
    fact = start(case, K.COMPLAINT, S.RECEIVED, choice=C.CPS)
    with pytest.raises(RuleBroken, match="Enter the reason"):
        commands.take_fact_back(case, fact, reason=" ", actor=TEST)
    commands.take_fact_back(case, fact, reason="Of another case", actor=TEST)
    assert [state for _, _, state in duties(case)] == [DutyState.NOT_APPLICABLE]
    held = db.session.get_one(CaseFact, fact.id)
    assert (held.withdrawn_at, held.withdrawn_because) == (MONDAY, "Of another case")
    with pytest.raises(NotFound):
        go_on(case, fact, S.ACKNOWLEDGED)
    with pytest.raises(NotFound):
        queries.row_of(TEST, case, CaseFact, fact.id)


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_paused_clock_ends_with_the_step_that_keeps_it_and_with_what_is_taken_back(case, is_kept):
    fact = start(case, K.COMPLAINT, S.RECEIVED, choice=C.POLICE)
    query = sa.select(Duty).where(Duty.case_id == case.id, Duty.rule == "R12_COMPLAINT")
    duty = db.session.scalars(query).one()
    commands.pause_duty(case, duty, reason="They are abroad.", actor=TEST)
    if is_kept:
        go_on(case, fact, S.ACKNOWLEDGED)
    else:
        commands.take_fact_back(case, fact, reason="Another case.", actor=TEST)
    db.session.refresh(duty)
    ended = DutyState.MET if is_kept else DutyState.NOT_APPLICABLE
    assert (duty.state, duty.paused_on) == (ended, None)


@pytest.mark.parametrize(
    ("kind", "step", "known"),
    [
        (K.CONTACT_SCHEME, S.SENTENCED, {}),
        (K.LENIENT, S.SENTENCED, {}),
        (K.COMPLAINT, S.RECEIVED, {"choice": C.POLICE}),
    ],
)
def test_what_was_before_any_code_is_kept_and_owes_nothing(manager, kind, step, known):
    case = a_case(manager=manager, crime=a_crime(offence_on=date(1998, 3, 2)))
    before = len(entitlements.duties_owed(case.id))
    fact = start(case, kind, step, date(2014, 5, 1), **known)
    assert [one.happened_on for one in fact.steps] == [date(2014, 5, 1)]
    assert (fact.last_on, len(entitlements.duties_owed(case.id))) == (None, before)


def test_an_enhanced_victim_has_the_limit_of_an_enhanced_victim(manager):
    case = a_case(manager=manager, proposals=[(EnhancedGround.DOMESTIC_ABUSE, "flag")])
    start(case, K.EXPENSES, S.CLAIMED)
    (row,) = db.session.scalars(sa.select(Duty).where(Duty.rule == "R10_EXP"))
    assert row.enhanced is case.enhanced is True


def test_the_words_are_sealed_and_the_log_says_what_was_done_and_not_what_was_said(case, manager):
    fact = commands.start_fact(
        case,
        K.COMPLAINT,
        given(S.RECEIVED, choice=C.CPS, words="Nobody rang me"),
        actor=an_actor(manager),
    )
    stored = db.session.scalar(sa.select(FactStepTaken.words_sealed))
    assert stored is not None
    assert b"Nobody" not in stored
    rows = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action.like("case.fact%")).order_by(AuditEntry.seq)
    ).all()
    assert [(row.action, row.actor_name) for row in rows] == [
        ("case.fact_recorded", "Priya Shah"),
        ("case.fact_step", "Priya Shah"),
    ]
    assert not any("Nobody" in row.facts for row in rows)
    assert case.timeline[0].sentence == "Priya Shah recorded: Complaint received; CPS."
    assert fact.steps[0].by_name == "Priya Shah"


def test_before_a_window_closes_somebody_is_warned_twice_and_once_each(case):
    start(case, K.LENIENT, S.SENTENCED)  # until 21 December
    assert [at(date(2026, 12, 6)), at(date(2026, 12, 7)), at(date(2026, 12, 8))] == [0, 1, 0]
    assert [at(date(2026, 12, 18)), at(date(2026, 12, 18)), at(date(2026, 12, 22))] == [1, 0, 0]
    assert alarms(case) == [(SOON, False), (NEAR, False)]


def test_a_warning_that_was_dealt_with_does_not_come_again(case):
    start(case, K.LENIENT, S.SENTENCED)
    at(date(2026, 12, 7))
    commands.finish_task(db.session.scalars(sa.select(CaseTask)).one(), actor=TEST)
    assert at(date(2026, 12, 8)) == 0


def test_who_has_asked_is_warned_no_more_and_the_warning_goes(case):
    fact = start(case, K.LENIENT, S.SENTENCED)
    at(date(2026, 12, 7))
    with clock.fixed(MONDAY + 15 * DAY):
        go_on(case, fact, S.ASKED, date(2026, 12, 7))
    assert (alarms(case), at(date(2026, 12, 19))) == ([(SOON, True)], 0)


def test_a_window_that_was_over_when_it_was_written_down_warns_nobody(case):
    start(case, K.LENIENT, S.SENTENCED, TODAY - 40 * DAY)
    assert at(TODAY) == 0


def test_a_window_that_moves_is_warned_of_anew(case):
    fact = start(case, K.LENIENT, S.SENTENCED, TODAY - 20 * DAY)
    assert at(TODAY) == 1
    go_on(case, fact, S.SENTENCED, TODAY - 19 * DAY)
    assert alarms(case) == [(SOON, True)]
    assert at(TODAY) == 1


def test_what_was_taken_back_warns_nobody(case):
    fact = start(case, K.LENIENT, S.SENTENCED)
    commands.take_fact_back(case, fact, reason="Another case", actor=TEST)
    assert at(date(2026, 12, 19)) == 0


def test_the_day_of_the_sentence_comes_from_the_milestone(case):
    assert queries.sentenced_on(case) is None
    commands.record_milestone(case.crime, kind=Milestone.SENTENCED, at=MONDAY, actor=TEST)
    assert queries.sentenced_on(case) == TODAY
    assert queries.wishes_part(TEST, case).lenient_until == date(2026, 12, 21)
    start(case, K.LENIENT, S.SENTENCED)
    assert queries.wishes_part(TEST, case).lenient_until is None


def test_a_sentence_that_was_only_recorded_as_a_milestone_is_warned_of_too(case, manager):
    other = a_case(manager=manager, crime=case.crime)
    milestone = commands.record_milestone(
        case.crime, kind=Milestone.SENTENCED, at=MONDAY, actor=TEST
    )
    assert [at(date(2026, 12, 6)), at(date(2026, 12, 7)), at(date(2026, 12, 7))] == [0, 2, 0]
    with clock.fixed(MONDAY + 14 * DAY):
        fact = start(case, K.LENIENT, S.SENTENCED)
    assert (alarms(case), alarms(other)) == ([(SOON, True)], [(SOON, False)])
    with clock.fixed(MONDAY + 14 * DAY):
        go_on(case, fact, S.ASKED, date(2026, 12, 7))
        commands.withdraw_milestone(milestone, reason="Another crime", actor=TEST)
    assert (alarms(other), at(date(2026, 12, 18))) == ([(SOON, True)], 0)


def test_a_sentence_of_long_ago_warns_nobody(case):
    with clock.fixed(MONDAY):
        at_that_time = MONDAY - 40 * DAY
        commands.record_milestone(case.crime, kind=Milestone.SENTENCED, at=at_that_time, actor=TEST)
    assert at(TODAY) == 0
