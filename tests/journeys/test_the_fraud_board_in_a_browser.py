"""The hub's board in Chromium: its figures, its charts and tables, narrow, and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Page

from beacon.core import clock
from beacon.core.roles import Role
from tests.journeys.boards import of_command, of_ledger, reached_by_keyboard, read_off, sound
from tests.work.fraud_hub.builders import a_claim, a_fraud_case, a_loss, money_back, prevented
from tests.work.fraud_hub.support import a_call, an_event

DATABASES = ("sqlite",)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
YEAR = ("2026-04-01", "2026-11-23")
pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def officer(app: Flask, at_desk: Callable[..., Page]) -> Callable[[], Page]:
    def sit_down() -> Page:
        return at_desk(Role.FRAUD_OFFICER, name="Fay Teller")

    return sit_down


def test_an_empty_board_is_sound_and_says_what_will_be_here(
    app: Flask, site: str, officer: Callable[[], Page]
):
    with clock.fixed(MONDAY):
        page = officer()
        page.goto(f"{site}/fraud/")
        assert "This page will show" in page.locator("main").inner_text()
        assert set(read_off(page).values()) == {0}
        sound(page)


def test_the_board_says_what_the_command_and_the_ledger_say_and_is_worked_by_keyboard(
    app: Flask, site: str, officer: Callable[[], Page]
):
    with clock.fixed(MONDAY):
        for number in range(3):
            case = a_fraud_case(reported_pence=123_45)
            loss = a_loss(case, amount_pence=1_000_01 + number)
            a_claim(case, a_loss(case), firm="Sample Bank")
            money_back(case, loss, amount_pence=333_33)
            prevented(case, amount_pence=11_11)
        a_fraud_case(reported_pence=77_77)
        a_call()
        an_event()
        page = officer()
        page.goto(f"{site}/fraud/")
        shown, said = read_off(page), of_command(app, *YEAR)
        assert shown == {name: said[name] for name in shown}
        for name, summed in of_ledger(*YEAR).items():
            assert shown[name] == summed > 0
        charts = page.locator("figure.beacon-chart")
        assert charts.count() == 7
        assert charts.locator("table").count() == 7
        sound(page)
        reached = reached_by_keyboard(page)
        assert "Save as a workbook (XLSX)" in reached
        assert [one for one in reached if "Show the numbers of Losses by district" in one]
        page.get_by_role("link", name="recovered through Beacon").press("Enter")
        assert page.locator("h1").inner_text() == "Money back"
        assert page.locator("tbody tr").count() == 3
