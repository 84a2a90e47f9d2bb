"""An out-of-court disposal that is considered, and every step with the victim's view of it."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.entitlements.terms import Channel
from beacon.restorative.terms import AskedBy, Decided, Disposal, PassedBy, ViewStep

NAME_AT_MOST = 100


class DisposalView(Sealing, Kept, Base):
    """One disposal that is considered, and where the victim's view of it stands."""

    __tablename__ = "disposal_view"
    __table_args__ = (
        sa.CheckConstraint(
            "answer_by IS NULL OR answer_by <= decision_on", name="answer_before_decision"
        ),
        sa.CheckConstraint(
            "(decided IS NULL) = (decided_at IS NULL)", name="decision_has_its_moment"
        ),
        sa.Index("ix_disposal_view_of_case", "case_id", "id"),
        sa.Index(
            "ix_disposal_view_waiting",
            "decision_on",
            "id",
            sqlite_where=sa.text("view_at IS NULL AND decided_at IS NULL"),
            postgresql_where=sa.text("view_at IS NULL AND decided_at IS NULL"),
        ),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    milestone_id: Mapped[int | None] = mapped_column(sa.ForeignKey("crime_milestone.id"))
    disposal: Mapped[Disposal]
    suspect_sealed: Mapped[bytes | None]
    suspect = Sealed("suspect_sealed")  # which suspect and offence, where there are several
    considered_at: Mapped[datetime]
    asked_by: Mapped[AskedBy]
    answer_by: Mapped[date | None]
    decision_on: Mapped[date]  # the day on which it is to be decided
    asked_on: Mapped[date | None]
    view_at: Mapped[datetime | None]  # when the view was written down here
    passed_on: Mapped[date | None]
    decided: Mapped[Decided | None]
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(NAME_AT_MOST))

    @property
    def name(self) -> str:
        """The disposal as a page names it."""
        return f"{self.disposal.label}, {self.suspect}" if self.suspect else self.disposal.label

    @property
    def is_late(self) -> bool:
        """Whether the view was written down when the decision had been made (R6_OOCVIEW)."""
        decided = self.decided_at is not None and self.view_at is not None
        return decided and self.view_at > self.decided_at  # type: ignore[operator]


class DisposalStep(Sealing, Kept, Base):
    """One step with a disposal: it only grows, as the steps of an offer do."""

    __tablename__ = "disposal_step"
    __table_args__ = (
        sa.CheckConstraint(
            "(kind = 'taken_back') = (takes_back_id IS NOT NULL)", name="takes_something_back"
        ),
        sa.CheckConstraint("kind <> 'decided' OR decided IS NOT NULL", name="decision_is_given"),
        sa.UniqueConstraint("takes_back_id", name="uq_disposal_step_taken_back_once"),
        sa.Index("ix_disposal_step_of_disposal", "disposal_id", "id"),
        sa.Index("ix_disposal_step_of_case", "case_id", "id"),
    )
    disposal_id: Mapped[int] = mapped_column(sa.ForeignKey("disposal_view.id"))
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    kind: Mapped[ViewStep]
    happened_at: Mapped[datetime]
    how: Mapped[Channel | None]
    passed_by: Mapped[PassedBy | None]
    decided: Mapped[Decided | None]
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")  # the view itself, or what was tried
    takes_back_id: Mapped[int | None] = mapped_column(sa.ForeignKey("disposal_step.id"))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(NAME_AT_MOST))
