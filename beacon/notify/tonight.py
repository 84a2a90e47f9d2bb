"""Tonight's texts at another hour of the day, for the demonstration."""

from __future__ import annotations

import logging
from datetime import datetime

from beacon.core import clock, timetable
from beacon.core.db import db

log = logging.getLogger(__name__)
SENDING = 20  # the place of send-texts in a pass; what plans comes before it


def run(at: datetime) -> int:
    """Run every job of a pass up to the sending of texts, as at that moment; how many were sent."""
    db.session.rollback()
    sent = 0
    with clock.fixed(at):
        for entry in timetable.entries():
            if entry.order <= SENDING:
                ran = timetable.run(entry, log=_note)
                sent = ran.done
    return sent


def _note(name: str, fault: BaseException) -> None:
    log.error("a job failed", extra={"job": name, "fault": type(fault).__name__})
