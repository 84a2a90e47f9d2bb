"""What is swept away: uploads that nobody confirmed, keys of programs that are a day old."""

from __future__ import annotations

from beacon.core.timetable import every
from beacon.feeds import uploads
from beacon.feeds.commands import sweep_deliveries


@every(60, name="sweep-uploads", order=90)
def sweep_uploads() -> int:
    """Take away what was sent in a day ago and never confirmed, and keys as old."""
    return uploads.sweep() + sweep_deliveries()
