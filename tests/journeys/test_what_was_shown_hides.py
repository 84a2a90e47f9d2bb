"""A number and a place that were shown hide by themselves, say so, and can be asked for again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from beacon.accounts import queries as staff
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.people.models import ContactShowing
from tests import browser as browsers
from tests.factories import a_case, a_victim
from tests.journeys.hands import Hands, Keys

DATABASES = ("sqlite",)
NUMBER, STREET = "07700 900123", "4 Example Road"
BEFORE, THE_REST = 40_000, 21_000  # the clock of the page goes on beside these


@pytest.fixture
def sits_down(at_desk: Callable[..., Page], site: str) -> Callable[..., tuple[Page, str]]:
    """A case manager at the page of a case of her own, whose victim may be called."""

    def of(**how: bool) -> tuple[Page, str]:
        page = at_desk(Role.CASE_MANAGER, name="Priya Ramsbottom", **how)
        victim = a_victim(mobile=NUMBER, address=STREET, postcode="AL1 3LB", safe="yes")
        case = a_case(victim=victim, manager=staff.by_email("priya@example.org"))
        page.clock.install()
        page.goto(f"{site}/cases/{case.reference}")
        return page, case.reference

    return of


def showings() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count(ContactShowing.id))) or 0


@pytest.mark.browser
@pytest.mark.proves("P-01")
def test_a_number_hides_after_sixty_seconds_and_is_asked_for_again_by_the_keyboard(sits_down, site):
    page, reference = sits_down()
    hands = Keys(page, site)
    hands.press("Call")
    hands.sees(NUMBER, "Hides itself after 60 seconds")
    page.clock.fast_forward(BEFORE)
    hands.sees(NUMBER)
    page.clock.fast_forward(THE_REST)
    expect(page.get_by_role("status").filter(has_text="Hidden again")).to_be_visible()
    hands.sees_not(NUMBER)
    assert "900123" not in page.content().replace(" ", "")
    assert browsers.faults(page) == []
    hands.press("Show it again")
    hands.sees(NUMBER)
    assert browsers.faults(page) == []
    assert showings() == 2
    hands.follow("Log the call")
    assert page.url == f"{site}/cases/{reference}/contacts/new"


@pytest.mark.browser
@pytest.mark.proves("P-01")
def test_an_address_hides_after_sixty_seconds(sits_down, site):
    page, _ = sits_down()
    hands = Hands(page, site)
    hands.follow("Show the address")
    hands.sees_not(STREET)
    hands.write("Why do you need the address?", "To send the plan by post")
    hands.press("Show the address")
    hands.sees(STREET)
    assert browsers.faults(page) == []
    page.clock.fast_forward(BEFORE + THE_REST)
    hands.sees("Hidden again after 60 seconds")
    hands.sees_not(STREET)
    hands.follow("Ask for it again")
    hands.sees_not(STREET)
    hands.sees("Why do you need the address?")


@pytest.mark.browser
def test_a_number_is_called_without_scripts_on_a_narrow_screen(sits_down, site):
    page, _ = sits_down(scripts=False, narrow=True)
    hands = Hands(page, site)
    hands.press("Call")
    hands.sees(NUMBER, "Log the call")
    assert page.evaluate("document.documentElement.scrollWidth") <= browsers.NARROW["width"]
