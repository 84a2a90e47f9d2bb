"""Assessments of risk with their grounds, the level that stands, and referrals to MARAC.

An assessment and a level are never written over: what takes the place of a row is a new one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.risk.terms import (
    Answer,
    LevelChange,
    MaracConsent,
    MaracOutcome,
    RiskGround,
    RiskLevel,
    RiskTool,
)

NAME_AT_MOST = 100


class RiskAssessment(Sealing, Kept, Base):
    """One assessment on one day: what was answered, what was known, what it came to (RULE 3.1)."""

    __tablename__ = "risk_assessment"
    __table_args__ = (
        sa.CheckConstraint("call_outs IS NULL OR call_outs >= 0", name="call_outs_are_counted"),
        sa.Index("ix_risk_assessment_of_case", "case_id", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    tool: Mapped[RiskTool]
    assessed_at: Mapped[datetime]
    yes: Mapped[int | None]  # how many were answered yes; None where no question is asked here
    level: Mapped[RiskLevel]  # what it came to by itself, not what stands afterwards
    call_outs: Mapped[int | None]  # police call-outs in the last 12 months, where known
    last_marac_on: Mapped[date | None]
    incident_on: Mapped[date | None]
    answers_sealed: Mapped[bytes | None]
    answers_text = Sealed("answers_sealed")
    judgement_sealed: Mapped[bytes | None]
    judgement = Sealed("judgement_sealed")
    notes_sealed: Mapped[bytes | None]
    notes = Sealed("notes_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(NAME_AT_MOST))
    grounds: Mapped[list[GroundFound]] = relationship(order_by="GroundFound.id", lazy="selectin")

    @property
    def answers(self) -> dict[int, Answer]:
        """The answers by the number of their question."""
        held = json.loads(self.answers_text or "{}")
        return {int(number): Answer(word) for number, word in held.items()}

    @answers.setter
    def answers(self, given: Mapping[int, Answer]) -> None:
        words = {str(number): answer.value for number, answer in sorted(given.items())}
        self.answers_text = json.dumps(words) if words else None


class GroundFound(Kept, Base):
    """One ground for a high risk, with the figure and the threshold it was held against."""

    __tablename__ = "risk_ground"
    __table_args__ = (sa.UniqueConstraint("assessment_id", "ground", name="uq_risk_ground_once"),)
    assessment_id: Mapped[int] = mapped_column(sa.ForeignKey("risk_assessment.id"))
    ground: Mapped[RiskGround]
    figure: Mapped[int | None]
    threshold: Mapped[int | None]

    @property
    def words(self) -> str:
        """The ground with its figures, as a page says it."""
        of = {
            RiskGround.VISIBLE_HIGH: f"{self.figure} yes, {self.threshold} or more is high",
            RiskGround.CALL_OUTS: f"{self.figure} police call-outs in 12 months, "
            f"{self.threshold} or more is high",
            RiskGround.JUDGEMENT: "a person's own, with their words",
            RiskGround.REPEAT: f"another incident within {self.threshold} months",
        }
        return f"{self.ground.label}: {of[self.ground]}"


class CaseRisk(Sealing, Kept, Base):
    """How high the risk in a case is, since when, and by whom. One stands; the others stay."""

    __tablename__ = "case_risk"
    __table_args__ = (
        sa.CheckConstraint(
            "change = 'assessed' OR reason_sealed IS NOT NULL", name="a_person_says_why"
        ),
        sa.CheckConstraint(
            "(change = 'assessed') = (assessment_id IS NOT NULL)", name="assessed_by_an_assessment"
        ),
        sa.Index(
            "uq_case_risk_standing",
            "case_id",
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        ),
        sa.Index("ix_case_risk_of_case", "case_id", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    level: Mapped[RiskLevel]
    change: Mapped[LevelChange]
    decided_at: Mapped[datetime]
    assessment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("risk_assessment.id"))
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(NAME_AT_MOST))
    replaced_at: Mapped[datetime | None]


class MaracReferral(Sealing, Kept, Base):
    """One referral to MARAC: its grounds, whether they agreed, the meeting, what came of it."""

    __tablename__ = "marac_referral"
    __table_args__ = (
        sa.CheckConstraint(
            "meeting_on IS NULL OR meeting_on >= referred_on", name="meets_after_it_was_referred"
        ),
        sa.Index("ix_marac_referral_of_case", "case_id", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    referred_on: Mapped[date]
    grounds: Mapped[str] = mapped_column(sa.String(200))  # words of a list, parted by spaces
    consent: Mapped[MaracConsent]
    is_repeat: Mapped[bool]  # within the months of the last MARAC, as it was worked out that day
    last_marac_on: Mapped[date | None]
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")
    meeting_on: Mapped[date | None]
    outcome: Mapped[MaracOutcome | None]
    actions_sealed: Mapped[bytes | None]
    actions = Sealed("actions_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(NAME_AT_MOST))

    @property
    def ground_list(self) -> list[RiskGround]:
        """The grounds on which it was made."""
        return [RiskGround(word) for word in self.grounds.split()]


class RiskWording(Kept, Base):
    """The licensed wording of one question, loaded by a service that may use it."""

    __tablename__ = "risk_wording"
    __table_args__ = (sa.UniqueConstraint("tool", "number", name="uq_risk_wording_once"),)
    tool: Mapped[RiskTool]
    number: Mapped[int]
    wording: Mapped[str] = mapped_column(sa.Text)
