"""A court officer's day in Chromium by the keyboard alone: texts, a call, a day of outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page

from beacon.accounts import commands as accounts
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.courts.jobs import plan_court_texts
from beacon.courts.models import CourtCall, Hearing
from beacon.courts.terms import Attendance, CallOutcome, HearingOutcome
from beacon.notify import commands as notify
from beacon.notify.models import OutboundText
from beacon.notify.terms import TextState
from tests import browser as browsers
from tests.factories import TEST, a_member_of_staff
from tests.hearings import MONDAY_EVENING, MONDAY_MORNING, a_hearing
from tests.journeys.hands import Keys
from tests.journeys.people import PASSWORD

DATABASES = ("sqlite",)
MONDAY = date(2026, 11, 23)
ROWS = 60


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    """A court officer at a browser, on a Monday morning."""
    person = a_member_of_staff(Role.COURT_OFFICER, email="court@example.org", name="Callum Court")
    accounts.set_password(person, PASSWORD, actor=TEST)
    with clock.fixed(MONDAY_MORNING):
        context = browsers.new_context(chromium)
        yield browsers.sign_in(context, site, "court@example.org", PASSWORD)
        context.close()


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_somebody_is_rung_from_the_desk_by_the_keyboard_alone(page: Page, site: str):
    a_hearing(last_name="Landline", mobile="01632 960512")
    page.reload()
    hands = Keys(page, site)
    hands.sees("1 hearing tomorrow, Tue 24 Nov")
    hands.follow("1 on the call list")
    hands.sees("Robin Landline", "Not rung yet")
    hands.follow("Ring for Robin Landline")
    hands.press("Show the number to ring")
    hands.sees("01632 960512", "You must be at St Albans Magistrates' Court")
    assert browsers.faults(page) == []
    hands.choose("What came of the call?", "Reached: they know")
    hands.press("Write down the call")
    hands.sees("The call is recorded.", "Nobody is left to ring about this day.")
    db.session.rollback()
    assert db.session.scalars(sa.select(CourtCall.outcome)).all() == [CallOutcome.REACHED]


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_texts_are_looked_through_and_held_by_the_keyboard_alone(page: Page, site: str):
    for n in range(6):
        a_hearing(last_name=f"Tester{n}", mobile=f"07700 90060{n}")
    a_hearing(last_name="Landline", mobile="01632 960512")
    plan_court_texts()
    hands = Keys(page, site)
    hands.open("/hearings/?day=2026-11-24")
    hands.follow("Texts about the day")
    hands.sees("6 texts", "1 hearing without a text", "Robin Tester0", "Robin Landline")
    assert browsers.faults(page) == []
    hands.press("Hold the text to Robin Tester3")
    hands.sees("The text is held. It does not leave until somebody lets it go.")
    page.keyboard.press("Tab")  # back in the row, not at the top of the page
    assert page.evaluate("document.activeElement.closest('tr').innerText").startswith(
        "Robin Tester3"
    )
    hands.sees_in_row("Robin Tester3", "Held")
    hands.press("Hold all of the day")
    hands.sees("All texts about this day are held.")
    assert browsers.faults(page) == []
    with clock.fixed(MONDAY_EVENING):
        assert notify.send_due() == 0
    hands.press("Let all of the day go")
    hands.sees("The texts about this day may leave, but for those held one by one.")
    hands.press("Let go the text to Robin Tester3")
    hands.sees("The text may leave.")
    db.session.rollback()
    of_mobiles = OutboundText.state != TextState.SUPPRESSED
    states = db.session.scalars(sa.select(OutboundText.state).where(of_mobiles)).all()
    assert states == [TextState.PLANNED] * 6


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_sixty_outcomes_are_typed_with_two_keys_a_row_and_the_page_is_sound(page: Page, site: str):
    for _ in range(ROWS):
        a_hearing(held_on=MONDAY)
    page.goto(f"{site}/hearings/outcomes?day=2026-11-23")
    assert browsers.faults(page) == []
    page.set_viewport_size(browsers.NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= browsers.NARROW["width"]
    page.set_viewport_size(browsers.WIDE)
    page.locator("#outcomes a").first.focus()
    for _ in range(ROWS):
        page.keyboard.press("Tab")
        page.keyboard.type("Wen")
        page.keyboard.press("Tab")
        page.keyboard.type("Cam")
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    Keys(page, site).sees(f"{ROWS} outcomes recorded.")
    db.session.rollback()
    rows = db.session.execute(sa.select(Hearing.outcome, Hearing.attendance)).all()
    assert set(map(tuple, rows)) == {(HearingOutcome.HELD, Attendance.ATTENDED)}


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_the_court_days_pages_work_without_scripts_and_at_320_pixels(
    chromium: Browser, site: str, page: Page
):
    a_hearing(last_name="Landline", mobile="01632 960512")
    a_hearing(held_on=MONDAY)
    context = browsers.new_context(chromium, scripts=False, narrow=True)
    plain = browsers.sign_in(context, site, "court@example.org", PASSWORD)
    for address in ("preview", "morning", "calls", "standing", "outcomes", "attendance", "numbers"):
        answer = plain.goto(f"{site}/hearings/{address}")
        assert answer is not None
        assert answer.status == 200
        page.set_viewport_size(browsers.NARROW)
        page.goto(f"{site}/hearings/{address}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= browsers.NARROW["width"], f"{address} is {wide} pixels wide"
        assert browsers.faults(page) == []
    context.close()
