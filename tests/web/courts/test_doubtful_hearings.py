"""A charge or a hearing out of order, or there already, is asked about as a milestone is."""

from datetime import date, time

import pytest
import sqlalchemy as sa

from beacon.cases import commands
from beacon.cases.models import CrimeMilestone
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.courts.models import Defendant, Hearing
from beacon.entitlements.terms import Milestone
from tests.factories import TEST, a_case, a_crime, a_member_of_staff
from tests.hearings import MONDAY_MORNING, TUESDAY, a_hearing
from tests.pages import form_of, text_of


@pytest.fixture(autouse=True)
def monday(app):
    with clock.fixed(MONDAY_MORNING):
        yield


@pytest.fixture
def case(monday):
    return a_case(manager=a_member_of_staff(), crime=a_crime(offence_on=date(2026, 11, 20)))


@pytest.fixture
def browser(desk, case):
    return desk(person=case.manager)


def a_day(prefix, day):
    return {prefix: [str(day.day), str(day.month), str(day.year)]}


def charge(**known):
    return {
        **a_day("charged_at", date(2026, 11, 23)),
        "charged_at-time": "8:30am",
        "first_name": "Robin",
        "last_name": "Accused",
        "court": "B41ME00",
        **a_day("held_on", date(2026, 12, 8)),
        "starts_at": "9.30am",
        "type_code": "FH",
    } | known


def place(case):
    return f"/cases/{case.reference}/charge"


def charges():
    query = sa.select(sa.func.count()).where(CrimeMilestone.kind == Milestone.CHARGED)
    db.session.rollback()
    return db.session.scalar(query)


def test_a_charge_before_the_arrest_is_asked_about_and_taken_on_a_second_word(browser, case):
    commands.record_milestone(case.crime, kind=Milestone.ARRESTED, at=MONDAY_MORNING, actor=TEST)
    answer = browser.submit(place(case), **charge())
    said = "“Suspect arrested” usually comes first, and is recorded for 23 November 2026 at 09:00."
    assert said in text_of(answer)
    assert charges() == 0
    again = form_of(answer)
    assert (again["last_name"], again["charged_at-time"]) == ("Accused", "8:30am")
    assert browser.post(place(case), data=again).status_code == 200
    assert browser.post(place(case), data=again | {"sure": "y"}).status_code == 302
    assert charges() == 1


def test_a_second_charge_within_a_day_is_asked_about(browser, case):
    assert browser.submit(place(case), **charge()).status_code == 302
    other = charge(**{"last_name": "Other", "charged_at-time": "8:45am"})
    answer = browser.submit(place(case), **other)
    assert "“Suspect charged” is already recorded for 23 November 2026 at 08:30" in text_of(answer)
    assert browser.post(place(case), data=form_of(answer) | {"sure": "y"}).status_code == 302
    assert charges() == 2


def test_the_same_defendant_on_another_day_is_asked_about_before_there_are_two(browser, case):
    a_hearing(crime_key=case.crime.reference_key, last_name="Accused", held_on=date(2026, 12, 1))
    answer = browser.submit(place(case), **charge())
    said = "“First hearing” of this defendant is already listed for 1 December 2026."
    assert said in text_of(answer)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Defendant)) == 1
    assert browser.submit(place(case), **charge(), sure="y").status_code == 200
    same_day = a_day("held_on", date(2026, 12, 1))
    assert browser.submit(place(case), **charge() | same_day).status_code == 302
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Hearing)) == 1


def test_a_charge_before_the_offence_is_refused_beside_its_box(browser, case):
    early = charge(**a_day("charged_at", date(2026, 11, 19)))
    answer = browser.submit(place(case), **early)
    assert "That is before the day of the offence. Check the date." in text_of(answer)
    assert 'href="#charged_at' in answer.text
    assert charges() == 0


def test_who_records_a_charge_again_for_another_moment_is_told_that_the_first_stands(browser, case):
    assert browser.submit(place(case), **charge()).status_code == 302
    later = charge(**a_day("charged_at", date(2026, 11, 21)))
    assert browser.submit(place(case), **later).status_code == 302
    assert "recorded already, for another moment" in text_of(
        browser.get(f"/cases/{case.reference}")
    )
    assert charges() == 1


def test_a_hearing_moved_to_a_day_with_another_is_asked_about(desk):
    officer = desk(Role.COURT_OFFICER)
    hearing = a_hearing()
    a_hearing(defendant=hearing.defendant, type_code="TRIAL", held_on=date(2026, 12, 8))
    address = f"/hearings/{hearing.id}/move"
    answer = officer.submit(address, **a_day("held_on", date(2026, 12, 8)))
    assert "“Trial” of this defendant is already listed for 8 December 2026." in text_of(answer)
    assert held_on(hearing) == TUESDAY
    later = form_of(answer) | a_day("held_on", date(2026, 12, 9)) | {"sure": "y"}
    answer = officer.post(address, data=later)
    assert "“Trial” usually comes later, but is listed for 8 December 2026." in text_of(answer)
    assert officer.post(address, data=form_of(answer) | {"sure": "y"}).status_code == 302
    assert held_on(hearing) == date(2026, 12, 9)


def test_a_hearing_that_keeps_its_day_is_not_asked_about(desk):
    officer = desk(Role.COURT_OFFICER)
    hearing = a_hearing()
    a_hearing(defendant=hearing.defendant, type_code="TRIAL", starts_at=time(14))
    answer = officer.submit(f"/hearings/{hearing.id}/move", starts_at="10.30am")
    assert answer.status_code == 302


def held_on(hearing):
    return db.session.get(Hearing, hearing.id, populate_existing=True).held_on
