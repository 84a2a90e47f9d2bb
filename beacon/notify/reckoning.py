"""The day's reckoning: every text that was due ended in one of five ways, or somebody is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.notify.models import OutboundText
from beacon.notify.rules import RANK
from beacon.notify.terms import TextState

S = TextState


@dataclass(frozen=True)
class Reckoning:
    """What became of the texts that were due on one day (security.md T-29)."""

    day: date
    due: int
    sent: int
    rejected: int
    expired: int
    person: int
    cancelled: int

    @property
    def left(self) -> int:
        """How many are in none of the five ways: still waiting, under way or in doubt."""
        return self.due - self.sent - self.rejected - self.expired - self.person - self.cancelled

    @property
    def words(self) -> str:
        """The sum as a line."""
        ways = "sent + rejected + expired + person + cancelled"
        parts = (self.sent, self.rejected, self.expired, self.person, self.cancelled)
        line = f"{self.due} due = {' + '.join(map(str, parts))} ({ways})"
        return f"{line}; {self.left} are left over" if self.left else line


def reckon(day: date) -> Reckoning:
    """Count the texts whose time ended on a day in London; those held back were never due."""
    rows = db.session.execute(
        sa.select(OutboundText.state, sa.func.count())
        .where(
            OutboundText.expires_at >= clock.start_of_day(day),
            OutboundText.expires_at < clock.end_of_day(day),
            OutboundText.state != S.SUPPRESSED,
        )
        .group_by(OutboundText.state)
    )
    states = Counter({row[0]: row[1] for row in rows})
    return Reckoning(
        day=day,
        due=states.total(),
        sent=sum(states[state] for state in RANK),
        rejected=states[S.REJECTED],
        expired=states[S.EXPIRED],
        person=states[S.NEEDS_A_PERSON],
        cancelled=states[S.CANCELLED],
    )
