"""Migrations: the head is the models, each goes up and down, two at once do no harm."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from beacon.app import create_app
from beacon.core.db import Base, db
from beacon.core.reference_rows import environment_of_database
from config import ROOT, Config
from tests import servers

HEAD = ScriptDirectory(str(ROOT / "migrations")).get_current_head()


@pytest.fixture
def empty(database_kind: str, tmp_path: Path) -> Flask:
    """The application on a database in which nothing has been made."""
    environment = {"BEACON_INSTANCE": str(tmp_path), "BEACON_LOG": "console"}
    if database_kind == "postgresql":
        environment["DATABASE_URL"] = servers.new_database("empty")
    app = create_app(Config.from_environment(environment))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def what_is_there() -> dict[str, list[str]]:
    inspector = sa.inspect(db.engine)
    return {
        table: sorted(column["name"] for column in inspector.get_columns(table))
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def write_row(seq: int, facts: str) -> None:
    values = (
        "'2026', 'staff', 1, 'Sam', '', '', 'x', 'consultation', 'victim', '2 rows', '', 'done'"
    )
    with db.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO audit_entry (seq, at, actor_kind, actor_id, actor_name, session, ip, "
            "action, operation, object_type, object_id, reason, outcome, request_id, key_id, "
            f"previous, mac, facts) VALUES ({seq}, {values}, '', '', '', '', '{facts}')"
        )


def test_the_head_file_names_the_last_migration():
    assert (ROOT / "migrations" / ".head").read_text().strip() == HEAD


def test_the_head_is_what_the_models_say(empty):
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_each_migration_goes_up_down_and_up(empty):
    upgrade()
    first = what_is_there()
    downgrade(revision="base")
    assert what_is_there() == {}
    upgrade()
    assert what_is_there() == first != {}


def test_an_upgrade_marks_whose_database_it_is_and_loads_the_courts(empty):
    upgrade()
    assert environment_of_database() == "demo"
    count = db.session.scalar(sa.text("SELECT count(*) FROM court"))
    db.session.rollback()
    upgrade()
    assert db.session.scalar(sa.text("SELECT count(*) FROM court")) == count >= 7


def test_a_downgrade_and_an_upgrade_keep_the_rows(empty):
    upgrade()
    with db.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO team (name, created_at) VALUES ('North', '2026-11-22 10:00:00')"
        )
    downgrade(revision="0001")
    upgrade()
    assert db.session.scalar(sa.text("SELECT name FROM team")) == "North"


@pytest.mark.proves("U-20")
def test_an_upgrade_finds_again_by_its_record_what_the_log_named_among_others(empty):
    upgrade(revision="0002")
    facts = '{"case_id":5,"fields":["name"],"ids":["7","8"],"reference":"BCN-22222"}'
    write_row(1, facts)
    upgrade()
    rows = db.session.execute(sa.text("SELECT object_type, object_id, seq FROM audit_object"))
    assert {tuple(row) for row in rows} == {
        ("victim", "7", 1),
        ("victim", "8", 1),
        ("case_file", "5", 1),
        ("case_reference", "BCN-22222", 1),
    }


@pytest.mark.proves("U-07")
def test_an_upgrade_goes_on_over_a_row_below_the_first_and_lets_no_other_in(empty):
    upgrade(revision="0003")
    write_row(-7, "{}")
    upgrade()
    with pytest.raises(sa.exc.DBAPIError, match="counts_from_one"):
        write_row(-8, "{}")
    assert db.session.scalar(sa.text("SELECT count(*) FROM audit_entry")) == 1


@pytest.mark.timeout(600)
def test_two_upgrades_at_once_make_one_schema(empty, tmp_path):
    url = db.engine.url.render_as_string(hide_password=False)
    environment = os.environ | {"BEACON_INSTANCE": str(tmp_path), "DATABASE_URL": url}
    order = [sys.executable, "-m", "flask", "db", "upgrade"]
    started = [
        subprocess.Popen(order, cwd=ROOT, env=environment, stderr=subprocess.PIPE) for _ in range(2)
    ]
    said = [process.communicate(timeout=300)[1].decode() for process in started]
    assert [process.returncode for process in started] == [0, 0], said
    with db.engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == HEAD
