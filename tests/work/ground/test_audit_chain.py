"""The log: it grows in a line, it cannot be changed, and a change made behind its back is found."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit import queries
from beacon.core.db import db, transaction
from beacon.core.errors import Unavailable
from tests.factories import TEST, a_member_of_staff


def the_verdict(app) -> queries.Verdict:
    return queries.verify(queries.keyed(*app.config["BEACON"].audit_keys))


def write(count: int) -> None:
    for number in range(count):
        with transaction():
            audit.record("test.done", ("thing", number), TEST, fields=("colour",))


def drop_triggers(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TRIGGER audit_entry_keeps_update")
        connection.exec_driver_sql("DROP TRIGGER audit_entry_keeps_delete")
    else:
        connection.exec_driver_sql("DROP TRIGGER audit_entry_keeps_rows ON audit_entry")


def by_force(statement: str) -> None:
    db.session.rollback()
    with db.engine.execution_options(writing=True).begin() as connection:
        drop_triggers(connection)
        connection.exec_driver_sql(statement)


def test_an_untouched_log_holds(app):
    write(20)
    assert the_verdict(app) == queries.Verdict(rows=20, ok=True, first_bad_seq=None)


def test_a_row_cannot_be_changed_or_removed(app):
    write(1)
    for statement in ("UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"):
        with pytest.raises(sa.exc.DBAPIError), db.engine.begin() as connection:
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("statement", "bad"),
    [
        ("UPDATE audit_entry SET facts = replace(facts, 'colour', 'colout') WHERE seq = 7", 7),
        ("UPDATE audit_entry SET operation = 'nothing' WHERE seq = 3", 3),
        ("DELETE FROM audit_entry WHERE seq = 5", 5),
        ("UPDATE audit_entry SET seq = 99 WHERE seq = 10", 10),
    ],
)
def test_a_change_by_force_is_named_by_its_row(app, statement, bad):
    write(10)
    by_force(statement)
    verdict = the_verdict(app)
    assert (verdict.ok, verdict.first_bad_seq) == (False, bad)


def test_a_cut_tail_is_found_by_the_head_kept_elsewhere(app):
    write(10)
    head = dict([queries.head()])
    by_force("DELETE FROM audit_entry WHERE seq > 8")
    assert the_verdict(app).ok
    keys = queries.keyed(*app.config["BEACON"].audit_keys)
    assert queries.verify(keys, head).first_bad_seq == 9


def test_writers_side_by_side_leave_one_line(app):
    def work(_: int) -> None:
        with app.app_context():
            write(25)
            db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert the_verdict(app) == queries.Verdict(rows=200, ok=True, first_bad_seq=None)


def test_what_is_shown_is_written_before_it_is_shown(app):
    person = a_member_of_staff()
    before = queries.head()[0]
    audit.shown(TEST, "case_file", [1, 2], ("name",))
    db.session.rollback()
    assert queries.head()[0] == before + 1
    assert person.id


def test_nothing_is_shown_when_the_log_cannot_be_written(app):
    with db.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE audit_entry RENAME TO audit_gone")
    with pytest.raises(Unavailable):
        audit.shown(TEST, "case_file", [1], ("name",))


def fail_after_recording() -> None:
    with transaction():
        audit.record("test.done", ("thing", 1), TEST)
        raise ZeroDivisionError


def test_a_change_that_fails_leaves_no_entry(app):
    with pytest.raises(ZeroDivisionError):
        fail_after_recording()
    assert queries.head()[0] == 0


def test_an_entry_outside_a_transaction_is_a_fault(app):
    with pytest.raises(RuntimeError):
        audit.record("test.done", ("thing", 1), TEST)
