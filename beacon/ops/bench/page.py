"""The caseload page, as a case manager opens it, beside a bare page with the same rows.

Both applications are called through WSGI in this process, one request of each in turn: no web
server, no browser and no network stand between the clock and the page.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from typing import Any  # a statement's parameters

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from beacon.accounts import commands as accounts
from beacon.accounts.queries import get_staff
from beacon.audit.models import AuditEntry
from beacon.core.db import db
from beacon.ops.bench.county import BENCH, County
from beacon.ops.bench.figures import Figure, Floor, code_of, in_turn, must, spread
from beacon.ops.bench.ground import HOME, Ground

ROUNDS, WARM_UP = 200, 10
PAGE = "/cases/"
ROW = b'<tr role="row">'
SHOWN = 50
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
TABLE = """<!doctype html><title>Cases</title><h1>Cases</h1><table>
<tr><th>Tell by</th><th>Name</th><th>Case</th><th>Category</th><th>Status</th><th>Offence</th>
<th>Case manager</th></tr>
{% for row in rows %}<tr><td>{{ row.next_due_on }}</td>
<td><a href="/cases/{{ row.reference }}">{{ row.first_name }} {{ row.last_name }}</a></td>
<td>{{ row.reference }}</td><td>{{ row.category }}</td><td>{{ row.status }}</td>
<td>{{ row.offence }}</td><td>{{ row.manager_name }}</td></tr>
{% endfor %}</table>"""


def bare_page(engine: sa.Engine, statement: str, parameters: Any) -> Flask:
    """The floor: the same statement, sent as text, and its rows in a table without a layout."""
    app = Flask("floor")
    table = app.jinja_env.from_string(TABLE)

    def cases() -> str:
        with engine.connect() as connection:
            rows = connection.exec_driver_sql(statement, parameters).all()
        return table.render(rows=rows[:50])

    app.add_url_rule(PAGE, view_func=cases)
    return app


def measure(ground: Ground, county: County) -> Figure:
    """The median of the page with its access rules, its audit row and its layout."""
    visit = visitor(ground, county)
    for _ in range(WARM_UP):
        body = visit()
    must(body.count(ROW) >= min(SHOWN, county.caseload), "The page does not show its rows.")
    statement, parameters = _sent_by(ground, visit)
    floor = caller(bare_page(ground.bare, statement, parameters))
    for _ in range(WARM_UP):
        body = floor()
    must(body.count(b"<tr>") == min(SHOWN, county.caseload) + 1, "The floor lacks its rows.")
    before, pages = logged(ground), county.rounds(ROUNDS)
    ours, theirs = in_turn(pages, visit, floor)
    written = logged(ground) - before
    must(written == pages, f"{pages} pages were served and {written} were written in the log.")
    page, bare = spread(ours), spread(theirs)
    return Figure(
        name="caseload_page",
        database=ground.name,
        value=page["median_ms"],
        unit="ms",
        floor=Floor(
            what="a bare Flask view with the same SQL and a 50-row Jinja table",
            value=bare["median_ms"],
            ms=bare["median_ms"],
            code=code_of(bare_page, f'TABLE = """{TABLE}"""', statement),
        ),
        more={
            "how": "both called through WSGI in this process, in turn; no web server",
            "pages": pages,
            "audit_rows": written,
            "caseload": county.caseload,
            "page": page,
            "bare": bare,
        },
    )


def visitor(ground: Ground, county: County) -> Callable[[], bytes]:
    """A case manager who has signed in at the page for it, and opens the caseload."""
    password = secrets.token_urlsafe(24)
    with ground.app.app_context():
        person = get_staff(county.manager)
        accounts.set_password(person, password, actor=BENCH)
        email = person.email
    browser = ground.app.test_client()
    token = TOKEN.search(browser.get("/sign-in", base_url=HOME).get_data(as_text=True))
    assert token is not None, "the page for signing in has a form"
    answers = {"email": email, "password": password, "csrf_token": token[1]}
    browser.post("/sign-in", base_url=HOME, data=answers)
    name = ground.app.config["SESSION_COOKIE_NAME"]
    cookie = browser.get_cookie(name, domain="127.0.0.1")
    assert cookie is not None, "who signs in is given a cookie"
    return caller(ground.app, Cookie=f"{name}={cookie.value}")


def caller(app: Flask, **headers: str) -> Callable[[], bytes]:
    """A way to ask an application for the page, with next to nothing around it."""
    asked = EnvironBuilder(PAGE, base_url=HOME, headers=list(headers.items())).get_environ()

    def call() -> bytes:
        body, status, _ = run_wsgi_app(app.wsgi_app, dict(asked), buffered=True)
        must(status.startswith("200"), f"The page answers {status}.")
        return b"".join(body)

    return call


def logged(ground: Ground) -> int:
    """How many rows the log has."""
    with ground.app.app_context(), db.engine.connect() as connection:
        return int(connection.scalar(sa.select(sa.func.count(AuditEntry.seq))) or 0)


def _sent_by(ground: Ground, visit: Callable[[], object]) -> tuple[str, Any]:
    """The statement of the list as the page sends it, with its parameters."""
    sent: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        sent.append((statement, parameters))

    with ground.app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        visit()
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    lists = [one for one in sent if "FROM case_file" in one[0] and "LIMIT" in one[0]]
    must(len(lists) == 1, f"The page sends {len(lists)} statements for one list.")
    return lists[0]
