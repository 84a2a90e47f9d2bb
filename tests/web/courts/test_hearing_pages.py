"""The pages about hearings, as those who may open them see them."""

import io
from datetime import date, time
from pathlib import Path

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.courts.models import Defendant, Hearing
from beacon.courts.terms import HearingOutcome, HearingStatus, Remand
from tests.factories import a_case, a_crime, a_member_of_staff
from tests.hearings import MONDAY_MORNING, TUESDAY, a_hearing
from tests.pages import form_of, text_of

DATA = Path(__file__).parents[2] / "data"
DAY = "/hearings/?day=2026-11-24"


@pytest.fixture(autouse=True)
def monday(app):
    with clock.fixed(MONDAY_MORNING):
        yield


@pytest.fixture
def officer(desk):
    return desk(Role.COURT_OFFICER)


def the_hearing() -> Hearing:
    db.session.rollback()
    return db.session.scalars(sa.select(Hearing)).one()


def a_day(prefix: str, day: date) -> dict[str, list[str]]:
    return {prefix: [str(day.day), str(day.month), str(day.year)]}


def logged(action: str) -> list[AuditEntry]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == action)))


@pytest.mark.parametrize("role", [Role.INTAKE_OFFICER, Role.FRAUD_OFFICER, Role.AUDITOR])
def test_a_role_without_the_permission_is_refused(desk, role: Role):
    assert desk(role).get("/hearings/").status_code == 403


def test_a_days_list_shows_each_text_or_why_there_is_none(officer):
    a_hearing(mobile="07700 900601")
    a_hearing(remand=Remand.CUSTODY)
    words = text_of(officer.get(DAY))
    assert "Hearings on Tue 24 Nov" in words
    assert "To be texted" in words
    assert "In custody" in words
    assert "•••601" in words
    assert "900601" not in words


def test_a_days_list_may_be_narrowed_to_one_court(officer):
    a_hearing(first_name="Alban")
    a_hearing(first_name="Steven", court="B41MJ00")
    words = text_of(officer.get(f"{DAY}&court=B41MJ00"))
    assert "Steven Accused" in words
    assert "Alban Accused" not in words


def test_a_days_list_leads_to_the_days_beside_it(officer):
    a_hearing()
    a_hearing(held_on=date(2026, 11, 26))
    assert "day=2026-11-26" in officer.get(DAY).get_data(as_text=True)


def test_a_day_that_cannot_be_read_is_said_so(officer):
    answer = officer.get("/hearings/?day=31&day=2&day=2026")
    assert "must be a real date" in text_of(answer)


def test_an_empty_day_says_so(officer):
    assert "No hearings are listed" in text_of(officer.get(DAY))


def test_the_whole_number_is_shown_on_asking_and_the_log_says_who_looked(officer):
    hearing = a_hearing(mobile="07700 900601")
    page = officer.get(f"/hearings/{hearing.id}")
    assert "07700 900601" not in text_of(page)
    shown = officer.post(f"/hearings/{hearing.id}/number", data=form_of(page))
    assert "07700 900601" in text_of(shown)
    (entry,) = logged("defendant.number_shown")
    assert (entry.object_id, entry.actor_id) == (str(hearing.defendant_id), officer.person_id)


def test_a_number_is_not_shown_without_the_token(officer):
    hearing = a_hearing()
    officer.looks = False
    assert officer.post(f"/hearings/{hearing.id}/number").status_code == 400


def test_a_case_manager_sees_neither_number_nor_orders(desk):
    manager = a_member_of_staff()
    a_case(crime=a_crime(reference="41/100/26"), manager=manager)
    hearing = a_hearing(crime_key="41/100/26", mobile="07700 900601")
    browser = desk(person=manager)
    html = browser.get(f"/hearings/{hearing.id}").get_data(as_text=True)
    assert "601" not in html
    assert "Move" not in html
    assert browser.get(f"/hearings/{hearing.id}/move").status_code == 403
    assert browser.post(f"/hearings/{hearing.id}/number").status_code in {400, 403}


def test_a_hearing_out_of_scope_is_not_there(desk):
    hearing = a_hearing()
    assert desk(Role.CASE_MANAGER).get(f"/hearings/{hearing.id}").status_code == 404


def test_a_hearing_is_moved_by_its_page(officer):
    hearing = a_hearing()
    answers = {"court": "B41MJ00", **a_day("held_on", date(2026, 12, 1)), "starts_at": "2pm"}
    answer = officer.submit(f"/hearings/{hearing.id}/move", **answers)
    assert answer.status_code == 302
    moved = the_hearing()
    assert (moved.held_on, moved.starts_at) == (date(2026, 12, 1), time(14))
    assert "Moved to another day" in text_of(officer.get(f"/hearings/{hearing.id}"))


def test_a_stale_page_moves_nothing(officer):
    hearing = a_hearing()
    answers = {**a_day("held_on", date(2026, 12, 1)), "version": "9"}
    answer = officer.submit(f"/hearings/{hearing.id}/move", **answers)
    assert "Somebody else has just changed this hearing" in text_of(answer)
    assert the_hearing().held_on == TUESDAY


def test_a_hearing_is_vacated_by_its_page(officer):
    hearing = a_hearing()
    officer.submit(f"/hearings/{hearing.id}/vacate")
    assert the_hearing().status is HearingStatus.VACATED


def test_an_outcome_is_recorded_by_its_page(officer):
    hearing = a_hearing(held_on=date(2026, 11, 23))
    answers = {"outcome": "warrant", "attendance": "did_not_attend"}
    officer.submit(f"/hearings/{hearing.id}/outcome", **answers)
    assert "Warrant issued" in text_of(officer.get(f"/hearings/{hearing.id}"))
    assert the_hearing().outcome is HearingOutcome.WARRANT


def test_a_number_is_corrected_by_its_page(officer):
    hearing = a_hearing(mobile="01727 000000")
    officer.submit(f"/hearings/{hearing.id}/defendant", mobile="07700 900888")
    db.session.rollback()
    person = db.session.scalars(sa.select(Defendant)).one()
    assert person.mobile == "+447700900888"
    (entry,) = logged("defendant.corrected")
    assert "mobile" in entry.facts


def test_a_charge_is_recorded_on_the_case(desk):
    manager = a_member_of_staff()
    case = a_case(manager=manager)
    reference = case.reference
    browser = desk(person=manager)
    answers = {
        **a_day("charged_at", date(2026, 11, 23)),
        "charged_at-time": "8:30am",
        "first_name": "Robin",
        "last_name": "Accused",
        "mobile": "07700 900601",
        "court": "B41ME00",
        **a_day("held_on", date(2026, 12, 8)),
        "starts_at": "9.30am",
        "type_code": "FH",
        "initiation": "C",
        "remand": "CB",
    }
    answer = browser.submit(f"/cases/{reference}/charge", **answers)
    assert answer.status_code == 302
    page = text_of(browser.get(f"/cases/{reference}"))
    assert "Robin Accused" in page
    assert "900601" not in page
    assert the_hearing().remand is Remand.CONDITIONAL


def test_a_charge_without_answers_says_what_is_missing(desk):
    manager = a_member_of_staff()
    case = a_case(manager=manager)
    words = text_of(desk(person=manager).submit(f"/cases/{case.reference}/charge"))
    assert "Enter the last name" in words
    assert "Choose the court" in words


def test_nobody_records_a_charge_on_a_case_they_may_not_see(desk):
    case = a_case(manager=a_member_of_staff(team="South"))
    browser = desk(Role.CASE_MANAGER, team="North")
    assert browser.get(f"/cases/{case.reference}/charge").status_code == 404


def upload(browser, data: bytes, name: str = "list.csv"):
    answers = form_of(browser.get("/hearings/import")) | {"file": (io.BytesIO(data), name)}
    return browser.post("/hearings/import", data=answers, content_type="multipart/form-data")


def test_a_list_is_looked_at_first_and_taken_in_on_the_order(officer):
    data = (DATA / "court-list.csv").read_bytes()
    preview = upload(officer, data)
    assert "160 created" in text_of(preview)
    assert "court is not known" in text_of(preview)
    assert db.session.scalar(sa.select(sa.func.count(Hearing.id))) == 0
    taken = officer.post("/hearings/import/take", data=form_of(preview))
    assert "The list is taken in" in text_of(taken)
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(Hearing.id))) == 160
    again = officer.post("/hearings/import/take", data=form_of(preview))
    assert again.status_code == 302


def test_what_waits_between_preview_and_order_is_sealed(app, officer):
    upload(officer, (DATA / "court-list.csv").read_bytes())
    (held,) = (app.config["BEACON"].instance / "uploads").iterdir()
    assert b"Gillian" not in held.read_bytes()
    assert held.stat().st_mode & 0o077 == 0


def test_nobody_takes_in_the_file_that_another_looked_at(desk, officer):
    preview = upload(officer, (DATA / "court-list.csv").read_bytes())
    other = desk(Role.COURT_OFFICER)
    token = form_of(preview)["token"]
    answers = form_of(other.get("/hearings/import")) | {"token": token}
    assert other.post("/hearings/import/take", data=answers).status_code == 302
    assert db.session.scalar(sa.select(sa.func.count(Hearing.id))) == 0


def test_a_file_that_is_no_list_is_refused_beside_the_box(officer):
    answer = upload(officer, b"a,b\n1,2\n")
    assert "not a court list file" in text_of(answer)
