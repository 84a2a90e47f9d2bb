"""Whether somebody may try now, whose session a token names, and what they prove it with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

import sqlalchemy as sa

from beacon.accounts.models import AuthSession, Notice, RecoveryCode, SecondFactor, SignInAttempt
from beacon.accounts.terms import AttemptKind
from beacon.core import clock, settings, together
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.together import Asking, asking

AHEAD = timedelta(minutes=2)


@dataclass(frozen=True)
class Lock:
    """The wrong tries that count now, and since when they lock the account, if they do."""

    wrong: int
    since: datetime | None

    @property
    def is_locked(self) -> bool:
        """Whether nothing more is tried at the moment."""
        return self.since is not None


def lock_on(index: str, kind: AttemptKind = AttemptKind.PASSWORD) -> Lock:
    """The lock on an address: so many wrong tries within its minutes, and none right since.

    Counted in the database, so that every worker counts together (security.md A-11, A-12), and
    from the last of them on, so that it lasts its whole time.
    """
    lasts = timedelta(minutes=settings.count("accounts.lock_minutes"))
    most = settings.count("accounts.lock_after")
    now = clock.now()
    tries = db.session.execute(
        sa.select(SignInAttempt.created_at, SignInAttempt.succeeded)
        .where(
            SignInAttempt.email_index == index,
            SignInAttempt.kind == kind,
            SignInAttempt.created_at > now - 2 * lasts,
        )
        .order_by(SignInAttempt.created_at.desc(), SignInAttempt.id.desc())
        .limit(most)
    )
    wrong = [one.created_at for one in takewhile(lambda one: not one.succeeded, tries)]
    if len(wrong) < most or now - wrong[0] >= lasts or wrong[0] - wrong[-1] > lasts:
        return Lock(len(wrong), None)
    return Lock(len(wrong), wrong[0])


def live_session(id_hash: str) -> AuthSession | None:
    """The session of this token's hash, if it is neither revoked, idle too long nor too old."""
    session = db.session.scalar(sa.select(AuthSession).where(AuthSession.id_hash == id_hash))
    if session is None or session.revoked_at is not None:
        return None
    used_after, begun_after = _limits()
    if session.last_seen_at < used_after or session.created_at < begun_after:
        return None
    if not clock.is_held() and session.last_seen_at > clock.now() + AHEAD:
        return None  # the clock was set back: a session is not longer for it (security.md D-06)
    return session if session.staff.may_sign_in(clock.today()) else None


def get_session(session_id: int) -> AuthSession:
    """One session by its row, or NotFound."""
    row = db.session.get(AuthSession, session_id)
    if row is None:
        raise NotFound
    return row


def living_sessions(staff_id: int) -> list[AuthSession]:
    """The sessions in which a person is signed in now, the oldest first."""
    used_after, begun_after = _limits()
    query = (
        sa.select(AuthSession)
        .where(
            AuthSession.staff_id == staff_id,
            AuthSession.revoked_at.is_(None),
            AuthSession.proved_at.is_not(None),
            AuthSession.last_seen_at >= used_after,
            AuthSession.created_at >= begun_after,
        )
        .order_by(AuthSession.created_at, AuthSession.id)
    )
    return list(db.session.scalars(query))


def _limits() -> tuple[datetime, datetime]:
    """The moments after which a living session was last used, and begun."""
    now = clock.now()
    idle = timedelta(minutes=settings.count("accounts.idle_minutes"))
    return now - idle, now - timedelta(hours=settings.count("accounts.absolute_hours"))


def earlier_sessions(row: AuthSession) -> list[tuple[str, str]]:
    """From where and with what the person signed in before: network addresses and browsers."""
    query = (
        sa.select(AuthSession.ip, AuthSession.agent)
        .where(
            AuthSession.staff_id == row.staff_id,
            AuthSession.id != row.id,
            AuthSession.proved_at.is_not(None),
        )
        .distinct()
    )
    return [(one.ip, one.agent) for one in db.session.execute(query)]


def factor_of(staff_id: int) -> SecondFactor | None:
    """The authenticator app that a person has confirmed, if there is one."""
    return db.session.scalar(
        sa.select(SecondFactor)
        .where(
            SecondFactor.staff_id == staff_id,
            SecondFactor.confirmed_at.is_not(None),
            SecondFactor.retired_at.is_(None),
        )
        .order_by(SecondFactor.id.desc())
        .limit(1)
    )


def may_enrol(row: AuthSession) -> bool:
    """Whether a new app may be enrolled in this session: never by the password alone, where the
    person has one."""
    return row.proved_at is not None or row.mfa_at is not None or factor_of(row.staff_id) is None


def recovery_code(staff_id: int, selector: str) -> RecoveryCode | None:
    """The recovery code with this selector, used or not."""
    return db.session.scalar(
        sa.select(RecoveryCode).where(
            RecoveryCode.staff_id == staff_id,
            RecoveryCode.selector == selector,
        )
    )


@asking
def waiting_notices(staff_id: int) -> Asking[list[Notice]]:
    """What a person must be told about their account and has not seen, the oldest first."""
    query = (
        sa.select(Notice)
        .where(Notice.staff_id == staff_id, Notice.seen_at.is_(None))
        .order_by(Notice.id)
    )
    return together.scalars(query)
