"""Files that came in are taken in here, in the background, and what was taken is acknowledged."""

from __future__ import annotations

from beacon.core import settings
from beacon.core.actor import machine
from beacon.core.timetable import every
from beacon.feeds import folder, queries
from beacon.referrals import commands
from beacon.referrals.columns import FEEDS
from beacon.referrals.imports import see_to, sweep_dropped, take_all_dropped
from beacon.referrals.queries import to_acknowledge


@every(1, name="import-uploads", order=5)
def import_uploads() -> int:
    """Check each file that was sent in, take in each that was confirmed or was cut short."""
    waiting = queries.ordered(tuple(FEEDS))
    for batch_id in [batch.id for batch in waiting]:
        see_to(batch_id)
    return len(waiting)


@every(1, name="empty-drop-folder", order=6)
def empty_drop_folder() -> int:
    """Take in each file that lies still in the drop folder, the oldest first."""
    if folder.root() is None:
        return 0
    return take_all_dropped(FEEDS)


@every(24 * 60, name="sweep-drop-folder", between=("03:00", "05:00"), order=91)
def sweep_drop_folder() -> int:
    """Delete what was taken in from the drop folder long ago."""
    if folder.root() is None:
        return 0
    return sweep_dropped(FEEDS)


@every(10, name="acknowledge-referrals", between=("09:00", "16:30"), order=17)
def acknowledge_referrals() -> int:
    """Acknowledge what was taken, while somebody is there to answer; a setting turns it off."""
    if not settings.is_on("notices.acknowledge"):
        return 0
    actor = machine("acknowledge-referrals")
    return sum(commands.acknowledge(one, actor=actor) for one in to_acknowledge())
