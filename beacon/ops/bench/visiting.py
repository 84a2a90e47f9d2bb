"""Pages as a signed-in person opens them, beside a bare page that sends the same statements.

Both applications are called through WSGI in this process, one request of each in turn: no web
server, no browser and no network stand between the clock and the page.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any  # a statement's parameters

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from beacon.accounts import commands as accounts
from beacon.accounts.queries import get_staff
from beacon.audit.models import AuditEntry
from beacon.core.db import db
from beacon.ops.bench.county import BENCH, County
from beacon.ops.bench.figures import Figure, Floor, code_of, in_turn, must, seconds, spread
from beacon.ops.bench.ground import HOME, Ground

HOW = "both called through WSGI in this process, in turn; no web server"
WARM_UP, LEAST = 3, 5
A_ROUND = 50  # cases: a very small county is not worth many rounds
SHOWN = 50
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
TABLE = """<!doctype html><title>Rows</title><table>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table>"""
Sent = tuple[str, Any]
Rows = Sequence[sa.Row[Any]]


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page that is measured: who opens it, and which of its statements answer what it asks."""

    name: str
    address: str
    opened_by: int
    rounds: int
    answers: Callable[[str], bool]  # whether the floor sends this statement as well
    shows: Callable[[bytes, Rows], bool]  # whether the page says what those rows say
    statements: int | None = None  # how many there have to be; any number where None
    shape: str = TABLE


def measure_page(ground: Ground, county: County, page: Page) -> Figure:
    """The median of the page with its access rules, its audit row and its layout."""
    visit = visitor(ground, page.opened_by, page.address)
    for _ in range(WARM_UP):
        body = visit()
    every = [one for one in sent_by(ground, visit) if one[0].startswith(("SELECT", "WITH"))]
    sent = [one for one in every if page.answers(one[0])]
    wanted = page.statements or len(sent)
    must(len(sent) == wanted > 0, f"{page.name} sends {len(sent)} statements for its answer.")
    must(page.shows(body, rows_of(ground.bare, sent)), f"{page.name} does not show its rows.")
    floor = caller(bare_page(ground.bare, sent, page.address, page.shape), page.address)
    for _ in range(WARM_UP):
        floor()
    before, pages = logged(ground), min(page.rounds, max(LEAST, county.cases // A_ROUND))
    ours, theirs = in_turn(pages, visit, floor)
    written = logged(ground) - before
    must(written == pages, f"{pages} pages were served and {written} were written in the log.")
    whole, bare = spread(ours), spread(theirs)
    same = "the same SQL" if len(sent) == 1 else f"the same {len(sent)} statements"
    return Figure(
        name=page.name,
        database=ground.name,
        value=whole["median_ms"],
        unit="ms",
        floor=Floor(
            what=f"a bare Flask view with {same} and a {SHOWN}-row Jinja table",
            value=bare["median_ms"],
            ms=bare["median_ms"],
            code=code_of(bare_page, f'TABLE = """{page.shape}"""', *(one[0] for one in sent)),
        ),
        more={
            "how": HOW,
            "address": page.address,
            "pages": pages,
            "audit_rows": written,
            "statements": len(every),
            "caseload": county.caseload,
            "duties": county.duties,
            "page": whole,
            "bare": bare,
            "slowest": slowest(ground.bare, every),
        },
    )


def bare_page(engine: sa.Engine, sent: Sequence[Sent], address: str, shape: str) -> Flask:
    """The floor: the same statements, sent as text, and the rows of the last in a table."""
    app = Flask("floor")
    table = app.jinja_env.from_string(shape)

    def view() -> str:
        with engine.connect() as connection:
            for statement, parameters in sent:
                rows = connection.exec_driver_sql(statement, parameters).all()
        return table.render(rows=rows[:50])

    app.add_url_rule(address.partition("?")[0], view_func=view)
    return app


def rows_of(engine: sa.Engine, sent: Sequence[Sent]) -> Rows:
    """What the last of some statements answers."""
    statement, parameters = sent[-1]
    with engine.connect() as connection:
        return connection.exec_driver_sql(statement, parameters).all()


def slowest(engine: sa.Engine, sent: Sequence[Sent], number: int = 3) -> list[dict[str, object]]:
    """The statements of a page that take the longest, so that a slow page says where it is slow."""
    times = [(seconds(partial(rows_of, engine, [(sql, given)])) * 1000, sql) for sql, given in sent]
    longest = sorted(times, reverse=True)[:number]
    return [{"ms": round(ms, 3), "sql": statement} for ms, statement in longest]


def visitor(ground: Ground, staff_id: int, page: str) -> Callable[[], bytes]:
    """Somebody who has signed in, as a way to open the page."""
    password = secrets.token_urlsafe(24)
    with ground.app.app_context():
        person = get_staff(staff_id)
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
    return caller(ground.app, page, Cookie=f"{name}={cookie.value}")


def caller(app: Flask, page: str, **headers: str) -> Callable[[], bytes]:
    """A way to ask an application for the page, with next to nothing around it."""
    asked = EnvironBuilder(page, base_url=HOME, headers=list(headers.items())).get_environ()

    def call() -> bytes:
        body, status, _ = run_wsgi_app(app.wsgi_app, dict(asked), buffered=True)
        must(status.startswith("200"), f"The page {page} answers {status}.")
        return b"".join(body)

    return call


def logged(ground: Ground) -> int:
    """How many rows the log has."""
    with ground.app.app_context(), db.engine.connect() as connection:
        return int(connection.scalar(sa.select(sa.func.count(AuditEntry.seq))) or 0)


def sent_by(ground: Ground, visit: Callable[[], object]) -> list[Sent]:
    """The statements that a page sends, with their parameters."""
    sent: list[Sent] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        sent.append((statement, parameters))

    with ground.app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        visit()
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return sent
