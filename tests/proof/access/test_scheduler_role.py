"""Every job of the timetable, on a seeded county, as the database role of the scheduler."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from beacon.core import clock, timetable
from beacon.core.db import db
from beacon.ops import grants
from tests.servers import worker

DATABASES = ("postgresql",)
EVENING = datetime(2026, 11, 23, 17, 5, tzinfo=UTC)
SCHEDULER = f"scheduler_proof_{worker()}"
BUSY = ("send-texts", "plan-texts", "remind-managers", "raise-alarms", "anchor-log")


@pytest.mark.proves("Z-22")
def test_every_job_runs_on_a_seeded_county_as_the_scheduler(app):
    with clock.fixed(EVENING):
        loaded = app.test_cli_runner().invoke(args=["demo", "load", "--victims", "40"])
        assert loaded.exit_code == 0, loaded.output
    db.session.rollback()
    with db.engine.begin() as connection:
        known = "SELECT 1 FROM pg_roles WHERE rolname = :role"
        if not connection.scalar(sa.text(known), {"role": SCHEDULER}):
            connection.exec_driver_sql(f"CREATE ROLE {SCHEDULER}")
        for order in grants.statements(web=SCHEDULER, scheduler=SCHEDULER):
            connection.exec_driver_sql(order)
    done: dict[str, int] = {}
    failed: list[str] = []
    sa.event.listen(db.engine, "connect", _become)
    db.engine.dispose()
    try:
        for moment in (EVENING + timedelta(days=1), EVENING + timedelta(days=40)):
            with clock.fixed(moment):
                for entry in timetable.entries():
                    ran = timetable.run(entry, log=lambda *what: failed.append(str(what)))
                    done[entry.name] = done.get(entry.name, 0) + ran.done
    finally:
        sa.event.remove(db.engine, "connect", _become)
        db.session.rollback()
        db.engine.dispose()
    print("  ".join(f"{name} {count}" for name, count in sorted(done.items())))
    assert failed == []
    assert [name for name in BUSY if not done[name]] == []


def _become(connection, record) -> None:
    """From now on this connection is the scheduler's, not the owner's."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {SCHEDULER}")
    connection.commit()
