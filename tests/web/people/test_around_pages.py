"""The pages of the people around a victim, from the case to a number and back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.people.models import PersonAround
from tests.factories import a_case, a_member_of_staff
from tests.pages import form_of, text_of

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SAID = {
    "kind": "witness",
    "name": "Jo Example",
    "relation": "neighbour",
    "mobile": "07700 900101",
    "speak": "yes",
}


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(monday: None) -> Staff:
    return a_member_of_staff(Role.CASE_MANAGER)


@pytest.fixture
def browser(desk: Any, manager: Staff) -> Any:
    return desk(person=manager)


@pytest.fixture
def case(manager: Staff) -> CaseFile:
    return a_case(manager=manager)


def the_person() -> PersonAround:
    db.session.rollback()
    return db.session.scalars(sa.select(PersonAround)).one()


def test_from_the_case_somebody_is_added_changed_and_taken_off(browser: Any, case: CaseFile):
    around = f"/people/{case.victim_id}/around"
    assert around in browser.get(f"/cases/{case.reference}").get_data(as_text=True)
    assert "Nobody is written down yet" in text_of(browser.get(around))
    assert browser.submit(f"{around}/new", **SAID).status_code == 302
    page = text_of(browser.get(around))
    assert "Jo Example" in page
    assert "900101" not in page.replace(" ", "")
    person = the_person()
    form = browser.get(f"{around}/{person.id}")
    assert "900101" not in form.get_data(as_text=True).replace(" ", "")
    browser.submit(f"{around}/{person.id}", phone="01632 960123", speak="no")
    assert (the_person().mobile, the_person().phone) == ("+447700900101", "+441632960123")
    assert "We must not speak to them" in text_of(browser.get(around))
    data = form_of(browser.get(f"{around}/{person.id}")) | {"version": "2"}
    assert browser.post(f"{around}/{person.id}/retire", data=data).status_code == 302
    assert the_person().retired_at is not None


def test_a_box_left_empty_says_what_to_enter(browser: Any, case: CaseFile):
    answer = browser.submit(f"/people/{case.victim_id}/around/new", **SAID | {"name": ""})
    assert "Enter their name" in text_of(answer)


@pytest.mark.proves("P-01")
def test_a_number_is_shown_at_one_press_in_ones_own_caseload(browser: Any, case: CaseFile):
    browser.submit(f"/people/{case.victim_id}/around/new", **SAID)
    page = browser.get(f"/people/{case.victim_id}/around")
    where = f"/people/{case.victim_id}/around/{the_person().id}/mobile/show"
    answer = browser.post(where, data={"csrf_token": form_of(page)["csrf_token"]})
    assert "07700 900101" in text_of(answer)
    shown = sa.select(AuditEntry).where(AuditEntry.action == "person_around.number_shown")
    assert len(db.session.scalars(shown).all()) == 1


def test_what_is_no_number_of_theirs_is_not_found(browser: Any, case: CaseFile):
    browser.submit(f"/people/{case.victim_id}/around/new", **SAID)
    for which in ("phone", "notes", "name"):
        where = f"/people/{case.victim_id}/around/{the_person().id}/{which}/show"
        assert browser.get(where).status_code == 404
