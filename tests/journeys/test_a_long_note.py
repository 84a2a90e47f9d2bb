"""Three thousand words, half written at signing out, are there again for their writer alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from faker import Faker
from playwright.sync_api import Page, expect

from beacon.accounts.models import Draft, Staff
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from tests.factories import a_case
from tests.journeys.conftest import PASSWORD

DATABASES = ("sqlite",)
WEDNESDAY = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
BACK = "What you had typed is back. It was not saved."
WORDS = 3_000


def a_note() -> str:
    """Three thousand words in paragraphs, as somebody writes up a long talk."""
    fake = Faker("en_GB")
    fake.seed_instance(3_000)
    words = [fake.word() for _ in range(WORDS)]
    return "\n\n".join(" ".join(words[at : at + 100]) for at in range(0, WORDS, 100))


def notes(page: Page):
    """The box of the notes."""
    return page.get_by_role("textbox", name=re.compile("^Notes"))


def sign_in(page: Page, site: str, email: str) -> None:
    """Sign in by the form."""
    page.goto(f"{site}/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()


def sign_out(page: Page) -> None:
    """Sign out by the button of every page."""
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()


@pytest.mark.browser
@pytest.mark.timeout(180)
@pytest.mark.proves("V-03")
@pytest.mark.parametrize(
    "leaves_it_for",
    [pytest.param(timedelta(minutes=5), marks=pytest.mark.long), timedelta(days=13)],
)
def test_three_thousand_words_outlive_signing_out_and_are_for_their_writer_alone(
    leaves_it_for: timedelta, at_desk: Callable[..., Page], site: str
):
    written = a_note()
    assert len(written.split()) == WORDS
    with clock.fixed(WEDNESDAY):
        page = at_desk(Role.CASE_MANAGER, name="Priya Ramsbottom")
        priya = db.session.scalars(sa.select(Staff)).one()
        case, other = a_case(manager=priya), a_case(manager=priya)
        address = f"{site}/cases/{case.reference}/contacts/new"
        page.goto(address)
        notes(page).fill(written)
        expect(page.locator(".beacon-kept")).to_have_text("Kept", timeout=15_000)
        sign_out(page)
    with clock.fixed(WEDNESDAY + leaves_it_for):
        # Somebody else at the same machine, who may open the case as well, is given nothing.
        neighbour = at_desk(Role.TEAM_LEADER, name="Helen Quarshie")
        neighbour.goto(address)
        expect(notes(neighbour)).to_have_value("")
        expect(neighbour.locator("main")).not_to_contain_text(BACK)
        assert written[:40] not in neighbour.content()
        sign_in(page, site, "helen@example.org")
        page.goto(address)
        expect(notes(page)).to_have_value("")
        sign_out(page)
        sign_in(page, site, "priya@example.org")
        page.goto(f"{site}/cases/{other.reference}/contacts/new")
        expect(notes(page)).to_have_value("")
        page.goto(address)
        expect(page.locator("main")).to_contain_text(BACK)
        expect(notes(page)).to_have_value(written)
        page.get_by_role("radio", name="Telephone").check()
        page.get_by_role("radio", name="No answer", exact=True).check()
        page.get_by_role("button", name="Log the contact").click()
        expect(page.locator("body")).to_contain_text("The contact is recorded.")
        page.goto(address)
        expect(notes(page)).to_have_value("")
        expect(page.locator("main")).not_to_contain_text(BACK)
        db.session.rollback()
        assert db.session.scalar(sa.select(sa.func.count(Draft.id))) == 0
