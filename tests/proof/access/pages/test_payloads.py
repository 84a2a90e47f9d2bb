"""Every page as every role in Chromium, over a county that tries to break out of every text."""

from __future__ import annotations

import time

import pytest
from flask import Flask
from playwright.sync_api import Browser

from beacon.core.roles import Role
from tests.payload_crawl import crawl, poison
from tests.payloads import PAYLOADS
from tests.web.security.matrix.world import Sit, World

DATABASES = ("sqlite",)


@pytest.mark.browser
@pytest.mark.proves("I-01", "H-02", "X-04")
@pytest.mark.timeout(1_800)
def test_no_payload_in_any_text_comes_to_life_on_any_page_of_any_role(
    app: Flask, world: World, chromium: Browser, site: str, sit: Sit
):
    begun = time.monotonic()
    missed = poison(world)
    found = crawl(app, world, chromium, site, sit, [None, *Role])
    print(
        f"{len(PAYLOADS)} payloads; {found.pages} pages of {len(found.rules)} rules as anon and "
        f"{len(Role)} roles; {len(found.faults)} faults; {len(found.read)} payloads read as text; "
        f"{time.monotonic() - begun:.0f} s"
    )
    assert not missed, f"no row has: {missed}"
    assert not found.faults, "\n".join(found.faults[:60])
    assert found.read == set(PAYLOADS)
