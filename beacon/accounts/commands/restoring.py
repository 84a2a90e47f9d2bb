"""After a restore: whatever proved who somebody is, and may have been used since, is dead."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.accounts import totp
from beacon.accounts.models import AuthSession, RecoveryCode, SecondFactor, SetupLink, SignInAttempt
from beacon.accounts.terms import AttemptKind
from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction


def end_every_proof(*, actor: Actor) -> None:
    """End all sessions, links and recovery codes, and every code that an app has shown (B-07).

    A recovery code that was used after the backup would else be good again. An app's codes are
    good again from the next step on, a minute at the most.
    """
    now = clock.now()
    step = totp.step_at(now) + totp.EITHER_SIDE
    with transaction() as session:
        for table in (SetupLink, RecoveryCode):
            session.execute(sa.update(table).where(table.used_at.is_(None)).values(used_at=now))
        live = sa.update(AuthSession).where(AuthSession.revoked_at.is_(None))
        session.execute(live.values(revoked_at=now))
        behind = sa.update(SecondFactor).where(SecondFactor.last_step < step)
        session.execute(behind.values(last_step=step))
        asked = sa.delete(SignInAttempt).where(SignInAttempt.kind == AttemptKind.RESET)
        session.execute(asked)
        audit.record("accounts.sessions_ended", ("auth_session", "all"), actor)
