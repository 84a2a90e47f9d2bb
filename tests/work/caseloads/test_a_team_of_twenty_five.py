"""A made-up team of 25 takes 200 cases one after another, and a leaver's forty (issue 7)."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from beacon.accounts.models import Staff
from beacon.caseloads import commands, queries
from beacon.caseloads.commands.patterns import PatternGiven
from beacon.caseloads.terms import DISTRICTS, HandOverState, Skill, StrengthKind
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.people import queries as people
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim, an_actor
from tests.kin import declare
from tests.work.caseloads.builders import a_manager, an_enhanced_case, carried, manager_ids

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEAM, CASES, LEAVER_HAS = 25, 200, 40
AWAY = (date(2026, 11, 23), date(2026, 12, 4))
HOURS = ("37", "37", "37", "30", "22.5", "18.5")
DAYS = ("12345", "12345", "12345", "1234", "123", "345")


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def team(app: Flask) -> list[Staff]:
    """Twenty-five managers: full-time and part-time, some away, one who takes nothing new."""
    found = []
    for number in range(TEAM):
        kind = number % len(HOURS)
        found.append(
            a_manager(
                f"Manager {number:02}",
                leave=AWAY if number % 9 == 4 else None,
                days=DAYS[kind],
                hours=HOURS[kind],
                takes_new=number != 7,
                strengths={
                    StrengthKind.SKILL: [list(Skill)[number % len(Skill)].value],
                    StrengthKind.DISTRICT: [DISTRICTS[number % len(DISTRICTS)]],
                },
            )
        )
    return found


def two_hundred_cases(team: list[Staff]) -> list[CaseFile]:
    """Cases of every weight; the victim of each tenth is known to one of the team."""
    chance, found = random.Random(7), []
    for number in range(CASES):
        mobile = f"07700 900{number:03}"
        victim = a_victim(mobile=mobile, interpreter="Polish" if number % 11 == 0 else "")
        if number % 10 == 0:
            declare(team[number // 10 % TEAM], mobile=mobile)
        kind = an_enhanced_case if chance.random() < 0.3 else a_case
        found.append(kind(victim=victim, crime=a_crime(district=chance.choice(DISTRICTS))))
    return found


@pytest.mark.long_on("postgresql")
@pytest.mark.timeout(600)
def test_two_hundred_cases_given_by_proposal_fill_nobody_break_no_conflict_and_say_why(
    team: list[Staff],
):
    leader = an_actor(a_member_of_staff(Role.TEAM_LEADER))
    cases, sentences = two_hundred_cases(team), []
    for case in cases:
        advice = queries.advise(leader, case)
        best = advice.proposed[0]
        sentences.append(best.words)
        commands.give(
            case, db.session.get_one(Staff, best.staff_id), version=case.version, actor=leader
        )
    assert None not in manager_ids(cases)
    over = [one.name for one in team if carried(one)[0] > carried(one)[1]]
    assert over == []
    kin = [
        case.reference
        for case in cases
        if case.manager_id in people.staff_in_conflict(case.victim_id)
    ]
    assert kin == []
    away_or_closed = {team[number].id for number in (4, 7, 13, 22)}
    assert away_or_closed.isdisjoint(manager_ids(cases))
    assert all(" of " in words and "points" in words and "in " in words for words in sentences)
    assert len(sentences) == CASES
    # Part-timers carry less, and nobody is left with nothing who may have something.
    assert min(carried(one)[0] for one in team if one.id not in away_or_closed) > 0


@pytest.mark.long_on("postgresql")
@pytest.mark.timeout(600)
def test_a_leavers_forty_cases_go_to_colleagues_and_none_is_left_without_a_manager(
    team: list[Staff],
):
    leaver = a_manager("Leaver")
    leader = an_actor(a_member_of_staff(Role.TEAM_LEADER))
    kinds = [an_enhanced_case if number % 2 else a_case for number in range(LEAVER_HAS)]
    cases = [kind(manager=leaver) for kind in kinds]
    declare(team[0], mobile=cases[0].victim.contact_points[0].value)
    planned = queries.plan(cases, but=leaver.id)
    given = {one.matter.case_id: one.first.person.staff_id for one in planned if one.first}
    assert len(given) == LEAVER_HAS
    came = commands.hand_over(given, of=leaver, reason="Leaves on Friday", actor=leader)
    assert (came.done, came.refused) == (LEAVER_HAS, {})
    now = manager_ids(cases)
    assert None not in now
    assert leaver.id not in now
    assert team[0].id != now[0]
    assert [one.name for one in team if carried(one)[0] > carried(one)[1]] == []
    waiting = queries.unsettled(leader)
    assert len(waiting) == LEAVER_HAS
    assert {row.state for row in waiting} == {HandOverState.WAITING}


def test_the_proposal_is_the_same_each_time_and_ties_go_by_name(app: Flask):
    for name in ("Zoe Sample", "ann Sample", "Bob Sample"):
        a_manager(name)
    leader, case = an_actor(a_member_of_staff(Role.TEAM_LEADER)), a_case()
    once = [one.name for one in queries.advise(leader, case).proposed]
    assert once == ["ann Sample", "Bob Sample", "Zoe Sample"]
    assert [one.name for one in queries.advise(leader, case).proposed] == once


def test_a_pattern_is_asked_for_in_half_hours(app: Flask):
    person = a_manager("Part Timer", hours="18.5", days="123")
    assert carried(person) == (0, 30)
    commands.set_pattern(person, PatternGiven(capacity=12), version=1, actor=TEST)
    assert carried(person) == (0, 12)
