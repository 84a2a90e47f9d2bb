"""What somebody had typed and not sent, and whose a session is that has ended."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa

from beacon.accounts.models import AuthSession, Draft, Staff
from beacon.core import clock, settings
from beacon.core.db import db


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


def author_of(id_hash: str) -> Staff | None:
    """Whose session this was, even after its end; nobody, once they may not sign in."""
    row = db.session.scalar(sa.select(AuthSession).where(AuthSession.id_hash == id_hash))
    return row.staff if row is not None and row.staff.may_sign_in(clock.today()) else None
