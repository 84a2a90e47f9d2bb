"""Leave, and the colleague who answers meanwhile: from a day to a day, and no longer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.caseloads import commands, queries
from beacon.caseloads.models import Leave
from beacon.cases import queries as cases
from beacon.cases.days_off import doubts
from beacon.cases.hands import in_hand
from beacon.cases.models import CaseFile
from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.desk.queries import desk_of
from tests.factories import a_case, a_member_of_staff, a_victim, an_actor
from tests.kin import declare, restricted
from tests.work.caseloads.builders import a_manager

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def leader(app: Flask) -> Staff:
    return a_member_of_staff(Role.TEAM_LEADER)


@pytest.fixture
def away(app: Flask) -> Staff:
    return a_manager("Away Away")


@pytest.fixture
def elsewhere(app: Flask) -> Staff:
    """Somebody of another team, who sees none of these cases by themselves."""
    return a_manager("Cover Over", team="South")


def seen(person: Staff) -> set[int]:
    db.session.rollback()
    viewer = an_actor(db.session.get_one(Staff, person.id))
    query = sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))
    return set(db.session.scalars(query))


def test_a_cover_is_seen_worked_found_and_on_the_desk_from_day_to_day(
    leader: Staff, away: Staff, elsewhere: Staff
):
    case = a_case(manager=away, victim=a_victim(last_name="Uncommonly"))
    assert seen(elsewhere) == set()
    commands.start_cover(away, elsewhere, TODAY + timedelta(days=1), FRIDAY, actor=an_actor(leader))
    assert seen(elsewhere) == set()
    with clock.fixed(MONDAY + timedelta(days=1)):
        viewer = an_actor(elsewhere)
        assert seen(elsewhere) == {case.id}
        assert [row.id for row in cases.search(viewer, "Uncommonly")] == [case.id]
        own = sa.select(CaseFile.id).where(in_hand(viewer))
        assert db.session.scalars(own).all() == [case.id]
        (part,) = desk_of(viewer).covered
        assert part.line.absent == "Away Away"
        assert {row.case_id for row in part.due} == {case.id}
    with clock.fixed(MONDAY + timedelta(days=4)):
        assert seen(elsewhere) == {case.id}
    with clock.fixed(MONDAY + timedelta(days=5)):
        assert seen(elsewhere) == set()
        assert list(desk_of(an_actor(elsewhere)).covered) == []
        assert cases.search(an_actor(elsewhere), "Uncommonly") == []


def test_ending_a_cover_ends_it_at_once(leader: Staff, away: Staff, elsewhere: Staff):
    a_case(manager=away)
    cover = commands.start_cover(away, elsewhere, TODAY, FRIDAY, actor=an_actor(leader))
    assert len(seen(elsewhere)) == 1
    commands.end_cover(cover, actor=an_actor(leader))
    assert seen(elsewhere) == set()


def test_a_cover_opens_neither_restricted_nor_closed_cases_nor_those_of_kin(
    leader: Staff, away: Staff, elsewhere: Staff
):
    restricted(a_case(manager=away))
    a_case(manager=away, victim=a_victim(mobile="07700 900322"))
    declare(elsewhere, mobile="07700 900322")
    commands.start_cover(away, elsewhere, TODAY, FRIDAY, actor=an_actor(leader))
    assert seen(elsewhere) == set()
    assert queries.not_covered(away.id) == 1


def test_a_cover_that_cannot_be_is_refused_in_a_sentence(leader: Staff, away: Staff):
    actor, absent = an_actor(leader), a_manager("Also Away", leave=(FRIDAY, FRIDAY))
    analyst = a_member_of_staff(Role.ANALYST)
    for who, first, last, why in (
        (away, TODAY, FRIDAY, "nobody covers themselves"),
        (absent, TODAY, FRIDAY, "Also Away is away on some of these days"),
        (analyst, TODAY, FRIDAY, "does not manage cases"),
        (absent, FRIDAY, TODAY, "must not be before the first"),
        (absent, TODAY - timedelta(days=9), TODAY - timedelta(days=8), "That day is over"),
    ):
        with pytest.raises(RuleBroken, match=why):
            commands.start_cover(away, who, first, last, actor=actor)


def test_everybody_says_when_they_are_away_and_a_leader_for_their_team(
    leader: Staff, away: Staff, elsewhere: Staff
):
    own = commands.add_leave(away, TODAY, FRIDAY, actor=an_actor(away))
    with pytest.raises(RuleBroken, match="leave already"):
        commands.add_leave(away, FRIDAY, FRIDAY, actor=an_actor(leader))
    commands.take_leave_back(own, actor=an_actor(leader))
    commands.add_leave(away, FRIDAY, FRIDAY, actor=an_actor(leader))
    with pytest.raises(NotFound):
        commands.add_leave(elsewhere, TODAY, FRIDAY, actor=an_actor(leader))
    with pytest.raises(RuleBroken, match="You may no longer do this"):
        commands.add_leave(elsewhere, TODAY, FRIDAY, actor=an_actor(away))
    assert db.session.scalar(sa.select(sa.func.count(Leave.id))) == 2


def test_the_board_shows_who_is_away_and_that_nobody_covers(leader: Staff, away: Staff):
    a_case(manager=away)
    commands.add_leave(away, TODAY, FRIDAY, actor=an_actor(leader))
    by = {"every_team": False, "sort": "name", "descending": False}
    (row,) = [one for one in queries.board(an_actor(leader), **by) if one.staff_id == away.id]
    assert (row.away_today, row.is_uncovered, row.back_on) == (True, True, date(2026, 11, 30))
    commands.start_cover(away, a_manager("By Me"), TODAY, FRIDAY, actor=an_actor(leader))
    (row,) = [one for one in queries.board(an_actor(leader), **by) if one.staff_id == away.id]
    assert (row.covered_by, row.is_uncovered) == ("By Me", False)


def test_who_is_off_on_a_day_is_asked_about_before_anything_is_promised_for_it(elsewhere: Staff):
    part_time = a_manager("Half Week", days="123", leave=(TODAY, TODAY))
    case = a_case(manager=part_time)
    assert doubts(case, TODAY) == ["Half Week is off on Monday 23 November."]
    assert doubts(case, TODAY + timedelta(days=1)) == []
    assert doubts(case, FRIDAY) == ["Half Week is off on Friday 27 November."]
    assert doubts(case, FRIDAY, elsewhere.id) == []


@pytest.mark.proves("L-05")
def test_a_cover_that_is_sent_twice_is_one_and_ends_at_one_press(away, elsewhere, leader):
    case = a_case(manager=away)
    covers = [
        commands.start_cover(away, elsewhere, TODAY, FRIDAY, actor=an_actor(leader))
        for _ in range(2)
    ]
    assert covers[0].id == covers[1].id
    assert case.id in seen(elsewhere)
    commands.end_cover(covers[0], actor=an_actor(leader))
    assert case.id not in seen(elsewhere)
    again = commands.start_cover(away, elsewhere, TODAY, FRIDAY, actor=an_actor(leader))
    assert again.id != covers[0].id
