"""What somebody needs so that they can understand us and be understood."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.people.terms import Helps


class CommunicationNeeds(Sealing, Kept, Base):
    """What helps one person, as they said; their language stands on the person (domain.md 2.5).

    The person's own version guards it. It is a part of the person's record, and has no scope alone.
    """

    __tablename__ = "communication_needs"
    victim_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"), unique=True)
    large_print: Mapped[bool] = mapped_column(default=False)
    easy_read: Mapped[bool] = mapped_column(default=False)
    hearing: Mapped[bool] = mapped_column(default=False)
    sight: Mapped[bool] = mapped_column(default=False)
    mobility: Mapped[bool] = mapped_column(default=False)
    literacy: Mapped[bool] = mapped_column(default=False)
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))

    @property
    def needs(self) -> list[Helps]:
        """What they said that they need."""
        return [one for one in Helps if getattr(self, one.value)]
