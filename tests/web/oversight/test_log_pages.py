"""The log's pages: who saw what, in plain words, for the auditor alone, and written down."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit import queries as log
from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.people import commands as people
from beacon.people.models import ProposedChange
from beacon.referrals.imports import import_file
from beacon.referrals.models import Referral
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
from tests.feed_rows import a_file
from tests.pages import text_of

PAGES = ("/oversight/log", "/oversight/seen", "/oversight/unusual")


@pytest.fixture
def manager(app):
    return a_member_of_staff(Role.CASE_MANAGER, name="Priya Example")


@pytest.fixture
def case(manager):
    return a_case(manager=manager, victim=a_victim(first_name="Amelia", last_name="Hartwell"))


@pytest.fixture
def auditor(desk):
    return desk(Role.AUDITOR, name="Duncan Example")


def last_entry() -> AuditEntry:
    db.session.rollback()
    return db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()


@pytest.mark.proves("U-18")
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_nobody_but_the_auditor_opens_the_log(desk, role):
    browser = desk(role, agency="Safe Haven" if role is Role.PARTNER else None)
    assert {browser.get(page).status_code for page in PAGES} == {403}


@pytest.mark.proves("U-18")
def test_reading_the_log_is_written_down_with_the_boxes_that_were_used(auditor, case, manager):
    auditor.get(f"/oversight/log?who={manager.id}&operation=consultation")
    entry = last_entry()
    assert (entry.action, entry.operation) == ("log.searched", "consultation")
    assert entry.actor_id == auditor.person_id
    assert json.loads(entry.facts)["fields"] == ["who", "operation"]
    for page, action in (
        (f"/oversight/seen?reference={case.reference}", "log.seen_by_asked"),
        ("/oversight/unusual", "log.unusual_shown"),
    ):
        auditor.get(page)
        assert last_entry().action == action


@pytest.mark.proves("Z-20", "U-18")
def test_an_auditor_opens_no_case_and_sees_no_content_in_the_log(auditor, case, desk, manager):
    desk(person=manager).get(f"/cases/{case.reference}")
    for address in (
        f"/cases/{case.reference}",
        "/cases/",
        "/search",
        "/referrals/",
        "/hearings/",
        "/fraud/",
        f"/people/{case.victim_id}/contact",
    ):
        assert auditor.get(address).status_code == 403
    assert auditor.post("/search", data={"words": "Hartwell"}).status_code in {400, 403}
    for page in ("/oversight/log", f"/oversight/seen?reference={case.reference}"):
        answer = auditor.get(page)
        assert answer.status_code == 200
        assert case.reference in text_of(answer)
        assert "Hartwell" not in answer.get_data(as_text=True)


def test_the_log_is_in_plain_words_the_newest_first(auditor, case, manager, desk):
    desk(person=manager).get(f"/cases/{case.reference}")
    words = text_of(auditor.get(f"/oversight/log?who={manager.id}"))
    assert f"Priya Example Case looked at Case {case.reference} name, how to reach them" in words
    assert "case.shown" not in words


def test_the_log_is_searched_by_every_box(auditor, case, manager, desk):
    browser = desk(person=manager)
    browser.get(f"/cases/{case.reference}")
    browser.get("/oversight/log")  # refused
    today = clock.today()
    whole = f"first={today.day}&first={today.month}&first={today.year}"
    for asked, found in (
        (f"about=case&record={case.reference}", "Case looked at"),
        (f"about=person&record={case.reference}", "Person registered"),
        ("action=page.refused", "oversight.log_search"),
        ("operation=collection", "Crime recorded"),
        (f"who={manager.id}&outcome=refused", "Page refused"),
        ("who=machine", "a test"),
        (whole, "Case looked at"),
    ):
        assert found in text_of(auditor.get(f"/oversight/log?{asked}")), asked
    tomorrow = today + timedelta(days=1)
    later = f"first={tomorrow.day}&first={tomorrow.month}&first={tomorrow.year}"
    assert "Nothing in the log is like that" in text_of(auditor.get(f"/oversight/log?{later}"))


def test_a_reference_that_is_not_there_is_told_by_its_box(auditor):
    answer = auditor.get("/oversight/log?about=hearing&record=none")
    assert "There is no such record" in text_of(answer)
    answer = auditor.get("/oversight/seen?reference=BCN-22222")
    assert "There is no case with that reference" in text_of(answer)
    assert "Enter a case reference" in text_of(auditor.get("/oversight/seen?reference="))


def test_a_last_day_before_the_first_is_refused(auditor):
    answer = auditor.get("/oversight/log?first=2&first=3&first=2026&last=1&last=3&last=2026")
    assert "The last day must not be before the first" in text_of(answer)


def test_a_long_log_is_read_a_page_at_a_time(auditor, manager):
    for number in range(60):
        audit.shown(an_actor(manager), "hearing", [number], ("defendant name",))
    first = auditor.get(f"/oversight/log?who={manager.id}&action=hearing.shown")
    assert "Hearing 59" in text_of(first)
    assert "Hearing 9 " not in text_of(first)
    link = first.get_data(as_text=True).split('rel="next" href="')[1].split('"')[0]
    assert "Hearing 9 " in text_of(auditor.get(link.replace("&amp;", "&")))


@pytest.mark.proves("U-20")
def test_who_has_seen_a_record_is_a_whole_list_by_person_and_by_time(
    auditor, case, manager, desk, client
):
    leader = a_member_of_staff(Role.TEAM_LEADER, name="Helen Example")
    stranger = a_member_of_staff(Role.CASE_MANAGER, team="South", name="Dawid Example")
    a_case(manager=manager)
    browser = desk(person=manager)
    browser.get("/cases/")  # a list of two
    browser.get(f"/cases/{case.reference}")
    browser.get(f"/people/{case.victim_id}/contact")
    desk(person=leader).submit("/search", words="Hartwell")
    assert desk(person=stranger).get(f"/cases/{case.reference}").status_code == 404
    words = text_of(auditor.get(f"/oversight/seen?reference={case.reference}"))
    assert "Priya Example 3 0 0" in words
    assert "Helen Example 1 0 0" in words
    assert "Dawid Example 0 0 1" in words
    for said in ("Case looked at", "Shown in a list of cases", "Found in a search"):
        assert said in words
    assert "Safe contact looked at" in words


def test_the_same_list_can_be_asked_for_by_other_pages(case, manager, app):
    audit.shown(an_actor(manager), "case_file", [case.id, 999], ("people.name",))
    db.session.rollback()
    lines = log.seen([("case_file", str(case.id))])
    assert [line.operation.value for line in lines][0] == "consultation"
    assert log.by_person(lines)[0].name == "Priya Example"


def test_moments_are_shown_as_london_has_them(auditor, manager, clock_at):
    with clock_at(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)):
        audit.shown(an_actor(manager), "hearing", [1], ())
    assert "23:30:00" in text_of(auditor.get(f"/oversight/log?who={manager.id}"))


@pytest.mark.proves("U-20")
def test_whoever_read_the_name_in_the_queue_or_on_the_desk_has_seen_the_record(auditor, desk):
    import_file("police", a_file({"consent_to_referral": "no"}), file_name="a.csv", actor=TEST)
    referral = db.session.scalars(sa.select(Referral)).one()
    for name, page in (("Quentin Queue", "/referrals/"), ("Dana Desk", "/")):
        browser = desk(person=a_member_of_staff(Role.INTAKE_OFFICER, name=name))
        assert "Marsh" in text_of(browser.get(page))
    of_another = a_case(victim=a_victim())
    case = a_case(victim=referral.victim)
    for asked in (f"seen?reference={case.reference}", f"log?about=person&record={case.reference}"):
        words = text_of(auditor.get(f"/oversight/{asked}"))
        assert f"Quentin Queue Referral looked at Referral {referral.id}" in words
        assert f"Dana Desk Shown on a desk Referral {referral.id}" in words
    assert "Queue" not in text_of(auditor.get(f"/oversight/seen?reference={of_another.reference}"))


@pytest.mark.proves("U-20")
@pytest.mark.parametrize("decide", [people.accept_change, people.decline_change])
def test_whoever_decided_what_a_feed_proposed_is_in_the_list(auditor, case, decide):
    with transaction() as session:
        change = ProposedChange(
            victim_id=case.victim_id, field="first_name", value="Robyn", source="police"
        )
        session.add(change)
    decide(change, actor=an_actor(a_member_of_staff(name="Delia Decides")))
    page = auditor.get(f"/oversight/seen?reference={case.reference}")
    assert "Delia Decides" in text_of(page)
