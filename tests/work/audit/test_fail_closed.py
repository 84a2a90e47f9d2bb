"""A change and its row stand or fall together; what cannot be logged is not shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit import queries
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.core.db import db, transaction
from beacon.core.errors import Unavailable
from beacon.core.roles import Role
from tests.factories import TEST, a_case, a_member_of_staff, a_victim

pytestmark = pytest.mark.on_both

SHORT = "300"  # milliseconds to wait for a lock
ON_INSERT = "CREATE TRIGGER is_full BEFORE INSERT ON audit_entry "
FULL = {
    "sqlite": (ON_INSERT + "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END",),
    "postgresql": (
        (
            "CREATE FUNCTION is_full() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE EXCEPTION 'disk full'; END$$"
        ),
        ON_INSERT + "FOR EACH ROW EXECUTE FUNCTION is_full()",
    ),
}
# A rule that is looked at only when the transaction commits, after the row of the log is in.
AT_COMMIT = (
    "CREATE TABLE parent_row (id integer PRIMARY KEY)",
    (
        "CREATE TABLE child_row (id integer PRIMARY KEY, parent_id integer "
        "REFERENCES parent_row (id) DEFERRABLE INITIALLY DEFERRED)"
    ),
)


def give(*statements: str) -> None:
    """What the owner of the tables may do, and we may not."""
    db.session.rollback()
    with db.engine.execution_options(writing=True).begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def fill_the_log() -> None:
    """From now on no row can be added to the log."""
    give(*FULL[db.engine.dialect.name])


@contextmanager
def the_log_is_locked() -> Iterator[None]:
    """Somebody else writes, and does not end; whoever waits gives up soon."""
    on_sqlite = db.engine.dialect.name == "sqlite"

    def hurry(connection, record) -> None:
        cursor = connection.cursor()
        cursor.execute(
            f"PRAGMA busy_timeout={SHORT}" if on_sqlite else f"SET lock_timeout = {SHORT}"
        )
        cursor.close()
        if not on_sqlite:
            connection.commit()

    db.session.rollback()
    db.engine.dispose()
    sa.event.listen(db.engine, "connect", hurry)
    holder = db.engine.connect().execution_options(writing=True)
    try:
        holder.begin()
        if not on_sqlite:
            holder.exec_driver_sql("LOCK TABLE audit_entry IN ACCESS EXCLUSIVE MODE")
        yield
    finally:
        holder.rollback()
        holder.close()
        sa.event.remove(db.engine, "connect", hurry)
        db.session.rollback()
        db.engine.dispose()


def state_of(case_id: int) -> tuple[int | None, int, int]:
    """Who has the case, its version, and how long the log is."""
    db.session.rollback()
    row = db.session.get_one(CaseFile, case_id)
    return row.manager_id, row.version, queries.head()[0]


def assign(case: CaseFile, manager, *then) -> None:
    """Give the case to a manager, and whatever else happens before the commit."""
    with transaction() as session:
        cases.assign_manager(case, manager, version=case.version, actor=TEST)
        session.flush()
        for statement in then:
            session.execute(sa.text(statement))


@pytest.fixture
def case(app) -> CaseFile:
    return a_case()


@pytest.fixture
def manager(app):
    return a_member_of_staff(Role.CASE_MANAGER)


@pytest.mark.proves("U-04")
def test_a_fault_after_the_change_leaves_neither_change_nor_row(case, manager):
    before = state_of(case.id)
    with pytest.raises(sa.exc.DBAPIError):
        assign(case, manager, "INSERT INTO no_such_table VALUES (1)")
    assert state_of(case.id) == before


@pytest.mark.proves("U-04")
def test_a_fault_at_the_commit_leaves_neither_change_nor_row(case, manager):
    give(*AT_COMMIT)
    before = state_of(case.id)
    with pytest.raises(sa.exc.IntegrityError):
        assign(case, manager, "INSERT INTO child_row VALUES (1, 2)")
    assert state_of(case.id) == before


@pytest.mark.proves("U-04")
def test_a_fault_in_the_row_of_the_log_leaves_neither_change_nor_row(case, manager):
    fill_the_log()
    before = state_of(case.id)
    with pytest.raises(sa.exc.DBAPIError, match="full"):
        assign(case, manager)
    assert state_of(case.id) == before


@pytest.mark.proves("U-04")
def test_without_a_fault_there_are_both(case, manager):
    before = state_of(case.id)
    assign(case, manager)
    after = state_of(case.id)
    assert (after[0], after[1] > before[1], after[2] > before[2]) == (manager.id, True, True)


def test_nothing_is_shown_when_the_log_is_gone(app):
    give("ALTER TABLE audit_entry RENAME TO audit_gone")
    with pytest.raises(Unavailable):
        audit.shown(TEST, "case_file", [1], ("name",))


@pytest.mark.proves("U-05")
def test_a_page_whose_reading_cannot_be_written_is_not_shown(app, desk, manager):
    case = a_case(manager=manager, victim=a_victim(last_name="Hartwell"))
    reference, victim_id = case.reference, case.victim_id
    browser = desk(person=manager)
    pages = (f"/cases/{reference}", "/cases/", f"/people/{victim_id}/contact")
    assert all("Hartwell" in browser.get(page).get_data(as_text=True) for page in pages)
    fill_the_log()
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 503, page
        assert "Hartwell" not in answer.get_data(as_text=True)


@pytest.mark.proves("U-05")
def test_a_page_is_not_shown_while_the_log_is_locked(app, desk, manager):
    case = a_case(manager=manager, victim=a_victim(last_name="Hartwell"))
    reference = case.reference
    browser = desk(person=manager)
    with the_log_is_locked():
        answer = browser.get(f"/cases/{reference}")
        assert answer.status_code == 503
        assert "Hartwell" not in answer.get_data(as_text=True)
    assert browser.get(f"/cases/{reference}").status_code == 200
