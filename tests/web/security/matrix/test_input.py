"""What is typed stays what it is: no link, no script, no SQL and no wildcard comes of it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases.models import ContactLog
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from tests.factories import a_case, a_victim
from tests.long import each
from tests.pages import form_of, text_of
from tests.payload_crawl import poison
from tests.web.security.matrix.asking import addresses
from tests.web.security.matrix.test_lists import REFERENCE, lists_of, narrowed
from tests.web.security.matrix.world import OWN, Sit, World

LINKS = (
    "javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "//evil.example/x",
    "https://evil.example/x",
    "<a href='https://evil.example'>here</a>",
    "[here](https://evil.example)",
)
MAY_LEAD = ("/", "#", "tel:", "mailto:", "https://", "http://")
SQL = (
    "'", '"', "';--", "' OR '1'='1", "' OR 1=1--", '" OR ""="', "1 OR 1=1", "1; DROP TABLE victim",
    "'; DROP TABLE victim; --", "' UNION SELECT NULL--", "' UNION SELECT name FROM staff--",
    "1' AND SLEEP(5)--", "1; SELECT pg_sleep(5)--", "' || (SELECT 1) || '", "') OR ('1'='1",
    "%27%20OR%201=1", "1/**/OR/**/1=1", "admin'--", "0x27", "CHAR(39)", "' AND 1=CAST(1 AS int)--",
    "' HAVING 1=1--", "' ORDER BY 99--", "'; ATTACH DATABASE 'x' AS y;--", "randomblob(1000000000)",
    "' AND (SELECT COUNT(*) FROM sqlite_master)>0--", "\\'; --", "\u02bc OR 1=1--", "`id`", "$$x$$",
)  # fmt: skip
SEARCHERS = (Role.INTAKE_OFFICER, Role.TEAM_LEADER)


class Attributes(HTMLParser):
    """The links and the scripts of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[dict[str, str]] = []
        self.bare_scripts = 0
        self.strange: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep links, and count scripts that stand in the page itself."""
        known = {name: value or "" for name, value in attrs}
        if "href" in known or "action" in known:
            self.links.append(known)
        self.bare_scripts += tag == "script" and not known.get("src")
        self.strange += [name for name in known if name.startswith("on")]


@pytest.mark.proves("I-03")
def test_an_address_in_a_note_is_read_and_not_followed(app: Flask, world: World, sit: Sit):
    args = world.args("case", OWN, Role.CASE_MANAGER)
    with transaction() as session:
        query = sa.select(ContactLog).where(ContactLog.case_id == args["case_id"])
        session.scalars(query).one().notes = " ".join(LINKS)
    page = sit(Role.CASE_MANAGER).get(f"/cases/{args['reference']}")
    assert all(link in text_of(page) for link in LINKS)
    targets = [link.get("href", "") for link in Attributes(page.get_data(as_text=True)).links]
    assert [target for target in targets if "evil" in target] == []


@pytest.mark.proves("I-03", "I-04")
@pytest.mark.parametrize(
    "role",
    each(
        [Role.TEAM_LEADER, Role.FRAUD_OFFICER, Role.COURT_OFFICER, Role.ADMINISTRATOR],
        soon=[Role.COURT_OFFICER],
    ),
)
def test_every_link_leads_where_links_may_and_no_data_ends_a_script(
    role: Role, app: Flask, world: World, sit: Sit
):
    assert not poison(world)
    browser, faults, links = sit(role), [], 0
    for _rule, line, where, wanted in list(addresses(app, world, role, OWN, "team", "waiting")):
        answer = browser.get(where) if line.method == "GET" and wanted == "open" else None
        if answer is None or answer.mimetype != "text/html":
            continue
        seen = Attributes(answer.get_data(as_text=True))
        if seen.bare_scripts or seen.strange:
            faults.append(f"{where}: {seen.bare_scripts} scripts, {seen.strange}")
        for link in seen.links:
            target = link.get("href", link.get("action", ""))
            links += 1
            leads_out = target.startswith(("http", "//"))
            is_safe = {"noopener", "noreferrer"} <= set(link.get("rel", "").split())
            if (target and not target.startswith(MAY_LEAD)) or (leads_out and not is_safe):
                faults.append(f"{where}: {target[:80]}")
    assert not faults, "\n".join(faults)
    assert links > 20


@pytest.fixture
def statements(app: Flask) -> Any:
    """The text of every statement, without what it is given."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.proves("I-05")
@pytest.mark.parametrize("role", each(SEARCHERS, soon=[Role.INTAKE_OFFICER]))
def test_no_parameter_filter_or_order_is_ever_part_of_a_statement(
    role: Role, app: Flask, world: World, sit: Sit, statements: list[str]
):
    browser, faults, count = sit(role), [], 0
    for where in lists_of(app, role):
        plain = browser.get(where)
        if plain.mimetype != "text/html":
            continue
        names = {name for words in narrowed(plain.get_data(as_text=True)) for name in words}
        for text in SQL:
            words = dict.fromkeys({*names, "sort", "order", "from", "day", "page", "id"}, text)
            answer = browser.get(f"{where}?{urlencode(words)}")
            count += 1
            if answer.status_code >= 500:
                faults.append(f"{where} {text}: {answer.status_code}")
    assert not faults, "\n".join(faults)
    assert not [one for one in statements if any(text in one for text in SQL if len(text) > 3)]
    assert count > 100


@pytest.mark.proves("I-05")
def test_a_search_for_a_piece_of_sql_finds_nobody(world: World, sit: Sit, statements: list[str]):
    browser = sit(Role.INTAKE_OFFICER)
    form, faults = form_of(browser.get("/search")), []
    for text in SQL:
        answer = browser.post("/search", data=form | {"words": text})
        found = REFERENCE.findall(answer.get_data(as_text=True))
        faults += [(text, answer.status_code, found)] if answer.status_code != 200 or found else []
    assert faults == []
    assert not [one for one in statements if any(text in one for text in SQL if len(text) > 3)]


@pytest.mark.proves("I-06")
@pytest.mark.parametrize("words", ["%", "_", "\\", "%%", "_____", "\\%", "%oorabd", "_immoorabd"])
def test_a_wildcard_is_looked_for_as_it_is_written(words: str, world: World, sit: Sit):
    browser = sit(Role.INTAKE_OFFICER)
    form = form_of(browser.get("/search"))
    page = browser.post("/search", data=form | {"words": words})
    assert page.status_code == 200
    assert REFERENCE.findall(page.get_data(as_text=True)) == []


@pytest.mark.proves("I-06")
def test_a_name_with_a_wildcard_in_it_is_found_and_no_other(world: World, sit: Sit):
    case = a_case(victim=a_victim(first_name="Ann_e", last_name="Perc%nt"))
    a_case(victim=a_victim(first_name="Anne", last_name="Percolant"))
    browser = sit(Role.INTAKE_OFFICER)
    form = form_of(browser.get("/search"))
    page = browser.post("/search", data=form | {"words": "Perc%nt"})
    assert set(REFERENCE.findall(page.get_data(as_text=True))) == {case.reference}
