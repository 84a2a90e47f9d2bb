"""Who is on duty, set on a page; and the match of numbers on the desk of whoever is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from beacon.cases import commands, queries
from beacon.cases.models import CaseFile
from beacon.cases.terms import TaskKind
from beacon.core import clock
from beacon.core.roles import Role
from tests.factories import TEST, a_case, a_member_of_staff, a_victim
from tests.pages import form_of, text_of

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def a_match(case: CaseFile) -> int:
    kind, about = TaskKind.SAFEGUARDING_NUMBER, "defendant:1"
    return commands.add_task(case.id, kind=kind, about=about, due_on=TODAY, actor=TEST).id


def test_a_leader_sets_who_is_on_duty_and_it_is_on_their_desk_at_once(desk: Any):
    leader = desk(Role.TEAM_LEADER)
    person = a_member_of_staff(name="Gwen Larkham")
    case = a_case(victim=a_victim(last_name="Marsh"), manager=person)
    task_id = a_match(case)
    assert "Safeguarding: on duty" in text_of(leader.get("/"))
    assert "Every team leader" in text_of(leader.get("/on-duty/"))
    assert leader.submit("/on-duty/2026-11-23", people=[person.id]).status_code == 302
    assert "Gwen Larkham" in text_of(leader.get("/on-duty/"))
    assert "Safeguarding: on duty" not in text_of(leader.get("/"))
    on_duty = desk(person=person)
    page = on_duty.get("/")
    assert "Safeguarding: on duty" in text_of(page)
    data = {"csrf_token": form_of(page)["csrf_token"]}
    assert on_duty.post(f"/on-duty/tasks/{task_id}/done", data=data).status_code == 302
    assert "Safeguarding: on duty" not in text_of(on_duty.get("/"))


def test_a_match_in_a_case_of_another_team_says_whom_to_ask_and_no_name(desk: Any):
    manager = a_member_of_staff(team="South", name="Dawid Stanhope")
    case = a_case(victim=a_victim(last_name="Secretly"), manager=manager)
    a_match(case)
    words = text_of(desk(Role.TEAM_LEADER, team="North").get("/"))
    assert case.reference in words
    assert "Dawid Stanhope" in words
    assert "Secretly" not in words


def test_a_page_that_is_old_is_refused_with_what_now_stands(desk: Any):
    leader = desk(Role.TEAM_LEADER)
    first, second = a_member_of_staff(), a_member_of_staff()
    sent = form_of(leader.get("/on-duty/2026-11-24")) | {"people": [second.id]}
    day = date(2026, 11, 24)
    commands.set_on_duty(day, [first.id], seen=(), actor=TEST)
    answer = leader.post("/on-duty/2026-11-24", data=sent)
    assert "Somebody else has just changed this day" in text_of(answer)
    assert queries.on_duty(day) == [first.id]


def test_what_is_no_day_is_not_found(desk: Any):
    assert desk(Role.TEAM_LEADER).get("/on-duty/tomorrow").status_code == 404
