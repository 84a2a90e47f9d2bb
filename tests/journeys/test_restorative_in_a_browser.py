"""Restorative justice and victims at court in a browser: by the keyboard, wide and narrow, axe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from beacon.accounts.models import Staff
from beacon.cases import commands as cases
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.courts import commands as courts
from beacon.courts.terms import Called, Ground, Measure
from beacon.entitlements.terms import Milestone
from beacon.restorative.models import RestorativeOffer
from beacon.restorative.terms import StepKind
from tests import browser as browsers
from tests.factories import TEST, a_case
from tests.work.restorative.builders import a_disposal, an_order, explain, take

DATABASES = ("sqlite",)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FORMS = (
    "informed", "explained", "answered", "requested", "referred", "outcome", "satisfaction",
    "not_known",
)  # fmt: skip
TURNS = ("tried", "asked", "view", "no_view", "passed", "decided")


def look(page: Page, place: str) -> None:
    """No fault of axe, and nothing wider than the screen."""
    page.goto(place)
    assert browsers.faults(page) == [], place
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, place


def a_known_case(person: Staff):
    case = a_case(manager=person)
    cases.record_milestone(case.crime, kind=Milestone.ARRESTED, at=clock.now(), actor=TEST)
    return case


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "narrow",
    [pytest.param(False, id="wide"), pytest.param(True, id="narrow", marks=pytest.mark.long)],
)
def test_each_page_is_without_a_fault_and_a_step_is_recorded_by_the_keyboard(
    at_desk: Callable[..., Page], site: str, *, narrow: bool
):
    with clock.fixed(MONDAY):
        page = at_desk(Role.CASE_MANAGER, Role.TEAM_LEADER, name="Priya Shah", narrow=narrow)
        look(page, f"{site}/restorative/")  # an empty county
        expect(page.get_by_text("Nobody waits here")).to_be_visible()
        for rest in ("views", "figures"):
            look(page, f"{site}/restorative/{rest}")
        person = db.session.scalars(sa.select(Staff).where(Staff.name == "Priya Shah")).one()
        case, blocked = a_known_case(person), a_known_case(person)
        an_order(blocked)
        step = explain(case)
        take(case, StepKind.OUTCOME)
        row = a_disposal(case)
        offer = step.offer_id
        at = f"{site}/cases/{case.reference}"
        charge = courts.Charge(
            first_name="Robin", last_name="Accused", court="B41ME00", held_on=clock.today(),
            starts_at=None, mobile=None,
        )  # fmt: skip
        hearing = courts.record_charge(case, charge, at=clock.now(), actor=TEST)
        given = courts.CallGiven(called=Called.VICTIM, case=case)
        witness = courts.call_witness(hearing, given, actor=TEST)
        measure = courts.propose_measure(witness, Measure.SCREENS, Ground.INTIMIDATED, actor=TEST)
        court = f"{site}/hearings/{hearing.id}"
        one = f"{court}/witnesses/{witness.id}"
        places = [
            *(f"{site}/restorative/{rest}" for rest in ("", "views", "figures")),
            *(f"{at}/restorative/{offer}/{form}" for form in FORMS),
            *(f"{at}/disposals/{row.id}/{turn}" for turn in TURNS),
            f"{at}/restorative",
            f"{at}/restorative/steps/{step.id}/take-back",
            f"{at}/restorative/offenders/new",
            f"{at}/disposals/new",
            f"{site}/cases/{blocked.reference}/restorative",
            f"{site}/cases/{blocked.reference}/restorative/decide",
            *(court, f"{court}/witnesses/new", one, f"{one}/came", f"{one}/measures/new"),
            *(f"{one}/measures/{measure.id}", f"{site}/hearings/witnesses"),
        ]
        for place in places:
            look(page, place)
        page.goto(f"{at}/restorative/{offer}/requested")
        page.get_by_label("Notes").focus()
        page.keyboard.type("She rang and asked for it.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text("She rang and asked for it.")).to_be_visible()
        db.session.rollback()
        held = db.session.get_one(RestorativeOffer, offer)
        assert held.requested_on == clock.today()
