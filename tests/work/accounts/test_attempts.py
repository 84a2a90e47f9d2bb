"""What is tried at the door is counted before it is looked at, by all workers together."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts import commands, passwords, queries
from beacon.accounts.commands import attempts
from beacon.accounts.commands.attempts import Door
from beacon.accounts.models import AuthSession, Notice, SignInAttempt
from beacon.accounts.terms import AttemptKind, NoticeKind
from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken, Unavailable
from config import ROOT
from tests.factories import TEST, an_actor
from tests.signing_in import EMAIL, PASSWORD, a_person, counted_hashes

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TRIES = 100
WORKER = f"""
import sys
from beacon.accounts import commands
from beacon.app import create_app
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from config import Config
from tests.signing_in import counted_hashes

app = create_app(Config.from_environment())
with app.app_context():
    db.session.connection()
    db.session.rollback()
    print("ready", flush=True)
    sys.stdin.readline()
    with counted_hashes() as hashed:
        for number in range({TRIES}):
            try:
                commands.sign_in(sys.argv[1], f"wrong password {{number}}", ip="", agent="")
            except RuleBroken:
                pass
    print(len(hashed), flush=True)
"""


def at(**passed: float):
    return clock.fixed(NOON + timedelta(**passed))


def try_in(password: str, email: str = EMAIL) -> bool:
    try:
        return bool(commands.sign_in(email, password, ip="192.0.2.1", agent="a test"))
    except RuleBroken as refusal:
        assert refusal.message == commands.signing_in.WRONG  # noqa: PT017  # no other words
        return False


def a_door(person, kind: AttemptKind = AttemptKind.PASSWORD) -> Door:
    return Door(index=person.email_index, kind=kind, ip="192.0.2.1", person=person)


def fail(person, times: int, kind: AttemptKind = AttemptKind.PASSWORD) -> None:
    """Wrong tries, counted as the pages count them, without the work of a hash for each."""
    for _ in range(times):
        assert attempts.reserve(a_door(person, kind))
        attempts.was_refused(a_door(person, kind), "password")


def causes() -> list[str]:
    db.session.rollback()
    refused = sa.select(AuditEntry.facts).where(AuditEntry.action == "accounts.sign_in_refused")
    return [json.loads(facts)["why"] for facts in db.session.scalars(refused)]


def notices(person) -> list[NoticeKind]:
    return [notice.kind for notice in queries.waiting_notices(person.id)]


@pytest.mark.proves("A-11")
def test_after_nine_wrong_ones_the_right_password_lets_in_and_counts_anew(app: Flask):
    with at():
        person = a_person()
        fail(person, 9)
        assert try_in(PASSWORD)
        fail(person, 9)
        assert try_in(PASSWORD)
        assert notices(person) == []


@pytest.mark.proves("A-11")
def test_ten_wrong_ones_lock_for_fifteen_minutes_from_the_last_and_the_owner_is_told_once(
    app: Flask,
):
    with at():
        person = a_person()
        fail(person, 9)
    with at(minutes=10):
        fail(person, 1)
    for minutes in (10, 16, 24.9):
        with at(minutes=minutes), counted_hashes() as hashed:
            assert not try_in(PASSWORD)
        assert hashed == []
    assert notices(person) == [NoticeKind.LOCKED]
    assert causes() == ["password"] * 10 + ["locked"] * 3
    with at(minutes=25, seconds=1):
        assert try_in(PASSWORD)


@pytest.mark.proves("A-11")
def test_a_second_lock_is_told_again(app: Flask):
    with at():
        person = a_person()
        fail(person, 10)
    with at(minutes=20):
        fail(person, 10)
    assert notices(person) == [NoticeKind.LOCKED] * 2


def test_nine_wrong_ones_and_one_a_while_later_do_not_lock(app: Flask):
    with at():
        person = a_person()
        fail(person, 9)
    with at(minutes=16):
        fail(person, 1)
        assert try_in(PASSWORD)


@pytest.mark.proves("A-11", "A-14")
def test_an_address_that_nobody_has_locks_alike_and_tells_nobody(app: Flask):
    with at():
        door = Door(index="0" * 32, kind=AttemptKind.PASSWORD, ip="", person=None)
        taken = [attempts.reserve(door) is not None for _ in range(12)]
        attempts.was_refused(door, "unknown")
        assert taken == [True] * 10 + [False] * 2
        assert db.session.scalars(sa.select(Notice)).all() == []


@pytest.mark.proves("A-18")
def test_codes_and_passwords_are_counted_apart(app: Flask):
    with at():
        person = a_person()
        fail(person, 10, AttemptKind.CODE)
        assert try_in(PASSWORD)
        assert queries.lock_on(person.email_index, AttemptKind.CODE).is_locked
        assert not queries.lock_on(person.email_index).is_locked


@pytest.mark.proves("A-12")
def test_a_try_counts_from_before_it_is_looked_at(app: Flask):
    with at():
        person = a_person()
        assert all(attempts.reserve(a_door(person)) for _ in range(10))
        with counted_hashes() as hashed:
            assert not try_in(PASSWORD)
        assert hashed == []


@pytest.fixture
def busy(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[ExitStack]:
    """Every place in which a password may be hashed is taken, till this is closed."""
    monkeypatch.setattr(passwords, "WAIT_SECONDS", 0.01)
    with ExitStack() as taken:
        yield taken


def take_every_place(taken: ExitStack) -> None:
    for _ in range(passwords.AT_ONCE):
        taken.enter_context(passwords._Turn())


@pytest.mark.proves("A-11", "A-13")
def test_a_busy_hasher_locks_nobody_out(app: Flask, busy: ExitStack):
    with at():
        person = a_person()
        fail(person, 3)
        actor = an_actor(person)
        token = a_half_session(person)
        take_every_place(busy)
        for _ in range(12):
            with pytest.raises(Unavailable, match="Try again"):
                commands.sign_in(EMAIL, PASSWORD, ip="192.0.2.1", agent="a test")
            with pytest.raises(Unavailable):
                commands.check_password(person, PASSWORD, actor=actor)
            with pytest.raises(Unavailable):
                commands.use_recovery_code(token, "ABCD-EFGH-ABCD-EFGH-ABCD", actor=actor)
        busy.close()
        assert queries.lock_on(person.email_index).wrong == 3
        assert queries.lock_on(person.email_index, AttemptKind.CODE).wrong == 0
        assert notices(person) == []
        assert try_in(PASSWORD)


def a_half_session(person) -> str:
    """A session of the person in which the password was given: its token."""
    token = commands.new_token()
    with transaction() as session:
        session.add(
            AuthSession(
                id_hash=commands.digest(token), staff_id=person.id, last_seen_at=clock.now()
            )
        )
    return token


def another_worker(app: Flask) -> subprocess.Popen[str]:
    """A process of this installation that tries wrong passwords once it is given the word."""
    config = app.config["BEACON"]
    mine = {name: value for name, value in os.environ.items() if not name.startswith("BEACON_")}
    here = {"BEACON_INSTANCE": str(config.instance), "DATABASE_URL": config.database_url}
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, EMAIL],
        cwd=Path(ROOT),
        env=mine | here | {"BEACON_LOG": "console"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert worker.stdout
    assert worker.stdout.readline() == "ready\n"
    return worker


@pytest.mark.timeout(300)
@pytest.mark.long_on("sqlite")
@pytest.mark.proves("A-12")
def test_two_processes_count_two_hundred_wrong_tries_together(app: Flask):
    person = a_person()
    db.session.rollback()
    workers = [another_worker(app) for _ in range(2)]
    said = []
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("\n")
        worker.stdin.flush()
    for worker in workers:
        said.append(int(worker.communicate(timeout=240)[0]))
    assert sum(said) == 10
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(SignInAttempt.id))) == 10
    assert notices(person) == [NoticeKind.LOCKED]
    assert len(causes()) == 2 * TRIES


@pytest.mark.proves("A-21")
@pytest.mark.parametrize("cause", ["disabled", "ended", "no_password", "unknown", "long"])
def test_whoever_may_not_sign_in_reads_the_same_and_the_log_says_why(app: Flask, cause: str):
    with at():
        person = a_person()
        with transaction():
            if cause == "ended":
                person.ends_on = NOON.date() - timedelta(days=1)
            if cause == "no_password":
                person.password_hash = ""
        if cause == "disabled":
            commands.disable(person, actor=TEST)
        email = "nobody@example.org" if cause == "unknown" else EMAIL
        assert not try_in(PASSWORD if cause != "long" else "x" * 129, email)
        assert causes() == [cause]


@pytest.mark.proves("A-21")
def test_whoever_leaves_today_still_signs_in_today(app: Flask):
    with at():
        person = a_person()
        with transaction():
            person.ends_on = NOON.date()
        assert try_in(PASSWORD)
