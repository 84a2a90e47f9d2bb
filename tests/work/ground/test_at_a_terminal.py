"""Commands that do nothing say why in one line, on stderr alone, with status 2 (contract 2)."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from beacon.accounts.models import Staff
from beacon.core.db import db, transaction

WRONG_USE = (
    ("referrals", "import"),
    ("referrals", "import", "list.csv", "--feed", "neighbours"),
    ("courts", "import", "list.csv", "--loud"),
    ("audit", "verify", "--anchor", "/no/such/file"),
    ("entitlements", "due"),
    ("accounts", "create", "someone@example.org", "--name", "Someone", "--role", "wizard"),
    ("scheduler", "tock"),
    ("doctor", "--loud"),
)
NEED_TABLES = (
    ("referrals", "import", "list.csv", "--feed", "police", "--json"),
    ("courts", "import", "list.csv", "--json"),
    ("scheduler", "tick", "--json"),
    ("notify", "outbox", "--json"),
    ("notify", "reconcile", "--json"),
    ("audit", "verify", "--json"),
    ("accounts", "list"),
    ("cases", "overdue", "--json"),
    ("demo", "load"),
)


def run(app: Flask, *words: str, typed: str = "") -> Result:
    return app.test_cli_runner().invoke(args=list(words), input=typed)


def is_one_line_and_nothing_done(answer: Result) -> bool:
    return (answer.exit_code, answer.stdout, len(answer.stderr.splitlines())) == (2, "", 1)


@pytest.mark.parametrize("words", WRONG_USE, ids=" ".join)
def test_a_command_used_wrongly_says_so_in_one_line(app: Flask, words: tuple[str, ...]):
    answer = run(app, *words)
    assert is_one_line_and_nothing_done(answer), answer.output
    assert "--help" in answer.stderr


@pytest.mark.parametrize("words", NEED_TABLES, ids=" ".join)
def test_a_database_without_its_tables_is_one_clear_line(app: Flask, words: tuple[str, ...]):
    with transaction() as session:
        session.execute(sa.text("DELETE FROM alembic_version"))
    answer = run(app, *words)
    assert is_one_line_and_nothing_done(answer), answer.output
    assert "flask db upgrade" in answer.stderr


def test_a_database_behind_the_program_is_not_worked_on(app: Flask):
    with transaction() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    answer = run(app, "scheduler", "tick")
    assert is_one_line_and_nothing_done(answer)
    assert "is at 0000" in answer.stderr


def test_the_calendar_of_the_code_asks_for_no_database(app: Flask):
    with transaction() as session:
        session.execute(sa.text("DELETE FROM alembic_version"))
    answer = run(app, "entitlements", "due", "R6_ARREST", "2026-11-20T10:00", "--json")
    assert json.loads(answer.stdout)["due_on"] == "2026-11-27"


def test_an_account_whose_password_is_refused_is_not_made(app: Flask):
    order = ("accounts", "create", "a@example.org", "--name", "A", "--role", "auditor")
    answer = run(app, *order, "--password-stdin", typed="short\n")
    assert is_one_line_and_nothing_done(answer)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Staff)) == 0
    assert run(app, *order).exit_code == 0
