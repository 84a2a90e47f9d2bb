"""The whole queue of triage in Chromium: by the keyboard alone, and narrow without scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page

from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.notices.jobs import ask_notices_again
from beacon.referrals.imports import import_file
from beacon.referrals.jobs import acknowledge_referrals
from beacon.referrals.models import Referral
from beacon.referrals.terms import Ending, Place
from tests import browser as browsers
from tests.factories import TEST
from tests.feed_rows import a_file
from tests.journeys.hands import Hands, Keys
from tests.long import first_of

DATABASES = ("sqlite",)
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PEOPLE = (
    {"last_name": "Marsh", "mobile": "07700 900201"},
    {"last_name": "Bell", "mobile": "07700 900202"},
    {"last_name": "Holt", "mobile": "07700 900203", "safe_to_contact": ""},
    {
        "last_name": "Frost",
        "mobile": "07700 900204",
        "domestic_abuse": "yes",
        "suspect_status": "bailed",
    },
)


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
@pytest.mark.timeout(300)
@pytest.mark.parametrize("way", first_of(WAYS))
def test_the_whole_queue_is_worked_through_and_the_letters_are_printed(
    way: str, app: Flask, at_desk: Callable[..., Page], site: str
):
    how = WAYS[way]
    with clock.fixed(MONDAY):
        take()
        page = at_desk(
            Role.INTAKE_OFFICER, name="Noor Malik", scripts=how.scripts, narrow=how.narrow
        )
        hands = how.hands(page, site)
        hands.open("/referrals/")
        looked(page, how)
        hands.press("Take the next")
        the_urgent_one(hands, page, how)
        one_is_confirmed(hands)
        one_is_tried(hands, page, how)
        one_is_ended(hands, page, how)
        hands.sees("No referral is free now")
        db.session.rollback()
        assert acknowledge_referrals() == 3
        print_letters(hands, page, how)
    places = {one.victim.last_name: one.place for one in db.session.scalars(sa.select(Referral))}
    assert {name for name, place in places.items() if place == Place.DONE} == {
        "Frost",
        "Marsh",
        "Holt",
    }


def take() -> None:
    """Four referrals, one of which presses."""
    rows = [
        {"crime_reference": f"41/{number}/26", "email": "", "date_of_birth": "",
         "recorded_at": f"2026-11-20T1{number}:00", "address": f"{number} Example Road",
         "postcode": "AL1 3LB"}
        | row
        for number, row in enumerate(PEOPLE)
    ]  # fmt: skip
    import_file("police", a_file(*rows), file_name="list.csv", actor=TEST)


def looked(page: Page, how: Way) -> None:
    """Nothing is cut off on a narrow page, and axe finds nothing, no rule left out."""
    wide = page.evaluate("document.documentElement.scrollWidth") if how.scripts else 0
    assert wide <= page.viewport_size["width"]
    if how.scripts:
        assert browsers.faults(page) == []


def the_urgent_one(hands: Hands, page: Page, how: Way) -> None:
    """It comes first, is in these hands, is decided to be urgent, and goes to a case manager."""
    assert "Frost" in hands.heading()
    hands.sees("In your hands until 10:20am", "The suspect is known to them and not in custody")
    hands.sees("Proposed: Case manager")
    looked(page, how)
    hands.follow("Decide whether it is urgent")
    hands.tick("A life may be in danger")
    hands.write("More about it", "Said so on the telephone.")
    looked(page, how)
    hands.press("Save")
    hands.sees("Marked by Noor Malik", "Proposed: Safeguarding")
    hands.press("It goes on to screening")
    hands.press("It goes on to the final decision")
    hands.sees("Screening decision")
    hands.choose("Did they agree to be referred?", "Agreed")
    hands.press("Confirm and next")


def one_is_confirmed(hands: Hands) -> None:
    """As it stands: what was proposed is right."""
    assert "Marsh" in hands.heading()
    hands.press("Confirm and next")


def one_is_tried(hands: Hands, page: Page, how: Way) -> None:
    """Nobody answers: the next try is said, and the next referral comes."""
    assert "Bell" in hands.heading()
    hands.follow("Record a try")
    hands.choose("How you tried", "Telephone")
    hands.choose("What came of it", "No answer")
    looked(page, how)
    hands.press("Record the try")


def one_is_ended(hands: Hands, page: Page, how: Way) -> None:
    """They want no support: ended, with the reason."""
    assert "Holt" in hands.heading()
    hands.follow("End this referral")
    hands.press("End the referral")
    hands.sees("Choose how it ends", "Say why the referral is ended")
    looked(page, how)
    hands.choose("How does it end?", "Withdrawn by them")
    hands.write("Why?", "Asked us not to go on.")
    hands.press("End the referral")
    db.session.rollback()
    ended = db.session.scalars(sa.select(Referral).where(Referral.ending.is_not(None))).one()
    assert ended.ending is Ending.WITHDRAWN


def print_letters(hands: Hands, page: Page, how: Way) -> None:
    """What is held says why; once they are asked, a letter goes, is printed, and is in the post."""
    hands.open("/letters/?state=held")
    looked(page, how)
    hands.sees("Nobody has asked whether contact is safe.")
    hands.follow("Robin Holt")
    looked(page, how)
    hands.follow("Change how they may be reached")
    hands.choose("Is it safe for us to contact them?", "Safe")
    hands.choose("May we write to their address, in a plain envelope?", "Safe")
    hands.press("Confirm")
    db.session.rollback()
    with clock.fixed(MONDAY + timedelta(minutes=10)):
        assert ask_notices_again() == 1
        hands.open("/letters/print")
        looked(page, how)
        hands.press("Put 1 letter in one run")
        hands.press("Show the letters to print")
        hands.sees("2 Example Road", "Dear Robin Holt,")
        looked(page, how)
        hands.follow("Back to the run")
        hands.press("They are in the post")
        hands.sees("In the post since")
        looked(page, how)
        if how.scripts:
            hands.open("/people/3/consent")
            looked(page, how)
