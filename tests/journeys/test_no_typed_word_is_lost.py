"""A form half filled in, a telephone that rings, and a session that ends: in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from beacon.accounts import commands
from beacon.accounts.models import Draft, Staff
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from tests import browser as browsers
from tests.factories import TEST, a_case
from tests.journeys.conftest import PASSWORD

DATABASES = ("sqlite",)
WEDNESDAY = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
NOTES = "She is staying with Aunt Ruth; ring before six."
BACK = "What you had typed is back. It was not saved."
THIRTEEN_MINUTES = 13 * 60
pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


@pytest.fixture
def sit_down(at_desk: Callable[..., Page]) -> Callable[..., tuple[Page, str]]:
    """Priya at the page on which she logs a contact of her own case, its clock in our hand."""

    def at_the_form(*, scripts: bool = True) -> tuple[Page, str]:
        page = at_desk(Role.CASE_MANAGER, name="Priya Ramsbottom", scripts=scripts)
        priya = db.session.scalars(sa.select(Staff)).one()
        address = f"/cases/{a_case(manager=priya).reference}/contacts/new"
        if scripts:
            page.clock.install()
        page.goto(page.url.rstrip("/") + address)
        return page, address

    return at_the_form


def notes(page: Page):
    """The box of the notes."""
    return page.get_by_role("textbox", name=re.compile("^Notes"))


def drafts() -> int:
    """How many drafts lie in the database."""
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count(Draft.id))) or 0


def sign_in_again(page: Page) -> None:
    """Sign in at the page that asks for it."""
    page.get_by_label("Email address").fill("priya@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.proves("V-02")
def test_the_warning_has_the_keys_is_announced_and_one_key_goes_on(sit_down):
    with clock.fixed(WEDNESDAY):
        page, _ = sit_down()
    dialog = page.get_by_role("dialog", name="You will be signed out soon")
    page.clock.fast_forward((THIRTEEN_MINUTES - 30) * 1000)
    expect(dialog).not_to_be_visible()
    page.clock.fast_forward(31 * 1000)
    expect(dialog).to_be_visible()
    expect(dialog).to_have_accessible_description(re.compile("signed out in 2 minutes"))
    expect(dialog.get_by_role("status")).to_be_visible()
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    assert browsers.faults(page) == []
    page.clock.fast_forward(80 * 1000)  # of the two minutes: the clock goes on meanwhile
    expect(dialog).to_be_visible()
    with (
        clock.fixed(WEDNESDAY + timedelta(seconds=THIRTEEN_MINUTES + 111)),
        page.expect_response("**/stay") as kept,
    ):
        page.keyboard.press("Enter")
    assert kept.value.status == 204
    expect(dialog).not_to_be_visible()
    with clock.fixed(WEDNESDAY + timedelta(minutes=27)):
        page.reload()
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Sign in to Beacon")


@pytest.mark.proves("V-02", "V-03")
def test_after_the_end_the_page_is_covered_and_goes_on_for_whoever_signs_in_again(sit_down, site):
    with clock.fixed(WEDNESDAY):
        page, _ = sit_down()
        notes(page).fill(NOTES)
        with page.expect_response("**/drafts"):
            page.clock.fast_forward(3_100)
        expect(page.locator(".beacon-kept")).to_have_text("Kept")
    with clock.fixed(WEDNESDAY + timedelta(minutes=16)):
        page.clock.fast_forward(16 * 60 * 1000)
        expect(page.get_by_role("dialog", name="You have been signed out")).to_be_visible()
        expect(page.locator("main")).to_have_css("visibility", "hidden")
        other = page.context.new_page()
        other.goto(f"{site}/")
        sign_in_again(other)
        other.wait_for_url(f"{site}/")
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).not_to_be_visible()
        expect(page.locator("main")).to_have_css("visibility", "visible")
        expect(notes(page)).to_have_value(NOTES)
        page.get_by_role("radio", name="Telephone").check()
        page.get_by_role("radio", name="No answer", exact=True).check()
        page.get_by_role("button", name="Log the contact").click()
        expect(page.locator("body")).to_contain_text("The contact is recorded.")


@pytest.mark.proves("V-03", "S-05")
def test_words_of_a_session_that_was_ended_elsewhere_wait_on_the_covered_page(sit_down, site):
    with clock.fixed(WEDNESDAY):
        page, _ = sit_down()
        commands.end_sessions(db.session.scalars(sa.select(Staff)).one(), actor=TEST)
        notes(page).fill(NOTES)
        page.clock.fast_forward(3_100)
        expect(page.get_by_role("dialog", name="You have been signed out")).to_be_visible()
        assert drafts() == 0
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url))
        page.clock.fast_forward(6_200)
        expect(page.get_by_role("dialog", name="You have been signed out")).to_be_visible()
        assert sent == []
        other = page.context.new_page()
        other.goto(f"{site}/")
        sign_in_again(other)
        other.wait_for_url(f"{site}/")
        with page.expect_response("**/drafts") as kept:
            page.keyboard.press("Enter")
        assert kept.value.status == 204
        expect(notes(page)).to_have_value(NOTES)
        expect(page.locator(".beacon-kept")).to_have_text("Kept")
        assert drafts() == 1


@pytest.mark.proves("V-03", "S-03")
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_was_typed_is_back_after_signing_in_again(sit_down, scripts):
    with clock.fixed(WEDNESDAY):
        page, address = sit_down(scripts=scripts)
        notes(page).fill(NOTES)
    with clock.fixed(WEDNESDAY + timedelta(minutes=16)):
        page.get_by_role("button", name="Log the contact").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to Beacon")
        sign_in_again(page)
        page.wait_for_url(f"**{address}")
        expect(page.locator("main")).to_contain_text(BACK)
        expect(notes(page)).to_have_value(NOTES)
        assert drafts() == 1
        page.get_by_role("button", name="Throw it away").click()
        page.wait_for_url(f"**{address}")
        expect(notes(page)).to_have_value("")
        assert drafts() == 0


@pytest.mark.proves("V-03")
def test_what_is_typed_is_kept_when_the_page_is_left_and_not_once_it_is_sent(sit_down):
    with clock.fixed(WEDNESDAY):
        page, address = sit_down()
        notes(page).fill(NOTES)
        page.get_by_role("link", name="Cancel").click()
        page.wait_for_url(re.compile("/cases/[^/]+$"))
        while not drafts():  # it leaves with the page, and nobody waits for its answer
            page.wait_for_timeout(50)
        page.go_back()
        expect(notes(page)).to_have_value(NOTES)
        notes(page).fill(f"{NOTES} Or after nine.")
        page.get_by_role("radio", name="Telephone").check()
        page.get_by_role("radio", name="No answer", exact=True).check()
        page.get_by_role("button", name="Log the contact").click()
        expect(page.locator("body")).to_contain_text("The contact is recorded.")
        page.clock.fast_forward(10_000)
        page.wait_for_load_state("networkidle")
        assert drafts() == 0


@pytest.mark.proves("V-03")
def test_somebody_else_who_signs_in_does_not_find_the_page_of_the_one_before(
    sit_down, site, at_desk
):
    with clock.fixed(WEDNESDAY):
        page, _ = sit_down()
        notes(page).fill(NOTES)
        at_desk(Role.TEAM_LEADER, name="Helen Quarshie")
    with clock.fixed(WEDNESDAY + timedelta(minutes=16)):
        page.clock.fast_forward(16 * 60 * 1000)
        other = page.context.new_page()
        other.goto(f"{site}/")
        other.get_by_label("Email address").fill("helen@example.org")
        other.get_by_label("Password", exact=True).fill(PASSWORD)
        other.get_by_role("button", name="Sign in").click()
        other.wait_for_url(f"{site}/")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(notes(page)).to_have_value("")
        expect(page.locator("main")).not_to_contain_text(BACK)


def test_a_person_who_was_disabled_leaves_nothing_behind(sit_down):
    with clock.fixed(WEDNESDAY):
        page, _ = sit_down(scripts=False)
        notes(page).fill(NOTES)
        commands.disable(
            db.session.scalars(sa.select(Staff)).one(), reason="Left at once", actor=TEST
        )
        page.get_by_role("button", name="Log the contact").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to Beacon")
        assert drafts() == 0
