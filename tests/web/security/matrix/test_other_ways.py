"""No other method, no other spelling of an address and no file leads past the matrix."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core.db import db
from beacon.core.roles import Role
from beacon.feeds.models import FeedRecord, ImportBatch
from beacon.feeds.terms import BatchState
from tests.conftest import DeskClient
from tests.feed_rows import a_file
from tests.hearings import COLUMNS as LIST_COLUMNS
from tests.hearings import a_row
from tests.long import each
from tests.pages import form_of
from tests.web.security.matrix.asking import addresses, said
from tests.web.security.matrix.world import OWN, Sit, World
from tests.web.security.test_every_route import everything_held

NEVER = ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
OVERRIDES = {
    "X-HTTP-Method-Override": "POST",
    "X-HTTP-Method": "DELETE",
    "X-Method-Override": "PUT",
}
CANONICAL = {301, 308}
DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
TRAVERSALS = (
    "/static/../config.py",
    "/static/..%2f..%2fconfig.py",
    "/static/%2e%2e/%2e%2e/config.py",
    "/static/....//config.py",
    "/static/..\\..\\config.py",
    "/static//etc/passwd",
    "/static/%00beacon.css",
    "/static/NUL",
    "/static/vendor/../../templates/base.html",
    "/instance/beacon.sqlite",
    "/static/../../instance/demo-keys.json",
)


@pytest.mark.proves("Z-23")
@pytest.mark.parametrize("role", [None, *each([Role.TEAM_LEADER], soon=[])], ids=str)
def test_no_method_is_taken_that_a_page_was_not_made_for(
    role: Role | None, app: Flask, world: World, sit: Sit
):
    browser, faults, held, seen = sit(role), [], everything_held(), set()
    for rule, _line, where, _wanted in addresses(app, world, role, "other-team"):
        if rule.rule in seen:
            continue
        seen.add(rule.rule)
        for method in NEVER:
            status = browser.open(where, method=method).status_code
            faults += [] if status == 405 else [f"{method} {where}: {status}"]
        options = browser.options(where)
        if options.get_data() or options.status_code not in {200, 405}:
            faults.append(f"OPTIONS {where}: {options.status_code}")
        if "POST" not in (rule.methods or ()):
            status = browser.post(where, data={"_method": "GET"}, headers=OVERRIDES).status_code
            # The token is looked at first, so a page without a form may say that it lacks one.
            faults += [] if status in {400, 405} else [f"POST {where}: {status}"]
    assert not faults, "\n".join(faults)
    assert everything_held() == held
    assert len(seen) > 60


@pytest.mark.proves("Z-23")
@pytest.mark.parametrize("role", [None, *each([Role.CASE_MANAGER, Role.ADMINISTRATOR], soon=[])])
def test_asking_for_the_head_or_by_another_methods_name_gives_what_the_page_gives(
    role: Role | None, app: Flask, world: World, sit: Sit
):
    browser, faults, held, count = sit(role), [], everything_held(), 0
    for _rule, line, where, wanted in addresses(app, world, role, OWN, "other-team"):
        if line.method != "GET":
            continue
        count += 1
        head = browser.head(where)
        if head.get_data() or said(head) != wanted:
            faults.append(f"HEAD {where}: {said(head)}, and not {wanted}")
        shown = browser.get(f"{where}?_method=DELETE", headers=OVERRIDES)
        if said(shown) != wanted:
            faults.append(f"GET by another method's name {where}: {said(shown)}")
    assert not faults, "\n".join(faults)
    assert everything_held() == held
    assert count > 60


def spelt(path: str) -> Iterator[str]:
    """Other ways to write an address."""
    head, _, last = path.rstrip("/").rpartition("/")
    yield f"{path}/" if not path.endswith("/") else path.rstrip("/") or "/"
    yield f"/{path}"
    yield f"{head}//{last}"
    yield f"{head}/./{last}"
    yield f"{head}/%2e/{last}"
    yield f"/static/..{path}"
    yield f"{path};jsessionid=1"
    yield f"{path}%20"
    yield f"{path}%00"
    yield f"{path}.json"
    yield path.upper()
    yield path.translate(DIGITS)
    yield path.replace("/", "%2F")
    yield re.sub(r"(\d+)", r"+\1", path)
    yield re.sub(r"/(\d+)", r"/0x\1", path)


def as_sent(path: str) -> str:
    """The path as WSGI carries it: its bytes, one for one, as letters."""
    return unquote_to_bytes(path).decode("latin-1")


def exactly(browser: DeskClient, path: str) -> Any:
    """Ask for a path as a server hands it on: nothing of it is read as a host or put right."""
    return browser.get("/", environ_overrides={"PATH_INFO": as_sent(path)})


@pytest.mark.proves("Z-24")
@pytest.mark.parametrize(
    "role",
    [None, *each([Role.CASE_MANAGER, Role.PARTNER, Role.ADMINISTRATOR], soon=[])],
)
def test_no_other_spelling_of_an_address_leads_further(
    role: Role | None, app: Flask, world: World, sit: Sit
):
    browser, faults, count = sit(role), [], 0
    for _rule, line, where, wanted in addresses(app, world, role, "other-team", "there"):
        if line.method != "GET":
            continue
        for spelling in spelt(where):
            if spelling == where:
                continue
            count += 1
            answer = exactly(browser, spelling)
            if answer.status_code in CANONICAL:
                leads_to = urlsplit(answer.headers["Location"])
                if leads_to.netloc not in {"", "localhost"}:
                    faults.append(f"{spelling} leads to another site: {leads_to.netloc}")
                    continue
                answer = exactly(browser, leads_to.path)
            got = said(answer)
            if got not in {"404", "400", "405", "in", wanted}:
                faults.append(f"{spelling}: {got}, where the plain address is {wanted}")
    assert not faults, "\n".join(faults)
    assert count > 500


@pytest.mark.proves("Z-24", "Z-25")
@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_file_beside_the_static_ones_is_served(path: str, world: World, sit: Sit):
    browser = sit(Role.ADMINISTRATOR)
    answer = exactly(browser, path)
    if answer.status_code in CANONICAL:
        answer = exactly(browser, urlsplit(answer.headers["Location"]).path)
    assert answer.status_code == 404
    assert b"BEACON" not in answer.get_data()


def uploads(browser: DeskClient, where: str, name: str, content: bytes, **more: str) -> Any:
    """Send a file in; what the page offers to send next."""
    sent = form_of(browser.get(where)) | more
    data = sent | {"file": (io.BytesIO(content), name)}
    return form_of(browser.post(where, data=data, content_type="multipart/form-data"))


@pytest.mark.proves("Z-25")
def test_a_file_that_one_person_sent_in_is_nobody_elses_to_take(world: World, sit: Sit):
    sender, other = sit(Role.INTAKE_OFFICER), sit(Role.TEAM_LEADER)
    where = "/referrals/imports/new"
    sent = form_of(sender.get(where)) | {
        "feed": "police",
        "file": (io.BytesIO(a_file({"crime_reference": "41/777/26"})), "police.csv"),
    }
    page = sender.post(where, data=sent, content_type="multipart/form-data").location
    token = {"csrf_token": form_of(other.get("/"))["csrf_token"]}
    assert other.post(f"{page}/confirm", data=token).status_code == 404
    assert other.post(f"{page}/throw-away", data=token).status_code == 404
    assert sender.post(f"{page}/confirm", data=form_of(sender.get(page))).status_code == 302
    states = db.session.scalars(sa.select(ImportBatch.state).order_by(ImportBatch.id))
    assert list(states)[-1] is BatchState.WAITING


@pytest.mark.proves("Z-25")
def test_a_court_list_that_one_officer_sent_in_is_nobody_elses_to_take(
    world: World, sit: Sit, desk: Any
):
    sender, other = sit(Role.COURT_OFFICER), desk(Role.COURT_OFFICER, name="Another Officer")
    row = a_row()
    lines = [",".join(LIST_COLUMNS), ",".join(row[name] for name in LIST_COLUMNS if name in row)]
    head = ",".join(name for name in LIST_COLUMNS if name in row)
    offered = uploads(sender, "/hearings/import", "list.csv", f"{head}\n{lines[1]}\n".encode())
    before = count_of(FeedRecord)
    taken = offered | {"csrf_token": form_of(other.get("/"))["csrf_token"]}
    other.post("/hearings/import/take", data=taken)
    assert count_of(FeedRecord) == before
    sender.post("/hearings/import/take", data=offered)
    assert count_of(FeedRecord) == before + 1


def count_of(model: Any) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0
