"""What every answer of the whole application carries, whatever was asked and by whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, url_for

from beacon.cases.models import CaseFile
from beacon.core.db import db
from beacon.core.roles import Role
from tests.conftest import DeskClient
from tests.long import each
from tests.pages import form_of
from tests.web.security.test_every_route import everything_held
from tests.web.security.walking import walk

SOON = (Role.CASE_MANAGER, Role.COURT_OFFICER)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "object-src 'none'; manifest-src 'self'; report-uri /csp-report"
)
ALIKE = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "Server": "Beacon",
}
# A file is saved and never run: its own, stricter, policy says so (security.md H-09).
OF_A_FILE = {"Content-Security-Policy": "sandbox", "Content-Type": "application/octet-stream"}
OF_A_PAGE = {"Cache-Control": "no-store", "Vary": "Cookie"}
NAMES_A_MAKER = re.compile(r"werkzeug|flask|python|gunicorn|waitress|sqlalchemy|jinja", re.I)
FROM_EVIL = {"Origin": "https://evil.example.org"}


def everywhere(app: Flask, browser: DeskClient) -> Iterator[tuple[str, Any]]:
    """Each route by GET and, without its token, by POST; then what no route answers."""
    values = {"reference": db.session.scalar(sa.select(CaseFile.reference)), "filename": "x.css"}
    for rule in list(app.url_map.iter_rules()):
        with app.test_request_context():
            where = url_for(rule.endpoint, **{n: values.get(n, 1) for n in rule.arguments})
        yield where, browser.get(where)
        yield where, browser.post(where, headers={"X-Twilio-Signature": "none"})
    for where in ("/nowhere", "/static/nowhere.css", "/cases/BCN-ZZZZZ", "/cases/a%00b"):
        yield where, browser.get(where)
    yield "/", browser.post("/", data={"big": "x" * 2_100_000})


def files_of(browser: DeskClient) -> list[str]:
    """The files that a page asks for."""
    page = browser.get("/sign-in").get_data(as_text=True)
    return re.findall(r'(?:href|src)="(/static/[^"]+)"', page)


@pytest.mark.proves("H-01", "H-04", "H-05", "H-09", "H-10", "H-11")
@pytest.mark.parametrize("role", [pytest.param(None, id="anon"), *each(Role, soon=SOON)])
def test_every_answer_of_every_route_carries_the_headers(
    role: Role | None, county: Flask, at_desk: Callable[[Role], DeskClient]
):
    browser = at_desk(role) if role else county.test_client()
    browser.looks = False
    faults, statuses = [], set()
    for where, answer in everywhere(county, browser):
        held, statuses = answer.headers, statuses | {answer.status_code}
        expected = ALIKE | OF_A_PAGE
        if "attachment" in held.get("Content-Disposition", ""):
            expected |= OF_A_FILE
        faults += [
            (where, answer.status_code, name, held.get(name))
            for name, value in expected.items()
            if held.get(name) != value
        ]
        kind = held.get("Content-Type", "")
        # JSON is UTF-8 by its own definition (RFC 8259, 8.1).
        without = {OF_A_FILE["Content-Type"], "application/json", "application/problem+json"}
        is_text = kind not in without
        if is_text and "charset=utf-8" not in kind:
            faults.append((where, answer.status_code, "Content-Type", kind))
        faults += [(where, name, value) for name, value in held if "Access-Control" in name]
        faults += [(where, name, value) for name, value in held if NAMES_A_MAKER.search(value)]
        if answer.status_code >= 400 and NAMES_A_MAKER.search(answer.get_data(as_text=True)):
            faults.append((where, "names a maker", ""))
    assert faults == []
    assert statuses >= ({302, 400, 404, 413} if role is None else {200, 400, 403, 404, 413})


@pytest.mark.proves("H-05", "H-01")
def test_files_whose_name_changes_with_their_content_are_kept_and_no_others(county: Flask):
    browser = county.test_client()
    files = files_of(browser)
    assert len(files) == 7
    for where in files:
        answer = browser.get(where)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert {name: answer.headers[name] for name in ALIKE} == ALIKE
    assert browser.get("/static/beacon.css?v=old").headers["Cache-Control"] == "no-store"


@pytest.mark.proves("H-11")
def test_no_other_site_may_read_an_answer(county: Flask, at_desk):
    browser = at_desk(Role.TEAM_LEADER)
    browser.looks = False
    for where in ("/", "/cases/", "/sign-in", "/nowhere", "/healthz", *files_of(browser)[:1]):
        for method in ("GET", "OPTIONS"):
            answer = browser.open(where, method=method, headers=FROM_EVIL)
            assert not [name for name, _ in answer.headers if "Access-Control" in name]


@pytest.mark.proves("C-04")
@pytest.mark.parametrize("where", ["/sign-out", "/stay", "/drafts", "/drafts/throw-away"])
def test_what_changes_something_is_not_done_by_asking(county: Flask, at_desk, where: str):
    assert at_desk(Role.CASE_MANAGER).get(where).status_code == 405


@pytest.mark.proves("E-09")
@pytest.mark.parametrize(
    "where",
    ["/.git/config", "/.git/HEAD", "/.env", "/instance/beacon.sqlite", "/static/../config.py",
     "/static/%2e%2e/config.py", "/static/..%2f..%2fconfig.py", "/static/", "/console",
     "/static/vendor/../../../config.py", "/swagger.json", "/openapi.json", "/server-status",
     "/demo-keys.json", "/wsgi.py", "/debug", "/?__debugger__=yes&cmd=resource&f=debugger.js"],
)  # fmt: skip
def test_what_lies_beside_the_pages_is_not_handed_out(client, where: str):
    answer = client.get(where)
    assert answer.status_code in {404, 405} or answer.location.startswith("/sign-in")


@pytest.mark.proves("E-09")
@pytest.mark.parametrize("where", ["/", "/sign-in", "/healthz", "/static/beacon.css"])
def test_trace_is_not_answered(client, where: str):
    assert client.open(where, method="TRACE").status_code == 405


@pytest.mark.proves("E-09")
def test_figures_are_for_this_machine_alone(client):
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 404


@pytest.mark.proves("S-12")
def test_the_cookie_of_the_demonstration_is_kept_from_scripts_and_other_sites(client):
    client.get("/sign-in")
    cookie = client.get_cookie("beacon-demo")
    assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Lax", "/")
    assert form_of(client.get("/sign-in"))["csrf_token"]


@pytest.mark.proves("C-04")
@pytest.mark.parametrize("role", each(Role, soon=SOON))
def test_no_link_of_any_page_changes_anything(role: Role, county: Flask, at_desk):
    browser = at_desk(role)
    browser.looks = False
    list(walk(county, browser, of_each=1))
    first = everything_held()
    pages = [where for where, _ in walk(county, browser, of_each=1)]
    assert everything_held() == first
    assert len(pages) >= {Role.TEAM_LEADER: 12, Role.ADMINISTRATOR: 3}.get(role, 1)
