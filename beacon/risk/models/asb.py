"""Anti-social behaviour: incidents, their reports, applications, and what each council asks for."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.risk.rules import Threshold
from beacon.risk.terms import Applicant, AsbBody, CountedBy, Reporter


class AsbThreshold(Kept, Base):
    """What one district asks for before it must hold a review, and who has verified that."""

    __tablename__ = "asb_threshold"
    __table_args__ = (
        sa.CheckConstraint("count > 0 AND window_months > 0", name="asks_for_something"),
    )
    district: Mapped[str] = mapped_column(sa.String(60), unique=True)
    count: Mapped[int]
    window_months: Mapped[int]
    report_within_months: Mapped[int | None]
    or_people: Mapped[int | None]
    hate_count: Mapped[int | None]
    counted_by: Mapped[CountedBy]
    friend_may_apply: Mapped[bool] = mapped_column(default=True)
    anonymous_accepted: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(sa.String(200))
    note: Mapped[str] = mapped_column(sa.String(500), default="")
    verified_on: Mapped[date | None]
    verified_by: Mapped[str] = mapped_column(sa.String(100), default="")
    version: Mapped[int] = mapped_column(default=1)  # a form's version is held against it

    @property
    def threshold(self) -> Threshold:
        """The threshold, as the rules take it."""
        return Threshold(
            count=self.count,
            window_months=self.window_months,
            report_within_months=self.report_within_months,
            or_people=self.or_people,
            hate_count=self.hate_count,
            counted_by=self.counted_by,
        )


class AsbIncident(Sealing, Kept, Base):
    """One thing that happened, however often it was reported."""

    __tablename__ = "asb_incident"
    __table_args__ = (
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_because_sealed IS NOT NULL",
            name="taken_back_with_a_reason",
        ),
        sa.Index("ix_asb_incident_of_case", "case_id", "happened_on", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    happened_on: Mapped[date]
    what_sealed: Mapped[bytes]
    what = Sealed("what_sealed")
    is_hate: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because_sealed: Mapped[bytes | None]
    withdrawn_because = Sealed("withdrawn_because_sealed")
    reports: Mapped[list[AsbReport]] = relationship(order_by="AsbReport.id", lazy="selectin")


class AsbReport(Sealing, Kept, Base):
    """One report of an incident: to whom, when, and by whom."""

    __tablename__ = "asb_report"
    __table_args__ = (
        sa.CheckConstraint(
            "reporter <> 'somebody' OR reporter_sealed IS NOT NULL", name="somebody_has_a_name"
        ),
        sa.CheckConstraint(
            "(reporter = 'somebody') = (reporter_index IS NOT NULL)", name="somebody_is_known_again"
        ),
        sa.Index("ix_asb_report_of_incident", "incident_id", "id"),
    )
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("asb_incident.id"))
    body: Mapped[AsbBody]
    reported_on: Mapped[date]
    reporter: Mapped[Reporter]
    reporter_sealed: Mapped[bytes | None]
    reporter_name = Sealed("reporter_sealed")
    reporter_index: Mapped[str | None] = mapped_column(sa.String(32))
    reference: Mapped[str] = mapped_column(sa.String(60), default="")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))

    @property
    def person(self) -> str | None:
        """A key of who reported it, so that people can be told apart; None where anonymous."""
        return self.reporter_index if self.reporter is Reporter.SOMEBODY else self._alone

    @property
    def _alone(self) -> str | None:
        return "victim" if self.reporter is Reporter.VICTIM else None


class AsbApplication(Sealing, Kept, Base):
    """An application for a Case Review as it was prepared, to be printed and sent by a person."""

    __tablename__ = "asb_application"
    __table_args__ = (
        sa.CheckConstraint("applicant <> 'on_behalf' OR consent_on IS NOT NULL", name="by_consent"),
        sa.Index("ix_asb_application_of_case", "case_id", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    district: Mapped[str] = mapped_column(sa.String(60))
    prepared_on: Mapped[date]
    applicant: Mapped[Applicant]
    applicant_sealed: Mapped[bytes | None]  # the name and relation of who applies for the victim
    applicant_name = Sealed("applicant_sealed")
    consent_on: Mapped[date | None]  # on which day the victim agreed to that
    effect_sealed: Mapped[bytes | None]
    effect = Sealed("effect_sealed")
    asked_sealed: Mapped[bytes | None]
    asked = Sealed("asked_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
