"""The preview of a day's texts, its holds and its file, as a court officer has them."""

import csv
import io
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.courts import commands, languages
from beacon.courts.jobs import correct_court_texts, plan_court_texts
from beacon.courts.models import Hearing
from beacon.courts.terms import NotTexted, Remand, TextBar
from beacon.notify import commands as notify
from beacon.notify.models import OutboundText
from beacon.notify.terms import TextState
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim
from tests.hearings import MONDAY_EVENING, MONDAY_MORNING, a_hearing
from tests.kin import declare
from tests.pages import form_of, text_of

PAGE = "/hearings/preview?day=2026-11-24"
FILE = "/hearings/preview.csv?day=2026-11-24"
TRANSLATIONS = Path(__file__).parents[2] / "data" / "translations"
FRIDAY = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app):
    with clock.fixed(MONDAY_MORNING):
        yield


@pytest.fixture
def officer(desk):
    return desk(Role.COURT_OFFICER)


def the_text() -> OutboundText:
    db.session.rollback()
    return db.session.scalars(sa.select(OutboundText)).one()


def order(browser, address: str, **facts: str) -> str:
    """Press a button of the preview; the page that follows."""
    token = form_of(browser.get(PAGE))["csrf_token"]
    answer = browser.post(address, data={"csrf_token": token, **facts}, follow_redirects=True)
    return text_of(answer)


def test_the_preview_shows_the_words_and_why_somebody_gets_none(officer):
    a_hearing(mobile="07700 900601")
    a_hearing(remand=Remand.CUSTODY)
    plan_court_texts()
    words = text_of(officer.get(PAGE))
    assert "Texts about Tue 24 Nov" in words
    assert "They leave on Mon 23 Nov from 5pm to 8pm." in words
    assert "you must be at St Albans Magistrates' Court, AL1 3LB, TOMORROW Tue 24 Nov" in words
    assert "1 segment" in words
    assert "In custody custody" in words
    assert "The prison brings them to court." in words
    assert "•••601" in words
    assert "900601" not in words


def test_words_in_another_language_are_shown_with_its_name(officer):
    languages.configure(TRANSLATIONS)
    a_hearing(interpreter_language="Polish")
    plan_court_texts()
    page = officer.get(PAGE)
    assert "JUTRO wt. 24 listopada o 9:30. Zaplanuj drogę." in text_of(page)
    assert "In Polish, 3 segments" in text_of(page)
    languages.configure(None)


def test_what_changed_after_planning_is_shown_as_it_would_leave(officer):
    hearing = a_hearing()
    plan_court_texts()
    commands.move_hearing(
        hearing.id,
        court_code="B41ME00",
        held_on=hearing.held_on,
        starts_at=time(14),
        version=1,
        actor=TEST,
    )
    assert "at 2pm. Plan your journey" in text_of(officer.get(PAGE))


def test_a_hearing_that_is_not_planned_yet_is_shown_with_its_words(officer):
    a_hearing()
    words = text_of(officer.get(PAGE))
    assert "Can be held in a few minutes" in words
    assert "TOMORROW Tue 24 Nov at 9.30am" in words


def test_one_text_for_two_hearings_is_one_line(officer):
    late = a_hearing(starts_at=time(14))
    a_hearing(defendant=late.defendant, type_code="GAP")
    plan_court_texts()
    words = text_of(officer.get(PAGE))
    assert "and 1 more that day" in words
    assert words.count("Plan your journey") == 1


def test_one_text_is_held_and_let_go_by_its_buttons(officer):
    a_hearing()
    plan_court_texts()
    text_id = the_text().id
    assert "The text is held" in order(officer, f"/hearings/preview/{text_id}/hold")
    assert the_text().state is TextState.HELD
    assert "The text may leave" in order(officer, f"/hearings/preview/{text_id}/release")
    assert the_text().state is TextState.PLANNED


def test_all_of_a_day_is_held_and_let_go_by_its_buttons(officer):
    a_hearing()
    plan_court_texts()
    held = order(officer, "/hearings/preview/hold", day="2026-11-24")
    assert "All texts about this day are held." in held
    assert the_text().state is TextState.HELD
    order(officer, "/hearings/preview/release", day="2026-11-24")
    assert the_text().state is TextState.PLANNED


def test_what_is_on_its_way_cannot_be_held_and_says_so(desk):
    a_hearing()
    with clock.fixed(MONDAY_EVENING):
        officer = desk(Role.COURT_OFFICER)
        plan_court_texts()
        notify.send_due()
        words = order(officer, f"/hearings/preview/{the_text().id}/hold")
    assert "It is too late to hold it" in words


@pytest.mark.parametrize("day", ["", "x", "2026-02-31", "9999-12-31"])
def test_a_day_that_cannot_be_read_is_the_next_with_hearings_and_holds_nothing(officer, day: str):
    a_hearing()
    plan_court_texts()
    answer = officer.get("/hearings/preview", query_string={"day": day})
    assert "Texts about Tue 24 Nov" in text_of(answer)
    order(officer, "/hearings/preview/hold", day=day)
    assert the_text().state is TextState.PLANNED


def test_without_the_token_nothing_is_held(officer):
    a_hearing()
    plan_court_texts()
    officer.looks = False
    assert officer.post("/hearings/preview/hold", data={"day": "2026-11-24"}).status_code == 400
    assert the_text().state is TextState.PLANNED


@pytest.mark.parametrize(
    ("today", "hearing"),
    [(FRIDAY, date(2026, 11, 30)), (datetime(2026, 12, 24, 12, tzinfo=UTC), date(2026, 12, 29))],
)
def test_on_the_last_working_day_the_texts_of_the_next_are_shown_and_can_be_held(
    desk, today: datetime, hearing: date
):
    with clock.fixed(today):
        officer = desk(Role.COURT_OFFICER)
        a_hearing(held_on=hearing)
        plan_court_texts()
        page = text_of(officer.get("/hearings/preview"))
        assert f"TOMORROW {hearing:%a} {hearing.day}" in page
        order(officer, f"/hearings/preview/{the_text().id}/hold")
    assert the_text().state is TextState.HELD


def test_what_was_told_and_has_changed_stands_on_the_page_and_on_the_hearings(desk):
    hearing = a_hearing().id
    with clock.fixed(MONDAY_EVENING):
        officer = desk(Role.COURT_OFFICER)
        plan_court_texts()
        notify.send_due()
        commands.vacate_hearing(hearing, version=1, actor=TEST)
        correct_court_texts()
        told = "Tue 24 Nov at 9.30am, St Albans Magistrates' Court"
        page = text_of(officer.get(PAGE))
        assert f"{told} Not going ahead Planned" in page
        assert f"Was told: {told}. Now: Not going ahead." in text_of(
            officer.get(f"/hearings/{hearing}")
        )


def sheet(browser) -> list[dict[str, str]]:
    answer = browser.get(FILE)
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_the_file_has_a_code_and_a_sentence_for_each(officer):
    a_hearing(mobile="07700 900601")
    a_hearing(mobile="01632 960512")
    plan_court_texts()
    texted, not_texted = sheet(officer)
    assert (texted["text"], texted["code"], texted["segments"]) == ("Planned", "", "1")
    assert texted["words"].startswith("Court reminder: you must be at")
    assert "900601" not in "".join(texted.values())
    assert (not_texted["text"], not_texted["code"]) == ("Not texted", NotTexted.LANDLINE)
    assert not_texted["reason"] == NotTexted.LANDLINE.label
    assert not_texted["what_to_do"] == NotTexted.LANDLINE.advice


@pytest.mark.proves("X-01")
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "|", "%"])
def test_no_cell_of_the_file_is_a_formula(officer, start: str):
    a_hearing(first_name=f"{start}cmd", last_name="Accused")
    (row,) = sheet(officer)
    assert row["defendant"] == f"'{start}cmd Accused"


def test_that_the_preview_and_the_file_were_seen_is_written_down(officer):
    hearing = a_hearing()
    plan_court_texts()
    officer.get(PAGE)
    sheet(officer)
    db.session.rollback()
    for action in ("hearing.shown", "hearing.exported"):
        query = sa.select(AuditEntry).where(AuditEntry.action == action)
        entry = db.session.scalars(query).one()
        assert (entry.object_id, entry.actor_id) == (str(hearing.id), officer.person_id)


@pytest.mark.proves("Z-11")
def test_a_text_about_kin_is_neither_shown_nor_in_the_file_nor_held(desk):
    crime = a_crime()
    a_case(crime=crime, victim=a_victim(mobile="07700 900222"))
    person = a_member_of_staff(Role.COURT_OFFICER)
    hearing = a_hearing(crime_key=crime.reference_key)
    name = hearing.defendant.full_name
    plan_court_texts()
    browser = desk(person=person)
    assert name in text_of(browser.get(PAGE))
    declare(person, mobile="07700 900222")
    assert name not in text_of(browser.get(PAGE))
    assert sheet(browser) == []
    token = form_of(browser.get(PAGE))["csrf_token"]
    address = f"/hearings/preview/{the_text().id}/hold"
    assert browser.post(address, data={"csrf_token": token}).status_code == 404
    assert the_text().state is TextState.PLANNED


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.TEAM_LEADER, Role.AUDITOR])
def test_nobody_else_opens_the_preview_or_its_file(desk, role: Role):
    browser = desk(role)
    assert [browser.get(address).status_code for address in (PAGE, FILE)] == [403, 403]


def test_why_somebody_is_not_texted_is_chosen_on_the_page_of_their_number(officer):
    hearing = a_hearing().id
    address = f"/hearings/{hearing}/defendant"
    officer.submit(address, do_not_text="y", text_bar="risk")
    db.session.rollback()
    person = db.session.get_one(Hearing, hearing).defendant
    assert (person.do_not_text, person.text_bar) == (True, TextBar.RISK)
    page = text_of(officer.get(f"/hearings/{hearing}"))
    assert "No: a text could put somebody at risk" in page
    assert "Do not text or ring. Ask the officer how they are told." in page
