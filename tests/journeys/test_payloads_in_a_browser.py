"""A sample of the pages on which payloads must stay text; `make prove PART=access` opens all."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser

from beacon.core import clock
from beacon.core.roles import Role
from tests.payload_crawl import crawl, poison
from tests.payloads import PAYLOADS
from tests.web.security.matrix.world import NOON, lay_out, seated

DATABASES = ("sqlite",)


@pytest.mark.browser
@pytest.mark.proves("I-01")
def test_payloads_in_every_text_stay_text_on_a_sample_of_pages(
    app: Flask, chromium: Browser, site: str, desk, tmp_path
):
    with clock.fixed(NOON):
        world = lay_out(tmp_path / "world.sqlite")
        assert not poison(world)
        sit = seated(app, desk, world)
        found = crawl(app, world, chromium, site, sit, [Role.TEAM_LEADER], at_most=12)
    assert not found.faults, "\n".join(found.faults)
    assert found.pages == 12
    assert found.read == set(PAYLOADS)
