"""From signing in to signing out: what each deed writes down, refuses, and leaves alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts import commands, queries
from beacon.accounts.commands import factors, signing_in
from beacon.accounts.models import AuthSession, SecondFactor, SignInAttempt, Staff
from beacon.accounts.terms import NoticeKind
from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from tests.factories import an_actor
from tests.signing_in import EMAIL, PASSWORD, a_person

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
IP, AGENT = "192.0.2.1", "a test"
Lines = list[tuple[str, str, str, str, dict[str, object]]]


@pytest.fixture(autouse=True)
def noon(app: Flask):
    with clock.fixed(NOON):
        yield


def later(**passed: float):
    return clock.fixed(NOON + timedelta(**passed))


def written(do: Callable[[], object]) -> Lines:
    """The lines of the log that a deed leaves, whether it is done or refused."""
    before = db.session.scalar(sa.select(sa.func.max(AuditEntry.seq))) or 0
    db.session.rollback()
    try:
        do()
    except RuleBroken:
        db.session.rollback()
    rows = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.seq > before).order_by(AuditEntry.seq)
    )
    return [
        (
            one.action,
            f"{one.object_type} {one.object_id}",
            one.operation,
            one.outcome,
            json.loads(one.facts),
        )
        for one in rows
    ]


def refusal(do: Callable[[], object]) -> tuple[str, str | None]:
    """What a deed is refused with, and beside which box."""
    with pytest.raises(RuleBroken) as refused:
        do()
    db.session.rollback()
    return refused.value.message, refused.value.field


def done(action: str, person: Staff, operation: str = "alteration", **facts: object):
    return (action, f"staff {person.id}", operation, "done", facts)


def mailed(number: int):
    """The owner is told by mail as well."""
    return ("mail.written", f"outbound_mail {number}", "alteration", "done", {})


def refused(action: str, person: Staff, why: str):
    return (action, f"staff {person.id}", "consultation", "refused", {"why": why})


def sign_in() -> str:
    return commands.sign_in(EMAIL, PASSWORD, ip=IP, agent=AGENT)


def row_of(token: str) -> AuthSession:
    db.session.rollback()
    query = sa.select(AuthSession).where(AuthSession.id_hash == commands.digest(token))
    return db.session.scalars(query).one()


def from_here(person: Staff) -> Actor:
    """The person at their own browser."""
    return Actor(kind="staff", id=person.id, name=person.name, ip=IP, roles=person.roles)


def enrolled(person: Staff) -> tuple[str, str, list[str]]:
    """Somebody signed in with an app: the session's token, the app's key, the recovery codes."""
    secret = pyotp.random_base32()
    given = commands.enrol(
        sign_in(), secret, pyotp.TOTP(secret).at(clock.now()), actor=from_here(person)
    )
    return given.token, secret, given.recovery_codes


def code(secret: str, **passed: float) -> str:
    return pyotp.TOTP(secret).at(NOON + timedelta(**passed))


def tries() -> list[bool]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(SignInAttempt.succeeded).order_by(SignInAttempt.id)))


@pytest.mark.proves("U-01", "A-21")
def test_a_password_is_written_down_when_it_is_right_and_with_its_cause_when_it_is_not():
    person = a_person()
    assert written(sign_in) == [done("accounts.password_given", person, "consultation")]
    wrong = lambda: commands.sign_in(EMAIL, "not this one", ip=IP, agent=AGENT)  # noqa: E731
    assert written(wrong) == [refused("accounts.sign_in_refused", person, "password")]
    nobody = lambda: commands.sign_in("no@example.org", PASSWORD, ip=IP, agent=AGENT)  # noqa: E731
    assert written(nobody) == [
        ("accounts.sign_in_refused", "staff unknown", "consultation", "refused", {"why": "unknown"})
    ]
    assert refusal(wrong) == refusal(nobody) == (signing_in.WRONG, None)
    assert tries() == [True, False, False, False, False]


@pytest.mark.proves("S-01")
def test_a_session_begins_with_what_is_known_of_the_browser_and_nothing_open():
    person = a_person()
    token = commands.sign_in(EMAIL, PASSWORD, ip="2001:db8::" + "f" * 60, agent="b" * 300)
    row = row_of(token)
    assert (row.staff_id, row.ip, row.agent) == (
        person.id, ("2001:db8::" + "f" * 60)[:45], "b" * 200,
    )  # fmt: skip
    assert (row.last_seen_at, row.proved_at, row.mfa_at, row.revoked_at) == (NOON, None, None, None)


@pytest.mark.proves("S-01", "S-02")
def test_signing_in_ends_the_session_that_the_browser_held_and_no_other():
    a_person()
    held, elsewhere = sign_in(), sign_in()
    commands.sign_in(EMAIL, PASSWORD, ip=IP, agent=AGENT, instead_of=held)
    assert (row_of(held).revoked_at, row_of(elsewhere).revoked_at) == (NOON, None)


@pytest.mark.proves("S-02", "U-01")
def test_signing_out_ends_one_session_once_and_is_written_down():
    person = a_person()
    token, other = sign_in(), sign_in()
    deed = lambda: commands.sign_out(token, actor=from_here(person))  # noqa: E731
    assert written(deed) == [done("accounts.signed_out", person)]
    with later(minutes=3):
        deed()
    assert (row_of(token).revoked_at, row_of(other).revoked_at) == (NOON, None)


@pytest.mark.proves("S-05", "S-08")
def test_all_sessions_or_all_others_end_and_those_that_had_ended_keep_their_hour():
    person, colleague = a_person(), a_person(email="lee@example.org")
    first, second, third = sign_in(), sign_in(), sign_in()
    theirs = commands.sign_in("lee@example.org", PASSWORD, ip=IP, agent=AGENT)
    commands.sign_out(first, actor=from_here(person))
    with later(minutes=2):
        others = written(
            lambda: commands.end_other_sessions(person, second, actor=an_actor(person))
        )
    assert others == [done("accounts.sessions_ended", person, but="this one")]
    two = NOON + timedelta(minutes=2)
    assert [row_of(one).revoked_at for one in (first, second, third)] == [NOON, None, two]
    with later(minutes=4):
        every = written(lambda: commands.end_sessions(person, actor=an_actor(colleague)))
    assert every == [done("accounts.sessions_ended", person)]
    four = NOON + timedelta(minutes=4)
    assert [row_of(one).revoked_at for one in (first, second, third)] == [NOON, four, two]
    assert row_of(theirs).revoked_at is None


@pytest.mark.proves("S-15")
def test_the_sweep_takes_what_is_older_than_a_month_alone_and_says_how_much():
    a_person()
    with later(days=-31, seconds=-1):
        old = sign_in()
    with later(days=-31):
        kept = sign_in()
    assert written(commands.sweep_sessions) == [
        ("accounts.sessions_swept", "auth_session old", "erasure", "done", {"rows": 1})
    ]
    sweeper = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (sweeper.actor_kind, sweeper.actor_name) == ("machine", "sweep-sessions")
    left = list(db.session.scalars(sa.select(AuthSession.id_hash)))
    assert left == [commands.digest(kept)] != [commands.digest(old)]
    assert tries() == [True]
    assert written(commands.sweep_sessions) == []


@pytest.mark.proves("A-15", "U-01")
def test_a_code_completes_signing_in_and_each_refusal_names_its_cause_and_its_box():
    person = a_person()
    _, secret, _ = enrolled(person)
    with later(minutes=1):
        token = sign_in()
        show = lambda: commands.show_code(token, "000000", actor=from_here(person))  # noqa: E731
        assert written(show) == [refused("accounts.code_refused", person, "code")]
        assert refusal(show) == (factors.WRONG_CODE, "code")
        right = written(
            lambda: commands.show_code(token, code(secret, minutes=1), actor=from_here(person))
        )
        assert right == [done("accounts.signed_in", person, "consultation")]
    assert tries()[-3:] == [False, False, True]


@pytest.mark.proves("A-26", "A-18")
def test_a_proof_by_code_counts_its_tries_is_written_down_and_stops_when_locked():
    person = a_person()
    token, secret, _ = enrolled(person)
    me = from_here(person)
    with later(minutes=1):
        wrong = lambda: commands.prove_by_code(token, "000000", actor=me)  # noqa: E731
        assert written(wrong) == [refused("accounts.code_refused", person, "code")]
        assert refusal(wrong) == (factors.WRONG_CODE, "code")
        right = written(lambda: commands.prove_by_code(token, code(secret, minutes=1), actor=me))
        assert right == [done("accounts.proved", person, "consultation")]
        assert tries()[-3:] == [False, False, True]
    fresh = db.session.scalars(sa.select(AuthSession).order_by(AuthSession.id.desc())).first()
    assert fresh.proved_at == NOON + timedelta(minutes=1)
    with later(minutes=2):
        token, _, _ = again(person, secret)
        for _ in range(10):
            refusal(lambda: commands.prove_by_code(token, "000000", actor=me))
        locked = lambda: commands.prove_by_code(token, code(secret, minutes=3), actor=me)  # noqa: E731
        assert written(locked) == [refused("accounts.code_refused", person, "locked")]
        assert refusal(locked) == (factors.WRONG_CODE, "code")


def again(person: Staff, secret: str) -> tuple[str, str, list[str]]:
    """Somebody who has an app signs in with the code of this moment."""
    now = pyotp.TOTP(secret).at(clock.now())
    return commands.show_code(sign_in(), now, actor=from_here(person)), secret, []


@pytest.mark.proves("A-26")
def test_whoever_has_an_app_proves_nothing_by_the_password():
    person = a_person()
    token, _, _ = enrolled(person)
    ask = lambda: commands.prove_by_password(token, PASSWORD, actor=from_here(person))  # noqa: E731
    assert refusal(ask) == ("Type the code of your authenticator app.", None)
    assert written(ask) == []


@pytest.mark.proves("A-26", "A-12")
def test_a_password_asked_again_is_counted_as_at_the_door_and_stops_when_locked():
    person = a_person()
    me = from_here(person)
    token = commands.open_without_factor(sign_in(), actor=me)
    wrong = lambda: commands.prove_by_password(token, "not this one", actor=me)  # noqa: E731
    assert written(wrong) == [refused("accounts.sign_in_refused", person, "password")]
    assert refusal(wrong) == (signing_in.WRONG_PASSWORD, "password")
    assert db.session.scalars(
        sa.select(SignInAttempt.ip).order_by(SignInAttempt.id.desc())
    ).first() == IP  # fmt: skip
    for _ in range(8):
        refusal(wrong)
    right = lambda: commands.prove_by_password(token, PASSWORD, actor=me)  # noqa: E731
    assert written(right) == [refused("accounts.sign_in_refused", person, "locked")]
    assert refusal(right) == (signing_in.WRONG_PASSWORD, "password")


@pytest.mark.proves("A-20", "U-01")
def test_a_recovery_code_opens_once_tells_the_owner_and_is_refused_beside_its_box():
    person = a_person()
    _, _, codes = enrolled(person)
    with later(minutes=1):
        token, me = sign_in(), from_here(person)
        wrong = lambda: commands.use_recovery_code(token, "AAAA-AAAA", actor=me)  # noqa: E731
        assert written(wrong) == [refused("accounts.code_refused", person, "recovery_code")]
        assert refusal(wrong) == (factors.WRONG_RECOVERY, "code")
        fresh: list[str] = []
        right = written(
            lambda: fresh.append(commands.use_recovery_code(token, codes[3].lower(), actor=me))
        )
        assert right == [mailed(1), done("accounts.recovery_used", person)]
        assert tries()[-3:] == [False, False, True]
        row = row_of(fresh[0])
        assert (row.mfa_at, row.proved_at) == (NOON + timedelta(minutes=1), None)
        told = queries.waiting_notices(person.id)
        assert [(one.kind, one.ip) for one in told][-1] == (NoticeKind.RECOVERY_USED, IP)
        token = fresh[0]
        assert refusal(lambda: commands.use_recovery_code(token, codes[3], actor=me)) == (
            factors.WRONG_RECOVERY,
            "code",
        )


@pytest.mark.proves("A-15")
def test_a_first_app_is_set_up_by_its_own_code_alone():
    person = a_person()
    token, me = sign_in(), from_here(person)
    secret = pyotp.random_base32()
    wrong = lambda: commands.enrol(token, secret, "000000", actor=me)  # noqa: E731
    assert refusal(wrong) == (factors.NOT_CONFIRMED, "code")
    assert queries.factor_of(person.id) is None
    assert written(lambda: commands.enrol(token, secret, code(secret), actor=me)) == [
        done("accounts.factor_enrolled", person, fields=["secret", "code_hash"]),
        done("accounts.signed_in", person, "consultation"),
    ]
    assert queries.waiting_notices(person.id) == []


@pytest.mark.proves("A-27", "U-01")
def test_another_app_takes_the_place_of_the_first_ends_other_sessions_and_tells_the_owner():
    person = a_person()
    me = from_here(person)
    token, secret, _ = enrolled(person)
    fresh = pyotp.random_base32()
    with later(minutes=1):
        other, _, _ = again(person, secret)
        fit = code(fresh, minutes=1)

        def change(typed: str, password: str) -> object:
            return commands.change_factor(token, fresh, typed, password, actor=me)

        assert refusal(lambda: change("000000", PASSWORD)) == (factors.NOT_CONFIRMED, "code")
        assert refusal(lambda: change(fit, "not this one")) == (
            signing_in.WRONG_PASSWORD,
            "password",
        )
        changed = written(lambda: change(fit, PASSWORD))
    assert changed == [
        done("accounts.factor_enrolled", person, fields=["secret", "code_hash"]),
        mailed(1),
        done("accounts.sessions_ended", person, but="this one"),
    ]
    assert row_of(other).revoked_at == NOON + timedelta(minutes=1)
    living = db.session.scalars(
        sa.select(SecondFactor).where(SecondFactor.retired_at.is_(None))
    ).all()
    assert [one.secret for one in living] == [fresh]
    told = [(one.kind, one.ip) for one in queries.waiting_notices(person.id)]
    assert told[-1] == (NoticeKind.FACTOR_CHANGED, IP)
    with later(minutes=5):
        commands.reset_factor(person, actor=an_actor(a_person(email="lee@example.org")))
    taken_off = sa.select(SecondFactor.retired_at).order_by(SecondFactor.id)
    assert list(db.session.scalars(taken_off)) == [
        NOON + timedelta(minutes=1),
        NOON + timedelta(minutes=5),
    ]


@pytest.mark.proves("S-06", "A-24", "U-01")
def test_an_administrator_takes_an_app_off_but_never_their_own():
    person, administrator = a_person(), a_person(email="lee@example.org")
    token, _, _ = enrolled(person)
    own = lambda: commands.reset_factor(person, actor=an_actor(person))  # noqa: E731
    assert refusal(own) == (
        "You cannot reset your own second factor. Ask another administrator.",
        None,
    )
    assert written(own) == []
    reset = written(lambda: commands.reset_factor(person, actor=an_actor(administrator)))
    assert reset == [
        done("accounts.sessions_ended", person),
        mailed(1),
        done("accounts.factor_reset", person, fields=["secret", "code_hash"]),
    ]
    assert row_of(token).revoked_at == NOON
    assert queries.factor_of(person.id) is None
    assert [one.kind for one in queries.waiting_notices(person.id)][-1] is NoticeKind.FACTOR_RESET


@pytest.mark.proves("A-16")
def test_an_app_that_was_taken_off_meanwhile_gives_no_code():
    person = a_person()
    _, secret, _ = enrolled(person)
    with later(minutes=1):
        token = sign_in()
        with transaction():
            factor = queries.factor_of(person.id)
            assert factor is not None
            factor.retired_at = clock.now()
        typed = code(secret, minutes=1)
        assert refusal(lambda: commands.show_code(token, typed, actor=from_here(person))) == (
            factors.WRONG_CODE,
            "code",
        )


@pytest.mark.proves("S-14", "S-07")
def test_living_sessions_are_ones_own_whole_and_not_ended_to_their_last_minute():
    person, colleague = a_person(), a_person(email="lee@example.org")
    whole = commands.open_without_factor(sign_in(), actor=from_here(person))
    ended = commands.open_without_factor(sign_in(), actor=from_here(person))
    commands.sign_out(ended, actor=from_here(person))
    sign_in()  # and no more than the password
    theirs = commands.sign_in("lee@example.org", PASSWORD, ip=IP, agent=AGENT)
    commands.open_without_factor(theirs, actor=from_here(colleague))
    with later(minutes=15):
        living = [one.id for one in queries.living_sessions(person.id)]
    assert living == [row_of(whole).id]
    with later(minutes=15, seconds=1):
        assert queries.living_sessions(person.id) == []


@pytest.mark.proves("A-20")
def test_a_recovery_code_is_found_for_its_owner_alone():
    person, colleague = a_person(), a_person(email="lee@example.org")
    _, _, codes = enrolled(person)
    selector = codes[0].replace("-", "")[: factors.SELECTOR]
    assert queries.recovery_code(person.id, selector) is not None
    assert queries.recovery_code(colleague.id, selector) is None


@pytest.mark.proves("A-15")
def test_an_app_that_was_never_confirmed_is_no_second_factor():
    person = a_person()
    factor = SecondFactor(staff_id=person.id, last_step=0)
    factor.secret = pyotp.random_base32()
    with transaction() as session:
        session.add(factor)
    assert queries.factor_of(person.id) is None
