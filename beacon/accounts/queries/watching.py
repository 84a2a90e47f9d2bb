"""What an administrator watches: sessions, locks, second factors, accounts that nobody uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from beacon.accounts import rules
from beacon.accounts.models import AuthSession, SecondFactor, SignInAttempt, Staff
from beacon.accounts.queries.own import is_live
from beacon.accounts.queries.signing_in import lock_on
from beacon.accounts.terms import AttemptKind
from beacon.core import clock, settings
from beacon.core.db import db


@dataclass(frozen=True, kw_only=True)
class Watch:
    """How the accounts stand now."""

    sessions: int
    people: int
    locked: list[Staff]
    locked_unknown: int
    without_factor: list[Staff]
    dormant: list[Staff]


def watch() -> Watch:
    """How the accounts stand now; people by name."""
    locked = _locked_addresses()
    known = _staff(Staff.email_index.in_(locked)) if locked else []
    may_sign_in = [one for one in _staff() if one.may_sign_in(clock.today())]
    with_factor = _with_factor()
    sessions = db.session.execute(
        sa.select(sa.func.count(), sa.func.count(sa.distinct(AuthSession.staff_id))).where(
            *is_live()
        )
    ).one()
    return Watch(
        sessions=sessions[0],
        people=sessions[1],
        locked=known,
        locked_unknown=len(locked) - len(known),
        without_factor=[one for one in may_sign_in if one.id not in with_factor],
        dormant=[one for one in may_sign_in if is_dormant(one)],
    )


def is_dormant(person: Staff) -> bool:
    """Whether the person has not signed in for so long that the account should be looked at."""
    return rules.is_dormant(person.last_signed_in_at, person.created_at, clock.now())


def factor_since(staff_id: int) -> datetime | None:
    """Since when a person has had a second factor, if they have one."""
    return db.session.scalar(
        sa.select(SecondFactor.confirmed_at).where(
            SecondFactor.staff_id == staff_id,
            SecondFactor.confirmed_at.is_not(None),
            SecondFactor.retired_at.is_(None),
        )
    )


def _with_factor() -> set[int]:
    query = sa.select(SecondFactor.staff_id).where(
        SecondFactor.confirmed_at.is_not(None), SecondFactor.retired_at.is_(None)
    )
    return set(db.session.scalars(query))


def _locked_addresses() -> list[str]:
    """The addresses at which no password, or no code, may be tried at the moment."""
    lasts = timedelta(minutes=settings.count("accounts.lock_minutes"))
    tried = (
        sa.select(SignInAttempt.email_index, SignInAttempt.kind)
        .where(
            SignInAttempt.succeeded.is_(False),
            SignInAttempt.kind != AttemptKind.RESET,
            SignInAttempt.created_at > clock.now() - 2 * lasts,  # as far back as a lock looks
        )
        .group_by(SignInAttempt.email_index, SignInAttempt.kind)
        .having(sa.func.count() >= settings.count("accounts.lock_after"))
    )
    doors = db.session.execute(tried)
    return sorted({index for index, kind in doors if lock_on(index, kind).is_locked})


def _staff(*conditions: sa.ColumnElement[bool]) -> list[Staff]:
    query = sa.select(Staff).where(*conditions).order_by(Staff.name, Staff.id)
    return list(db.session.scalars(query))
