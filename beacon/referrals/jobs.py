"""Files that a page sent in are taken in here, so that nobody waits at the page for it."""

from __future__ import annotations

from beacon.core.timetable import every
from beacon.feeds import queries
from beacon.referrals.columns import FEEDS
from beacon.referrals.imports import take_ordered


@every(1, name="import-uploads", order=5)
def import_uploads() -> int:
    """Take in each uploaded file that was confirmed, and those whose taking in was cut short."""
    waiting = queries.ordered(tuple(FEEDS))
    for batch_id in [batch.id for batch in waiting]:
        take_ordered(batch_id)
    return len(waiting)
