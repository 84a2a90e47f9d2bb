"""What somebody has written and not sent, found by what their browser or their link holds."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.self_referrals.models import DoorTry, UnsentReferral
from beacon.self_referrals.rules import Answers
from beacon.self_referrals.terms import TryKind

HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Unsent:
    """What has been written so far, or the reference under which it was sent."""

    answers: Answers
    shown_at: datetime | None
    expires_at: datetime
    is_saved: bool
    sent_as: str | None


def print_of(secret: str) -> str:
    """What is kept of a token or a code: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def unsent_of(token: str | None) -> Unsent | None:
    """What the holder of this token has written; None where nothing is there any more."""
    if not token:
        return None
    row = db.session.scalars(
        sa.select(UnsentReferral).where(
            UnsentReferral.token_hash == print_of(token), UnsentReferral.expires_at > clock.now()
        )
    ).first()
    if row is None:
        return None
    return Unsent(
        answers=read(row),
        shown_at=row.shown_at,
        expires_at=row.expires_at,
        is_saved=row.code_hash is not None,
        sent_as=row.sent_as,
    )


def read(row: UnsentReferral) -> Answers:
    """The boxes of each page, as they were sent."""
    held = json.loads(row.typed) if row.typed else {}
    return Answers({step: [(name, text) for name, text in boxes] for step, boxes in held.items()})


def tried_lately(kind: TryKind, address_index: str) -> int:
    """How often this was tried from one address in the last hour."""
    found = db.session.scalar(
        sa.select(sa.func.count()).where(
            DoorTry.address_index == address_index,
            DoorTry.kind == kind,
            DoorTry.created_at > clock.now() - HOUR,
        )
    )
    return found or 0
