"""A site in a thread, a browser, and people who sign in by the form."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from beacon.accounts import commands
from beacon.core.roles import Role
from tests import browser as browsers
from tests.factories import TEST, a_member_of_staff

PASSWORD = "wheelbarrow lantern tide"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    if browsers.chromium() is None:
        pytest.skip("no Chromium on this machine: journeys in a browser are left out")
    with sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The application served on this machine."""
    with browsers.serving(app) as address:
        yield address


@pytest.fixture
def at_desk(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Sign a person with these roles in, with or without scripts, wide or narrow."""
    contexts = []

    def sit_down(
        *roles: Role, name: str, scripts: bool = True, narrow: bool = False, team: str = "North"
    ) -> Page:
        email = f"{name.split()[0].lower()}@example.org"
        person = a_member_of_staff(*roles, name=name, email=email, team=team)
        commands.set_password(person, PASSWORD, actor=TEST)
        context = chromium.new_context(
            java_script_enabled=scripts,
            viewport=browsers.NARROW if narrow else browsers.WIDE,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        contexts.append(context)
        return browsers.sign_in(context, site, email, PASSWORD)

    yield sit_down
    for context in contexts:
        context.close()
