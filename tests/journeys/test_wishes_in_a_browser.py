"""What a victim asked for, in Chromium: by the keyboard alone, and narrow without scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page

from beacon.accounts import queries
from beacon.cases.jobs import raise_alarms
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from tests import browser as browsers
from tests.factories import a_case, a_victim
from tests.journeys.hands import Hands, Keys
from tests.long import first_of

DATABASES = ("sqlite",)
WEDNESDAY = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Way:
    """One way of using a browser."""

    hands: type[Hands]
    scripts: bool
    narrow: bool


WAYS = {
    "keyboard alone": Way(Keys, scripts=True, narrow=False),
    "narrow, no scripts": Way(Hands, scripts=False, narrow=True),
}


@pytest.mark.browser
@pytest.mark.timeout(200)
@pytest.mark.parametrize("way", first_of(WAYS))
def test_wishes_reviews_and_orders_are_recorded_and_warned_of(
    way: str, app: Flask, at_desk: Callable[..., Page], site: str
):
    how = WAYS[way]
    with clock.fixed(WEDNESDAY):
        page = at_desk(Role.CASE_MANAGER, name="Priya Shah", scripts=how.scripts, narrow=how.narrow)
        case = the_case_of_priya()
        hands = how.hands(page, site)
        ask_for_updates(hands, case)
        ask_for_a_review(hands, case)
        protect(hands, case)
        db.session.rollback()  # this session's own reading began before the pages
        assert raise_alarms() == 2
        hands.open("/")
        hands.sees("Updates they asked for", "5 days late", "Restraining order: ends soon")
        if how.scripts:
            assert browsers.faults(page) == []
        hands.follow("Log contact")
        hands.choose("How", "Telephone")
        hands.choose("What came of it", "Spoke to them")
        hands.press("Log the contact")
        hands.open("/")
        hands.sees_not("days late")


def the_case_of_priya() -> str:
    """A case of the person at the browser: its address."""
    manager = queries.by_email("priya@example.org")
    victim = a_victim(first_name="Amelia", last_name="Hartwell", safe="yes")
    return f"/cases/{a_case(manager=manager, victim=victim).reference}"


def ask_for_updates(hands: Hands, case: str) -> None:
    """Every week by telephone, asked for twelve days ago: late."""
    hands.open(case)
    hands.follow("Record what updates they want")
    hands.choose("How often", "Every 7 days")
    hands.pick("How they want to hear from us", "Telephone")
    hands.date("When they asked for it", WEDNESDAY.date() - 12 * DAY)
    hands.press("Record what they want")
    hands.sees("Next update by", "5 days late")


def ask_for_a_review(hands: Hands, case: str) -> None:
    """A decision of the CPS, and the request: first refused, being before the decision."""
    hands.open(f"{case}/facts/review_cps/told/new")
    hands.date("Date", WEDNESDAY.date() - DAY)
    hands.choose("Which decision", "Not to charge")
    hands.press("Record it")
    hands.follow("Asked for a review")
    hands.date("Date", WEDNESDAY.date() - 2 * DAY)
    hands.press("Record it")
    hands.sees("There is a problem", "That is before “Told of the decision” on 24 November 2026.")
    hands.date("Date", WEDNESDAY.date())
    hands.press("Record it")
    hands.sees("Asked for a review: Wed 25 Nov")


def protect(hands: Hands, case: str) -> None:
    """An order that ends in nine days."""
    hands.open(case)
    hands.follow("Record an order or bail conditions")
    hands.pick("What it is", "Restraining order")
    hands.date("From", WEDNESDAY.date() - 9 * DAY)
    hands.date("Until", WEDNESDAY.date() + 9 * DAY)
    hands.write("What it says", "Not to come near her school.")
    hands.press("Record it")
    hands.sees("Restraining order", "Not to come near her school.")
