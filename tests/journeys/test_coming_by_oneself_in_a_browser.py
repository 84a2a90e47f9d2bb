"""The public form in Chromium: by keyboard alone, narrow, without scripts, and left at once.

Each page is looked at by axe with every rule on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.referrals.models import Referral
from beacon.self_referrals.models import SelfReferral, UnsentReferral
from beacon.self_referrals.terms import FilledBy, PoliceTold, Step
from tests import browser as browsers
from tests.factories import a_victim
from tests.journeys.test_pages_are_accessible import WIDER
from tests.self_referrals import WRONG

DATABASES = ("sqlite",)
WEDNESDAY = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
# No word of what the form is for may stand in a title or an address.
TELLING = (
    "victim", "crime", "abuse", "police", "refer to", "beacon", "violence", "assault", "rape",
    "hate", "fraud", "support",
)  # fmt: skip
AWAY = "**/refer/leave"


@pytest.fixture(autouse=True)
def wednesday(app: Flask) -> Iterator[None]:
    with clock.fixed(WEDNESDAY):
        yield


@pytest.fixture
def visitor(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """A page of somebody whom nobody knows; the weather, where they leave to, is a made-up one."""
    contexts: list[BrowserContext] = []

    def come(**how: bool) -> Page:
        context = browsers.new_context(chromium, **how)
        contexts.append(context)
        context.route(AWAY, to_the_weather)
        page = context.new_page()
        page.goto(f"{site}/refer")
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
    """What axe and a narrow window find on each page that was opened."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.pages = 0

    def at(self, page: Page) -> None:
        """Look at the page as it stands."""
        where = page.url
        self.faults += [f"{where}: {fault}" for fault in browsers.faults(page)]
        if beyond := page.evaluate(WIDER):
            self.faults.append(f"{where}: wider than its window: {beyond}")
        said = f"{page.title()} {where.partition('/refer')[2]}".lower()
        self.faults += [f"{where}: its title or address says {w}" for w in TELLING if w in said]
        self.pages += 1


def tick(page: Page, *labels: str) -> None:
    """Go by Tab to each box and press the space bar; of radios Tab reaches one, arrows the rest."""
    for label in labels:
        reach(page, label)
        page.keyboard.press("Space")


def reach(page: Page, label: str) -> None:
    """Press Tab until the box of this label has the focus; among radios the arrow down."""
    box = page.get_by_label(label, exact=True)
    for _ in range(80):
        if box.evaluate("box => box === document.activeElement"):
            return
        same = box.evaluate(
            "box => box.type === 'radio' && document.activeElement.name === box.name"
        )
        page.keyboard.press("ArrowDown" if same else "Tab")
    raise AssertionError(f"the keyboard does not reach {label}")


def write(page: Page, label: str, words: str) -> None:
    """Type into the box of this label."""
    reach(page, label)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(words)


def press(page: Page, name: str) -> None:
    """Go by Tab to the button, and press it."""
    button = page.get_by_role("button", name=name, exact=True)
    for _ in range(80):
        if button.evaluate("box => box === document.activeElement"):
            break
        page.keyboard.press("Tab")
    else:
        raise AssertionError(f"the keyboard does not reach {name}")
    with page.expect_navigation():
        page.keyboard.press("Enter")


BY_KEYBOARD: dict[str, Callable[[Page], None]] = {
    "for": lambda page: tick(page, "Someone who came to our third-party reporting centre"),
    "helper": lambda page: [
        write(page, "Your name", "Sam Helper"),
        write(page, "Organisation or centre", "Example Centre"),
        write(page, "Your phone number (optional)", "07700 900321"),
    ],
    "agreed": lambda page: tick(page, "Yes, they know and they agree"),
    "now": lambda page: tick(page, "No"),
    "name": lambda page: tick(page, "They would rather not give a name"),
    "born": lambda page: [
        write(page, "Day", "1"),
        write(page, "Month", "2"),
        write(page, "Year", "1990"),
    ],
    "kind": lambda page: tick(page, "Picked on for who someone is, or is thought to be"),
    "why": lambda page: tick(page, "Race, colour or where someone comes from"),
    "words": lambda page: write(page, "Tell us more, if you want to", "It was on the bus."),
    "when": lambda page: write(page, "Or in your own words (optional)", "Last week"),
    "where": lambda page: tick(page, "Watford"),
    "who-knows": lambda page: tick(page, "No"),
    "reach": lambda page: [
        tick(page, "Phone call"),
        write(page, "Phone number", "07700 900123"),
        tick(page, "Text message"),
        write(page, "Mobile number for texts", "07700 900123"),
    ],
    "best": lambda page: tick(page, "Text message"),
    "messages": lambda page: tick(page, "No"),
    "times": lambda page: write(page, "Safe times (optional)", "Any time"),
    "help": lambda page: tick(page, "Someone to talk to"),
    "talk": lambda page: [
        tick(page, "An interpreter"),
        write(page, "Which language?", "Polish"),
    ],
    "agree": lambda page: tick(
        page, "They agree that you keep this and get in touch as they said is safe", "Yes"
    ),
}


def step_of(page: Page) -> str:
    return page.url.rpartition("/")[2]


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_the_whole_form_by_keyboard_alone_in_a_narrow_window(visitor: Callable[..., Page]):
    page, looked, asked = visitor(narrow=True), Looked(), []
    looked.at(page)
    press(page, "Start now")
    while step_of(page) != "check":
        step = step_of(page)
        asked.append(step)
        press(page, "Continue") if step not in {"born", "words", "when", "times"} else None
        if page.get_by_text("There is a problem").count():
            looked.at(page)
        BY_KEYBOARD[step](page)
        looked.at(page)
        press(page, "Continue")
    assert asked == [step.value for step in Step]
    looked.at(page)
    press(page, "Send")
    if step_of(page) == "check":  # quicker than anybody reads: the clock is held
        looked.at(page)
        press(page, "Send")
    expect(page.get_by_role("heading", name="Sent")).to_be_visible()
    looked.at(page)
    assert not looked.faults, "\n".join(looked.faults)
    print(f"axe looked at {looked.pages} pages of the public form at 320 pixels")
    db.session.rollback()
    row = db.session.scalars(sa.select(SelfReferral)).one()
    assert (row.filled_by, row.police_told, row.anonymous) == (
        FilledBy.CENTRE,
        PoliceTold.NO,
        True,
    )
    assert row.referral.source == "Example Centre"


UNDER = """() => {
  const one = document.activeElement.getBoundingClientRect();
  const bar = document.querySelector(".beacon-leave");
  const under = !bar.contains(document.activeElement) && one.bottom > 0;
  return under && one.bottom <= bar.getBoundingClientRect().bottom;
}"""


@pytest.mark.parametrize("height", [256, 400])  # 256 is a screen of 1,024 at 400 %
def test_going_back_by_keyboard_nothing_with_the_focus_is_under_the_way_out(
    height: int, visitor: Callable[..., Page]
):
    page = visitor(narrow=True)
    press(page, "Start now")
    page.set_viewport_size({"width": 320, "height": height})
    page.get_by_role("link", name="What happens to what you write").focus()
    hidden = []
    for _ in range(7):  # as far as the name of the service, which stands below the way out
        page.keyboard.press("Shift+Tab")
        if page.evaluate(UNDER):
            hidden.append(page.evaluate("document.activeElement.outerHTML.slice(0, 90)"))
    assert hidden == []


def fill(page: Page, step: str) -> None:
    """Answer a page as a mouse would; the boxes are found by their names."""
    ticks: dict[str, list[tuple[str, str]]] = {
        "for": [("filled_by", "friend")],
        "agreed": [("agreed", "yes")],
        "now": [("danger", "not_sure")],
        "kind": [("kinds", "hate")],
        "why": [("strands", "disability")],
        "where": [("district", "Stevenage")],
        "who-knows": [("told", "yes")],
        "reach": [("ways", "call"), ("ways", "letter")],
        "best": [("best", "call")],
        "messages": [("voicemail", "yes")],
        "help": [("needs", "safe")],
        "talk": [("support", "nothing")],
        "agree": [("keep", "y"), ("sharing", "yes")],
    }
    texts: dict[str, dict[str, str]] = {
        "helper": {"name": "Sam Friend", "phone": "07700 900321"},
        "name": {"first_name": "Alex"},
        "words": {"words": "A few words"},
        "times": {"times": "Evenings"},
        "reach": {"phone": "01632 960001", "address": "1 Alder Road", "postcode": "SG1 1AA"},
    }
    for box in page.locator("main input[type=checkbox]:checked").all():
        box.uncheck()
    for name, value in ticks.get(step, []):
        page.locator(f"[name='{name}'][value='{value}']").check()
    for name, words in texts.get(step, {}).items():
        page.locator(f"[name='{name}']").fill(words)
    if step in {"born", "when"}:
        for part in page.locator("main input[type=text]").all():
            part.fill("")


def mistake(page: Page, step: str) -> str:
    """Make the one mistake of a page; gives the sentence that must come of it."""
    boxes, sentence = WRONG[step]
    for name, value in boxes.items():
        if isinstance(value, list) and page.locator(f"[name='{name}']").first.get_attribute(
            "type"
        ) in {"checkbox", "radio"}:
            for one in value:
                page.locator(f"[name='{name}'][value='{one}']").check()
        elif isinstance(value, list):
            for box, part in zip(page.locator(f"[name='{name}']").all(), value, strict=True):
                box.fill(part)
        elif page.locator(f"[name='{name}']").first.get_attribute("type") == "radio":
            page.locator(f"[name='{name}'][value='{value}']").check()
        else:
            page.locator(f"[name='{name}']").fill(value)
    return sentence


@pytest.mark.browser
@pytest.mark.timeout(300)
@pytest.mark.parametrize("scripts", [False, True], ids=["scripts off", "scripts on"])
def test_a_mistake_on_each_page_is_told_beside_its_box(scripts: bool, visitor: Callable[..., Page]):
    page, looked, asked = visitor(scripts=scripts, narrow=True), Looked(), []
    page.get_by_role("button", name="Start now").click()
    while step_of(page) != "check":
        step = step_of(page)
        asked.append(step)
        sentence = mistake(page, step)
        page.get_by_role("button", name="Continue").click()
        summary = page.locator(".govuk-error-summary")
        expect(summary).to_contain_text(sentence)
        assert step_of(page) == step
        assert page.title().startswith("Error: ")
        target = summary.get_by_role("link").first.get_attribute("href") or ""
        assert page.locator(target).count() == 1, f"{step}: the link leads nowhere"
        if scripts:
            looked.at(page)
        fill(page, step)
        page.get_by_role("button", name="Continue").click()
        assert step_of(page) != step, f"{step} is not taken"
    assert asked == [step.value for step in Step]
    page.get_by_role("button", name="Send").click()
    if step_of(page) == "check":
        page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Sent")).to_be_visible()
    assert not looked.faults, "\n".join(looked.faults)


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [False, True], ids=["scripts off", "scripts on"])
def test_save_come_back_elsewhere_and_delete(
    scripts: bool, visitor: Callable[..., Page], site: str
):
    page, looked = visitor(scripts=scripts, narrow=True), Looked()
    page.get_by_role("button", name="Start now").click()
    for step in ("for", "helper", "agreed"):
        fill(page, step)
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Save and come back later").click()
    expect(page.get_by_role("heading", name="Save and come back later")).to_be_visible()
    looked.at(page) if scripts else None
    page.get_by_role("button", name="Get my code").click()
    expect(page.get_by_role("heading", name="Your private code")).to_be_visible()
    looked.at(page) if scripts else None
    link = page.locator(".beacon-code a").inner_text()
    code = page.locator(".beacon-code strong").inner_text()
    elsewhere = visitor(scripts=scripts, narrow=True)
    elsewhere.goto(link)
    looked.at(elsewhere) if scripts else None
    assert "Sam Friend" not in elsewhere.content()
    elsewhere.get_by_role("button", name="Open it").click()
    assert step_of(elsewhere) == "now"
    elsewhere.get_by_role("link", name="Back", exact=True).click()
    elsewhere.get_by_role("link", name="Back", exact=True).click()
    expect(elsewhere.get_by_label("Your name")).to_have_value("Sam Friend")
    page.goto(f"{site}/refer/helper")  # where it was begun it is open no more
    expect(page.get_by_role("button", name="Start now")).to_be_visible()
    elsewhere.get_by_role("link", name="Delete what I wrote").click()
    expect(elsewhere.get_by_role("heading", name="Delete what you wrote?")).to_be_visible()
    looked.at(elsewhere) if scripts else None
    elsewhere.get_by_role("button", name="Delete it").click()
    expect(elsewhere.get_by_role("heading", name="It is deleted")).to_be_visible()
    looked.at(elsewhere) if scripts else None
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(UnsentReferral.id))) == 0
    page.get_by_role("link", name="Come back with a code").click()
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Open it").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("That code does not open anything")
    looked.at(page) if scripts else None
    assert not looked.faults, "\n".join(looked.faults)


@pytest.mark.browser
@pytest.mark.parametrize("how", ["button", "Esc", "scripts off"])
def test_leaving_at_once_leaves_nothing_behind(how: str, visitor: Callable[..., Page], site: str):
    page = visitor(scripts=how != "scripts off", narrow=how != "Esc")
    page.get_by_role("button", name="Start now").click()
    fill(page, "for")
    page.get_by_role("button", name="Continue").click()
    if how == "Esc":
        expect(page.get_by_text("Or press Esc 3 times.")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.locator("[data-leave-said]")).to_have_text("To leave, press Esc 1 more time.")
        page.keyboard.press("Escape")
    else:
        page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url(AWAY)
    expect(page.get_by_text("Sunny")).to_be_visible()
    page.go_back()
    page.wait_for_url(f"{site}/**")
    assert "Sam Friend" not in page.content()
    page.goto(f"{site}/refer/helper")
    expect(page.get_by_role("button", name="Start now")).to_be_visible()


@pytest.mark.browser
def test_the_pages_beside_the_form_are_sound(visitor: Callable[..., Page], site: str):
    page, looked = visitor(narrow=True), Looked()
    for place in ("hide", "privacy", "return", "ask-first", "nothing-of-this-name"):
        page.goto(f"{site}/refer/{place}")
        looked.at(page)
    page.goto(f"{site}/refer")
    page.get_by_role("button", name="Start now").click()
    page.get_by_label("Me", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    assert step_of(page) == "danger"
    page.get_by_role("link", name="Go on with the form").wait_for()
    looked.at(page)
    page.get_by_role("link", name="Go on with the form").click()
    assert step_of(page) == "name"
    assert not looked.faults, "\n".join(looked.faults)


@pytest.mark.browser
def test_a_call_by_keyboard_with_who_it_may_be_shown_while_typing(
    at_desk: Callable[..., Page], app: Flask, site: str
):
    known = a_victim(first_name="Robin", last_name="Marsh", mobile="07700 900123")
    take_in(known)
    page, looked = at_desk(Role.INTAKE_OFFICER, name="Ira Intake"), Looked()
    page.goto(f"{site}/referrals/phone/")
    tick(page, "I am not sure")
    write(page, "First name", "Robin")
    write(page, "Last name", "Marsh")
    write(page, "Mobile", "07700 900123")
    near = page.locator("[data-looked]")
    expect(near).to_contain_text("Likely")
    expect(near).to_contain_text("Agrees in name, phone or email")
    looked.faults += browsers.faults(page)
    tick(page, "For themselves")
    page.get_by_role("group", name="Does the person agree").get_by_label("Yes").check()
    page.get_by_role("group", name="May we talk").get_by_label("No").check()
    page.get_by_label("Attacked, hurt or threatened").check()
    page.get_by_role("group", name="Do the police know").get_by_label("No", exact=True).check()
    page.set_viewport_size(browsers.NARROW)
    looked.faults += browsers.faults(page)
    if beyond := page.evaluate(WIDER):
        looked.faults.append(beyond)
    page.get_by_role("button", name="Take it down").click()
    page.wait_for_url(f"{site}/referrals/*")
    expect(page.get_by_text("Taken down. Their reference is SR-")).to_be_visible()
    expect(page.get_by_text("May be somebody we know")).to_be_visible()
    assert not looked.faults, "\n".join(looked.faults)


def take_in(known: Any) -> None:
    """A referral of this person, so that those at the intake desk see them."""
    from beacon.core.db import transaction
    from beacon.referrals.terms import Place, ReferralState
    from tests.factories import a_crime

    crime = a_crime()
    with transaction() as session:
        session.add(
            Referral(
                feed="police",
                crime_id=crime.id,
                victim_id=known.id,
                state=ReferralState.WAITING,
                place=Place.WAITING,
                recorded_at=clock.now(),
                received_at=clock.now(),
                consent="yes",
            )
        )
