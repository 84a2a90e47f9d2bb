"""Who was asked. Nothing here says, or leads to, what anybody answered."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.cases.models import CaseFile
from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.surveys.terms import InvitationState, Point, Way


class SurveyInvitation(Kept, Base):
    """One time that somebody was to be asked; once for each case and point.

    It says that an answer came, and neither when nor what. The groups are those of the day on which
    it was decided, as coarse as the figures show them.
    """

    __tablename__ = "survey_invitation"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "point", name="uq_survey_invitation_once"),
        sa.CheckConstraint("state <> 'refused' OR because <> ''", name="refused_says_why"),
        sa.CheckConstraint("state <> 'answered' OR token_hash IS NULL", name="answered_is_spent"),
        sa.Index("ix_survey_invitation_state", "state", "id"),
        sa.Index("ix_survey_invitation_invited", "invited_at", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    point: Mapped[Point]
    state: Mapped[InvitationState]
    way: Mapped[Way | None]
    because: Mapped[str] = mapped_column(sa.String(40), default="")  # a word of one of two lists
    invited_at: Mapped[datetime | None]  # when it was first asked by any way; it stays
    on_day: Mapped[date | None]  # the day of its text
    mail_id: Mapped[int | None] = mapped_column(sa.ForeignKey("outbound_mail.id"))
    token_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    expires_at: Mapped[datetime | None]
    district: Mapped[str] = mapped_column(sa.String(60))
    crime: Mapped[str] = mapped_column(sa.String(40))
    category: Mapped[str] = mapped_column(sa.String(40))
    age: Mapped[str] = mapped_column(sa.String(40))
    team: Mapped[str] = mapped_column(sa.String(80))
    case: Mapped[CaseFile] = relationship()


class SurveyDraft(Sealing, Kept, Base):
    """What somebody has answered and not sent, found by the print of a token in their browser.

    It names no invitation. Theirs alone, so that it has no scope.
    """

    __tablename__ = "survey_draft"
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    typed_sealed: Mapped[bytes | None]
    typed = Sealed("typed_sealed")  # JSON: page and answer
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SurveyTry(Kept, Base):
    """How many links that open nothing came from one place in one hour.

    The print of the address changes each hour. It names nobody, so it has no scope.
    """

    __tablename__ = "survey_try"
    address_index: Mapped[str] = mapped_column(sa.String(32), unique=True)
    on_day: Mapped[date]
    tries: Mapped[int]
