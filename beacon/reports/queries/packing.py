"""The duties of a period as they stood at a moment, for a pack."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.entitlements.codes import STANDARD
from beacon.entitlements.models import Duty, DutyEvent
from beacon.reports.queries.tables import body_of, is_unverified
from beacon.reports.rules import DutyFact, Period


def facts(period: Period, as_at: datetime, *, viewer: Viewer | None = None) -> list[DutyFact]:
    """The duties of a period as they stood at a moment, from what was written down of them."""
    last = (
        sa.select(sa.func.max(DutyEvent.id))
        .where(DutyEvent.created_at <= as_at)
        .group_by(DutyEvent.duty_id)
    )
    query = (
        sa.select(
            Duty.id,
            Duty.right,
            Duty.rule,
            Duty.code,
            DutyEvent.due_on,
            DutyEvent.state,
            DutyEvent.enhanced,
        )
        .join(DutyEvent, DutyEvent.duty_id == Duty.id)
        .where(DutyEvent.id.in_(last), DutyEvent.due_on.between(period.first, period.last))
    )
    if viewer is not None:
        within = sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))
        query = query.where(Duty.case_id.in_(within))
    day = clock.london_day(as_at)
    return [
        DutyFact(
            id=row.id,
            right=row.right,
            rule=row.rule,
            code=row.code,
            body=body_of(row.code, row.rule),
            due_on=row.due_on,
            state=row.state,
            enhanced=row.enhanced,
            is_unverified=is_unverified(row.code, row.rule, day),
            is_local_standard=row.code == STANDARD,
        )
        for row in db.session.execute(query.order_by(Duty.id))
    ]
