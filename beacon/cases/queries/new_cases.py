"""New cases that nobody has and nobody has called: one line for a leader, however many came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile, DutyReminder
from beacon.cases.queries.reminding import is_new_and_nobodys, standing
from beacon.cases.terms import FOR_LEADERS
from beacon.core import clock, together
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.entitlements.models import Duty


@dataclass(frozen=True)
class NewCases:
    """How many wait for a first contact that is due, how many of them are late, and since when."""

    count: int = 0
    late: int = 0
    first_due_on: date | None = None

    @property
    def sentence(self) -> str:
        """The same on the desk and in the mail."""
        if self.count == 1:
            return "1 new case waits for a first contact" + (", late" if self.late else "")
        said = f"{self.count:,} new cases wait for a first contact"
        if not self.late:
            return said
        late = "all" if self.late == self.count else f"{self.late:,}"
        return f"{said}, {late} of them late"


@asking
def new_cases_waiting(viewer: Viewer) -> Asking[NewCases]:
    """The new cases of which this leader was reminded, and that still wait."""
    today = clock.today()
    late = sa.case((Duty.due_on < today, Duty.case_id))
    query = (
        sa.select(
            sa.func.count(Duty.case_id.distinct()),
            sa.func.count(late.distinct()),
            sa.func.min(Duty.due_on),
        )
        .select_from(DutyReminder)
        .join(Duty, Duty.id == DutyReminder.duty_id)
        .join(CaseFile, CaseFile.id == Duty.case_id)
        .outerjoin(Staff, Staff.id == CaseFile.manager_id)
        .where(*standing(viewer, FOR_LEADERS), is_new_and_nobodys(today))
    )
    counted = yield from together.one(query)
    return NewCases(*counted)
