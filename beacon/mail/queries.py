"""Which mails wait, and which could not be sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.mail.models import OutboundMail
from beacon.mail.terms import MailState

LATE = timedelta(hours=1)
WAITING_SHOWN = 50


@dataclass(frozen=True)
class Standing:
    """How many mails were given up, and how many have waited for too long."""

    failed: int
    late: int


def of_a_kind(mail_ids: Collection[int]) -> set[int]:
    """Which of these mails are not to members of staff."""
    query = sa.select(OutboundMail.id).where(OutboundMail.id.in_(mail_ids), OutboundMail.kind != "")
    return set(db.session.scalars(query))


def due() -> list[int]:
    """The mails that may leave now, in the order in which they were written."""
    query = (
        sa.select(OutboundMail.id)
        .where(OutboundMail.state == MailState.PLANNED, OutboundMail.send_after <= clock.now())
        .order_by(OutboundMail.send_after, OutboundMail.id)
    )
    return list(db.session.scalars(query))


def waiting() -> list[OutboundMail]:
    """The mails that have still to leave, the next one first."""
    query = (
        sa.select(OutboundMail)
        .where(OutboundMail.state == MailState.PLANNED)
        .order_by(OutboundMail.send_after, OutboundMail.id)
        .limit(WAITING_SHOWN)
    )
    return list(db.session.scalars(query))


def state_of(mail_id: int) -> MailState | None:
    """Where a mail stands; None once it was swept away."""
    return db.session.scalar(sa.select(OutboundMail.state).where(OutboundMail.id == mail_id))


def standing() -> Standing:
    """Whether the mails leave as they should."""
    return Standing(
        failed=_count(OutboundMail.state == MailState.FAILED),
        late=_count(OutboundMail.state == MailState.PLANNED, OutboundMail.created_at < _long_ago()),
    )


def _long_ago() -> datetime:
    return clock.now() - LATE


def _count(*conditions: sa.ColumnElement[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(OutboundMail).where(*conditions)
    return int(db.session.scalar(query) or 0)
