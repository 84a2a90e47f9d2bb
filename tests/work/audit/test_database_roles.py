"""On PostgreSQL the web and the scheduler are roles of their own, which can do what they must."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from beacon.accounts import commands as accounts
from beacon.audit import commands as audit
from beacon.audit import queries as log
from beacon.audit.models import AuditEntry
from beacon.core import timetable
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.feeds import commands as feeds
from beacon.ops import anchored, grants
from beacon.referrals.imports import send_in
from config import ROOT
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
from tests.servers import worker

DATABASES = ("postgresql",)
WEB, SCHEDULER = f"web_{worker()}", f"scheduler_{worker()}"
LOG = sorted(grants.ONLY_GROW)


@pytest.fixture
def roles(app) -> Iterator[None]:
    """Both roles, with their rights and no others."""
    with db.engine.begin() as connection:
        for role in (WEB, SCHEDULER):
            known = "SELECT 1 FROM pg_roles WHERE rolname = :role"
            if not connection.scalar(sa.text(known), {"role": role}):
                connection.exec_driver_sql(f"CREATE ROLE {role}")
    grants.give(db.engine, grants.statements(web=WEB, scheduler=SCHEDULER))
    yield
    db.session.rollback()


@contextmanager
def as_role(role: str) -> Iterator[None]:
    """Every connection of the application is this role, not the owner of the tables."""

    def become(connection: Any, record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {role}")
        connection.commit()

    db.session.rollback()
    db.engine.dispose()
    sa.event.listen(db.engine, "connect", become)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "connect", become)
        db.session.rollback()
        db.engine.dispose()


def refusal_of(statement: str) -> str:
    """What the database says to a statement that this role may not give."""
    with pytest.raises(sa.exc.ProgrammingError) as refused, db.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    return str(refused.value.orig)


@pytest.mark.proves("U-06", "Z-22")
@pytest.mark.parametrize("role", [WEB, SCHEDULER], ids=["web", "scheduler"])
def test_no_role_may_change_or_empty_what_only_grows(roles, role):
    with as_role(role):
        said = [
            refusal_of(statement)
            for table in LOG
            for statement in (
                f"UPDATE {table} SET {'seq = seq' if table.startswith('audit') else 'id = id'}",
                f"DELETE FROM {table}",
                f"TRUNCATE {table}",
                f"DROP TABLE {table}",
                f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            )
        ]
    assert [
        one for one in said if "permission denied" not in one and "must be owner" not in one
    ] == []


@pytest.mark.proves("U-06")
def test_the_web_role_makes_no_table_and_takes_none_away(roles):
    with as_role(WEB):
        assert "permission denied" in refusal_of("CREATE TABLE mine (id int)")
        assert "must be owner" in refusal_of("DROP TABLE case_file")
        assert "permission denied" in refusal_of("UPDATE alembic_version SET version_num = '0001'")


@pytest.mark.proves("Z-22")
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO auth_session (id_hash, staff_id) VALUES ('x', 1)",
        "UPDATE auth_session SET revoked_at = NULL",
        "SELECT * FROM second_factor",
        "SELECT * FROM recovery_code",
        "UPDATE staff SET disabled_at = NULL",
        "INSERT INTO staff_role (staff_id, role, created_at) VALUES (1, 'team_leader', now())",
        "UPDATE staff SET password_hash = ''",
        "UPDATE setting SET text = 'no'",
        "UPDATE loss SET amount_pence = 0",
        "CREATE TABLE mine (id int)",
    ],
)
def test_the_scheduler_makes_no_session_reads_no_factor_and_writes_no_account(roles, statement):
    with as_role(SCHEDULER):
        assert "permission denied" in refusal_of(statement)


@pytest.mark.proves("Z-22")
def test_a_file_is_taken_in_and_every_other_job_runs_as_the_scheduler(app, roles):
    officer = a_member_of_staff(Role.INTAKE_OFFICER)
    rows = (ROOT / "tests/data/police.csv").read_bytes().splitlines(keepends=True)
    actor = an_actor(officer)
    batch_id = send_in("police", b"".join(rows[:6]), file_name="police.csv", actor=actor)
    feeds.confirm_batch(batch_id, leave_out=True, actor=actor)
    accounts.ask_for_reset(officer.email, ip="127.0.0.1")
    failed: list[str] = []
    with as_role(SCHEDULER):
        done = {
            entry.name: timetable.run(entry, log=lambda *what: failed.append(str(what))).done
            for entry in timetable.entries()
        }
    assert failed == []
    assert (done["import-uploads"], done["anchor-log"], done["send-resets"]) == (1, 1, 1)
    assert db.session.scalar(sa.text("SELECT count(*) FROM victim")) > 0


@pytest.mark.proves("Z-22")
def test_every_table_is_either_for_the_scheduler_or_kept_from_it(app):
    decided = {*grants.for_scheduler(), *grants.KEPT_FROM_SCHEDULER}
    assert set(grants.tables()) - decided == set()
    assert decided - set(grants.tables()) == set()


@pytest.mark.proves("U-06")
def test_the_web_role_shows_pages_and_saves_what_is_typed(app, roles, desk, client):
    manager = a_member_of_staff(Role.CASE_MANAGER, Role.TEAM_LEADER)
    case = a_case(manager=manager, victim=a_victim(last_name="Hartwell"))
    auditor = a_member_of_staff(Role.AUDITOR)
    with as_role(WEB):
        browser = desk(person=manager)
        for address in ("/", "/cases/", f"/cases/{case.reference}", "/hearings/", "/reports"):
            assert browser.get(address).status_code in {200, 404}, address
        assert "Hartwell" in browser.submit("/search", words="Hartwell").get_data(as_text=True)
        assert browser.submit(f"/people/{case.victim_id}/contact").status_code == 302
        assert desk(person=auditor).get("/oversight/log").status_code == 200
        assert client.get("/sign-in").status_code == 200
        assert anchored.rights().state == "ok"
    assert anchored.rights().state == "warning"
    assert log.verify(log.keyed(*audit.audit_keys())).ok


def test_grants_given_twice_are_the_same_grants(roles):
    def held() -> list[tuple[str, str, str]]:
        asked = (
            "SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants "
            f"WHERE grantee IN ('{WEB}', '{SCHEDULER}') ORDER BY 1, 2, 3"
        )
        with db.engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(asked)]

    first = held()
    grants.give(db.engine, grants.statements(web=WEB, scheduler=SCHEDULER))
    assert held() == first != []


def test_the_statements_are_printed_and_a_word_that_is_no_role_is_refused(app):
    run = app.test_cli_runner().invoke
    printed = run(args=["ops", "grants", "--web", "beacon_web", "--print"])
    assert "GRANT SELECT, INSERT ON audit_entry TO beacon_web;" in printed.output
    refused = run(args=["ops", "grants", "--web", "x; DROP TABLE staff"])
    assert (refused.exit_code, refused.stdout) == (2, "")
    unknown = run(args=["ops", "grants", "--web", "nobody_of_that_name"])
    assert (unknown.exit_code, unknown.stdout) == (2, "")


def test_the_web_role_may_add_to_the_log(roles):
    with as_role(WEB):
        with transaction():
            audit.record("test.done", ("thing", 1), TEST)
        audit.shown(TEST, "thing", [1, 2], ("colour",))
        lines = sa.select(AuditEntry.action).order_by(AuditEntry.seq.desc()).limit(2)
        assert list(db.session.scalars(lines)) == ["thing.shown", "test.done"]
