"""Two people save one form, in Chromium: by the keyboard alone, and narrow without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page

from beacon.accounts import queries
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.plans import commands
from beacon.plans.models import SafetyPlan
from tests import browser as browsers
from tests.factories import TEST, a_case
from tests.journeys.hands import Hands, Keys
from tests.long import first_of

DATABASES = ("sqlite",)
WEDNESDAY = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
MINE, THEIRS = "He waits at the gate.", "He sits in a car outside."
SIGNS = "How they know that it becomes dangerous"
WAYS = {"keyboard alone": (Keys, True), "narrow, no scripts": (Hands, False)}


@pytest.mark.browser
@pytest.mark.timeout(200)
@pytest.mark.proves("L-02", "V-05")
@pytest.mark.parametrize("way", first_of(WAYS))
def test_the_second_reads_both_versions_and_keeps_both_with_one_press(
    way: str, app: Flask, at_desk: Callable[..., Page], site: str
):
    hands_of, scripts = WAYS[way]
    with clock.fixed(WEDNESDAY):
        page = at_desk(Role.CASE_MANAGER, name="Priya Shah", scripts=scripts, narrow=not scripts)
        case = a_case(manager=queries.by_email("priya@example.org"))
        first = commands.SafetyGiven(steps="Go to the neighbour.")
        commands.save_safety_plan(case, first, reason="", version=0, actor=TEST)
        hands = hands_of(page, site)
        hands.open(f"/cases/{case.reference}/plan/safety")
        theirs = commands.SafetyGiven(signs=THEIRS, steps="Go to the neighbour.")
        commands.save_safety_plan(case, theirs, reason="She told me.", version=1, actor=TEST)
        hands.write(SIGNS, MINE)
        hands.write("Why it is changed", "She rang.")
        hands.press("Save the safety plan")
        hands.sees("Both versions", THEIRS, MINE, "Both say the same")
        if scripts:
            assert browsers.faults(page) == []
            focus = "document.activeElement.className"
            assert "govuk-error-summary" in page.evaluate(focus)  # it is read out at once
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0
        hands.press("Keep both")
        hands.sees("The safety plan is saved.", THEIRS, MINE)
        db.session.rollback()
        saved = db.session.scalars(sa.select(SafetyPlan)).one()
        assert saved.signs == f"{THEIRS}\n\n{MINE}"
