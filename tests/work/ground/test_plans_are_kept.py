"""PostgreSQL keeps the plan of a statement although whoever only read has rolled back."""

from __future__ import annotations

from contextlib import suppress

import pytest
import sqlalchemy as sa

from beacon.core.db import db, transaction
from beacon.core.settings import Setting

DATABASES = ("postgresql",)
READ = sa.select(Setting.text.label("only_here")).where(Setting.name == sa.bindparam("name"))
KEPT = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%AS only_here%'"


@pytest.fixture(autouse=True)
def _a_connection_that_has_read_nothing(app):
    db.session.rollback()
    db.engine.dispose()


def kept() -> int:
    """How many plans of reading a setting this connection holds; nothing is left open."""
    try:
        return db.session.execute(sa.text(KEPT)).scalar_one()
    finally:
        db.session.rollback()


def read(times: int) -> None:
    """Read a setting as that many pages do, each in a transaction that it gives up."""
    for _ in range(times):
        db.session.execute(READ, {"name": "a.setting"}).all()
        db.session.rollback()


def test_reading_again_and_again_is_planned_once():
    read(4)
    assert kept() == 0
    read(4)
    assert kept() == 1


def test_what_is_rolled_back_is_gone():
    with suppress(KeyError), transaction() as session:
        session.add(Setting(name="a.setting", text="1"))
        session.flush()
        raise KeyError
    assert db.session.execute(READ, {"name": "a.setting"}).all() == []
    with transaction() as session:
        session.add(Setting(name="a.setting", text="2"))
    db.session.rollback()
    assert db.session.execute(READ, {"name": "a.setting"}).scalar_one() == "2"


def test_after_a_failure_everything_is_asked_anew():
    read(8)
    with pytest.raises(sa.exc.DBAPIError):
        db.session.execute(sa.text("SELECT 1/0"))
    db.session.rollback()
    assert kept() == 0
    read(8)
    assert kept() == 1


def test_a_connection_that_is_lost_is_found_out():
    with db.engine.connect() as connection:
        lost = connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
        with db.engine.connect() as other:
            other.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": lost})
        with pytest.raises(sa.exc.DBAPIError):
            connection.execute(sa.text("SELECT 1"))
    read(1)
