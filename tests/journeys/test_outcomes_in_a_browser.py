"""The pages of outcomes in a browser: empty and small, wide and narrow, axe, by the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page

from beacon.cases import commands as cases
from beacon.core import clock
from beacon.core.roles import Role
from beacon.entitlements.terms import Milestone
from beacon.reports.terms.quality import Check
from beacon.reports.terms.returning import Fact
from tests import surveys
from tests.factories import TEST, a_case, a_victim
from tests.journeys.boards import reached_by_keyboard, sound
from tests.work.fraud_hub.builders import a_fraud_case, a_loss, money_back
from tests.work.restorative.builders import a_disposal, explain

DATABASES = ("sqlite",)
AUTUMN = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAYS = "first=1&first=7&first=2026&last=30&last=9&last=2026"
PAGES = (
    "outcomes", "outcomes/published", "outcomes/publish",
    "quality",
    "return", "return/published", "return/columns", "return/columns/new",
)  # fmt: skip
OF_ONE_FIGURE = (
    "outcomes/rows?grid=cases.source",
    f"quality/cases?check={Check.NO_NEEDS.value}",
    f"return/missing?fact={Fact.ETHNICITY.value}",
)
pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture
def leader(app: Flask, at_desk: Callable[..., Page]) -> Callable[[], Page]:
    def sit_down() -> Page:
        return at_desk(Role.TEAM_LEADER, Role.ADMINISTRATOR, name="Lena Marsh")

    return sit_down


def a_small_county() -> None:
    """Two months ago: cases of two kinds, money back, an offer, a disposal, and a survey."""
    with clock.fixed(AUTUMN):
        surveys.texts_go()
        for number in range(4):
            case = a_case(victim=a_victim(last_name=f"Example{number}"))
            now = clock.now()
            cases.record_milestone(case.crime, kind=Milestone.ARRESTED, at=now, actor=TEST)
            explain(case)
        a_disposal(case)
        fraud = a_fraud_case(reported_pence=123_45)
        today = clock.today()
        loss = a_loss(fraud, amount_pence=900_00, paid_on=today)
        money_back(fraud, loss, amount_pence=333_33, received_on=today)
        closed = surveys.a_closed_case()
    with clock.fixed(AUTUMN + timedelta(days=20)):
        surveys.answer(surveys.invite(closed))


def look(page: Page, site: str, place: str) -> None:
    """The page is there, for whoever sees, hears it read or has a narrow window."""
    answer = page.goto(f"{site}/reports/{place}")
    assert answer is not None, place
    assert answer.status == 200, place
    sound(page)


def test_every_page_of_an_empty_county_is_sound_and_says_what_will_be_here(
    site: str, leader: Callable[[], Page]
):
    with clock.fixed(MONDAY):
        page = leader()
        for place in PAGES + OF_ONE_FIGURE:
            look(page, site, place)
        page.goto(f"{site}/reports/outcomes?{DAYS}")
        assert "Nothing was recorded in these days" in page.locator("main").inner_text()


def test_every_page_of_a_small_county_is_sound_and_a_figure_is_followed_by_keyboard(
    site: str, leader: Callable[[], Page]
):
    a_small_county()
    with clock.fixed(MONDAY):
        page = leader()
        for place in PAGES + OF_ONE_FIGURE:
            joined = "&" if "?" in place else "?"
            look(page, site, f"{place}{joined}{DAYS}")
        page.goto(f"{site}/reports/outcomes?{DAYS}")
        drawings = page.locator(".beacon-figure:has(.beacon-chart__image)")
        assert drawings.count() > 0
        assert drawings.locator("table").count() == drawings.count()
        assert "Save for Excel" in reached_by_keyboard(page, 60)
        figure = page.locator('td a[href*="grid=cases.source"]').first
        counted = int(figure.inner_text().split()[0])
        figure.focus()
        figure.press("Enter")
        page.wait_for_url("**/reports/outcomes/rows**")
        assert page.locator("tbody tr").count() == counted > 0


def test_the_figures_of_a_leader_stand_on_one_page_of_the_menu(
    site: str, leader: Callable[[], Page]
):
    with clock.fixed(MONDAY):
        page = leader()
        page.get_by_role("link", name="Figures", exact=True).press("Enter")
        page.wait_for_url("**/figures")
        sound(page)
        for words in ("Outcomes", "Compliance", "Data quality", "Ministry’s return", "How we did"):
            page.goto(f"{site}/figures")
            page.get_by_role("link", name=words, exact=True).press("Enter")
            page.wait_for_url(lambda address: not address.endswith("/figures"))
            assert page.locator('nav[aria-label="Menu"] [aria-current]').inner_text() == "Figures"
