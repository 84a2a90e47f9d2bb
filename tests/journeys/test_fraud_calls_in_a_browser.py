"""Today's fraud calls in a browser: by the keyboard alone, wide and narrow, without a fault."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.fraud_hub import queries
from beacon.fraud_hub.terms import Standing
from tests import browser as browsers
from tests.factories import TEST
from tests.work.fraud_hub.builders import a_claim, a_fraud_case, a_loss

DATABASES = ("sqlite",)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TABS_AT_MOST = 40
FOCUSED = "() => document.activeElement.innerText"


@pytest.mark.parametrize(
    "narrow",
    [pytest.param(False, id="wide"), pytest.param(True, id="narrow", marks=pytest.mark.long)],
)
def test_a_call_is_recorded_and_decided_by_the_keyboard_without_a_fault_of_axe(
    at_desk: Callable[..., Page], site: str, *, narrow: bool
):
    with clock.fixed(MONDAY):
        page = at_desk(Role.FRAUD_OFFICER, name="Fay Teller", narrow=narrow)
        case = a_fraud_case(still_paying=True, reported_pence=900_00)
        a_claim(case, a_loss(case), made_on=datetime(2026, 11, 9, tzinfo=UTC).date())
        at = f"{site}/fraud/cases/{case.reference}"
        places = [f"{site}/fraud/month", f"{site}/fraud/today", at]
        places += [f"{at}/{form}" for form in ("attempt", "triage", "decide")]
        for place in places:
            page.goto(place)
            assert browsers.faults(page) == [], place
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, place

        page.goto(f"{site}/fraud/today")
        for _ in range(TABS_AT_MOST):
            page.keyboard.press("Tab")
            if page.evaluate(FOCUSED).startswith("No answer"):
                break
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"No answer: recorded for {case.reference}.")).to_be_visible()
        db.session.rollback()  # look again, at what the browser has saved
        row = queries.row_of(TEST, case.id)
        assert row is not None
        assert row.standing is Standing.TRYING
