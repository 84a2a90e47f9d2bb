"""What a command does to a session that another ends at the same moment, and the nightly sweep."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts import commands, queries, totp
from beacon.accounts.models import AuthSession, SecondFactor
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from tests.factories import TEST, an_actor
from tests.signing_in import a_person

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(app: Flask):
    with clock.fixed(NOON):
        yield


def a_session(person, **known: object) -> str:
    """A living session of the person: its token."""
    token = commands.new_token()
    usual = {"last_seen_at": clock.now(), "proved_at": clock.now(), "mfa_at": clock.now()}
    with transaction() as session:
        session.add(
            AuthSession(id_hash=commands.digest(token), staff_id=person.id, **usual | known)
        )
    return token


def row_of(token: str) -> AuthSession:
    db.session.rollback()
    query = sa.select(AuthSession).where(AuthSession.id_hash == commands.digest(token))
    return db.session.scalars(query).one()


def elsewhere(app: Flask, work: Callable[[], object]) -> None:
    """Do this in another worker, to its end."""

    def there() -> None:
        with app.app_context():
            work()

    thread = threading.Thread(target=there)
    thread.start()
    thread.join()


@pytest.mark.proves("S-10")
def test_a_request_in_flight_does_not_revive_the_session_that_was_ended_meanwhile(app: Flask):
    person = a_person()
    token = a_session(person)
    in_flight = queries.live_session(commands.digest(token))
    assert in_flight is not None
    assert in_flight.revoked_at is None
    elsewhere(app, lambda: commands.sign_out(token, actor=TEST))
    with clock.fixed(NOON + timedelta(minutes=5)):
        commands.touch(in_flight)
    row = row_of(token)
    assert (row.revoked_at, row.last_seen_at) == (NOON, NOON)


@pytest.mark.proves("S-10")
def test_an_ended_session_is_given_no_new_token(app: Flask):
    token = a_session(a_person())
    commands.sign_out(token, actor=TEST)
    with pytest.raises(RuleBroken, match="has ended"):
        commands.renew(token)
    assert row_of(token).revoked_at == NOON


@pytest.mark.proves("S-15")
def test_ten_thousand_sessions_of_last_month_are_swept_and_no_living_one(app: Flask):
    person = a_person()
    old = NOON - timedelta(days=32)
    rows = [
        {"id_hash": f"{n:064x}", "staff_id": person.id, "created_at": old, "last_seen_at": old,
         "ip": "", "agent": ""}
        for n in range(10_000)
    ]  # fmt: skip
    with transaction() as session:
        session.execute(sa.insert(AuthSession), rows)
    living = [a_session(person) for _ in range(3)]
    assert commands.sweep_sessions() == 10_000
    assert all(queries.live_session(commands.digest(token)) for token in living)
    assert db.session.scalar(sa.select(sa.func.count(AuthSession.id))) == 3
    assert commands.sweep_sessions() == 0


def with_app(person) -> str:
    """Give the person an authenticator app: its secret."""
    secret = pyotp.random_base32()
    with transaction() as session:
        factor = SecondFactor(staff_id=person.id, confirmed_at=clock.now())
        factor.secret = secret
        session.add(factor)
    return secret


@pytest.mark.proves("A-16")
def test_of_six_sessions_that_show_one_code_at_the_same_moment_one_is_let_in(app: Flask):
    person = a_person()
    code = pyotp.TOTP(with_app(person)).at(NOON)
    tokens = [a_session(person, proved_at=None, mfa_at=None) for _ in range(6)]
    actor: Actor = an_actor(person)
    gate = threading.Barrier(6)
    db.session.rollback()

    def show(token: str) -> bool:
        with app.app_context():
            gate.wait()
            try:
                return bool(commands.show_code(token, code, actor=actor))
            except RuleBroken:
                return False

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(show, tokens)) == 1
    db.session.rollback()
    assert db.session.scalar(sa.select(SecondFactor.last_step)) == totp.step_at(NOON)


@pytest.mark.proves("A-20")
def test_of_four_sessions_that_use_one_recovery_code_at_once_one_is_let_on(app: Flask):
    person = a_person()
    actor: Actor = an_actor(person)
    first = a_session(person, proved_at=None, mfa_at=None)
    offer = totp.offer(commands.digest(first))
    enrolled = commands.enrol(first, offer.secret, pyotp.TOTP(offer.secret).at(NOON), actor=actor)
    tokens = [a_session(person, proved_at=None, mfa_at=None) for _ in range(4)]
    gate = threading.Barrier(4)
    db.session.rollback()

    def use(token: str) -> bool:
        with app.app_context():
            gate.wait()
            try:
                code = enrolled.recovery_codes[0]
                return bool(commands.use_recovery_code(token, code, actor=actor))
            except RuleBroken:
                return False

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(use, tokens)) == 1


@pytest.mark.proves("A-15")
def test_by_the_password_alone_no_app_is_put_in_the_place_of_the_one_there_is(app: Flask):
    person = a_person()
    with_app(person)
    token = a_session(person, proved_at=None, mfa_at=None)
    offer = totp.offer(commands.digest(token))
    with pytest.raises(RuleBroken):
        commands.enrol(
            token, offer.secret, pyotp.TOTP(offer.secret).at(NOON), actor=an_actor(person)
        )
    assert db.session.scalar(sa.select(sa.func.count(SecondFactor.id))) == 1


def test_nobody_takes_off_their_own_factor(app: Flask):
    person = a_person()
    with pytest.raises(RuleBroken, match="another administrator"):
        commands.reset_factor(person, actor=an_actor(person))


def test_whoever_has_an_app_proves_by_it_and_not_by_the_password(app: Flask):
    person = a_person()
    with_app(person)
    with pytest.raises(RuleBroken, match="authenticator app"):
        commands.prove_by_password(a_session(person), "any", actor=an_actor(person))
