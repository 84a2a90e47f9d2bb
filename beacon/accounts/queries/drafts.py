"""What somebody had typed and not sent, and whose a session is that has ended."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa

from beacon.accounts.models import AuthSession, Draft
from beacon.core import clock, settings
from beacon.core.db import db

# For so long after its last use the words that come with a session are its owner's.
STILL_TYPING = timedelta(hours=24)


def place_of(path: str) -> str:
    """The place of a draft: a fingerprint of the path of its page."""
    return hashlib.sha256(path.encode()).hexdigest()


def oldest_draft() -> datetime:
    """Drafts that were saved before this moment are no longer shown, and are swept away."""
    return clock.now() - timedelta(hours=settings.count("accounts.draft_hours"))


def draft_of(staff_id: int, path: str) -> Draft | None:
    """What this person had typed on the page of this path, unless it is too old."""
    return db.session.scalar(
        sa.select(Draft).where(
            Draft.staff_id == staff_id,
            Draft.place == place_of(path),
            Draft.saved_at >= oldest_draft(),
        )
    )


def session_of(id_hash: str) -> AuthSession | None:
    """The session of this token, living or ended; none, once its owner may not sign in."""
    row = db.session.scalar(sa.select(AuthSession).where(AuthSession.id_hash == id_hash))
    return row if row is not None and row.staff.may_sign_in(clock.today()) else None


def only_timed_out(row: AuthSession, *, factor_is_asked: bool) -> bool:
    """Whether a session was whole, nobody ended it, and its last use is no older than a day.

    Only then are the words that come with its token taken for those of its owner: a password
    alone, or a cookie that was copied before the session was ended, writes into nobody's forms.
    """
    is_whole = row.proved_at is not None and (row.mfa_at is not None or not factor_is_asked)
    return is_whole and row.revoked_at is None and row.last_seen_at >= clock.now() - STILL_TYPING
