"""The telephone number of a member of staff, on their own page and the administrator's."""

from __future__ import annotations

from typing import Any

from beacon.accounts import queries
from beacon.core.roles import Role
from beacon.numbers.queries import holder
from beacon.numbers.terms import Held
from tests.factories import a_member_of_staff
from tests.pages import text_of


def test_one_gives_ones_own_number_and_it_guards_after_it_has_changed(desk: Any):
    browser = desk(Role.COURT_OFFICER)
    browser.submit("/account/phone", phone="07700 900101")
    assert "07700 900101" in text_of(browser.get("/account/"))
    browser.submit("/account/phone", phone="07700 900102")
    browser.submit("/account/phone", phone="")
    assert queries.phone_of(queries.get_staff(browser.person_id)) == ""
    held = [holder(number) for number in ("07700 900101", "07700 900102")]
    assert held == [Held.ANOTHER_CASE] * 2


def test_an_administrator_gives_anothers(desk: Any):
    person = a_member_of_staff()
    browser = desk(Role.ADMINISTRATOR)
    browser.submit(f"/admin/staff/{person.id}/phone", phone="01632 960123")
    assert "01632 960123" in text_of(browser.get(f"/admin/staff/{person.id}"))
    assert holder("(01632) 960123") is Held.ANOTHER_CASE
