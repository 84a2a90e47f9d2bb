"""One case with a long history, as a page of it is measured."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from beacon.cases.models import CaseFile, ContactLog, TimelineEntry
from beacon.cases.terms import ContactOutcome, TimelineEvent
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.entitlements.terms import Channel

ENTRIES = 2_000  # of which each try to make contact is a line of the history too
NOTES = "Rang twice. Nobody answered, and no message was left."


def lengthen(manager_id: int) -> tuple[str, int]:
    """Give a manager's first open case two thousand entries; its reference, and how many rows."""
    case = db.session.scalars(
        sa.select(CaseFile)
        .where(CaseFile.manager_id == manager_id, CaseFile.closed_at.is_(None))
        .order_by(CaseFile.id)
        .limit(1)
    ).one()
    reference, case_id, now = case.reference, case.id, clock.now()
    tries = range(ENTRIES // 2)
    with transaction() as session:
        for number in tries:
            at = now - timedelta(hours=number + 1)
            session.add(
                ContactLog(
                    case_id=case_id,
                    happened_at=at,
                    channel=Channel.PHONE,
                    outcome=ContactOutcome.NO_ANSWER,
                    notes=NOTES,
                    by_name="make bench",
                )
            )
            session.add(
                TimelineEntry(
                    case_id=case_id,
                    event=TimelineEvent.CONTACT_TRIED,
                    happened_at=at,
                    by_name="make bench",
                    words="by phone, no answer",
                )
            )
    return reference, 2 * len(tries)
