"""The hub's board of the demonstration county in Chromium: sound, and right by command and SQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Page

from beacon.core import clock
from beacon.core.roles import Role
from beacon.seed import county
from tests.journeys.boards import of_command, of_ledger, read_off, sound
from tests.journeys.conftest import at_desk, site  # noqa: F401  # fixtures

DATABASES = ("sqlite",)
WEDNESDAY = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
YEAR = ("2026-04-01", "2026-11-25")


@pytest.mark.timeout(1800)
def test_the_board_of_the_demonstration_county_is_sound_and_right(
    app: Flask,
    site: str,  # noqa: F811
    at_desk: Callable[..., Page],  # noqa: F811
):
    with clock.fixed(WEDNESDAY):
        county.load(app.config["BEACON"].instance, victims=60, seed=41, told=lambda share: None)
        page = at_desk(Role.FRAUD_OFFICER, name="Fay Teller")
        page.goto(f"{site}/fraud/")
        shown, said = read_off(page), of_command(app, *YEAR)
        assert shown == {name: said[name] for name in shown}
        for name, summed in of_ledger(*YEAR).items():
            assert shown[name] == summed > 0
        sound(page)
        for where in ("protocol/", "outreach/", "equipment/", "checks/", "board/losses"):
            page.goto(f"{site}/fraud/{where}")
            assert page.locator("tbody tr").count() > 0, where
            sound(page)
        figures = at_desk(Role.ANALYST, name="Ana Lyst")
        figures.goto(f"{site}/fraud/figures")
        sound(figures)
