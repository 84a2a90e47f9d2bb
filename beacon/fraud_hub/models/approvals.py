"""What waits for a second person before it may enter the ledger, and what became of it."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.fraud_hub.models.losses import TOKEN_CHARS
from beacon.fraud_hub.terms import Contribution, EntryKind, ProposalKind, ProposalState, Route


class LedgerProposal(Sealing, Kept, Base):
    """An entry or a reversal above the limit, or an opening balance: none of it counts yet.

    It is no part of the ledger. Approving it makes the row of the ledger; refusing it makes none.
    """

    __tablename__ = "ledger_proposal"
    __table_args__ = (
        sa.CheckConstraint(
            "what IN ('opening', 'opening_reversal') OR case_id IS NOT NULL", name="of_a_case"
        ),
        sa.CheckConstraint(
            "state = 'waiting' OR decided_by_id IS NOT NULL", name="decided_by_somebody"
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR proposed_by_id IS NULL OR decided_by_id <> proposed_by_id",
            name="decided_by_another",
        ),
        sa.Index("ix_ledger_proposal_waiting", "state", "created_at", "id"),
    )
    what: Mapped[ProposalKind]
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    loss_id: Mapped[int | None] = mapped_column(sa.ForeignKey("loss.id"))
    kind: Mapped[EntryKind]
    route: Mapped[Route | None]
    contribution: Mapped[Contribution | None]
    amount_pence: Mapped[int]
    happened_on: Mapped[date | None]
    year: Mapped[int | None]  # of an opening balance: 2019 is 1 April 2019 to 31 March 2020
    evidence_sealed: Mapped[bytes | None]
    evidence = Sealed("evidence_sealed")
    evidence_index: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    paper_index: Mapped[str | None] = mapped_column(sa.String(32))
    words_sealed: Mapped[bytes | None]  # how it was estimated, why it is reversed, where published
    words = Sealed("words_sealed")
    reverses_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ledger_entry.id"))
    reverses_opening_id: Mapped[int | None] = mapped_column(sa.ForeignKey("opening_balance.id"))
    together_pence: Mapped[int]  # what it comes to with the other parts of the day
    proposed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    proposed_by_name: Mapped[str] = mapped_column(sa.String(100))
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.WAITING)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    decided_by_name: Mapped[str | None] = mapped_column(sa.String(100))
    because_sealed: Mapped[bytes | None]
    because = Sealed("because_sealed")  # why it was refused
    token: Mapped[str] = mapped_column(sa.String(TOKEN_CHARS), unique=True)

    @property
    def waits(self) -> bool:
        """Whether nobody has decided it."""
        return self.state is ProposalState.WAITING

    @property
    def is_a_part(self) -> bool:
        """Whether it waits because of what was logged beside it, not for itself alone."""
        return self.together_pence > abs(self.amount_pence)
