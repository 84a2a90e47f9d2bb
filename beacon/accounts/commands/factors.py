"""The second factor: an app enrolled, its codes taken once each, recovery codes, proof anew."""

from __future__ import annotations

import base64
import re
import secrets
from typing import NamedTuple

import sqlalchemy as sa

from beacon.accounts import passwords, queries, totp
from beacon.accounts.commands import attempts
from beacon.accounts.commands.attempts import Door
from beacon.accounts.commands.notices import notify_owner
from beacon.accounts.commands.sessions import (
    ENDED,
    digest,
    end_other_sessions,
    end_sessions,
    hold,
    renew,
)
from beacon.accounts.commands.signing_in import arrive, check_password
from beacon.accounts.models import AuthSession, RecoveryCode, SecondFactor, Staff
from beacon.accounts.terms import AttemptKind, NoticeKind
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import let_go, transaction
from beacon.core.errors import RuleBroken

WRONG_CODE = (
    "The code is not right, has been used, or no code is taken for this account at the moment. "
    "Wait for the next code and try again."
)
WRONG_RECOVERY = (
    "The recovery code is not right, has been used, or no code is taken for this account at the "
    "moment. Check each letter, or use another of your codes."
)
NOT_CONFIRMED = "The code does not fit. Check that the app has the new entry, then type its code."
CODES = 10
SELECTOR, SECRET = 4, 16  # letters of base32, five bits each
# What is read for the letters that base32 leaves out.
READ_AS = str.maketrans("018", "OIB")


class Enrolled(NamedTuple):
    """What follows from a new app: the session's new token, and ten codes to be shown once."""

    token: str
    recovery_codes: list[str]


def show_code(token: str, code: str, *, actor: Actor) -> str:
    """Take the code that completes signing in; give the session's new token."""
    person = _session(token).staff
    door = _door(person, actor)
    attempt = _reserved(door)
    with transaction():
        if _takes(person, code):
            now = clock.now()
            fresh = renew(token, mfa_at=now, proved_at=now)
            attempts.was_right(attempt)
            arrive(fresh, actor=actor)
            return fresh
    attempts.was_refused(door, "code")
    raise RuleBroken(WRONG_CODE, field="code")


def prove_by_code(token: str, code: str, *, actor: Actor) -> str:
    """Note that the person proved anew who they are; give the session's new token (A-26)."""
    person = _session(token).staff
    door = _door(person, actor)
    attempt = _reserved(door)
    with transaction():
        if _takes(person, code):
            attempts.was_right(attempt)
            return _proved(token, person, actor)
    attempts.was_refused(door, "code")
    raise RuleBroken(WRONG_CODE, field="code")


def prove_by_password(token: str, password: str, *, actor: Actor) -> str:
    """The same by the password, for a person who has no app: in the demonstration."""
    person = _session(token).staff
    if queries.factor_of(person.id) is not None:
        raise RuleBroken("Type the code of your authenticator app.")
    check_password(person, password, actor=actor)
    with transaction():
        return _proved(token, person, actor)


def _proved(token: str, person: Staff, actor: Actor) -> str:
    audit.record("accounts.proved", person, actor, operation=Operation.CONSULTATION)
    return renew(token, proved_at=clock.now())


def use_recovery_code(token: str, typed: str, *, actor: Actor) -> str:
    """Take a recovery code, once: it leads to a new app and no further (security.md A-20)."""
    person = _session(token).staff
    door = _door(person, actor)
    attempt = _reserved(door)
    code = re.sub(r"[^A-Z2-7]", "", typed.upper().translate(READ_AS))
    kept = queries.recovery_code(person.id, code[:SELECTOR])
    kept_id, hashed = (kept.id, kept.code_hash) if kept else (0, "")
    let_go()
    with attempts.counted_if_looked_at(attempt):
        right = passwords.is_code(code, hashed)
    with transaction():
        hold(person.id)
        if right and _uses_up(kept_id):
            attempts.was_right(attempt)
            notify_owner(person, NoticeKind.RECOVERY_USED, actor.ip or "")
            audit.record("accounts.recovery_used", person, actor)
            return renew(token, mfa_at=clock.now())
    attempts.was_refused(door, "recovery_code")
    raise RuleBroken(WRONG_RECOVERY, field="code")


def enrol(token: str, secret: str, code: str, *, actor: Actor) -> Enrolled:
    """Take the first code of a new app of somebody who is signing in; let them in."""
    if _session(token).proved_at is not None:
        raise RuleBroken(ENDED)
    return _enrolled(token, secret, code, actor=actor)


def change_factor(token: str, secret: str, code: str, password: str, *, actor: Actor) -> Enrolled:
    """Put a new app in the place of the old one, for somebody signed in who gives the password."""
    person = _session(token).staff
    if totp.step_of(secret, code, clock.now()) is None:
        raise RuleBroken(NOT_CONFIRMED, field="code")
    check_password(person, password, actor=actor)
    return _enrolled(token, secret, code, actor=actor)


def _enrolled(token: str, secret: str, code: str, *, actor: Actor) -> Enrolled:
    step = totp.step_of(secret, code, clock.now())
    if step is None:
        raise RuleBroken(NOT_CONFIRMED, field="code")
    codes = _new_codes()
    let_go()
    hashed = {one[:SELECTOR]: passwords.hash_code(one) for one in codes}
    with transaction() as session:
        row = _session(token)
        person = hold(row.staff_id)
        if not queries.may_enrol(row):
            raise RuleBroken(ENDED)
        is_signing_in, had = row.proved_at is None, _took_off(person)
        factor = SecondFactor(staff_id=person.id, last_step=step, confirmed_at=clock.now())
        factor.secret = secret
        session.add(factor)
        session.add_all(
            RecoveryCode(staff_id=person.id, selector=selector, code_hash=one)
            for selector, one in hashed.items()
        )
        audit.record("accounts.factor_enrolled", person, actor, fields=("secret", "code_hash"))
        fresh = renew(token, mfa_at=clock.now(), proved_at=clock.now())
        if had:
            notify_owner(person, NoticeKind.FACTOR_CHANGED, actor.ip or "")
            end_other_sessions(person, fresh, actor=actor)
        if is_signing_in:
            arrive(fresh, actor=actor)
    return Enrolled(fresh, [_in_groups(one) for one in codes])


def reset_factor(person: Staff, *, actor: Actor) -> None:
    """Take a person's app and recovery codes off: they enrol anew with the next password."""
    if actor.id == person.id:
        raise RuleBroken("You cannot reset your own second factor. Ask another administrator.")
    with transaction():
        hold(person.id)
        _took_off(person)
        end_sessions(person, actor=actor)
        notify_owner(person, NoticeKind.FACTOR_RESET)
        audit.record("accounts.factor_reset", person, actor, fields=("secret", "code_hash"))


def _session(token: str) -> AuthSession:
    """The living session of a token."""
    row = queries.live_session(digest(token))
    if row is None:
        raise RuleBroken(ENDED)
    return row


def _door(person: Staff, actor: Actor) -> Door:
    return Door(index=person.email_index, kind=AttemptKind.CODE, ip=actor.ip or "", person=person)


def _reserved(door: Door) -> int:
    """Count a code before it is looked at; refuse it, in the same words, while they are locked."""
    attempt = attempts.reserve(door)
    if attempt is None:
        attempts.was_refused(door, "locked")
        raise RuleBroken(WRONG_CODE, field="code")
    return attempt


def _takes(person: Staff, code: str) -> bool:
    """Whether the person's app shows this code, and no code as late was taken before (A-16)."""
    with transaction() as session:
        hold(person.id)
        factor = queries.factor_of(person.id)
        if factor is None:
            return False
        step = totp.step_of(factor.secret, code, clock.now())
        if step is None:
            return False
        taken = session.execute(
            sa.update(SecondFactor)
            .where(
                SecondFactor.id == factor.id,
                SecondFactor.last_step < step,
                SecondFactor.retired_at.is_(None),
            )
            .values(last_step=step)
        )
        return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def _uses_up(code_id: int) -> bool:
    with transaction() as session:
        used = session.execute(
            sa.update(RecoveryCode)
            .where(RecoveryCode.id == code_id, RecoveryCode.used_at.is_(None))
            .values(used_at=clock.now())
        )
        return bool(used.rowcount == 1)  # type: ignore[attr-defined]


def _took_off(person: Staff) -> bool:
    """Retire a person's app and drop their recovery codes; tell whether there was an app."""
    with transaction() as session:
        retired = session.execute(
            sa.update(SecondFactor)
            .where(SecondFactor.staff_id == person.id, SecondFactor.retired_at.is_(None))
            .values(retired_at=clock.now())
        )
        session.execute(sa.delete(RecoveryCode).where(RecoveryCode.staff_id == person.id))
        return bool(retired.rowcount)  # type: ignore[attr-defined]


def _new_codes() -> list[str]:
    """Ten codes, each found by its own first letters."""
    codes: dict[str, str] = {}
    while len(codes) < CODES:
        code = base64.b32encode(secrets.token_bytes(15)).decode()[: SELECTOR + SECRET]
        codes.setdefault(code[:SELECTOR], code)
    return list(codes.values())


def _in_groups(code: str) -> str:
    """A code as it is shown and copied: in groups of four."""
    return "-".join(re.findall(".{4}", code))
