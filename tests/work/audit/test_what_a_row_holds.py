"""What one row of the log says: who, what, which record and which fields, and nothing more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from structlog.contextvars import bound_contextvars, clear_contextvars

from beacon.accounts.models import Team
from beacon.audit import commands as audit
from beacon.audit.models import AuditEntry
from beacon.audit.terms import Operation, Outcome
from beacon.core import clock
from beacon.core.actor import Actor, machine
from beacon.core.db import db, transaction
from beacon.core.errors import Unavailable

SAM = Actor(kind="staff", name="Sam Example", id=7, session="a1b2", ip="192.0.2.7")
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def rows() -> list[AuditEntry]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq)))


def the_row() -> AuditEntry:
    (row,) = rows()
    return row


def changed(**known: object) -> AuditEntry:
    with transaction():
        audit.record("thing.painted", ("thing", 5), SAM, **known)
    return the_row()


def test_a_change_says_who_and_when_and_what(app: Flask):
    clear_contextvars()  # outside a request there is no reference
    with clock.fixed(NOON):
        row = changed(fields=["colour", "gloss"])
    assert (row.actor_kind, row.actor_id, row.actor_name) == ("staff", 7, "Sam Example")
    assert (row.session, row.ip, row.moment) == ("a1b2", "192.0.2.7", NOON)
    assert (row.action, row.object_type, row.object_id) == ("thing.painted", "thing", "5")
    assert (row.operation, row.outcome) == (Operation.ALTERATION, Outcome.DONE)
    assert (row.facts, row.reason, row.request_id) == ('{"fields":["colour","gloss"]}', "", "")


def test_what_else_is_known_is_kept_as_figures_and_words_in_one_order(app: Flask):
    day = NOON.date()
    row = changed(was=3, to=None, on=day, also=[1, 2], asked=True, by="x")
    assert row.facts == '{"also":[1,2],"asked":true,"by":"x","on":"2026-11-24","was":3}'


def test_operation_outcome_and_reason_are_kept_as_given(app: Flask):
    row = changed(operation=Operation.ERASURE, outcome=Outcome.REFUSED, reason="Asked to")
    assert (row.operation, row.outcome, row.reason) == ("erasure", "refused", "Asked to")


def test_a_new_record_is_named_by_the_number_it_was_given(app: Flask):
    with transaction() as session:
        team = Team(name="North")
        session.add(team)
        audit.record("team.made", team, SAM)
        made = team.id
    assert (the_row().object_type, the_row().object_id) == ("team", str(made))


def test_a_long_name_is_cut_and_a_machine_has_no_session(app: Flask):
    with transaction():
        audit.record("thing.swept", ("thing", "all"), machine("m" * 150))
    row = the_row()
    assert (row.actor_name, row.actor_kind, row.actor_id) == ("m" * 100, "machine", None)
    assert (row.session, row.ip) == ("", "")


def test_the_request_is_named_in_every_row_that_it_caused(app: Flask):
    with bound_contextvars(request_id="r" * 50):
        row = changed()
    assert row.request_id == "r" * 40


def test_one_record_that_was_shown_is_named_by_its_number(app: Flask):
    audit.shown(SAM, "victim", [41], ("name", "contact"), reason="She rang")
    row = the_row()
    assert (row.action, row.object_type, row.object_id) == ("victim.shown", "victim", "41")
    assert (row.operation, row.outcome) == (Operation.CONSULTATION, Outcome.DONE)
    assert (row.facts, row.reason) == ('{"fields":["name","contact"]}', "She rang")


def test_every_record_of_a_list_that_was_shown_is_named(app: Flask):
    audit.shown(SAM, "case_file", [3, 1, 2], ("name",), action="case.listed")
    row = the_row()
    assert (row.action, row.object_id, row.reason) == ("case.listed", "3 rows", "")
    assert row.facts == '{"fields":["name"],"ids":["3","1","2"]}'


def test_where_nothing_was_shown_nothing_is_written(app: Flask):
    audit.shown(SAM, "case_file", [], ("name",))
    assert rows() == []


def test_a_refusal_says_what_was_asked_for(app: Flask):
    audit.refused("page.refused", ("page", "cases.show"), SAM, status=404)
    row = the_row()
    assert (row.action, row.object_type, row.object_id) == ("page.refused", "page", "cases.show")
    assert (row.operation, row.outcome) == (Operation.CONSULTATION, Outcome.REFUSED)
    assert (row.facts, row.reason) == ('{"status":404}', "")


def paint_and_fail() -> None:
    with transaction():
        audit.record("thing.broken", ("thing", 1), SAM)
        raise ZeroDivisionError


@pytest.mark.proves("U-04")
def test_what_was_undone_is_not_written_by_the_next_change_either(app: Flask):
    with pytest.raises(ZeroDivisionError):
        paint_and_fail()
    with transaction():
        audit.record("thing.painted", ("thing", 2), SAM)
    assert the_row().action == "thing.painted"


@pytest.mark.proves("U-05")
def test_a_person_is_told_that_nothing_is_shown_while_the_log_cannot_be_written(app: Flask):
    with db.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE audit_entry RENAME TO audit_gone")
    with pytest.raises(Unavailable, match=r"Beacon cannot write its log .*, so it shows nothing\."):
        audit.shown(SAM, "victim", [41], ("name",))
