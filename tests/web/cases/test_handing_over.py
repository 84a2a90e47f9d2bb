"""The team leader's page on which somebody's cases go to colleagues, each proposed and changed."""

from __future__ import annotations

import pytest

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile
from beacon.core.db import db
from beacon.core.roles import Role
from tests.factories import a_case, a_member_of_staff
from tests.pages import form_of, text_of

WHY = {"reason": "Leaves on Friday"}


@pytest.fixture
def leaver(app) -> Staff:
    return a_member_of_staff(name="Kim Sample")


def test_a_team_leader_finds_the_page_and_hands_over_all_but_one(desk, leaver):
    cases = [a_case(manager=leaver) for _ in range(3)]
    taker = a_member_of_staff(name="Lee Taker")
    leader = desk(Role.TEAM_LEADER)
    for page in ("/cases/", "/", "/caseloads/"):
        assert 'href="/cases/hand-over"' in leader.get(page).get_data(as_text=True)
    assert "Kim Sample" in text_of(leader.get("/cases/hand-over"))
    address = f"/cases/hand-over/{leaver.id}"
    form = form_of(leader.get(address))
    assert [form[f"to_{case.id}"] for case in cases] == [str(taker.id)] * 3
    answer = leader.post(address, data=form | WHY | {f"to_{cases[2].id}": ""})
    assert answer.status_code == 302
    shown = text_of(leader.get(answer.location))
    assert "2 cases handed over, to be accepted" in shown
    assert "Not yet accepted" in shown
    db.session.rollback()
    managers = [db.session.get_one(CaseFile, case.id).manager_id for case in cases]
    assert managers == [taker.id, taker.id, leaver.id]


@pytest.mark.proves("Z-17")
def test_a_last_day_to_come_is_told_to_whoever_sets_it_and_to_the_leader(desk, leaver):
    a_case(manager=leaver)
    administrator, page = desk(Role.ADMINISTRATOR), f"/admin/staff/{leaver.id}/change"
    answer = administrator.submit(page, ends_on=["1", "12", "2027"])
    shown = text_of(administrator.get(answer.location))
    assert "Kim Sample still has 1 open case. Ask their team leader" in shown
    assert "Last day 1 December 2027" in text_of(desk(Role.TEAM_LEADER).get("/cases/hand-over"))
    refused = text_of(administrator.submit(page, ends_on=["1", "12", "2025"]))
    assert "Let a team leader hand them over first, or give a later day." in refused


def test_an_unanswered_form_says_what_is_missing_and_keeps_what_was_chosen(desk, leaver):
    case, taker = a_case(manager=leaver), a_member_of_staff()
    leader = desk(Role.TEAM_LEADER)
    answer = leader.submit(f"/cases/hand-over/{leaver.id}", reason="")
    assert "Say why these cases change hands" in text_of(answer)
    assert form_of(answer)[f"to_{case.id}"] == str(taker.id)


@pytest.mark.proves("Z-03", "Z-04")
def test_the_cases_of_another_team_are_not_there(desk):
    elsewhere = a_member_of_staff(team="South")
    case = a_case(manager=elsewhere)
    a_member_of_staff()
    leader = desk(Role.TEAM_LEADER, team="North")
    address = f"/cases/hand-over/{elsewhere.id}"
    absent = leader.get("/cases/hand-over/999999")
    assert leader.get(address).status_code == absent.status_code == 404
    given = form_of(leader.get("/account/")) | WHY | {f"to_{case.id}": leader.person_id}
    assert leader.post(address, data=given).status_code == 404
    assert elsewhere.name not in text_of(leader.get("/cases/hand-over"))
    db.session.rollback()
    assert db.session.get_one(CaseFile, case.id).manager_id == elsewhere.id


@pytest.mark.proves("Z-04")
def test_a_case_slipped_into_the_form_is_not_taken(desk, leaver):
    case, other = a_case(manager=leaver), a_case(manager=a_member_of_staff(team="South"))
    taker, leader = a_member_of_staff(), desk(Role.TEAM_LEADER, team="North")
    slipped = WHY | {f"to_{case.id}": taker.id, f"to_{other.id}": taker.id}
    assert leader.submit(f"/cases/hand-over/{leaver.id}", **slipped).status_code == 302
    db.session.rollback()
    assert db.session.get_one(CaseFile, case.id).manager_id == taker.id
    assert db.session.get_one(CaseFile, other.id).manager_id != taker.id


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.INTAKE_OFFICER, Role.ADMINISTRATOR])
def test_nobody_else_hands_cases_over(desk, leaver, role):
    a_case(manager=leaver)
    browser = desk(role)
    assert browser.get("/cases/hand-over").status_code == 403
    assert browser.get(f"/cases/hand-over/{leaver.id}").status_code == 403
    if role is not Role.ADMINISTRATOR:
        assert "/cases/hand-over" not in browser.get("/cases/").get_data(as_text=True)
