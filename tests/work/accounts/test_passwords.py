"""How passwords are kept, compared and refused: by whole, at one cost, a few at a time."""

from __future__ import annotations

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from statistics import median

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask

from beacon.accounts import commands, passwords, queries
from beacon.accounts.commands import attempts
from beacon.accounts.commands.attempts import Door
from beacon.accounts.models import Staff
from beacon.accounts.terms import AttemptKind
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from tests.factories import TEST, a_member_of_staff
from tests.signing_in import EMAIL, PASSWORD, a_person, counted_hashes

DATABASES = ("sqlite",)  # what is hashed is the same on both; what is counted has tests of its own
ARGON2ID = "$argon2id$v=19$m=65536,t=3,p=4$"
# Nothing in it repeats or belongs to this place, however much of it is used.
LETTERS = (
    "quiet maple orbit hazel tunic fjord vapour wedge zinc amber yonder glyph knoll crisp " * 2
)


def try_in(password: str, email: str = EMAIL) -> bool:
    try:
        return bool(commands.sign_in(email, password, ip="192.0.2.1", agent="a test"))
    except RuleBroken:
        return False


@pytest.mark.proves("A-01")
def test_a_password_is_kept_as_argon2id_and_never_twice_alike(app: Flask):
    one, other = (a_member_of_staff(email=f"{name}@example.org") for name in ("one", "other"))
    for person in (one, other):
        commands.set_password(person, PASSWORD, actor=TEST)
    assert one.password_hash.startswith(ARGON2ID)
    assert one.password_hash != other.password_hash
    begun = time.perf_counter()
    assert passwords.matches(PASSWORD, one.password_hash)
    print(f"one comparison took {(time.perf_counter() - begun) * 1000:.0f} ms")


@pytest.mark.proves("A-02")
def test_a_hash_of_another_cost_is_made_anew_at_sign_in(app: Flask):
    person = a_person()
    with transaction():
        person.password_hash = PasswordHasher(time_cost=1).hash(PASSWORD)
    assert try_in(PASSWORD)
    db.session.rollback()
    assert person.password_hash.startswith(ARGON2ID)
    assert try_in(PASSWORD)


@pytest.mark.proves("A-03")
@pytest.mark.parametrize(
    ("length", "is_taken"), [(14, False), (15, True), (64, True), (128, True), (129, False)]
)
def test_fifteen_to_128_characters_are_taken_and_the_rest_never_reaches_the_hasher(
    app: Flask, length: int, is_taken: bool
):
    person = a_member_of_staff()
    with counted_hashes() as hashed, nullcontext() if is_taken else pytest.raises(RuleBroken):
        commands.set_password(person, LETTERS[:length], actor=TEST)
    assert bool(person.password_hash) is is_taken
    assert len(hashed) == is_taken


@pytest.mark.proves("A-03")
def test_129_characters_at_the_door_never_reach_the_hasher(app: Flask):
    a_person()
    with counted_hashes() as hashed:
        assert not try_in("x" * 129)
    assert hashed == []


EXACT = [
    (" leading space and more", "leading space and more"),
    ("trailing space and more ", "trailing space and more"),
    ("Two Capital Letters Here", "two capital letters here"),
    ("lanterns 🪔 in the tide", "lanterns  in the tide"),
    ("fiancé in the orchard", "fiance\u0301 in the orchard"),  # composed, and not
    (LETTERS[:99] + "a", LETTERS[:99] + "b"),
    (LETTERS[:100], LETTERS[:72]),
]


@pytest.mark.proves("A-04")
@pytest.mark.parametrize(("password", "nearly"), EXACT)
def test_only_the_very_password_is_taken(app: Flask, password: str, nearly: str):
    a_person(password=password)
    assert not try_in(nearly)
    assert try_in(password)


@pytest.mark.proves("A-05")
def test_fifteen_small_letters_will_do(app: Flask):
    person = a_member_of_staff()
    commands.set_password(person, "zhqwkvumtyoplea", actor=TEST)
    assert person.password_hash


def hashing_now() -> int:
    """How many threads stand inside the hasher at this moment."""
    inside = {PasswordHasher.verify.__code__, PasswordHasher.hash.__code__}

    def is_inside(frame: object) -> bool:
        while frame is not None:
            if frame.f_code in inside:  # type: ignore[attr-defined]
                return True
            frame = frame.f_back  # type: ignore[attr-defined]
        return False

    return sum(is_inside(frame) for frame in sys._current_frames().values())


@pytest.mark.proves("A-13")
def test_never_more_than_four_passwords_are_hashed_at_once(app: Flask):
    hashed = passwords.hash_password(PASSWORD)
    done, seen = threading.Event(), [0]

    def watch() -> None:
        while not done.is_set():
            seen.append(hashing_now())
            time.sleep(0.002)

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(passwords.matches, [PASSWORD] * 16, [hashed] * 16))
    done.set()
    watcher.join()
    assert all(answers)
    assert 1 < max(seen) <= passwords.AT_ONCE == 4


@pytest.mark.proves("A-13")
def test_whoever_waits_for_the_hasher_holds_no_connection(app: Flask):
    a_person()
    held: list[int] = []

    def one() -> None:
        with app.app_context():
            try_in("not the password at all")

    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(one) for _ in range(8)]
        while not all(one.done() for one in waiting):
            if hashing_now() == passwords.AT_ONCE:
                held.append(db.engine.pool.checkedout())
            time.sleep(0.002)
    assert held
    assert median(held) <= 1


@pytest.mark.proves("A-14")
@pytest.mark.parametrize("state", ["known", "unknown", "no password", "disabled"])
def test_one_hash_is_made_whoever_is_named(app: Flask, state: str):
    person = a_person()
    with transaction():
        person.email_index = person.email_index if state != "unknown" else "0" * 32
        person.password_hash = person.password_hash if state != "no password" else ""
    if state == "disabled":
        commands.disable(person, actor=TEST)
    with counted_hashes() as hashed:
        begun = time.perf_counter()
        assert not try_in("not the password at all")
        print(f"{state}: {(time.perf_counter() - begun) * 1000:.0f} ms")
    assert hashed == ["verify"]


@pytest.mark.proves("A-14")
def test_known_and_unknown_are_locked_alike_and_then_nothing_is_hashed(app: Flask):
    a_person()
    for email in (EMAIL, "nobody@example.org"):
        with counted_hashes() as hashed:
            for _ in range(8):
                attempts.reserve(Door(index=queries.email_index(email), kind=AttemptKind.PASSWORD,
                                      ip="", person=None))  # fmt: skip
            for _ in range(4):
                assert not try_in("not the password at all", email)
        assert hashed == ["verify"] * 2


@pytest.mark.proves("A-24")
def test_nobody_has_an_account_until_one_is_made_at_the_terminal_and_only_once(app: Flask):
    assert db.session.scalars(sa.select(Staff)).all() == []
    for email in ("admin", "admin@example.org", "root@example.org", ""):
        assert not try_in("password", email)
    order = ["accounts", "create", "first@example.org", "--name", "First", "--role",
             "administrator"]  # fmt: skip
    runner = app.test_cli_runner()
    first, second = (runner.invoke(args=order) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 2)
    assert "/set-password/" in first.output
    assert "already" in second.stderr
    db.session.rollback()
    assert [one.password_hash for one in db.session.scalars(sa.select(Staff))] == [""]
