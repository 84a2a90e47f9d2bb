"""Something happens to a crime; its victims are owed to be told, and are told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.cases import commands
from beacon.cases.models import CaseFile, CrimeMilestone
from beacon.cases.terms import TimelineEvent
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.entitlements import queries as entitlements
from beacon.entitlements.models import Duty, DutyEvent
from beacon.entitlements.terms import (
    Channel,
    DutyEventKind,
    DutyState,
    EnhancedGround,
    Milestone,
)
from beacon.reports import queries as reports
from beacon.reports.rules import Period, rows_by_rule
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, an_actor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LAST_MINUTE = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
ENHANCED = [(EnhancedGround.DOMESTIC_ABUSE, "domestic abuse flag")]


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def owed(case: CaseFile, rule: str) -> Duty:
    query = sa.select(Duty).where(Duty.case_id == case.id, Duty.rule == rule)
    return db.session.scalars(query).one()


def charge(case: CaseFile, at: datetime = MONDAY) -> Duty:
    commands.record_milestone(case.crime, kind=Milestone.CHARGED, at=at, actor=TEST)
    return owed(case, "R6_CHARGE")


def list_hearing(case: CaseFile, **known: object) -> CrimeMilestone:
    usual = {"kind": Milestone.HEARING_LISTED, "at": MONDAY, "about": "hearing:1", "actor": TEST}
    return commands.record_milestone(case.crime, **usual | known)


def tell(case: CaseFile, duty: Duty, at: datetime = MONDAY) -> None:
    why = {"late_because": "They were away.", "recovery": "Ring them first thing."}
    commands.tell_victim(case, duty, at=at, channel=Channel.PHONE, **why, actor=TEST)


def test_a_charge_gives_each_victim_their_own_limit():
    crime = a_crime()
    standard, enhanced = a_case(crime=crime), a_case(crime=crime, proposals=ENHANCED)
    milestone = commands.record_milestone(crime, kind=Milestone.CHARGED, at=MONDAY, actor=TEST)
    assert owed(standard, "R6_CHARGE").due_on == date(2026, 11, 30)
    assert owed(enhanced, "R6_CHARGE").due_on == date(2026, 11, 24)
    assert owed(standard, "R6_CHARGE").about == f"milestone:{milestone.id}"
    assert (owed(standard, "R6_CHARGE").code, owed(standard, "R6_CHARGE").right) == ("2020", 6)


def test_the_same_charge_recorded_twice_is_one():
    case = a_case()
    charge(case)
    charge(case)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CrimeMilestone)) == 1


def test_a_second_arrest_is_another_milestone():
    case = a_case()
    for hours in (2, 1):
        commands.record_milestone(
            case.crime, kind=Milestone.ARRESTED, at=MONDAY - timedelta(hours=hours), actor=TEST
        )
    assert len([duty for duty in case.duties if duty.rule == "R6_ARREST"]) == 2


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (MONDAY + timedelta(minutes=1), "not happened yet"),
        (datetime(2026, 10, 31, 23, 0, tzinfo=UTC), "before the day of the offence"),
    ],
)
def test_a_milestone_at_an_impossible_moment_is_refused(at, why):
    case = a_case(crime=a_crime(offence_on=date(2026, 11, 1)))
    with pytest.raises(RuleBroken, match=why) as refusal:
        charge(case, at=at)
    assert refusal.value.field == "at"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CrimeMilestone)) == 0


def test_a_closed_case_is_owed_nothing_new():
    case = a_case()
    commands.set_duty_aside(
        case, owed(case, "FIRST_CONTACT"), state=DutyState.DECLINED, reason="No", actor=TEST
    )
    commands.close_case(case, note="Did not want us.", version=case.version, actor=TEST)
    commands.record_milestone(case.crime, kind=Milestone.CHARGED, at=MONDAY, actor=TEST)
    assert {duty.rule for duty in case.duties} == {"R4_REFER", "FIRST_CONTACT"}


def test_a_victim_who_comes_later_is_owed_what_can_still_be_told_in_time():
    crime = a_crime(recorded_at=MONDAY - timedelta(days=60))
    for kind, days in ((Milestone.ARRESTED, 40), (Milestone.CHARGED, 3)):
        commands.record_milestone(crime, kind=kind, at=MONDAY - timedelta(days=days), actor=TEST)
    case = a_case(crime=crime)
    assert {duty.rule for duty in case.duties} == {"R4_REFER", "FIRST_CONTACT", "R6_CHARGE"}


def test_a_hearing_has_no_date_until_witness_care_has_heard_of_it():
    case = a_case()
    list_hearing(case)
    duty = owed(case, "R8_HEARING")
    assert (duty.clock_started_at, duty.due_on) == (None, None)
    assert not duty.is_late(date(2030, 1, 1))
    assert duty.amount == 1


def test_the_receipt_starts_the_clock_of_every_victim_of_the_crime():
    crime = a_crime()
    first, second = a_case(crime=crime), a_case(crime=crime)
    milestone = list_hearing(first)
    commands.give_receipt(first, owed(first, "R8_HEARING"), at=MONDAY, actor=TEST)
    for case in (first, second):
        assert owed(case, "R8_HEARING").due_on == date(2026, 11, 24)
        assert case.next_due_on == date(2026, 11, 24)
    assert milestone.received_at == MONDAY
    with pytest.raises(RuleBroken, match="already started"):
        commands.give_receipt(second, owed(second, "R8_HEARING"), at=MONDAY, actor=TEST)


@pytest.mark.parametrize(("told", "state"), [(1, DutyState.MET), (2, DutyState.MET_LATE)])
def test_what_was_told_before_the_receipt_was_entered_is_reckoned_by_it(told, state):
    case = a_case()
    list_hearing(case)
    duty = owed(case, "R8_HEARING")
    with clock.fixed(MONDAY + timedelta(days=2)):
        tell(case, duty, at=MONDAY + timedelta(days=told))
        assert (duty.state, duty.due_on) == (DutyState.MET, None)
        commands.give_receipt(case, duty, at=MONDAY, actor=TEST)
        assert (duty.state, duty.due_on) == (state, date(2026, 11, 24))
        last = sa.select(DutyEvent).where(DutyEvent.duty_id == duty.id)
        event = db.session.scalars(last.order_by(DutyEvent.id.desc()).limit(1)).one()
        counted = rows_by_rule(reports.counted(Period(duty.due_on, duty.due_on), clock.today()))
    assert (event.what, event.state) == (DutyEventKind.CLOCK_STARTED, state)
    assert case.timeline[0].event is TimelineEvent.CLOCK_STARTED
    (row,) = [one for one in counted if one["rule"] == "R8_HEARING"]
    assert (row["met"], row["late"]) == (2 - told, told - 1)
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "duty.clock_started")
    )
    assert f'"state":"{state.value}"' in entry.one().facts


def test_what_was_set_aside_before_the_receipt_keeps_its_end_and_gets_its_day():
    case = a_case()
    list_hearing(case)
    duty = owed(case, "R8_HEARING")
    known = {"state": DutyState.DECLINED, "reason": "No"}
    commands.set_duty_aside(case, duty, **known, actor=TEST)
    commands.give_receipt(case, duty, at=MONDAY, actor=TEST)
    assert (duty.state, duty.due_on) == (DutyState.DECLINED, date(2026, 11, 24))


def test_a_receipt_before_the_hearing_was_listed_is_refused():
    case = a_case()
    list_hearing(case)
    with pytest.raises(RuleBroken, match="before it happened"):
        commands.give_receipt(
            case, owed(case, "R8_HEARING"), at=MONDAY - timedelta(hours=1), actor=TEST
        )
    assert owed(case, "R8_HEARING").clock_started_at is None


def test_a_hearing_listed_with_its_receipt_has_a_date_at_once():
    case = a_case()
    list_hearing(case)
    list_hearing(case, received_at=MONDAY)
    assert owed(case, "R8_HEARING").due_on == date(2026, 11, 24)


def test_two_hearings_are_two_duties():
    case = a_case()
    list_hearing(case)
    list_hearing(case, about="hearing:2")
    assert [duty.about for duty in case.duties if duty.rule == "R8_HEARING"] == [
        "hearing:1",
        "hearing:2",
    ]


@pytest.mark.parametrize(
    ("told_at", "state"),
    [
        (LAST_MINUTE, DutyState.MET),
        (LAST_MINUTE + timedelta(minutes=1), DutyState.MET_LATE),
    ],
)
def test_the_due_day_ends_at_midnight_in_london(told_at, state):
    case = a_case()
    duty = charge(case)
    with clock.fixed(told_at):
        tell(case, duty, at=told_at)
    assert (duty.state, duty.told_at, duty.channel) == (state, told_at, Channel.PHONE)


def test_in_summer_midnight_in_london_is_eleven_in_utc():
    with clock.fixed(datetime(2026, 6, 1, 9, 0, tzinfo=UTC)):
        case = a_case()
        duty = charge(case, at=clock.now())
    assert duty.due_on == date(2026, 6, 8)
    with clock.fixed(datetime(2026, 6, 8, 23, 0, tzinfo=UTC)):
        tell(case, duty, at=clock.now())
    assert duty.state is DutyState.MET_LATE


def test_telling_writes_who_and_moves_the_next_date():
    manager = a_member_of_staff()
    case = a_case(proposals=ENHANCED, manager=manager)
    duty = charge(case)
    assert case.next_due_on == date(2026, 11, 24)
    commands.set_duty_aside(
        case, owed(case, "FIRST_CONTACT"), state=DutyState.DECLINED, reason="No", actor=TEST
    )
    commands.tell_victim(case, duty, at=MONDAY, channel=Channel.LETTER, actor=an_actor(manager))
    assert (duty.told_by_id, case.next_due_on) == (manager.id, None)
    assert case.timeline[0].sentence.startswith(f"{manager.name} recorded that this was done")


def test_a_duty_is_ended_once():
    case = a_case()
    duty = charge(case)
    tell(case, duty)
    with pytest.raises(RuleBroken, match="already dealt with"):
        tell(case, duty)
    with pytest.raises(RuleBroken, match="already dealt with"):
        commands.set_duty_aside(case, duty, state=DutyState.DECLINED, reason="No", actor=TEST)


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (MONDAY - timedelta(minutes=1), "before it happened"),
        (MONDAY + timedelta(minutes=1), "not happened yet"),
    ],
)
def test_nobody_is_told_before_it_happened_or_in_the_future(at, why):
    case = a_case()
    with pytest.raises(RuleBroken, match=why):
        tell(case, charge(case), at=at)


def test_the_first_contact_is_kept_by_the_contact_itself():
    case = a_case()
    with pytest.raises(RuleBroken, match="Record the contact"):
        tell(case, owed(case, "FIRST_CONTACT"))


def test_a_duty_of_another_case_is_not_there():
    case, other = a_case(), a_case()
    with pytest.raises(NotFound):
        tell(case, charge(other))


@pytest.mark.parametrize(
    "state", [DutyState.WITHHELD, DutyState.DECLINED, DutyState.NOT_APPLICABLE]
)
def test_not_telling_needs_a_reason_and_ends_the_duty(state):
    case = a_case()
    duty = charge(case)
    with pytest.raises(RuleBroken) as refusal:
        commands.set_duty_aside(case, duty, state=state, reason=" ", actor=TEST)
    assert refusal.value.field == "reason"
    commands.set_duty_aside(case, duty, state=state, reason="Her wish", actor=TEST)
    assert (duty.state, duty.reason) == (state, "Her wish")
    with pytest.raises(RuleBroken, match="already dealt with"):
        tell(case, duty)


def test_met_is_not_a_reason_for_not_telling():
    case = a_case()
    with pytest.raises(RuleBroken, match="Choose why"):
        commands.set_duty_aside(case, charge(case), state=DutyState.MET, reason="x", actor=TEST)


def test_what_was_put_off_for_safety_can_be_told_by_a_safer_route():
    case = a_case()
    duty = charge(case)
    commands.set_duty_aside(
        case, duty, state=DutyState.SAFETY_DELAY, reason="He is there", actor=TEST
    )
    tell(case, duty)
    assert (duty.state, duty.told_at) == (DutyState.SAFETY_DELAY, MONDAY)
    with pytest.raises(RuleBroken, match="already dealt with"):
        tell(case, duty)


def test_a_mistaken_milestone_is_taken_back_with_what_it_made_us_owe():
    case = a_case()
    charge(case)
    (milestone,) = case.crime.milestones
    commands.withdraw_milestone(milestone, reason="Wrong crime", actor=TEST)
    assert owed(case, "R6_CHARGE").state is DutyState.NOT_APPLICABLE
    assert case.next_due_on == owed(case, "FIRST_CONTACT").due_on
    with pytest.raises(RuleBroken, match="already been taken back"):
        commands.withdraw_milestone(milestone, reason="Again", actor=TEST)
    commands.record_milestone(case.crime, kind=Milestone.CHARGED, at=MONDAY, actor=TEST)
    assert len([duty for duty in case.duties if duty.rule == "R6_CHARGE"]) == 2


@pytest.mark.parametrize("is_told", [True, False])
def test_what_was_put_off_falls_away_with_a_mistaken_milestone_unless_it_was_told(is_told):
    case = a_case()
    duty = charge(case)
    commands.set_duty_aside(
        case, duty, state=DutyState.SAFETY_DELAY, reason="He is there", actor=TEST
    )
    if is_told:
        tell(case, duty)
    (milestone,) = case.crime.milestones
    commands.withdraw_milestone(milestone, reason="Wrong crime", actor=TEST)
    db.session.expire_all()
    assert duty.state is (DutyState.SAFETY_DELAY if is_told else DutyState.NOT_APPLICABLE)
    assert not duty.may_be_told


def test_while_nobody_knows_when_witness_care_heard_the_latest_lawful_day_is_shown():
    case = a_case()
    commands.record_milestone(case.crime, kind=Milestone.TRIAL_OUTCOME, at=MONDAY, actor=TEST)
    duty = owed(case, "R9_OUTCOME")
    assert duty.due_on is None
    assert entitlements.expected_by(duty) == date(2026, 12, 1)
