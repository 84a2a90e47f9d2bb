"""The pages of caseloads: the board, a manager, one's own days, a hand-over, a review, advice."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.caseloads import commands
from beacon.caseloads.models import Leave, SupervisionReview, WorkPattern
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from tests.factories import a_case, a_member_of_staff, a_victim, an_actor
from tests.pages import form_of, text_of
from tests.work.caseloads.builders import a_manager, an_enhanced_case

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WEEK = {"first": ["7", "12", "2026"], "last": ["11", "12", "2026"]}
TODAY = {"first": ["23", "11", "2026"], "last": ["24", "11", "2026"]}


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(app: Flask) -> Staff:
    return a_manager("Mana Ger", hours="18.5", days="123")


@pytest.fixture
def leader(desk):
    return desk(Role.TEAM_LEADER, name="Lee Leader")


def test_the_board_shows_who_waits_first_and_who_carries_how_much(leader, manager):
    an_enhanced_case(manager=manager)
    with clock.fixed(MONDAY.replace(day=20)):
        an_enhanced_case(victim=a_victim(last_name="Longwait"))
    shown = text_of(leader.get("/caseloads/"))
    assert shown.index("Longwait") < shown.index("Mana Ger")
    assert "Waiting 72 hours" in shown
    assert "3 of 30" in shown
    assert "Save the board as CSV" in shown


def test_the_board_is_put_in_order_and_saved_as_a_file(leader, manager):
    a_case(manager=manager)
    other = a_manager("Abe Other")
    down = text_of(leader.get("/caseloads/?sort=points&order=down"))
    assert down.index("Mana Ger") < down.index("Abe Other")
    up = text_of(leader.get("/caseloads/?sort=points&order=up"))
    assert up.index("Abe Other") < up.index("Mana Ger")
    assert leader.get("/caseloads/?sort=nonsense").status_code == 200
    file = leader.get("/caseloads/board.csv").get_data().decode("utf-8-sig")
    rows = {row["case_manager"]: row for row in csv.DictReader(io.StringIO(file))}
    assert (rows["Mana Ger"]["points"], rows["Mana Ger"]["capacity"]) == ("1", "30")
    assert rows[other.name]["away_today"] == "no"
    drawn = leader.get("/caseloads/board.svg")
    assert drawn.mimetype == "image/svg+xml"
    assert "<style" not in drawn.get_data(as_text=True)


def test_the_board_takes_the_same_number_of_statements_for_25_managers(leader, count_queries):
    a_case(manager=a_manager("One Only"))
    leader.get("/caseloads/")
    count_queries.clear()
    leader.get("/caseloads/")
    few = len(count_queries)
    for number in range(24):
        person = a_manager(f"Manager {number:02}", days="1234")
        for _ in range(2):
            an_enhanced_case(manager=person)
    count_queries.clear()
    assert leader.get("/caseloads/").status_code == 200
    assert len(count_queries) <= few
    assert few <= 30


def test_only_their_own_team_is_a_leaders_to_open_and_every_team_to_see(leader, manager):
    elsewhere = a_manager("Sou Therner", team="South")
    assert elsewhere.name not in text_of(leader.get("/caseloads/"))
    every = leader.get("/caseloads/?team=all").get_data(as_text=True)
    assert elsewhere.name in every
    assert f"/caseloads/people/{elsewhere.id}" not in every
    for page in ("", "/pattern", "/leave/new", "/cover/new"):
        assert leader.get(f"/caseloads/people/{elsewhere.id}{page}").status_code == 404
        assert leader.get(f"/caseloads/people/{manager.id}{page}").status_code == 200


def test_a_leader_sets_when_somebody_works_and_what_they_can_do(leader, manager):
    where = f"/caseloads/people/{manager.id}/pattern"
    answer = leader.submit(
        where,
        days=["1", "2"],
        hours="14.5",
        capacity="20",
        skill=["stalking"],
        district=["Watford"],
        language="Polish, Romanian",
    )
    assert answer.status_code == 302
    shown = text_of(leader.get(answer.location))
    for words in ("Monday and Tuesday, 14.5 hours", "0 of 20 points", "Stalking", "Watford"):
        assert words in shown
    assert "Polish, Romanian" in shown
    refused = text_of(leader.submit(where, hours="many"))
    assert "Enter the hours of a week in full or half hours, like 37 or 18.5." in refused
    db.session.rollback()
    assert db.session.scalars(sa.select(WorkPattern)).one().half_hours == 29


def test_an_old_form_of_a_pattern_is_refused(leader, manager):
    where = f"/caseloads/people/{manager.id}/pattern"
    form = form_of(leader.get(where))
    assert leader.post(where, data=form).status_code == 302
    assert "Somebody else has just changed this" in text_of(leader.post(where, data=form))


def test_everybody_keeps_their_own_leave_from_their_account(desk, manager):
    mine = desk(person=manager)
    assert 'href="/caseloads/own"' in mine.get("/account/").get_data(as_text=True)
    answer = mine.submit("/caseloads/own/leave/new", **WEEK)
    shown = text_of(mine.get(answer.location))
    assert "7 December 2026 to 11 December 2026" in shown
    assert "reason" not in shown.casefold()
    leave = db.session.scalars(sa.select(Leave)).one()
    other = desk(person=a_manager("Some Other"))
    sent = form_of(other.get("/caseloads/own/leave/new"))
    assert other.post(f"/caseloads/leave/{leave.id}/take-back", data=sent).status_code == 404
    sent = form_of(mine.get("/caseloads/own"))
    assert mine.post(f"/caseloads/leave/{leave.id}/take-back", data=sent).status_code == 302
    assert "No leave is recorded" in text_of(mine.get("/caseloads/own"))


def test_a_cover_is_started_marked_on_the_desk_and_ended(desk, leader, manager):
    case = a_case(manager=manager, victim=a_victim(last_name="Covered"))
    cover = a_manager("Cover Over", team="South")
    theirs = desk(person=cover)
    assert theirs.get(f"/cases/{case.reference}").status_code == 404
    where = f"/caseloads/people/{manager.id}"
    assert leader.submit(f"{where}/cover/new", cover=cover.id, **TODAY).status_code == 302
    on_desk = text_of(theirs.get("/"))
    assert "Cover for Mana Ger" in on_desk
    assert "Covered" in on_desk
    page = text_of(theirs.get(f"/cases/{case.reference}"))
    assert "You answer for this case while Mana Ger is away, until 24 November 2026" in page
    html = leader.get(where).get_data(as_text=True)
    address = html.split('action="/caseloads/cover/')[1].split('"')[0]
    sent = form_of(leader.get(where))
    assert leader.post(f"/caseloads/cover/{address}", data=sent).status_code == 302
    assert theirs.get(f"/cases/{case.reference}").status_code == 404


def test_the_page_of_giving_a_case_names_three_with_reasons_and_asks_why_for_another(leader):
    for name in ("Abe One", "Bo Two", "Cy Three", "Di Four"):
        a_manager(name)
    case = an_enhanced_case()
    where = f"/cases/{case.reference}/assign"
    shown = text_of(leader.get(where))
    assert "3 points: enhanced 3" in shown
    assert shown.count("Proposed. ") == 3
    assert "0 of 60 points, no training in domestic abuse recorded, in today" in shown
    fourth = db.session.scalars(sa.select(Staff).where(Staff.name == "Di Four")).one()
    refused = text_of(leader.submit(where, manager=fourth.id))
    assert "Di Four is not one of those proposed. Say why they are to have it." in refused
    answer = leader.submit(where, manager=fourth.id, reason="Was in the room")
    assert answer.status_code == 302
    db.session.rollback()
    assert db.session.get_one(CaseFile, case.id).manager_id == fourth.id


def test_nobody_is_proposed_where_nobody_can_and_the_page_says_how_that_is(leader):
    a_manager("Too Full", capacity=0)
    a_manager("No More", takes_new=False)
    case = a_case()
    shown = text_of(leader.get(f"/cases/{case.reference}/assign"))
    assert "Nobody is proposed: 1 carries all they can" in shown
    assert "take no new cases" in shown


def test_a_receiver_reads_what_is_due_and_takes_the_case_on_or_says_why_not(desk, leader, manager):
    cases = [a_case(manager=manager) for _ in range(2)]
    taker = a_manager("Taker On")
    actor = an_actor(db.session.get_one(Staff, leader.person_id))
    given = {case.id: taker.id for case in cases}
    commands.hand_over(given, of=manager, reason="Leaves", actor=actor)
    mine = desk(person=taker)
    assert "Handed to you" in text_of(mine.get("/"))
    first, second = (f"/cases/{case.reference}/hand-over" for case in cases)
    shown = text_of(mine.get(first))
    for words in ("Handed over by Mana Ger", "What they must be told", "What was last said"):
        assert words in shown
    assert "Choose whether you take it on" in text_of(mine.submit(first))
    assert "Say why you cannot take" in text_of(mine.submit(first, answer="decline"))
    assert mine.submit(first, answer="accept").status_code == 302
    assert mine.submit(second, answer="decline", reason="I know her sister").status_code == 302
    board = text_of(leader.get("/caseloads/"))
    assert "Declined" in board
    assert "I know her sister" in board
    assert "Handed to you" not in text_of(mine.get("/"))
    other = desk(person=a_manager("Some Body"))
    assert "Do you take it on?" not in text_of(other.get(first))


def test_a_leader_reviews_a_case_and_its_manager_reads_it(desk, leader, manager):
    case = a_case(manager=manager)
    where = f"/cases/{case.reference}/supervision"
    assert f'href="{where}"' in leader.get(f"/cases/{case.reference}").get_data(as_text=True)
    assert "Choose how far this was met" in text_of(leader.submit(where))
    scores = dict.fromkeys(("safety", "rights", "needs", "voice", "record"), "mostly")
    undated = text_of(leader.submit(where, **scores, good="Rang early", action="Ring sooner"))
    assert "Enter by when." in undated
    answer = leader.submit(
        where, **scores, good="Rang early", action="Ring sooner", action_due=["1", "12", "2026"]
    )
    assert answer.status_code == 302
    mine = desk(person=manager)
    for page in ("/caseloads/own", f"/cases/{case.reference}"):
        shown = text_of(mine.get(page))
        assert "10 of 15" in shown
        assert "Ring sooner" in shown
    colleague = desk(person=a_manager("Col League"))
    assert "10 of 15" not in text_of(colleague.get(f"/cases/{case.reference}"))
    review = db.session.scalars(sa.select(SupervisionReview)).one()
    sent = form_of(mine.get("/caseloads/own"))
    seen = mine.post(f"/caseloads/reviews/{review.id}/seen", data=sent)
    assert seen.status_code == 302
    done = mine.post(f"/caseloads/actions/{review.actions[0].id}/done", data=sent)
    assert done.status_code == 302
    assert "Read by Mana Ger" in text_of(leader.get(f"/cases/{case.reference}"))


def test_a_dip_sample_leads_to_the_review(leader):
    answer = leader.get("/reports/compliance/sample")
    assert answer.status_code == 200
    assert a_member_of_staff().name not in text_of(answer)
