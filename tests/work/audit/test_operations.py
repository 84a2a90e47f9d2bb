"""The six operations of the Act, each written once; reads name every record that they show."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from beacon.accounts import commands as accounts
from beacon.accounts.models import AuthSession
from beacon.audit.models import AuditEntry
from beacon.audit.terms import Operation
from beacon.cases import commands as cases
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.notify import commands as notify
from beacon.people import commands as people
from beacon.people.rules import PersonFacts
from beacon.people.terms import Fact
from tests.factories import a_case, a_member_of_staff, a_victim, an_actor
from tests.provider import kind as texting

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
SIX = {"collection", "alteration", "consultation", "disclosure", "combination", "erasure"}


def rows_since(seq: int = 0) -> list[AuditEntry]:
    db.session.rollback()
    query = sa.select(AuditEntry).where(AuditEntry.seq > seq).order_by(AuditEntry.seq)
    return list(db.session.scalars(query))


def last_seq() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.coalesce(sa.func.max(AuditEntry.seq), 0)))


Order = Callable[[], tuple[str, int]]


def collect(who: Actor) -> Order:
    facts = PersonFacts(first_name="Alex", last_name="Sample", date_of_birth=date(1980, 5, 1))
    return lambda: ("victim", people.register(facts, source="person", actor=who).id)


def alter(who: Actor) -> Order:
    case, leader = a_case(), a_member_of_staff(Role.CASE_MANAGER)

    def order() -> tuple[str, int]:
        cases.assign_manager(case, leader, version=case.version, actor=who)
        return "case_file", case.id

    return order


def combine(who: Actor) -> Order:
    one, other = a_victim(), a_victim()
    return lambda: ("person_link", people.link(one, other, facts=[Fact.NAME], actor=who).id)


@pytest.mark.proves("U-01")
def test_the_words_are_those_of_the_act():
    assert {word.value for word in Operation} == SIX


@pytest.mark.proves("U-01")
@pytest.mark.parametrize(
    ("operation", "prepare"),
    [("collection", collect), ("alteration", alter), ("combination", combine)],
)
def test_an_order_is_written_once_with_who_when_what_and_how_it_ended(app, operation, prepare):
    who = a_member_of_staff(Role.CASE_MANAGER, Role.TEAM_LEADER)
    order = prepare(an_actor(who))
    since = last_seq()
    with clock.fixed(NOW):
        kind, number = order()
    found = [row for row in rows_since(since) if row.operation == operation]
    assert [(row.object_type, row.object_id, row.outcome) for row in found] == [
        (kind, str(number), "done")
    ]
    assert (found[0].actor_kind, found[0].actor_id, found[0].actor_name) == (
        "staff",
        who.id,
        who.name,
    )
    assert found[0].at == "2026-11-23T10:30:00.000000+00:00"


@pytest.mark.proves("U-01")
def test_a_text_that_leaves_is_one_disclosure(app):
    texting.register()
    with clock.fixed(texting.EVENING):
        number = texting.a_text().id
        since = last_seq()
        assert notify.send_due() == 1
    found = [row for row in rows_since(since) if row.operation == "disclosure"]
    assert [(row.object_type, row.object_id, row.outcome) for row in found] == [
        ("outbound_text", str(number), "done")
    ]


@pytest.mark.proves("U-01")
def test_an_erasure_is_written_once_and_holds_nothing_of_what_is_gone(app):
    who = a_member_of_staff()
    with transaction() as session:
        session.add(
            AuthSession(id_hash="a" * 64, staff_id=who.id, last_seen_at=NOW, ip="192.0.2.77")
        )
    since = last_seq()
    with clock.fixed(NOW + timedelta(days=40)):
        assert accounts.sweep_sessions() == 1
    found = rows_since(since)
    assert [(row.operation, row.object_type, row.outcome) for row in found] == [
        ("erasure", "auth_session", "done")
    ]
    assert "192.0.2.77" not in str(vars(found[0]))


@pytest.mark.proves("U-01", "U-02")
def test_a_page_is_written_once_with_its_request_and_the_fields_that_it_showed(app, desk):
    who = a_member_of_staff(Role.CASE_MANAGER)
    case = a_case(manager=who)
    browser = desk(person=who)
    since = last_seq()
    answer = browser.get(f"/cases/{case.reference}")
    found = rows_since(since)
    assert [(row.operation, row.action, row.object_id) for row in found] == [
        ("consultation", "case.shown", str(case.id))
    ]
    assert found[0].request_id == answer.headers["X-Request-Id"]
    assert {"people.name", "people.contact"} <= set(json.loads(found[0].facts)["fields"])
    assert (found[0].session != "", found[0].ip) == (True, "127.0.0.1")


@pytest.mark.proves("U-02")
def test_a_list_and_a_search_name_every_record_that_they_showed(app, desk):
    who = a_member_of_staff(Role.CASE_MANAGER)
    cases_held = [a_case(manager=who, victim=a_victim(last_name="Hartwell")) for _ in range(20)]
    ids = {str(case.id) for case in cases_held}
    browser = desk(person=who)
    since = last_seq()
    browser.get("/cases/")
    browser.submit("/search", words="Hartwell")
    listed, found = rows_since(since)
    assert (listed.action, found.action) == ("case.listed", "case.found")
    for row in (listed, found):
        assert set(json.loads(row.facts)["ids"]) == ids
        assert json.loads(row.facts)["fields"] == ["people.name"]


@pytest.mark.proves("U-02")
def test_a_search_that_finds_nobody_is_written_down_too(app, desk):
    browser = desk(Role.CASE_MANAGER)
    since = last_seq()
    browser.submit("/search", words="Nobody of that name")
    found = rows_since(since)
    assert [(row.action, row.object_id) for row in found] == [("case.found", "0 rows")]
    assert "Nobody" not in str(vars(found[0]))
