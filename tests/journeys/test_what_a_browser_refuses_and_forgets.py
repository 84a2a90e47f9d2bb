"""What our headers make a real browser do: frame nothing, tell no other site, keep nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from beacon.accounts import commands as accounts
from beacon.accounts.models import Staff
from beacon.core.db import db
from beacon.core.roles import Role
from tests import browser as browsers
from tests.factories import TEST, a_case

DATABASES = ("sqlite",)
HELD = """async () => ({
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


@pytest.fixture
def chromium(chromium: Browser) -> Iterator[Browser]:
    """Chromium as people have it: it keeps whole pages for the way back."""
    keeps = chromium.browser_type.launch(
        executable_path=browsers.chromium(),
        args=browsers.FLAGS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield keeps
    keeps.close()


@dataclass
class Elsewhere:
    """Another site: what it shows, and how its visitors came."""

    address: str = ""
    page: str = "<!doctype html><title>x</title>"
    came: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """A site of somebody else, on another port of this machine."""
    site = Elsewhere()

    class Shown(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Note how the visitor came, and show the page."""
            if self.path == "/":
                site.came.append(dict(self.headers.items()))
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(site.page.encode())

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shown)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.address = f"http://127.0.0.1:{server.server_port}/"
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def at_case(at_desk: Callable[..., Page], site: str) -> tuple[Page, str]:
    """A case manager at a case of theirs, and the victim's name."""
    page = at_desk(Role.CASE_MANAGER, name="Priya Ramsbottom")
    case = a_case(manager=db.session.scalars(sa.select(Staff)).one())
    page.goto(f"{site}/cases/{case.reference}")
    expect(page.locator("main")).to_contain_text(case.victim.full_name)
    return page, case.victim.full_name


@pytest.mark.proves("H-03")
def test_no_page_of_ours_is_shown_within_another(
    app: Flask, at_case, elsewhere: Elsewhere, site: str
):
    page, _ = at_case
    frames = "".join(
        f'<iframe src="{site}{one}"></iframe>' for one in ("/", "/sign-in", "/nowhere")
    )
    elsewhere.page = f"<!doctype html><title>Trap</title>{frames}"
    page.goto(elsewhere.address)
    page.wait_for_load_state("networkidle")
    assert [frame.url for frame in page.frames[1:]] == ["chrome-error://chromewebdata/"] * 3
    told = app.extensions["beacon_csp_kinds"]
    while not told:  # the browser says so a moment later
        page.wait_for_timeout(50)
    assert told == {("frame-ancestors", "http")}


@pytest.mark.proves("H-08")
def test_another_site_does_not_learn_from_which_page_somebody_comes(at_case, elsewhere: Elsewhere):
    page, _ = at_case
    page.evaluate(
        """address => {
          const link = document.createElement("a");
          link.href = address;
          link.textContent = "elsewhere";
          document.querySelector("main").prepend(link);
        }""",
        elsewhere.address,
    )
    page.get_by_role("link", name="elsewhere").click()
    page.wait_for_url(elsewhere.address)
    assert len(elsewhere.came) == 1
    assert "Referer" not in elsewhere.came[0]


@pytest.mark.proves("H-06")
def test_after_signing_out_back_shows_no_case_and_nothing_is_left(at_case, site: str):
    page, victim = at_case
    assert page.evaluate(HELD) == dict.fromkeys(
        ("local", "session", "databases", "caches", "workers"), 0
    )
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{site}/sign-in")
    page.go_back(wait_until="commit")  # a page that was kept is not loaded again
    expect(page.locator("body")).not_to_contain_text(victim)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to Beacon")
    assert set(page.evaluate(HELD).values()) == {0}


@pytest.mark.proves("H-05", "H-06")
def test_after_a_session_was_ended_elsewhere_back_shows_no_case(at_case, site: str):
    page, victim = at_case
    accounts.end_sessions(db.session.scalars(sa.select(Staff)).one(), actor=TEST)
    page.goto(f"{site}/cases/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to Beacon")
    page.go_back(wait_until="commit")  # a page that was kept is not loaded again
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to Beacon")
    expect(page.locator("body")).not_to_contain_text(victim)
