"""Duties whose clock has not started, because nobody knows when Witness Care heard (RULE 1.12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beacon.cases.queries.caseload import name_of
from beacon.cases.queries.work_to_do import in_live_cases
from beacon.core import together
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.entitlements import queries as entitlements
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState

AT_MOST = 50


@dataclass(frozen=True, kw_only=True)
class AwaitedRow:
    """One duty that waits for the day on which Witness Care heard of it."""

    duty_id: int
    case_id: int
    reference: str
    victim_name: str
    enhanced: bool
    title: str
    order: str
    expected_by: date | None


@asking
def receipts_awaited(
    viewer: Viewer, *, manager_id: int, at_most: int = AT_MOST
) -> Asking[list[AwaitedRow]]:
    """What this manager must ask Witness Care for, the oldest first."""
    query = (
        in_live_cases(Duty, viewer, manager_id)
        .where(Duty.state == DutyState.OPEN, Duty.clock_started_at.is_(None))
        .order_by(Duty.event_at, Duty.id)
        .limit(at_most)
    )
    rows = yield from together.rows(query)
    return [
        AwaitedRow(
            duty_id=row.Duty.id,
            case_id=row.Duty.case_id,
            reference=row.reference,
            victim_name=name_of(row),
            enhanced=row.enhanced,
            title=entitlements.rule_of(row.Duty).title,
            order=entitlements.rule_of(row.Duty).order,
            expected_by=entitlements.expected_by(row.Duty),
        )
        for row in rows
    ]
