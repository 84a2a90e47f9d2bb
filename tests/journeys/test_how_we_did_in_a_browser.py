"""How we did in Chromium: by a link and the keyboard alone, narrow, left at once; on the telephone.

Each page is looked at by axe with every rule on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from beacon.accounts import commands as accounts
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.surveys.models import SurveyConcern, SurveyInvitation
from beacon.surveys.terms import InvitationState, Way
from tests import browser as browsers
from tests.factories import TEST, a_case, a_member_of_staff
from tests.journeys.people import PASSWORD
from tests.journeys.test_coming_by_oneself_in_a_browser import press, reach, tick, write
from tests.journeys.test_pages_are_accessible import WIDER
from tests.surveys import a_closed_case, in_the_box, invite, somebody, texts_go, token_of

DATABASES = ("sqlite",)
WEDNESDAY = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
TELLING = ("victim", "crime", "abuse", "police", "beacon", "violence", "assault", "fraud", "survey")
AWAY = "**/q/leave"
NEVER = "Does not apply to me, or I would rather not say"


@pytest.fixture(autouse=True)
def wednesday(app: Flask) -> Iterator[None]:
    with clock.fixed(WEDNESDAY):
        texts_go()
        yield


@pytest.fixture
def visitor(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """A page of somebody who opens their link; where they leave to is made up."""
    contexts: list[BrowserContext] = []

    def come(token: str, **how: bool) -> Page:
        context = browsers.new_context(chromium, **how)
        contexts.append(context)
        context.route(AWAY, to_the_weather)
        page = context.new_page()
        page.goto(f"{site}/q/{token}")
        return page

    yield come
    for context in contexts:
        context.close()


def to_the_weather(route: Route) -> None:
    """Where the way out leads, without leaving this machine; what is to be forgotten is."""
    answer = route.fetch(max_redirects=0)
    assert answer.headers["location"] == "https://www.bbc.co.uk/weather"
    kept = {name: answer.headers[name] for name in ("set-cookie",) if name in answer.headers}
    route.fulfill(status=200, content_type="text/html", headers=kept, body="<p>Sunny</p>")


class Looked:
    """What axe and the window find on each page that was opened."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.pages = 0

    def at(self, page: Page, *, is_public: bool = True) -> None:
        """Look at the page as it stands."""
        where = page.url
        self.faults += [f"{where}: {fault}" for fault in browsers.faults(page)]
        if beyond := page.evaluate(WIDER):
            self.faults.append(f"{where}: wider than its window: {beyond}")
        title = page.title().lower()
        if is_public:
            self.faults += [f"{where}: its title says {one}" for one in TELLING if one in title]
        self.pages += 1

    def are_well(self) -> None:
        """Nothing was found."""
        assert not self.faults, "\n".join(self.faults)


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_a_link_is_answered_by_keyboard_alone_in_a_narrow_window(visitor):
    row = invite(a_closed_case())
    token, looked = token_of(row), Looked()
    page = visitor(token, narrow=True)
    looked.at(page)
    press(page, "Start")
    press(page, "Continue")  # with nothing chosen
    expect(page.get_by_text("There is a problem")).to_be_visible()
    looked.at(page)
    for choice in ("Agree", "Strongly agree", "Agree", NEVER, "Disagree"):
        tick(page, choice)
        looked.at(page)
        press(page, "Continue")
    write(page, "Is there anything that you would like to say?", "Everybody was kind.")
    looked.at(page)
    press(page, "Continue")
    tick(page, "No, keep my answers apart from my name")
    looked.at(page)
    press(page, "Continue")
    looked.at(page)
    press(page, "Send")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    looked.at(page)
    page.goto(page.url.rpartition("/q/")[0] + f"/q/{token}")
    expect(page.get_by_role("heading", name="does not open any questions")).to_be_visible()
    looked.at(page)
    looked.are_well()
    (slip,) = in_the_box()
    assert slip["scores"] == {"satisfied": "4", "easy": "5", "informed": "4", "safer": "2"}
    assert slip["words"] == "Everybody was kind."
    print(f"axe looked at {looked.pages} pages of the questions at 320 pixels")


@pytest.mark.browser
@pytest.mark.timeout(120)
@pytest.mark.parametrize("scripts", [True, False])
def test_the_way_out_is_on_every_page_and_forgets(visitor, scripts):
    page = visitor(token_of(invite(a_closed_case())), scripts=scripts)
    site = page.url.partition("/q/")[0]
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_label("Strongly agree", exact=True).check()
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_role("link", name="Leave this page").click()
    expect(page.get_by_text("Sunny")).to_be_visible()
    assert page.goto(f"{site}/q/page/2").status == 404  # type: ignore[union-attr]
    assert in_the_box() == []


@pytest.mark.browser
@pytest.mark.timeout(120)
def test_esc_three_times_leaves_and_the_page_is_not_gone_back_to(visitor):
    page = visitor(token_of(invite(a_closed_case())))
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text("Or press Esc 3 times.")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url(AWAY)
    expect(page.get_by_text("Sunny")).to_be_visible()


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_the_questions_are_read_out_on_the_telephone_and_a_leader_looks(
    chromium: Browser, site: str, tmp_path: Path
):
    manager = a_member_of_staff(Role.CASE_MANAGER, email="priya@example.org")
    leader = a_member_of_staff(Role.TEAM_LEADER, email="helen@example.org")
    for person in (manager, leader):
        accounts.set_password(person, PASSWORD, actor=TEST)
    case, looked = a_case(victim=somebody(), manager=manager), Looked()
    context = browsers.new_context(chromium, narrow=True)
    page = browsers.sign_in(context, site, "priya@example.org", PASSWORD)
    page.goto(f"{site}/cases/{case.reference}/how-we-did")
    looked.at(page, is_public=False)
    reach(page, "They can talk freely now, and agree to answer")
    page.keyboard.press("Space")
    for name in ("satisfied", "easy", "informed", "confident", "safer"):
        page.locator(f"[name={name}][value='4']").check()
    page.locator("[name=words]").fill("I am afraid of him")
    page.locator("[name=call][value=no]").check()
    page.get_by_role("button", name="Put it into the box").click()
    expect(page.get_by_text("The answers are in the box, apart from this case.")).to_be_visible()
    looked.at(page, is_public=False)
    context.close()
    db.session.rollback()
    row = db.session.scalars(sa.select(SurveyInvitation)).one()
    assert (row.state, row.way) == (InvitationState.ANSWERED, Way.PHONE)
    context = browsers.new_context(chromium, narrow=True)
    page = browsers.sign_in(context, site, "helen@example.org", PASSWORD)
    page.get_by_role("link", name="Look at it").click()
    looked.at(page, is_public=False)
    page.locator("main th a").first.click()
    expect(page.get_by_text("I am afraid of him")).to_be_visible()
    looked.at(page, is_public=False)
    page.get_by_label("What you did").fill("Told the managers what to listen for")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Nothing waits.")).to_be_visible()
    for place in ("/surveys/", "/surveys/words"):
        page.goto(f"{site}{place}")
        looked.at(page, is_public=False)
    context.close()
    looked.are_well()
    assert db.session.scalars(sa.select(SurveyConcern.case_id)).all() == [None]
