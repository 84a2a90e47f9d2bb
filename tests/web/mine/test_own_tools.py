"""One's own tools: recent cases, filters, the list as a workbook, and the calendar's link."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, time, timedelta

import icalendar
import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.calls import commands as calls
from beacon.calls.commands import Left
from beacon.calls.terms import Proof, RingBack
from beacon.cases import commands as cases
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.mine.models import CalendarLink, ListChoice, SavedFilter
from beacon.plans import commands as plans
from beacon.plans.commands import PromiseGiven
from beacon.plans.terms import PromisedTo
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
from tests.hearings import a_hearing
from tests.pages import form_of, text_of

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(monday):
    return a_member_of_staff(Role.CASE_MANAGER, name="Priya Shah")


@pytest.fixture
def browser(desk, manager):
    return desk(person=manager)


def sheet(answer):
    book = openpyxl.load_workbook(io.BytesIO(answer.get_data()))
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def test_the_last_ten_cases_are_listed_with_the_latest_first(browser, manager):
    made = [
        a_case(victim=a_victim(last_name=f"Opened{number:02}"), manager=manager)
        for number in range(12)
    ]
    for number, case in enumerate(made):
        with clock.fixed(MONDAY + timedelta(minutes=number)):
            browser.get(f"/cases/{case.reference}")
    browser.get(f"/cases/{made[3].reference}")
    shown = text_of(browser.get("/mine/"))
    order = [f"Opened{number:02}" for number in (3, 11, 10, 9, 8, 7, 6, 5, 4, 2)]
    assert [name for name in order if name in shown] == order
    assert [shown.index(name) for name in order] == sorted(shown.index(name) for name in order)
    assert "Opened01" not in shown


def test_what_one_may_open_no_longer_is_not_listed(browser, manager):
    case = a_case(victim=a_victim(last_name="Elsewhere"), manager=manager)
    browser.get(f"/cases/{case.reference}")
    other = a_member_of_staff(Role.CASE_MANAGER, team="South")
    cases.assign_manager(case, other, version=case.version, actor=TEST)
    with transaction() as session:
        session.get(type(case), case.id).team_id = other.team_id
    assert "Elsewhere" not in text_of(browser.get("/mine/"))


def test_a_filter_is_kept_from_the_list_and_is_nobody_elses(browser, desk, manager):
    a_case(manager=manager)
    page = browser.get("/cases/?whose=mine&status=new&late=y").get_data(as_text=True)
    assert "/mine/filters/new?whose=mine&amp;status=new&amp;late=y" in page
    address = "/mine/filters/new?whose=mine&status=new&late=y"
    answers = form_of(browser.get(address)) | {"name": "Mine, late"}
    assert browser.post(address, data=answers).status_code == 302
    own = browser.get("/mine/").get_data(as_text=True)
    assert 'href="/cases/?whose=mine&amp;status=new&amp;late=y"' in own
    colleague = desk(Role.CASE_MANAGER)
    assert "Mine, late" not in text_of(colleague.get("/mine/"))
    kept = db.session.scalars(sa.select(SavedFilter)).one()
    token = form_of(colleague.get("/mine/list"))["csrf_token"]
    remove = f"/mine/filters/{kept.id}/remove"
    assert colleague.post(remove, data={"csrf_token": token}).status_code == 404
    token = form_of(browser.get("/mine/list"))["csrf_token"]
    assert browser.post(remove, data={"csrf_token": token}).status_code == 302
    assert db.session.scalars(sa.select(SavedFilter)).all() == []


def test_the_same_name_replaces_a_filter(browser):
    for asked in ("whose=mine&late=y", "whose=all"):
        address = f"/mine/filters/new?{asked}"
        browser.post(address, data=form_of(browser.get(address)) | {"name": "Mine"})
    kept = db.session.scalars(sa.select(SavedFilter)).one()
    assert (kept.whose.value, kept.late) == ("all", False)


def test_a_filter_that_is_nonsense_narrows_nothing(browser):
    answer = browser.get("/mine/filters/new?whose=nonsense&status=x&_external=1")
    assert "My cases, not closed." in text_of(answer)


def test_my_list_has_my_columns_in_my_order(browser, manager):
    a_case(victim=a_victim(first_name="Amelia", last_name="Hartwell"), manager=manager)
    a_case(victim=a_victim(last_name="Somebody"), manager=a_member_of_staff())
    answers = form_of(browser.get("/mine/list"))
    answers |= {f"place_{number}": "" for number in range(1, 10)}
    answers |= {"place_2": "status", "place_5": "name"}
    assert browser.post("/mine/list", data=answers).status_code == 302
    assert sheet(browser.get("/mine/list.xlsx")) == [["Status", "Name"], ["New", "Amelia Hartwell"]]
    row = db.session.scalars(sa.select(AuditEntry).filter_by(action="list.exported")).one()
    assert (row.operation, "name" in row.facts) == ("disclosure", True)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"place_1": "name", "place_2": "name"}, "Choose each column once."),
        ({}, "Choose at least one column."),
        ({"place_1": "mobile"}, "Choose one of the answers in the list."),
    ],
)
def test_columns_that_are_none_are_refused(browser, answers, says):
    sent = form_of(browser.get("/mine/list")) | {f"place_{n}": "" for n in range(1, 10)} | answers
    assert says in text_of(browser.post("/mine/list", data=sent))
    assert db.session.scalars(sa.select(ListChoice)).all() == []


def test_columns_of_an_older_page_are_not_kept(browser):
    first = form_of(browser.get("/mine/list"))
    browser.post("/mine/list", data=first)
    assert "You have chosen other columns" in text_of(browser.post("/mine/list", data=first))


@pytest.mark.parametrize("name", ["=1+1", "+SUM(A1)", "@cmd", "-2", "\u3000=1"])
def test_no_cell_of_my_list_is_taken_for_a_formula(browser, manager, name):
    a_case(victim=a_victim(first_name="", last_name=name), manager=manager)
    book = openpyxl.load_workbook(io.BytesIO(browser.get("/mine/list.xlsx").get_data()))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert not any(
        str(cell.value).lstrip("\u3000").startswith(("=", "+", "@", "-")) for cell in cells
    )


def test_my_list_holds_no_number_and_no_address(browser, manager):
    a_case(victim=a_victim(mobile="07700 900123", postcode="HP1 1AA"), manager=manager)
    for columns in (
        ("reference", "name", "category", "status", "offence", "district"),
        ("crime", "tell_by", "opened", "first_contact", "last_contact", "safe"),
    ):
        sent = form_of(browser.get("/mine/list")) | {f"place_{n}": "" for n in range(1, 10)}
        sent |= {f"place_{number}": one for number, one in enumerate(columns, 1)}
        browser.post("/mine/list", data=sent)
        text = str(sheet(browser.get("/mine/list.xlsx")))
        assert "900123" not in text
        assert "HP1" not in text


def test_my_list_takes_as_many_statements_for_fifty_cases_as_for_two(
    browser, manager, count_queries
):
    counted = []
    for more in (2, 48):
        for _ in range(more):
            a_case(manager=manager)
        count_queries.clear()
        browser.get("/mine/list.xlsx")
        counted.append(len(count_queries))
    assert counted[0] == counted[1]


LINK = re.compile(r"/calendar/[A-Za-z0-9_-]{43}")


def make_link(browser, **answers):
    """The address of a new link, as the page shows it once."""
    page = browser.post("/mine/calendar", data=form_of(browser.get("/mine/calendar")) | answers)
    return LINK.search(page.get_data(as_text=True)).group()


def something_of_everything(manager):
    case = a_case(
        victim=a_victim(first_name="Amelia", last_name="Hartwell", safe="yes"), manager=manager
    )
    own = an_actor(manager)
    tomorrow = MONDAY.date() + timedelta(days=1)
    left = Left(words="Secret words", ring_on=tomorrow, hours="", way=RingBack.PHONE)
    calls.leave_message(case, left, proof=Proof.NONE, actor=own)
    given = PromiseGiven(words="Secret promise", due_on=tomorrow, to=PromisedTo.VICTIM)
    plans.give_promise(case, given, actor=own)
    a_hearing(crime_key=case.crime.reference_key, held_on=tomorrow, starts_at=time(10, 0))
    return case


def test_the_calendar_says_a_word_and_a_time_and_never_a_name(app, browser, manager):
    case = something_of_everything(manager)
    feed = app.test_client().get(make_link(browser))
    assert (feed.status_code, feed.mimetype) == (200, "text/calendar")
    text = feed.get_data(as_text=True)
    for secret in ("Amelia", "Hartwell", "Secret", case.reference, case.crime.reference, "Priya"):
        assert secret not in text
    read = icalendar.Calendar.from_ical(text)
    events = {str(one["summary"]): one for one in read.walk("VEVENT")}
    assert sorted(events) == ["Court", "Promise", "Ring back"]
    assert events["Court"].decoded("dtstart").astimezone(UTC) == MONDAY.replace(day=24, hour=10)
    assert events["Court"]["dtstart"].params["TZID"] == "Europe/London"
    assert [str(one["tzid"]) for one in read.walk("VTIMEZONE")] == ["Europe/London"]
    assert len({str(one["uid"]) for one in read.walk("VEVENT")}) == 3


def test_a_summer_hearing_is_at_its_london_hour(app, browser, manager):
    with clock.fixed(datetime(2026, 6, 1, 9, 0, tzinfo=UTC)):
        case = a_case(manager=manager)
        day = clock.today() + timedelta(days=3)
        a_hearing(crime_key=case.crime.reference_key, held_on=day, starts_at=time(10, 0))
    address = make_link(browser)
    with clock.fixed(datetime(2026, 6, 1, 9, 0, tzinfo=UTC)):
        read = icalendar.Calendar.from_ical(app.test_client().get(address).get_data(as_text=True))
    court = next(one for one in read.walk("VEVENT") if str(one["summary"]) == "Court")
    assert court.decoded("dtstart").astimezone(UTC).hour == 9


def test_the_reference_is_there_only_where_the_person_chose_it(app, browser, manager):
    case = something_of_everything(manager)
    feed = app.test_client().get(make_link(browser, with_reference="y"))
    text = feed.get_data(as_text=True)
    assert f"SUMMARY:Court {case.reference}" in text
    assert "Hartwell" not in text


def test_a_new_link_closes_the_old_and_revoking_closes_all(app, browser):
    first, second = make_link(browser), make_link(browser)
    stranger = app.test_client()
    assert stranger.get(first).status_code == 404
    assert stranger.get(second).status_code == 200
    token = form_of(browser.get("/mine/calendar"))["csrf_token"]
    browser.post("/mine/calendar/revoke", data={"csrf_token": token})
    assert stranger.get(second).status_code == 404


def test_the_secret_is_not_kept_and_not_shown_twice(browser):
    address = make_link(browser)
    token = address.rpartition("/")[2]
    kept = db.session.scalars(sa.select(CalendarLink)).one()
    assert token not in str(kept.token_index)
    assert token not in browser.get("/mine/calendar").get_data(as_text=True)
    facts = db.session.scalars(sa.select(AuditEntry.facts)).all()
    assert not any(token in one for one in facts)


def test_whoever_has_left_has_no_calendar(app, browser, manager):
    address = make_link(browser)
    with transaction() as session:
        session.get(type(manager), manager.id).disabled_at = clock.now()
    assert app.test_client().get(address).status_code == 404


def test_a_guess_opens_nothing(app):
    assert app.test_client().get("/calendar/" + "a" * 43).status_code == 404
    assert app.test_client().get("/calendar/" + "a" * 5_000).status_code == 404


def test_every_reading_of_the_calendar_is_written_down(app, browser, manager):
    app.test_client().get(make_link(browser))
    row = db.session.scalars(sa.select(AuditEntry).filter_by(action="calendar_link.read")).one()
    assert row.actor_id == manager.id
