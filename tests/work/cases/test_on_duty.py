"""A safeguarding task comes at once to whoever is on duty, and to nobody who must not meet them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from beacon.accounts.models import Staff
from beacon.cases import commands, queries
from beacon.cases.models import CaseFile
from beacon.cases.terms import TaskKind
from beacon.core import clock
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
from tests.kin import declare, restricted

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)
NUMBER = "07700 900444"


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def leader(monday: None) -> Staff:
    return a_member_of_staff(Role.TEAM_LEADER)


@pytest.fixture
def case(monday: None) -> CaseFile:
    """A case of a manager of the North team, with a match raised this morning."""
    manager = a_member_of_staff(Role.CASE_MANAGER, name="Priya Shah")
    found = a_case(victim=a_victim(mobile=NUMBER), manager=manager)
    commands.add_task(
        found.id,
        kind=TaskKind.SAFEGUARDING_NUMBER,
        about="defendant:1",
        due_on=TODAY,
        actor=TEST,
    )
    return found


def put_on_duty(*people: Staff, day: date = TODAY) -> None:
    ids = [person.id for person in people]
    commands.set_on_duty(day, ids, seen=queries.on_duty(day), actor=TEST)


def seen_by(person: Staff) -> list[str]:
    return [row.reference for row in queries.safeguarding_for(an_actor(person))]


@pytest.mark.proves("T-12")
def test_a_match_comes_to_whoever_is_on_duty_and_to_no_other(case: CaseFile, leader: Staff):
    on_duty, another = a_member_of_staff(), a_member_of_staff()
    put_on_duty(on_duty)
    assert seen_by(on_duty) == [case.reference]
    assert seen_by(another) == seen_by(leader) == []


@pytest.mark.proves("T-12")
def test_on_a_day_without_anybody_it_is_every_team_leaders(case: CaseFile, leader: Staff):
    other = a_member_of_staff(Role.TEAM_LEADER, team="South")
    assert seen_by(leader) == seen_by(other) == [case.reference]
    assert seen_by(a_member_of_staff()) == []


def test_whoever_was_on_duty_when_it_was_raised_keeps_it_and_whoever_comes_next_has_it_too(
    case: CaseFile,
):
    first, second = a_member_of_staff(), a_member_of_staff()
    put_on_duty(first)
    put_on_duty(second, day=TODAY + timedelta(days=1))
    assert seen_by(second) == []
    with clock.fixed(MONDAY + timedelta(days=1)):
        assert seen_by(first) == seen_by(second) == [case.reference]


def test_a_case_of_another_team_is_named_without_its_victim(case: CaseFile):
    stranger = a_member_of_staff(team="South")
    put_on_duty(stranger)
    (row,) = queries.safeguarding_for(an_actor(stranger))
    assert (row.may_open, row.victim_name) == (False, "")
    assert (row.manager_name, row.team_name) == ("Priya Shah", "North")


def test_so_is_a_restricted_one(case: CaseFile):
    colleague = a_member_of_staff()
    restricted(case)
    put_on_duty(colleague)
    (row,) = queries.safeguarding_for(an_actor(colleague))
    assert row.victim_name == ""


@pytest.mark.proves("Z-11")
def test_whoever_must_not_meet_the_victim_hears_nothing_and_the_leaders_have_it(
    case: CaseFile, leader: Staff
):
    former_partner = a_member_of_staff()
    declare(former_partner, mobile=NUMBER)
    put_on_duty(former_partner)
    assert seen_by(former_partner) == []
    assert seen_by(leader) == [case.reference]


def test_somebody_who_has_left_is_on_duty_no_more(case: CaseFile, leader: Staff):
    gone = a_member_of_staff()
    put_on_duty(gone)
    with transaction() as session:
        session.get_one(Staff, gone.id).ends_on = TODAY - timedelta(days=1)
    assert seen_by(leader) == [case.reference]


def test_what_was_dealt_with_is_on_nobodys_desk(case: CaseFile, leader: Staff):
    (row,) = queries.safeguarding_for(an_actor(leader))
    commands.deal_with(row.task_id, actor=an_actor(leader))
    assert seen_by(leader) == []


def test_nobody_deals_with_a_match_that_did_not_come_to_them(case: CaseFile, leader: Staff):
    (row,) = queries.safeguarding_for(an_actor(leader))
    with pytest.raises(NotFound):
        commands.deal_with(row.task_id, actor=an_actor(a_member_of_staff(team="South")))
    assert seen_by(leader) == [case.reference]


def test_only_a_leader_says_who_is_on_duty(leader: Staff):
    person = a_member_of_staff()
    with pytest.raises(RuleBroken):
        commands.set_on_duty(TODAY, [person.id], seen=(), actor=an_actor(person))
    commands.set_on_duty(TODAY, [person.id], seen=(), actor=an_actor(leader))
    assert queries.on_duty(TODAY) == [person.id]


def test_a_day_that_is_over_and_a_page_that_is_old_are_refused(leader: Staff):
    first, second = a_member_of_staff(), a_member_of_staff()
    put_on_duty(first)
    actor = an_actor(leader)
    with pytest.raises(RuleBroken, match="just changed"):
        commands.set_on_duty(TODAY, [second.id], seen=(), actor=actor)
    with pytest.raises(RuleBroken, match="over"):
        commands.set_on_duty(TODAY - timedelta(days=1), [first.id], seen=(), actor=actor)
    assert queries.on_duty(TODAY) == [first.id]


def test_nobody_who_works_no_cases_is_put_on_duty(leader: Staff):
    officer = a_member_of_staff(Role.COURT_OFFICER)
    with pytest.raises(RuleBroken, match="from the list"):
        commands.set_on_duty(TODAY, [officer.id], seen=(), actor=an_actor(leader))


def test_the_list_says_who_is_on_duty_day_by_day(leader: Staff):
    person = a_member_of_staff(name="Gwen Larkham")
    put_on_duty(person, day=TODAY + timedelta(days=1))
    assert [day.names for day in queries.duty_days(TODAY, 3)] == [(), ("Gwen Larkham",), ()]
