"""From the password by a recovery code to a new app, in Chromium, wide and narrow, by the keys."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from beacon.core.roles import Role
from tests import browser as browsers
from tests.conftest import DeskClient
from tests.journeys.test_pages_are_accessible import WIDER
from tests.signing_in import EMAIL, PASSWORD, App, a_person, enrol, give_password

DATABASES = ("sqlite",)
ZOOMED = {"width": 640, "height": 450}  # 200 %; NARROW is what is left at 400 %


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands, wide, zoomed and narrow."""
    found = browsers.faults(page)
    for size in (ZOOMED, browsers.NARROW):
        page.set_viewport_size(size)
        found += [wider] if (wider := page.evaluate(WIDER)) else []
    page.set_viewport_size(browsers.WIDE)
    return found


def type_and_send(page: Page, label: str, words: str) -> None:
    page.get_by_label(label, exact=True).fill(words)
    page.keyboard.press("Enter")


@pytest.mark.browser
@pytest.mark.proves("A-15", "A-20", "V-01")
def test_a_lost_telephone_is_replaced_by_a_recovery_code(app: Flask, chromium: Browser, site: str):
    a_person(Role.CASE_MANAGER)
    first = a_first_app(app.test_client())
    context = browsers.new_context(chromium)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.goto(f"{site}/sign-in?next=/cases/")
    assert faults(page) == []
    page.get_by_label("Email address").fill(EMAIL)
    type_and_send(page, "Password", PASSWORD)
    page.wait_for_url(f"{site}/factor?next=/cases/")
    assert faults(page) == []
    type_and_send(page, "Code from your authenticator app", "123456")
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert faults(page) == []
    page.get_by_role("link", name="use a recovery code").press("Enter")
    page.wait_for_url(f"{site}/factor/recover?next=/cases/")
    assert faults(page) == []
    type_and_send(page, "Recovery code", first)
    page.wait_for_url(f"{site}/factor/new?next=/cases/")
    assert faults(page) == []
    secret = page.locator("code").inner_text().replace(" ", "")
    type_and_send(page, "Code from your authenticator app", App(secret).code())
    page.get_by_role("heading", name="Keep your recovery codes").wait_for()
    assert faults(page) == []
    page.get_by_role("link", name="I have kept them").press("Enter")
    page.wait_for_url(f"{site}/cases/")
    assert said == []
    assert not app.extensions["beacon_csp_kinds"]
    context.close()


def a_first_app(client: DeskClient) -> str:
    """Set up an app in the demonstration, where nobody must: one of the recovery codes."""
    give_password(client)
    return enrol(client, password=PASSWORD).recovery_codes[0]
