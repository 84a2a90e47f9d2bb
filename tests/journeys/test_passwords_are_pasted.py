"""Whoever keeps a long password in a manager pastes it (security.md A-10)."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser

from beacon.core.roles import Role
from tests import browser as browsers
from tests.signing_in import EMAIL, PASSWORD, a_person

DATABASES = ("sqlite",)


@pytest.mark.browser
@pytest.mark.proves("A-10", "V-01")
def test_a_password_that_is_pasted_signs_in(app: Flask, chromium: Browser, site: str):
    a_person(Role.CASE_MANAGER)
    context = browsers.new_context(chromium)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page = context.new_page()
    page.goto(f"{site}/sign-in")
    for label, words in (("Email address", EMAIL), ("Password", PASSWORD)):
        page.evaluate("words => navigator.clipboard.writeText(words)", words)
        page.get_by_label(label, exact=True).focus()
        page.keyboard.press("ControlOrMeta+V")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site}/")
    assert page.get_by_role("heading", level=1).inner_text() != "Sign in to Beacon"
    context.close()
