"""A real browser, Debian's Chromium, against the real application on this machine."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright
from werkzeug.serving import WSGIRequestHandler, make_server

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-gpu"]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 800}
AXE = Axe()
EVERY_RULE = """async () => {
  const rules = axe.getRules().filter((rule) => !rule.tags.includes("deprecated"));
  const every = Object.fromEntries(rules.map((rule) => [rule.ruleId, { enabled: true }]));
  return (await axe.run(document, { rules: every, resultTypes: ["violations"] })).violations;
}"""


def chromium() -> str | None:
    """Where Chromium is on this machine."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def launch(playwright: Playwright) -> Browser:
    """Chromium with a profile of its own that is thrown away."""
    return playwright.chromium.launch(executable_path=chromium(), args=FLAGS)


class Handler(WSGIRequestHandler):
    """One request; a connection on which none comes is closed after so many seconds."""

    timeout = 5


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve the application on a free port of this machine until the block ends.

    What was asked is answered first: a request may not outlive the database of its test.
    """
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Handler)
    server.daemon_threads = False  # so that closing the server waits for them
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def new_context(browser: Browser, *, scripts: bool = True, narrow: bool = False) -> BrowserContext:
    """A browser of one person, as it stands on a desk in Hertfordshire."""
    return browser.new_context(
        java_script_enabled=scripts,
        viewport=NARROW if narrow else WIDE,
        locale="en-GB",
        timezone_id="Europe/London",
    )


def sign_in(context: BrowserContext, site: str, email: str, password: str) -> Page:
    """A page on which this person has signed in by the form."""
    page = context.new_page()
    page.goto(f"{site}/sign-in")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site}/")
    return page


def faults(page: Page) -> list[str]:
    """What axe finds wrong with the page, no rule left out: the rule and the first places."""
    page.evaluate(AXE.axe_script)
    found = page.evaluate(EVERY_RULE)
    return [
        f"{one['id']}: {one['help']} "
        f"({', '.join(str(node['target']) for node in one['nodes'][:3])})"
        for one in found
    ]


def picture(page: Page, name: str, folder: Path) -> Path:
    """Keep a picture of the whole page."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path
