"""Calls under the Banking Protocol, and the workshops that warn people."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.fraud_hub.models.approvals import LedgerProposal
from beacon.fraud_hub.models.losses import TOKEN_CHARS
from beacon.fraud_hub.terms import Audience, OutreachKind, ProposalState, Scam


class ProtocolCall(Sealing, Kept, Base):
    """One call of a branch to the police under the Banking Protocol (domain.md 4.7).

    What it stopped is no money of the ledger: it becomes that by ``count_stop``, once.
    """

    __tablename__ = "protocol_call"
    __table_args__ = (
        sa.CheckConstraint(
            "stopped_pence >= 0 AND stopped_pence <= at_risk_pence", name="stops_what_was_at_risk"
        ),
        sa.CheckConstraint("entry_id IS NULL OR case_id IS NOT NULL", name="counted_in_a_case"),
        sa.Index("ix_protocol_call_called", "called_at", "id"),
    )
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    bank_sealed: Mapped[bytes | None]
    bank = Sealed("bank_sealed")
    branch_sealed: Mapped[bytes | None]
    branch = Sealed("branch_sealed")
    called_at: Mapped[datetime]
    incident_sealed: Mapped[bytes | None]
    incident = Sealed("incident_sealed")
    incident_index: Mapped[str] = mapped_column(sa.String(32), unique=True)
    at_risk_pence: Mapped[int]
    stopped_pence: Mapped[int]
    scam: Mapped[Scam]
    believed: Mapped[bool | None]  # whether the victim believed that it was fraud
    safeguarding: Mapped[bool] = mapped_column(default=False)
    repeat: Mapped[bool] = mapped_column(default=False)
    entry_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ledger_entry.id"), unique=True)
    proposal_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("ledger_proposal.id"), unique=True
    )  # above the limit: it waits for a second person
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    token: Mapped[str] = mapped_column(sa.String(TOKEN_CHARS), unique=True)

    proposal: Mapped[LedgerProposal | None] = relationship(lazy="selectin")

    @property
    def is_counted(self) -> bool:
        """Whether what it stopped stands in the ledger as prevented."""
        return self.entry_id is not None or self._asked is ProposalState.APPROVED

    @property
    def waits(self) -> bool:
        """Whether a second person has still to approve it."""
        return self._asked is ProposalState.WAITING

    @property
    def may_be_counted(self) -> bool:
        """Whether what it stopped may still become money prevented; refused, it may anew."""
        return self.stopped_pence > 0 and not self.is_counted and not self.waits

    @property
    def _asked(self) -> ProposalState | None:
        return self.proposal.state if self.proposal else None


class OutreachEvent(Kept, Base):
    """One workshop, talk or stall: nobody who came is named here."""

    __tablename__ = "outreach_event"
    __table_args__ = (
        sa.CheckConstraint(
            "attendance >= 0 AND leaflets >= 0 AND booklets >= 0 AND signs >= 0 AND blockers >= 0",
            name="counts_from_nought",
        ),
        sa.Index("ix_outreach_event_held", "held_on", "id"),
    )
    held_on: Mapped[date]
    kind: Mapped[OutreachKind]
    audience: Mapped[Audience]
    place: Mapped[str] = mapped_column(sa.String(100))
    district: Mapped[str] = mapped_column(sa.String(60))
    attendance: Mapped[int]
    leaflets: Mapped[int] = mapped_column(default=0)
    booklets: Mapped[int] = mapped_column(default=0)
    signs: Mapped[int] = mapped_column(default=0)
    blockers: Mapped[int] = mapped_column(default=0)
    staff: Mapped[str] = mapped_column(sa.String(200))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    token: Mapped[str] = mapped_column(sa.String(TOKEN_CHARS), unique=True)


class OutreachCase(Kept, Base):
    """A case that came of an event."""

    __tablename__ = "outreach_case"
    __table_args__ = (sa.UniqueConstraint("event_id", "case_id", name="uq_outreach_case_once"),)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("outreach_event.id"))
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
