"""Whether the texts work: who came to court, by what became of the text about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import sqlalchemy as sa

from beacon.core import scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.courts.models import Hearing, HearingText
from beacon.courts.rules import LEAST, Interval, difference, end_of, wilson
from beacon.courts.terms import KIND, ON_THE_LIST, Attendance, TextEnd
from beacon.notify.models import OutboundText

A = Attendance


@dataclass(frozen=True, kw_only=True)
class EndRow:
    """The people of whose text one thing became, and how many of them came."""

    end: TextEnd
    came: int = 0
    stayed_away: int = 0
    left_out: int = 0  # did not have to come, or it is not known

    @property
    def counted(self) -> int:
        """How many either came or did not."""
        return self.came + self.stayed_away

    @property
    def has_rate(self) -> bool:
        """Whether there are enough of them for a rate to mean anything, or to hide each one."""
        return self.counted >= LEAST

    @property
    def percent(self) -> float | None:
        """How many of a hundred came; None where there are too few."""
        return 100 * self.came / self.counted if self.has_rate else None

    @property
    def interval(self) -> Interval | None:
        """Between which shares the true one lies, 19 times in 20."""
        return wilson(self.came, self.counted) if self.has_rate else None


@dataclass(frozen=True, kw_only=True)
class AttendanceTable:
    """One period: every person, court and day once."""

    first: date
    last: date
    rows: Sequence[EndRow]
    not_recorded: int  # listed in the period, with nothing written down of what came of it

    @property
    def counted(self) -> int:
        """How many people the table counts."""
        return sum(row.counted for row in self.rows)

    @cached_property
    def _by_end(self) -> dict[TextEnd, EndRow]:
        return {row.end: row for row in self.rows}

    @property
    def more_came(self) -> tuple[float, Interval] | None:
        """How many more of a hundred came with a delivered text than with one that was not."""
        one, other = self._by_end[TextEnd.DELIVERED], self._by_end[TextEnd.NOT_DELIVERED]
        if one.percent is None or other.percent is None:
            return None
        pair = (one.came, one.counted), (other.came, other.counted)
        return one.percent - other.percent, difference(*pair)


def attendance(viewer: Viewer, first: date, last: date) -> AttendanceTable:
    """Attendance by the end of the text (domain.md RULE 5.1), counted in the database.

    One text may speak for several hearings of a person that day: they count once, by the hearing
    that the text is about.
    """
    linked = sa.and_(HearingText.hearing_id == Hearing.id, HearingText.held_on == Hearing.held_on)
    about = sa.func.coalesce(HearingText.about_id, Hearing.id)
    spoken = sa.and_(
        OutboundText.kind == KIND,
        OutboundText.about_id == Hearing.id,
        OutboundText.on_day == Hearing.held_on,
    )
    query = (
        sa.select(
            OutboundText.state,
            OutboundText.reason,
            Hearing.attendance,
            Hearing.outcome.is_(None),
            sa.func.count(),
        )
        .select_from(Hearing)
        .outerjoin(HearingText, linked)
        .outerjoin(OutboundText, spoken)
        .where(
            scope.condition(viewer, Hearing),
            Hearing.held_on.between(first, last),
            Hearing.status.in_(ON_THE_LIST),
            about == Hearing.id,
        )
        .group_by(
            OutboundText.state, OutboundText.reason, Hearing.attendance, Hearing.outcome.is_(None)
        )
    )
    counted, not_recorded = Counter[tuple[TextEnd, Attendance | None]](), 0
    for state, reason, came, is_open, number in db.session.execute(query):
        if is_open:
            not_recorded += number
        else:
            counted[end_of(state, reason or ""), came] += number
    return AttendanceTable(
        first=first,
        last=last,
        rows=[_row(end, counted) for end in TextEnd],
        not_recorded=not_recorded,
    )


def _row(end: TextEnd, counted: Counter[tuple[TextEnd, Attendance | None]]) -> EndRow:
    return EndRow(
        end=end,
        came=counted[end, A.ATTENDED],
        stayed_away=counted[end, A.DID_NOT_ATTEND],
        left_out=sum(counted[end, one] for one in (A.NOT_REQUIRED, A.NOT_KNOWN, None)),
    )
