"""Referrals: somebody is sent to us. Kept whether or not a case came of it.

What is decided of one, who has it in hand and how often its person was tried hang on it; the
present state is on the referral, the rest only grows.
"""

from __future__ import annotations

import json
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import Consent, ContactOutcome
from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.entitlements.terms import Channel
from beacon.people.models import Victim
from beacon.referrals.terms import (
    Ending,
    Place,
    ReferralState,
    Repeats,
    Route,
    TriageStage,
    Urgent,
    Verdict,
    Waits,
)


class Referral(Sealing, Kept, Base):
    """One referral of one victim about one crime."""

    __tablename__ = "referral"
    __table_args__ = (
        sa.Index("ix_referral_queue", "place", "urgency", "pressing", "recorded_at", "id"),
        sa.Index("ix_referral_crime_victim", "crime_id", "victim_id"),
    )
    feed: Mapped[str] = mapped_column(sa.String(20))
    source: Mapped[str] = mapped_column(
        sa.String(100), default=""
    )  # the agency, or the feed's name
    source_reference: Mapped[str] = mapped_column(sa.String(60), default="")
    crime_id: Mapped[int] = mapped_column(sa.ForeignKey("crime.id"))
    victim_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(sa.ForeignKey("import_batch.id"), index=True)
    state: Mapped[ReferralState]
    waits: Mapped[Waits | None]
    place: Mapped[int]  # terms.Place: where it stands in the queue of triage
    urgency: Mapped[int] = mapped_column(default=1)  # 0 where it is urgent, proposed or decided
    urgent_because: Mapped[str] = mapped_column(sa.Text, default="[]")  # JSON: words of Urgent
    urgency_decided_at: Mapped[datetime | None]  # a person has said: no feed takes it back
    pressing: Mapped[int] = mapped_column(default=1)  # 0 where a ground for Enhanced is proposed
    linked_to_known: Mapped[bool] = mapped_column(default=False)
    repeats: Mapped[Repeats | None]  # the rule by which this is a repeat victim
    recorded_at: Mapped[datetime]
    received_at: Mapped[datetime]
    consent: Mapped[Consent]
    proposals: Mapped[str] = mapped_column(sa.Text, default="[]")  # JSON: proposed grounds
    route: Mapped[Route | None]  # which way it went, once it is taken
    ending: Mapped[Ending | None]  # why no case came of it, once it is ended
    next_try_at: Mapped[datetime | None]  # nobody need look before: they are tried again then
    # By when we said that somebody would be in touch, until somebody has been.
    contact_by: Mapped[date | None] = mapped_column(index=True)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    decline_reason_sealed: Mapped[bytes | None]
    decline_reason = Sealed("decline_reason_sealed")
    version: Mapped[int] = mapped_column(default=1)
    crime: Mapped[Crime] = relationship()
    victim: Mapped[Victim] = relationship()
    case: Mapped[CaseFile | None] = relationship()

    @property
    def urgent_reasons(self) -> tuple[Urgent, ...]:
        """Why it is urgent, where it is."""
        return tuple(Urgent(word) for word in json.loads(self.urgent_because))

    @property
    def is_urgent(self) -> bool:
        """Whether it is to be looked at before others."""
        return self.urgency == 0

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to decide."""
        return self.place == Place.DONE


class TriageDecision(Sealing, Kept, Base):
    """One decision of triage: at which stage, by whom, what, and why. Never changed."""

    __tablename__ = "triage_decision"
    __table_args__ = (
        sa.CheckConstraint("(verdict = 'ended') = (ending IS NOT NULL)", name="ended_says_how"),
        sa.CheckConstraint(
            "(handed_to <> '') = (ending IS NOT NULL AND ending = 'out_of_area')",
            name="handed_on_where_out_of_area",
        ),
    )
    referral_id: Mapped[int] = mapped_column(sa.ForeignKey("referral.id"), index=True)
    stage: Mapped[TriageStage]
    verdict: Mapped[Verdict]
    decided_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    route: Mapped[Route | None]
    proposed_route: Mapped[Route | None]
    ending: Mapped[Ending | None]
    handed_to: Mapped[str] = mapped_column(sa.String(100), default="")  # the force that answers
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")


class UrgentMark(Sealing, Kept, Base):
    """What a person said of how urgent a referral is. Never changed: the last one stands."""

    __tablename__ = "urgent_mark"
    referral_id: Mapped[int] = mapped_column(sa.ForeignKey("referral.id"), index=True)
    is_urgent: Mapped[bool]
    because: Mapped[str] = mapped_column(sa.Text, default="[]")  # JSON: words of Urgent
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")


class ReferralHold(Kept, Base):
    """Who has a referral in hand, and until when: two people never decide on the same one."""

    __tablename__ = "referral_hold"
    referral_id: Mapped[int] = mapped_column(sa.ForeignKey("referral.id"), unique=True)
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"), index=True)
    until: Mapped[datetime]


class ContactTry(Sealing, Kept, Base):
    """One time that somebody tried to reach the person of a referral, and when they try again."""

    __tablename__ = "contact_try"
    referral_id: Mapped[int] = mapped_column(sa.ForeignKey("referral.id"), index=True)
    happened_at: Mapped[datetime]
    channel: Mapped[Channel]
    outcome: Mapped[ContactOutcome]
    next_try_at: Mapped[datetime | None]
    notes_sealed: Mapped[bytes | None]
    notes = Sealed("notes_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
