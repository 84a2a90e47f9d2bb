"""What is refused is written down; nothing that a person wrote stands in the log or in a line."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry, AuditObject
from beacon.cases import commands as cases
from beacon.cases.terms import ContactOutcome
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.entitlements.terms import Channel
from beacon.people import commands as people
from beacon.people import queries as people_known
from beacon.web import logs
from tests.factories import a_case, a_member_of_staff, a_victim, an_actor
from tests.pages import form_of

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOOK = "/hooks/twilio/status/abc"


@pytest.fixture
def lines(app) -> Iterator[Callable[[], list[str]]]:
    """What the people who run Beacon would read: one JSON object a line."""
    root, stream = logging.getLogger(), io.StringIO()
    was = root.handlers
    logs.configure("json")
    root.handlers[0].setStream(stream)
    yield lambda: stream.getvalue().splitlines()
    root.handlers = was


def refusals() -> list[AuditEntry]:
    db.session.rollback()
    query = sa.select(AuditEntry).where(AuditEntry.outcome == "refused").order_by(AuditEntry.seq)
    return list(db.session.scalars(query))


def facts(entry: AuditEntry) -> dict[str, object]:
    return json.loads(entry.facts)


@pytest.mark.proves("U-15")
def test_a_page_of_another_role_and_a_record_of_another_team_are_written_down(app, desk):
    case = a_case(manager=a_member_of_staff(Role.CASE_MANAGER, team="South"))
    browser = desk(Role.CASE_MANAGER)
    browser.get("/admin/")
    browser.get(f"/cases/{case.reference}")
    role, scope = refusals()[-2:]
    assert {role.actor_id, scope.actor_id} == {browser.person_id}
    assert (role.action, role.object_id, facts(role)["status"]) == (
        "page.refused",
        "accounts.admin",
        403,
    )
    assert (scope.object_id, facts(scope)["status"]) == ("cases.show", 404)
    assert facts(scope)["reference"] == case.reference


@pytest.mark.proves("U-15")
def test_a_form_without_its_token_is_written_down_with_who_sent_it(app, desk, client):
    browser = desk(Role.CASE_MANAGER)
    browser.post("/search", data={"words": "Hartwell"})
    client.post("/sign-in", data={"email": "x@example.org", "password": "planted"})
    known, unknown = refusals()[-2:]
    for entry, endpoint in ((known, "search.search"), (unknown, "accounts.sign_in")):
        assert (entry.object_id, facts(entry)["why"]) == (endpoint, "form_token")
        assert facts(entry)["method"] == "POST"
    assert (known.actor_kind, known.actor_id) == ("staff", browser.person_id)
    assert (unknown.actor_kind, unknown.actor_id, unknown.ip) == ("nobody", None, "127.0.0.1")


@pytest.mark.proves("U-15")
def test_a_form_of_another_site_is_written_down(app, desk):
    browser = desk(Role.CASE_MANAGER)
    browser.post("/search", data={}, headers={"Origin": "https://elsewhere.example"})
    entry = refusals()[-1]
    assert (entry.object_id, facts(entry)["status"]) == ("search.search", 403)


@pytest.mark.proves("U-15")
def test_a_rate_limit_is_written_down_with_the_page_that_met_it(app, desk):
    with transaction() as session:
        session.add(Setting(name="access.searches_in_ten_minutes", text="1"))
    browser = desk(Role.CASE_MANAGER)
    for _ in range(2):
        browser.submit("/search", words="Hartwell")
    stopped, page = refusals()[-2:]
    assert (stopped.action, stopped.object_id) == ("access.pace_exceeded", "searches")
    assert (page.object_id, facts(page)["status"]) == ("search.search", 429)
    assert {stopped.actor_id, page.actor_id} == {browser.person_id}


@pytest.mark.proves("U-15")
def test_a_signature_that_does_not_hold_is_written_down(app, client):
    answer = client.post(
        HOOK, data={"MessageSid": "SM1"}, headers={"X-Twilio-Signature": "made up"}
    )
    assert answer.status_code == 403
    entry = refusals()[-1]
    assert (entry.object_id, entry.actor_kind) == ("hooks.status", "nobody")
    assert "abc" not in entry.facts


def test_a_page_that_is_not_there_says_nothing_of_anybody(app, client):
    client.get("/no/such/page")
    client.get("/cases/BCN-22222")
    assert refusals() == []


class Planted:
    """Fifty secrets, each a word of its own kind that stands nowhere else."""

    def __init__(self) -> None:
        self.all: list[str] = []

    def __call__(self, kind: str) -> str:
        word = f"{kind}zq{len(self.all):02}xv"
        self.all.append(word)
        return word


def plant(desk, client) -> list[str]:
    """Put a secret into everything that a person can write, say or be known by."""
    planted = Planted()
    who = a_member_of_staff(Role.CASE_MANAGER, Role.INTAKE_OFFICER, name="Sam Example")
    actor, browser = an_actor(who), desk(person=who)
    for number in range(6):
        victim = a_victim(
            last_name="Hartwell",
            address=f"{number} {planted('road')} Road",
            email=f"{planted('mail')}@example.org",
            mobile=f"07700 9001{number:02}",
            safe_notes=f"Call after {planted('safe')}",
        )
        case = a_case(manager=who, victim=victim)
        cases.log_contact(
            case,
            channel=Channel.PHONE,
            outcome=ContactOutcome.SPOKE,
            notes=planted("note"),
            at=clock.now(),
            actor=actor,
        )
        home = people_known.get_victim(actor, victim.id).addresses[0]
        people.reveal_address(victim, home.id, reason=planted("reason"), actor=actor)
        browser.get(f"/cases/{case.reference}")
        page = browser.get(f"/people/{victim.id}/contact")
        answers = form_of(page) | {"words": planted("words")}
        assert browser.post(f"/people/{victim.id}/contact", data=answers).status_code == 302
        browser.submit("/search", words=planted("search"))
        client.submit("/sign-in", email="sam@example.org", password=planted("password"))
        browser.get(f"/cases/?whose={planted('query')}")
    planted.all += ["0770090010", "07700 90010"]
    client.get(f"/set-password/{planted('token')}")
    client.post(f"/hooks/twilio/status/{planted('token')}", data={"Body": planted("body")})
    return planted.all


@pytest.mark.proves("U-13")
def test_fifty_planted_secrets_stand_neither_in_the_log_nor_in_a_line(app, desk, client, lines):
    secrets = plant(desk, client)
    assert len(secrets) >= 50
    db.session.rollback()
    rows = [
        *db.session.execute(sa.select(*AuditEntry.__table__.c)),
        *db.session.execute(sa.select(*AuditObject.__table__.c)),
    ]
    written = "\n".join([*(str(tuple(row)) for row in rows), *lines()])
    assert len(rows) > 100
    assert '"rule": "/people/<int:victim_id>/contact"' in written
    assert [secret for secret in secrets if secret in written] == []


EVIL = (
    'Eve\r\n{"event": "forged"}',
    "Eve\x1b[31mred\x1b[0m",
    "Eve\u2028next\u2029line\x85end",
    "Eve\x00\x08\x0b",
)


@pytest.mark.proves("U-14")
@pytest.mark.parametrize("name", EVIL)
def test_a_name_made_to_forge_a_line_stays_within_one(app, lines, name):
    log = logging.getLogger("beacon.test")
    log.warning("a name", extra={"given": name})
    log.warning(name)
    try:
        raise ValueError(name)
    except ValueError:
        log.exception("a fault")
    said = lines()
    assert len(said) == 3
    assert [json.loads(one)["level"] for one in said] == ["warning", "warning", "error"]
    assert all(one.isascii() and one.isprintable() for one in said)
    assert json.loads(said[0])["given"] == name


@pytest.mark.proves("U-14")
def test_a_person_with_such_a_name_is_one_row_and_no_line(app, desk, lines):
    browser = desk(Role.CASE_MANAGER, name=EVIL[0])
    browser.get("/cases/")
    browser.get("/admin/")
    said = lines()
    assert [json.loads(one)["event"] for one in said] == ["request", "request"]
    assert refusals()[-1].actor_name == EVIL[0]
    printed = app.test_cli_runner().invoke(args=["audit", "verify"]).output
    assert len(printed.splitlines()) == 1
