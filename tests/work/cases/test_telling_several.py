"""Several victims of one crime are told of one thing: each is recorded, or none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.cases import commands, queries
from beacon.cases.commands import NotAllRecorded, Telling
from beacon.cases.models import CaseFile, Crime, CrimeMilestone
from beacon.cases.terms import TimelineEvent
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyState, EnhancedGround, Milestone
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, an_actor
from tests.work.cases.test_two_at_once import refusals, together

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DOMESTIC_ABUSE = [(EnhancedGround.DOMESTIC_ABUSE, "domestic abuse flag")]


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(monday: None):
    return a_member_of_staff(Role.CASE_MANAGER, name="Priya Shah")


@pytest.fixture
def crime(monday: None) -> Crime:
    return a_crime()


@pytest.fixture
def both(crime: Crime, manager) -> list[CaseFile]:
    return [
        a_case(crime=crime, manager=manager),
        a_case(crime=crime, manager=manager, proposals=DOMESTIC_ABUSE),
    ]


@pytest.fixture
def arrest(crime: Crime, both: list[CaseFile]) -> CrimeMilestone:
    return commands.record_milestone(crime, kind=Milestone.ARRESTED, at=MONDAY, actor=TEST)


def owed(case: CaseFile, rule: str = "R6_ARREST") -> Duty:
    query = sa.select(Duty).where(Duty.case_id == case.id, Duty.rule == rule)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def told(case: CaseFile, **known: object) -> Telling:
    usual = {"duty_id": owed(case).id, "at": MONDAY, "channel": Channel.PHONE}
    return Telling(**usual | known)


def lines(manager, case: CaseFile, milestone: CrimeMilestone) -> list[str]:
    found = queries.tell_lines(an_actor(manager), case, milestone)
    return [line.case.reference for line in found]


def test_each_victim_is_told_by_their_own_channel_and_at_their_own_time(both, arrest, manager):
    earlier = MONDAY
    with clock.fixed(MONDAY + timedelta(days=2)):
        later = clock.now()
        orders = [
            told(both[0], at=earlier, channel=Channel.LETTER),
            told(
                both[1],
                at=later,
                channel=Channel.IN_PERSON,
                late_because="They were away.",
                recovery="Somebody stands in.",
            ),
        ]
        commands.tell_victims(arrest, orders, actor=an_actor(manager))
    assert [(owed(case).state, owed(case).told_at, owed(case).channel) for case in both] == [
        (DutyState.MET, earlier, Channel.LETTER),
        (DutyState.MET_LATE, later, Channel.IN_PERSON),
    ]
    for case in both:
        events = [entry.event for entry in case.timeline]
        assert events.count(TimelineEvent.TOLD) == 1
        assert case.next_due_on == owed(case, "FIRST_CONTACT").due_on
    logged = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "duty.told"))
    assert {entry.actor_name for entry in logged} == {"Priya Shah"}


def test_where_one_was_told_meanwhile_none_is_recorded_and_it_is_said_which(both, arrest):
    commands.tell_victim(both[0], owed(both[0]), at=MONDAY, channel=Channel.TEXT, actor=TEST)
    with pytest.raises(NotAllRecorded) as refusal:
        commands.tell_victims(arrest, [told(case) for case in both], actor=TEST)
    assert list(refusal.value.refusals) == [owed(both[0]).id]
    assert "already dealt with" in refusal.value.refusals[owed(both[0]).id].message
    assert owed(both[0]).channel is Channel.TEXT
    assert owed(both[1]).is_open


def test_a_case_that_was_closed_or_taken_out_of_reach_stops_all(both, arrest, manager):
    actor = an_actor(manager)
    other = a_member_of_staff(Role.CASE_MANAGER, team="South")
    commands.assign_manager(both[1], other, version=both[1].version, actor=TEST)
    with pytest.raises(NotAllRecorded) as refusal:
        commands.tell_victims(arrest, [told(case) for case in both], actor=actor)
    assert list(refusal.value.refusals) == [owed(both[1]).id]
    assert "no longer open to you" in refusal.value.refusals[owed(both[1]).id].message
    assert owed(both[0]).is_open


def test_every_refusal_is_said_at_once(both, arrest):
    ahead = MONDAY + timedelta(minutes=1)
    with pytest.raises(NotAllRecorded) as refusal:
        commands.tell_victims(arrest, [told(case, at=ahead) for case in both], actor=TEST)
    assert set(refusal.value.refusals) == {owed(case).id for case in both}


def test_a_duty_of_something_else_is_not_told_with_it(both, arrest):
    other = owed(both[0], "R4_REFER")
    with pytest.raises(NotFound):
        commands.tell_victims(arrest, [told(both[1]), told(both[0], duty_id=other.id)], actor=TEST)
    assert owed(both[1]).is_open


def test_nobody_ticked_is_refused(arrest):
    with pytest.raises(RuleBroken, match="Tick at least one"):
        commands.tell_victims(arrest, [], actor=TEST)


def test_two_who_tell_the_same_victims_record_it_once(app: Flask, both, arrest):
    ids, milestone_id = [told(case) for case in both], arrest.id

    def tell() -> None:
        mine = db.session.get_one(CrimeMilestone, milestone_id)
        commands.tell_victims(mine, ids, actor=TEST)

    assert refusals(together(app, *[tell] * 4)) == 3
    assert {owed(case).state for case in both} == {DutyState.MET}
    for case in both:
        db.session.refresh(case)
        assert [entry.event for entry in case.timeline].count(TimelineEvent.TOLD) == 1


def test_the_list_has_only_cases_that_the_viewer_may_work_in(both, arrest, crime, manager):
    other = a_member_of_staff(Role.CASE_MANAGER, team="South")
    hidden = a_case(crime=crime, manager=other)
    assert owed(hidden).is_open
    assert lines(manager, both[0], arrest) == [case.reference for case in both]
    assert lines(other, hidden, arrest) == [hidden.reference]


def test_a_closed_case_is_not_on_the_list(both, arrest, manager):
    for rule in ("R6_ARREST", "FIRST_CONTACT"):
        commands.set_duty_aside(
            both[1], owed(both[1], rule), state=DutyState.DECLINED, reason="No", actor=TEST
        )
    commands.close_case(both[1], note="Wanted no help.", version=both[1].version, actor=TEST)
    assert lines(manager, both[0], arrest) == [both[0].reference]


def test_what_the_court_tells_witness_care_is_not_on_the_list(both, crime, manager):
    ended = commands.record_milestone(crime, kind=Milestone.TRIAL_OUTCOME, at=MONDAY, actor=TEST)
    found = queries.tell_lines(an_actor(manager), both[0], ended)
    assert {line.duty.rule for line in found} == {"R9_OUTCOME"}


def test_it_is_offered_where_the_viewer_works_in_more_than_one_case(both, arrest, crime, manager):
    subject = (arrest.subject, Milestone.ARRESTED)
    assert subject in queries.told_together(an_actor(manager), both[0])
    other = a_member_of_staff(Role.CASE_MANAGER, team="South")
    alone = a_case(crime=crime, manager=other)
    assert queries.told_together(an_actor(other), alone) == set()
    commands.tell_victims(arrest, [told(case) for case in both], actor=TEST)
    assert subject not in queries.told_together(an_actor(manager), both[0])
