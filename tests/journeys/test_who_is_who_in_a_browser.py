"""Who somebody is, decided in Chromium: by the keyboard alone, and narrow without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page

from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.people.models import PersonLink
from beacon.people.terms import LinkState
from beacon.referrals.imports import import_file
from beacon.referrals.models import Referral
from tests import browser as browsers
from tests.factories import TEST
from tests.feed_rows import a_file
from tests.journeys.hands import Hands, Keys
from tests.long import first_of

DATABASES = ("sqlite",)
WEDNESDAY = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
WAYS = {"keyboard alone": (Keys, True, False), "narrow, no scripts": (Hands, False, True)}


def three_and_one() -> int:
    """Three people who may be one, and the referral of whom that is asked."""
    rows = [
        {"crime_reference": f"41/30{number}/26", "mobile": f"07700 90030{number}",
         "first_name": name, "email": "", "address": "4 Example Road", "postcode": "AL1 3LB"}
        for number, name in enumerate(("Robin", "Robyn", "Kim"))
    ]  # fmt: skip
    rows[0]["date_of_birth"] = "1980-01-05"
    rows.append(rows[1] | {"crime_reference": "41/310/26", "first_name": "Robin",
                           "mobile": "07700 900310"})  # fmt: skip
    import_file("police", a_file(*rows), file_name="list.csv", actor=TEST)
    return db.session.scalars(sa.select(Referral.id).order_by(Referral.id.desc())).first() or 0


@pytest.mark.browser
@pytest.mark.timeout(200)
@pytest.mark.parametrize("way", first_of(WAYS))
def test_three_records_are_compared_answered_and_a_link_is_undone(
    way: str, app: Flask, at_desk: Callable[..., Page], site: str
):
    kind, scripts, narrow = WAYS[way]
    with clock.fixed(WEDNESDAY):
        number = three_and_one()
        page = at_desk(Role.INTAKE_OFFICER, name="Priya Shah", scripts=scripts, narrow=narrow)
        hands = kind(page, site)
        hands.open(f"/referrals/{number}")
        hands.follow("Compare side by side and decide")
        hands.sees("Same", "Day and month swapped", "A letter off", "Differs")
        if scripts:
            assert browsers.faults(page) == []
        hands.choose("1. Robin Marsh", "The same person")
        hands.choose("2. Robyn Marsh", "Somebody else")
        hands.choose("3. Kim Marsh", "Somebody else")
        hands.press("Keep these answers")
        hands.follow("Linked records, and undo a link")
        hands.sees("Without this link there are two people")
        if scripts:
            assert browsers.faults(page) == []
        hands.press("Undo the link")
        hands.sees("Say why they are not the same person")
        hands.choose(
            "Which link is wrong?",
            "Robin Marsh, born 5 January 1980 and Robin Marsh, born 1 May 1980",
        )
        hands.write("Why are they not the same person?", "They rang: it is a cousin.")
        hands.press("Undo the link")
        hands.sees("They rang: it is a cousin.")
    db.session.rollback()
    states = set(db.session.scalars(sa.select(PersonLink.state)))
    assert states >= {LinkState.UNDONE, LinkState.NOT_THE_SAME}
    assert LinkState.LINKED not in states
