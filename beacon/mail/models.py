"""Mails that wait to leave, and those that have left."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.mail.terms import MailState


class OutboundMail(Sealing, Kept, Base):
    """One mail to a member of staff, or one that a feature answers for (`kind` and what about).

    Its subject names no victim; its words are sealed.
    """

    __tablename__ = "outbound_mail"
    __table_args__ = (sa.Index("ix_outbound_mail_due", "state", "send_after", "id"),)
    to_sealed: Mapped[bytes]
    to = Sealed("to_sealed")
    subject: Mapped[str] = mapped_column(sa.String(90))
    body_sealed: Mapped[bytes | None]  # erased once it has left: it may hold a single-use link
    body = Sealed("body_sealed")
    state: Mapped[MailState] = mapped_column(default=MailState.PLANNED)
    send_after: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(sa.String(60), default="")
    kind: Mapped[str] = mapped_column(sa.String(40), default="")  # asked again before it leaves
    about_id: Mapped[int | None]
