"""Every way into the log has its index, however long the log is."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit import queries
from beacon.audit.queries import LogSearch
from beacon.core.db import db
from tests.factories import TEST, a_member_of_staff, an_actor
from tests.work.audit.tampering import write

RECORDS = [("case_file", "7"), ("victim", "8"), ("case_reference", "BCN-22222")]


def plan_of(ask) -> str:
    """How the database finds what is asked, for the last statement that the question sends."""
    sent: list[tuple[str, object]] = []

    def note(connection, cursor, statement, parameters, *rest) -> None:
        sent.append((statement, parameters))

    sa.event.listen(db.engine, "before_cursor_execute", note)
    ask()
    sa.event.remove(db.engine, "before_cursor_execute", note)
    statement, parameters = sent[-1]
    on_sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as connection:
        order = "EXPLAIN QUERY PLAN " if on_sqlite else "EXPLAIN "
        return "\n".join(
            str(tuple(row)) for row in connection.exec_driver_sql(order + statement, parameters)
        )


@pytest.fixture
def long_log(app):
    """Enough rows that the database would rather not read them all."""
    who = an_actor(a_member_of_staff())
    write(3_000, at_once=True)
    audit.shown(who, "case_file", range(1, 60), ("people.name",), action="case.listed")
    audit.shown(who, "case_file", [7], ("people.name",), action="case.shown")
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    return who


@pytest.mark.proves("U-20")
@pytest.mark.parametrize("ask", ["seen", "search"])
def test_a_record_is_found_by_two_indexes_and_nothing_is_read_through(long_log, ask):
    asked = {
        "seen": lambda: queries.seen(RECORDS),
        "search": lambda: LogSearch(records=RECORDS).page(),
    }
    plan = plan_of(asked[ask])
    assert "ix_audit_entry_object" in plan
    assert "audit_object" in plan
    for reading_through in ("SCAN audit_entry", "SCAN audit_object", "Seq Scan on audit_entry"):
        assert reading_through not in plan, plan


@pytest.mark.proves("U-20")
def test_the_list_is_whole_and_the_newest_first(long_log):
    assert [line.action for line in queries.seen(RECORDS)] == ["case.shown", "case.listed"]
    audit.shown(TEST, "victim", [8], (), action="victim.contact_shown")
    audit.refused("page.refused", ("page", "cases.show"), long_log, reference="BCN-22222")
    db.session.rollback()
    found = [line.action for line in queries.seen(RECORDS)]
    assert found == ["page.refused", "victim.contact_shown", "case.shown", "case.listed"]
    assert [one.name for one in queries.by_person(queries.seen(RECORDS))] == [
        long_log.name,
        TEST.name,
    ]


def test_one_person_is_found_by_an_index(long_log):
    assert "ix_audit_entry_actor" in plan_of(lambda: LogSearch(person_id=long_log.id).page())


def test_nothing_is_found_of_a_record_that_is_none(long_log):
    assert queries.seen([]) == []
    assert len(LogSearch(records=()).page()) == 0
