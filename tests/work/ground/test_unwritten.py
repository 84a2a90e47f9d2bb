"""What is made to be written elsewhere reads without holding anybody up, and writes nothing."""

from __future__ import annotations

from contextlib import suppress

import pytest
import sqlalchemy as sa

from beacon.core.db import db, transaction, unwritten
from beacon.core.settings import Setting


def put(name: str) -> None:
    with transaction() as session:
        session.add(Setting(name=name, text="1"))


def names() -> set[str]:
    found = set(db.session.scalars(sa.select(Setting.name)))
    db.session.rollback()
    return found


def test_a_read_holds_no_journal_back(app):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no journal that a reader keeps from beginning anew")
    put("before")
    assert db.session.scalars(sa.select(Setting.name)).all()  # of before, and left behind
    with unwritten(), db.engine.connect() as beside:
        assert db.session.scalars(sa.select(Setting.name)).all()
        driver = beside.connection.dbapi_connection
        assert driver is not None
        busy, left, kept = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert (busy, left, kept) == (0, 0, 0)


def test_commands_join_it_and_nothing_of_theirs_is_kept(app):
    held = names()
    with suppress(sa.exc.OperationalError), unwritten():
        put("only made")
    assert names() == held
    put("made and kept")
    assert names() == {*held, "made and kept"}


def test_a_write_past_the_session_is_refused_where_nothing_would_take_it_back(app):
    held = names()
    with suppress(sa.exc.OperationalError), unwritten():
        db.session.connection().exec_driver_sql("DELETE FROM setting")
    assert names() == held
