"""The list of agencies and whom to ring there."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from beacon.core.db import db
from beacon.core.roles import Role
from beacon.numbers.queries import holder
from beacon.numbers.terms import Held
from beacon.partners.models import Agency, AgencyContact
from tests.pages import form_of, text_of


def test_an_agency_and_its_contact_are_added_changed_and_taken_off(desk: Any):
    browser = desk(Role.TEAM_LEADER)
    assert "No agency is written down yet" in text_of(browser.get("/agencies/"))
    browser.submit("/agencies/new", name="Example Refuge")
    agency = db.session.scalars(sa.select(Agency)).one()
    contacts = f"/agencies/{agency.id}/contacts"
    browser.submit(f"{contacts}/new", name="Duty desk", mobile="07700 900101")
    assert "07700 900101" in text_of(browser.get("/agencies/"))
    contact = db.session.scalars(sa.select(AgencyContact)).one()
    browser.submit(f"{contacts}/{contact.id}", mobile="07700 900102")
    data = form_of(browser.get(f"{contacts}/{contact.id}"))
    browser.post(f"{contacts}/{contact.id}/retire", data=data)
    assert "Duty desk" not in text_of(browser.get("/agencies/"))
    held = [holder(number) for number in ("07700 900101", "07700 900102")]
    assert held == [Held.ANOTHER_CASE] * 2


def test_the_same_agency_twice_is_refused(desk: Any):
    browser = desk(Role.ADMINISTRATOR)
    browser.submit("/agencies/new", name="Example Refuge")
    answer = browser.submit("/agencies/new", name="example  refuge")
    assert "There is already an agency with that name" in text_of(answer)
